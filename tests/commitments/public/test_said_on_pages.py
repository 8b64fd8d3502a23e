"""What pages say where something is left out, stands apart, or is written by somebody else."""

import re
from datetime import date

import pytest
from django.test import Client

from commitments.history import actions
from commitments.mechanisms.models import Mechanism
from commitments.working_groups.models import Pillar
from tests.cast import NOON, STAGE, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db


def test_a_country_that_wrote_no_statement_has_its_right_of_reply_on_its_page(cast: Cast) -> None:
    told = main_words(Client().get("/en/countries/COL/"))
    assert "In the country’s words No statement yet: Colombia. Its focal point can write one at any time" in told
    assert "Pas encore de déclaration" in main_words(Client().get("/fr/countries/COL/"))


def test_a_pillar_says_whose_summary_it_is_and_what_it_rests_on(cast: Cast) -> None:
    pillar = Pillar(mechanism=cast.declaration, number=2, code="P2", name_en="Two", purpose_en="Keep people safe.")
    pillar.cited_in = ["section 3, Pillar 1", "Figure 3"]
    actions.create(pillar, by=STAGE, at=NOON)
    told = main_words(Client().get("/en/pillars/2/"))
    assert "Summary by the secretariat Keep people safe. Source: policy paper" in told
    assert "Figure 3" in told


def test_an_indicator_without_figures_promises_none_once_its_commitment_ended(cast: Cast) -> None:
    record.indicator(record.commitment("LAD-COL-001", country=cast.colombia))
    ended = record.indicator(record.commitment("LAD-COL-002", country=cast.colombia, life_cycle="ended"))
    last = "The status is the one at the last figure"
    assert "Figures stand here with their source as soon as one is." in main_words(
        Client().get("/en/indicators/LAD-COL-001-I1/")
    )
    told = main_words(Client().get("/en/indicators/LAD-COL-002-I1/"))
    assert "No figure was published, and none is asked for any more." in told
    assert last not in told
    record.measurement(ended, 4, date(2026, 3, 1))
    assert last in main_words(Client().get("/en/indicators/LAD-COL-002-I1/"))


def test_examples_stand_behind_the_record(cast: Cast) -> None:
    other = actions.create(Mechanism(code="CRM", slug="crm", name_en="Conference"), by=STAGE, at=NOON)
    record.commitment("AAA-COL-001", country=cast.colombia, is_example=True)
    record.commitment("CRM-COL-001", country=cast.colombia, mechanism=other)
    record.commitment("LAD-COL-001", country=cast.colombia)
    for path in ("commitments/", "countries/COL/"):
        page = Client().get(f"/en/{path}").content.decode()
        codes = re.findall(r'class="row-title" href="/en/commitments/([A-Z-]+\d+)/"', page)
        assert codes == ["LAD-COL-001", "CRM-COL-001", "AAA-COL-001"], path
    assert "Those of other mechanisms stand after them" in main_words(Client().get("/en/countries/COL/"))
    record.commitment("LAD-CAN-001", country=cast.canada)
    assert "Those of other mechanisms" not in main_words(Client().get("/en/countries/CAN/"))


def test_the_table_of_workstreams_tells_the_last_update(cast: Cast) -> None:
    pillar = actions.create(Pillar(mechanism=cast.declaration, number=2, code="P2", name_en="Two"), by=STAGE, at=NOON)
    actions.change(cast.labour, by=STAGE, at=NOON, pillar=pillar)
    made = record.commitment("LAD-COL-001", country=cast.colombia, group=cast.labour, pillar=pillar)
    for path in ("", "working-groups/"):
        assert "Last update" in main_words(Client().get(f"/en/{path}"))
        assert "None yet" in main_words(Client().get(f"/en/{path}"))
    indicator = record.indicator(made)
    record.measurement(indicator, 4, date(2026, 3, 1), as_of_precision="month")
    for path in ("", "working-groups/"):
        told = main_words(Client().get(f"/en/{path}"))
        assert "None yet" not in told
        assert "Mar 2026 latest figure" in told
        assert "24 Nov 2026" not in told[told.index("Last update") :]
    record.measurement(indicator, 5, date(2026, 6, 30), entered_by=cast.focal_colombia)
    for path in ("", "working-groups/"):
        told = main_words(Client().get(f"/en/{path}"))
        assert "24 Nov 2026" in told[told.index("Last update") :]
        assert "Mar 2026 latest figure" not in told
    example = record.commitment("LAD-COL-002", country=cast.colombia, group=cast.labour, is_example=True)
    later = NOON.replace(day=25)
    record.measurement(
        record.indicator(example),
        5,
        date(2026, 6, 30),
        published_at=later,
        accepted_at=later,
        entered_by=cast.focal_colombia,
    )
    assert "25 Nov 2026" not in main_words(Client().get("/en/working-groups/"))


def test_a_comparison_says_how_many_indicators_it_shows(cast: Cast) -> None:
    made = record.commitment("LAD-COL-001", country=cast.colombia)
    for number in range(1, 14):
        record.indicator(made, number)
    told = main_words(Client().get("/en/compare/?country=COL&country=CAN"))
    assert "The first 12 are shown. More stand with its commitments" in told
    assert "(inglés)" in main_words(Client().get("/es/compare/?country=COL&country=CAN"))


def test_the_pillars_are_found_from_every_page(cast: Cast) -> None:
    page = Client().get("/en/glossary/").content.decode()
    assert 'href="/en/pillars/"' in page[page.index('<footer class="site-footer"') :]


def test_an_entry_of_the_feed_without_words_has_no_empty_summary(cast: Cast) -> None:
    record.commitment("LAD-COL-001", country=cast.colombia)
    feed = Client().get("/en/changes/feed.atom").content.decode()
    assert "<entry>" in feed
    assert "<summary" not in feed


@pytest.mark.parametrize("path", ["commitments/LAD-COL-001/", "countries/COL/", "indicators/LAD-COL-001-I1/"])
def test_a_long_page_names_its_sections_and_each_is_there(cast: Cast, path: str) -> None:
    record.indicator(record.commitment("LAD-COL-001", country=cast.colombia))
    page = Client().get(f"/en/{path}").content.decode()
    anchors = re.findall(r'href="#([\w-]+)"', page[page.index('<nav class="on-this-page"') :].split("</nav>")[0])
    assert len(anchors) >= 4
    assert all(page.count(f'id="{anchor}"') == 1 for anchor in anchors)


def test_what_is_not_translated_says_its_language_in_the_margin_too(cast: Cast) -> None:
    actions.change(cast.declaration, by=STAGE, at=NOON, kind="declaration of states", focus="safe mobility")
    record.commitment("LAD-COL-001", country=cast.colombia, made_at="Fourth meeting, New York")
    for path, said in (
        ("mechanisms/lad/", "declaration of states (inglés)"),
        ("mechanisms/", "safe mobility (inglés)"),
        ("commitments/LAD-COL-001/", "Fourth meeting, New York (inglés)"),
    ):
        assert said in main_words(Client().get(f"/es/{path}")), path
