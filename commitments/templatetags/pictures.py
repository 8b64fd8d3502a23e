"""Charts that may be taken along: under which addresses each can be had."""

from datetime import date

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.charts.heat import heat_pair
from commitments.charts.timeline import timeline_pair
from commitments.formats.addresses import address
from commitments.formats.language import Text
from commitments.indicators.breakdowns import breakdown_words
from commitments.indicators.multiples import sparklines_of
from commitments.indicators.queries import IndicatorReading
from commitments.indicators.wording import status_word
from commitments.public.queries.crossing import Crossing, Line
from commitments.public.queries.matrix import Matrix
from commitments.public.queries.tally import ORDER, Tally
from commitments.public.wording import heat as heats
from commitments.public.wording.counts import StatusPart
from commitments.public.wording.pictures import title_of
from commitments.public.wording.timeline import Dated, timeline_of
from commitments.register.models import Commitment
from commitments.register.wording import ended_words

register = template.Library()


@register.simple_tag
def timeline(commitment: Commitment, dates: list[Dated], on: date) -> SafeString:
    """{% timeline commitment dates on as chart %}: the drawing of the dates of a commitment; empty for one alone."""
    chart = timeline_of(commitment, dates, on=on)
    return timeline_pair(chart, id="timeline-chart") if chart else SafeString("")


@register.filter
def crossing_sentence(found: Crossing) -> str:
    """How many countries and commitments the matrix shows."""
    return heats.crossing_sentence(found)


@register.filter
def crossing_columns(found: Crossing) -> list[tuple[Text, str]]:
    """The names over its columns, whole and short."""
    return heats.columns(found)


@register.filter
def crossing_cells(line: Line, found: Crossing) -> list[tuple[str, Tally]]:
    """{{ line|crossing_cells:found }}: the cells of a row, each with the name of its column."""
    return [(short, cell) for (_name, short), cell in zip(heats.columns(found), line.cells, strict=True)]


@register.filter
def statuses_met(found: Crossing) -> list[StatusPart]:
    """The key of its strips: the statuses that occur, without numbers."""
    met = {status for line in found.lines for cell in line.cells for status, number in cell.active.items() if number}
    return [StatusPart(status.value, status_word(status.value), None) for status in ORDER if status in met]


@register.simple_tag
def crossing_chart(found: Crossing) -> SafeString:
    """Countries against pillars as a drawing."""
    return heat_pair(heats.crossing_heat(found), id="countries-chart")


@register.filter
def matrix_sentence(found: Matrix) -> str:
    """How many workstreams other mechanisms work on too."""
    return heats.matrix_sentence(found)


@register.simple_tag
def matrix_chart(found: Matrix) -> SafeString:
    """Workstreams against the other mechanisms as a drawing."""
    return heat_pair(heats.matrix_heat(found), id="matrix-chart")


@register.filter
def spark(reading: IndicatorReading, on: date) -> SafeString:
    """{{ reading|spark:on }}: the shape of its figures in the height of a line; nothing without two of them."""
    return sparklines_of([reading], on=on).get(reading.indicator.pk, SafeString())


@register.filter
def ended(commitment: Commitment | None) -> str:
    """The word for a commitment that is no longer active, with its day; empty for an active one or for none."""
    return ended_words(commitment) if commitment else ""


#: How high a frame must be for each kind of chart, in pixels, on a narrow page too.
HEIGHTS = {
    "commitment": 460,
    "map": 760,
    "matrix": 620,
    "pillars": 900,
    "indicator": 520,
    **dict.fromkeys(("status", "country", "group", "pillar", "mechanism", "reports", "group-reports"), 300),
    "breakdown": 520,
    "by-country": 760,
}
#: Kinds whose code says something to people.
CODED = ("commitment", "indicator", "country", "breakdown", "by-country")
REPORTS = ("reports", "group-reports")
#: What the charts of no single record are called.
NAMES = {
    "map": gettext_lazy("Commitments by country"),
    "matrix": gettext_lazy("Workstreams and the groups of other mechanisms"),
    "pillars": gettext_lazy("Countries and pillars"),
    "status": gettext_lazy("Commitments under the Declaration by status"),
}


@register.simple_tag
def chart_addresses(kind: str, code: str | int = "", title: object = "", cut: str = "") -> dict[str, str | int]:
    """{% chart_addresses "indicator" code title as at %}: at.embed, at.svg, at.png; at.height of the frame, at.name."""
    parts = [part for part in (code, cut) if part]
    found = {form: address(f"public:{form}-{kind}", *parts) for form in ("embed", "svg", "png")}
    return {**found, "height": HEIGHTS[kind], "name": _name(kind, code, title, cut)}


def _name(kind: str, code: str | int, title: object, cut: str) -> str:
    """What a chart is called where it is taken along."""
    if not title:
        return str(code or NAMES[kind])
    if kind in REPORTS:
        return title_of(title, _("Reports by cycle"))
    named = f"{title} ({code})" if kind in CODED else str(title)
    parts = (named, _("By country") if kind == "by-country" else breakdown_words(cut))
    return " – ".join(filter(None, parts))
