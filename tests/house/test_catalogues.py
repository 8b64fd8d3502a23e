"""Four languages, none of them half: every text is translated, and in the words of this hemisphere."""

import re
from collections.abc import Iterator

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


def texts(held: Catalog) -> Iterator[tuple[str, str]]:
    """Each message with each of its translations."""
    for message in held:
        if not message.id:
            continue
        singular = message.id if isinstance(message.id, str) else message.id[0]
        for text in message.string if isinstance(message.string, tuple) else (message.string,):
            yield singular, text


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
        if not message.id:
            continue
        forms = message.id if isinstance(message.id, tuple) else (message.id,)
        wanted = {placeholder for form in forms for placeholder in _PLACEHOLDER.findall(form)}
        for text in message.string if isinstance(message.string, tuple) else (message.string,):
            if set(_PLACEHOLDER.findall(text)) - wanted or (
                len(forms) == 1 and set(_PLACEHOLDER.findall(text)) != wanted
            ):
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
    found = [text for _message, text in texts(catalogue(language)) if ELSEWHERE.search(text)]
    assert found == []
