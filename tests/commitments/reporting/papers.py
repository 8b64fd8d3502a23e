"""Published reports and files made of them, for the tests of papers."""

import os
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from commitments.history import actions
from commitments.reporting import printing
from commitments.reporting.actions import ask_for_print
from commitments.reporting.models import PrintedReport, ProgressReport, ReportTranslation
from commitments.sources import storing
from tests.cast import NOON, STAGE, Cast
from tests.factories import record

WORDS = (
    "Two seasonal programmes opened in the period, with Canada and Mexico. Rules for recruiters were agreed.\n\n"
    "A shared registry is being prepared."
)


def publish(report: ProgressReport, **texts: Any) -> ProgressReport:
    """Publish a report without its way there."""
    at = {"sent_at": NOON, "accepted_at": NOON, "published_at": NOON}
    return actions.change(report, by=STAGE, at=NOON, state="published", language="en", **at, **texts)


def country_report(cast: Cast) -> ProgressReport:
    """Colombia's published report on one commitment of the labour group with a figure."""
    commitment = record.commitment(
        "LAD-COL-901", country=cast.colombia, group=cast.labour, horizon="short", title_en="Open 5,000 seasonal places"
    )
    indicator = record.indicator(commitment, baseline=(0, date(2024, 1, 1)), target=(5000, date(2027, 6, 30)))
    for number, day in enumerate((date(2025, 1, 31), date(2025, 9, 30), date(2026, 6, 30))):
        figure = record.measurement(indicator, 900 + 1100 * number, day)
    owed = record.entry(indicator, record.cycle())
    actions.change(owed, by=STAGE, at=NOON, measurement_id=figure.pk)
    part = owed.report.parts.get()
    actions.change(part, by=STAGE, at=NOON, answer="progress", words="Places opened in coffee and flowers.")
    return publish(owed.report, summary=WORDS, obstacles="Visas take long.", practice="One desk for all.")


def group_report(cast: Cast, beside: ProgressReport) -> ProgressReport:
    """The labour group's published report in the same cycle, with a translation of its summary."""
    report = publish(
        record.group_report(cast.labour, beside.cycle),
        summary=WORDS,
        purpose="Widen regular pathways for work, with rules for fair recruitment.",
        outcomes="Places for seasonal workers in four countries; one code of conduct for recruiters.",
        obstacles="No shared registry yet. Support needed: a specialist for six months.",
    )
    row = ReportTranslation(report=report, language="fr", summary="Deux programmes saisonniers ont été ouverts.")
    actions.create(row, by=STAGE, at=NOON)
    return report


def made(report: ProgressReport, language: str = "en") -> PrintedReport:
    """A file of a report. With KEEP_PDF=folder it is kept there, to be looked at."""
    row = ask_for_print(report=report, language=language, by=None, at=timezone.now(), wake=False)
    taken = printing.claim(row.pk, timezone.now())
    assert taken is not None
    assert printing.make(taken, clock=timezone.now), PrintedReport.objects.get(pk=row.pk).error
    row.refresh_from_db()
    if os.environ.get("KEEP_PDF"):
        Path(os.environ["KEEP_PDF"], f"{report.place}-{language}.pdf").write_bytes(content(row))
    return row


def content(row: PrintedReport) -> bytes:
    """The file itself."""
    return storing.path_of(row.content_sha256).read_bytes()
