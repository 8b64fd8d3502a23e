"""What a load did: created, changed, left, kept because a person edited it, and kept for later."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """What became of one record of a file."""

    CREATED = "created"
    CHANGED = "changed"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Kept:
    """Values of a record that a person changed since the last load: the person's stay."""

    file: str
    record: str
    part: str
    fields: tuple[str, ...]
    because: str = "edited here"

    def __str__(self) -> str:
        what = ", ".join(self.fields)
        return ": ".join(text for text in (self.file, self.record, self.part, f"kept: {self.because}", what) if text)


@dataclass(slots=True)
class Report:
    """One load, as it is told to the person who ran it."""

    outcomes: dict[str, dict[str, Outcome]] = field(default_factory=dict)
    waiting: dict[tuple[str, str], int] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    #: What a person should look at: files that nobody knows, differences between files, records without a room.
    remarks: list[str] = field(default_factory=list)

    def note(self, file: str, record: str, outcome: Outcome) -> None:
        """Note what became of a record; one that was created, then completed, was created."""
        records = self.outcomes.setdefault(file, {})
        if outcome is not Outcome.LEFT or record not in records:
            records[record] = max(outcome, records.get(record, outcome), key=_WEIGHT.__getitem__)

    def count(self, file: str, outcome: Outcome) -> int:
        """How many records of a file met that outcome."""
        return Counter(self.outcomes.get(file, {}).values())[outcome]

    def total(self, outcome: Outcome) -> int:
        """How many records of all files met that outcome."""
        return sum(self.count(file, outcome) for file in self.outcomes)

    @property
    def changed_anything(self) -> bool:
        """Whether the load wrote at all."""
        return bool(self.total(Outcome.CREATED) or self.total(Outcome.CHANGED))

    def lines(self) -> list[str]:
        """The report as lines of text."""
        told = [f"{file}: {_words(self.count(file, outcome) for outcome in Outcome)}" for file in self.outcomes]
        told += [
            f"{file}: kept for later: {number} {'record' if number == 1 else 'records'}{_of(section)}"
            for (file, section), number in self.waiting.items()
        ]
        told += [str(kept) for kept in self.kept]
        told += self.remarks
        every = _words(self.total(outcome) for outcome in Outcome)
        return [*told, f"all files: {every}, {sum(self.waiting.values())} kept for later"]


_WEIGHT = {Outcome.LEFT: 0, Outcome.CHANGED: 1, Outcome.CREATED: 2}


def _words(counts: Iterable[int]) -> str:
    return ", ".join(f"{count} {outcome}" for count, outcome in zip(counts, Outcome, strict=True))


def _of(section: str) -> str:
    return "" if section == "records" else f" ({section})"
