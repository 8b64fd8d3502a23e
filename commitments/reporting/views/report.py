"""The one-page report of a working group: written, sent, reviewed, published."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commitments.history import conflict
from commitments.history.actions import EditedMeanwhileError
from commitments.indicators.actions import OwnWorkError, StepRefusedError
from commitments.reporting import actions
from commitments.reporting.actions import ReportText
from commitments.reporting.enums import Section
from commitments.reporting.figures import group_figures
from commitments.reporting.forms import GroupReportForm, ReturnForm
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


@gate.workspace_page
def review_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The secretariat reads a group's report and accepts, publishes or returns it."""
    report = _report(request, pk, "publish")
    decision = request.POST.get("decision", "")
    data = request.POST if decision == "return" else None
    form = ReturnForm(data, on=request.on, fields_offered=False)  # type: ignore[attr-defined]
    if request.method == "POST" and (decision != "return" or form.is_valid()):
        return _decide(request, report, decision, form)
    context = _context(request, report, form)
    context["is_own"] = not request.user.has_perm(ProgressReport.get_perm("accept"), report)
    return render(request, "reporting/review_report.html", context)


def _decide(request: HttpRequest, report: ProgressReport, decision: str, form: ReturnForm) -> HttpResponse:
    step: dict[str, Any] = {
        "by": gate.actor(request),
        "at": request.at,  # type: ignore[attr-defined]
        "version": _version(request),
    }
    try:
        messages.success(request, _carry_out(report, decision, step, form))
    except EditedMeanwhileError as problem:
        back = reverse("workspace:review-report", args=[report.pk])
        return conflict.page(request, problem, version_read=step["version"] or 0, back=back)
    except StepRefusedError:
        messages.error(request, _("This was decided on in the meantime. Nothing was changed."))
    except OwnWorkError:
        raise PermissionDenied("own work") from None
    return redirect("workspace:review")


def _carry_out(report: ProgressReport, decision: str, step: dict[str, Any], form: ReturnForm) -> str:
    if decision == "return":
        data = form.cleaned_data
        asked = actions.Asked(data["question"], Section.SYNTHESIS)
        actions.return_report(report=report, questions=[asked], due_on=data["due_on"], **step)
        return _("Returned with a question. The lead will get an e-mail.")
    if decision == "accept":
        actions.accept_report(report=report, **step)
        return _("Approved. It is not public yet.")
    if decision == "publish" and report.state == "accepted":
        actions.publish_report(report=report, **step)
        return _("Published.")
    if decision == "publish":
        actions.accept_and_publish_report(report=report, **step)
        return _("Approved and published.")
    raise PermissionDenied(decision)
