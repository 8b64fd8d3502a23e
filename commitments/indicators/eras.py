"""What held before a baseline or target was revised: the facts of each stretch of time, for the step in the chart."""

from dataclasses import dataclass, replace
from datetime import date

from commitments.indicators.facts import IndicatorFacts
from commitments.indicators.lines import Line
from commitments.indicators.models import Baseline, Indicator, Target
from commitments.indicators.queries import IndicatorReading, baseline_fact, target_fact


@dataclass(frozen=True, slots=True)
class Era:
    """The facts that held until a day, and the rows that were replaced on it."""

    until: date
    facts: IndicatorFacts
    replaced: tuple[Baseline | Target, ...]

    @property
    def target(self) -> Target | None:
        """The target that was replaced, where it was one."""
        return next((row for row in self.replaced if isinstance(row, Target)), None)

    @property
    def baseline(self) -> Baseline | None:
        """The baseline that was replaced, where it was one."""
        return next((row for row in self.replaced if isinstance(row, Baseline)), None)


def eras_of(reading: IndicatorReading) -> tuple[Era, ...]:
    """What held before, oldest first; empty where nothing was ever revised."""
    total = reading.total
    if total is None or not total.past:
        return ()
    days = sorted({row.valid_until for row in total.past if row.valid_until is not None})
    return tuple(era for day in days if (era := _era(total, reading.facts, reading.indicator, day)).replaced)


def _era(line: Line, facts: IndicatorFacts, indicator: Indicator, until: date) -> Era:
    rows = [*line.past, *(row for row in (line.baseline, line.target) if row is not None)]
    held = [
        row
        for row in rows
        if (row.valid_from is None or row.valid_from < until) and (row.valid_until is None or row.valid_until >= until)
    ]
    baseline = next((row for row in held if isinstance(row, Baseline)), None)
    target = next((row for row in held if isinstance(row, Target)), None)
    then = replace(
        facts,
        baseline=baseline_fact(baseline) if baseline else None,
        target=target_fact(target, indicator) if target else None,
    )
    return Era(until, then, tuple(row for row in held if row.valid_until == until))
