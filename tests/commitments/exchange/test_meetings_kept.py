"""Meetings noted here and loaded again: what a person wrote stays, everything else follows the file."""

from pathlib import Path
from typing import Any

import pytest

from commitments.meetings import actions
from commitments.meetings.models import Meeting
from commitments.sources.models import Source
from tests.commitments.exchange.editing import A_PERSON, NEXT_DAY, edit, load

pytestmark = pytest.mark.usefixtures("loaded")
FIFTH = "lad-2025-fifth-ministerial"


def noted(texts: dict[str, str]) -> Meeting:
    meeting = Meeting.objects.get(reference_id=FIFTH)
    said: dict[str, Any] = {"by": A_PERSON, "at": NEXT_DAY, "version": meeting.version}
    outcome = actions.Outcome(texts=texts, source=Source(title="The declaration of the fifth", language="en"))
    return actions.note_held(meeting=meeting, outcome=outcome, **said)


def test_a_meeting_noted_as_held_stays_so(folder: Path) -> None:
    noted({"en": "They met.", "es": "Se reunieron."})
    edit(folder, "meetings.json", FIFTH, lambda row: row.update(outcome="Nothing.", place="Lima"))
    report = load(folder)
    row = Meeting.objects.select_related("source").get(reference_id=FIFTH)
    assert (row.state, row.outcome_en, row.outcome_es) == ("held", "They met.", "Se reunieron.")
    assert row.source.title == "The declaration of the fifth"
    assert row.place == "Lima"
    assert [(kept.record, set(kept.fields)) for kept in report.kept] == [
        (FIFTH, {"state", "outcome_en", "source_id", "is_verified"})
    ]


def test_an_outcome_of_the_file_follows_it_where_nobody_wrote_one(folder: Path) -> None:
    edit(folder, "meetings.json", "lad-2022-10-06-lima", lambda row: row.update(outcome="Something else."))
    assert load(folder).kept == []
    assert Meeting.objects.get(reference_id="lad-2022-10-06-lima").outcome_en == "Something else."
