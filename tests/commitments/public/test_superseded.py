"""A commitment that took another's place: each of the two pages names the other, with a link."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.register.models import Commitment
from tests.cast import NOON, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
NEW = "commitments/LAD-COL-910/"


@pytest.fixture(autouse=True)
def new(cast: Cast) -> None:
    """The one that takes the place of others."""
    record.commitment("LAD-COL-910", country=cast.colombia)


def superseded(cast: Cast, code: str, life: str = "superseded") -> None:
    new = Commitment.objects.get(code="LAD-COL-910")
    day = {"life_cycle_on": date(2026, 5, 1), "life_cycle_on_precision": "day"}
    record.commitment(code, country=cast.colombia, life_cycle=life, superseded_by=new, title_en=f"Old {code}", **day)


def asked(path: str) -> int:
    Client().get(f"/en/{path}")
    with CaptureQueriesContext(connection) as queries:
        Client().get(f"/en/{path}")
    return len(queries)


@pytest.mark.parametrize(
    ("language", "words", "label"),
    [
        ("en", "Takes the place of LAD-COL-901 Old LAD-COL-901 LAD-COL-902 Old LAD-COL-902", ""),
        ("es", "Reemplaza a LAD-COL-901 Old LAD-COL-901 (inglés) LAD-COL-902 Old LAD-COL-902 (inglés)", "en"),
        ("pt", "Substitui LAD-COL-901 Old LAD-COL-901 (inglês) LAD-COL-902 Old LAD-COL-902 (inglês)", "en"),
        ("fr", "Remplace LAD-COL-901 Old LAD-COL-901 (anglais) LAD-COL-902 Old LAD-COL-902 (anglais)", "en"),
    ],
)
def test_each_names_the_other(cast: Cast, language: str, words: str, label: str) -> None:
    superseded(cast, "LAD-COL-902")
    superseded(cast, "LAD-COL-901")
    page = Client().get(f"/{language}/{NEW}")
    assert words in main_words(page)
    title = f'<span lang="{label}">Old LAD-COL-901</span>' if label else "Old LAD-COL-901</a>"
    assert f'<a href="/{language}/commitments/LAD-COL-901/">LAD-COL-901 {title}' in page.content.decode()
    old = Client().get(f"/{language}/commitments/LAD-COL-901/").content.decode()
    assert f'<a href="/{language}/{NEW}">' in old


def test_what_is_not_public_is_not_named(cast: Cast) -> None:
    before = main_words(Client().get(f"/en/{NEW}"))
    for number, life in enumerate(("draft", "removed"), start=3):
        superseded(cast, f"LAD-COL-90{number}", life)
    assert main_words(Client().get(f"/en/{NEW}")) == before
    assert "Takes the place of" not in before


def test_it_costs_no_further_query(cast: Cast) -> None:
    with time_machine.travel(NOON, tick=False):
        before = asked(NEW)
        for number in (1, 2, 3):
            superseded(cast, f"LAD-COL-90{number}")
        assert (asked(NEW), before) == (before, before)
        assert before <= 8
