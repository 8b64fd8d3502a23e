"""Translations of what is public: which are missing or behind their original, and the page beside the original."""

import re
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.history import actions as history
from commitments.history.actions import EditedMeanwhileError
from commitments.history.models import TextState
from commitments.mechanisms.models import OfficeSettings
from commitments.register.models import Commitment
from commitments.working_groups.models import Pillar, Theme
from commitments.workspace.languages import NAMED, wanted
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
LIST = "/en/workspace/texts/"
BEHIND = "Translated from an earlier version: the original has changed since."


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def commitment(cast: Cast) -> Commitment:
    """In English and in Spanish, with a summary in English alone; the office works in these two."""
    history.create(OfficeSettings(valid_from=TODAY, languages=["en", "es"]), by=STAGE, at=NOON)
    row = record.commitment(country=cast.colombia, title_en="Open offices", title_es="Abrir oficinas")
    texts = {"title_pt": "", "title_fr": "", "summary_en": "Two offices.", "summary_es": ""}
    return history.change(row, by=STAGE, at=NOON, **texts)


def as_person(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(row: Any, language: str = "es") -> str:
    return f"{LIST}{row._meta.model_name}/{row.pk}/{language}/"


def states(row: Any) -> dict[tuple[str, str], str]:
    rows = TextState.objects.filter(model=row._meta.model_name, record_id=row.pk)
    return {(state.field, state.language): state.state for state in rows}


def change(row: Any, **texts: str) -> None:
    history.change(row, by=STAGE, at=NOON, **texts)


# -- what is kept with a change ----------------------------------------------------------------------------------------


def test_a_translation_is_behind_once_its_original_changes_without_it(commitment: Commitment) -> None:
    assert states(commitment) == {}
    change(commitment, title_en="Open three offices")
    assert states(commitment) == {("title", "es"): "outdated"}
    change(commitment, title_es="Abrir tres oficinas")
    assert states(commitment) == {("title", "es"): "reviewed"}
    change(commitment, title_en="Open four offices", title_es="Abrir cuatro oficinas")
    assert states(commitment) == {("title", "es"): "reviewed"}
    change(commitment, title_en="Open five offices")
    change(commitment, title_es="")
    assert states(commitment) == {}


def test_the_language_it_was_written_in_stays_the_original(cast: Cast) -> None:
    row = record.commitment(country=cast.colombia, title_en="", title_es="Abrir oficinas")
    change(row, title_en="Open offices")
    assert states(row) == {("title", "es"): "original", ("title", "en"): "reviewed"}
    change(row, title_es="Abrir tres oficinas")
    assert states(row) == {("title", "es"): "original", ("title", "en"): "outdated"}


def test_other_changes_ask_nothing_of_the_database(commitment: Commitment) -> None:
    with CaptureQueriesContext(connection) as asked:
        change(commitment, made_at="Bogotá")
    assert not [query for query in asked if "textstate" in query["sql"]]


# -- the list ----------------------------------------------------------------------------------------------------------


def test_the_list_says_what_is_missing_and_what_is_outdated(cast: Cast, commitment: Commitment) -> None:
    change(commitment, title_en="Open three offices")
    url = f"{LIST}?kind=commitment"
    page = main_words(as_person(cast.secretary).get(url))
    assert (
        "Open three offices Commitment · LAD-COL-901 Spanish : Open three offices 1 missing, 1 outdated"
        in page.replace("Spanish: ", "Spanish : ")
    )
    assert "1 record to translate" in page


def test_filters_narrow_the_list(cast: Cast, commitment: Commitment) -> None:
    change(commitment, title_en="Open three offices")
    indicator = record.indicator(commitment)
    office = as_person(cast.secretary)

    def shows(query: str, row: Any) -> bool:
        return address(row) in office.get(f"{LIST}?{query}").content.decode()

    assert [shows(query, commitment) for query in ("", "state=outdated", "state=missing", "language=es")] == [True] * 4
    assert [shows(query, indicator) for query in ("", "state=outdated", "state=missing", "country=COL")] == [
        True, False, True, True,
    ]  # fmt: skip
    assert [shows("country=CAN", row) for row in (commitment, indicator)] == [False, False]
    assert [shows("kind=indicator", row) for row in (commitment, indicator)] == [False, True]
    assert office.get(f"{LIST}?language=xx").status_code == 400
    assert office.get(f"{LIST}?unknown=1").status_code == 400
    assert office.get(f"{LIST}?page=99").status_code == 400


def test_nothing_that_is_not_public_stands_in_the_list(cast: Cast, commitment: Commitment) -> None:
    draft = record.commitment("LAD-COL-902", country=cast.colombia, life_cycle="draft")
    proposal = record.indicator(commitment, 2, state="sent")
    kept = {(kind, pk) for _place, kind, pk in wanted(["en", "es"])}
    assert ("commitment", commitment.pk) in kept
    assert ("commitment", draft.pk) not in kept
    assert ("indicator", proposal.pk) not in kept
    office = as_person(cast.secretary)
    assert [office.get(address(row)).status_code for row in (draft, proposal)] == [404, 404]


def test_the_list_costs_the_same_with_one_and_with_three(cast: Cast, commitment: Commitment) -> None:
    office = as_person(cast.secretary)
    url = f"{LIST}?kind=commitment"
    counts = []
    for more in ([], ["LAD-COL-902", "LAD-COL-903"]):
        for code in more:
            record.commitment(code, country=cast.colombia, title_es="")
        office.get(url)
        with CaptureQueriesContext(connection) as asked:
            page = office.get(url)
        counts.append((len(asked), page.content.decode().count("row-title")))
    assert [shown for _asked, shown in counts] == [1, 3]
    assert counts[0][0] == counts[1][0]


def test_all_kinds_are_asked_in_one_go(cast: Cast, commitment: Commitment) -> None:
    with CaptureQueriesContext(connection) as asked:
        list(wanted(["en", "es", "pt", "fr"])[:25])
    assert len(asked) == 1
    said = ["commitment", "indicator", "milestone", "workinggroup", "term", "meeting", "reportingcycle"]
    assert list(NAMED) == [*said, "country", "organization", "mechanism", "pillar", "theme"]


# -- the page beside the original --------------------------------------------------------------------------------------


def test_a_record_is_translated_beside_its_original(cast: Cast, commitment: Commitment) -> None:
    change(commitment, title_en="Open three offices")
    public = f"/es/commitments/{commitment.code}/"
    office = as_person(cast.secretary)
    page = main_words(office.get(address(commitment)))
    assert "Title (English) Open three offices" in page
    assert "Summary (English) Two offices." in page
    assert "Translated from an earlier version: the original changed after it." in page
    assert "Traducido de una versión anterior" in Client().get(public).content.decode()
    typed = {
        "title": "Abrir tres oficinas",
        "summary": "Dos oficinas.",
        "version": str(commitment.version),
        "why": "By Ana",
    }
    assert office.post(address(commitment), typed).status_code == 302
    commitment.refresh_from_db()
    assert (commitment.title_es, commitment.summary_es, commitment.title_en) == (
        "Abrir tres oficinas", "Dos oficinas.", "Open three offices",
    )  # fmt: skip
    assert states(commitment) == {("title", "es"): "reviewed", ("summary", "es"): "reviewed"}
    shown = Client().get(public).content.decode()
    assert "Dos oficinas." in shown
    assert "Traducido de una versión anterior" not in shown
    last = Commitment.history.filter(id=commitment.pk).latest()
    assert (last.history_change_reason, last.history_user_id) == ("By Ana", cast.secretary.pk)
    assert address(commitment) not in office.get(LIST).content.decode()


def test_what_still_fits_is_saved_as_it_is(cast: Cast, commitment: Commitment) -> None:
    change(commitment, title_en="Open offices!")
    typed = {"title": "Abrir oficinas", "summary": "", "version": str(commitment.version)}
    assert as_person(cast.secretary).post(address(commitment), typed).status_code == 302
    assert states(commitment) == {("title", "es"): "reviewed"}
    commitment.refresh_from_db()
    assert commitment.summary_es == ""


def test_the_original_is_not_edited_here(cast: Cast, commitment: Commitment) -> None:
    office = as_person(cast.secretary)
    assert office.get(address(commitment, "en")).status_code == 404
    assert office.get(address(commitment, "xx")).status_code == 404
    with pytest.raises(ValueError, match="it is no translation"):
        history.translate(
            commitment, {"title": "X"}, language="en", by=STAGE, at=NOON, why="", version=commitment.version
        )


def test_who_comes_second_sees_both_versions(cast: Cast, commitment: Commitment) -> None:
    read = commitment.version
    change(commitment, title_es="Abrir las oficinas", title_en="Open the offices")
    typed = {"title": "Abrir unas oficinas", "summary": "", "version": str(read)}
    answer = as_person(cast.secretary).post(address(commitment), typed)
    assert answer.status_code == 409
    text = main_words(answer)
    assert "Abrir las oficinas" in text
    assert "Abrir unas oficinas" in text
    commitment.refresh_from_db()
    assert commitment.title_es == "Abrir las oficinas"
    with pytest.raises(EditedMeanwhileError):
        history.translate(
            commitment, {"title": "Abrir las oficinas"}, language="es", by=STAGE, at=NOON, why="", version=read
        )


def kept(answer: Any) -> dict[str, str]:
    """What the page of both versions sends on."""
    form = answer.content.decode().split('class="spaced"', 1)[1]
    texts = re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', form)
    return {**dict(texts), "version": re.findall(r'name="version" value="(\d+)"', form)[0]}


def test_what_one_left_alone_stays_as_the_other_wrote_it(cast: Cast, commitment: Commitment) -> None:
    typed = {"title": "Abrir unas oficinas", "summary": "", "version": str(commitment.version)}
    change(commitment, summary_es="Dos oficinas.")
    office = as_person(cast.secretary)
    clash = office.post(address(commitment), typed)
    assert clash.status_code == 409
    assert "As it stands now Dos oficinas. You did not change it It stays as it stands now." in main_words(clash)
    assert office.post(address(commitment), kept(clash)).status_code == 302
    commitment.refresh_from_db()
    assert (commitment.title_es, commitment.summary_es) == ("Abrir unas oficinas", "Dos oficinas.")


def test_who_translates_sees_that_the_original_changed_in_the_meantime(cast: Cast, commitment: Commitment) -> None:
    typed = {"title": "Abrir unas oficinas", "summary": "", "version": str(commitment.version)}
    change(commitment, title_en="Open three offices")
    office = as_person(cast.secretary)
    clash = office.post(address(commitment), typed)
    assert clash.status_code == 409
    text = main_words(clash)
    assert "Title (English) When you opened it Open offices As it stands now Open three offices You did not" in text
    assert "Summary" not in text
    assert office.post(address(commitment), kept(clash)).status_code == 302
    assert states(commitment) == {("title", "es"): "reviewed"}


def test_after_a_translation_the_list_is_narrowed_as_before(cast: Cast, commitment: Commitment) -> None:
    office, query = as_person(cast.secretary), "?language=es&kind=commitment&state=missing"
    assert f"{address(commitment)}?language=es&amp;kind=commitment" in office.get(LIST + query).content.decode()
    here = f"{address(commitment)}{query}&page=1"
    assert f'href="{LIST}?language=es&amp;kind=commitment&amp;state=missing"' in office.get(here).content.decode()
    typed = {"title": "Abrir oficinas", "summary": "Dos oficinas.", "version": str(commitment.version)}
    assert office.post(here, typed).url == LIST + query


def test_nothing_written_is_not_called_saved(cast: Cast) -> None:
    row = record.commitment(country=cast.colombia, title_en="Open offices")
    office, typed = as_person(cast.secretary), {"title": "", "summary": "", "version": str(row.version)}
    told = main_words(office.post(address(row, "fr"), typed, follow=True))
    assert "Nothing was written, so nothing was changed." in told
    assert "Saved." not in told


def test_of_a_record_the_languages_that_were_asked_for_alone_are_listed(cast: Cast, commitment: Commitment) -> None:
    change(commitment, title_pt="Abrir escritórios", title_en="Open three offices")
    settings = OfficeSettings.objects.get()
    history.change(settings, by=STAGE, at=NOON, languages=["en", "es", "pt", "fr"])
    office = as_person(cast.secretary)

    def listed(query: str) -> list[str]:
        page = office.get(f"{LIST}?kind=commitment&{query}").content.decode()
        return [code for code in ("es", "pt", "fr") if address(commitment, code) in page]

    assert [listed(query) for query in ("", "state=outdated", "state=missing")] == [
        ["es", "pt", "fr"], ["es"], ["es", "pt", "fr"],
    ]  # fmt: skip


def test_what_may_be_about_a_person_is_looked_at_first(cast: Cast, commitment: Commitment) -> None:
    typed = {"title": "Abrir", "summary": "Ana, ana@example.org", "version": str(commitment.version)}
    office = as_person(cast.secretary)
    assert "an e-mail address (ana@example.org)" in main_words(office.post(address(commitment), typed))
    assert office.post(address(commitment), {**typed, "looked": "on"}).status_code == 302


@pytest.mark.parametrize("who", ["focal_colombia", "lead_labour", "reader", "outsider", "administrator"])
def test_nobody_but_the_secretariat_translates(cast: Cast, commitment: Commitment, who: str) -> None:
    person = as_person(getattr(cast, who))
    typed = {"title": "Abrir", "summary": "", "version": str(commitment.version)}
    assert [person.get(LIST).status_code, person.post(address(commitment), typed).status_code] == [403, 403]


def test_the_public_page_says_that_a_translation_is_behind(commitment: Commitment) -> None:
    pages = [f"/{language}/commitments/{commitment.code}/" for language in ("en", "es")]
    assert [("versión anterior" in Client().get(url).content.decode()) for url in pages] == [False, False]
    change(commitment, title_en="Open three offices")
    assert BEHIND not in Client().get(pages[0]).content.decode()
    assert (
        "Traducido de una versión anterior: el original cambió desde entonces."
        in Client().get(pages[1]).content.decode()
    )


def test_names_of_countries_mechanisms_pillars_and_themes_are_translated_too(
    cast: Cast, commitment: Commitment
) -> None:
    mechanism = cast.declaration
    pillar = history.create(
        Pillar(mechanism=mechanism, number=7, code="P7", name_en="Calm seas", purpose_en="Keep calm."),
        by=STAGE,
        at=NOON,
    )
    theme = history.create(Theme(code="boats", name_en="Boats"), by=STAGE, at=NOON)
    for row, name in ((cast.colombia, "Colombia land"), (mechanism, "Declaration of old"), (pillar, ""), (theme, "")):
        change(row, name_es="", **({"name_en": name} if name else {}))
    said = main_words(as_person(cast.secretary).get(LIST))
    assert [name for name in ("Colombia land", "Declaration of old", "Calm seas", "Boats") if name not in said] == []
    for row in (cast.colombia, mechanism, pillar, theme):
        page = as_person(cast.secretary).get(address(row))
        assert page.status_code == 200, row._meta.model_name
        row.refresh_from_db()
        texts = {"name": "Nuevo nombre", "why": "", "version": row.version}
        texts |= {"purpose": "Mantener la calma."} if row is pillar else {}
        answer = as_person(cast.secretary).post(address(row), texts)
        assert answer.status_code == 302, row._meta.model_name
        row.refresh_from_db()
        assert row.name_es == "Nuevo nombre"
    assert "Nuevo nombre" in main_words(Client().get("/es/countries/COL/"))
    assert "Calm seas" not in main_words(as_person(cast.secretary).get(LIST))


def test_the_list_of_one_country_holds_its_own_name(cast: Cast, commitment: Commitment) -> None:
    for row in (cast.colombia, cast.canada):
        change(row, name_en=f"The land {row.iso3}", name_es="")
    rows = list(wanted(["es"], kinds=["country"], country_id=cast.colombia.pk))
    assert [row[-1] for row in rows] == [cast.colombia.pk]
    assert "The land COL Country Spanish" in main_words(as_person(cast.secretary).get(f"{LIST}?country=COL"))
