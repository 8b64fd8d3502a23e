"""Sources: each document is stored once, however many records rest on it.

A source is known by all that the files say of it, so that two files which describe one page differently both keep
their word.
"""

from collections.abc import Mapping
from typing import Any

from commitments.exchange.reference.ledger import LOADER, Ledger
from commitments.sources.models import Source

COLUMNS = ("title", "url", "publisher", "published", "language", "other_languages", "note")
Told = tuple[Any, ...]


class SourceShelf:
    """The stored sources by what the files say of them."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        rows = {row.pk: row for row in Source.objects.filter(is_example=False).order_by("pk")}
        self._ids: dict[Told, int] = {_told(row): row.pk for row in rows.values()}
        self._edited: dict[Told, Source] = {}
        for past in _first_told(rows):
            row = rows[past["id"]]
            told = _told_values(past)
            if told not in self._ids:
                self._edited[told] = row

    def cite(self, source: dict[str, Any] | None) -> int | None:
        """The id of a source as a file describes it; None where the file names none."""
        if source is None:
            return None
        values = _columns(source)
        told = _told_values(values)
        if told in self._ids:
            return self._ids[told]
        if told in self._edited:
            row = self._edited[told]
            fields = tuple(name for name in COLUMNS if getattr(row, name) != values[name])
            self._ledger.keep(f"source {row.pk}", fields)
            return row.pk
        row = self._ledger.create(Source(**values))
        self._ids[told] = row.pk
        return row.pk


def _first_told(rows: Mapping[int, Source]) -> list[dict[str, Any]]:
    """What the loader wrote first of each source that is still there."""
    past = Source.history.filter(request_id=LOADER, history_type="+").values("id", *COLUMNS)
    return [told for told in past if told["id"] in rows]


def _columns(source: dict[str, Any]) -> dict[str, Any]:
    texts = {name: source.get(name) or "" for name in COLUMNS if name != "other_languages"}
    return {**texts, "other_languages": source.get("other_languages") or {}}


def _told(row: Source) -> Told:
    return _told_values({name: getattr(row, name) for name in COLUMNS})


def _told_values(values: dict[str, Any]) -> Told:
    languages = tuple(sorted(values["other_languages"].items()))
    return (*(values[name] for name in COLUMNS if name != "other_languages"), languages)
