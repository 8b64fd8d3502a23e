"""The documents of a report, of a country as of a group: chosen, named, added, taken away."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from commitments.history import conflict
from commitments.intake.bounded import LARGEST_KEY
from commitments.reporting import actions
from commitments.reporting.enums import Section
from commitments.reporting.forms import DocumentForm
from commitments.reporting.models import Draft, ProgressReport
from commitments.reporting.queries import open_places, open_questions
from commitments.reporting.views import attaching
from commitments.reporting.views.country_report import locked_words
from commitments.reporting.views.report import obtain_group_report
from commitments.roles import gate
from commitments.roles.actor import Actor

#: Under this name a person's chosen file and its title are kept until they are added; the key is the report's number.
FORM = "report-document"


@gate.workspace_page
def group_documents(request: HttpRequest, pk: int) -> HttpResponse:
    """The documents of a group's report."""
    report = obtain_group_report(request, pk)
    form, here = None, reverse("workspace:group-documents", args=[pk])
    if is_told(request):
        try:
            form = told(request, report, by=gate.actor(request, group_id=report.group_id))
        except actions.LockedError:
            return locked(request, report, here)
        if form is None:
            return redirect(here)
    return render(request, "reporting/group_documents.html", {"report": report, **shown(request, report, form)})


def is_told(request: HttpRequest) -> bool:
    """Whether a document is to be added or taken away."""
    return request.method == "POST" and ("add" in request.POST or "take_away" in request.POST)


def may_attach(report: ProgressReport) -> bool:
    """Whether documents may be added and taken away now."""
    return open_places(report, open_questions(report)).allows(Section.DOCUMENTS)


def shown(request: HttpRequest, report: ProgressReport, form: DocumentForm | None = None) -> dict[str, Any]:
    """What the page of the documents shows."""
    draft = _draft(request, report)
    kept: dict[str, Any] = draft.fields if draft else {}
    initial = {"title": kept.get("title", ""), "language": kept.get("language", report.language)}
    return {
        "documents": list(report.documents.select_related("file").order_by("id")),
        "document_form": form or DocumentForm(initial=initial),
        "kept_file": attaching.kept_file(request, kept),
        "may_attach": may_attach(report),
    }


def told(request: HttpRequest, report: ProgressReport, *, by: Actor) -> DocumentForm | None:
    """Add or take away as asked; the form with what is wrong, or nothing where it is done. LockedError."""
    if not may_attach(report):
        raise actions.LockedError(Section.DOCUMENTS)
    if "take_away" in request.POST:
        _take_away(request, report, by=by)
        return None
    return _add(request, report, by=by)


def locked(request: HttpRequest, report: ProgressReport, back: str) -> HttpResponse:
    """Say that nothing is added or taken away any more, with what was put into the form."""
    form = DocumentForm(request.POST, request.FILES, initial={"language": report.language})
    return conflict.not_done(request, locked_words(), form=form, back=back)


def _add(request: HttpRequest, report: ProgressReport, *, by: Actor) -> DocumentForm | None:
    form = DocumentForm(request.POST, request.FILES)
    form.is_valid()
    remembered = attaching.keep_chosen(request, form, _draft(request, report), by=by)
    file = attaching.kept_file(request, remembered)
    if file is None and "document" not in form.errors:
        form.add_error("document", form.choose)
    if form.errors or file is None:
        _keep(request, report, remembered)
        return form
    said = {name: form.cleaned_data[name] for name in ("title", "language")}
    actions.add_document(report=report, file=file, by=by, at=request.at, **said)  # type: ignore[attr-defined]
    actions.discard_draft(user_id=request.user.pk or 0, form=FORM, key=str(report.pk))
    messages.success(request, _("Added."))
    return None


def _take_away(request: HttpRequest, report: ProgressReport, *, by: Actor) -> None:
    """Remove one; a second click finds it gone and says the same."""
    key = request.POST["take_away"]
    if key.isascii() and key.isdigit() and int(key[:20]) <= LARGEST_KEY:
        row = report.documents.filter(pk=key[:20]).first()
        if row is not None:
            actions.remove_document(document=row, by=by, at=request.at)  # type: ignore[attr-defined]
    messages.success(request, _("Taken away."))


def _draft(request: HttpRequest, report: ProgressReport) -> Draft | None:
    return actions.draft_of(user_id=request.user.pk or 0, form=FORM, key=str(report.pk))


def _keep(request: HttpRequest, report: ProgressReport, remembered: dict[str, str]) -> None:
    """What was chosen and typed, for nobody but the person."""
    typed = {name: request.POST.get(name, "").replace("\x00", "")[:1000] for name in ("title", "language")}
    actions.keep_draft(
        user_id=request.user.pk or 0,
        form=FORM,
        key=str(report.pk),
        fields={**typed, **remembered},
        version_read=report.version,
        at=request.at,  # type: ignore[attr-defined]
    )
