"""Charts of a part of a page: the reports of a country or group, a breakdown of an indicator, its countries."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from commitments.charts.multiples import beside_each_other
from commitments.charts.plot import Size
from commitments.charts.squares import squares
from commitments.formats.language import Text
from commitments.formats.numbers import format_number
from commitments.indicators.breakdowns import Breakdown
from commitments.indicators.cuts import CountryChart, chart_of_cut, told_of_cut, whole_of
from commitments.indicators.queries import IndicatorReading
from commitments.public.wording.counts import language
from commitments.public.wording.pictures import Shown, own_words
from commitments.public.wording.punctuality import SQUARES, punctuality_words
from commitments.register.wording import cited, maker_of
from commitments.reporting.enums import Punctuality
from commitments.reporting.punctuality import ReportSquare


def of_reports(kind: str, code: str, name: Text, told: Sequence[ReportSquare], *, on: date, page: str) -> Shown:
    """Whether the reports of a country or group came in time, cycle by cycle."""
    said = [(SQUARES[item.kind], line_of(item)) for item in told]

    def draw(width: int, height: int) -> str:
        return squares(said, width=width, height=height)

    return Shown(
        kind=kind,
        code=code,
        title=own_words(_("Reports by cycle")),
        sentence=_counted(told) if told else _("No reporting cycle has fallen due yet."),
        source=own_words(_("the published record of this tracker")),
        on=on,
        page=page,
        reports=told,
        place=name,
        drawer=draw if told else None,
    )


def line_of(item: ReportSquare) -> str:
    """A report in words: "November 2026: on time"."""
    parts = {"cycle": item.report.cycle.name_in(language()), "punctuality": punctuality_words(item)}
    # Translators: a reporting cycle and whether its report came in time: "November 2026: 8 days late".
    return _("%(cycle)s: %(punctuality)s") % parts


def _counted(told: Sequence[ReportSquare]) -> str:
    """How many came how: "On time (3), missing (1)."."""
    numbers = Counter(item.kind for item in told)
    parts = (f"{kind.label} ({format_number(numbers[kind], language())})" for kind in Punctuality if numbers[kind])
    said = ", ".join(parts)
    return f"{said[:1].upper()}{said[1:]}."


def of_cut(reading: IndicatorReading, key: str, *, on: date) -> Shown:
    """The figures of one breakdown of an indicator over time."""
    indicator, whole = reading.indicator, whole_of(reading, key)
    latest = next((row for row in whole.measurements if row.is_used), None) if whole else None

    def draw(width: int, height: int) -> str:
        size = Size(width, height, "wide", longest_label=width * 0.6)
        return chart_of_cut(reading, key, on=on, id="drawn", size=size)

    chart = chart_of_cut(reading, key, on=on, id="chart")
    told = told_of_cut(reading, key)
    return Shown(
        kind="breakdown",
        code=indicator.code,
        cut=key,
        title=indicator.title_in(language()),
        sentence=f"{Breakdown(key).words}. {told}." if told else f"{Breakdown(key).words}.",
        source=cited(latest.source) if latest and latest.source else None,
        document=latest.source if latest else None,
        on=on,
        page=reverse("public:indicator", args=[indicator.code]),
        chart=chart,
        drawer=draw if chart else None,
        place=maker_of(indicator.commitment) if indicator.commitment else None,
    )


def of_countries(reading: IndicatorReading, charts: Sequence[CountryChart], *, on: date) -> Shown:
    """The figures of each country that reports an indicator, on one scale."""
    indicator = reading.indicator

    def draw(width: int, height: int) -> str:
        told = [(chart.name, f"{chart.figure} · {chart.when}", chart.drawing) for chart in charts]
        return beside_each_other(told, width=width, height=height)

    return Shown(
        kind="by-country",
        code=indicator.code,
        title=indicator.title_in(language()),
        sentence=_("All on the same scale, in alphabetical order. There is no ranking.")
        if charts
        else _("No figures of several countries are published."),
        source=own_words(_("the published record of this tracker")),
        on=on,
        page=reverse("public:indicator", args=[indicator.code]),
        countries=charts,
        drawer=draw if charts else None,
        place=maker_of(indicator.commitment) if indicator.commitment else None,
    )
