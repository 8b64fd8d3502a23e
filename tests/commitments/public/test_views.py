"""The public pages on the real record: what each says, and that it says no more than the record shows."""

import re

import pytest
from django.test import Client

from commitments.register.models import Commitment
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.usefixtures("real_record")


def page(client: Client, path: str) -> str:
    answer = client.get(f"/en/{path}")
    assert answer.status_code == 200, path
    return main_words(answer)


def code_of(reference_id: str) -> str:
    return Commitment.objects.get(reference_id=reference_id).code


def test_overview_says_how_much_is_on_record_and_how_much_can_be_assessed(client: Client) -> None:
    text = page(client, "")
    assert (
        "89 commitments are on record, 68 of them under the Declaration. "
        "Of these 68, 2 can be assessed, 1 more was assessed before it ended; "
        "for the others this record holds no target, no date or no comparable figure." in text
    )
    assert "Data as of 24 November 2026" in text


def test_overview_says_by_whom_and_that_the_22nd_is_not_named(client: Client) -> None:
    text = page(client, "")
    assert "By whom? 11 of 21 endorsing countries" in text
    assert (
        "None on record: Barbados, Brazil, Chile, El Salvador, Guyana, Haiti, Honduras, Jamaica, Paraguay, Peru" in text
    )
    assert "21 endorsing countries are named (record of 2023). 22 by September 2024, the 22nd not named" in text
    assert "0 commitments are off track or at risk." in text
    assert "This pillar has no workstream." in text


def test_examples_are_counted_nowhere(client: Client) -> None:
    before = page(client, "")
    record.commitment("LAD-ALL-901", title_en="Invented", is_example=True)
    assert page(client, "") == before
    assert "Invented" in page(client, "commitments/?q=invented")
    assert "Example" in page(client, "commitments/?q=invented")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 89),
        ("mechanism=lad", 68),
        ("mechanism=mirps", 8),
        ("country=COL", 4),
        ("pillar=4", 1),
        ("group=temporary-protection", 10),
        ("status=fulfilled", 2),
        ("status=fulfilled&status=no_data", 82),
        ("life=ended", 6),
        ("life=suspended", 1),
        ("kind=financial", 17),
        ("horizon=long", 12),
        ("maker=organization", 3),
        ("maker=together", 24),
        ("q=visa", 9),
        ("q=LAD-COL-001", 1),
        ("q=nothing of the kind", 0),
        ("due_before=2023-01-01", 5),
        # August 2022 is over on the 1st of September, not before.
        ("due_before=2022-08-31", 0),
        ("due_before=2022-09-01", 2),
        ("country=COL&status=fulfilled&utm_source=letter&fbclid=x", 1),
    ],
)
def test_register_filters(client: Client, query: str, count: int) -> None:
    text = page(client, f"commitments/?{query}")
    said = "No commitments on record" if not count else f"{count} commitment{'' if count == 1 else 's'}"
    assert said in text


@pytest.mark.parametrize(
    "query",
    [
        "colour=red",
        "status=late",
        "country=XXX",
        "country=COL&country=CAN",
        "pillar=9",
        "due_before=tomorrow",
        "due_before=9999-99-99",
        "page=0",
        "page=5",
        "page=x",
        "q=a&q=b",
        "utm=1",
    ],
)
def test_register_refuses_what_it_does_not_know(client: Client, query: str) -> None:
    assert client.get(f"/en/commitments/?{query}").status_code == 400


def test_register_shows_the_declaration_first_and_numbers_its_pages(client: Client) -> None:
    first = client.get("/en/commitments/").context["page"]
    assert [row.commitment.code for row in first][:2] == ["LAD-ALL-001", "LAD-ALL-002"]
    assert (len(first), first.paginator.num_pages) == (25, 4)
    last = client.get("/en/commitments/?page=4").context["page"]
    assert {row.mechanism.code for row in last} == {"MIRPS", "QP", "R4V"}


def test_filters_in_use_are_chips_with_a_way_out(client: Client) -> None:
    answer = client.get("/en/commitments/?country=COL&status=no_data")
    chips = {chip.label: chip.url for chip in answer.context["filters"].chips()}
    assert chips == {
        "Country: Colombia": "/en/commitments/?status=no_data",
        "Status: No data": "/en/commitments/?country=COL",
    }


def test_ended_commitment_has_no_date_that_its_source_does_not_state(client: Client) -> None:
    text = page(client, f"commitments/{code_of('lad-2022-blz-regularization')}/")
    assert "Ended, according to The San Pedro Sun, as of 7 November 2023. Never assessed: no comparable figure." in text
    assert "assigned by content, not printed by the source" in text
    assert "Summary by the secretariat Belize said it would open a programme" in text


def test_commitment_that_ended_off_track_stays_frozen(client: Client) -> None:
    text = page(client, f"commitments/{code_of('lad-2024-ecu-extension-april-2025')}/")
    assert "Ended: 11 March 2025. Status at the last figure: Off track." in text
    assert "About 5,000 on 13 March 2025 is 6% of the 80,800 expected by that date." in text


def test_reported_status_is_told_apart(client: Client) -> None:
    text = page(client, f"commitments/{code_of('lad-2022-col-etpv')}/")
    assert "According to El Venezolano Colombia, completed (2023)." in text
    assert "derived from its figures" in text
    assert "Reached; the day is not known (first figure that shows it: 2023). 1,718,811, target 1,500,000" in text


def test_part_of_a_larger_commitment_is_never_added(client: Client) -> None:
    whole, part = code_of("lad-2023-can-15000"), code_of("lad-2023-can-workers-4000")
    assert f"Part of a larger commitment; do not add the two: {whole}" in page(client, f"commitments/{part}/")
    assert "This commitment contains others; do not add them to it:" in page(client, f"commitments/{whole}/")


def test_what_could_not_be_checked_says_so(client: Client) -> None:
    text = page(client, f"commitments/{code_of('lad-2024-usa-worker-protection-3m')}/")
    assert "Not verified: The figure could not be confirmed" in text
    assert "Not checked against the source" in text


@pytest.mark.parametrize(("iso3", "name"), [("HTI", "Haiti"), ("BRA", "Brazil"), ("BRB", "Barbados")])
def test_country_without_commitment_says_what_would_be_there(client: Client, iso3: str, name: str) -> None:
    text = page(client, f"countries/{iso3}/")
    assert "No commitment under the Declaration is on record." in text
    assert f"No commitment on record: {name}. When one is published it stands here" in text


def test_country_counts_its_own_and_names_the_others(client: Client) -> None:
    text = page(client, "countries/CRI/")
    assert "Costa Rica made 5 commitments under the Declaration. 4 have no data and 1 has ended." in text
    assert "2 commitments under other mechanisms are also on record; they are not counted here." in text
    assert "Endorsing country since 10 June 2022" in text
    assert "Has not endorsed the Declaration" in page(client, "countries/CUB/")


def test_countries_as_map_and_as_table(client: Client) -> None:
    drawn = page(client, "countries/")
    assert "Costa Rica: 5 commitments (4 no data · 1 ended, not assessed)" in drawn
    assert "Spain: observer country. On record: 1 commitment (1 no data)" in drawn
    assert "Cuba: has not endorsed the Declaration" in drawn
    table = page(client, "countries/?view=table")
    assert "38 countries and territories" in table
    assert "11 countries and territories" in page(client, "countries/?view=table&mechanism=crm")
    assert client.get("/en/countries/?view=globe").status_code == 400


def test_the_squares_of_the_map_add_up_to_the_number_that_it_says(client: Client) -> None:
    body = client.get("/en/countries/").content.decode()
    drawn = client.get("/en/charts/map.svg").content.decode()
    said = re.search(r"(\d+) commitments under the Declaration, one square per country", drawn)
    assert said is not None
    assert sum(map(int, re.findall(r'class="tile-count" aria-hidden="true">(\d+)<', body))) == int(said[1])
    assert sum(map(int, re.findall(r">(\d+)</text>", drawn))) == int(said[1])
    assert re.search(r'<a class="tile tile-observer" href="/en/countries/ESP/">', body)


def test_group_names_both_claims_where_sources_differ(client: Client) -> None:
    text = page(client, "working-groups/mirps-3/")
    assert "Sources differ Figure 3 · Costa Rica (in use) section 3, Pillar 1 · Panama" in text
    assert "Co-leads Canada, Guyana Participants Mexico, United States, Uruguay" in page(
        client, "working-groups/refugee-resettlement/"
    )


def test_the_ladder_says_whose_commitment_it_is_that_it_ended_and_how_the_figures_ran(client: Client) -> None:
    text = page(client, "working-groups/temporary-protection/")
    assert "Venezuelans who gain status Ecuador Ended 11 March 2025 Off track About 5,000 on 13 March 2025" in text
    body = client.get("/en/working-groups/temporary-protection/").content.decode()
    rungs = [rung for rung in body.split('<div class="rung">')[1:] if "LAD-ECU-002-I1" in rung]
    assert [rung.split("</div>", 1)[0].count('<svg class="ch-spark"') for rung in rungs] == [1]


def test_group_shows_indicators_by_horizon_and_who_else_works_on_it(client: Client) -> None:
    text = page(client, "working-groups/temporary-protection/")
    assert "Long term No indicator on record yet." in text
    assert "Irregular and Massive Migration Regional Conference on Migration" in text
    assert "1 fulfilled" in text


def test_mechanism_tells_members_from_observers_and_claims_apart(client: Client) -> None:
    text = page(client, "mechanisms/lad/")
    assert "21 endorsing countries are named. 1 observer." in text
    for said in ("20 countries (June 2022)", "21 countries (2022)", "22 countries (September 2024)"):
        assert said in text
    assert "Pan American Development Foundation since 25 September 2024" in text
    assert "since: not stated" in page(client, "mechanisms/mirps/")
    assert "Also on record" in page(client, "mechanisms/mirps/")
    assert "Named as observer in Figure 1." in page(client, "mechanisms/csm/")


def test_mechanisms_side_by_side(client: Client) -> None:
    text = page(client, "mechanisms/")
    assert "Los Angeles Declaration on Migration and Protection" in text
    assert "21 and 1 observer 11 68 commitments" in text


def test_pillar_four_has_a_commitment_and_no_group(client: Client) -> None:
    text = page(client, "pillars/4/")
    assert "This pillar has no workstream, lead or participant." in text
    assert "Common triggers and early warning for mass movements" in text
    assert client.get("/en/pillars/5/").status_code == 404


def test_method_tells_thresholds_and_since_when(client: Client) -> None:
    text = page(client, "about/method/")
    for said in (
        "On track: a share of 90% or more",
        "At risk: from 70% to under 90%",
        "Figures within 92 days of the target date speak of it",
        "In force since 10 June 2022.",
        "12 On track The share is 90% or more.",
        "coordinated emergency response, has no workstream",
        "This site follows Figure 3",
    ):
        assert said in text


def test_method_is_worked_out_with_a_figure_of_the_record(client: Client) -> None:
    text = page(client, "about/method/").partition("A worked example")[2]
    assert text.startswith(" Ecuador · Venezuelans who gain status · LAD-ECU-002-I1 About 5,000 on 13 March 2025 is 6%")
    assert "(5,000 − 0) ÷ (80,800 − 0) = 6%" in text
    assert "The figures and their sources" in text


def test_about_leads_to_the_method(client: Client) -> None:
    assert "How a status is decided" in page(client, "about/")
