"""The log of changes as a CSV file: written line by line, never held in memory, never read as a formula."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from commitments.history.log import Logged
from commitments.workspace.audit.subjects import codes
from commitments.workspace.audit.words import changed_columns, names_for, who

COLUMNS = (
    "at", "kind", "record", "code", "change", "changed_columns", "person", "post", "role", "country", "group", "door",
    "why", "public_reason", "request",
)  # fmt: skip
#: What a spreadsheet would read as the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
AT_ONCE = 500


class _Echo:
    """A file that hands back what is written into it."""

    def write(self, text: str) -> str:
        """The line itself."""
        return text


def audit_csv(entries: Iterable[Logged], language: str) -> Iterator[str]:
    """The lines of the file, the names of the columns first. Moments are in UTC."""
    writer: Any = csv.writer(_Echo())
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


def guarded(cell: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _batches(entries: Iterable[Logged]) -> Iterator[list[Logged]]:
    batch: list[Logged] = []
    for entry in entries:
        batch.append(entry)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
