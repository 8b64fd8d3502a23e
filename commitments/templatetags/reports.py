"""Reports in templates: their texts in their own language, their drawings on paper."""

import re
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info

from commitments.formats.language import Text
from commitments.indicators.models import Series
from commitments.reporting import lines
from commitments.reporting.codes import spaced
from commitments.reporting.paper import Paper

register = template.Library()


@register.filter
def own(paper: Paper, name: str) -> Text:
    """{{ paper|own:"obstacles" }}: a text of the report with the language it is written in."""
    return paper.own(getattr(paper.report, name))


@register.filter
def line_title(row: Any) -> Text:
    """{{ entry|line_title }}: what is counted; where an indicator has several lines, with the name of the line."""
    return lines.title_of(row)


@register.filter
def line_code(row: Any) -> str:
    """{{ entry|line_code }}: the code of the indicator; where it has several lines, with the name of the line."""
    words = lines.line_words(row.series) if row.has_siblings else ""
    return ", ".join(filter(None, [row.series.indicator.code, words]))


@register.filter
def figure_page(series: Series) -> str:
    """{{ entry.series|figure_page }}: where the figure of a line is given."""
    return lines.figure_page(series)


@register.filter
def for_paper(drawing: SafeString) -> SafeString:
    """A drawing as files can hold it: its typeface inside, where no style sheet of the page reaches.

    The halo of a label is drawn under it as a group of its own: files know no `paint-order`.
    """
    style = '<style>text{font-family:"Public Sans"}</style>'
    shown = str(drawing).replace("</desc>", f"</desc>{style}", 1)
    shown = _LABELS.sub(lambda found: found["open"] + ">" + found["texts"] + "</g>" + _bare(found), shown)
    return mark_safe(shown)  # noqa: S308  # made by commitments.charts


#: A group of labels with their halo, as commitments.charts.trajectory writes it.
_LABELS = re.compile(r'(?P<open><g class="ch-(?:label|note)"[^>]*) paint-order="stroke">(?P<texts>.*?)</g>', re.DOTALL)
_HALO = re.compile(r' stroke[a-z-]*="[^"]*"')


def _bare(found: re.Match[str]) -> str:
    return _HALO.sub("", found["open"]) + ">" + found["texts"] + "</g>"


@register.filter(name="code")
def code_shown(code: str) -> str:
    """{{ print.code|code }}: a code in two halves, as it is printed."""
    return spaced(code)


@register.filter
def own_name(language: str) -> str:
    """{{ "pt"|own_name }}: a language by the name it gives itself."""
    return str(get_language_info(language)["name_local"])
