"""Who belongs to, chairs and serves a mechanism: recorded, changed, ended, taken away. All of it is public at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from commitments.formats.dates import site_day
from commitments.formats.language import Text, language_of
from commitments.formats.partial import PartialDate, Precision
from commitments.history import actions as history
from commitments.mechanisms.models import Adherence, Mechanism, Presidency, Secretariat
from commitments.roles.actor import Actor
from commitments.sources.actions import cite, cite_again
from commitments.sources.models import Source

#: What a mechanism has of others.
Belonging = Adherence | Presidency | Secretariat
B = TypeVar("B", Adherence, Presidency, Secretariat)


class BelongsAlready(history.Refused):
    """A country belongs to a mechanism in one way, on one record."""

    field = "country"
    sentence = gettext_lazy("This country stands on record here already. Change what is on record instead")


class ServesAlready(history.Refused):
    """An organization serves a mechanism on one record."""

    field = "organization"
    sentence = gettext_lazy("This organization stands on record here already. Change what is on record instead")


class TurnIsTaken(history.Refused):
    """One turn of a country begins on a day."""

    field = "since"
    sentence = gettext_lazy("A turn of this country that begins then is on record already")


class HeldByAnother(history.Refused):
    """Two turns in one chair never overlap."""

    field = "since"

    def __init__(self, other: Presidency) -> None:
        name = other.country.name_in(language_of(get_language())).text
        self.sentence = _("Another turn overlaps with these dates: %(country)s. Look at both") % {"country": name}


class EndsBeforeItBegins(history.Refused):
    """Nothing ends before it begins."""

    field = "until"
    sentence = gettext_lazy("The end cannot lie before the beginning")


class LiesAhead(history.Refused):
    """Belonging and serving are facts: they are recorded once they are so."""

    sentence = gettext_lazy("This day cannot lie ahead")

    def __init__(self, field: str) -> None:
        self.field = field


class HasEnded(history.Refused):
    """An end that is on record is moved by a change, with its reason."""

    sentence = gettext_lazy("An end is on record already. Change it instead")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said of a belonging: since and until when, by which document, with which note; how, as of when."""

    source: Source
    since: PartialDate | None = None
    until: PartialDate | None = None
    kind: str = ""
    as_of: PartialDate | None = None
    #: None: nothing is said of the note. A note that stays as it is stays in its language.
    note: Text | None = None

    def columns(self, row: Belonging) -> dict[str, Any]:
        """The days, how it belongs, and the note where it is another one, as columns."""
        own = {"kind": self.kind, **_day("as_of", self.as_of)} if self.kind else {}
        return {**own, **_day("since", self.since), **_day("until", self.until), **self._note(row)}

    def _note(self, row: Belonging) -> dict[str, Any]:
        if self.note is None or isinstance(row, Secretariat) or getattr(row, row.note_column) == self.note.text:
            return {}
        return {row.note_column: self.note.text, "note_language": self.note.language if self.note.text else ""}


def record(*, row: B, said: Said, by: Actor, at: datetime) -> B:
    """Put it on record: `row` says of whom and of which mechanism. Raises Refused."""
    with transaction.atomic():
        _hold(row.mechanism)
        _refuse(row, said.columns(row), at)
        row.source = cite(said.source, by=by, at=at)
        return history.create(row, by=by, at=at)


def change(*, row: B, said: Said, by: Actor, at: datetime, public_reason: str, version: int) -> B:
    """Put it right. Raises Refused, history.actions.EditedMeanwhileError."""
    with transaction.atomic():
        fresh = _fresh(row, public_reason)
        columns = said.columns(fresh)
        if fresh.version == version:
            _refuse(_as_it_would_be(fresh), columns, at)
        columns |= {"source": cite_again(fresh.source, said.source, by=by, at=at)}
        return history.change(fresh, by=by, at=at, public_reason=public_reason, version=version, **columns)


def end(*, row: B, until: PartialDate, by: Actor, at: datetime, public_reason: str, version: int) -> B:
    """Say until when it lasted. Raises Refused, history.actions.EditedMeanwhileError."""
    with transaction.atomic():
        fresh, columns = _fresh(row, public_reason), _day("until", until)
        if fresh.version == version:
            if fresh.until_date not in {None, until}:
                raise HasEnded
            _refuse(_as_it_would_be(fresh), columns, at)
        return history.change(fresh, by=by, at=at, public_reason=public_reason, version=version, **columns)


def take_away(*, row: B, by: Actor, at: datetime, public_reason: str, version: int) -> None:
    """Remove what was recorded by mistake; the history keeps it.

    Raises NoReason, history.actions.EditedMeanwhileError.
    """
    with transaction.atomic():
        fresh = _fresh(row, public_reason)
        history.remove(history.locked(fresh, version=version), by=by, at=at, public_reason=public_reason)


def _hold(mechanism: Mechanism) -> None:
    """Whoever looks at what is on record of a mechanism before writing waits for others who do."""
    history.locked(mechanism)


def _fresh(row: B, public_reason: str) -> B:
    if not public_reason:
        raise history.NoReason
    _hold(row.mechanism)
    return history.locked(row)


def _as_it_would_be(row: B) -> B:
    """A copy to try columns on."""
    return type(row)(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})


def _refuse(row: Belonging, columns: dict[str, Any], at: datetime) -> None:
    """Fill in a row that is not stored yet, and refuse what cannot be."""
    for name, value in columns.items():
        setattr(row, name, value)
    since, until = row.since_date, row.until_date
    if since and until and until.last_day < since.first_day:
        raise EndsBeforeItBegins
    if isinstance(row, Presidency):
        _refuse_turn(row)
        return
    today = site_day(at)
    for name, day in (("since", since), ("until", until)):
        if day and day.first_day > today:
            raise LiesAhead(name)
    beside: QuerySet[Any] = type(row).objects.filter(mechanism_id=row.mechanism_id).exclude(pk=row.pk)
    if isinstance(row, Adherence) and beside.filter(country_id=row.country_id).exists():
        raise BelongsAlready
    if isinstance(row, Secretariat) and beside.filter(organization_id=row.organization_id).exists():
        raise ServesAlready


def _refuse_turn(row: Presidency) -> None:
    beside = Presidency.objects.filter(mechanism_id=row.mechanism_id).exclude(pk=row.pk).select_related("country")
    for other in beside:
        if (other.country_id, other.since) == (row.country_id, row.since):
            raise TurnIsTaken
        if _overlap(row, other):
            raise HeldByAnother(other)


def _overlap(one: Presidency, other: Presidency) -> bool:
    """Whether two turns certainly do: the record knows many only to the year, and no end of most.

    A turn without an end lasts until the next one begins. On the day of a handover both hold the chair.
    """
    first, second = sorted((one, other), key=_begin)
    if first.until_date is None:
        return _begin(first) == _begin(second) and _begin(first).precision is Precision.DAY
    return first.until_date.first_day > _begin(second).last_day


def _begin(row: Presidency) -> PartialDate:
    return PartialDate.stored(row.since, row.since_precision)


def _day(name: str, day: PartialDate | None) -> dict[str, Any]:
    precision = day.precision.value if day else ""
    return {name: day.first if day else None, f"{name}_precision": precision}
