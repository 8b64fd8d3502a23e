"""A query that is put together once finds what one put together anew finds: for other rows, another day, any number."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from commitments.history import actions
from commitments.indicators import composed, counting, lines, statuses
from commitments.indicators.lines import JUDGED, Audience
from commitments.indicators.models import CommitmentStatus, Indicator, IndicatorStatus, Milestone, Series, Target
from commitments.indicators.queries import commitment_readings
from commitments.register.models import Commitment
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.factories import record

pytestmark = pytest.mark.django_db

#: Every query that is kept, with the kind of rows whose ids it takes.
KEPT: tuple[tuple[composed.Rows, type[Any]], ...] = (
    (statuses._commitments, Commitment),
    (lines.indicators_told, Commitment),
    (lines._milestones, Commitment),
    (lines._series, Indicator),
    (lines._baselines, Series),
    (lines._targets, Series),
    (lines._measurements, Series),
)
#: A database that locks rows asks for the lock in a query of its own.
LOCKS = int(connection.features.has_select_for_update)
DAYS = (TODAY, TODAY - timedelta(days=400))


@pytest.fixture
def commitments(cast: Cast) -> list[Commitment]:
    """Five with figures, baselines, targets and a milestone; of one a target was revised, and the way of counting."""
    rows = []
    for number in range(5):
        row = record.commitment(f"LAD-COL-{910 + number}", country=cast.colombia)
        indicator = record.indicator(row, baseline=(0, date(2024, 1, 1)), target=(1000, date(2027, 12, 31)))
        for month in range(1, 4):
            record.measurement(indicator, 100 * month + number, date(2025, month, 1))
        record.indicator(row, 2, baseline=(10, date(2024, 1, 1)))
        if number == 2:
            record.revision(
                indicator,
                subject="definition",
                columns={"counting": {"was": "cumulative", "now": "stock"}},
                state="published",
                takes_effect_on=TODAY - timedelta(days=30),
            )
            series = indicator.series.get()
            actions.change(series.targets.get(), by=STAGE, at=NOON, valid_until=TODAY - timedelta(days=30))
            later = Target(series=series, value=2000, date=date(2028, 1, 1), date_precision="day")
            later.valid_from = TODAY - timedelta(days=30)
            actions.create(later, by=STAGE, at=NOON)
        step = Milestone(commitment=row, title_en="Law in force", due_on=TODAY, due_on_precision="day")
        step.state = "published"
        actions.create(step, by=STAGE, at=NOON)
        rows.append(row)
    return rows


def told(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Every column that was read, and what was worked out beside them."""
    return [
        {name: value for name, value in vars(row).items() if not name.startswith("_")}
        | ({"redefined": bool(row.redefined)} if hasattr(row, "redefined") else {})
        for row in rows
    ]


@pytest.mark.parametrize(("rows", "kind"), KEPT, ids=lambda value: value.__name__)
def test_a_kept_query_finds_the_same(commitments: Sequence[Commitment], rows: composed.Rows, kind: type[Any]) -> None:
    ids = list(kind._base_manager.order_by("pk").values_list("pk", flat=True))
    many = [*ids, *range(10_000, 10_070)]
    for some in ([], ids[:1], ids[1:2], ids[:3], ids[::-1], ids, many[:64], many):
        for on in DAYS:
            found = told(composed.found(rows, Audience.STATUSES, some, on))
            assert found == told(rows(Audience.STATUSES, some, on)), (len(some), on)
    assert found


@pytest.mark.parametrize(("rows", "kind"), KEPT, ids=lambda value: value.__name__)
def test_a_kept_query_is_the_same_in_every_language(rows: composed.Rows, kind: type[Any]) -> None:
    texts = set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            texts.add(str(rows(Audience.STATUSES, [1, 2], TODAY).query))
    assert len(texts) == 1


def test_what_is_judged_is_in_no_language() -> None:
    for model, columns in JUDGED.items():
        assert not [name for name in columns if getattr(model, "translated_columns", lambda _name: ())(name)]


def test_the_kept_statuses_are_those_of_the_public_pages(commitments: Sequence[Commitment]) -> None:
    CommitmentStatus.objects.filter(commitment__in=commitments).delete()
    assert statuses.refresh(commitments=[row.pk for row in commitments], at=NOON) == len(commitments)
    readings = commitment_readings(commitments, on=TODAY)
    kept = {row.commitment_id: row for row in CommitmentStatus.objects.filter(commitment__in=commitments)}
    for row in commitments:
        result = readings[row.pk].result
        mine = kept[row.pk]
        assert (mine.status, mine.reason, mine.key_count) == (result.status, result.reason, result.key_count)
    parts = [item for row in commitments for item in readings[row.pk].indicators]
    of_indicators = dict(IndicatorStatus.objects.values_list("indicator", "status"))
    assert of_indicators == {item.indicator.pk: item.result.status for item in parts} != {}


def asked_by_a_refresh(commitments: Sequence[Commitment]) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert statuses.refresh(commitments=[row.pk for row in commitments], at=NOON) == len(commitments)
    return len(queries)


def test_a_refresh_asks_as_much_for_five_as_for_one_and_nothing_for_none(commitments: Sequence[Commitment]) -> None:
    statuses.refresh(commitments=[row.pk for row in commitments], at=NOON)
    assert asked_by_a_refresh(commitments[:1]) == asked_by_a_refresh(commitments) <= 13 + LOCKS
    assert asked_by_a_refresh([]) == 0


def test_a_refresh_that_moves_some_tells_the_counts_of_all_at_once(commitments: Sequence[Commitment]) -> None:
    asked = []
    for some in (commitments[:1], commitments):
        CommitmentStatus.objects.filter(commitment__in=some).delete()
        counting.recount([row.pk for row in some])
        asked.append(asked_by_a_refresh(some))
    one, five = asked
    assert one == five <= 18 + LOCKS


def test_a_draft_gets_no_status(cast: Cast) -> None:
    draft = record.commitment(country=cast.colombia, life_cycle="draft")
    assert statuses.refresh(commitments=[draft.pk], at=NOON) == 0
    assert not CommitmentStatus.objects.filter(commitment=draft).exists()
