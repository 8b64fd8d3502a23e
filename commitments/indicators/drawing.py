"""An indicator as a chart: its figures, the expected path, the target and today, with every label in words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from commitments.charts.plot import Size
from commitments.charts.series import Trajectory, Words
from commitments.charts.trajectory import trajectory, trajectory_pair
from commitments.formats.dates import axis_date, long_date, short_date
from commitments.formats.numbers import format_number
from commitments.formats.partial import PartialDate
from commitments.indicators import progress
from commitments.indicators.curves import line_of
from commitments.indicators.enums import RevisionSubject
from commitments.indicators.eras import Era, eras_of
from commitments.indicators.facts import IndicatorFacts, MeasurementFact, Result
from commitments.indicators.models import Indicator, Measurement, Target, UnitType
from commitments.indicators.proposed import Proposed, facts_with
from commitments.indicators.queries import IndicatorReading
from commitments.indicators.spoken import short_spoken, when_of
from commitments.indicators.wording import (
    amount,
    day_words,
    explain,
    figure_of,
    language,
    qualified,
    sentence,
    status_word,
)


def chart_of(
    reading: IndicatorReading,
    *,
    on: date,
    id: str,  # noqa: A002
    size: Size | None = None,
    corrected: Sequence[Measurement] = (),
    is_broad: bool = False,
) -> SafeString:
    """The trajectory chart of an indicator, on a paper of one size or of both; empty with fewer than two figures.

    `corrected` are published figures that others took the place of: those are squares, and words tell what was.
    """
    eras = eras_of(reading)
    said = [*revised_in_words(eras, reading.indicator), *corrected_in_words(corrected, reading.indicator)]
    description = " ".join([_standing(reading.result), explain(reading), *said])
    squares = frozenset(row.day.last_day for row in corrected if row.day is not None)
    return draw(
        reading.facts,
        reading.indicator,
        on=on,
        id=id,
        description=description,
        size=size,
        eras=eras,
        squares=squares,
        counted=True,
        is_broad=is_broad,
    )


def _standing(result: Result) -> str:
    return _("Status: %(status)s.") % {"status": status_word(result.status.value)}


def figures_in_words(chart: Trajectory, facts: IndicatorFacts, indicator: Indicator) -> str:
    """How many figures are drawn, the first and the latest of them, with their dates."""
    known = [point for point in chart.values if point.value is not None]
    days = {fact.as_of.last_day: fact.as_of for fact in facts.measurements if fact.as_of is not None}
    if facts.baseline is not None:
        days.setdefault(facts.baseline.date.first_day, facts.baseline.date)
    words = {fact.as_of.last_day: fact.qualifier for fact in facts.measurements if fact.as_of is not None}
    said = [
        pgettext("figure and its date", "%(figure)s (%(date)s)")
        % {
            "figure": qualified(amount(point.value, indicator), words.get(point.on, "")),
            "date": long_date(days.get(point.on) or PartialDate(point.on), language()),
        }
        for point in (known[0], known[-1])
        if point.value is not None
    ]
    return ngettext(
        "%(n)s figure: first %(first)s, latest %(latest)s.",
        "%(n)s figures: first %(first)s, latest %(latest)s.",
        len(known),
    ) % {"n": format_number(len(known), language()), "first": said[0], "latest": said[-1]}


def corrected_in_words(corrected: Sequence[Measurement], indicator: Indicator) -> list[str]:
    """A sentence for each published figure that was corrected."""
    return [
        _("The figure for %(date)s was corrected. Before, it was %(figure)s.")
        % {"date": when_of(row), "figure": figure_of(row, indicator)}
        for row in corrected
        if row.day is not None
    ]


def draw_proposed(says: Proposed, reading: IndicatorReading, *, on: date, id: str) -> SafeString:  # noqa: A002
    """The chart as it would be from the day on which a proposed change takes effect, with the step."""
    now = facts_with(reading.facts, says, reading.indicator)
    total, replaced = reading.total, []
    if total is not None:
        row = {RevisionSubject.BASELINE: total.baseline, RevisionSubject.TARGET: total.target}.get(says.subject)
        replaced = [row] if row is not None else []
    era = Era(max(says.takes_effect_on, on), reading.facts, tuple(replaced))
    eras = (*eras_of(reading), *([era] if replaced else []))
    result = progress.status(now, on)
    said = [sentence(result, now, reading.indicator), *revised_in_words(eras, reading.indicator)]
    description = " ".join([_standing(result), *said])
    return draw(now, reading.indicator, on=on, id=id, description=description, eras=eras, counted=True)


def draw(
    facts: IndicatorFacts,
    indicator: Indicator,
    *,
    on: date,
    id: str,  # noqa: A002
    description: str,
    size: Size | None = None,
    eras: Sequence[Era] = (),
    squares: frozenset[date] = frozenset(),
    counted: bool = False,
    is_broad: bool = False,
) -> SafeString:
    """Draw these facts, and what held before them; empty when there are fewer than two figures to join.

    With `counted` the description begins with how many figures there are, the first and the latest of them.
    """
    chart = trajectory_of(facts, indicator, on, eras, squares)
    if not chart.is_a_line:
        return SafeString("")
    if counted:
        description = f"{figures_in_words(chart, facts, indicator)} {description}"
    words = replace(
        _words(facts, indicator, description, chart), revised=tuple(_replaced(era, indicator) for era in eras)
    )
    return (
        trajectory(chart, words, id=id, size=size) if size else trajectory_pair(chart, words, id=id, is_broad=is_broad)
    )


def trajectory_of(
    facts: IndicatorFacts,
    indicator: Indicator,
    on: date,
    eras: Sequence[Era] = (),
    squares: frozenset[date] = frozenset(),
) -> Trajectory:
    """These facts as a chart takes them; `squares` are the days whose figures were corrected."""
    return replace(
        line_of(facts, on, eras, squares),
        from_zero=indicator.unit_type != UnitType.PERCENT,
        whole=indicator.decimal_places == 0,
    )


def _replaced(era: Era, indicator: Indicator) -> str:
    """The label of a target that was replaced: its figure, its date, and on which day."""
    if era.target is None:
        return ""
    figure = figure_of(era.target, indicator)
    parts = {
        "figure": figure,
        "date": short_date(era.target.day, language()) if era.target.day else "",
        "day": short_date(era.until, language()),
    }
    return pgettext("chart", "Target %(figure)s, %(date)s, replaced %(day)s") % parts


def revised_in_words(eras: Sequence[Era], indicator: Indicator) -> list[str]:
    """A sentence for each baseline or target that was replaced."""
    sentences = []
    for era in eras:
        for row in era.replaced:
            parts = {
                "day": long_date(era.until, language()),
                "figure": figure_of(row, indicator),
                "date": day_words(row.day),
            }
            sentences.append(
                _("The target was revised on %(day)s. Before, it was %(figure)s (%(date)s).") % parts
                if isinstance(row, Target)
                else _("The baseline was revised on %(day)s. Before, it was %(figure)s (%(date)s).") % parts
            )
    return sentences


def _words(facts: IndicatorFacts, indicator: Indicator, description: str, chart: Trajectory) -> Words:
    lang = language()
    newest, title = _newest(facts), indicator.title_in(lang)
    target = ""
    if facts.target is not None and chart.target is not None and chart.target.value is not None:
        figure = qualified(amount(chart.target.value, indicator), facts.target.qualifier)
        when = facts.target.date or PartialDate(chart.target.on)
        target = _("Target %(figure)s, %(date)s") % {"figure": figure, "date": short_date(when, lang)}
    elif facts.target is not None and chart.level is not None:
        target = _("Target %(figure)s") % {"figure": qualified(amount(chart.level, indicator), facts.target.qualifier)}
    latest = ""
    last = chart.values[-1] if chart.values else None
    if newest is not None and newest.as_of is not None and last is not None and last.value is not None:
        figure = qualified(amount(last.value, indicator), newest.qualifier)
        latest = pgettext("chart", "%(figure)s, %(date)s") % {
            "figure": figure,
            "date": short_date(newest.as_of, lang)
            if last.value != newest.low
            else short_spoken(newest.as_of, newest.period_start),
        }
    return Words(
        title=title.text,
        title_language=title.html_lang if title.foreign else "",
        description=description,
        number=lambda value: format_number(value, lang),
        day=lambda day, unit: axis_date(day, unit, lang),
        latest=latest,
        target=target,
        expected=pgettext("chart", "expected"),
        today=pgettext("chart", "today"),
    )


def _newest(facts: IndicatorFacts) -> MeasurementFact | None:
    dated = [fact for fact in facts.measurements if fact.as_of is not None and fact.low is not None]
    return max(dated, key=lambda fact: fact.as_of.last_day if fact.as_of else date.min, default=None)
