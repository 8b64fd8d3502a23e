"""What changed on the site itself: dated notes in four languages."""

import pytest
from django.test import Client

from commitments.public.wording.releases import NOTES
from tests.pages import main_words

pytestmark = pytest.mark.django_db
FIRST = {
    "en": "24 November 2026 The record of commitments was opened in four languages",
    "es": "24 de noviembre de 2026 El registro de compromisos se abrió en cuatro idiomas",
    "pt": "24 de novembro de 2026 O registro de compromissos foi aberto em quatro idiomas",
    "fr": "24 novembre 2026 Le registre des engagements a été ouvert en quatre langues",
}


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_every_note_stands_under_its_day_in_the_language_of_the_page(language: str) -> None:
    said = main_words(Client().get(f"/{language}/about/changes/"))
    assert FIRST[language] in said


def test_the_newest_stands_first_and_each_day_once() -> None:
    days = [note.on for note in NOTES]
    assert days == sorted(set(days), reverse=True)


@pytest.mark.parametrize("page", ["about/", ""])
def test_the_page_is_found_from_about_and_from_the_foot_of_every_page(page: str) -> None:
    assert 'href="/en/about/changes/"' in Client().get(f"/en/{page}").content.decode()
