"""Files as they are handed out: to those who may have them, and to everybody once what they show is published."""

from django.http import Http404, HttpRequest, HttpResponse

from commitments.reporting.documents import KEY, files_visible_to, published_files
from commitments.roles import gate
from commitments.sources.serving import as_attachment


@gate.workspace_page
def private_file(request: HttpRequest, pk: int, name: str = "") -> HttpResponse:
    """A file that may not be public yet. 404 for everybody else: that it exists is nobody's business."""
    return as_attachment(gate.obtain(request.user, files_visible_to(request.user), "view", pk=pk))


@gate.public_page
def public_file(request: HttpRequest, key: str, name: str = "") -> HttpResponse:
    """A file that belongs to something published; `key` is the beginning of its hash."""
    rows = published_files().filter(sha256__startswith=key)
    file = rows.filter(name=name).first() or rows.first()
    if file is None or len(key) != KEY:
        raise Http404("no public file")
    response = as_attachment(file)
    response["ETag"] = f'"{file.sha256}"'
    return response
