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
    rows = list(published_files().filter(sha256__startswith=key)) if len(key) == KEY else []
    if not rows:
        raise Http404("no public file")
    # The name is compared here: what stands in an address may be nothing that a database takes.
    file = next((row for row in rows if row.name == name), rows[0])
    response = as_attachment(file)
    response["ETag"] = f'"{file.sha256}"'
    return response
