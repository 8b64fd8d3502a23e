"""The figures that reports show: a group's on its ladder of horizons, a report's own as it gave them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from commitments.charts.plot import NARROW
from commitments.formats.language import Text
from commitments.formats.partial import PartialDate
from commitments.history.enums import ReportState
from commitments.indicators.drawing import chart_of
from commitments.indicators.models import Indicator, Measurement
from commitments.indicators.queries import IndicatorReading, indicator_readings
from commitments.indicators.spoken import when_of
from commitments.indicators.wording import (
    day_words,
    explain,
    figure_of,
    language,
    reason_words,
    status_word,
    unit_text,
    unit_words,
)
from commitments.register.enums import UNSEEN, Horizon
from commitments.reporting.lines import title_of, told_apart
from commitments.reporting.models import ProgressReport, ReportEntry
from commitments.sources.wording import withdrawn_words
from commitments.working_groups.models import WorkingGroup

#: The columns that hold what a figure is, as a number or a range.
NUMBERS = ("value", "value_min", "value_max")


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """One indicator as a report shows it: its figure, and the status worked out from it on a day."""

    code: str
    title: Text
    maker: str
    horizon: str
    figure: str
    unit: Text
    day: str
    status: str
    word: str
    sentence: str
    chart: str = ""
    #: The figure as the report gave it, where another has taken its place since.
    was: str = ""
    #: Whether the figure that a copy holds is in use no more, because another took its place.
    is_corrected: bool = False
    #: Where a report gives no figure: why.
    reason: str = ""
    reason_words: str = ""
    #: Instead of words that were withdrawn: when and why.
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class Rung:
    """One column of the ladder: the figures of a horizon."""

    horizon: Horizon
    figures: tuple[GroupFigure, ...]

    @property
    def key(self) -> str:
        """Short, medium or long."""
        return str(self.horizon.value)


def group_figures(
    group: WorkingGroup, *, on: date, charts: bool = False, frozen: Mapping[str, Any] | None = None
) -> list[GroupFigure]:
    """The published figures of a group's commitments, by code. Constant number of queries.

    `frozen` is the content of a cycle's copy: figures and statuses are told as it holds them, and no
    others but invented examples, which no copy holds.
    """
    indicators = list(
        Indicator.objects.filter(commitment__group=group, state=ReportState.PUBLISHED)
        .exclude(commitment__life_cycle__in=UNSEEN)
        .select_related("commitment__mechanism", "commitment__maker_country")
        .order_by("code")
    )
    readings = indicator_readings(indicators, on=on)
    lines = [_line(readings[row.pk], readings[row.pk].latest, on=on, charts=charts) for row in indicators]
    if frozen is None:
        return lines
    kept = {told["code"]: told for of in frozen.get("commitments", ()) for told in of["indicators"]}
    pairs = zip(lines, indicators, strict=True)
    return [
        _as_kept(line, readings[indicator.pk], kept[line.code]) if line.code in kept else line
        for line, indicator in pairs
        if line.code in kept or indicator.is_example
    ]


def _as_kept(line: GroupFigure, reading: IndicatorReading, told: Mapping[str, Any]) -> GroupFigure:
    """A line with the figure, its day and the status that a copy of the cycle holds."""
    numbers = {name: Decimal(told[name]) if told[name] else None for name in NUMBERS}
    figure = Measurement(**numbers, words=told["words"], qualifier=told["qualifier"])
    is_given = any((told["value"], told["value_min"], told["value_max"], told["words"]))
    day = PartialDate.parse(told["as_of"]) if told["as_of"] else None
    return replace(
        line,
        figure=figure_of(figure, reading.indicator) if is_given else "",
        day=day_words(day) if is_given else "",
        status=told["status"],
        word=status_word(told["status"]),
        sentence=reason_words(told["reason"]),
        is_corrected=is_given and not _is_in_use(figure, day, reading),
    )


def _is_in_use(figure: Measurement, day: PartialDate | None, reading: IndicatorReading) -> bool:
    """Whether the public record still has a figure: one of a later day is no correction of it."""
    told = (*NUMBERS, "words", "qualifier")
    rows = [row for row in (reading.total.measurements if reading.total else ()) if row.is_used and row.day == day]
    return any(all(getattr(row, name) == getattr(figure, name) for name in told) for row in rows)


def ladder(figures: Iterable[GroupFigure]) -> list[Rung]:
    """The figures by horizon: short, medium, long, an empty column where nothing is agreed."""
    rows = list(figures)
    return [Rung(horizon, tuple(row for row in rows if row.horizon == horizon.value)) for horizon in Horizon]


def without_horizon(figures: Iterable[GroupFigure]) -> list[GroupFigure]:
    """Figures that stand on no column of the ladder."""
    return [row for row in figures if not row.horizon]


def report_figures(report: ProgressReport, *, on: date, public: bool = True, charts: bool = False) -> list[GroupFigure]:
    """The figures that a country's report was asked for, as it gave them; the public sees published ones alone.

    Where one was corrected since, the figure in its place, and the one before.
    """
    entries = list(
        told_apart(ReportEntry.objects.filter(report=report, series__indicator__state=ReportState.PUBLISHED))
        .exclude(series__indicator__commitment__life_cycle__in=UNSEEN)
        .select_related(
            "measurement", "series__indicator__commitment__mechanism", "series__indicator__commitment__maker_country"
        )
        .order_by("series__indicator__code", "id")
    )
    readings = indicator_readings([entry.series.indicator for entry in entries], on=on)
    lines = []
    for entry in entries:
        given, before = entry.measurement, None
        reading = readings[entry.series.indicator_id]
        if given is not None and given.state == ReportState.CORRECTED:
            given, before = _in_place_of(given, reading), given
        elif public and given is not None and given.state != ReportState.PUBLISHED:
            given = None
        lines.append(_line(reading, given, on=on, charts=charts, entry=entry, before=before))
    return lines


def _in_place_of(old: Measurement, reading: IndicatorReading) -> Measurement | None:
    """The figure in use for the date of a corrected one, or the one that replaced it with its date."""
    rows = [row for row in reading.measurements if row.is_used and row.series_id == old.series_id]
    same = (row for row in rows if (row.as_of, row.as_of_precision) == (old.as_of, old.as_of_precision))
    return next(same, None) or next((row for row in rows if row.replaces_id == old.pk), None)


def _line(
    reading: IndicatorReading,
    figure: Measurement | None,
    *,
    on: date,
    charts: bool,
    entry: ReportEntry | None = None,
    before: Measurement | None = None,
) -> GroupFigure:
    indicator = reading.indicator
    commitment = indicator.commitment
    country = commitment.maker_country if commitment else None
    silent = entry is not None and figure is None and bool(entry.cannot_reason)
    return GroupFigure(
        code=indicator.code,
        title=title_of(entry) if entry is not None else indicator.title_in(language()),
        maker=country.name_in(language()).text if country else "",
        horizon=indicator.horizon or (commitment.horizon if commitment else ""),
        figure=figure_of(figure, indicator) if figure else "",
        unit=unit_text(indicator) if unit_words(indicator) else Text("", language(), foreign=False),
        day=when_of(figure) if figure else "",
        status=reading.result.status.value,
        word=status_word(reading.result.status),
        sentence=explain(reading),
        chart=chart_of(reading, on=on, id=f"chart-{indicator.code}", size=NARROW) if charts else "",
        was=figure_of(before, indicator) if before else "",
        reason=entry.get_cannot_reason_display() if entry is not None and silent else "",
        reason_words=entry.cannot_words if entry is not None and silent else "",
        withdrawn=withdrawn_words(entry) if entry is not None and silent and entry.withdrawn_at else "",
    )
