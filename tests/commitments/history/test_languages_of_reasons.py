"""A public reason stands in the language of the page on which it was typed, and says so on pages in another."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.formats.language import HTML_LANG
from commitments.history import actions
from commitments.history.models import TextState
from commitments.indicators.actions import publish_measurement
from commitments.mechanisms.models import Adherence
from commitments.roles.actor import Actor
from tests.cast import NOON, STAGE, Cast
from tests.commitments.workspace.test_mechanisms import endorsing, typed
from tests.commitments.workspace.test_records import as_person
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
WHY = "Según la nota."


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as travelling:
        yield travelling


def public(address: str) -> Any:
    return Client().get(address)


def said_in(language: str, address: str) -> str:
    """How the reason stands on a page."""
    page = public(f"/{language}{address}")
    assert WHY in page.content.decode()
    marked = f'<span lang="{HTML_LANG["es"]}">{WHY}</span>' in page.content.decode()
    named = {"en": "(Spanish)", "pt": "(espanhol)", "fr": "(espagnol)"}.get(language, "(")
    assert marked == (f"{WHY} {named}" in main_words(page))
    return "marked" if marked else "plain"


@pytest.mark.parametrize("step", ["change", "end", "take-away"])
def test_what_changed_and_the_history_name_the_language(cast: Cast, step: str) -> None:
    row = endorsing(cast, since="2022-06-10")
    url = f"/es/workspace/mechanisms/lad/adherences/{row.pk}/{step}/"
    fields = typed(kind="observer", since="2022-06-10", until="2026-11-01" if step == "end" else "", version=1)
    assert as_person(cast.secretary).post(url, fields | {"public_reason": WHY}).status_code == 302
    for address in ("/changes/", "/mechanisms/lad/history/"):
        assert [said_in(language, address) for language in ("en", "es", "pt", "fr")] == [
            "marked",
            "plain",
            "marked",
            "marked",
        ]


def test_of_a_commitment_and_its_end(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    edit = f"/es/workspace/commitments/{commitment.code}/edit/"
    fields = {"title": "Un título", "summary": "Un resumen.", "kind": "national", "made_on": "2024-01-01"}
    as_person(cast.secretary).post(edit, {**fields, "public_reason": WHY, "version": "1"})
    assert said_in("en", f"/commitments/{commitment.code}/history/") == "marked"
    assert said_in("es", f"/commitments/{commitment.code}/history/") == "plain"


def test_who_publishes_a_correction_leaves_the_reason_its_language(cast: Cast) -> None:
    indicator = record.indicator(record.commitment(country=cast.colombia), baseline=(0, date(2025, 1, 1)))
    record.measurement(indicator, 10, date(2026, 9, 30))
    new: dict[str, Any] = {"state": "accepted", "published_at": None, "reason": WHY, "reason_language": "es"}
    figure = record.measurement(indicator, 12, date(2026, 9, 30), is_used=False, **new)
    publish_measurement(measurement=figure, by=cast.actor(cast.secretary).speaking("fr"), at=NOON)
    assert said_in("fr", "/changes/") == "marked"
    assert said_in("es", "/changes/") == "plain"


def test_in_english_and_without_a_reason_nothing_more_is_kept(cast: Cast) -> None:
    row = endorsing(cast, since="2022-06-10")
    said: dict[str, Any] = {"by": Actor(1, "secretariat", language="en"), "at": NOON}
    actions.change(row, **said, public_reason="As the note says.", kind="observer")
    actions.change(row, **{**said, "by": Actor(1, "secretariat", language="es")}, kind="endorsing")
    assert TextState.objects.count() == 0
    assert "As the note says. (inglés)" in main_words(public("/es/changes/"))


def test_of_many_at_once(cast: Cast) -> None:
    endorsing(cast, since="2022-06-10")
    endorsing(cast, cast.canada, since="2022-06-10")
    by = Actor(1, "secretariat", request_id="one", language="pt")
    rows = Adherence.objects.all()
    assert actions.change_many(rows, by=by, at=NOON, public_reason="Conforme a nota.", kind="observer") == 2
    assert set(TextState.objects.values_list("model", "field", "language")) == {
        ("historicaladherence", "public_reason", "pt")
    }
    assert main_words(public("/en/changes/")).count("Conforme a nota. (Portuguese)") == 2
    assert STAGE.language == ""
