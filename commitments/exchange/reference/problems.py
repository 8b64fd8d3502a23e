"""What is wrong with a file, said so that a person finds the place: file, record, field, reason."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where."""

    file: str
    record: str
    field: str
    reason: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.record, self.field, self.reason) if part)


class BrokenFilesError(Exception):
    """The files are refused as a whole; nothing of them was loaded."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Spot:
    """A place inside a file, and the list on which what is wrong there is noted."""

    file: str
    problems: list[Problem]
    record: str = ""
    field: str = ""

    def within(self, name: str | int) -> "Spot":
        """The place of a part: "source.url", "measurements[2]"."""
        part = f"[{name}]" if isinstance(name, int) else f".{name}" if self.field else name
        return Spot(self.file, self.problems, self.record, self.field + part)

    def of(self, record: str) -> "Spot":
        """The place of one record."""
        return Spot(self.file, self.problems, record, "")

    def refuse(self, reason: str) -> None:
        """Note that something is wrong here."""
        self.problems.append(Problem(self.file, self.record, self.field, reason))
