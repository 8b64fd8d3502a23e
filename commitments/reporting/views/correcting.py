"""A report after it was sent: taken back, or put right by two persons, with what stood before in the open."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commitments.formats.language import language_of
from commitments.history import conflict
from commitments.history.actions import EditedMeanwhileError
from commitments.history.enums import ReportState
from commitments.indicators.actions import OwnWorkError, StepRefusedError
from commitments.reporting import actions
from commitments.reporting.actions.corrections import STANDS
from commitments.reporting.corrected import choices_in, corrections, texts_of, told
from commitments.reporting.forms import CorrectionForm, DecideForm
from commitments.reporting.models import ProgressReport, ReportCorrection
from commitments.reporting.paper import who_reports
from commitments.reporting.queued import around
from commitments.reporting.views.review import is_said_already, permit, version_of
from commitments.reporting.views.typed import typed_in
from commitments.roles import gate


@gate.workspace_page
def correct_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The way to put a report right, by its state: take it back, ask for it, or propose other words."""
    rows = ProgressReport.objects.visible_to(request.user).select_related("cycle", "country", "group")
    report = gate.obtain(request.user, rows, "correct", pk=pk)
    if report.state in {ReportState.NOT_DUE, ReportState.DUE, ReportState.DRAFT, ReportState.RETURNED}:
        form = _form(request, report)
        return _stands_no_more(request, report, form) if conflict.typed_in(form) else redirect(_page_of(report), pk=pk)
    step: dict[str, Any] = {"by": _author(request, report), "at": request.at}  # type: ignore[attr-defined]
    if "recall" in request.POST:
        permit(request, report, "recall")
        return _recall(request, report, step)
    waiting = report.corrections.filter(state=ReportState.SENT).first()
    if waiting is not None and "withdraw" in request.POST:
        return _withdraw(request, waiting, step)
    form = _form(request, report)
    if request.method == "POST" and (form.is_valid() or waiting):
        return _propose(request, report, form, step)
    return _page(request, report, form, waiting)


def _form(request: HttpRequest, report: ProgressReport) -> CorrectionForm:
    initial = {"language": language_of(get_language())}
    data = request.POST if request.method == "POST" else None
    return CorrectionForm(
        data, texts=texts_of(report), choices=choices_in(report), language=report.language or "en", initial=initial
    )


def _page(
    request: HttpRequest,
    report: ProgressReport,
    form: CorrectionForm,
    waiting: ReportCorrection | None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "report": report,
        "who": who_reports(report),
        "form": form,
        "waiting": told(waiting, report) if waiting else None,
        "may_withdraw": waiting is not None and waiting.proposed_by_id == request.user.pk,
        "may_recall": request.user.has_perm(ProgressReport.get_perm("recall"), report),
        "stands": report.state in STANDS,
        "before": corrections(report, ReportState.PUBLISHED, ReportState.RETURNED),
        "back": _page_of(report),
    }
    return render(request, "reporting/correct_report.html", context, status=status)


def _author(request: HttpRequest, report: ProgressReport) -> Any:
    return gate.actor(request, country_id=report.country_id, group_id=report.group_id)


def _page_of(report: ProgressReport) -> str:
    return "workspace:group-report" if report.group_id else "workspace:country-report"


def _recall(request: HttpRequest, report: ProgressReport, step: dict[str, Any]) -> HttpResponse:
    try:
        actions.recall_report(report=report, version=version_of(request), **step)
    except (EditedMeanwhileError, StepRefusedError):
        messages.error(request, _("It could not be taken back: it was taken up in the meantime, or its cycle closed."))
        return redirect("workspace:correct-report", pk=report.pk)
    messages.success(request, _("It is yours again: change it, then send it anew. Nothing is lost."))
    return redirect(_page_of(report), pk=report.pk)


def _withdraw(request: HttpRequest, waiting: ReportCorrection, step: dict[str, Any]) -> HttpResponse:
    if waiting.proposed_by_id != request.user.pk:
        raise PermissionDenied("withdraw")
    try:
        actions.withdraw_correction(correction=waiting, version=version_of(request), **step)
        messages.success(request, _("The correction is withdrawn. The report stays as it is."))
    except (EditedMeanwhileError, StepRefusedError):
        messages.error(request, _("This was decided on in the meantime. Nothing was changed."))
    return redirect("workspace:correct-report", pk=waiting.report_id)


def _propose(request: HttpRequest, report: ProgressReport, form: CorrectionForm, step: dict[str, Any]) -> HttpResponse:
    try:
        if not form.is_valid():
            raise StepRefusedError("another correction waits")
        said = {name: form.cleaned_data[name] for name in ("reason", "language", "is_withheld")}
        actions.propose_correction(report=report, words=form.words, version=version_of(request), **said, **step)
    except actions.NothingToCorrectError:
        form.add_error(None, _("Change at least one of the texts or answers"))
        return _page(request, report, form, None)
    except EditedMeanwhileError:
        report.refresh_from_db()
        if report.state not in STANDS:
            return _stands_no_more(request, report, form)
        form.add_error(None, _("The report was changed in the meantime. Look at your texts, then send them again"))
        return _page(request, report, form, None, status=409)
    except StepRefusedError:
        return _not_proposed(request, report, form)
    messages.success(request, _("Sent. Another person decides on it; until then the report stays as it is."))
    return redirect("workspace:correct-report", pk=report.pk)


def _not_proposed(request: HttpRequest, report: ProgressReport, form: CorrectionForm) -> HttpResponse:
    """Another correction waits: somebody else's, one's own, or these very words after the second of two clicks."""
    waiting = report.corrections.filter(state=ReportState.SENT).first()
    here = reverse("workspace:correct-report", args=[report.pk])
    if waiting is None:
        return _stands_no_more(request, report, form)
    if waiting.proposed_by_id != request.user.pk:
        form.add_error(None, _("Somebody else proposed a correction meanwhile. Yours can follow once it is decided"))
        return _page(request, report, form, None, status=409)
    if form.says(waiting):
        return redirect(here)
    words = _("Another correction of yours waits already. Withdraw it first, then send this one.")
    return conflict.not_done(request, words, form=form, back=here)


def _stands_no_more(request: HttpRequest, report: ProgressReport, form: CorrectionForm) -> HttpResponse:
    """The report was returned or taken back meanwhile: it is written, not corrected."""
    words = _("Only a report that was accepted is corrected, and this one is worked on again. Nothing was changed.")
    return conflict.not_done(request, words, form=form, back=reverse(_page_of(report), args=[report.pk]))


@gate.workspace_page
def review_correction(request: HttpRequest, pk: int) -> HttpResponse:
    """The words before and after; then let the correction hold, or decline it with words. Never one's own."""
    gate.require(request.user, ReportCorrection, "review")
    rows = ReportCorrection.objects.select_related(
        "report__cycle", "report__country", "report__group", "proposed_by", "decided_by"
    )
    row = gate.obtain(request.user, rows, "review", pk=pk)
    decision = request.POST.get("decision", "")
    text = "\n".join([row.reason, *(text["now"] for text in row.texts)])
    before = "" if row.is_withheld else "\n".join(text["was"] for text in row.texts)
    data = request.POST if request.method == "POST" and row.waits else None
    form, status = DecideForm(data, text=text, before=before, decision=decision), 200
    if request.method == "POST":
        permit(request, row, "approve")
        if _is_decided_so(request, row, decision):
            return redirect("workspace:review")
        if not row.waits or form.is_valid():
            if row.waits and _decide(request, row, decision, form):
                return redirect("workspace:review")
            row, status = gate.obtain(request.user, rows, "review", pk=pk), 409
            messages.error(request, _("This was decided on in the meantime. Nothing was changed."))
    context = {
        "row": row,
        "report": row.report,
        "who": who_reports(row.report),
        "told": told(row, row.report),
        "form": form,
        "typed": typed_in(request, {"answer": _("Your answer")}),
        "is_own": row.proposed_by_id == request.user.pk,
        "around": around("correction", row.pk),
    }
    return render(request, "reporting/review_correction.html", context, status=status)


def _is_decided_so(request: HttpRequest, row: ReportCorrection, decision: str) -> bool:
    if decision == "approve":
        return is_said_already(request, row, ReportState.PUBLISHED)
    return is_said_already(request, row, ReportState.RETURNED, row.answer, request.POST.get("answer", ""))


def _decide(request: HttpRequest, row: ReportCorrection, decision: str, form: DecideForm) -> bool:
    """Whether it was done; if not, the page says why and keeps what was typed."""
    step: dict[str, Any] = {"correction": row, "by": gate.actor(request), "version": version_of(request)}
    step["at"] = request.at  # type: ignore[attr-defined]
    try:
        if decision == "approve":
            actions.approve_correction(is_withheld=form.cleaned_data["is_withheld"], **step)
            messages.success(request, _("Agreed. The new words stand; the words before are in the history."))
        else:
            actions.decline_correction(answer=form.cleaned_data["answer"], **step)
            messages.success(request, _("Declined. The report stays as it is."))
    except OwnWorkError:
        raise PermissionDenied("own work") from None
    except (EditedMeanwhileError, StepRefusedError):
        return False
    return True
