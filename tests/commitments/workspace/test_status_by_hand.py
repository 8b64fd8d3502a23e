"""A status stated by hand stands beside the computed one, never in its place, and lapses."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.history import actions
from commitments.indicators import byhand, life
from commitments.indicators.models import CommitmentStatus, StatusByHand
from commitments.register.enums import LifeCycle
from commitments.register.models import Commitment
from commitments.reporting.lapses import lapse_statuses
from commitments.reporting.tasks import lapse_statuses_by_hand
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.commitments.reporting.test_update import as_person
from tests.commitments.workspace import test_life
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
CODE = "LAD-COL-901"
HERE, PUBLIC = f"/en/workspace/commitments/{CODE}/status/", f"/en/commitments/{CODE}/"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def commitment(cast: Cast) -> Commitment:
    """One that is computed to be off track."""
    row = record.commitment(CODE, country=cast.colombia)
    counted = record.indicator(row, baseline=(0, date(2024, 1, 1)), target=(100, date(2027, 1, 1)))
    record.measurement(counted, 10, date(2026, 6, 30))
    return row


def typed(**changes: str) -> dict[str, str]:
    fields = {"status": "on_track", "reason": "The registry was moved.", "until": "2027-03-31"}
    return {**fields, "source_title": "", "source_url": "", **changes}


def state(cast: Cast, **changes: str) -> Any:
    return as_person(cast.secretary).post(HERE, typed(**changes))


def test_it_stands_beside_the_computed_status_and_never_in_its_place(cast: Cast, commitment: Commitment) -> None:
    assert state(cast, source_title="Letter of the ministry").url == HERE
    row = StatusByHand.objects.get()
    assert (row.status, row.valid_from, row.valid_until, row.set_by) == (
        "on_track",
        TODAY,
        date(2027, 3, 31),
        cast.secretary,
    )
    text = main_words(Client().get(PUBLIC))
    assert (
        "Set by hand On track until 31 March 2027 at the latest The registry was moved. Letter of the ministry" in text
    )
    assert "Computed: Off track." in text
    assert CommitmentStatus.objects.get(commitment=commitment).status == "off_track"
    assert "Set by hand: On track" in main_words(Client().get("/en/commitments/"))
    assert CODE not in main_words(Client().get("/en/commitments/?status=on_track"))
    assert CODE in main_words(Client().get("/en/commitments/?status=off_track"))


def test_the_reason_keeps_its_language(cast: Cast, commitment: Commitment) -> None:
    state(cast)
    page = Client().get(f"/es/commitments/{CODE}/").content.decode()
    assert '<span lang="en">The registry was moved.</span>' in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"status": ""}, "Choose the status"),
        ({"status": "no_data"}, "Choose from the list again"),
        ({"reason": ""}, "Say why the status is set by hand"),
        ({"until": ""}, "Enter the last day on which it stands"),
        ({"until": "2026-11-24"}, "The last day must lie ahead"),
        ({"until": "2028-11-26"}, "The last day must lie within two years"),
        ({"source_url": "https://ministry.example/letter"}, "Say what the link leads to"),
        ({"reason": "Ask ana@example.org"}, "Look at what may be about a person, then tick the box"),
    ],
)
def test_bad_input_gets_a_clear_sentence_and_loses_nothing(
    cast: Cast, commitment: Commitment, changes: dict[str, str], sentence: str
) -> None:
    page = state(cast, **{"source_title": "", **changes})
    assert page.status_code == 200
    assert f"There is a problem {sentence}" in main_words(page)
    assert all(value in page.content.decode() for name, value in changes.items() if name != "status")
    assert not StatusByHand.objects.exists()


def test_a_second_click_states_nothing_twice_and_another_one_takes_its_place(
    cast: Cast, commitment: Commitment
) -> None:
    for _click in range(2):
        assert state(cast).status_code == 302
    assert StatusByHand.objects.count() == 1
    state(cast, status="at_risk")
    assert list(StatusByHand.objects.order_by("pk").values_list("status", "lapsed_because")) == [
        ("on_track", "taken_back"),
        ("at_risk", ""),
    ]


WHY = "The registry is complete again."


def take_back(person: Any, row: StatusByHand, why: str = WHY, **changes: str) -> Any:
    fields = {"take_back": str(row.pk), "version": "1", "public_reason": why, **changes}
    return as_person(person).post(HERE, fields, follow=True)


def test_it_is_taken_back_for_a_reason_and_both_are_in_the_history(cast: Cast, commitment: Commitment) -> None:
    state(cast)
    row = StatusByHand.objects.get()
    page = main_words(take_back(cast.second_secretary, row))
    assert "Taken back. The computed status stands alone." in page
    row.refresh_from_db()
    assert (row.lapsed_on, row.lapsed_because) == (TODAY, "taken_back")
    assert "Set by hand" not in main_words(Client().get(PUBLIC))
    told = main_words(Client().get(f"{PUBLIC}history/"))
    assert "Status set by hand On track, until 31 March 2027" in told
    assert "The registry was moved." in told
    assert "ended on 24 November 2026: the secretariat took it back" in told
    assert WHY in told


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Say why; the reason is public"),
        ("es", "Explique por qué; el motivo es público"),
        ("pt", "Explique por quê; o motivo é público"),
        ("fr", "Expliquez pourquoi; le motif est public"),
    ],
)
def test_it_is_not_taken_back_without_a_reason(
    cast: Cast, commitment: Commitment, language: str, sentence: str
) -> None:
    state(cast)
    row = StatusByHand.objects.get()
    said = {"take_back": str(row.pk), "version": "1", "public_reason": "  "}
    page = as_person(cast.secretary).post(HERE.replace("/en/", f"/{language}/"), said)
    assert (page.status_code, sentence in main_words(page)) == (200, True)
    with pytest.raises(actions.NoReason):
        byhand.take_back(row=row, public_reason="", by=STAGE, at=NOON)
    row.refresh_from_db()
    assert row.lapsed_on is None


def test_a_reason_that_may_be_about_a_person_is_looked_at_first(cast: Cast, commitment: Commitment) -> None:
    state(cast)
    row = StatusByHand.objects.get()
    page = take_back(cast.secretary, row, "Ask ana@example.org")
    assert "There is a problem Look at what may be about a person, then tick the box" in main_words(page)
    assert "Ask ana@example.org</textarea>" in page.content.decode()
    take_back(cast.secretary, row, "Ask ana@example.org", looked="on")
    row.refresh_from_db()
    assert row.lapsed_because == "taken_back"


def test_the_second_of_two_clicks_says_nothing(cast: Cast, commitment: Commitment) -> None:
    state(cast)
    row = StatusByHand.objects.get()
    take_back(cast.secretary, row)
    again = take_back(cast.secretary, row)
    assert (again.status_code, again.redirect_chain) == (200, [(HERE, 302)])
    assert "in the meantime" not in main_words(again)
    assert row.history.count() == 2


@pytest.mark.parametrize(
    "meanwhile", ["lapsed", "other words", "a colleague", "another one", "ended", "another version"]
)
def test_a_reason_for_what_was_decided_on_meanwhile_comes_back(
    cast: Cast, commitment: Commitment, meanwhile: str
) -> None:
    state(cast)
    row = StatusByHand.objects.get()
    if meanwhile == "lapsed":
        actions.change(row, by=STAGE, at=NOON, lapsed_on=TODAY, lapsed_because="cycle")
    elif meanwhile == "another one":
        as_person(cast.second_secretary).post(HERE, typed(status="at_risk"))
    elif meanwhile == "ended":
        life.take_step(commitment=commitment, step=test_life.step(LifeCycle.ENDED), by=STAGE, at=NOON)
    elif meanwhile == "another version":
        actions.change(row, by=STAGE, at=NOON, reason="Put right.")
    else:
        take_back(cast.secretary if meanwhile == "other words" else cast.second_secretary, row, "A slip.")
    before = list(StatusByHand.objects.values_list("pk", "lapsed_on"))
    answer = take_back(cast.secretary, row)
    assert (answer.status_code, WHY in main_words(answer)) == (409, True)
    assert "This was decided on in the meantime. Nothing was changed." in main_words(answer)
    assert list(StatusByHand.objects.values_list("pk", "lapsed_on")) == before


def test_what_ends_it_says_why_it_ended(cast: Cast, commitment: Commitment) -> None:
    """Another one in its place, and the end of the commitment itself."""
    state(cast)
    state(cast, status="at_risk", reason="A flood closed the office.")
    first, second = StatusByHand.objects.order_by("pk")
    step = test_life.step(LifeCycle.ENDED)
    life.take_step(commitment=commitment, step=step, by=STAGE, at=NOON)
    ends = [row.history.latest("history_id") for row in (first, second)]
    assert [end.lapsed_because for end in ends] == ["taken_back"] * 2
    assert [end.public_reason for end in ends] == ["A flood closed the office.", step.reason]


def at(day: date) -> datetime:
    return NOON + timedelta(days=(day - TODAY).days)


@pytest.mark.parametrize(
    ("cycle_due", "lapses_on", "because", "words"),
    [
        (None, date(2027, 4, 1), "date", "its last day has passed"),
        (date(2026, 12, 15), date(2026, 12, 15), "cycle", "the next reports fell due"),
        (date(2027, 5, 15), date(2027, 4, 1), "date", "its last day has passed"),
        (TODAY, date(2027, 4, 1), "date", "its last day has passed"),
    ],
)
def test_it_lapses_with_its_date_or_the_next_cycle_whichever_comes_first(
    cast: Cast, commitment: Commitment, cycle_due: date | None, lapses_on: date, because: str, words: str
) -> None:
    if cycle_due is not None:
        record.cycle(due_on=cycle_due, closes_on=date(2027, 12, 31))
    state(cast)
    assert lapse_statuses(at(lapses_on - timedelta(days=1))) == 0
    with time_machine.travel(at(lapses_on), tick=False):
        assert (lapse_statuses_by_hand(), lapse_statuses_by_hand()) == (1, 0)
        told = main_words(Client().get(f"{PUBLIC}history/"))
        assert "Set by hand" not in main_words(Client().get(PUBLIC))
    row = StatusByHand.objects.get()
    assert (row.lapsed_on, row.lapsed_because) == (lapses_on, because)
    assert words in told


def test_a_cycle_of_another_mechanism_or_of_a_demonstration_ends_nothing(cast: Cast, commitment: Commitment) -> None:
    record.cycle(due_on=date(2026, 12, 1), is_demonstration=True)
    state(cast)
    assert lapse_statuses(at(date(2026, 12, 20))) == 0


@pytest.mark.parametrize("life_cycle", ["draft", "ended"])
def test_a_draft_or_a_closed_one_has_no_status_by_hand(cast: Cast, life_cycle: str) -> None:
    record.commitment(CODE, country=cast.colombia, life_cycle=life_cycle)
    assert state(cast).status_code == (403 if life_cycle == "draft" else 409)
    assert as_person(cast.secretary).get(HERE).status_code == 403
    assert not StatusByHand.objects.exists()


@pytest.mark.parametrize("who", ["focal_colombia", "lead_labour", "administrator", "reader", "outsider"])
def test_nobody_else_states_a_status(cast: Cast, commitment: Commitment, who: str) -> None:
    assert as_person(getattr(cast, who)).post(HERE, typed()).status_code == 403
    assert not StatusByHand.objects.exists()


def test_lists_cost_the_same_with_more_of_them(cast: Cast, django_assert_num_queries: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    rows = [record.commitment(f"LAD-COL-90{number}", country=cast.colombia) for number in (1, 2, 3)]
    stated = {"status": "on_track", "reason": "Known.", "valid_from": TODAY, "valid_until": date(2027, 3, 31)}
    for number, row in enumerate(rows):
        actions.create(StatusByHand(commitment=row, set_at=NOON, **stated), by=STAGE, at=NOON)
        if number == 0:
            Client().get("/en/commitments/")
            with CaptureQueriesContext(connection) as few:
                Client().get("/en/commitments/")
            cost = len(few)
    Client().get("/en/commitments/")  # what is kept for a version of the record is read
    with django_assert_num_queries(cost):
        page = Client().get("/en/commitments/")
    assert main_words(page).count("Set by hand: On track") == 3
