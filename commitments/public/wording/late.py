"""What is late or off track in words: the sentence of the page, its rows, and the days that come next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from commitments.formats.addresses import address
from commitments.formats.dates import long_date, short_date, site_day
from commitments.formats.language import Text, translated, written_in
from commitments.formats.partial import PartialDate
from commitments.mechanisms.models import partial
from commitments.public.queries.late import DueDay, LateCounts, LateKind, LateRow
from commitments.public.wording.cards import in_a_row, latest_figure, set_by_hand
from commitments.public.wording.counts import StatusTag, language, number, tag_of
from commitments.register.models import Commitment
from commitments.register.wording import maker_of
from commitments.reporting.duties import due_tag
from commitments.reporting.lines import title_of
from commitments.reporting.models import ProgressReport, ReportEntry


@dataclass(frozen=True, slots=True)
class LateLine:
    """A report or a figure that is late, as a row shows it."""

    title: Text
    url: str
    kind: str
    whose: Text
    whose_url: str
    due_on: str
    days: str
    more_time: str
    updated: str
    office: Text


@dataclass(frozen=True, slots=True)
class BehindLine:
    """A commitment that is off track or at risk, as a row shows it."""

    title: Text
    url: str
    facts: tuple[str, ...]
    tag: StatusTag
    whose: Text
    whose_url: str
    due_on: str
    updated: str
    office: Text


@dataclass(frozen=True, slots=True)
class DueLine:
    """A day on which something falls due next: the day, what, and where to read more."""

    day: str
    title: Text
    url: str
    more: Text


def late_sentence(counts: LateCounts) -> str:
    """How many reports and figures are late, and since when. Nothing about delivery."""
    reports, figures = counts.numbers[LateKind.REPORT], counts.numbers[LateKind.FIGURE]
    if not counts.late:
        return _("Nothing is late.")
    if reports and figures:
        # Translators: goes on with "… and 2 figures are awaited.", which is a message of its own.
        first = ngettext("%(number)s report is late", "%(number)s reports are late", reports)
        # Translators: goes on after "4 reports are late and …".
        more = ngettext("%(number)s figure is awaited", "%(number)s figures are awaited", figures)
        parts = {"reports": first % {"number": number(reports)}, "figures": more % {"number": number(figures)}}
        said = _("%(reports)s and %(figures)s.") % parts
    elif reports:
        said = ngettext("%(number)s report is late.", "%(number)s reports are late.", reports)
        said = said % {"number": number(reports)}
    else:
        said = ngettext("%(number)s figure is awaited.", "%(number)s figures are awaited.", figures)
        said = said % {"number": number(figures)}
    if counts.since is None:
        return said
    since = _("The longest awaited was due on %(date)s.") % {"date": long_date(counts.since, language())}
    return f"{said} {since}"


def behind_sentence(off: int, risk: int) -> str:
    """How many commitments are off track and at risk. Nothing about time."""
    if not off and not risk:
        return _("No active commitment can be shown to be off track or at risk.")
    if off and risk:
        # Translators: goes on with "… and 1 is at risk.", which is a message of its own.
        first = ngettext("%(number)s commitment is off track", "%(number)s commitments are off track", off)
        # Translators: goes on after "2 commitments are off track and …".
        more = ngettext("%(number)s is at risk", "%(number)s are at risk", risk)
        parts = {"off_track": first % {"number": number(off)}, "at_risk": more % {"number": number(risk)}}
        return _("%(off_track)s and %(at_risk)s.") % parts
    if off:
        said = ngettext("%(number)s commitment is off track.", "%(number)s commitments are off track.", off)
        return said % {"number": number(off)}
    said = ngettext("%(number)s commitment is at risk.", "%(number)s commitments are at risk.", risk)
    return said % {"number": number(risk)}


def sentences(counts: LateCounts) -> list[str]:
    """The page in two sentences: of time, then of delivery."""
    return [
        late_sentence(counts),
        behind_sentence(counts.numbers[LateKind.OFF_TRACK], counts.numbers[LateKind.AT_RISK]),
    ]


def counted(counts: LateCounts, kind: str) -> str:
    """The number of rows, by what they tell, of one kind only where one was asked for: "4 late · 3 off track …"."""
    late = ngettext("%(number)s late", "%(number)s late", counts.late) % {"number": number(counts.late)}
    behind = ngettext("%(number)s off track or at risk", "%(number)s off track or at risk", counts.behind)
    behind = behind % {"number": number(counts.behind)}
    if not kind:
        return f"{late} · {behind}"
    return late if LateKind(kind).is_of_time else behind


def nothing_late(days: list[DueDay]) -> str:
    """What stands where nothing is late: that, and when the next reports are due."""
    if not days:
        return _("Nothing is late. No cycle is open: the date of the next reports stands here once one opens.")
    day = long_date(days[0].on, language())
    return _("Nothing is late. The next reports are due on %(date)s.") % {"date": day}


def late_lines(rows: Iterable[LateRow], on: date) -> list[LateLine]:
    """The reports and figures among these rows."""
    asked = [row for row in rows if row.kind.is_of_time]
    return [_report_line(row.row, on) if row.kind is LateKind.REPORT else _figure_line(row.row, on) for row in asked]


def behind_lines(rows: Iterable[LateRow]) -> list[BehindLine]:
    """The commitments among these rows."""
    return [_behind_line(row.row) for row in rows if not row.kind.is_of_time]


def due_lines(days: Iterable[DueDay]) -> list[DueLine]:
    """The days on which reports fall due next."""
    found = []
    for day in days:
        more = ngettext("%(number)s report is still to come", "%(number)s reports are still to come", day.number)
        name = translated(SimpleNamespace(**day.names), "name", language())
        url = address("public:cycle", day.slug)
        said = _here(more % {"number": number(day.number)})
        found.append(DueLine(short_date(day.on, language()), name, url, said))
    return found


def target_lines(commitments: Iterable[Commitment]) -> list[DueLine]:
    """Commitments whose target dates come next, each with who made it."""
    return [
        DueLine(
            short_date(commitment.due, language()) if commitment.due else "",
            commitment.title_in(language()),
            address("public:commitment", commitment.code),
            maker_of(commitment),
        )
        for commitment in commitments
    ]


def report_owner(report: ProgressReport) -> Text:
    """Who owes a report. Needs its country and group loaded."""
    if report.country is not None:
        return report.country.name_in(language())
    if report.group is not None:
        return report.group.name_in(language())
    return _secretariat()


def owner_url(report: ProgressReport) -> str:
    """The page of who owes a report; the secretariat's report has its cycle's."""
    if report.country is not None:
        return address("public:country", report.country.iso3)
    if report.group is not None:
        return address("public:working-group", report.group.slug)
    return address("public:cycle", report.cycle.slug)


def _report_line(report: ProgressReport, on: date) -> LateLine:
    return LateLine(
        title=report.cycle.name_in(language()),
        url=address("public:cycle", report.cycle.slug),
        kind=_("Progress report"),
        whose=report_owner(report),
        whose_url=owner_url(report),
        due_on=short_date(report.due_on, language()),
        days=due_tag(report.due_on, on).text,
        more_time=getattr(report, "more_time", None) or "",
        updated=_day(getattr(report, "updated_at", None)),
        office=_role_of(report),
    )


def _figure_line(entry: ReportEntry, on: date) -> LateLine:
    indicator = entry.series.indicator
    commitment, report = indicator.commitment, entry.report
    return LateLine(
        title=title_of(entry),
        url=address("public:indicator", indicator.code),
        kind=pgettext("kind of a late thing", "Figure"),
        whose=report_owner(report),
        whose_url=owner_url(report),
        due_on=short_date(entry.due_on, language()),
        days=due_tag(entry.due_on, on).text,
        more_time="",
        updated=_day(getattr(entry, "updated_at", None)) or latest_figure(figure_day(entry)),
        office=_office(commitment) or _role_of(report),
    )


def _behind_line(commitment: Commitment) -> BehindLine:
    country, due, tag = commitment.maker_country, commitment.due, tag_of(commitment)
    stated = getattr(commitment, "by_hand", None)
    facts = (commitment.code, tag.reason, tag.reached, set_by_hand(stated) if stated else "")
    return BehindLine(
        title=commitment.title_in(language()),
        url=address("public:commitment", commitment.code),
        facts=in_a_row(*facts),
        tag=tag,
        whose=maker_of(commitment),
        whose_url=address("public:country", country.iso3) if country else "",
        due_on=short_date(due, language()) if due else "",
        updated=_day(commitment.computed.last_published_at) or latest_figure(commitment.computed.figure_day),
        office=_office(commitment) or (_focal_point() if country else _secretariat()),
    )


def _day(at: datetime | None) -> str:
    """The day of a moment, as the site counts days."""
    return short_date(site_day(at), language()) if at is not None else ""


def figure_day(entry: ReportEntry) -> PartialDate | None:
    """What the latest figure on record speaks of."""
    return partial(getattr(entry, "figure_on", None), getattr(entry, "figure_on_precision", None) or "")


def _office(commitment: Commitment | None) -> Text | None:
    """The office on record, which is never a person."""
    office = commitment.responsible_office if commitment is not None else ""
    return written_in(office, "en", language()) if office else None


def _role_of(report: ProgressReport) -> Text:
    """The role of whoever can act on a report."""
    if report.country_id is not None:
        return _focal_point()
    return _here(pgettext("contact of a report", "Lead")) if report.group_id is not None else _secretariat()


def _focal_point() -> Text:
    return _here(_("Focal point"))


def _secretariat() -> Text:
    return _here(pgettext("whose report", "Secretariat"))


def _here(words: str) -> Text:
    return Text(words, language(), foreign=False)
