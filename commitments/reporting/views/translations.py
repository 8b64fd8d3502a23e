"""Summaries of published reports in other languages: what is wanted, and the page on which one is written."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commitments.formats.language import language_of, written_in
from commitments.history import conflict
from commitments.history.actions import EditedMeanwhileError
from commitments.history.enums import ReportState
from commitments.indicators.actions import StepRefusedError
from commitments.intake.filters import page_of
from commitments.mechanisms.queries import office_settings
from commitments.reporting import actions
from commitments.reporting.forms.translation import TranslationForm
from commitments.reporting.models import ProgressReport, ReportingCycle, ReportTranslation
from commitments.reporting.paper import who_reports
from commitments.reporting.translating import count_wanted, own_language, summaries, wanted
from commitments.roles import gate

PER_PAGE = 25


@gate.workspace_page
def translations(request: HttpRequest) -> HttpResponse:
    """Which summaries are wanted in which languages, of one cycle or of all, oldest first."""
    gate.require(request.user, ReportTranslation, "add")
    languages = office_settings(request.on).languages  # type: ignore[attr-defined]
    slug = request.GET.get("cycle", "").replace("\x00", "")
    cycle = get_object_or_404(ReportingCycle, slug=slug) if slug else None
    where: dict[str, Any] = {"cycle": cycle} if cycle else {}
    rows = wanted(languages).filter(**where).select_related("cycle", "country", "group")
    page = page_of(rows.prefetch_related("translations"), request.GET.get("page"), PER_PAGE)
    items = [(row, who_reports(row), summaries(row, languages)) for row in page.object_list]
    context = {"page": page, "items": items, "cycle": cycle, "count": count_wanted(languages, **where)}
    return render(request, "reporting/translations.html", context)


@gate.workspace_page
def translate_summary(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Write the summary of one report in one language, beside the original; published at once."""
    gate.require(request.user, ReportTranslation, "change")
    report = _published(pk)
    name = dict(settings.LANGUAGES).get(language)
    if name is None or language == own_language(report):
        raise Http404("language")
    said = next((row for row in report.translations.all() if row.language == language), None)
    start = {"summary": said.summary, "version": said.version} if said else {"version": 0}
    form = TranslationForm(request.POST or None, initial=start, language=language, name=name)
    doubts = form.suspicions() if request.method == "POST" and form.is_valid() else []
    if request.method == "POST" and form.is_valid() and (not doubts or "anyway" in request.POST):
        return _put(request, report, language, form)
    lang = language_of(get_language())
    context = {
        "report": report,
        "who": who_reports(report),
        "original": written_in(report.summary, own_language(report), lang),
        "language": language,
        "others": summaries(report, office_settings(request.on).languages),  # type: ignore[attr-defined]
        "said": said,
        "form": form,
        "doubts": doubts,
    }
    return render(request, "reporting/translate_summary.html", context)


def _published(pk: int) -> ProgressReport:
    rows = ProgressReport.objects.filter(state=ReportState.PUBLISHED).select_related("cycle", "country", "group")
    found: ProgressReport = get_object_or_404(rows.prefetch_related("translations"), pk=pk)
    return found


def _put(request: HttpRequest, report: ProgressReport, language: str, form: TranslationForm) -> HttpResponse:
    here = reverse("workspace:translate-summary", args=[report.pk, language])
    summary, version = form.cleaned_data["summary"], form.cleaned_data["version"] or 0
    at = request.at  # type: ignore[attr-defined]
    try:
        row = actions.put_summary(
            report=report, language=language, summary=summary, by=gate.actor(request), at=at, version=version
        )
    except EditedMeanwhileError as problem:
        return conflict.page(request, problem, version_read=version, back=here)
    except StepRefusedError:
        words = _("This was decided on in the meantime. Nothing was changed.")
        return conflict.not_done(request, words, form=form, back=reverse("workspace:translations"))
    messages.success(request, _("The summary is public now.") if row else _("There is no summary in this language."))
    return redirect("workspace:translations")
