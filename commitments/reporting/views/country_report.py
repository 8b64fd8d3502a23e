"""The report of a country, or the secretariat's own: its list of sections, the check before sending, the receipt."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from commitments.formats.dates import last_day_at
from commitments.formats.language import Text
from commitments.history import conflict
from commitments.history.actions import EditedMeanwhileError
from commitments.history.enums import ReportState
from commitments.indicators.actions import OwnWorkError, StepRefusedError
from commitments.mechanisms.queries import office_settings
from commitments.reporting import actions
from commitments.reporting.duties import due_tag
from commitments.reporting.flags import personal_flags, report_text
from commitments.reporting.forms import BehalfForm, CannotForm, ObjectionForm
from commitments.reporting.models import ProgressReport
from commitments.reporting.queries import missing_in
from commitments.reporting.sections import Contents, contents, earlier_report, reading, sections_of
from commitments.reporting.shared import left_in
from commitments.reporting.tasklist import due_tasks
from commitments.reporting.views.review import is_confirmed_already
from commitments.roles import gate
from commitments.roles.standing import standing_of


def obtain_report(request: HttpRequest, pk: int, permission: str = "") -> ProgressReport:
    """A country's report or the secretariat's own, for whoever may write it; the secretariat may for any country."""
    rows = ProgressReport.objects.visible_to(request.user).filter(group__isnull=True)
    rows = rows.select_related("country", "cycle__mechanism", "sent_by")
    wanted = permission or ("send_on_behalf" if standing_of(request.user).is_staff else "change")
    return gate.obtain(request.user, rows, wanted, pk=pk)


def is_on_behalf(request: HttpRequest, report: ProgressReport) -> bool:
    """The secretariat writes for a country, rather than the country itself."""
    return report.country_id is not None and report.country_id not in standing_of(request.user).countries


def needs_basis(request: HttpRequest, report: ProgressReport) -> bool:
    """Whether the secretariat has yet to say what its words for a country rest on."""
    return is_on_behalf(request, report) and not report.behalf_basis


def step_of(request: HttpRequest, report: ProgressReport) -> dict[str, Any]:
    """Who does something, and when."""
    return {
        "by": gate.actor(request, country_id=report.country_id),
        "at": request.at,  # type: ignore[attr-defined]
    }


def version_of(request: HttpRequest) -> int | None:
    """The version that the form was filled in on."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 9 else None


def frame(request: HttpRequest, report: ProgressReport) -> dict[str, Any]:
    """What stands at the head of each page of a report."""
    lang = get_language() or "en"
    on = request.on  # type: ignore[attr-defined]
    owed = report.state in {ReportState.NOT_DUE, ReportState.DUE, ReportState.DRAFT}
    author = report.country.name_in(lang) if report.country else Text(_("The secretariat"), lang, foreign=False)
    return {
        "report": report,
        "author": author,
        "cycle_name": report.cycle.name_in(lang),
        "due": due_tag(report.due_on, on) if owed else None,
        "on_behalf": is_on_behalf(request, report),
        "returned": report.state == ReportState.RETURNED,
    }


@gate.workspace_page
@require_GET
def country_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The sections with their states while it is written; the whole text once it is sent."""
    report = obtain_report(request, pk)
    held = contents(report, user_id=request.user.pk)
    before = earlier_report(report)
    context = {
        **frame(request, report),
        "needs_basis": needs_basis(request, report) and bool(held.places),
        "may_write": bool(held.places),
        "lines": sections_of(held),
        "left": left_in(report, user_id=request.user.pk or 0, on=request.at.date()) if held.places else [],  # type: ignore[attr-defined]
        "open_questions": [row for row in held.questions if row.is_open and not row.is_objection],
        "objections": [row for row in held.questions if row.is_open and row.is_objection],
        "before": before,
        "before_name": before.cycle.name_in(get_language() or "en") if before else "",
    }
    if not held.places or context["needs_basis"]:
        context["reading"] = reading(report, held=held)
        context["review_days"] = office_settings(request.on).review_days  # type: ignore[attr-defined]
    return render(request, "reporting/country_report.html", context)


@gate.workspace_page
def log_on_behalf(request: HttpRequest, pk: int) -> HttpResponse:
    """The secretariat says what it rests on when it writes for a country."""
    report = obtain_report(request, pk, "send_on_behalf")
    initial = {name: getattr(report, name) for name in BehalfForm.base_fields}
    data = request.POST if request.method == "POST" else None
    form = BehalfForm(data, initial=initial, on=request.on)  # type: ignore[attr-defined]
    back = reverse("workspace:country-report", args=[pk])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.write_on_behalf(
                report=report,
                basis=said["behalf_basis"],
                on=said["behalf_on"],
                words=said["behalf_words"],
                version=version_of(request),
                **step_of(request, report),
            )
        except EditedMeanwhileError as problem:
            return conflict.page(request, problem, version_read=version_of(request) or 0, back=back)
        except actions.LockedError:
            return conflict.not_done(request, locked_words(), form=form, back=back)
        return redirect(back)
    return render(request, "reporting/report_on_behalf.html", {**frame(request, report), "form": form})


def locked_words() -> str:
    """Why nothing was written."""
    return _("This part of the report cannot be changed now. Nothing was changed.")


@gate.workspace_page
def check_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that will be sent and all that is missing; the button always works and says what is wrong."""
    report = obtain_report(request, pk)
    held = contents(report, user_id=request.user.pk)
    if not held.places:
        after, said = reverse(_after(request, report), args=[pk]), CannotForm(request.POST)
        is_lost = "cannot" in request.POST
        return conflict.not_done(request, locked_words(), form=said, back=after) if is_lost else redirect(after)
    if needs_basis(request, report):
        return redirect("workspace:report-on-behalf", pk=pk)
    if "cannot" in request.POST or "can" in request.POST:
        return _cannot(request, report, held)
    if request.method == "POST":
        return _send(request, report, held)
    return _check_page(request, report, held)


def _after(request: HttpRequest, report: ProgressReport) -> str:
    """Where a second press of the button leads: to the receipt of the first."""
    sent = request.method == "POST" and report.sent_by_id == request.user.pk
    return "workspace:report-receipt" if sent else "workspace:country-report"


def _check_page(
    request: HttpRequest,
    report: ProgressReport,
    held: Contents,
    *,
    form: CannotForm | None = None,
    wrong: bool = False,
    status: int = 200,
) -> HttpResponse:
    initial = {"cannot_reason": report.cannot_reason, "cannot_words": report.cannot_words}
    lines = sections_of(held)
    context = {
        **frame(request, report),
        "reading": reading(report, held=held),
        "lines": lines,
        "missing": missing_in(report, held.parts, held.entries, held.questions),
        "unsaved": [line for line in lines if line.has_draft],
        "begun": [line for line in lines if line.is_left_open and not report.cannot_reason],
        "left": left_in(report, user_id=request.user.pk or 0, on=request.at.date()),  # type: ignore[attr-defined]
        "form": form or CannotForm(initial=initial),
        "personal": personal_flags(report_text(report, held.parts, held.entries, held.documents)),
        "show_errors": form is not None,
        "wrong": wrong,
    }
    return render(request, "reporting/report_check.html", context, status=status)


def _cannot(request: HttpRequest, report: ProgressReport, held: Contents) -> HttpResponse:
    """Keep, or take back, the answer that no report can be given."""
    form, here = CannotForm(request.POST), reverse("workspace:check-report", args=[report.pk])
    taken_back = "can" in request.POST
    if not taken_back and not form.is_valid():
        return _check_page(request, report, held, form=form)
    reason, words = ("", "") if taken_back else (form.cleaned_data["cannot_reason"], form.cleaned_data["cannot_words"])
    try:
        actions.cannot_report(
            report=report, reason=reason, words=words, version=version_of(request), **step_of(request, report)
        )
    except EditedMeanwhileError as problem:
        return conflict.page(request, problem, version_read=version_of(request) or 0, back=here)
    except actions.LockedError:
        return conflict.not_done(request, locked_words(), form=form, back=here)
    return redirect(here)


def _send(request: HttpRequest, report: ProgressReport, held: Contents) -> HttpResponse:
    if any(line.has_draft for line in sections_of(held)):
        return _check_page(request, report, held, wrong=True)
    try:
        actions.send_report(
            report=report,
            on_behalf=is_on_behalf(request, report),
            version=version_of(request),
            **step_of(request, report),
        )
    except (actions.UnfinishedReportError, actions.UnansweredQuestionError):
        return _check_page(request, report, contents(report, user_id=request.user.pk), wrong=True)
    except EditedMeanwhileError:
        fresh = obtain_report(request, report.pk)
        if fresh.state != report.state:
            return redirect(_after(request, fresh), pk=report.pk)
        messages.error(request, _("Somebody changed this report while you were reading. Read it again, then send it."))
        return redirect("workspace:check-report", pk=report.pk)
    except StepRefusedError:
        return redirect(_after(request, obtain_report(request, report.pk)), pk=report.pk)
    return redirect("workspace:report-receipt", pk=report.pk)


@gate.workspace_page
@require_GET
def report_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """What was received, under which reference, and what happens next."""
    report = obtain_report(request, pk)
    if report.sent_at is None:
        return redirect("workspace:country-report", pk=pk)
    tasks = due_tasks(request.user, on=request.on, late_on=last_day_at(request.at))  # type: ignore[attr-defined]
    here = reverse("workspace:country-report", args=[pk])
    context = {**frame(request, report), "next_task": next((task for task in tasks if task.url != here), None)}
    context["review_days"] = office_settings(request.on).review_days  # type: ignore[attr-defined]
    return render(request, "reporting/report_receipt.html", context)


@gate.workspace_page
def confirm_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The focal point reads what the secretariat wrote for the country, and confirms it or says what is not right."""
    report = obtain_report(request, pk, "confirm")
    objection = ObjectionForm(request.POST if "object" in request.POST else None)
    if "object" in request.POST and objection.is_valid():
        return _object(request, report, objection)
    if request.method == "POST" and "object" not in request.POST:
        try:
            actions.confirm_report(report=report, version=version_of(request) or 0, **step_of(request, report))
            messages.success(request, _("Confirmed. Thank you."))
        except EditedMeanwhileError as problem:
            if not is_confirmed_already(request, problem.current):
                words = _("Somebody changed this in the meantime. Read it again before you confirm it.")
                messages.error(request, words)
                return redirect("workspace:confirm-report", pk=pk)
        except (StepRefusedError, OwnWorkError):
            messages.error(request, _("This was decided on in the meantime. Nothing was changed."))
        return redirect("workspace:tasks")
    return _confirm_page(request, report, objection)


def _object(request: HttpRequest, report: ProgressReport, form: ObjectionForm) -> HttpResponse:
    """Back it goes, with the words: to the secretariat, or to the country itself if it writes its own."""
    on = request.on  # type: ignore[attr-defined]
    due_on = on + timedelta(days=office_settings(on).answer_days)
    step: dict[str, Any] = {"due_on": due_on, "version": version_of(request) or 0, **step_of(request, report)}
    words = form.cleaned_data["words"]
    said = report.questions.filter(is_objection=True, asked_by_id=request.user.pk, text=words)
    if report.state == ReportState.RETURNED and said.exists():  # the second of two clicks
        return redirect("workspace:country-report", pk=report.pk)
    try:
        actions.object_to_report(report=report, words=words, **step)
    except EditedMeanwhileError as problem:
        if ReportState(problem.current.state).waits_for_review:
            form.add_error(None, _("Somebody changed this in the meantime. Read it again, then send your words"))
            return _confirm_page(request, obtain_report(request, report.pk, "confirm"), form, status=409)
    except (StepRefusedError, OwnWorkError):
        pass
    else:
        messages.success(request, _("The secretariat sees what you wrote. You can also write the report yourself."))
        return redirect("workspace:country-report", pk=report.pk)
    late = _("This was decided on in the meantime. Nothing was changed.")
    return conflict.not_done(request, late, form=form, back=reverse("workspace:tasks"))


def _confirm_page(request: HttpRequest, report: ProgressReport, form: Form, status: int = 200) -> HttpResponse:
    context = {
        **frame(request, report),
        "reading": reading(report),
        "form": form,
        "waits": ReportState(report.state).waits_for_review,
        "basis": report.get_behalf_basis_display() or pgettext("basis of an entry on behalf", "Not stated"),
    }
    return render(request, "reporting/report_confirm.html", context, status=status)
