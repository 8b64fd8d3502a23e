"""Is this file true? Anybody types the code printed in it, or lets the site compare the file itself."""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from commitments.reporting.codes import read_code, spaced
from commitments.reporting.models import CycleSnapshot, PrintedReport
from commitments.reporting.paper import newest_prints, printed_under, who_reports
from commitments.roles.gate import public_page, public_reading

#: More is not read.
LARGEST = 10 * 1024 * 1024


# Nothing is stored and nobody is signed in: there is nothing that a forged post could do.
@csrf_exempt
@public_reading("code")
def check(request: HttpRequest) -> HttpResponse:
    """Ask for the code; a file may come with it, or instead of it."""
    is_asked = request.method == "POST" or "code" in request.GET
    typed = (request.POST or request.GET).get("code", "").replace("\x00", "")[:40]
    problem, sha256 = _compared(request)
    if sha256 and not typed.strip():
        report = PrintedReport.objects.public().filter(content_sha256=sha256).first()
        row = report or CycleSnapshot.objects.defer("content").filter(sha256=sha256).first()
        if row is None:
            return _form(request, typed, _("We know no published file with this content. Check the code as well."))
        return _found(request, row.code, sha256=sha256)
    if not is_asked:
        return _form(request)
    code = read_code(typed)
    if problem or not code:
        return _form(request, typed, problem or _("Enter the code printed in the file: 10 letters and digits"))
    if sha256:
        return _found(request, code, sha256=sha256)
    return redirect("public:check-code", code=spaced(code))


@csrf_exempt
@public_page
def check_code(request: HttpRequest, code: str) -> HttpResponse:
    """What the file with this code is, and whether it is the newest."""
    read = read_code(code)
    if read and request.method == "GET" and code != spaced(read):
        return redirect("public:check-code", code=spaced(read))
    problem, sha256 = _compared(request)
    return _found(request, read or code, sha256=sha256, problem=problem)


def _found(request: HttpRequest, code: str, *, sha256: str = "", problem: str = "") -> HttpResponse:
    row = printed_under(code)
    if row is None:
        return _snapshot(request, code, sha256=sha256, problem=problem)
    newest = next((made for made in newest_prints(row.report) if made.language == row.language), None)
    context = {
        "print": row,
        "report": row.report,
        "who": who_reports(row.report),
        "is_newest": newest is not None and newest.pk == row.pk,
        "newest": newest,
        "compared": sha256,
        "is_same": sha256 == row.content_sha256,
        "problem": problem,
    }
    return _closed(render(request, "reporting/checked.html", context))


def _snapshot(request: HttpRequest, code: str, *, sha256: str, problem: str) -> HttpResponse:
    """The copy of a closed cycle with this code; else that no file has it."""
    rows = CycleSnapshot.objects.select_related("cycle").defer("content")
    snapshot = rows.filter(code=code).first()
    context: dict[str, Any] = {"typed": spaced(code), "unknown": True}
    if snapshot is None:
        return _closed(render(request, "reporting/check_file.html", context, status=404))
    same = sha256 == snapshot.sha256
    context = {"snapshot": snapshot, "compared": sha256, "is_same": same, "problem": problem}
    return _closed(render(request, "reporting/checked_snapshot.html", context))


def _form(request: HttpRequest, typed: str = "", problem: str = "") -> HttpResponse:
    return _closed(render(request, "reporting/check_file.html", {"typed": typed, "problem": problem}))


def _compared(request: HttpRequest) -> tuple[str, str]:
    """What is wrong with the file that came, and its hash: read, hashed and forgotten."""
    if request.method != "POST":
        return "", ""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > LARGEST + 100_000:
        return _("The file must be smaller than 10 MB"), ""
    upload = request.FILES.get("file")
    if upload is None:
        return "", ""
    if not upload.size:
        return _("The file is empty"), ""
    if upload.size > LARGEST:
        return _("The file must be smaller than 10 MB"), ""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return "", digest.hexdigest()


def _closed(answer: HttpResponse) -> HttpResponse:
    """What somebody asked about is nobody else's: nothing of it is stored on the way."""
    answer["Cache-Control"] = "no-store"
    return answer
