"""The one-page report of a working group: written and sent."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commitments.history import conflict
from commitments.history.actions import EditedMeanwhileError
from commitments.indicators.actions import StepRefusedError
from commitments.reporting import actions
from commitments.reporting.actions import ReportText
from commitments.reporting.figures import group_figures
from commitments.reporting.forms import GroupReportForm
from commitments.reporting.models import ProgressReport
from commitments.reporting.queries import open_questions
from commitments.roles import gate


def _version(request: HttpRequest) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isdigit() and len(text) < 9 else None


def _report(request: HttpRequest, pk: int, permission: str) -> ProgressReport:
    rows = ProgressReport.objects.visible_to(request.user).filter(group__isnull=False)
    rows = rows.select_related("group__mechanism", "cycle", "sent_by")
    return gate.obtain(request.user, rows, permission, pk=pk)


@gate.workspace_page
def group_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the report: what happened, what stood in the way; the figures are filled in and cannot be changed here."""
    report = _report(request, pk, "send")
    returned = report.state == "returned"
    initial = {"summary": report.summary, "obstacles": report.obstacles}
    data = request.POST if request.method == "POST" else None
    form = GroupReportForm(data, initial=initial, returned=returned, is_draft=data is not None and "later" in data)
    if data is not None and form.is_valid():
        return _keep_or_send(request, report, form)
    return render(request, "reporting/group_report.html", _context(request, report, form))


def _context(request: HttpRequest, report: ProgressReport, form: Any) -> dict[str, Any]:
    group = report.group
    assert group is not None  # noqa: S101  # filtered above
    lang = get_language() or "en"
    return {
        "report": report,
        "form": form,
        "group_name": group.name_in(lang),
        "cycle_name": report.cycle.name_in(lang),
        "figures": group_figures(group, on=request.on),  # type: ignore[attr-defined]
        "questions": list(report.questions.all()),
        "version": _version(request) or report.version,
        "is_open": report.state in {"not_due", "due", "draft", "returned"},
    }


def _keep_or_send(request: HttpRequest, report: ProgressReport, form: GroupReportForm) -> HttpResponse:
    later = "later" in request.POST
    text = ReportText(form.cleaned_data["summary"], form.cleaned_data["obstacles"], get_language() or "en")
    step: dict[str, Any] = {
        "report": report,
        "text": text,
        "by": gate.actor(request, group_id=report.group_id),
        "at": request.at,  # type: ignore[attr-defined]
        "version": _version(request),
    }
    try:
        if later:
            actions.save_report(**step)
            messages.success(request, _("Kept as a draft."))
        else:
            answer = form.cleaned_data.get("answer", "")
            answers = {question.pk: answer for question in open_questions(report)}
            actions.send_report(answers=answers, **step)
            messages.success(request, _("Sent to the secretariat, which usually answers within 3 working days."))
    except EditedMeanwhileError as problem:
        typed = EditedMeanwhileError(problem.current, {"summary": text.summary, "obstacles": text.obstacles})
        back = reverse("workspace:group-report", args=[report.pk])
        return conflict.page(request, typed, version_read=_version(request) or 0, back=back)
    except StepRefusedError:
        messages.error(request, _("This was decided on in the meantime. Nothing was changed."))
    return redirect("workspace:tasks")
