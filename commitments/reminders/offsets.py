"""The one table of when a reminder goes out: days before (−) or after (+) the date it counts from.

Weekly reminders of a late figure or report follow the first one, four at most.
"""

from dataclasses import dataclass

LATE = (1, 8, 15, 22, 29)
EARLY = (-14, -3)


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


def _due_and_late(thing: str) -> tuple[Offset, ...]:
    early = tuple(Offset(f"{thing}_due", days) for days in EARLY)
    return early + tuple(Offset(f"{thing}_late", days) for days in LATE)


def _question(thing: str) -> tuple[Offset, ...]:
    return (Offset(f"{thing}_question", None), Offset(f"{thing}_question", -1))


#: By line: what belongs together, in the order in which it goes out.
OFFSETS: dict[str, tuple[Offset, ...]] = {
    "figure": _due_and_late("figure"),
    "report": _due_and_late("report"),
    "figure_question": _question("figure"),
    "report_question": _question("report"),
    "meeting": (Offset("meeting_soon", -3), Offset("meeting_tomorrow", -1)),
}


def line_of(kind: str) -> str:
    """The line that a kind of message belongs to."""
    return next(line for line, offsets in OFFSETS.items() if any(offset.kind == kind for offset in offsets))
