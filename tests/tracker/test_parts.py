"""Parts of a public page that fail alone: the page says so, the fault is logged, and nothing keeps the page."""

import logging
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from commitments.history.kept import forget
from tests.cast import NOON, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db

#: Rows that no form and no file can bring about: an indicator, a kept status and a language of no known kind.
BROKEN = {
    "indicator": "UPDATE commitments_indicator SET direction = 'sideways'",
    "status": "UPDATE commitments_commitmentstatus SET status = 'sideways'",
    "source": "UPDATE commitments_source SET language = 'sideways'",
}
WORDS = {
    "en": "This part cannot be shown at the moment.",
    "es": "Esta parte no se puede mostrar en este momento.",
    "pt": "Esta parte não pode ser exibida neste momento.",
    "fr": "Cette partie ne peut pas être affichée pour le moment.",
}
#: The page, what is broken, the parts that then cannot be shown, and what the page shows all the same.
PAGES = [
    ("", "indicator", ["Indicator in focus", "How a status is decided"], "Progress by workstream"),
    ("", "status", ["What is late or off track"], "Commitments by country"),
    ("countries/COL/", "status", ["Commitments"], "Reports"),
    ("commitments/LAD-COL-901/", "indicator", ["Where it stands", "Timeline", "Indicators"], "Made by Colombia"),
    (
        "indicators/LAD-COL-901-I1/",
        "indicator",
        ["Figures over time", "How this is worked out", "Figures", "What is counted"],
        "Cite this page",
    ),
    ("indicators/LAD-COL-901-I1/", "source", ["Figures"], "How this is worked out"),
    ("working-groups/labor-mobility/", "indicator", ["Indicators by horizon"], "Latest report"),
    ("working-groups/labor-mobility/", "status", ["Commitments"], "Meetings"),
]


@pytest.fixture
def world(cast: Cast, settings: Any) -> Iterator[Cast]:
    """A commitment of Colombia with an indicator that is behind, on a site whose parts may fail alone."""
    settings.PARTS_FAIL_ALONE = True
    with time_machine.travel(NOON, tick=False):
        commitment = record.commitment("LAD-COL-901", country=cast.colombia, group=cast.labour)
        row = record.indicator(
            commitment, baseline=(0, date(2024, 1, 1)), target=(100, date(2026, 12, 31)), horizon="short"
        )
        record.measurement(row, 40, date(2026, 7, 1), source=record.source("Registry"))
        yield cast


def broken(what: str) -> None:
    """Rows changed past the write path, which leaves a mark: what was kept before is forgotten here."""
    with connection.cursor() as cursor:
        cursor.execute(BROKEN[what])
    forget()


@pytest.mark.parametrize(("path", "what", "parts", "kept"), PAGES)
def test_a_part_fails_alone_and_says_so(
    world: Cast, caplog: pytest.LogCaptureFixture, path: str, what: str, parts: list[str], kept: str
) -> None:
    whole = main_words(Client().get(f"/en/{path}"))
    broken(what)
    with caplog.at_level(logging.ERROR, "commitments.templatetags.parts"):
        answer = Client().get(f"/en/{path}")
    said = main_words(answer)
    assert WORDS["en"] not in whole
    assert answer.status_code == 200
    assert [f"{part} {WORDS['en']}" for part in parts if f"{part} {WORDS['en']}" not in said] == []
    assert said.count(WORDS["en"]) == len(parts)
    assert kept in said
    assert {record_.levelname for record_ in caplog.records} == {"ERROR"}
    assert all("sideways" in str(record_.exc_info) for record_ in caplog.records)
    assert len(caplog.records) >= len(parts)


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_it_is_said_in_the_language_of_the_page(world: Cast, language: str) -> None:
    broken("indicator")
    assert WORDS[language] in main_words(Client().get(f"/{language}/"))


@pytest.mark.parametrize("path", ["/en/", "/en/commitments/LAD-COL-901/"])
def test_nothing_keeps_a_page_with_a_gap(world: Cast, settings: Any, path: str) -> None:
    """Neither the pages kept ready, nor their pieces, nor a cache in between: the next reader gets it whole again."""
    settings.READY_PAGES = True
    broken("indicator")
    gap = Client().get(path)
    assert gap["Cache-Control"] == "no-store"
    assert WORDS["en"] in main_words(gap)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE commitments_indicator SET direction = 'increase'")
    whole = Client().get(path)
    assert WORDS["en"] not in main_words(whole)
    assert "public" in whole["Cache-Control"]


def test_a_page_without_a_gap_is_kept_as_before(world: Cast, settings: Any) -> None:
    """The control of the one above: what is broken after a whole page was made is not seen, since that one is kept."""
    settings.READY_PAGES = True
    path = "/en/commitments/LAD-COL-901/"
    Client().get(path)
    broken("indicator")
    assert WORDS["en"] not in main_words(Client().get(path))


def test_where_parts_may_not_fail_alone_the_fault_is_seen(world: Cast, settings: Any) -> None:
    settings.PARTS_FAIL_ALONE = False
    broken("indicator")
    with pytest.raises(ValueError, match="sideways"):
        Client().get("/en/")
