"""The shorter lists as tables: countries, workstreams, what is late, meetings."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commitments.formats.dates import site_day
from commitments.formats.language import Text
from commitments.indicators.enums import Status
from commitments.indicators.wording import status_word
from commitments.meetings.enums import MeetingState
from commitments.meetings.models import Meeting
from commitments.meetings.wording import kind_word
from commitments.public.exports.table import Row, Table
from commitments.public.queries.crossing import Crossing
from commitments.public.queries.groups import MechanismGroups, PillarLines
from commitments.public.queries.late import LateKind, LateList, LateRow
from commitments.public.queries.options import NO_PILLAR
from commitments.public.queries.places import DECLARATION, Place
from commitments.public.queries.tally import ORDER, Tally
from commitments.public.wording.counts import language
from commitments.public.wording.late import figure_day, owner_url, report_owner
from commitments.register.wording import maker_of
from commitments.reporting.lines import title_of
from commitments.reporting.models import ProgressReport

AT_ONCE = 500


def _numbers_heads() -> tuple[str, ...]:
    """The columns of a count: all, each status, closed ones."""
    return (_("Commitments"), *(status_word(status.value) for status in ORDER), pgettext("commitments", "Closed"))


def _numbers(counted: Tally) -> tuple[int, ...]:
    return (counted.total, *(counted.active[status] for status in ORDER), counted.closed.total())


def countries_table(places: Iterable[Place], site: str) -> Table:
    """Every country as the list shows it."""
    heads = (
        *(_("Country (code)"), _("Country"), _("Declaration (code)"), *_numbers_heads(), _("Report late since")),
        *(_("Leads (codes of workstreams)"), _("Other mechanisms (codes)"), _("Page")),
    )
    rows: list[Row] = []
    for place in places:
        country: Any = place.country
        leads = " ".join(role.group.code for role in country.current_leads)
        others = [row.mechanism.code for row in country.current_adherences if row.mechanism.code != DECLARATION]
        page = site + reverse("public:country", args=[country.iso3])
        kind = "" if place.kind == "outside" else place.kind
        numbers = _numbers(place.counted)
        rows.append((country.iso3, place.name.text, kind, *numbers, place.late_since, leads, " ".join(others), page))
    return Table(heads, rows)


def crossing_table(found: Crossing, site: str) -> Table:
    """Countries against pillars: a row for each country and pillar, those without a pillar last."""
    heads = (_("Country (code)"), _("Country"), _("Pillar"), *_numbers_heads(), _("Page"))
    numbers: list[int | None] = [pillar.number for pillar in found.pillars]
    rows: list[Row] = [
        (
            *(line.place.country.iso3, line.place.name.text, pillar, *_numbers(cell)),
            site + reverse("public:country", args=[line.place.country.iso3]),
        )
        for line in found.lines
        for pillar, cell in zip([*numbers, *([None] if found.has_others else [])], line.cells, strict=True)
    ]
    return Table(heads, rows)


def groups_table(pillars: Iterable[PillarLines], without: Tally, others: Iterable[MechanismGroups], site: str) -> Table:
    """The Declaration's workstreams by pillar with their counts, what has no pillar; then other groups, uncounted."""
    heads = (
        *(_("Mechanism (code)"), _("Pillar"), _("Number"), _("Workstream or group"), pgettext("of a group", "Leads")),
        *(*_numbers_heads(), _("Page")),
    )
    return Table(heads, list(_group_rows(pillars, without, others, site)))


def _group_rows(
    pillars: Iterable[PillarLines], without: Tally, others: Iterable[MechanismGroups], site: str
) -> Iterator[Row]:
    for pillar in pillars:
        for line in pillar.lines:
            page = site + reverse("public:working-group", args=[line.slug])
            named = (DECLARATION, pillar.number, line.number, line.name.text, _listed(line.leads))
            yield (*named, *_numbers(line.counted), page)
    if without.total:
        page = f"{site}{reverse('public:commitments')}?mechanism={DECLARATION.lower()}&pillar={NO_PILLAR}"
        yield (DECLARATION, None, None, _("No pillar assigned"), "", *_numbers(without), page)
    nothing = [None] * len(_numbers_heads())
    for entry in others:
        for group, leads in entry.groups:
            page = site + reverse("public:working-group", args=[group.slug])
            yield (
                entry.mechanism.code,
                None,
                group.number,
                group.name_in(language()).text,
                _listed(leads),
                *nothing,
                page,
            )


def _listed(names: Iterable[Text]) -> str:
    return ", ".join(name.text for name in names)


def late_table(found: LateList, site: str, *, late_on: date) -> Table:
    """What is late or off track, in the order of the list. Read some hundred rows at a time."""
    heads = (
        *(_("Kind (code)"), _("Code"), _("Title"), _("Country (code)"), _("Whose")),
        *(_("Due on"), _("Days late"), _("Status (code)"), _("Last published on")),
        *(_("Date of the latest figure"), _("Page")),
    )
    return Table(heads, _late_rows(found, site, late_on))


def _late_rows(found: LateList, site: str, late_on: date) -> Iterator[Row]:
    for first in range(0, len(found), AT_ONCE):
        for row in found[first : first + AT_ONCE]:
            yield _late_row(row, site, late_on)


def _late_row(found: LateRow, site: str, late_on: date) -> Row:
    row: Any = found.row
    lang = language()
    if found.kind is LateKind.REPORT:
        title, owner = row.cycle.name_in(lang).text, report_owner(row).text
        days = (late_on - row.due_on).days
        told: Row = (row.cycle.slug, title, _iso3(row), owner, row.due_on, days, None, None, None)
        return (found.kind.value, *told, site + owner_url(row))
    if found.kind is LateKind.FIGURE:
        indicator, report = row.series.indicator, row.report
        days = (late_on - row.due_on).days
        named = (indicator.code, title_of(row).text, _iso3(report), report_owner(report).text)
        told = (*named, row.due_on, days, None, _day(row.updated_at), figure_day(row))
        return (found.kind.value, *told, site + reverse("public:indicator", args=[indicator.code]))
    kept, maker = row.computed, row.maker_country.iso3 if row.maker_country else ""
    known = (Status(kept.status).value, _day(kept.last_published_at), kept.figure_day)
    told = (row.code, row.title_in(lang).text, maker, maker_of(row).text, row.due, None, *known)
    return (found.kind.value, *told, site + reverse("public:commitment", args=[row.code]))


def _day(at: datetime | None) -> date | None:
    return site_day(at) if at is not None else None


def _iso3(report: ProgressReport) -> str:
    return report.country.iso3 if report.country else ""


def meetings_table(meetings: QuerySet[Any], site: str) -> Table:
    """Meetings, the latest first."""
    heads = (
        *(_("Title"), _("Mechanism (code)"), _("Workstream or group"), _("Kind"), _("First day"), _("Last day")),
        *(_("Place"), _("Country (code)"), _("State (code)"), _("State"), _("Outcome"), _("Source")),
        *(_("Address of the source"), _("Verified"), _("Page")),
    )
    return Table(heads, (_meeting_row(row, site) for row in meetings.select_related("source").iterator(AT_ONCE)))


def _meeting_row(meeting: Meeting, site: str) -> Row:
    lang, source = language(), meeting.source
    return (
        meeting.title_in(lang).text,
        meeting.mechanism.code if meeting.mechanism else "",
        meeting.group.name_in(lang).text if meeting.group else "",
        kind_word(meeting.kind).text if meeting.kind else "",
        *(meeting.day, meeting.last_day, meeting.place),
        meeting.country.iso3 if meeting.country else meeting.country_code,
        *(meeting.state, str(MeetingState(meeting.state).label)),
        meeting.outcome_in(lang).text,
        *((source.title, source.url) if source else ("", "")),
        meeting.is_verified,
        site + reverse("public:meeting", args=[meeting.slug]),
    )
