"""A kept file as an answer: always saved, never shown in the page, never guessed at, without any rights."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from commitments.sources import storing
from commitments.sources.models import StoredFile

#: Whatever a browser makes of a file after all, it runs nothing and reaches nobody.
POLICY = "sandbox; default-src 'none'"


def as_attachment(file: StoredFile) -> HttpResponse:
    """The content with its media type and its name for people. Raises Http404 where it is not on the disk."""
    content = storing.read(file.sha256)
    if content is None:
        raise Http404("not kept")
    response = HttpResponse(content, content_type=file.media_type)
    response["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
