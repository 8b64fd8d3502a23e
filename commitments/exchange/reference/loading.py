"""Loading a directory of the record: all of it or nothing."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError, IntegrityError, transaction

from commitments.exchange.reference import (
    commitments,
    glossary,
    governance,
    groups,
    indicators,
    meetings,
    places,
)
from commitments.exchange.reference.desk import Desk
from commitments.exchange.reference.files import SHIPPED, Contents, read_directory, shipped_tables
from commitments.exchange.reference.ledger import Ledger
from commitments.exchange.reference.problems import BrokenFilesError, Problem
from commitments.exchange.reference.references import Known, broken_references
from commitments.exchange.reference.report import Report
from commitments.exchange.reference.schemas import CODES, GOVERNANCE, LIFE_CYCLE_DATES, MEETING_PROCESSES
from commitments.exchange.reference.schemas.governance import TECHNICAL_SECRETARIAT
from commitments.formats.dates import site_day
from commitments.indicators import counting, statuses

#: What is brought in, and in which order: nothing is pointed to before it is there.
STEPS: tuple[Callable[[Desk], None], ...] = (
    places.load_countries,
    places.load_kinds,
    places.load_organizations,
    places.load_mechanisms,
    places.load_memberships,
    groups.load_pillars,
    groups.load_workstreams,
    groups.load_other_groups,
    groups.load_themes,
    glossary.load_terms,
    commitments.load_commitments,
    indicators.load_indicators,
    meetings.load_meetings,
    governance.load_presidencies,
    governance.load_secretariat,
    governance.load_counts,
    governance.compare_committees,
)


def load_reference_data(*, at: datetime, directory: Path | None = None, dry_run: bool = False) -> Report:
    """Bring a directory of the record into the database, in one transaction; the shipped one when none is named.

    A dry run tells what would happen and stores nothing. Raises BrokenFilesError, with everything that is wrong and
    nothing loaded.
    """
    contents = read_directory(directory or SHIPPED)
    tables = shipped_tables()
    with transaction.atomic():
        problems = [*_clashing_codes(contents, tables), *broken_references(contents, Known.of(contents))]
        if problems:
            raise BrokenFilesError(problems)
        report = _bring_in(Desk(Ledger(at, site_day(at), Report()), contents, tables))
        if dry_run:
            transaction.set_rollback(True)
    return report


def _bring_in(desk: Desk) -> Report:
    report = desk.ledger.report
    try:
        for step in STEPS:
            step(desk)
    except (IntegrityError, DataError, ObjectDoesNotExist, KeyError, ValueError) as problem:
        # What no check foresaw still names its place, and rolls everything back.
        current = desk.ledger.current
        reason = f"cannot be stored: {type(problem).__name__}: {' '.join(str(problem).split())}"
        raise BrokenFilesError([Problem(current.file, current.record, "", reason)]) from problem
    at = desk.ledger.at
    if report.changed_anything:
        statuses.refresh(at=at)
    else:
        statuses.refresh_outdated(at=at)
    counting.gather()
    _tell(desk)
    return report


def _tell(desk: Desk) -> None:
    """What no record carries: what waits, what the loader's own tables hold, what nobody knows."""
    contents, report = desk.contents, desk.ledger.report
    report.waiting = {place: number for place, number in contents.waiting.items() if number}
    others = [row for row in contents.of(GOVERNANCE, "roles") if row["role"] != TECHNICAL_SECRETARIAT]
    if others:
        report.waiting[GOVERNANCE.name, "roles"] = len(others)
    for kind in (CODES, LIFE_CYCLE_DATES, MEETING_PROCESSES):
        if kind.name in contents.records:
            report.remarks.append(f"{kind.name}: {len(contents.of(kind))} rows consulted")
    report.remarks += [f"{remark} (kept for later all the same)" for remark in contents.remarks]
    report.remarks += [f"{name}: not a file of the record; not read" for name in contents.unknown]


def _clashing_codes(contents: Contents, tables: Contents) -> list[Problem]:
    """Two records that are promised one code."""
    owners: dict[str, str] = {}
    problems = []
    for row in [*tables.of(CODES), *contents.of(CODES)]:
        owner = owners.setdefault(row["code"], row["reference_id"])
        if owner != row["reference_id"]:
            reason = f'"{row["code"]}" belongs to {owner} already'
            problems.append(Problem(CODES.name, row["reference_id"], "code", reason))
    return problems
