"""The report of a working group in the standard format: written in one sitting, checked, sent, with a receipt."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from commitments.formats.dates import last_day_at, site_day
from commitments.formats.language import language_of, translated
from commitments.history import conflict
from commitments.history.actions import EditedMeanwhileError
from commitments.history.enums import ReportState
from commitments.indicators.actions import StepRefusedError
from commitments.mechanisms.queries import office_settings
from commitments.reporting import actions
from commitments.reporting.actions import ReportText
from commitments.reporting.figures import group_figures, ladder, without_horizon
from commitments.reporting.flags import personal_flags
from commitments.reporting.forms import GroupReportForm
from commitments.reporting.models import ProgressReport
from commitments.reporting.paper import voices
from commitments.reporting.queries import open_places, open_questions
from commitments.reporting.shared import GROUP_FORM, shared_in
from commitments.reporting.tasklist import due_tasks
from commitments.reporting.views import saving
from commitments.roles import gate

FORM = GROUP_FORM
#: What a draft keeps of the form, and how much of each answer.
KEPT = {*GroupReportForm.base_fields, "version"}
LONGEST = 5_000
#: What of the form is published.
PUBLISHED = ("summary", "obstacles", "purpose", "outcomes", "cannot_words")


def obtain_group_report(request: HttpRequest, pk: int) -> ProgressReport:
    """A group's report, for whoever may write it."""
    rows = ProgressReport.objects.visible_to(request.user).filter(group__isnull=False)
    rows = rows.select_related("group__mechanism", "cycle", "sent_by", "country")
    return gate.obtain(request.user, rows, "send", pk=pk)


def _typed(request: HttpRequest) -> dict[str, str]:
    """What was typed, as typed: the form's own fields alone, of a bounded length, without the NUL that is refused."""
    told = {name: value for name, value in request.POST.items() if name in KEPT or name.startswith("answer_")}
    return {name[:40]: str(value).replace("\x00", "")[:LONGEST] for name, value in told.items()}


def _draft(request: HttpRequest, report: ProgressReport) -> Any:
    return actions.draft_of(user_id=request.user.pk or 0, form=FORM, key=str(report.pk))


def _left(request: HttpRequest, report: ProgressReport) -> Any:
    """What somebody stood in for, or the predecessor, typed and did not send."""
    held_on = request.at.date()  # type: ignore[attr-defined]  # rights are counted in UTC
    return shared_in(report, user_id=request.user.pk or 0, on=held_on).get("")


def _keep(request: HttpRequest, report: ProgressReport, fields: dict[str, str], *, by_itself: bool = False) -> None:
    read = fields.get("version", "")
    actions.keep_draft_of_place(
        report=report,
        place=report,
        by_itself=by_itself,
        user_id=request.user.pk or 0,
        form=FORM,
        key=str(report.pk),
        fields=fields,
        version_read=int(read) if read.isdecimal() and len(read) < 9 else report.version,
        at=request.at,  # type: ignore[attr-defined]
        turn=request.POST.get("turn", ""),
    )


def _initial(report: ProgressReport) -> dict[str, str]:
    """The report as it stands, filled in from the last one and from what the group says of itself."""
    lang = language_of(get_language())
    last = (
        ProgressReport.objects.filter(group_id=report.group_id, sent_at__isnull=False, due_on__lt=report.due_on)
        .order_by("-due_on", "-pk")
        .first()
    )
    filled = {}
    # What was sent stays as it was sent: nothing is filled in any more.
    for name in ("purpose", "outcomes") if report.sent_at is None else ():
        groups = translated(report.group, name, lang)  # in another language it would pass for the lead's own
        said = "" if groups.foreign else groups.text
        filled[name] = getattr(report, name) or (getattr(last, name) if last else "") or said
    own = ("purpose", "outcomes", "summary", "obstacles", "cannot_reason", "cannot_words")
    return {"language": report.language or lang, **{name: getattr(report, name) for name in own}, **filled}


def _form(report: ProgressReport, data: Any = None, *, is_draft: bool = False) -> GroupReportForm:
    questions = open_questions(report)
    places = open_places(report, questions)
    asked = questions if report.state == ReportState.RETURNED else []
    return GroupReportForm(data, initial=_initial(report), questions=asked, places=places, is_draft=is_draft)


@gate.workspace_page
def group_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the report; a valid one goes on to the check page, an invalid one comes back as typed."""
    report = obtain_group_report(request, pk)
    if not _is_open(report):
        if request.method == "POST":
            _keep(request, report, _typed(request))
            messages.error(request, _("This report was sent meanwhile. What you typed is kept, should it come back."))
        return redirect("workspace:report-reading", pk=pk)
    if request.method != "POST":
        draft = _draft(request, report) or _left(request, report)
        form = _form(report, draft.fields if draft else None)
        return _form_page(request, report, form, draft=draft)
    _keep(request, report, _typed(request))
    if "documents" in request.POST:
        return redirect("workspace:group-documents", pk=pk)
    later = "later" in request.POST
    form = _form(report, request.POST, is_draft=later)
    if not form.is_valid():
        return _form_page(request, report, form, show_errors=True)
    return _keep_as_draft(request, report, form) if later else redirect("workspace:check-group-report", pk=pk)


@gate.workspace_page
@require_POST
def autosave_group_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what is typed as a private draft and say when it was kept."""
    report = obtain_group_report(request, pk)
    try:
        if _is_open(report):
            _keep(request, report, _typed(request), by_itself=True)
    except actions.OvertakenError:
        return saving.overtaken(_address(report))
    return saving.saved(request)


@gate.workspace_page
def check_group_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what will be sent, and send it."""
    report = obtain_group_report(request, pk)
    draft = _draft(request, report)
    if draft is None or not _is_open(report):
        return _after(request, report)
    form = _form(report, draft.fields)
    if not form.is_valid():
        return _form_page(request, report, form, show_errors=True)
    if request.method == "POST" and saving.is_what_was_read(request, draft):
        return _send(request, report, form, draft.version_read)
    text = form.cleaned_data
    context = _frame(request, report) | {"form": form, "text": text, "draft": draft}
    titles = [document.title for document in context["documents"]]
    written = "\n".join([*(text[name] for name in PUBLISHED if text.get(name)), *titles])
    context["personal"] = personal_flags(written)
    return render(request, "reporting/check_group_report.html", context)


def _after(request: HttpRequest, report: ProgressReport) -> HttpResponse:
    """Where a press of the button leads that has nothing to send: one's own second to the receipt of the first."""
    if report.sent_at is None:
        return redirect("workspace:group-report", pk=report.pk)
    if report.sent_by_id != request.user.pk:
        if request.method == "POST":
            messages.error(request, _("This report was sent meanwhile. What you typed is kept, should it come back."))
        return redirect("workspace:report-reading", pk=report.pk)
    return redirect("workspace:group-report-receipt", pk=report.pk)


@gate.workspace_page
@require_GET
def group_report_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """What was received, under which reference, and what happens next."""
    report = obtain_group_report(request, pk)
    if report.sent_at is None:
        return redirect("workspace:group-report", pk=pk)
    tasks = due_tasks(request.user, on=request.on, late_on=last_day_at(request.at))  # type: ignore[attr-defined]
    context = _frame(request, report) | {"next_task": next(iter(tasks), None)}
    context["review_days"] = office_settings(request.on).review_days  # type: ignore[attr-defined]
    return render(request, "reporting/group_report_receipt.html", context)


def _is_open(report: ProgressReport) -> bool:
    return bool(open_places(report, open_questions(report)))


def _frame(request: HttpRequest, report: ProgressReport) -> dict[str, Any]:
    group = report.group
    assert group is not None  # noqa: S101  # filtered above
    lang = get_language() or "en"
    figures = group_figures(group, on=site_day(request.at))  # type: ignore[attr-defined]
    return {
        "report": report,
        "group_name": group.name_in(lang),
        "cycle_name": report.cycle.name_in(lang),
        "figures": figures,
        "ladder": ladder(figures),
        "beside": without_horizon(figures),
        "voices": voices(report, public=False),
        "documents": list(report.documents.select_related("file").order_by("id")),
        "reference": f"{report.cycle.slug}/{group.slug}",
    }


def _form_page(
    request: HttpRequest, report: ProgressReport, form: GroupReportForm, *, draft: Any = None, show_errors: bool = False
) -> HttpResponse:
    read = str(form.data.get("version", "")) if form.is_bound else ""
    context = _frame(request, report) | {
        "form": form,
        "show_errors": show_errors,
        "version": read if read.isdecimal() and len(read) < 9 else report.version,
        "saved_on": draft.saved_at if draft and draft.user_id == request.user.pk else None,
        "draft_of": draft if draft and draft.user_id != request.user.pk else None,
    }
    return render(request, "reporting/group_report.html", context)


def _text(form: GroupReportForm) -> ReportText:
    data = form.cleaned_data
    names = ("summary", "obstacles", "purpose", "outcomes", "cannot_reason", "cannot_words")
    return ReportText(language=data["language"] or language_of(get_language()), **{name: data[name] for name in names})


def _keep_as_draft(request: HttpRequest, report: ProgressReport, form: GroupReportForm) -> HttpResponse:
    """The unfinished text into the report itself, where co-leads and the next person find it."""
    read = str(form.data.get("version", ""))
    version = int(read) if read.isdecimal() and len(read) < 9 else None
    by = gate.actor(request, group_id=report.group_id)
    try:
        actions.save_report(report=report, text=_text(form), by=by, at=request.at, version=version)  # type: ignore[attr-defined]
    except EditedMeanwhileError as problem:
        return conflict.page(request, problem, version_read=version or 0, back=_address(report))
    except StepRefusedError:
        messages.error(request, _("This was decided on in the meantime. Nothing was changed."))
        return redirect("workspace:tasks")
    if not form.questions:  # answers are kept in the private draft until they are sent
        actions.discard_draft(user_id=request.user.pk or 0, form=FORM, key=str(report.pk))
    messages.success(request, _("Kept as a draft."))
    return redirect("workspace:tasks")


def _send(request: HttpRequest, report: ProgressReport, form: GroupReportForm, version: int) -> HttpResponse:
    text, by = _text(form), gate.actor(request, group_id=report.group_id)
    step: dict[str, Any] = {"report": report, "text": text, "by": by, "at": request.at}  # type: ignore[attr-defined]
    try:
        actions.send_report(answers=form.answers(), version=version, **step)
    except EditedMeanwhileError as problem:
        typed = EditedMeanwhileError(problem.current, text.columns())
        fields = {name: str(value) for name, value in form.data.items()}
        back = _address(report)
        return conflict.page(request, typed, version_read=version, back=back, action=back, fields=fields)
    except StepRefusedError:
        messages.error(request, _("This was decided on in the meantime. Nothing was changed."))
        return redirect("workspace:tasks")
    actions.discard_draft(user_id=request.user.pk or 0, form=FORM, key=str(report.pk))
    return redirect("workspace:group-report-receipt", pk=report.pk)


def _address(report: ProgressReport) -> str:
    return reverse("workspace:group-report", args=[report.pk])
