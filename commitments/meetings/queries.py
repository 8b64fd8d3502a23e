"""Meetings for their pages: what comes next, what was held, by year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils.translation import get_language

from commitments.formats.language import LANGUAGES, Text, language_of, written_in
from commitments.formats.partial import PartialDate
from commitments.history.languages import with_language_of_reason
from commitments.history.queries import Entry, Track, timeline
from commitments.meetings.enums import MeetingState
from commitments.meetings.models import Meeting, MeetingQuerySet

#: What a line about a meeting shows of other records.
SHOWN_WITH = ("mechanism", "group", "country")


@dataclass(frozen=True, slots=True)
class MeetingYear:
    """Meetings of one year, the latest first."""

    year: int
    meetings: list[Meeting]


@dataclass(frozen=True, slots=True)
class MeetingChange:
    """A change of a meeting that was given a public reason; `moved_from` where its day was another before."""

    at: datetime
    reason: Text
    is_cancelled: bool
    is_held: bool
    is_outcome: bool
    moved_from: PartialDate | None


#: What somebody who means to come, or who was there, would want to know of.
_TOLD = (
    *("state", "start", "start_precision", "end", "end_precision", "start_at", "time_zone", "place", "country_id"),
    *(f"outcome_{language}" for language in LANGUAGES),
    "source_id",
)


def changes_with_reasons(meeting: Meeting) -> list[MeetingChange]:
    """The changes that came with a public reason, the latest first. One query."""
    entries = timeline([Track(with_language_of_reason(Meeting.history.filter(id=meeting.pk)), _TOLD)], public=True)
    return [
        _change(entry, edit.row.instance, edit.before.instance)
        for entry in entries
        for edit in entry.edits
        if entry.public_reason and edit.before is not None
    ]


def _change(entry: Entry, now: Meeting, was: Meeting) -> MeetingChange:
    return MeetingChange(
        at=entry.at,
        reason=written_in(entry.public_reason, entry.reason_in, language_of(get_language())),
        is_cancelled=now.state == MeetingState.CANCELLED != was.state,
        is_held=now.state == MeetingState.HELD != was.state,
        is_outcome=now.state == MeetingState.HELD == was.state,
        moved_from=was.day if was.day != now.day else None,
    )


def without_word(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Meetings whose day has passed and of which nobody has said whether they were held, the latest first."""
    return listed(rows.filter(state__in=(MeetingState.PLANNED, MeetingState.ANNOUNCED), start__lt=on))


def over(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Meetings held or cancelled, the latest first."""
    return listed(rows.filter(state__in=(MeetingState.HELD, MeetingState.CANCELLED)))


def listed(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Meetings with what a list shows of them, the latest first."""
    return rows.select_related(*SHOWN_WITH).order_by("-start", "slug")


def in_order(rows: QuerySet[Any]) -> list[Meeting]:
    """Meetings with what a line shows of them, the first one first, without invented examples. One query."""
    return list(rows.filter(is_example=False).select_related(*SHOWN_WITH).order_by("start", "slug"))


def written_at(meetings: Iterable[Meeting]) -> dict[int, datetime]:
    """When each meeting was last changed. One query."""
    rows = Meeting.history.filter(id__in=[meeting.pk for meeting in meetings]).values("id")
    return {row["id"]: row["last"] for row in rows.annotate(last=Max("history_date")).order_by("id")}


def upcoming(rows: MeetingQuerySet, on: date) -> list[Meeting]:
    """The planned meetings from a day on, the next one first."""
    return list(rows.upcoming(on).select_related(*SHOWN_WITH).order_by("start", "slug"))


def by_year(meetings: list[Meeting]) -> list[MeetingYear]:
    """Meetings in their order, under the year of their first day."""
    years: dict[int, list[Meeting]] = {}
    for meeting in meetings:
        years.setdefault(meeting.start.year, []).append(meeting)
    return [MeetingYear(year, rows) for year, rows in years.items()]


def ahead_for(countries: Iterable[int], groups: Iterable[int], *, on: date) -> list[Meeting]:
    """The next meetings of the groups that somebody leads or that a country leads or joins. One query."""
    own = Q(group_id__in=groups) | Q(group__roles__country_id__in=countries, group__roles__until__isnull=True)
    found = Meeting.objects.upcoming(on).filter(own).distinct()
    return list(found.select_related(*SHOWN_WITH).order_by("start", "slug")[:5])


def of_group(slug: str) -> QuerySet[Meeting]:
    """The latest meetings of a group with what a list shows of them, in no order."""
    newest = listed(Meeting.objects.filter(group__slug=slug)).values("pk")[:10]
    found: QuerySet[Meeting] = Meeting.objects.filter(pk__in=newest).select_related(*SHOWN_WITH)
    return found
