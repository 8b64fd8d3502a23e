"""A report as a file, for those who may read it before it is published."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commitments.formats.dates import site_day
from commitments.formats.language import LANGUAGES
from commitments.reporting import actions
from commitments.reporting.codes import read_code
from commitments.reporting.enums import PrintState
from commitments.reporting.models import PrintedReport, ProgressReport
from commitments.reporting.paper import paper_of, who_reports
from commitments.reporting.views.published import answer_with
from commitments.roles import gate

#: The page lists so many files, the newest first.
LISTED = 20


def _report(request: HttpRequest, pk: int) -> ProgressReport:
    rows = ProgressReport.objects.visible_to(request.user).select_related("cycle", "country", "group")
    return gate.obtain(request.user, rows, "view", pk=pk)


def _reads_unpublished(request: HttpRequest, report: ProgressReport) -> bool:
    return bool(request.user.has_perm(ProgressReport.get_perm("view_unpublished"), report))


def _prints(request: HttpRequest, report: ProgressReport) -> Any:
    """The files of a report that a person may read: working copies are for those who read it unpublished."""
    rows = PrintedReport.objects.filter(report=report)
    return rows if _reads_unpublished(request, report) else rows.public()


@gate.workspace_page
def report_files(request: HttpRequest, pk: int) -> HttpResponse:
    """The files made of a report, and a button that has another one made."""
    report = _report(request, pk)
    if request.method == "POST" and _reads_unpublished(request, report):
        language = request.POST.get("language", "")
        language = language if language in LANGUAGES else get_language() or LANGUAGES[0]
        step = {"report": report, "language": language, "at": request.at}  # type: ignore[attr-defined]
        actions.ask_for_print(by=request.user.pk, **step)
        messages.success(request, _("The file is being made. It stands here in less than a minute."))
        return redirect("workspace:report-files", pk=pk)
    rows = list(_prints(request, report).order_by("-asked_at", "-pk")[:LISTED])
    context = {
        "report": report,
        "who": who_reports(report),
        "prints": rows,
        "may_ask": _reads_unpublished(request, report),
        "is_waiting": any(row.state == PrintState.WAITING for row in rows),
        "lang": get_language(),
    }
    return render(request, "reporting/report_files.html", context)


@gate.workspace_page
def report_file(request: HttpRequest, code: str) -> HttpResponse:
    """A file of a report that the person may read."""
    rows = PrintedReport.objects.select_related("report__cycle", "report__country", "report__group")
    row = get_object_or_404(rows, code=read_code(code), state=PrintState.MADE)
    get_object_or_404(_prints(request, _report(request, row.report_id)), pk=row.pk)
    return answer_with(row)


@gate.workspace_page
def report_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """A report as it will be read, published or not: for reading, and for paper."""
    report = _report(request, pk)
    public = not _reads_unpublished(request, report)
    context = {
        "paper": paper_of(report, on=site_day(request.at), public=public, charts=True),  # type: ignore[attr-defined]
        "report": report,
        "lang": get_language(),
        "may_correct": report.sent_at is not None and request.user.has_perm(ProgressReport.get_perm("correct"), report),
    }
    return render(request, "reporting/reading.html", context)
