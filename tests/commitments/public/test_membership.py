"""Membership: who endorsed, as the record says, and no step to join that nobody agreed."""

from datetime import date

import pytest
from django.test import Client

from commitments.history import actions
from commitments.mechanisms.models import Adherence
from tests.cast import NOON, STAGE
from tests.pages import main_words


@pytest.mark.usefixtures("real_record")
def test_membership_names_who_endorsed_and_says_that_sources_count_differently(client: Client) -> None:
    text = main_words(client.get("/en/membership/"))
    assert "21 endorsing countries are named (record of 2023). 22 by September 2024, the 22nd not named" in text
    assert "Colombia 10 June 2022 Figures 1 and 2 Both figures agree." in text
    assert "Guyana 2022 Figures 1 and 2 Both figures agree. Endorsed after the June 2022 Summit" in text
    assert "Spain" in text[text.index("Observer countries") : text.index("There is no agreed procedure")]
    for count in ("20 countries June 2022", "21 countries 2022", "22 countries September 2024"):
        assert count in text
    assert "press of May 2024 names Suriname among the delegations" in text


@pytest.mark.usefixtures("real_record")
def test_no_procedure_is_invented(client: Client) -> None:
    text = main_words(client.get("/en/membership/"))
    assert "There is no agreed procedure yet" in text
    assert "Step 1" not in text
    for path in ("countries/", "countries/BOL/"):
        assert "/en/membership/#join" in client.get(f"/en/{path}").content.decode()
    assert "/en/membership/#join" not in client.get("/en/countries/COL/").content.decode()


@pytest.mark.usefixtures("real_record")
def test_a_country_that_withdrew_stands_apart(client: Client) -> None:
    assert "Countries that withdrew" not in main_words(client.get("/en/membership/"))
    row = Adherence.objects.get(mechanism__code="LAD", country__iso3="GUY")
    actions.change(row, by=STAGE, at=NOON, until=date(2026, 1, 31))
    text = main_words(client.get("/en/membership/"))
    assert "20 endorsing countries are named" in text
    assert "Guyana 2022 until 31 January 2026" in text[text.index("Countries that withdrew") :]
