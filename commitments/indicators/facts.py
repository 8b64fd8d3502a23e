"""What the arithmetic of progress is given and what it answers: frozen, without database or clock.

Figures are Decimal, in the unit of the indicator. Nothing here is filled in by default that a record left blank.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from commitments.formats.partial import PartialDate
from commitments.indicators.enums import Counting, Direction, Path, Per, Qualifier, Reason, Status


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Settings of a mechanism that decide statuses, as in force on the day; shown on the method page.

    Raises ValueError when the two shares are not in order between 0 and 1.
    """

    on_track_from: Decimal = Decimal("0.90")  # also the part of the way from which "about" is met
    at_risk_from: Decimal = Decimal("0.70")
    end_window_days: int = 92
    early_share: Decimal = Decimal("0.10")
    milestone_grace_days: int = 90

    def __post_init__(self) -> None:
        if not 0 <= self.at_risk_from <= self.on_track_from <= 1:
            raise ValueError("At risk begins between 0 and where on track begins, on track at 1 or below.")


@dataclass(frozen=True, slots=True)
class BaselineFact:
    """Where the indicator stood; the figure of a flow is reference only, its running sum starts at 0."""

    value: Decimal | None
    date: PartialDate
    qualifier: Qualifier = Qualifier.EXACT


@dataclass(frozen=True, slots=True)
class WaypointFact:
    """An agreed interim target; for `reach` a dated stage, counted from 1."""

    date: PartialDate
    value: Decimal


@dataclass(frozen=True, slots=True)
class TargetFact:
    """Where the indicator must stand; for `reach` the number of the stage, counted from 1 (yes is 1, no is 0).

    With the qualifier `multiple` the value is a factor on the baseline. Raises ValueError without any figure.
    """

    value: Decimal | None = None
    value_min: Decimal | None = None
    value_max: Decimal | None = None
    qualifier: Qualifier = Qualifier.EXACT
    date: PartialDate | None = None
    per: Per | None = None
    waypoints: tuple[WaypointFact, ...] = ()
    path: Path = Path.LINE

    def __post_init__(self) -> None:
        if self.value is None and self.value_min is None and self.value_max is None:
            raise ValueError("A target needs a value or a range.")


@dataclass(frozen=True, slots=True)
class MeasurementFact:
    """One used figure of the series judged: a value, a range or words, and the day or period it speaks of.

    `parts` are the figures of the parties where it is their sum; their qualifiers hold for the sum too.
    """

    as_of: PartialDate | None
    value: Decimal | None = None
    value_min: Decimal | None = None
    value_max: Decimal | None = None
    words: str = ""
    qualifier: Qualifier = Qualifier.EXACT
    period_start: date | None = None
    comparable: bool = True
    id: int | str | None = None
    parts: tuple["MeasurementFact", ...] = ()

    @property
    def low(self) -> Decimal | None:
        """Lower end of what is printed; None where there are only words, or a factor instead of a figure."""
        if self.qualifier is Qualifier.MULTIPLE:
            return None
        return next((end for end in (self.value, self.value_min, self.value_max) if end is not None), None)

    @property
    def high(self) -> Decimal | None:
        """Upper end of what is printed."""
        if self.qualifier is Qualifier.MULTIPLE:
            return None
        return next((end for end in (self.value, self.value_max, self.value_min) if end is not None), None)

    @property
    def is_lower_bound(self) -> bool:
        """Whether the true figure may be higher than the printed one: "more than", or a range without upper end."""
        is_open = self.value is None and self.value_min is not None and self.value_max is None
        return is_open or self.qualifier.is_lower_bound or any(part.is_lower_bound for part in self.parts)

    @property
    def is_upper_bound(self) -> bool:
        """Whether the true figure may be lower than the printed one: "nearly", or a range without lower end."""
        is_open = self.value is None and self.value_max is not None and self.value_min is None
        return is_open or self.qualifier.is_upper_bound or any(part.is_upper_bound for part in self.parts)

    @property
    def ids(self) -> tuple[int | str, ...]:
        """Records it rests on."""
        return tuple(part.id for part in self.parts or (self,) if part.id is not None)


@dataclass(frozen=True, slots=True)
class DueFigure:
    """A figure that a reporting cycle asked for: the day it should speak of, and when it was to be sent."""

    speaks_of: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the parties have a figure for the date that most of them have: "2 of 5 countries"."""

    known: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFacts:
    """All that the status of one indicator rests on, as in force on the day it is asked for.

    `made_on` is the day of the commitment; `coverage` comes with a series put together from the parties.
    """

    direction: Direction
    counting: Counting
    baseline: BaselineFact | None = None
    target: TargetFact | None = None
    measurements: tuple[MeasurementFact, ...] = ()
    made_on: PartialDate | None = None
    first_report_on: date | None = None
    coverage: Coverage | None = None
    thresholds: Thresholds = field(default_factory=Thresholds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A status with everything its sentence is made of; rule is the number of the rule that decided, 1 to 12.

    `share` and `percent_reached` are parts of one, not rounded. `value` is the worse end of a range, the running
    sum of a flow; by rule 3 it is the figure that shows the target met. `target` is the figure that the path leads to
    (the lower end of a range, the multiple worked out).
    """

    status: Status
    reason: Reason
    rule: int
    on: date
    value: Decimal | None = None
    as_of: PartialDate | None = None
    expected: Decimal | None = None
    share: Decimal | None = None
    baseline: Decimal | None = None
    baseline_date: PartialDate | None = None
    target: Decimal | None = None
    target_date: PartialDate | None = None
    percent_reached: Decimal | None = None  # rule 8: (value - baseline) / (target - baseline); None without baseline
    met_on: PartialDate | None = None  # rule 3: date of the figure that shows the target met
    latest: Decimal | None = None  # rule 3: the latest figure that counts, beside the one that shows the target met
    latest_on: PartialDate | None = None
    fell_since: bool = False  # rule 3: the latest figure no longer shows it; shown, never undone
    missing_from: date | None = None  # first day of the missing period of a flow
    late_days: int | None = None  # days since the earliest stage not recorded was due
    coverage: Coverage | None = None
    measurement_ids: tuple[int | str, ...] = ()
    reads_from_zero: bool = False  # baseline 0 and increase: "84 % of the 53,400 expected" may be said

    @property
    def progress(self) -> Decimal | None:
        """The share; of a target that was not reached in time, how much of it was."""
        return self.share if self.share is not None else self.percent_reached

    @property
    def measurement_id(self) -> int | str | None:
        """The latest record that the figure rests on."""
        return self.measurement_ids[-1] if self.measurement_ids else None

    @property
    def can_be_assessed(self) -> bool:
        """Whether it is fulfilled, on track, at risk or off track."""
        return self.status.can_be_assessed
