"""The public history of changes tells a text word by word, a figure before and after."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from commitments.history import actions
from tests.cast import NOON, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=1)


def test_a_summary_is_told_word_by_word(client: Client, cast: Cast) -> None:
    row = record.commitment(
        country=cast.colombia, summary_en="Permits for ten thousand people a year, <b>at least</b>."
    )
    by = cast.actor(cast.secretary)
    actions.change(row, by=by, at=LATER, summary_en="Permits for twelve thousand people a year, <b>at least</b>.")
    page = client.get("/en/commitments/LAD-COL-901/history/")
    assert (
        "Permits for deleted: ten end of the deleted words added: twelve end of the added words thousand people a year,"
        in main_words(page)
    )
    body = page.content.decode()
    assert "&lt;b&gt;at least&lt;/b&gt;" in body
    assert "<b>at least" not in body


def test_a_target_is_told_before_and_after(client: Client, cast: Cast) -> None:
    row = record.indicator(record.commitment(country=cast.colombia), target=(100, date(2028, 1, 1)))
    aim = row.series.get().targets.get()
    actions.change(aim, by=cast.actor(cast.secretary), at=LATER, value=Decimal(200))
    words = main_words(client.get("/en/commitments/LAD-COL-901/history/"))
    assert "was 100 people (1 January 2028) → now 200 people (1 January 2028)" in words
    assert "deleted:" not in words


def test_a_text_in_one_language_is_told_word_by_word_too(client: Client, cast: Cast) -> None:
    row = record.commitment(country=cast.colombia, responsible_office="Office of the vice minister of labour")
    by = cast.actor(cast.secretary)
    actions.change(row, by=by, at=LATER, responsible_office="Office of the minister of labour")
    words = main_words(client.get("/en/commitments/LAD-COL-901/history/"))
    assert "Office of the deleted: vice end of the deleted words minister of labour" in words
