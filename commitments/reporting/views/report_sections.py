"""The places of a country's report: one page each, kept as a private draft while somebody types."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commitments.history import conflict
from commitments.history.actions import EditedMeanwhileError
from commitments.reporting import actions
from commitments.reporting.enums import COUNTRY_SECTIONS, Section
from commitments.reporting.forms import CannotForm, DocumentForm, PartForm, SectionForm
from commitments.reporting.sections import sections_of
from commitments.reporting.views import report_documents, saving
from commitments.reporting.views.country_report import (
    frame,
    locked_words,
    needs_basis,
    step_of,
    version_of,
)
from commitments.reporting.views.report_places import Place, draft_of, find_place, keep_draft, last_time, words_name
from commitments.roles import gate


@gate.workspace_page
def report_section(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """The page of a section: words to write, or the list of answers to give."""
    place = find_place(request, pk, section)
    if needs_basis(request, place.report) and place.held.places:
        return redirect("workspace:report-on-behalf", pk=pk)
    if request.method == "POST" and "unchanged" in request.POST:
        return _nothing_changed(request, place)
    if section == Section.DOCUMENTS and report_documents.is_told(request):
        return _documents(request, place)
    asked = place.held.asked(section) if place.may_write else []
    return _form_page(
        request, place, lambda data, initial: SectionForm(data, initial=initial, section=place.section, questions=asked)
    )


@gate.workspace_page
def report_place(request: HttpRequest, pk: int, section: str, row_id: int) -> HttpResponse:
    """The page of one commitment, or of one figure that cannot be given."""
    place = find_place(request, pk, section, row_id)
    if needs_basis(request, place.report) and place.held.places:
        return redirect("workspace:report-on-behalf", pk=pk)
    if place.entry is not None and "can" in request.POST:
        return _kept(request, place, lambda: _take_back(request, place))
    if place.entry is not None:
        return _form_page(request, place, lambda data, initial: CannotForm(data, initial=initial))
    asked = place.held.asked(section, row_id) if place.may_write else []
    return _form_page(request, place, lambda data, initial: PartForm(data, initial=initial, questions=asked))


@gate.workspace_page
@require_POST
def autosave_report(request: HttpRequest, pk: int, place: str) -> HttpResponse:
    """Keep what is typed as a private draft and say when it was kept."""
    section, _dash, number = place.partition("-")
    found = find_place(request, pk, section, int(number) if number.isdigit() and len(number) < 12 else None)
    try:
        if found.may_write and not keep_draft(request, found, by_itself=True):
            raise Http404(place)
    except actions.OvertakenError:
        return saving.overtaken(f"{found.url}?fresh=1")
    return saving.saved(request)


def _form_page(
    request: HttpRequest, place: Place, build: Callable[[dict[str, Any] | None, dict[str, Any]], forms.Form]
) -> HttpResponse:
    """Show the form with what is on record or in the draft; keep what comes back, as it is typed where it is wrong."""
    record = place.record
    initial = {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}
    initial["language"] = place.report.language or get_language() or "en"
    if request.method == "POST":
        typed = {**request.POST.dict()}
        if "copy" in typed:
            typed[words_name(place)] = typed["copy"]
        form = build(typed, initial)
        if "later" in typed and hasattr(form, "relax"):
            form.relax()
        if "copy" in typed:
            form.errors.clear()
        elif form.is_valid():
            return _kept(request, place, lambda: _write(request, place, form))
        elif place.may_write:
            keep_draft(request, place)
        return _page(request, place, form, version=version_of(request), show_errors="copy" not in typed)
    draft = draft_of(request, place)
    form = build(None, {**initial, **(draft.fields if draft else {})})
    return _page(request, place, form, version=draft.version_read if draft else None, draft=draft)


def _page(
    request: HttpRequest,
    place: Place,
    form: forms.Form,
    *,
    version: int | None = None,
    draft: Any = None,
    show_errors: bool = False,
    document_form: DocumentForm | None = None,
) -> HttpResponse:
    context = {
        **frame(request, place.report),
        "place": place,
        "form": form,
        "line": next(line for line in sections_of(place.held) if line.section == place.section),
        "number": COUNTRY_SECTIONS.index(place.section) + 1,
        "version": version or place.record.version,
        "draft": draft if draft is not None and draft.user_id == request.user.pk else None,
        "draft_of": draft if draft is not None and draft.user_id != request.user.pk else None,
        "show_errors": show_errors,
        "words_name": words_name(place),
        **last_time(place),
    }
    if place.section == Section.DOCUMENTS:
        context |= report_documents.shown(request, place.report, document_form)
    return render(request, _template(place), context)


def _template(place: Place) -> str:
    if place.part is not None:
        return "reporting/report_part.html"
    if place.entry is not None:
        return "reporting/report_entry.html"
    lists = {Section.PROGRESS: "parts", Section.FIGURES: "entries", Section.DOCUMENTS: "documents"}
    return f"reporting/report_{lists.get(place.section, 'section')}.html"


def _documents(request: HttpRequest, place: Place) -> HttpResponse:
    """Add a document, or take one away."""
    try:
        form = report_documents.told(request, place.report, by=step_of(request, place.report)["by"])
    except actions.LockedError:
        return report_documents.locked(request, place.report, place.url)
    if form is None:
        return redirect(place.url)
    asked = place.held.asked(place.section)
    return _page(request, place, SectionForm(section=place.section, questions=asked), document_form=form)


def _take_back(request: HttpRequest, place: Place) -> None:
    assert place.entry is not None  # noqa: S101  # asked for by its page
    step = step_of(request, place.report)
    actions.cannot_give_figure(entry=place.entry, reason="", words="", version=version_of(request), **step)


def _kept(request: HttpRequest, place: Place, write: Callable[[], None]) -> HttpResponse:
    version = version_of(request)
    try:
        write()
    except EditedMeanwhileError as problem:
        return conflict.page(request, problem, version_read=version or 0, back=f"{place.url}?fresh=1")
    except actions.PlaceGoneError:
        raise Http404(place.name) from None  # its page shows what was typed
    except actions.LockedError:
        keep_draft(request, place)
        words = _("This part of the report cannot be changed now. What you typed is kept, should it open again.")
        messages.error(request, words)
        return redirect("workspace:country-report", pk=place.report.pk)
    if place.part is not None or place.entry is not None:
        return redirect("workspace:report-section", pk=place.report.pk, section=place.section)
    return redirect("workspace:country-report", pk=place.report.pk)


def _write(request: HttpRequest, place: Place, form: Any) -> None:
    step, version = step_of(request, place.report), version_of(request)
    data = form.cleaned_data
    if place.part is not None:
        said = actions.PartAnswer(data.get("answer", ""), data["words"], data["cannot_reason"])
        actions.answer_part(
            part=place.part, said=said, language=data["language"], answers=form.answers, version=version, **step
        )
    elif place.entry is not None:
        actions.cannot_give_figure(
            entry=place.entry, reason=data["cannot_reason"], words=data["cannot_words"], version=version, **step
        )
    else:
        actions.save_section(
            report=place.report,
            section=place.section,
            words=form.words,
            language=data.get("language", ""),
            done="later" not in request.POST,
            answers=form.answers,
            version=version,
            **step,
        )


def _nothing_changed(request: HttpRequest, place: Place) -> HttpResponse:
    chosen = request.POST["unchanged"]
    if chosen != "all" and not (chosen.isdecimal() and len(chosen) < 12):
        raise Http404("no such commitment")
    part_id = int(chosen) if chosen != "all" else None
    try:
        count = actions.nothing_changed(report=place.report, part_id=part_id, **step_of(request, place.report))
        said = ngettext(
            "Nothing changed: answered for %(count)s commitment.",
            "Nothing changed: answered for %(count)s commitments.",
            count,
        )
        if count:
            messages.success(request, said % {"count": count})
        else:
            messages.error(request, _("Nothing was left to answer so: there is an answer, or words that you began."))
    except actions.LockedError:
        messages.error(request, locked_words())
    return redirect("workspace:report-section", pk=place.report.pk, section=Section.PROGRESS)
