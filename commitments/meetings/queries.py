"""Meetings for their pages: what comes next, what was held, by year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from commitments.formats.partial import PartialDate
from commitments.history.queries import Track, timeline
from commitments.meetings.enums import MeetingState
from commitments.meetings.models import Meeting, MeetingQuerySet
from commitments.working_groups.models import WorkingGroup

#: What a line about a meeting shows of other records.
SHOWN_WITH = ("mechanism", "group", "country")


@dataclass(frozen=True, slots=True)
class MeetingYear:
    """Meetings of one year, the latest first."""

    year: int
    meetings: list[Meeting]


@dataclass(frozen=True, slots=True)
class MeetingChange:
    """The latest change of a meeting that was given a public reason; `moved_from` where its day was another before."""

    at: datetime
    reason: str
    is_cancelled: bool
    moved_from: PartialDate | None


#: What somebody who means to come would want to know of.
_TOLD = ("state", "start", "start_precision", "end", "end_precision", "start_at", "time_zone", "place", "country_id")


def latest_change(meeting: Meeting) -> MeetingChange | None:
    """The latest change that came with a public reason. One query."""
    entries = timeline([Track(Meeting.history.filter(id=meeting.pk), _TOLD)], public=True)
    for entry in entries:
        for edit in entry.edits:
            if entry.public_reason and edit.before is not None:
                now, was = edit.row.instance, edit.before.instance
                return MeetingChange(
                    at=entry.at,
                    reason=entry.public_reason,
                    is_cancelled=now.state == MeetingState.CANCELLED != was.state,
                    moved_from=was.day if was.day != now.day else None,
                )
    return None


def listed(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Meetings with what a list shows of them, the latest first."""
    return rows.select_related(*SHOWN_WITH).order_by("-start", "slug")


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


def of_group(group: WorkingGroup) -> list[Meeting]:
    """The meetings of a group, the latest first. One query."""
    return list(listed(group.meetings.all())[:10])
