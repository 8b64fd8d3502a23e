"""Glossary, membership and service pages without the record: each state of a word, empty pages, no number made up."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.test.utils import override_settings

from commitments.glossary.models import Term
from commitments.history import actions
from tests.cast import NOON, STAGE, Cast
from tests.factories import record
from tests.pages import main_words


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("agreement", "said"),
    [
        ("agreed", "The countries of the Declaration agreed on this definition."),
        ("under_discussion", "The countries of the Declaration are discussing this definition. It is not agreed."),
        ("one_mechanism", "One mechanism uses this definition."),
    ],
)
def test_each_status_has_its_words(client: Client, cast: Cast, agreement: str, said: str) -> None:
    row = record.term("asylum", definition_en="A place of safety.", definition_source=record.source())
    assert "No agreed definition yet" in main_words(client.get("/en/glossary/asylum/"))
    actions.change(row, by=STAGE, at=NOON, agreement=agreement, mechanism=cast.declaration)
    text = main_words(client.get("/en/glossary/asylum/"))
    assert said in text
    assert str(row.get_agreement_display()) in text
    assert str(row.get_agreement_display()) in main_words(client.get("/en/glossary/"))


@pytest.mark.django_db
def test_without_a_word_the_page_says_what_will_stand_there(client: Client) -> None:
    text = main_words(client.get("/en/glossary/"))
    assert "No word is on record yet." in text
    assert "words." not in text


@pytest.mark.django_db
def test_a_word_in_one_language_says_what_is_not_translated(client: Client) -> None:
    record.term("asylum", name_en="Asylum", sentence_en="A place of safety.")
    body = client.get("/fr/glossary/asylum/").content.decode()
    assert '<span lang="en">A place of safety.</span> <span class="language-label">(anglais)</span>' in body
    assert body.count("pas encore traduit") == 6


@pytest.mark.django_db
def test_a_word_used_by_one_mechanism_names_it() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        record.term("asylum", agreement="one_mechanism")
    assert Term.objects.count() == 0


@pytest.mark.django_db
def test_an_empty_record_has_a_page(client: Client) -> None:
    text = main_words(client.get("/en/membership/"))
    assert "No endorsing country is on record yet." in text
    assert "No country is on record as an observer." in text


@pytest.mark.django_db
def test_privacy_says_what_the_code_keeps(client: Client) -> None:
    text = main_words(client.get("/en/privacy/"))
    assert "one that knows your session: 12 hours at most" in text
    assert "one that protects forms: 52 weeks;" in text
    assert "Drafts that nobody touches: 90 days." in text
    assert "Marks of forms that were sent: 30 days." in text
    assert "Files that never belonged to anything: 30 days." in text


@pytest.mark.django_db
def test_contact_gives_the_address_of_the_office_and_no_other(client: Client) -> None:
    with override_settings(DEFAULT_FROM_EMAIL="Secretariat <office@declaration.example>"):
        assert "office@declaration.example" in main_words(client.get("/en/contact/"))
    with override_settings(DEFAULT_FROM_EMAIL=""):
        text = main_words(client.get("/en/contact/"))
    assert "No address of the secretariat is set on this site yet." in text
    assert "@" not in text
