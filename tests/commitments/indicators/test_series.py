"""Which figures are judged: running sums, sums of the parties, and since when a newer figure is overdue."""

from datetime import date
from decimal import Decimal

import pytest

from commitments.formats.partial import PartialDate
from commitments.indicators.enums import Reason, Status
from commitments.indicators.facts import Coverage, DueFigure, MeasurementFact
from commitments.indicators.progress import status
from commitments.indicators.series import combine_parties, running_sum, stale_since
from tests.commitments.indicators.examples import (
    Verdict,
    between,
    day,
    exactly,
    indicator,
    period,
    target,
    value,
    verdict,
)


@pytest.mark.parametrize(
    ("values", "starts", "sums", "missing"),
    [
        ([], 0, [], None),
        ([period(0, 9, 5), period(10, 19, 7)], 0, [5, 12], None),
        ([period(0, 9, 5), period(10, 19, 0)], 0, [5, 5], None),  # zero is an amount
        ([period(0, 9, 5), period(11, 19, 7)], 0, [5], 10),  # day 10 is missing
        ([period(0, 9, 5), period(9, 19, 7)], 0, [5], 10),  # day 9 would count twice
        ([period(1, 9, 5)], 0, [], 0),
        ([period(-1, 9, 5)], 0, [], 0),  # holds a day from before the baseline
        ([period(4, 9, 5), period(10, 19, 7)], None, [5, 12], None),
        ([value(9, 5)], 0, [], 0),  # a day without its period
        ([value(9, 5)], None, [], 9),
    ],
)
def test_periods_of_a_flow_add_up_until_one_is_missing(
    values: list[MeasurementFact], starts: int | None, sums: list[int], missing: int | None
) -> None:
    result = running_sum(values, None if starts is None else day(starts))
    assert [point.low for point in result.points] == [Decimal(number) for number in sums]
    assert result.missing_from == (None if missing is None else day(missing))


@pytest.mark.parametrize(("covers", "missing"), [(4, None), (3, None), (2, 3), (0, 1)])
def test_without_a_baseline_the_first_period_leaves_no_day_out(covers: int, missing: int | None) -> None:
    result = running_sum([period(4, 9, 5)], None, covers=day(covers))
    assert result.missing_from == (None if missing is None else day(missing))
    assert len(result.points) == (missing is None)


def test_a_period_may_be_written_as_its_date() -> None:
    written = [MeasurementFact(PartialDate.parse(text), Decimal(2)) for text in ("2024-Q1", "2024-04", "2024-05")]
    result = running_sum(written, date(2024, 1, 1))
    assert [point.low for point in result.points] == [Decimal(2), Decimal(4), Decimal(6)]
    assert result.missing_from is None


def test_a_sum_carries_the_words_and_records_of_its_periods() -> None:
    values = [period(0, 9, 5, "more_than", id=1), period(10, 19, 7, "nearly", id=2), period(20, 29, 1, id=3)]
    first, second, third = running_sum(values, day(0)).points
    assert [point.is_lower_bound for point in (first, second, third)] == [True, True, True]
    assert [point.is_upper_bound for point in (first, second, third)] == [False, True, True]
    assert third.ids == (1, 2, 3)


def test_parties_are_added_where_every_one_has_a_figure_for_the_date() -> None:
    combined = combine_parties([[value(10, 3, id=1), value(20, 5, id=2)], [value(10, 4, id=3)]])
    assert combined.coverage == Coverage(2, 2)
    (total,) = combined.measurements
    assert (total.as_of, total.value, total.ids) == (exactly(10), Decimal(7), (1, 3))


def test_parties_without_a_common_date_are_counted_and_not_guessed() -> None:
    series = [[value(10, 3)], [value(10, 4), value(20, 5)], [value(20, 1)], [], [value(30, 9, comparable=False)]]
    combined = combine_parties(series)
    assert (combined.measurements, combined.coverage) == ((), Coverage(2, 5))
    result = status(indicator(coverage=combined.coverage), day(40))
    expected: Verdict = (2, Status.NO_DATA, Reason.INCOMPLETE_PARTIES)
    assert (verdict(result), result.coverage) == (expected, Coverage(2, 5))


def test_parties_of_whom_none_has_a_figure_are_as_any_indicator_without_one() -> None:
    combined = combine_parties([[], [MeasurementFact(None, Decimal(5))]])
    assert combined.coverage == Coverage(0, 2)
    assert verdict(status(indicator(coverage=combined.coverage), day(40))) == (6, Status.NO_DATA, Reason.NO_FIGURE)


def test_a_sum_of_parties_is_judged_as_a_figure_and_said_as_a_sum() -> None:
    combined = combine_parties([[value(500, 300, id=1)], [value(500, 200, id=2)]])
    result = status(indicator(*combined.measurements, coverage=combined.coverage), day(500))
    assert verdict(result) == (9, Status.ON_TRACK, Reason.AS_EXPECTED)
    assert (result.value, result.coverage, result.measurement_ids) == (Decimal(500), Coverage(2, 2), (1, 2))


def test_a_sum_of_parties_is_a_lower_bound_when_one_of_them_is() -> None:
    combined = combine_parties([[value(500, 300, "more_than")], [value(500, 20)]])
    result = status(indicator(*combined.measurements), day(500))
    assert verdict(result) == (10, Status.NO_DATA, Reason.LOWER_BOUND_ONLY)
    nearly = combine_parties([[value(500, 300, "nearly")], [value(500, 20)]])
    assert verdict(status(indicator(*nearly.measurements, target=target(320)), day(500)))[2] == Reason.AS_EXPECTED


def test_ranges_of_parties_add_up_at_both_ends() -> None:
    combined = combine_parties([[between(500, 300, 400)], [value(500, 20)]])
    (total,) = combined.measurements
    assert (total.low, total.high) == (Decimal(320), Decimal(420))


def test_periods_of_parties_add_up_only_when_they_are_the_same() -> None:
    assert combine_parties([[period(0, 9, 5)], [period(0, 9, 6)]]).measurements[0].period_start == day(0)
    assert combine_parties([[period(0, 9, 5)], [period(1, 9, 6)]]).coverage == Coverage(1, 2)


DUE = [DueFigure(day(100), day(130)), DueFigure(day(200), day(230)), DueFigure(day(300), day(330))]


@pytest.mark.parametrize(
    ("values", "on", "since"),
    [
        ([value(100, 1)], 230, None),  # due today is not late
        ([value(100, 1)], 231, 230),
        ([value(100, 1)], 400, 230),  # since the first that was missed
        ([value(250, 1)], 330, None),
        ([value(250, 1)], 331, 330),
        ([value(300, 1)], 400, None),
        ([value(300, 1, comparable=False)], 400, None),  # it came, though it cannot be judged
        ([], 400, None),  # nothing to be stale: there is no figure at all
    ],
)
def test_a_figure_is_stale_since_a_newer_one_was_due(values: list[MeasurementFact], on: int, since: int | None) -> None:
    assert stale_since(indicator(*values), DUE, day(on)) == (None if since is None else day(since))
