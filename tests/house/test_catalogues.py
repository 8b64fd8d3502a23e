"""Four languages, none of them half: every text is translated, and in the words of this hemisphere."""

import re

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from django.conf import settings

from tests import repository
from tracker.assets import catalogues, messages

pytestmark = pytest.mark.once
LANGUAGES = sorted(catalogues.PLURALS)
(LOCALE_DIR,) = settings.LOCALE_PATHS
every_language = pytest.mark.parametrize("language", LANGUAGES)
#: Words of Portugal and Spain, and terms that glossary and law avoid here.
ELSEWHERE = re.compile(
    r"\b(ficheiros?|utilizador(es)?|palavras?-passe|ecrã|telemóvel|ficheros?|ordenador(es)?|visados?|vosotros)\b",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def collected() -> Catalog:
    return messages.collect(repository.ROOT)


def catalogue(language: str) -> Catalog:
    return messages.read(catalogues.path_of(language, LOCALE_DIR), language)


def forms(text: object) -> tuple[str, ...]:
    """A message or its translation as its plural forms; one form when it has no plural."""
    return tuple(map(str, text)) if isinstance(text, tuple | list) else (str(text or ""),)


@every_language
def test_every_text_is_translated(language: str, collected: Catalog) -> None:
    held = catalogue(language)
    missing = [
        message.id
        for message in collected
        if message.id
        and not ((found := held.get(message.id, message.context)) and messages.is_translated(found.string))
    ]
    assert missing == []


@every_language
def test_no_translation_is_a_guess_or_a_left_over(language: str, collected: Catalog) -> None:
    held = catalogue(language)
    assert [message.id for message in held if message.id and message.fuzzy] == []
    known = {(str(message.id), message.context) for message in collected}
    assert [message.id for message in held if message.id and (str(message.id), message.context) not in known] == []
    assert held.obsolete == {}


@every_language
def test_placeholders_survive_translation(language: str) -> None:
    broken = []
    for message in catalogue(language):
        wanted = {placeholder for form in forms(message.id) for placeholder in _PLACEHOLDER.findall(form)}
        for text in forms(message.string) if message.id else ():
            said = set(_PLACEHOLDER.findall(text))
            if text and (said - wanted or (isinstance(message.id, str) and said != wanted)):
                broken.append((message.id, text))
    assert broken == []


@every_language
def test_plural_rules_are_those_of_cldr(language: str) -> None:
    header = catalogue(language).plural_forms
    assert header == catalogues.PLURALS[language]
    form, cldr = catalogues.plural_of(header), Locale.parse(language).plural_form
    names = ("one", "many", "other")
    numbers = (0, 1, 2, 5, 1_000_000, 2_000_000)
    assert {number: names[form(number)] for number in numbers} == {number: cldr(number) for number in numbers}


@every_language
def test_no_word_from_across_the_ocean(language: str) -> None:
    found = [text for message in catalogue(language) for text in forms(message.string) if ELSEWHERE.search(text)]
    assert found == []
