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
