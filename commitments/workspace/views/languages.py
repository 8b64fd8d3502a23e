"""Translations of what is public: what is missing or outdated, and the page on which a record is translated."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commitments.appointments.models import Appointment
from commitments.formats.language import language_of
from commitments.history import actions as history
from commitments.history import conflict
from commitments.history.actions import EditedMeanwhileError
from commitments.intake.filters import page_of
from commitments.mechanisms.queries import office_settings
from commitments.reporting.models import ReportTranslation
from commitments.roles import gate
from commitments.workspace import languages
from commitments.workspace.audit.subjects import kind_words
from commitments.workspace.filters import TextsFilter
from commitments.workspace.forms.texts import TextsForm
from commitments.workspace.views.records import version_of

PER_PAGE = 25


@gate.workspace_page
def texts(request: HttpRequest) -> HttpResponse:
    """The public records with a text that is missing or outdated in a language of the office."""
    gate.require(request.user, ReportTranslation, "add")
    lang = language_of(get_language())
    office = office_settings(request.on).languages  # type: ignore[attr-defined]
    filters = TextsFilter(request.GET, Appointment.objects.none(), request=request, office=office, language=lang)
    asked, where = filters.languages, filters.where
    page = page_of(languages.wanted(asked, **where), request.GET.get("page"), PER_PAGE)
    found = languages.items(page.object_list, asked, lang, where["state"])
    shown = [(kind_words(item.kind), item) for item in found]
    context = {"page": page, "items": shown, "filters": filters, "count": page.paginator.count}
    context["narrowed"] = _narrowed(request)
    return render(request, "workspace/texts.html", context)


@gate.workspace_page
def translate(request: HttpRequest, kind: str, pk: int, language: str) -> HttpResponse:
    """One record, its original on the left and a language on the right, all its texts in one form."""
    gate.require(request.user, ReportTranslation, "change")
    lang = language_of(get_language())
    row = _row(kind, pk, language)
    sides = languages.sides(row, language, lang)
    if not sides:
        raise Http404("its own language")
    form = TextsForm(request.POST or None, sides=sides, language=language)
    if request.method == "POST" and form.is_valid():
        return _save(request, row, language, form)
    context = {
        "row": row,
        "kind": kind_words(kind),
        "title": languages.items([(0, kind, pk)], [language], lang)[0].title,
        "language": language,
        "rows": [(side, form[side.field]) for side in sides],
        "form": form,
        "version": version_of(request) or row.version,
        "others": [code for code in office_settings(request.on).languages if languages.sides(row, code, lang)],  # type: ignore[attr-defined]
        "kind_code": kind,
        "narrowed": _narrowed(request),
    }
    return render(request, "workspace/translate.html", context)


def _row(kind: str, pk: int, language: str) -> Any:
    model = languages.NAMED.get(kind)
    if model is None or language not in dict(settings.LANGUAGES):
        raise Http404(kind)
    row = languages.public_rows(model).filter(pk=pk).first()
    if row is None:
        raise Http404(kind)
    return row


def _save(request: HttpRequest, row: Any, language: str, form: TextsForm) -> HttpResponse:
    version = version_of(request)
    try:
        changed = history.translate(
            row,
            form.texts(),
            language=language,
            by=gate.actor(request),
            at=request.at,  # type: ignore[attr-defined]
            why=form.cleaned_data["why"] or "translation",
            version=version,
        )
    except EditedMeanwhileError as problem:
        seen = [f"{side.field}_{side.original.language}" for side in form.sides]
        beside = conflict.changed_since(problem.current, version, seen)
        back = request.get_full_path()
        return conflict.page(request, problem, version_read=version, back=back, beside=beside)
    if changed.version != version:
        messages.success(request, _("Saved. The site shows it from now on."))
    elif any(form.texts().values()):
        messages.success(request, _("Nothing was changed. It counts as read beside the original now."))
    else:
        messages.info(request, _("Nothing was written, so nothing was changed."))
    return redirect(f"{reverse('workspace:texts')}{_narrowed(request)}")


def _narrowed(request: HttpRequest) -> str:
    """What the list was narrowed by when this page was opened from it, as the end of an address."""
    kept = {name: request.GET[name] for name in TextsFilter.base_filters if request.GET.get(name)}
    return f"?{urlencode(kept)}" if kept else ""
