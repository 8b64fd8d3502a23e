"""The dates of one commitment: as rows in words, and as a drawing. Made of what its page has read already."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from commitments.charts.lanes import Event, Lane, Timeline
from commitments.charts.marks import Mark
from commitments.formats.addresses import address
from commitments.formats.dates import axis_date, last_day_at, long_date, short_date
from commitments.formats.language import Text, translated
from commitments.formats.partial import PartialDate
from commitments.indicators.models import Indicator, Measurement, Milestone, Target
from commitments.indicators.queries import CommitmentReading, IndicatorReading
from commitments.indicators.spoken import when_of
from commitments.indicators.wording import figure_of
from commitments.meetings.models import Meeting
from commitments.public.queries.commitment import Around
from commitments.public.wording.counts import language, number
from commitments.register.models import Commitment
from commitments.register.wording import life_word
from commitments.reporting.enums import Punctuality
from commitments.reporting.punctuality import ReportSquare

#: Marks whose day is the first that a date may mean; of all others it is the last.
FROM_THE_FIRST = frozenset({"made"})


@dataclass(frozen=True, slots=True)
class Dated:
    """One date of a commitment: in which lane it stands, as what, what it is about, and its code where it has one."""

    lane: str
    mark: Mark
    day: PartialDate
    kind: str
    about: Text | None = None
    code: str = ""
    #: The page of what it is about.
    url: str = ""

    @property
    def on(self) -> date:
        """The day that it is drawn at."""
        return self.day.first_day if self.mark in FROM_THE_FIRST else self.day.last_day


def dates_of(commitment: Commitment, reading: CommitmentReading, around: Around, *, on: date) -> list[Dated]:
    """Every date on record of a commitment, oldest first: made, due, ended, targets, milestones, figures, reports that
    cover it, meetings of its group.
    """
    own, milestones = pgettext("lane of a timeline", "Commitment"), _("Milestones")
    found = [Dated(own, "made", commitment.made, pgettext("date of a commitment", "Made"))]
    if commitment.due is not None:
        found.append(Dated(own, "due", commitment.due, pgettext("date of a commitment", "Due")))
    if commitment.life_cycle_date is not None and commitment.is_closed:
        found.append(Dated(own, "ended", commitment.life_cycle_date, life_word(commitment.life_cycle)))
    for item in reading.indicators:
        found += _of_indicator(item)
    found += [row for step in reading.milestones for row in _of_milestone(step, milestones, on)]
    found += [_of_report(square) for square in around.reports]
    found += [_of_meeting(meeting, on) for meeting in around.meetings]
    return sorted(found, key=lambda row: (row.on, row.day.first))


def _of_indicator(item: IndicatorReading) -> Iterator[Dated]:
    title, code, line = item.indicator.title_in(language()), item.indicator.code, item.total
    for row in item.measurements:
        if row.day is not None and row.is_used:
            about = Text(f"{title}: {_figure(row, item.indicator)}", title.language, title.foreign)
            figure = pgettext("date of a commitment", "Figure")
            yield Dated(_("Figures"), "figure", row.day, figure, about, code, _page_of(code))
    if line is None:
        return
    for target in (line.target, *line.past):
        if isinstance(target, Target) and target.day is not None:
            about = Text(f"{title}: {figure_of(target, item.indicator)}", title.language, title.foreign)
            mark: Mark = "due" if target is line.target else "replaced"
            kind = (
                pgettext("date of a commitment", "Target date")
                if target is line.target
                else pgettext("date of a commitment", "Target date, since replaced")
            )
            yield Dated(_("Targets"), mark, target.day, kind, about, code, _page_of(code))


def _page_of(code: str) -> str:
    return address("public:indicator", code)


def _of_report(square: ReportSquare) -> Dated:
    """A report stands at the day on which it came; one that has not come at the day on which it is due."""
    cycle, sent = square.report.cycle, getattr(square.report, "first_sent_at", None)
    kind = {
        Punctuality.ON_TIME: pgettext("date of a commitment", "Report received on time"),
        Punctuality.LATE: pgettext("date of a commitment", "Report received late"),
        Punctuality.MISSING: pgettext("date of a commitment", "Report due, not received"),
        Punctuality.NOT_DUE: pgettext("date of a commitment", "Report due"),
    }[square.kind]
    day = PartialDate(last_day_at(sent) if sent else square.report.due_on)
    mark = cast("Mark", square.kind.value)
    name = cycle.name_in(language())
    return Dated(_("Reports"), mark, day, kind, name, url=address("public:cycle", cycle.slug))


def _of_meeting(meeting: Meeting, on: date) -> Dated:
    ahead = meeting.day.first_day >= on
    kind = pgettext("date of a commitment", "Meeting to come") if ahead else pgettext("date of a commitment", "Meeting")
    url = address("public:meeting", meeting.slug)
    return Dated(_("Meetings"), "meeting", meeting.day, kind, meeting.title_in(language()), url=url)


def _figure(row: Measurement, indicator: Indicator) -> str:
    """A figure; with the period that it speaks of where it is no figure of a day."""
    figure = figure_of(row, indicator)
    if row.period_start is None:
        return figure
    return pgettext("figure and date", "%(figure)s (%(date)s)") % {"figure": figure, "date": when_of(row)}


def _of_milestone(step: Milestone, lane: str, on: date) -> Iterator[Dated]:
    title = translated(step, "title", language())
    if step.done is not None:
        yield Dated(lane, "done", step.done, pgettext("date of a commitment", "Milestone done"), title)
    elif step.due is not None and step.due.last_day < on:
        yield Dated(lane, "overdue", step.due, pgettext("date of a commitment", "Milestone due, not done"), title)
    elif step.due is not None:
        yield Dated(lane, "open", step.due, pgettext("date of a commitment", "Milestone due"), title)


def timeline_of(commitment: Commitment, dates: Iterable[Dated], *, on: date) -> Timeline | None:
    """The drawing of these dates; None where there is one alone, which words tell better."""
    rows = list(dates)
    if len({row.on for row in rows}) < 2:
        return None
    own = (pgettext("lane of a timeline", "Commitment"), _("Milestones"), _("Targets"), _("Figures"))
    order = dict.fromkeys((*own, _("Reports"), _("Meetings")))
    places = {lane: place for place, lane in enumerate(order)}
    lanes = groupby(sorted(rows, key=lambda row: places[row.lane]), key=lambda row: row.lane)
    return Timeline(
        title=pgettext("title of a chart", "%(code)s: what happened and what falls due") % {"code": commitment.code},
        description=in_words(rows),
        lanes=tuple(Lane(lane, tuple(_event(row) for row in of_lane)) for lane, of_lane in lanes),
        day=lambda day, unit: axis_date(day, unit, language()),
        today=on,
        today_word=pgettext("chart", "today"),
    )


def _event(row: Dated) -> Event:
    is_own = row.about is None
    shown = short_date(row.day, language())
    label = pgettext("mark of a timeline", "%(kind)s %(day)s") % {"kind": row.kind, "day": shown} if is_own else shown
    return Event(row.on, row.mark, label, row.day.first_day, row.day.last_day, must=is_own)


def in_words(rows: Iterable[Dated]) -> str:
    """The dates in one line: each of the commitment's own, and how many there are of every other kind, from when on."""
    own: list[str] = []
    others: dict[Mark, list[Dated]] = {}
    for row in rows:
        if row.about is None:
            own.append(_("%(kind)s: %(day)s") % {"kind": row.kind, "day": long_date(row.day, language())})
        else:
            others.setdefault(row.mark, []).append(row)
    parts = [_("%(kind)s: %(day)s") % {"kind": _many(mark, len(of)), "day": _span(of)} for mark, of in others.items()]
    return ". ".join([*own, *parts]) + "."


def _span(rows: list[Dated]) -> str:
    days = list(dict.fromkeys(long_date(row.day, language()) for row in (rows[0], rows[-1])))
    return " – ".join(days)


def _many(mark: Mark, count: int) -> str:
    """So many dates of a kind."""
    said = {
        "figure": ngettext("%(n)s figure", "%(n)s figures", count),
        "due": ngettext("%(n)s target date", "%(n)s target dates", count),
        "replaced": ngettext("%(n)s target date since replaced", "%(n)s target dates since replaced", count),
        "done": ngettext("%(n)s milestone done", "%(n)s milestones done", count),
        "overdue": ngettext("%(n)s milestone due and not done", "%(n)s milestones due and not done", count),
        "open": ngettext("%(n)s milestone to come", "%(n)s milestones to come", count),
        "on_time": ngettext("%(n)s report received on time", "%(n)s reports received on time", count),
        "late": ngettext("%(n)s report received late", "%(n)s reports received late", count),
        "missing": ngettext("%(n)s report due and not received", "%(n)s reports due and not received", count),
        "not_due": ngettext("%(n)s report to come", "%(n)s reports to come", count),
        "meeting": ngettext("%(n)s meeting", "%(n)s meetings", count),
    }
    return said[mark] % {"n": number(count)}


def file_rows(commitment: Commitment, rows: Iterable[Dated]) -> Iterator[list[str]]:
    """The same as a file: dates as exactly as they are known."""
    what, about = pgettext("happened or falls due", "What"), pgettext("what a date belongs to", "About")
    yield [_("Commitment (code)"), _("Date"), _("Last day"), what, _("Indicator (code)"), about]
    for row in rows:
        named = row.about.text if row.about else ""
        yield [commitment.code, row.day.iso(), row.day.last_day.isoformat(), row.kind, row.code, named]
