"""What changed, in words: what happened, to what, how it was before, and where its history stands."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from commitments.formats.dates import long_date, time_of_day
from commitments.formats.language import Text, language_of, written_in
from commitments.history.enums import ChangeKind, ReportState
from commitments.history.wording import LOADER
from commitments.indicators.enums import RevisionSubject
from commitments.indicators.models import Indicator, Measurement
from commitments.indicators.spoken import when_of
from commitments.indicators.wording import figure_of, status_word, unit_words
from commitments.register.enums import LifeCycle
from commitments.sources.models import Source
from commitments.updates.queries import Event, Kind


@dataclass(frozen=True, slots=True)
class Line:
    """One change as a page and a feed tell it; `was` and `now` only where something took another's place."""

    event: Event
    what: str
    title: Text
    url: str
    who: Text | None = None
    was: str = ""
    now: str = ""
    reason: Text | None = None
    time: str = ""
    #: What a figure rests on.
    source: Source | None = None

    @property
    def at(self) -> datetime:
        """When it happened."""
        return self.event.place.at

    @property
    def anchor(self) -> str:
        """What it is known by for ever."""
        return f"{self.event.kind.value}-{self.event.place.number}"


@dataclass(frozen=True, slots=True)
class Day:
    """What changed on one day (UTC), newest first."""

    day: date
    heading: str
    lines: list[Line]


def language() -> str:
    """The language of the page."""
    return language_of(get_language())


def lines(events: Iterable[Event]) -> list[Line]:
    """Each change in words."""
    return [_WORDS[event.kind](event) for event in events]


def by_day(told: Iterable[Line]) -> list[Day]:
    """The changes under their days, in their order."""
    days: dict[date, list[Line]] = {}
    for line in told:
        days.setdefault(line.at.astimezone(UTC).date(), []).append(line)
    return [Day(day, long_date(day, language()), found) for day, found in days.items()]


def _figure(event: Event) -> Line:
    row: Measurement = event.row
    indicator = row.series.indicator
    before = row.replaces
    corrected = before is not None and before.state == ReportState.CORRECTED
    why: str = getattr(event.row, "why", None) or ""
    maker = row.series.country or (indicator.commitment.maker_country if indicator.commitment else None)
    if corrected:
        what = pgettext("what changed", "Figure corrected")
    elif row.entered_by_id is None:
        what = pgettext("what changed", "Figure taken over from the public record")
    else:
        what = pgettext("what changed", "Figure published")
    return Line(
        event,
        what,
        indicator.title_in(language()),
        reverse("public:indicator-history", args=[indicator.code]),
        who=maker.name_in(language()) if maker else None,
        was=_told(before, indicator) if corrected and before is not None else "",
        now=_told(row, indicator),
        reason=written_in(why, row.why_in or "", language()) if corrected and why else None,
        time=_time(event),
        source=row.source,
    )


def _told(row: Measurement, indicator: Indicator) -> str:
    """A figure with its unit and its date."""
    figure, unit = figure_of(row, indicator), unit_words(indicator) if row.is_number else ""
    if unit:
        figure = pgettext("figure and unit", "%(figure)s %(unit)s") % {"figure": figure, "unit": unit}
    if row.day is None:
        return figure
    return pgettext("figure and date", "%(figure)s (%(date)s)") % {"figure": figure, "date": when_of(row)}


def _commitment(event: Event) -> Line:
    row = event.row
    is_new = row.was in (None, LifeCycle.DRAFT)
    life, why = LifeCycle(row.life_cycle), row.life_cycle_reason or row.public_reason
    what = pgettext("what changed", "Commitment")
    if is_new:
        loaded = row.history_user_id is None and row.request_id.startswith(LOADER)
        taken_over = pgettext("what changed", "Commitment taken over from the public record")
        what = taken_over if loaded else pgettext("what changed", "New commitment")
    return Line(
        event,
        what,
        Text(row.code, language(), False) if life is LifeCycle.REMOVED else row.instance.title_in(language()),
        reverse(f"public:commitment{'' if life is LifeCycle.REMOVED else '-history'}", args=[row.code]),
        who=row.maker_country.name_in(language()) if row.maker_country else None,
        was="" if is_new else str(LifeCycle(row.was).label),
        now="" if is_new and not life.is_closed else str(life.label),
        reason=None if is_new or not why else written_in(why, row.reason_in or "", language()),
        time=_time(event),
    )


def _report(event: Event) -> Line:
    row = event.row
    owner = row.country or row.group
    corrected = event.kind is Kind.REPORT_CORRECTED
    return Line(
        event,
        pgettext("what changed", "Report corrected") if corrected else pgettext("what changed", "Report published"),
        row.cycle.name_in(language()),
        reverse("public:report", args=[row.cycle.slug, row.place]) + ("#history" if corrected else ""),
        who=owner.name_in(language())
        if owner
        else Text(pgettext("whose report", "Secretariat"), language(), foreign=False),
        time=_time(event),
    )


def _cycle(event: Event) -> Line:
    closed = event.kind is Kind.CYCLE_CLOSED
    return Line(
        event,
        pgettext("what changed", "Reporting cycle closed")
        if closed
        else pgettext("what changed", "Reporting cycle opened"),
        event.row.name_in(language()),
        reverse("public:cycle", args=[event.row.slug]),
        time=_time(event) if closed else "",
    )


def _stated(event: Event) -> Line:
    row = event.row
    ended = event.kind is Kind.LAPSED
    maker = row.commitment.maker_country
    return Line(
        event,
        pgettext("what changed", "Status set by hand ended")
        if ended
        else pgettext("what changed", "Status set by hand"),
        row.commitment.title_in(language()),
        reverse("public:commitment-history", args=[row.commitment.code]),
        who=maker.name_in(language()) if maker else None,
        now=status_word(row.status),
        reason=None if ended else written_in(row.reason, row.language, language()),
        time="" if ended else _time(event),
    )


def _agreed(event: Event) -> Line:
    row = event.row
    words = {
        RevisionSubject.TARGET: pgettext("what changed", "Target changed by agreement"),
        RevisionSubject.BASELINE: pgettext("what changed", "Baseline changed by agreement"),
        RevisionSubject.DEFINITION: pgettext("what changed", "Definition changed by agreement"),
    }
    maker = row.indicator.commitment.maker_country if row.indicator.commitment else None
    return Line(
        event,
        words[RevisionSubject(row.subject)],
        row.indicator.title_in(language()),
        reverse("public:indicator-history", args=[row.indicator.code]),
        who=maker.name_in(language()) if maker else None,
        reason=written_in(row.reason, "en", language()) if row.reason else None,
        time=_time(event),
    )


def _belonging(event: Event) -> Line:
    row = event.row
    recorded, changed, ended, removed = {
        Kind.ADHERENCE: (
            pgettext("what changed", "Country recorded in a mechanism"),
            pgettext("what changed", "Record of a country in a mechanism changed"),
            pgettext("what changed", "Country left a mechanism"),
            pgettext("what changed", "Record of a country in a mechanism removed"),
        ),
        Kind.PRESIDENCY: (
            pgettext("what changed", "Presidency pro tempore recorded"),
            pgettext("what changed", "Presidency pro tempore changed"),
            pgettext("what changed", "Presidency pro tempore ended"),
            pgettext("what changed", "Presidency pro tempore removed from the record"),
        ),
        Kind.SECRETARIAT: (
            pgettext("what changed", "Technical secretariat recorded"),
            pgettext("what changed", "Technical secretariat changed"),
            pgettext("what changed", "Technical secretariat ended"),
            pgettext("what changed", "Technical secretariat removed from the record"),
        ),
    }[event.kind]
    what = {ChangeKind.CREATED: recorded, ChangeKind.REMOVED: removed}.get(ChangeKind(row.history_type), changed)
    if what == changed and row.until is not None and row.ended is None:
        what = ended
    holder = row.organization if event.kind is Kind.SECRETARIAT else row.country
    return Line(
        event,
        what,
        row.mechanism.name_in(language()),
        reverse("public:mechanism-history", args=[row.mechanism.slug]),
        who=holder.name_in(language()) if holder else None,
        reason=written_in(row.public_reason, row.reason_in or "", language()) if row.public_reason else None,
        time=_time(event),
    )


def _time(event: Event) -> str:
    return time_of_day(event.place.at, UTC, language())


_WORDS: dict[Kind, Callable[[Event], Line]] = {
    Kind.FIGURE: _figure,
    Kind.COMMITMENT: _commitment,
    Kind.REPORT: _report,
    Kind.REPORT_CORRECTED: _report,
    Kind.CYCLE_OPENED: _cycle,
    Kind.CYCLE_CLOSED: _cycle,
    Kind.STATED: _stated,
    Kind.LAPSED: _stated,
    Kind.AGREED: _agreed,
    **dict.fromkeys((Kind.ADHERENCE, Kind.PRESIDENCY, Kind.SECRETARIAT), _belonging),
}


def in_one_line(line: Line) -> str:
    """What happened to what, for the title of an entry of a feed."""
    words: dict[str, Any] = {"what": line.what, "title": line.title.text, "who": line.who.text if line.who else ""}
    if line.who is None:
        return pgettext("entry of a feed", "%(what)s: %(title)s") % words
    return pgettext("entry of a feed", "%(what)s: %(title)s (%(who)s)") % words


def in_full(line: Line) -> str:
    """How it was, how it is and why, for the text of an entry of a feed."""
    words = {"was": line.was, "now": line.now}
    told = pgettext("entry of a feed", "Was %(was)s, now %(now)s.") % words if line.was else line.now
    reason = _("Reason: %(reason)s") % {"reason": line.reason.text} if line.reason else ""
    words = {"source": line.source.title} if line.source else {}
    source = pgettext("entry of a feed", "Source: %(source)s.") % words if words else ""
    pieces = [piece for piece in (told, reason, source) if piece]
    return " ".join([*(f"{piece.rstrip('.')}." for piece in pieces[:-1]), *pieces[-1:]])
