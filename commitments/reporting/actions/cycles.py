"""The steps of a cycle: opened with all that it asks for, moved, extended for one, closed for good."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.db import transaction

from commitments.history import actions as history
from commitments.history.actions import EditedMeanwhileError
from commitments.mechanisms.models import Country
from commitments.reporting import closing, facts, gathering, owing
from commitments.reporting.models import (
    CycleExtension,
    CycleSnapshot,
    ProgressReport,
    ReportEntry,
    ReportingCycle,
    ReportPart,
)
from commitments.reporting.owing import Ower
from commitments.roles.actor import Actor
from commitments.working_groups.models import WorkingGroup


class CycleClosedError(Exception):
    """The cycle is closed: its snapshot is public, and nothing of it moves any more."""


class NotLaterError(Exception):
    """An extension gives more time, at most until the cycle closes."""


class StillExtendedError(Exception):
    """Somebody was given more time than until the day on which the cycle would now close."""


class NotReadyError(Exception):
    """Something stands in the way of closing; `checklist` says what."""

    def __init__(self, checklist: "closing.Checklist") -> None:
        super().__init__("The cycle cannot be closed yet.")
        self.checklist = checklist


def open_cycle(*, cycle: ReportingCycle, by: Actor, at: datetime, why: str = "") -> ReportingCycle:
    """Store a new cycle with every report, part and figure that it asks for: all or nothing."""
    with transaction.atomic():
        history.create(cycle, by=by, at=at, why=why)
        _Generator(cycle, by, at, why).run()
    return cycle


def change_cycle(
    *, cycle: ReportingCycle, by: Actor, at: datetime, why: str = "", version: int | None = None, **columns: Any
) -> ReportingCycle:
    """Move the dates of a cycle, or reword it; reports in which nobody has written follow, others stay as they are.

    Commitments that appeared since are asked about from now on. Raises CycleClosedError, EditedMeanwhileError,
    StillExtendedError.
    """
    with transaction.atomic():
        fresh = _open(cycle, version, columns)
        closes_on = columns.get("closes_on", fresh.closes_on)
        if closes_on != fresh.closes_on and fresh.extensions.filter(due_on__gt=closes_on).exists():
            raise StillExtendedError
        fresh = history.change(fresh, by=by, at=at, why=why, **columns)
        _Generator(fresh, by, at, why).run()
    return fresh


def extend(
    *,
    cycle: ReportingCycle,
    to: Country | WorkingGroup,
    due_on: date,
    public_reason: str,
    language: str = "",
    by: Actor,
    at: datetime,
) -> CycleExtension:
    """Give a country or a group more time, for a reason that is public: its report and unsent figures follow.

    Raises CycleClosedError, NotLaterError.
    """
    who = {"country": to} if isinstance(to, Country) else {"group": to}
    with transaction.atomic():
        fresh = _open(cycle)
        report = history.locked(ProgressReport.objects.get(cycle=fresh, **who))
        if not report.due_on < due_on <= fresh.closes_on:
            raise NotLaterError
        granted: dict[str, Any] = {
            "due_on": due_on,
            "reason": public_reason,
            "language": language,
            "granted_by_id": by.user_id,
            "granted_at": at,
        }
        known = CycleExtension.objects.filter(cycle=fresh, **who).first()
        said: dict[str, Any] = {"by": by, "at": at, "public_reason": public_reason}
        if known is None:
            extension = history.create(CycleExtension(cycle=fresh, **who, **granted), **said)
        else:
            extension = history.change(known, **said, **granted)
        history.change(report, **said, due_on=due_on)
        history.change_many(report.entries.filter(measurement=None), **said, due_on=due_on)
    return extension


def close_cycle(
    *,
    cycle: ReportingCycle,
    by: Actor,
    at: datetime,
    why: str = "",
    language: str = "",
    version: int | None = None,
) -> CycleSnapshot:
    """Close a cycle: all its figures are frozen and published, and nothing of it moves any more.

    `why` accepts what is missing but does not stand in the way; it is published with the figures, as written in
    `language`. Raises CycleClosedError, NotReadyError.
    """
    with transaction.atomic():
        fresh = _open(cycle, version)
        checklist = closing.checklist(fresh, at=at)
        if checklist.stops or (checklist.wants_reason and not why.strip()):
            raise NotReadyError(checklist)
        content = closing.content(fresh, at=at, why=why, language=language)
        sha256 = closing.fingerprint(content)
        snapshot = CycleSnapshot.objects.create(
            cycle=fresh,
            code=closing.code_of(sha256),
            content=content,
            sha256=sha256,
            taken_by_id=by.user_id,
            taken_at=at,
        )
        history.change(fresh, by=by, at=at, why=why, public_reason=why, closed_by_id=by.user_id, closed_at=at)
    return snapshot


def _open(
    cycle: ReportingCycle, version: int | None = None, columns: Mapping[str, Any] | None = None
) -> ReportingCycle:
    """The cycle and its reports, locked: two steps of it never mix, and what somebody is writing just now is seen."""
    fresh = history.locked(cycle)
    if version is not None and fresh.version != version:
        raise EditedMeanwhileError(fresh, dict(columns or {}))
    if fresh.closed_at is not None:
        raise CycleClosedError(fresh.slug)
    list(ProgressReport.objects.select_for_update().filter(cycle=fresh).order_by("pk").values_list("pk"))
    return fresh


@dataclass(slots=True)
class _Generator:
    """Brings the reports of a cycle in line with what it asks for, inside one transaction."""

    cycle: ReportingCycle
    by: Actor
    at: datetime
    why: str
    reports: dict[int, ProgressReport] = field(default_factory=dict)
    by_ower: dict[Ower, ProgressReport] = field(default_factory=dict)
    extended: dict[Ower, date] = field(default_factory=dict)
    begun: set[int] = field(default_factory=set)
    #: Whether nothing was ever asked in the cycle: then nothing stands that could be in the way.
    is_new: bool = False

    @property
    def _said(self) -> dict[str, Any]:
        return {"by": self.by, "at": self.at, "why": self.why}

    def run(self) -> None:
        """Ask what is missing, take back what is not asked any more, move dates: only where nobody wrote."""
        for report in ProgressReport.objects.filter(cycle=self.cycle):
            self._know(report)
        self.is_new = not self.reports
        for row in self.cycle.extensions.all():
            self.extended[Ower(row.country_id, row.group_id)] = row.due_on
        self.begun = set() if self.is_new else gathering.begun(self.cycle, on=self.at.date())
        self._move_dates()
        fact = gathering.cycle_fact(self.cycle)
        self._ask(fact)
        groups = owing.groups_that_report(gathering.group_facts(self.cycle), fact)
        self._make_reports(groups)
        self._take_back_reports({*groups})

    def _know(self, report: ProgressReport) -> None:
        self.reports[report.pk] = report
        self.by_ower[gathering.ower_of_report(report)] = report

    def _due_on(self, ower: Ower) -> date:
        """An extension gives more time: where everybody has as much by now, it gives none."""
        return max(self.extended.get(ower, self.cycle.due_on), self.cycle.due_on)

    def _move_dates(self) -> None:
        days: dict[date, list[int]] = defaultdict(list)
        for pk, report in self.reports.items():
            if pk not in self.begun:
                report.due_on = self._due_on(gathering.ower_of_report(report))
                days[report.due_on].append(pk)
        for due_on, untouched in days.items():
            history.change_many(ProgressReport.objects.filter(pk__in=untouched), **self._said, due_on=due_on)
            history.change_many(ReportEntry.objects.filter(report__in=untouched), **self._said, due_on=due_on)

    def _make_reports(self, owers: Iterable[Ower]) -> None:
        """The reports of these owers, made where they are not there."""
        missing = [
            (ower.country_id, ower.group_id, ower.is_secretariat, self._due_on(ower))
            for ower in dict.fromkeys(owers)
            if ower not in self.by_ower
        ]
        names = ("country_id", "group_id", "is_of_secretariat", "due_on")
        made = history.create_many(ProgressReport(cycle=self.cycle), names, missing, **self._said)
        for report in ProgressReport.objects.filter(pk__in=made):
            self._know(report)

    def _ask(self, fact: owing.CycleFact) -> None:
        """About every commitment: what is missing is asked, what is not asked any more is taken back."""
        standing = None if self.is_new else gathering.standing_of(self.reports, self.begun)
        wanted = owing.Changes()
        for commitment in facts.commitment_facts(self.cycle.mechanism_id):
            wanted += self._changes(commitment, standing(commitment.id) if standing else (), fact)
        self._make_reports(ower for ower, _asked in (*wanted.parts, *wanted.entries))
        self._take_back(wanted)
        reports = {ower: (report.pk, report.due_on) for ower, report in self.by_ower.items()}
        parts = [(reports[ower][0], pk) for ower, pk in wanted.parts]
        history.create_many(ReportPart(), ("report_id", "commitment_id"), parts, **self._said)
        asked = [(*reports[ower], line) for ower, line in wanted.entries]
        history.create_many(ReportEntry(), ("report_id", "due_on", "series_id"), asked, **self._said)

    def _changes(
        self, commitment: owing.CommitmentFact, standing: Sequence[owing.Standing], fact: owing.CycleFact
    ) -> owing.Changes:
        owed = owing.owed_for(commitment, fact)
        known = self.by_ower.get(owed.ower) if owed else None
        return owing.changes(owed, standing, is_open=known is None or known.state in gathering.UNSENT)

    def _take_back(self, wanted: owing.Changes) -> None:
        """What is not asked any more."""
        gone: Iterable[ReportEntry | ReportPart] = chain(
            ReportEntry.objects.filter(pk__in=wanted.gone_entries), ReportPart.objects.filter(pk__in=wanted.gone_parts)
        )
        for row in gone:
            history.remove(row, **self._said)

    def _take_back_reports(self, groups: set[Ower]) -> None:
        """Reports in which nothing is asked any more and nobody wrote."""
        empty = ProgressReport.objects.filter(cycle=self.cycle, parts=None, entries=None).exclude(pk__in=self.begun)
        for report in empty:
            if report.group_id is None or gathering.ower_of_report(report) not in groups:
                history.remove(report, **self._said)
