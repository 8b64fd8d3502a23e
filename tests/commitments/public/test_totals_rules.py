"""What a total counts and what it leaves out, in a world of its own."""

import csv
from decimal import Decimal
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.history import actions
from commitments.indicators import statuses
from commitments.public.queries.totals import totals_page
from commitments.register.models import CommitmentLink
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.factories import record
from tests.pages import main_words


@pytest.mark.django_db
def test_a_part_is_not_added_to_its_whole_and_drafts_and_examples_count_nowhere(cast: Cast) -> None:
    whole, one, two, example, draft = (
        record.commitment(f"LAD-COL-00{n}", country=cast.colombia, **more)
        for n, more in enumerate(({}, {}, {}, {"is_example": True}, {"life_cycle": "draft"}), start=1)
    )
    for row, value in ((whole, 15000), (one, 11000), (two, 4000), (example, 7), (draft, 9)):
        record.indicator(row, target=(value, None), title_en="Workers admitted")
    for part in (one, two):
        actions.create(CommitmentLink(commitment=part, other=whole, kind="part_of"), by=STAGE, at=NOON)
    page = totals_page(on=TODAY, language="en")
    assert page.own.total == 3
    assert [(found.total, found.number, len(found.left_out)) for found in page.sums] == [(Decimal(15000), 1, 2)]
    text = main_words(Client().get("/en/totals/"))
    assert "15,000 people target of 1 commitment · left out as part of another: LAD-COL-002, LAD-COL-003" in text
    assert "30,000" not in text


@pytest.mark.django_db
def test_money_is_added_by_currency_and_percent_never(cast: Cast) -> None:
    for number, (unit, kind) in enumerate(
        (("USD", "currency"), ("usd", "currency"), ("CAD", "currency"), *[("%", "percent")] * 2)
    ):
        row = record.commitment(f"LAD-CAN-00{number}", country=cast.canada)
        record.indicator(row, target=(10, None), unit_en=unit, unit_type=kind, title_en=f"Given {number}")
    assert [(found.key.unit, found.total) for found in totals_page(on=TODAY, language="en").sums] == [("USD", 20)]


@pytest.mark.django_db
def test_the_page_costs_the_same_with_more_rows(cast: Cast) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert Client().get("/en/totals/").status_code == 200
        return len(asked)

    record.indicator(record.commitment("LAD-COL-001", country=cast.colombia), target=(5, None))
    first = cost()
    for number in (2, 3):
        record.indicator(record.commitment(f"LAD-COL-00{number}", country=cast.colombia), target=(5, None))
    assert cost() == first


@pytest.mark.django_db
def test_a_suspended_commitment_has_not_ended_on_page_and_in_file(cast: Cast) -> None:
    for number, life in enumerate(("ended", "ended", "suspended", "withdrawn"), start=1):
        row = record.commitment(f"LAD-COL-00{number}", country=cast.colombia, life_cycle=life)
        record.indicator(row)
    statuses.refresh(at=NOON)
    rows = list(csv.DictReader(StringIO(Client().get("/en/totals/totals.csv").content.decode())))
    told = {
        row["counted_by"]: row for row in rows if row["counted_by"] in {"declaration", "country"} and row["all"] != "0"
    }
    for counted in told.values():
        assert (counted["ended_not_assessed"], counted["suspended"], counted["withdrawn"]) == ("2", "1", "1")
        assert counted["superseded"] == "0"
        assert sum(int(counted[name]) for name in list(counted)[4:]) == int(counted["all"]) == 4
    page = Client().get("/en/totals/")
    assert "Ended, not assessed Suspended Withdrawn" in main_words(page)
    assert "Superseded" not in page.content.decode().split('id="dictionary"')[0]
    dictionary = page.content.decode().split('id="dictionary"')[1]
    assert all(f"<code>{name}</code>" in dictionary for name in rows[0])
