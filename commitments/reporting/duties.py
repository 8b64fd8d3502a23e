"""What a task is: a sentence that begins with a verb, why, until when, and one button; and the list of them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from commitments.formats.dates import short_date
from commitments.formats.language import Text

SOON = 14  # days within which a task is "Due soon"


@dataclass(frozen=True, slots=True)
class DueTag:
    """How the tag of a due date looks and reads."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: a sentence that begins with a verb, why, until when, and one button.

    Where the sentence names a record it holds `%(indicator)s`, and `subject` is the name in the language it is in.
    """

    sentence: str
    url: str
    action: str
    subject: Text | None = None
    due_on: date | None = None
    why: Text | None = None
    question: str = ""
    kind: str = "calm"
    due: str = ""
    facts: tuple[str, ...] = ()
    minutes: int = 2

    @property
    def title(self) -> str:
        """The whole sentence."""
        return self.sentence % {"indicator": self.subject.text} if self.subject is not None else self.sentence

    @property
    def around(self) -> tuple[str, str]:
        """The sentence before and after the name of the record."""
        before, _name, after = self.sentence.partition("%(indicator)s")
        return before, after

    @property
    def rest(self) -> str:
        """The sentence after the button's word, which it mostly begins with: the two are heard one after the other."""
        begins = self.title.startswith(f"{self.action} ")
        return self.title.removeprefix(self.action) if begins else f": {self.title}"

    @property
    def sort_key(self) -> tuple[date, str]:
        """Earliest first."""
        return (self.due_on or date.max, self.title)


@dataclass(slots=True)
class TaskList:
    """A person's tasks in their groups."""

    first: list[Task] = field(default_factory=list)
    soon: list[Task] = field(default_factory=list)
    later: list[Task] = field(default_factory=list)
    waiting: list[Any] = field(default_factory=list)
    #: Cycles in which whoever is late was reminded today: these wait for others, too.
    reminded: list[Any] = field(default_factory=list)
    done: list[Any] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many wait for the person."""
        return len(self.first) + len(self.soon) + len(self.later)

    @property
    def is_empty(self) -> bool:
        """Nothing to do, nothing underway."""
        return not (self.count or self.waiting or self.reminded or self.done)


def due_tag(due_on: date, on: date) -> DueTag:
    """The tag of a due date: late, soon, or the date."""
    days = (due_on - on).days
    if days < 0:
        late = ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}
        return DueTag("late", late)
    if days == 0:
        return DueTag("soon", _("Due today"))
    if days <= SOON:
        return DueTag("soon", ngettext("Due in %(days)s day", "Due in %(days)s days", days) % {"days": days})
    return DueTag("calm", _("Due %(date)s") % {"date": short_date(due_on, _lang())})


def _lang() -> str:
    return get_language() or "en"
