"""The glossary: every word in the reader's alphabet, and no more agreement than the record shows."""

import re

import pytest
from django.test import Client

from commitments.formats.collation import first_letter
from tests.pages import main_words


def letters(client: Client, language: str) -> list[str]:
    body = client.get(f"/{language}/glossary/").content.decode()
    return re.findall(r"<h2>(\w)</h2>", body)


@pytest.mark.usefixtures("real_record")
def test_words_stand_in_the_alphabet_of_the_reader(client: Client) -> None:
    assert letters(client, "en") == ["A", "C", "I", "L", "M", "O", "P", "R", "S", "V", "W"]
    assert letters(client, "fr") == ["A", "C", "D", "E", "F", "I", "N", "O", "P", "R", "S", "V"]
    assert "28 words. 15 have no agreed definition yet." in main_words(client.get("/en/glossary/"))


def test_letters_as_each_alphabet_has_them() -> None:
    names = [("Équateur", "fr"), ("Niñas", "es"), ("Ñandú", "es"), ("Ñandú", "en"), ("“Agreed”", "en"), ("", "en")]
    assert [first_letter(*name) for name in names] == ["E", "N", "Ñ", "N", "A", ""]


@pytest.mark.usefixtures("real_record")
def test_a_word_says_that_nothing_is_agreed_and_why_it_stands_here(client: Client) -> None:
    text = main_words(client.get("/en/glossary/integration/"))
    assert "No agreed definition yet. Once the countries agree on one, it stands here with its source." in text
    assert "Countries should agree how they put it into practice." in text
    assert "Policy paper of 2023: recommendation 3, second bullet" in text
    for word in ("Integration", "Integración", "Integração", "Intégration"):
        assert word in text


@pytest.mark.usefixtures("real_record")
def test_why_a_word_stands_here_is_said_in_the_language_of_the_page(client: Client) -> None:
    body = client.get("/es/glossary/integration/").content.decode()
    assert "Los países deberían acordar cómo ponerlo en práctica." in body
    assert "Countries should agree" not in body
    for language, words in (("pt", "Os países deveriam acordar"), ("fr", "Les pays devraient s’accorder")):
        assert words in client.get(f"/{language}/glossary/integration/").content.decode()


@pytest.mark.usefixtures("real_record")
def test_a_definition_of_international_law_is_not_called_agreed(client: Client) -> None:
    text = main_words(client.get("/en/glossary/refugee/"))
    assert "The record shows no definition agreed under the Declaration." in text
    assert "owing to well-founded fear of being persecuted" in text
    assert "Convention relating to the Status of Refugees United Nations 28 July 1951 English" in text
    spanish = client.get("/es/glossary/refugee/").content.decode()
    assert '<span lang="en">Any person who, owing to well-founded fear' in spanish
    assert '<span class="language-label">(inglés)</span>' in spanish


@pytest.mark.usefixtures("real_record")
def test_a_word_leads_to_where_it_is_used(client: Client) -> None:
    body = client.get("/es/glossary/pillar-2-objectives/").content.decode()
    assert 'href="/es/pillars/2/"' in body
    assert 'href="/es/commitments/?mechanism=lad&amp;pillar=2"' in body
    assert "commitments/?q=" not in body
    assert 'href="/es/glossary/pillar-2-objectives/"' in client.get("/es/pillars/2/").content.decode()
    body = client.get("/es/glossary/regularization/").content.decode()
    assert 'href="/es/commitments/?q=Regularizaci%C3%B3n"' in body
    assert 'href="/es/commitments/?q=Regularization"' in body
