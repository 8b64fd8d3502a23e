"""Which line of an indicator an address of the update form speaks of; a page asks where it leaves several."""

from collections.abc import Callable, Sequence
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from commitments.formats.language import Text
from commitments.indicators.models import Indicator, Series
from commitments.reporting.lines import LINE, lines_for, offered
from commitments.reporting.updating import LineChoice, UpdateTask, line_choices, update_task
from commitments.roles import gate
from commitments.roles.gate import View


def of_line(page: Callable[[HttpRequest, UpdateTask], HttpResponse]) -> View:
    """Mark a page of the workspace that is about the figure of one line, and find it; where it is open, ask which."""

    @gate.workspace_page
    @wraps(page)
    def found(request: HttpRequest, code: str) -> HttpResponse:
        indicator = _indicator(request, code)
        lines = lines_for(request.user, indicator)
        to_choose = offered(lines)
        series = _named(request, lines) or (to_choose[0] if len(to_choose) == 1 else None)
        if series is None:
            return _which(request, indicator, to_choose)
        has_choice = len(to_choose) > 1
        return page(request, update_task(indicator, series, on=request.on, has_choice=has_choice))  # type: ignore[attr-defined]

    return found


def _indicator(request: HttpRequest, code: str) -> Indicator:
    shown = ("commitment__mechanism", "commitment__maker_country", "commitment__group")
    indicators = Indicator.objects.visible_to(request.user).select_related(*shown)
    indicators = indicators.prefetch_related("commitment__parties__country")
    return gate.obtain(request.user, indicators, "update", code=code)


def _named(request: HttpRequest, lines: Sequence[Series]) -> Series | None:
    """The line that the address names; 404 for one that is not the person's to give."""
    key = request.GET.get(LINE, "")
    found = next((line for line in lines if str(line.pk) == key), None)
    if not lines or (key and found is None):
        raise Http404(key)
    return found


def _which(request: HttpRequest, indicator: Indicator, lines: Sequence[Series]) -> HttpResponse:
    lang = get_language() or "en"
    choices: list[LineChoice] = line_choices(request.user, indicator, lines, on=request.on)  # type: ignore[attr-defined]
    commitment = indicator.commitment
    context = {
        "indicator": indicator,
        "title": indicator.title_in(lang),
        "commitment_title": commitment.title_in(lang) if commitment else Text("", lang, foreign=False),
        "choices": choices,
    }
    return render(request, "reporting/update_lines.html", context)
