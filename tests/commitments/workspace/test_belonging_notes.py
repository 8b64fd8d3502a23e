"""A note on an adherence or a presidency: kept by the secretariat, shown in its own language, changed with a reason."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.formats.language import HTML_LANG
from commitments.history import actions as history
from commitments.mechanisms.models import Adherence, Presidency
from tests.cast import NOON, STAGE, Cast
from tests.commitments.workspace.test_mechanisms import HOME, WHY, as_person, chairing, endorsing, serving, typed
from tests.pages import main_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as travelling:
        yield travelling


def public(address: str) -> Any:
    return Client().get(address)


def test_a_note_is_recorded_shown_changed_and_told(cast: Cast) -> None:
    office = as_person(cast.secretary)
    new = typed(country=cast.colombia.pk, kind="endorsing", since="2022-06-10", note="Firmada en Lima.")
    assert office.post(HOME.replace("/en/", "/es/") + "adherences/new/", new).status_code == 302
    row = Adherence.objects.get()
    assert (row.reason, row.note_language) == ("Firmada en Lima.", "es")
    assert f'<span lang="{HTML_LANG["es"]}">Firmada en Lima.</span>' in public("/en/membership/").content.decode()
    assert "Firmada en Lima. (Spanish)" in main_words(public("/en/membership/"))
    assert "Firmada en Lima. (" not in main_words(public("/es/membership/"))
    assert "Firmada en Lima. (Spanish)" in main_words(office.get(HOME))

    url = f"{HOME}adherences/{row.pk}/change/"
    page = office.get(url)
    assert f'lang="{HTML_LANG["es"]}"' in str(page.context["form"]["note"])
    assert "It is in another language. If you change it, write in that of this page." in main_words(page)
    same = typed(kind="endorsing", since="2022-06-10", note="Firmada en Lima.", version=1)
    assert office.post(url, same | WHY).status_code == 302
    row.refresh_from_db()
    assert (row.version, row.note_language) == (1, "es"), "a note that stays as it is stays in its language"
    other = same | {"note": "Signed in Lima, on the second day."}
    assert "Say why; the reason is public" in main_words(office.post(url, other))
    assert office.post(url, other | WHY).status_code == 302
    row.refresh_from_db()
    assert (row.reason, row.note_language) == ("Signed in Lima, on the second day.", "en")
    told = main_words(public("/en/mechanisms/lad/history/"))
    assert "Note was Firmada en Lima. → now Signed in Lima, on the second day." in told
    assert "Reason: As the note says." in told
    assert office.post(url, other | WHY | {"note": "", "version": "2"}).status_code == 302
    row.refresh_from_db()
    assert (row.reason, row.note_language) == ("", "")


def test_a_note_on_a_presidency(cast: Cast) -> None:
    row, office = chairing(cast, "2024-09-25"), as_person(cast.secretary)
    url = f"/pt/workspace/mechanisms/lad/presidencies/{row.pk}/change/"
    change = typed(since="2024-09-25", note="Assumida em Brasília.", version=1)
    assert office.post(url, change | WHY).status_code == 302
    assert Presidency.objects.get().note_language == "pt"
    assert "Assumida em Brasília. (Portuguese)" in main_words(public("/en/mechanisms/lad/"))
    told = main_words(public("/en/mechanisms/lad/history/"))
    assert "Note Assumida em Brasília. (Portuguese) Reason: As the note says." in told


def test_a_note_of_the_files_is_in_english_and_stays_through_an_end(cast: Cast) -> None:
    row = history.change(endorsing(cast, since="2022-06-10"), by=STAGE, at=NOON, reason="Figure 1 says otherwise.")
    assert "Figure 1 says otherwise. (inglés)" in main_words(public("/es/membership/"))
    end = {"until": "2026-11-01", "until_precision": "day", "version": "2", **WHY}
    assert as_person(cast.secretary).post(f"{HOME}adherences/{row.pk}/end/", end).status_code == 302
    row.refresh_from_db()
    assert (row.reason, row.note_language) == ("Figure 1 says otherwise.", "")


def test_two_who_write_a_note_see_both_and_lose_nothing(cast: Cast) -> None:
    row = endorsing(cast, since="2022-06-10")
    url = f"{HOME}adherences/{row.pk}/change/"
    fields = typed(kind="endorsing", since="2022-06-10", version=1, **WHY)
    assert as_person(cast.second_secretary).post(url, fields | {"note": "Theirs."}).status_code == 302
    clash = as_person(cast.secretary).post(url.replace("/en/", "/fr/"), fields | {"note": "La mienne."})
    assert clash.status_code == 409
    told = main_words(clash)
    assert "Theirs." in told
    assert "La mienne." in told
    assert "language" not in told
    assert "langue" not in told


def test_what_may_be_about_a_person_in_a_note_is_looked_at_first(cast: Cast) -> None:
    new = typed(country=cast.colombia.pk, kind="endorsing", note="Ask ana@example.org")
    page = as_person(cast.secretary).post(f"{HOME}adherences/new/", new)
    assert "(ana@example.org)" in page.content.decode()
    assert Adherence.objects.count() == 0


def test_who_serves_has_no_note_of_the_office(cast: Cast) -> None:
    row = serving(cast, since="2022-06-10")
    page = as_person(cast.secretary).get(f"{HOME}secretariats/{row.pk}/change/")
    assert "note" not in page.context["form"].fields
