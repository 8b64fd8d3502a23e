"""The page of the search: what it finds, how it says so, and what can be typed into it."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from commitments.history import actions
from commitments.meetings.models import Meeting
from commitments.public.queries.search import Results
from tests.cast import NOON, STAGE, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast: Cast) -> Any:
    """A commitment with an indicator, a word and a meeting that speak of the same."""
    commitment = record.commitment(
        "LAD-COL-901",
        country=cast.colombia,
        group=cast.labour,
        title_en="Temporary protection statute",
        title_es="Estatuto temporal de protección",
        summary_en="Ten years of residence for Venezuelans who <register>.",
        is_verified=True,
    )
    permits = record.indicator(
        commitment, title_en="Residence permits", baseline=(0, date(2022, 1, 1)), target=(100, date(2024, 1, 1))
    )
    record.measurement(permits, 100, date(2023, 12, 31))
    record.term("refugee", name_en="Refugee", sentence_en="Somebody with protection in another country.")
    meeting = Meeting(slug="m", title_en="Meeting on protection", start="2026-03-01", start_precision="day")
    actions.create(meeting, by=STAGE, at=NOON)
    return commitment


def test_indicators_stand_with_their_own_status(client: Client, world: Any) -> None:
    assert "Indicator · LAD-COL-901-I1 Residence permits Colombia Not verified Fulfilled" in main_words(
        client.get("/en/search/?q=permits")
    )


def titles(response: Any) -> list[str]:
    """The linked names of the results, in their order, marks taken out."""
    found = re.findall(r'<a class="row-title" href="[^"]*">(.*?)</a>', response.content.decode())
    return [re.sub(r"<[^>]+>", "", title) for title in found]


def test_of_very_many_the_first_have_pages_and_nobody_counts_the_kinds(
    client: Client, world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Results, "most", 2)
    answer = client.get("/en/search/?q=protec")
    assert titles(answer) == ["Temporary protection statute", "Meeting on protection"]
    said = main_words(answer)
    assert "More than 2 results for “protec”" in said
    assert "The first 2 have pages here. Look for more words to reach the others." in said
    assert "All Countries Commitments Indicators Workstreams and working groups" in said
    own = main_words(client.get("/en/search/?q=protec&kind=term"))
    assert "1 result for “protec”" in own
    assert "have pages here" not in own
    assert client.get("/en/search/?q=protec&page=2").status_code == 400


def test_results_stand_with_kind_status_country_and_marks(client: Client, world: Any) -> None:
    answer = client.get("/en/search/?q=protec")
    assert titles(answer) == ["Temporary protection statute", "Meeting on protection", "Refugee"]
    body, said = answer.content.decode(), main_words(answer)
    assert "Temporary <mark>protection</mark> statute" in body
    assert "Somebody with <mark>protection</mark> in another country." in body
    assert "3 results for “protec”" in said
    assert "All 3 Commitments 1 Meetings 1 Glossary 1" in said
    assert "Commitment · LAD-COL-901 Temporary protection statute Colombia · Labor Mobility Fulfilled" in said


def test_a_code_leads_to_its_record_first(client: Client, world: Any) -> None:
    assert titles(client.get("/en/search/?q=LAD-COL-901")) == ["Temporary protection statute", "Residence permits"]
    assert titles(client.get("/en/search/?q=lad col 901 i1")) == ["Residence permits"]


def test_one_kind_alone_can_be_shown(client: Client, world: Any) -> None:
    answer = client.get("/en/search/?q=protec&kind=term")
    assert titles(answer) == ["Refugee"]
    assert "1 result for “protec”" in main_words(answer)
    assert 'href="/en/search/?q=protec&amp;kind=meeting"' in answer.content.decode()


def test_words_in_another_language_are_shown_in_it(client: Client, world: Any) -> None:
    body = client.get("/es/search/?q=statute").content.decode()
    assert '<span lang="en">Temporary protection <mark>statute</mark></span>' in body
    assert "Estatuto temporal de protección" in body
    french = main_words(client.get("/fr/search/?q=protec"))
    assert "3 résultats pour «\u00a0protec\u00a0»".replace("\u00a0", " ") in french.replace("\u00a0", " ")


def test_what_is_stored_stays_text(client: Client, world: Any) -> None:
    body = client.get("/en/search/?q=venezuelans").content.decode()
    assert "<mark>Venezuelans</mark> who &lt;register&gt;" in body


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Beginnings of words are enough"),
        ("?q=", "Beginnings of words are enough"),
        ("?q=%20%20", "Beginnings of words are enough"),
        ("?q='\"*()", "This holds no word to look for"),
        ("?q=zebra", "Nothing on record holds all of these words"),
        ("?q=" + "+".join(f"w{number}" for number in range(30)), "There were too many words"),
    ],
)
def test_what_finds_nothing_is_explained_with_ways_on(client: Client, world: Any, query: str, said: str) -> None:
    answer = client.get(f"/en/search/{query}")
    assert (answer.status_code, said in main_words(answer)) == (200, True)
    assert 'href="/en/commitments/"' in answer.content.decode().split("<main")[1]


WILD = [
    *(
        "'",
        '"',
        "* OR 1=1 --",
        "title_words:x",
        "NEAR(a b)",
        "col:*",
        "<->",
        "\x00",
        "a\x00b",
        "\U0001f600",
        "\u202eevil",
    ),
    *("مرحبا", "<script>alert(1)</script>", "a" * 10_000, "é" * 10_000, "x " * 5_000, "e" + "\u0301" * 50, "\ufffd"),
    *("%", "_", "\\", "\ud800"),
]


@pytest.mark.parametrize("typed", WILD, ids=range(len(WILD)))
@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_that_can_be_typed_is_an_error(client: Client, world: Any, language: str, typed: str) -> None:
    query = typed.encode("utf-8", "surrogatepass")
    answer = client.get(
        f"/{language}/search/", query_params=None, QUERY_STRING="q=" + "".join(f"%{b:02x}" for b in query)
    )
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("query", ["?words=x", "?q=a&q=b", "?q=a&kind=zebra", "?q=protec&page=2", "?q=protec&page=0"])
def test_parameters_that_are_none_are_refused_by_name(client: Client, world: Any, query: str) -> None:
    assert client.get(f"/en/search/{query}").status_code == 400


def test_results_are_in_no_index_and_each_page_leads_to_the_search(client: Client, world: Any) -> None:
    assert '<meta name="robots" content="noindex, follow">' in client.get("/en/search/?q=protec").content.decode()
    for path in ("/en/", "/en/commitments/"):
        body = client.get(path).content.decode()
        assert '<form class="site-search" role="search" action="/en/search/" method="get">' in body
    missing = client.get("/en/nothing-like-it/")
    assert missing.status_code == 404
    assert '<form class="search-form" role="search" action="/en/search/" method="get">' in missing.content.decode()


def test_the_results_of_many_pages_are_numbered(client: Client, cast: Cast) -> None:
    for number in range(27):
        record.commitment(f"LAD-COL-{700 + number}", country=cast.colombia, title_en=f"Zebra {number}")
    first, second = client.get("/en/search/?q=zebra"), client.get("/en/search/?q=zebra&page=2")
    assert [len(titles(first)), len(titles(second))] == [25, 2]
    assert not set(titles(first)) & set(titles(second))


def test_the_register_finds_by_the_same_words(client: Client, world: Any) -> None:
    for typed, count in (("proteccion", 1), ("PROTEC stat", 1), ("lad-col-901", 1), ("rotection", 0), ("***", 0)):
        answer = client.get("/en/commitments/", {"q": typed})
        assert len(titles(answer)) == count, typed
