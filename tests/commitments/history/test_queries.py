"""The timeline: what the public reads of changes, and what it never does."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from commitments.history import actions
from commitments.history.enums import ReportState
from commitments.history.wording import HistoryItem, by_day
from commitments.indicators.changes import commitment_history, indicator_history
from commitments.indicators.models import Measurement, Target
from commitments.register.models import CommitmentSource, Party
from tests.cast import NOON, STAGE, Cast
from tests.factories import record

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
#: A document in a line of history: its title, with its address.
DOCUMENT = '<a href="https://registry.example/monthly" rel="noopener" hreflang="en">A document</a>'


def told(items: list[HistoryItem]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Who did what, newest first."""
    return [(item.who, [(line.label, line.was, line.now) for line in item.changes]) for item in items]


@pytest.fixture
def draft(cast: Cast) -> Any:
    """A draft that was edited twice before anybody outside could see it."""
    commitment = record.commitment("LAD-COL-901", country=cast.colombia, life_cycle="draft", title_en="First words")
    source = record.source("A document")
    link = CommitmentSource(commitment=commitment, source=source, is_verified=True)
    actions.create(link, by=cast.actor(cast.secretary), at=NOON + MINUTE)
    actions.change(commitment, by=cast.actor(cast.secretary), at=NOON + 2 * MINUTE, title_en="Second words")
    return commitment


def test_public_history_begins_with_the_publication(cast: Cast, draft: Any) -> None:
    assert commitment_history(draft) == []
    actions.change(draft, by=cast.actor(cast.second_secretary), at=NOON + 3 * MINUTE, life_cycle="active")
    (entry,) = commitment_history(draft)
    assert told([entry]) == [
        ("Secretariat", [("Commitment", "", "Second words"), ("Source", "", DOCUMENT)]),
    ]
    assert entry.time == "12:03 (UTC)"


def test_later_changes_are_told_with_both_sides_and_the_public_reason(cast: Cast, draft: Any) -> None:
    actions.change(draft, by=cast.actor(cast.secretary), at=NOON + 3 * MINUTE, life_cycle="active")
    actions.change(
        draft,
        by=cast.actor(cast.secretary),
        at=NOON + 4 * MINUTE,
        why="Asked by telephone",
        public_reason="The source was corrected",
        title_en="Third words",
        due_on=date(2027, 6, 1),
        due_on_precision="month",
    )
    newest = commitment_history(draft)[0]
    assert told([newest]) == [
        ("Secretariat", [("Title (English)", "Second words", "Third words"), ("Due", "", "June 2027")]),
    ]
    assert (str(newest.reason), newest.why) == ("The source was corrected", "")


def test_workspace_reads_the_internal_reason_and_the_name_and_what_came_before(cast: Cast, draft: Any) -> None:
    names = {cast.secretary.pk: cast.secretary.name}
    items = commitment_history(draft, public=False, names=lambda ids: {key: names[key] for key in ids if key in names})
    assert told(items) == [
        ("Sofía Secretary (Secretariat)", [("Title (English)", "First words", "Second words")]),
        ("Sofía Secretary (Secretariat)", [("Source", "", DOCUMENT)]),
        ("System", [("Commitment", "", "First words")]),
    ]


def test_figures_appear_when_published_and_a_correction_beside_what_it_replaces(cast: Cast) -> None:
    commitment = record.commitment("LAD-COL-901", country=cast.colombia)
    indicator = record.indicator(commitment, baseline=(0, date(2024, 1, 1)), target=(4000, date(2027, 1, 1)))
    first = record.measurement(indicator, 2560, date(2026, 6, 30))
    by = cast.actor(cast.focal_colombia)
    corrected = Measurement(
        series=first.series,
        value=2600,
        as_of=date(2026, 6, 30),
        as_of_precision="day",
        source=first.source,
        reason="Late records from two provinces",
        state=ReportState.SENT,
        is_used=False,
        replaces=first,
        entered_by=cast.focal_colombia,
        entered_at=NOON,
    )
    actions.create(corrected, by=by, at=NOON + MINUTE)
    assert len(indicator_history(indicator)) == 1
    office = cast.actor(cast.secretary)
    actions.change(first, by=office, at=NOON + 2 * MINUTE, is_used=False, state=ReportState.CORRECTED)
    actions.change(
        corrected,
        by=office,
        at=NOON + 2 * MINUTE,
        is_used=True,
        state=ReportState.PUBLISHED,
        accepted_at=NOON,
        published_at=NOON,
    )
    newest = indicator_history(indicator)[0]
    assert told([newest]) == [
        (
            "Secretariat",
            [
                ("Value for 30 June 2026", "2,560 people", "2,600 people"),
                ("Reason given", "", "Late records from two provinces"),
                ("Entered by", "", "Focal point: Colombia"),
            ],
        )
    ]


def test_revised_target_is_told_before_and_after(cast: Cast) -> None:
    commitment = record.commitment("LAD-COL-901", country=cast.colombia)
    indicator = record.indicator(commitment, target=(4000, date(2027, 1, 1)))
    target = Target.objects.get()
    actions.change(target, by=cast.actor(cast.secretary), at=NOON + MINUTE, public_reason="Agreed in Lima", value=5000)
    newest = indicator_history(indicator)[0]
    assert told([newest]) == [
        ("Secretariat", [("Target", "4,000 people (1 January 2027)", "5,000 people (1 January 2027)")])
    ]
    assert str(newest.reason) == "Agreed in Lima"


def test_removed_parts_stay_in_the_history(cast: Cast) -> None:
    commitment = record.commitment("LAD-COL-901", country=cast.colombia)
    party = actions.create(Party(commitment=commitment, country=cast.canada), by=STAGE, at=NOON + MINUTE)
    actions.remove(party, by=cast.actor(cast.secretary), at=NOON + 2 * MINUTE)
    assert told(commitment_history(commitment)) == [
        ("Secretariat", [("Other party", "Canada", "")]),
        ("System", [("Other party", "", "Canada")]),
        ("System", [("Commitment", "", "Commitment LAD-COL-901")]),
    ]


def test_a_change_that_nobody_is_told_of_leaves_no_entry(cast: Cast) -> None:
    commitment = record.commitment("LAD-COL-901", country=cast.colombia)
    indicator = record.indicator(commitment)
    before = commitment_history(commitment)
    actions.change(indicator, by=cast.actor(cast.secretary), at=NOON + MINUTE, question="Internal?")
    assert commitment_history(commitment) == before


def test_what_came_with_the_record_says_so(real_record: None) -> None:
    from commitments.register.models import Commitment

    commitment = Commitment.objects.get(reference_id="lad-2022-col-etpv")
    (entry,) = commitment_history(commitment)
    assert entry.who == "Loaded from the public record"
    assert ("Target", "1,500,000 people (31 August 2022)") in [(line.label, line.now) for line in entry.changes]


def test_entries_stand_under_their_day_newest_first() -> None:
    moments = [datetime(2026, 11, 24, 1, 0, tzinfo=UTC), datetime(2026, 11, 23, 23, 0, tzinfo=UTC)]
    items = [HistoryItem(at=at, time="", who="", what="", changes=()) for at in moments]
    assert [(day.heading, len(day.items)) for day in by_day(items, "en")] == [
        ("24 November 2026", 1),
        ("23 November 2026", 1),
    ]
