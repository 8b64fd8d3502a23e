"""The words of the shipped record that pages show say nothing of how the program keeps or draws it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.commitments.exchange import record_files

JSON = (
    *("countries", "workstreams", "working_groups", "mechanisms"),
    *("commitments", "indicators", "meetings", "governance", "terms"),
)


def texts(value: Any) -> Iterator[str]:
    """Every text of a file, without what the file says of itself."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(inner) if name != "about" else ()
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("name", JSON)
def test_no_text_speaks_of_the_program(name: str) -> None:
    found = list(texts(record_files.document(f"{name}.json")))
    assert len(found) > 20
    assert [text for text in found if re.search(r"\w\.(md|json|csv|py)\b|\btile\b", text)] == []


def in_french(value: Any) -> Iterator[str]:
    """The French words of a file."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(inner) if name == "fr" or name.endswith("_fr") else in_french(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from in_french(inner)


@pytest.mark.parametrize("name", JSON)
def test_french_words_have_the_apostrophe_of_print(name: str) -> None:
    found = list(in_french(record_files.document(f"{name}.json")))
    assert [text for text in found if re.search(r"\w'\w", text)] == []
