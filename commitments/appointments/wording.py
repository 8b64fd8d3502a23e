"""Posts and people in words, inside the workspace."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, tzinfo
from zoneinfo import ZoneInfo

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from commitments.appointments.models import Appointment
from commitments.appointments.queries import Dossier
from commitments.formats.dates import long_date, short_date
from commitments.history.enums import ChangeKind
from commitments.history.queries import Difference, Edit, Entry
from commitments.history.wording import ChangeLine, HistoryDay, HistoryItem, by_day, moment, who
from commitments.roles.enums import Role
from commitments.working_groups.models import WorkingGroup


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post as a row of a table shows it."""

    appointment: Appointment
    role: str
    place: str
    days: str
    deputy_of: str
    is_ahead: bool
    may_have_deputy: bool


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person as a row of a table shows them."""

    person: User
    #: The address in two parts, so that it may break before the sign between them.
    mailbox: str
    domain: str
    state: str
    posts: tuple[PostLine, ...]
    last_sign_in: str


def role_name(role: str) -> str:
    """The role at the beginning of a line."""
    return str(capfirst(Role(role).label))


def group_name(group: WorkingGroup, language: str) -> str:
    """A group and whose it is: names repeat across mechanisms."""
    return f"{group.mechanism.name_in(language)}: {group.name_in(language)}"


def place_of(appointment: Appointment, language: str) -> str:
    """The country or group that a post speaks for; empty where it is neither."""
    if appointment.country is not None:
        return str(appointment.country.name_in(language))
    return group_name(appointment.group, language) if appointment.group is not None else ""


def post_name(role: str, place: str) -> str:
    """A post in one line: "Focal point: Colombia"."""
    # Translators: a role, then the country or group it is held for: "Focal point: Colombia".
    return _("%(role)s: %(place)s") % {"role": role_name(role), "place": place} if place else role_name(role)


def days_of(first: date, last: date | None, language: str) -> str:
    """From which day to which."""
    if last is None:
        return _("from %(day)s until further notice") % {"day": short_date(first, language)}
    return f"{short_date(first, language)} – {short_date(last, language)}"


def post_line(appointment: Appointment, on: date, language: str) -> PostLine:
    """One post."""
    return PostLine(
        appointment=appointment,
        role=role_name(appointment.role),
        place=place_of(appointment, language),
        days=days_of(appointment.valid_from, appointment.valid_until, language),
        deputy_of=str(appointment.deputy_of.user) if appointment.deputy_of else "",
        is_ahead=appointment.valid_from > on,
        may_have_deputy=appointment.deputy_of is None and appointment.role in (Role.FOCAL_POINT, Role.LEAD),
    )


def person_line(person: User, on: date, zone: ZoneInfo, language: str) -> PersonLine:
    """One person; `posts` must have been fetched with them."""
    posts: Iterable[Appointment] = person.posts  # type: ignore[attr-defined]  # queries.people puts them there
    mailbox, _at, domain = person.email.rpartition("@")
    return PersonLine(
        person=person,
        mailbox=mailbox,
        domain=domain,
        state=state_of(person, zone, language),
        posts=tuple(post_line(post, on, language) for post in posts),
        last_sign_in=short_date(person.last_login.astimezone(zone).date(), language) if person.last_login else "",
    )


def state_of(person: User, zone: ZoneInfo, language: str) -> str:
    """Why somebody cannot sign in; empty when they can."""
    if not person.is_active:
        if person.access_ended_at is None:
            return _("No access")
        day = short_date(person.access_ended_at.astimezone(zone).date(), language)
        return _("Access ended on %(day)s") % {"day": day}
    return "" if person.has_accepted else _("Invited, has not set a password yet")


def history_days(dossier: Dossier, language: str, zone: tzinfo) -> list[HistoryDay]:
    """What changed in a person's posts, by the reader's days, newest first, with names and internal reasons."""
    return by_day([_item(dossier, entry, language, zone) for entry in dossier.history], language, zone)


def _item(dossier: Dossier, entry: Entry, language: str, zone: tzinfo) -> HistoryItem:
    return HistoryItem(
        at=entry.at,
        time=moment(entry.at, language, zone),
        who=who(entry, {}, {}, dossier.names),
        what=" ".join(_what(dossier, edit, language) for edit in entry.edits),
        changes=tuple(_change(difference, language) for edit in entry.edits for difference in edit.differences),
        why=entry.why,
    )


def _what(dossier: Dossier, edit: Edit, language: str) -> str:
    row = edit.row
    country, group = dossier.countries.get(row.country_id), dossier.groups.get(row.group_id)
    place = str(country.name_in(language)) if country else group_name(group, language) if group else ""
    names = {"post": post_name(row.role, place), "days": days_of(row.valid_from, row.valid_until, language)}
    if edit.kind is ChangeKind.REMOVED:
        sentence = _("Taken back before it had held for a day: %(post)s (%(days)s).")
    elif edit.kind is ChangeKind.CHANGED:
        sentence = _("Dates changed: %(post)s.")
    elif row.deputy_of_id:
        sentence = _("Appointed as deputy: %(post)s (%(days)s).")
    else:
        sentence = _("Appointed: %(post)s (%(days)s).")
    return sentence % names


def _change(difference: Difference, language: str) -> ChangeLine:
    def words(day: date | None) -> str:
        return long_date(day, language) if day else _("until further notice")

    labels = {"valid_from": _("First day"), "valid_until": _("Last day")}
    return ChangeLine(label=labels[difference.field], was=words(difference.was), now=words(difference.now))
