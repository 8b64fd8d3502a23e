"""When a reminder goes out: days before (−) or after (+) the date it counts from, as the office decided.

Weekly reminders of a late figure or report follow the first one, four at most, unless decided otherwise.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from commitments.mechanisms.models import OfficeSettings

LATE = (1, 8, 15, 22, 29)
EARLY = (-14, -3)
MEETING = (-3, -1)


@dataclass(frozen=True, slots=True)
class Offset:
    """One reminder of a line: its kind of message, and how many days from the due date. None: at once."""

    kind: str
    days: int | None

    @property
    def is_at_once(self) -> bool:
        """Whether it goes out when the thing happens, not on a day counted from a date."""
        return self.days is None

    @property
    def is_late(self) -> bool:
        """Whether it speaks of a date that has passed."""
        return self.days is not None and self.days > 0


#: The offsets of each line, in the order in which they go out.
Table = Mapping[str, tuple[Offset, ...]]


def table(early: Iterable[int], late: Iterable[int], meeting: Iterable[int]) -> Table:
    """All lines with these days: before (−) and after a date that something is due, before a meeting."""

    def due(thing: str) -> tuple[Offset, ...]:
        before = tuple(Offset(f"{thing}_due", days) for days in sorted(early))
        return before + tuple(Offset(f"{thing}_late", days) for days in sorted(late))

    def question(thing: str) -> tuple[Offset, ...]:
        return (Offset(f"{thing}_question", None), Offset(f"{thing}_question", -1))

    early, late = list(early), list(late)
    return {
        "figure": due("figure"),
        "report": due("report"),
        "figure_question": question("figure"),
        "report_question": question("report"),
        "meeting": tuple(
            Offset("meeting_tomorrow" if days == -1 else "meeting_soon", days) for days in sorted(meeting)
        ),
    }


#: By line: what belongs together, while nothing else is decided.
OFFSETS = table(EARLY, LATE, MEETING)


@dataclass(frozen=True, slots=True)
class Schedule:
    """The tables of offsets by the day from which each holds, in order; the first holds from ever."""

    tables: tuple[tuple[date, Table], ...]

    def offsets(self, line: str) -> list[Offset]:
        """Every offset that a line has on some day, in the order in which they go out."""
        every = {offset for _first, held in self.tables for offset in held[line]}
        return sorted(every, key=lambda offset: (offset.days is not None, offset.days or 0))

    def holds(self, line: str, offset: Offset, day: date) -> bool:
        """Whether a line has this offset on the day on which it goes out."""
        in_force = next(held for first, held in reversed(self.tables) if first <= day)
        return offset in in_force[line]


DEFAULT = Schedule(((date.min, OFFSETS),))


def schedule_of(settings: Iterable[OfficeSettings]) -> Schedule:
    """The offsets that the office decided, in the order in which they begin; the first of them holds from ever."""
    tables = [
        (
            row.valid_from,
            table(
                [-days for days in row.early_reminders],
                row.late_reminders,
                [-days for days in row.meeting_reminders],
            ),
        )
        for row in settings
    ]
    return Schedule(((date.min, tables[0][1]), *tables[1:])) if tables else DEFAULT


def line_of(kind: str) -> str:
    """The line that a kind of message belongs to."""
    return next(line for line, offsets in OFFSETS.items() if any(offset.kind == kind for offset in offsets))
