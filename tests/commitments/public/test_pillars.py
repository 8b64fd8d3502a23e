"""The index of the pillars: four areas, one of them without a workstream, and the way up from each."""

import pytest
from django.test import Client

from tests.pages import main_words

pytestmark = pytest.mark.usefixtures("real_record")


def test_all_four_areas_stand_there_with_their_workstreams(client: Client) -> None:
    text = main_words(client.get("/en/pillars/"))
    parts = [text.index(f"Pillar {number} ") for number in (1, 2, 3, 4)]
    assert parts == sorted(parts)
    fourth = text[parts[3] :]
    assert "This pillar has no workstream, lead or participant." in fourth
    assert "Lead:" not in fourth
    assert sum(text.count(f" {number} ") > 0 for number in range(1, 12)) == 11
    assert "5 Labor Mobility Lead: Mexico" in text[parts[1] : parts[2]]


def test_the_countries_counted_are_those_that_made_a_commitment(client: Client) -> None:
    text = main_words(client.get("/en/pillars/"))
    assert "56 commitments of 12 countries under the Declaration, by pillar and status." in text


def test_a_pillar_leads_up_to_it_and_so_do_the_workstreams(client: Client) -> None:
    for path in ("pillars/4/", "working-groups/"):
        assert 'href="/en/pillars/"' in client.get(f"/en/{path}").content.decode()
