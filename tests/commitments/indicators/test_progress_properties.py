"""What holds of every status, whatever the figures: searched with Hypothesis."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from commitments.formats.partial import PartialDate, Precision
from commitments.indicators.enums import Counting, Direction, Path, Per, Qualifier, Reason, Status
from commitments.indicators.facts import BaselineFact, IndicatorFacts, MeasurementFact, Result, TargetFact, WaypointFact
from commitments.indicators.path import expected_at, expected_line, refused_waypoints
from commitments.indicators.progress import status, status_at_last_value
from commitments.indicators.series import running_sum
from tests.commitments.indicators.examples import day, exactly, period

FIGURES = st.decimals(-5000, 5000, places=2)
NUMBERS = st.integers(-50, 1300)
DAYS = NUMBERS.map(day)
PARTIAL = st.one_of(
    NUMBERS.map(exactly),
    NUMBERS.map(lambda number: PartialDate(day(number).replace(day=1), Precision.MONTH)),
    NUMBERS.map(lambda number: PartialDate(day(number).replace(day=1, month=1), Precision.YEAR)),
)
BASELINES = st.builds(BaselineFact, FIGURES, PARTIAL)
TARGETS = st.builds(
    TargetFact,
    FIGURES,
    qualifier=st.sampled_from(Qualifier),
    date=st.none() | PARTIAL,
    per=st.none() | st.none() | st.sampled_from(Per),
    waypoints=st.lists(st.builds(WaypointFact, PARTIAL, FIGURES), max_size=2).map(tuple),
    path=st.sampled_from(Path),
)
VALUES = st.builds(
    MeasurementFact,
    st.none() | PARTIAL,
    st.none() | FIGURES,
    qualifier=st.sampled_from(Qualifier),
    period_start=st.none() | DAYS,
    comparable=st.booleans() | st.just(True),
)
ANYTHING = st.builds(
    IndicatorFacts,
    direction=st.sampled_from(Direction),
    counting=st.sampled_from(Counting),
    baseline=st.none() | BASELINES,
    target=st.none() | TARGETS,
    measurements=st.lists(VALUES, max_size=4).map(tuple),
    made_on=st.none() | PARTIAL,
    first_report_on=st.none() | DAYS,
)
JUDGED = [Direction.INCREASE, Direction.DECREASE]
SMALL = st.integers(-20, 100).map(Decimal) | FIGURES  # small whole figures meet each other often
PLAIN_VALUES = st.builds(MeasurementFact, st.integers(0, 1200).map(exactly), SMALL)
PLAIN = st.builds(
    IndicatorFacts,
    direction=st.sampled_from(JUDGED),
    counting=st.sampled_from([Counting.STOCK, Counting.CUMULATIVE]),
    baseline=st.builds(BaselineFact, SMALL, st.just(exactly(0))),
    target=st.builds(TargetFact, SMALL, date=st.just(exactly(1000))),
    measurements=st.lists(PLAIN_VALUES, min_size=1, max_size=4, unique_by=lambda value: value.as_of).map(tuple),
)

RULES_OF = {
    Status.NONE: {1},
    Status.FULFILLED: {3},
    Status.ON_TRACK: {3, 9, 12},
    Status.AT_RISK: {11},
    Status.OFF_TRACK: {8, 10},
    Status.NOT_STARTED: {5},
    Status.NO_DATA: {2, 4, 6, 7, 8, 9, 10, 11},
}
GOODNESS = {Status.OFF_TRACK: 0, Status.AT_RISK: 1, Status.ON_TRACK: 2, Status.FULFILLED: 3}


def moved(facts: IndicatorFacts, factor: int, shift: int) -> IndicatorFacts:
    """Take every figure times a factor, plus a shift."""
    assert facts.baseline
    assert facts.target

    def of(figure: Decimal | None) -> Decimal:
        return (figure or Decimal(0)) * factor + shift

    return replace(
        facts,
        baseline=replace(facts.baseline, value=of(facts.baseline.value)),
        target=replace(facts.target, value=of(facts.target.value)),
        measurements=tuple(replace(value, value=of(value.value)) for value in facts.measurements),
    )


@given(ANYTHING, DAYS)
def test_every_record_gets_a_status_of_a_rule_that_can_give_it(facts: IndicatorFacts, on: date) -> None:
    result = status(facts, on)
    assert result.rule in RULES_OF[result.status]
    assert result.can_be_assessed <= (result.value is not None)
    only_a_bound = result.status is Status.NO_DATA and result.rule in {8, 9, 10, 11}
    assert only_a_bound == (result.reason is Reason.LOWER_BOUND_ONLY)


@given(ANYTHING, DAYS, st.randoms(use_true_random=False))
def test_the_order_of_the_record_does_not_matter(facts: IndicatorFacts, on: date, random: Random) -> None:
    days = [value.as_of.last_day for value in facts.measurements if value.as_of]
    assume(len(days) == len(set(days)))  # one used value per date
    shuffled = list(facts.measurements)
    random.shuffle(shuffled)
    assert status(replace(facts, measurements=tuple(shuffled)), on) == status(facts, on)


@given(PLAIN, st.integers(0, 1300), VALUES)
def test_what_is_only_listed_changes_nothing(facts: IndicatorFacts, on: int, listed: MeasurementFact) -> None:
    assume(any(value.as_of and value.as_of.last_day <= day(on) for value in facts.measurements))
    for extra in (
        replace(listed, as_of=None),
        replace(listed, comparable=False),
        replace(listed, value=None, words="hundreds"),
        replace(listed, as_of=exactly(-1)),
        replace(listed, as_of=exactly(on + 1)),
    ):
        more = replace(facts, measurements=(*facts.measurements, extra))
        assert status(more, day(on)) == status(facts, day(on))


@given(PLAIN, st.integers(0, 1300))
def test_down_is_up_in_a_mirror(facts: IndicatorFacts, on: int) -> None:
    stock = replace(facts, counting=Counting.STOCK)
    mirrored = replace(moved(stock, -1, 0), direction=JUDGED[1 - JUDGED.index(stock.direction)])
    one, other = status(stock, day(on)), status(mirrored, day(on))
    assert (one.rule, one.status, one.reason, one.share) == (other.rule, other.status, other.reason, other.share)


@given(PLAIN, st.integers(0, 1300), st.integers(-900, 900), st.integers(1, 50))
def test_neither_zero_nor_the_unit_is_special(facts: IndicatorFacts, on: int, shift: int, factor: int) -> None:
    other = moved(facts, factor, shift)
    one, two = status(facts, day(on)), status(other, day(on))
    assert (one.rule, one.status, one.reason, one.share) == (two.rule, two.status, two.reason, two.share)


@given(PLAIN, st.integers(0, 1300), st.decimals(0, 3000, places=2))
def test_a_better_figure_never_gives_a_worse_status(facts: IndicatorFacts, on: int, more: Decimal) -> None:
    first = facts.measurements[0]
    sign = -1 if facts.direction is Direction.DECREASE else 1
    one = replace(facts, measurements=(first,))
    better = replace(facts, measurements=(replace(first, value=(first.value or Decimal(0)) + sign * more),))
    before, after = status(one, day(on)), status(better, day(on))
    if before.status in GOODNESS:
        assert GOODNESS[before.status] <= GOODNESS[after.status]
    else:  # only a total that was reached needs no figure near its date
        assert after.status in (before.status, Status.FULFILLED)


@given(PLAIN, st.integers(0, 1300))
def test_what_is_fulfilled_rests_on_a_figure_that_meets_the_target(facts: IndicatorFacts, on: int) -> None:
    numbered = tuple(replace(value, id=number) for number, value in enumerate(facts.measurements))
    result = status(replace(facts, measurements=numbered), day(on))
    assume(result.rule == 3)
    assert facts.target
    assert [(value.value, value.as_of) for value in numbered if value.id in result.measurement_ids] == [
        (result.value, result.met_on)
    ]
    assert result.as_of == result.met_on
    sign = -1 if facts.direction is Direction.DECREASE else 1
    aim = sign * Fraction(facts.target.value or 0)
    assert sign * Fraction(result.value or 0) >= aim
    assert result.fell_since == (sign * Fraction(result.latest or 0) < aim)


@given(PLAIN, st.integers(0, 4000))
def test_time_alone_changes_nothing_of_a_closed_commitment(facts: IndicatorFacts, later: int) -> None:
    last = status_at_last_value(facts, day(1200))
    assert last.on == max(value.as_of.last_day for value in facts.measurements if value.as_of)
    assert status_at_last_value(facts, day(1200 + later)) == last


@given(PLAIN, st.lists(st.tuples(st.integers(1, 999), FIGURES), max_size=3, unique_by=lambda pair: pair[0]), NUMBERS)
def test_the_path_keeps_between_its_ends_and_never_turns_back(
    facts: IndicatorFacts, bends: list[tuple[int, Decimal]], number: int
) -> None:
    assert facts.target
    waypoints = tuple(WaypointFact(exactly(bend), figure) for bend, figure in bends)
    bent = replace(facts, target=replace(facts.target, waypoints=waypoints))
    agreed = tuple(point for point in waypoints if point not in refused_waypoints(bent))
    path = replace(facts, target=replace(facts.target, waypoints=agreed))
    line = expected_line(path)
    for knot, figure in line:
        assert expected_at(path, knot) == figure
    here, next_day = expected_at(path, day(number)), expected_at(path, day(number + 1))
    assert here is not None
    assert next_day is not None
    ends = [line[0][1], line[-1][1]]
    assert min(ends) <= here <= max(ends)
    assert (next_day - here) * (ends[1] - ends[0]) >= 0


@given(st.lists(st.tuples(st.integers(1, 90), FIGURES), min_size=1, max_size=6), st.data())
def test_a_sum_counts_every_period_once_or_says_which_is_missing(
    lengths: list[tuple[int, Decimal]], data: st.DataObject
) -> None:
    periods, start = [], 0
    for length, amount in lengths:
        periods.append(period(start, start + length - 1, str(amount)))
        start += length
    whole = running_sum(periods, day(0))
    assert (whole.points[-1].low, whole.missing_from) == (sum(amount for _, amount in lengths), None)
    lost = data.draw(st.integers(0, len(periods) - 1))
    rest = running_sum(periods[:lost] + periods[lost + 1 :], day(0))
    assert rest.points == whole.points[:lost]
    assert rest.missing_from == (periods[lost].period_start if lost < len(periods) - 1 else None)


def by_pencil(facts: IndicatorFacts, on: int) -> tuple[int, Status]:
    """Read the table once more, the plain way: whole days from the baseline, exact figures, target on day 1,000."""
    assert facts.baseline
    assert facts.target
    sign = -1 if facts.direction is Direction.DECREASE else 1
    b = sign * Fraction(facts.baseline.value or 0)
    t = sign * Fraction(facts.target.value or 0)
    values = sorted(
        ((value.as_of.last_day - day(0)).days, sign * Fraction(value.value or 0))
        for value in facts.measurements
        if value.as_of and value.as_of.last_day <= day(on)
    )
    if not values:
        return 6, Status.NO_DATA
    if met := met_by_pencil(values, t, on, stays_met=facts.counting is Counting.CUMULATIVE and sign == 1):
        return 3, met
    number, v = values[-1]
    if on > 1092 and number < 908:
        return 7, Status.NO_DATA
    if on > 1000 and number >= 908 and v < t:
        return 8, Status.OFF_TRACK
    expected = t if number >= 1000 else b + (t - b) * number / 1000
    if v >= expected or (number < 100 and v >= b):
        return 9, Status.ON_TRACK
    if v < b or (v - b) / (expected - b) < Fraction(7, 10):
        return 10, Status.OFF_TRACK
    return (11, Status.AT_RISK) if (v - b) / (expected - b) < Fraction(9, 10) else (12, Status.ON_TRACK)


def met_by_pencil(values: list[tuple[int, Fraction]], t: Fraction, on: int, *, stays_met: bool) -> Status | None:
    """Rule 3: a growing total by any value, a level by its latest before the date and by the nearest after it."""
    if stays_met:
        return Status.FULFILLED if any(figure >= t for _, figure in values) else None
    if on < 1000:
        return Status.ON_TRACK if values[-1][1] >= t else None
    near = min(((abs(1000 - number), -number, figure) for number, figure in values), default=None)
    return Status.FULFILLED if near and near[0] <= 92 and near[2] >= t else None


@given(PLAIN, st.integers(0, 1300))
def test_a_second_reading_of_the_table_agrees(facts: IndicatorFacts, on: int) -> None:
    result: Result = status(facts, day(on))
    assert (result.rule, result.status) == by_pencil(facts, on)


@given(
    st.integers(1, 999),
    st.integers(1, 10**6),
    st.sampled_from([(Fraction(9, 10), 12), (Fraction(7, 10), 11)]),
    st.sampled_from([0, 1]),
)
def test_a_share_on_the_threshold_belongs_to_the_better_status(
    number: int, each: int, threshold: tuple[Fraction, int], below: int
) -> None:
    # `each` a day from day 0, so that each x number is expected; the figure is the threshold of it, or a shade less
    share, rule = threshold
    assume(number >= 100)
    figure = Decimal(each * number) * Decimal(share.numerator) / Decimal(share.denominator)
    facts = IndicatorFacts(
        direction=Direction.INCREASE,
        counting=Counting.STOCK,
        baseline=BaselineFact(Decimal(0), exactly(0)),
        target=TargetFact(Decimal(each * 1000), date=exactly(1000)),
        measurements=(MeasurementFact(exactly(number), figure - below * Decimal("0.0001")),),
    )
    expected = rule if not below else rule - 1
    assert status(facts, day(number)).rule == expected
