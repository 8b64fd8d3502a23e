"""What a revision changes, side by side, what would follow from it, and who agreed on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commitments.formats.dates import long_date
from commitments.formats.language import Text, language_of, written_in
from commitments.history.enums import ReportState
from commitments.history.languages import with_language_of
from commitments.history.wording import role_words
from commitments.indicators import progress
from commitments.indicators.enums import RevisionSubject, Status
from commitments.indicators.models import Baseline, Indicator, Revision, Target
from commitments.indicators.proposed import Proposed, facts_with
from commitments.indicators.queries import IndicatorReading
from commitments.indicators.terms import column_label, column_words, subject_word
from commitments.indicators.wording import amount, day_words, figure_of, language, sentence, status_word
from commitments.mechanisms.models import Country
from commitments.sources.models import Source
from commitments.working_groups.models import WorkingGroup


@dataclass(frozen=True, slots=True)
class Change:
    """One thing before and after; empty: there was none."""

    label: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The status with the figures published today, as it is and as it would be."""

    was: Status
    now: Status
    sentence: str

    @property
    def moves(self) -> bool:
        """Whether the status would be another one."""
        return self.was is not self.now

    @property
    def word(self) -> str:
        """The word for what it would be."""
        return status_word(self.now)

    @property
    def key(self) -> str:
        """The name of its shape."""
        return self.now.value.replace("_", "")


@dataclass(frozen=True, slots=True)
class AgreedChange:
    """One approved revision as the public reads it: what, from when, proposed and approved by which post, and why."""

    subject: str
    changes: tuple[Change, ...]
    from_day: date
    proposed_by: str
    approved_by: str
    reason: Text
    source: Source | None
    is_ahead: bool


def changes_of(says: Proposed, reading: IndicatorReading) -> tuple[Change, ...]:
    """What is proposed beside what is in force."""
    if says.subject is RevisionSubject.DEFINITION:
        return _columns((name, getattr(reading.indicator, name), now) for name, now in says.columns.items())
    total = reading.total
    if says.subject is RevisionSubject.BASELINE:
        return (
            Change(
                subject_word(says.subject),
                _level(total and total.baseline, reading.indicator),
                _level(says, reading.indicator),
            ),
        )
    old = total.target if total else None
    return _target(old, says, [(point.date.first, point.value) for point in says.waypoints], reading.indicator)


def outcome_of(says: Proposed, reading: IndicatorReading, on: date) -> Outcome:
    """What the status would be, had the revision been in force on this day."""
    facts = facts_with(reading.facts, says, reading.indicator)
    result = progress.status(facts, on)
    return Outcome(reading.result.status, result.status, sentence(result, facts, reading.indicator))


def agreed_changes(reading: IndicatorReading, on: date) -> list[AgreedChange]:
    """The approved revisions of an indicator, newest first. Four queries at most, however many there are."""
    approved = Revision.objects.filter(indicator=reading.indicator, state=ReportState.PUBLISHED)
    revisions = list(
        with_language_of(approved, "reason")
        .select_related("baseline", "target", "source")
        .prefetch_related("target__waypoints")
        .order_by("-takes_effect_on", "-pk")
    )
    if not revisions:
        return []
    posts = posts_of(revisions)
    total = reading.total
    levels = [*total.past, total.baseline, total.target] if total else []
    return [
        AgreedChange(
            subject=subject_word(row.subject),
            changes=_agreed(row, [level for level in levels if level is not None], reading.indicator),
            from_day=row.takes_effect_on,
            proposed_by=posts[row.pk][0],
            approved_by=posts[row.pk][1],
            reason=written_in(row.reason, row.written, language_of(language())),
            source=row.source,
            is_ahead=row.takes_effect_on > on,
        )
        for row in revisions
    ]


def posts_of(revisions: Iterable[Revision]) -> dict[int, tuple[str, str]]:
    """Which posts proposed and approved each revision, as its history has it; never a name. Three queries."""
    rows = list(Revision.history.filter(id__in=[row.pk for row in revisions]).order_by("history_id"))
    countries = {
        row.iso3: row.name_in(language()).text
        for row in Country.objects.filter(iso3__in={r.actor_country for r in rows})
    }
    groups = {
        row.code: row.name_in(language()).text
        for row in WorkingGroup.objects.filter(code__in={r.actor_group for r in rows})
    }
    found: dict[int, tuple[str, str]] = {}
    for row in rows:
        post = role_words(row.actor_role, row.actor_country, row.actor_group, countries, groups)
        proposed, approved = found.get(row.id, ("", ""))
        if row.state == ReportState.SENT:
            proposed = post
        elif row.state == ReportState.PUBLISHED and not approved:
            approved = post
        found[row.id] = (proposed, approved)
    return found


def _agreed(row: Revision, levels: list[Baseline | Target], indicator: Indicator) -> tuple[Change, ...]:
    if row.subject == RevisionSubject.DEFINITION:
        return _columns((name, pair["was"], pair["now"]) for name, pair in row.columns.items())
    new = row.baseline if row.subject == RevisionSubject.BASELINE else row.target
    before = [
        old
        for old in levels
        if type(old) is type(new) and new is not None and old.valid_until == new.valid_from and old.pk < new.pk
    ]
    old = max(before, key=lambda level: level.pk, default=None)
    if isinstance(new, Target):
        points = [(point.date, point.value) for point in new.waypoints.all()]
        return _target(old if isinstance(old, Target) else None, new, points, indicator)
    return (Change(subject_word(row.subject), _level(old, indicator), _level(new, indicator)),)


def _columns(columns: Iterable[tuple[str, Any, Any]]) -> tuple[Change, ...]:
    return tuple(
        Change(column_label(name), column_words(name, was), column_words(name, now))
        for name, was, now in columns
        if was != now
    )


def _target(old: Target | None, new: Any, points: list[tuple[date, Any]], indicator: Indicator) -> tuple[Change, ...]:
    changes = [Change(subject_word(RevisionSubject.TARGET), _level(old, indicator), _level(new, indicator))]
    was = [(point.date, point.value) for point in old.waypoints.all()] if old else []
    if was or points:
        changes.append(Change(_("Interim targets"), _points(was, indicator), _points(points, indicator)))
    return tuple(changes)


def _points(points: list[tuple[date, Any]], indicator: Indicator) -> str:
    return "; ".join(_dated(amount(value, indicator), long_date(day, language())) for day, value in sorted(points))


def _level(row: Any, indicator: Indicator) -> str:
    if row is None:
        return ""
    return _dated(figure_of(row, indicator), day_words(row.day) if row.day else pgettext("target", "no date"))


def _dated(figure: str, when: str) -> str:
    return pgettext("figure and date", "%(figure)s (%(date)s)") % {"figure": figure, "date": when}
