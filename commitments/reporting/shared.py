"""What others typed and did not send, for whoever stands in for them or came after them (decision 14).

A draft that somebody has saved over since is old and shown to nobody but its author.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max
from django.urls import reverse

from commitments.appointments.models import Appointment
from commitments.appointments.queries import drafts_shared_with
from commitments.formats.language import Text
from commitments.indicators.models import Series
from commitments.register.models import Commitment
from commitments.reporting.assignments import report_page, report_subject
from commitments.reporting.enums import SECTION_COLUMNS, Section
from commitments.reporting.lines import figure_page, line_title, told_apart
from commitments.reporting.models import Draft, ProgressReport, ReportEntry, ReportPart
from commitments.reporting.waiting import OPEN

GROUP_FORM, FIGURE_FORM = "group-report", "update"
#: What a group's lead types: all of it stands in one draft.
GROUP_COLUMNS = ("summary", "obstacles", "purpose", "outcomes", "cannot_reason", "cannot_words")


@dataclass(frozen=True, slots=True)
class Left:
    """One draft of another person: the place in words, the record around it, where it is read and gone on with."""

    draft: Draft
    label: str
    subject: Text
    url: str


def shared_in(report: ProgressReport, *, user_id: int, on: date) -> dict[str, Draft]:
    """By place of a report (a group's has one, "") the newest draft of others that a person may read; own ones hide it.

    Constant number of queries.
    """
    users = drafts_shared_with(user_id, on=on, country_id=report.country_id, group_id=report.group_id)
    return _of_reports([report], users, user_id).get(report.pk, {})


def left_in(report: ProgressReport, *, user_id: int, on: date) -> list[Left]:
    """The same as a list, in the order of its places."""
    return _lines(report, shared_in(report, user_id=user_id, on=on))


def left_for(user_id: int, posts: Iterable[Appointment], *, on: date) -> list[Left]:
    """What was left for a person in the open reports and figures of their posts; queries by the number of posts."""
    found: list[Left] = []
    for post in posts:
        place = {"country_id": post.country_id, "group_id": post.group_id}
        users = drafts_shared_with(user_id, on=on, **place)
        if not users:
            continue
        open_ones = ProgressReport.objects.filter(**place, is_of_secretariat=False, state__in=OPEN)
        reports = list(open_ones.select_related("country", "group", "cycle").order_by("due_on", "id"))
        drafts = _of_reports(reports, users, user_id)
        for report in reports:
            found += _lines(report, drafts.get(report.pk, {}))
        found += _of_figures(post.country_id, users, user_id) if post.country_id else []
    return found


def _of_reports(
    reports: Collection[ProgressReport], users: Collection[int], user_id: int
) -> dict[int, dict[str, Draft]]:
    by_id = {str(report.pk): report for report in reports}
    if not users or not by_id:
        return {}
    own: set[tuple[str, str]] = set()
    others: dict[tuple[str, str], Draft] = {}
    rows = Draft.objects.filter(user_id__in=[*users, user_id], form__in=Draft.OF_REPORTS)
    for draft in rows.select_related("user").order_by("saved_at", "id"):
        number, _colon, place = draft.key.partition(":")
        if number not in by_id:
            continue
        if draft.user_id == user_id:
            own.add((number, place))
        else:
            others[number, place] = draft
    news = _saved_over(by_id, others)
    found: dict[int, dict[str, Draft]] = defaultdict(dict)
    for key, draft in others.items():
        if key not in own and key not in news:
            found[by_id[key[0]].pk][key[1]] = draft
    return found


def _saved_over(reports: dict[str, ProgressReport], drafts: dict[tuple[str, str], Draft]) -> set[tuple[str, str]]:
    """Those of these drafts whose place was saved, or whose report was sent, after they were begun. Three queries."""
    rows: dict[Section, dict[int, int]] = {}
    for section, model in ((Section.PROGRESS, ReportPart), (Section.FIGURES, ReportEntry)):
        ids = {number for _report, place in drafts if (number := _row(place, section)) is not None}
        rows[section] = dict(model.objects.filter(pk__in=ids).values_list("pk", "version"))
    versions = {draft.version_read for draft in drafts.values()}
    read = ProgressReport.history.filter(id__in=[row.pk for row in reports.values()], version__in=versions)
    was = {(str(row.id), row.version): row for row in read}
    return {key for key, draft in drafts.items() if _is_old(reports[key[0]], key[1], draft, rows, was)}


def _is_old(
    report: ProgressReport,
    place: str,
    draft: Draft,
    rows: dict[Section, dict[int, int]],
    was: dict[tuple[str, int], Any],
) -> bool:
    if report.sent_at is not None and report.sent_at >= draft.saved_at:
        return True
    for section, versions in rows.items():
        number = _row(place, section)
        if number is not None:
            return versions.get(number) != draft.version_read
    columns = SECTION_COLUMNS.get(place, ()) if place else GROUP_COLUMNS
    before = was.get((str(report.pk), draft.version_read))
    return before is None or any(getattr(before, name) != getattr(report, name) for name in columns)


def _row(place: str, section: Section) -> int | None:
    """The number of one answer: "progress-12" is one commitment of a section."""
    name, _dash, number = place.partition("-")
    return int(number) if name == section and number.isdecimal() else None


def _lines(report: ProgressReport, drafts: dict[str, Draft]) -> list[Left]:
    return [_line(report, place, draft) for place, draft in sorted(drafts.items())]


def _line(report: ProgressReport, place: str, draft: Draft) -> Left:
    subject = report_subject(report)
    if not place:
        return Left(draft, "", subject, report_page(report))
    section, _dash, number = place.partition("-")
    view, key = ("report-place", [int(number)]) if number else ("report-section", [])
    url = reverse(f"workspace:{view}", args=[report.pk, section, *key])
    return Left(draft, str(Section(section).label), subject, url)


def _of_figures(country_id: int, users: Collection[int], user_id: int) -> list[Left]:
    """Figures typed and not sent, of what a country answers for; none that was sent since."""
    own = {*Draft.objects.filter(user_id=user_id, form=FIGURE_FORM).values_list("key", flat=True)}
    rows = Draft.objects.filter(user_id__in=users, form=FIGURE_FORM).exclude(key__in=own)
    drafts = {draft.key: draft for draft in rows.select_related("user").order_by("saved_at", "id")}
    mine = Commitment.objects.answered_by([country_id]).values("pk")
    codes = {key.partition(":")[0] for key in drafts}
    lines = Series.objects.filter(indicator__code__in=codes, indicator__commitment__in=mine)
    lines = lines.annotate(last=Max("measurements__entered_at")).select_related("indicator")
    told = told_apart(lines, series="pk", indicator="indicator").order_by("indicator__code", "pk")
    found = [(row, drafts.get(Draft.of_figure(row))) for row in told]
    return [
        Left(draft=draft, label="", subject=line_title(row, apart=row.has_siblings), url=figure_page(row))
        for row, draft in found
        if draft is not None and (row.last is None or row.last < draft.saved_at)
    ]
