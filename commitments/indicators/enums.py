"""Fixed sets of values of what is measured. Plain text values: the arithmetic of progress needs no framework.

The words a person reads are made where they are shown.
"""

from enum import StrEnum


class Direction(StrEnum):
    """Which way is better."""

    INCREASE = "increase"
    DECREASE = "decrease"
    HOLD = "hold"  # stay inside a range
    REACH = "reach"  # a stage on a list, or yes or no
    OBSERVE = "observe"  # context, never judged: a ceiling, returns, regional figures


class Counting(StrEnum):
    """What a figure counts. Mixing these is the commonest error in real data."""

    STOCK = "stock"  # a level at a date
    CUMULATIVE = "cumulative"  # a running total since the baseline
    FLOW = "flow"  # an amount in a period ("period" in the data files)


class Per(StrEnum):
    """The period of a target that holds for each period by itself ("30,000 a month")."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    FISCAL_YEAR = "fiscal_year"

    @property
    def months(self) -> int:
        """Length of one period in months."""
        return {"month": 1, "quarter": 3, "year": 12, "fiscal_year": 12}[self.value]


class Qualifier(StrEnum):
    """The word that the source puts before a figure."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    ABOUT = "about"
    NEARLY = "nearly"
    UP_TO = "up_to"
    RANGE = "range"
    MULTIPLE = "multiple"  # times the baseline ("double")

    @property
    def is_soft(self) -> bool:
        """Whether a target with this word is met from nine tenths of the way."""
        return self in {Qualifier.ABOUT, Qualifier.NEARLY, Qualifier.UP_TO}

    @property
    def is_lower_bound(self) -> bool:
        """Whether the true figure may lie above the printed one, never below."""
        return self in {Qualifier.AT_LEAST, Qualifier.MORE_THAN}

    @property
    def is_upper_bound(self) -> bool:
        """Whether the true figure may lie below the printed one, never above."""
        return self in {Qualifier.UP_TO, Qualifier.NEARLY}


class Path(StrEnum):
    """How the expected value runs from baseline to target."""

    LINE = "line"  # straight through the waypoints
    STEP = "step"  # nothing until the target date


class Status(StrEnum):
    """How delivery stands on a day."""

    FULFILLED = "fulfilled"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    NOT_STARTED = "not_started"
    NO_DATA = "no_data"
    NONE = "none"  # no colour: observed only, or a commitment that is suspended, ended, withdrawn, superseded

    @property
    def can_be_assessed(self) -> bool:
        """Whether the record shows enough to judge: fulfilled, on track, at risk or off track."""
        return self in {Status.FULFILLED, Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK}


class Reason(StrEnum):
    """Why a status is what it is: the missing ingredient, or the variant of the rule."""

    OBSERVED = "observed"

    NO_TARGET = "no_target"
    NO_BASELINE = "no_baseline"
    NOT_COMPARABLE = "not_comparable"
    ONLY_WORDS = "only_words"
    PERIOD_MISSING = "period_missing"  # a gap between the used periods of a flow
    INCOMPLETE_PARTIES = "incomplete_parties"  # "2 of 5 countries"

    REACHED_BY = "reached_by"
    REACHED_LATE = "reached_late"
    REACHED_DAY_UNKNOWN = "reached_day_unknown"
    REACHED_NOW = "reached_now"  # a level without target date: while the latest value meets it
    REACHED_EARLY = "reached_early"  # on track: a level that meets its target before the date
    HELD = "held"  # inside the range at the target date and all the twelve months before

    NO_DATE = "no_date"
    BEFORE_BASELINE = "before_baseline"
    BEFORE_FIRST_REPORT = "before_first_report"
    NO_FIGURE = "no_figure"
    END_FIGURE_MISSING = "end_figure_missing"
    NOT_REACHED = "not_reached"

    AS_EXPECTED = "as_expected"
    NOTHING_EXPECTED = "nothing_expected"
    EARLY = "early"  # less than a tenth of the time has run
    INSIDE_RANGE = "inside_range"
    STAGES_IN_TIME = "stages_in_time"
    PERIOD_MET = "period_met"

    WORSE_THAN_BASELINE = "worse_than_baseline"
    FAR_BEHIND = "far_behind"
    OUTSIDE_RANGE = "outside_range"
    STAGE_OVERDUE = "stage_overdue"  # beyond the days of grace
    PERIOD_NOT_MET = "period_not_met"

    BEHIND = "behind"
    OUTSIDE_EARLIER = "outside_earlier"  # inside now, outside in the last twelve months
    STAGE_LATE = "stage_late"  # within the days of grace

    NEARLY_AS_EXPECTED = "nearly_as_expected"
    LOWER_BOUND_ONLY = "lower_bound_only"  # "more than 5,000" may prove progress, never the lack of it

    CLOSED = "closed"  # reasons of a commitment from here on
    ALL_FULFILLED = "all_fulfilled"
    WORST_PART = "worst_part"
    PARTLY_FULFILLED = "partly_fulfilled"  # "1 of 2 fulfilled, 1 without a figure"
    NOTHING_STARTED = "nothing_started"
    NOTHING_COUNTS = "nothing_counts"
    NOTHING_MEASURED = "nothing_measured"  # neither key indicator nor milestone


class RevisionSubject(StrEnum):
    """What a revision changes."""

    DEFINITION = "definition"
    BASELINE = "baseline"
    TARGET = "target"


class Lapse(StrEnum):
    """Why a status set by hand is in force no more."""

    DATE = "date"  # its end date passed
    CYCLE = "cycle"  # the next reporting cycle fell due
    TAKEN_BACK = "taken_back"  # the secretariat ended it
