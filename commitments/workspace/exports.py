"""The log of changes as a CSV file: written line by line, never held in memory, never read as a formula."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from commitments.formats.cells import Echo, guarded
from commitments.history.log import Logged
from commitments.workspace.audit.subjects import codes
from commitments.workspace.audit.words import changed_columns, names_for, who

COLUMNS = (
    "at", "kind", "record", "code", "change", "changed_columns", "person", "post", "role", "country", "group", "door",
    "why", "public_reason", "request",
)  # fmt: skip
AT_ONCE = 500


def audit_csv(entries: Iterable[Logged], language: str) -> Iterator[str]:
    """The lines of the file, the names of the columns first. Moments are in UTC."""
    writer: Any = csv.writer(Echo())
    yield "\ufeff" + writer.writerow(COLUMNS)
    for together in _batches(entries):
        known, names = codes(together), names_for(together, language)
        for entry in together:
            row = entry.row
            person, post = who(row, names)
            yield writer.writerow(
                [
                    guarded(str(cell))
                    for cell in (
                        row.history_date.isoformat(),
                        entry.place.kind,
                        row.id,
                        known[entry.place.kind, entry.place.number],
                        entry.change.name.lower(),
                        " ".join(changed_columns(entry)),
                        person,
                        post,
                        row.actor_role,
                        row.actor_country,
                        row.actor_group,
                        row.door,
                        row.history_change_reason or "",
                        row.public_reason,
                        row.request_id,
                    )
                ]
            )


def _batches(entries: Iterable[Logged]) -> Iterator[list[Logged]]:
    batch: list[Logged] = []
    for entry in entries:
        batch.append(entry)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
