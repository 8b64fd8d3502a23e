"""Meetings for their pages: what comes next, what was held, by year."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from commitments.meetings.models import Meeting, MeetingQuerySet
from commitments.working_groups.models import WorkingGroup

#: What a line about a meeting shows of other records.
SHOWN_WITH = ("mechanism", "group", "country")


@dataclass(frozen=True, slots=True)
class MeetingYear:
    """Meetings of one year, the latest first."""

    year: int
    meetings: list[Meeting]


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


def of_group(group: WorkingGroup) -> list[Meeting]:
    """The meetings of a group, the latest first. One query."""
    return list(listed(group.meetings.all())[:10])
