"""Rows of the record for tests, made through the write path like every other row."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from commitments.formats.partial import PartialDate
from commitments.glossary.models import Term
from commitments.history import actions
from commitments.indicators.models import Baseline, Evidence, Indicator, Measurement, Revision, Series, Target
from commitments.indicators.statuses import refresh
from commitments.intake.files import read_upload
from commitments.mechanisms.models import Country, Mechanism
from commitments.register.models import Commitment
from commitments.reporting.models import ProgressReport, ReportEntry, ReportingCycle, ReportPart
from commitments.sources.actions import store_file
from commitments.sources.models import Source
from commitments.working_groups.models import WorkingGroup
from tests.cast import NOON, STAGE, declaration
from tests.factories import files


def source(title: str = "Monthly registry", **columns: Any) -> Source:
    """A document."""
    columns.setdefault("url", "https://registry.example/monthly")
    return actions.create(Source(title=title, publisher="Registry", language="en", **columns), by=STAGE, at=NOON)


def term(code: str, **columns: Any) -> Term:
    """A word of the glossary without an agreed definition."""
    defaults = {"slug": code.replace("_", "-"), "kind": "concept", "agreement": "none", "name_en": f"Word {code}"}
    return actions.create(Term(code=code, **(defaults | columns)), by=STAGE, at=NOON)


def commitment(code: str = "LAD-COL-901", *, country: Country | None = None, **columns: Any) -> Commitment:
    """A published commitment of a country, of the mechanism when no country is given."""
    mechanism: Mechanism = columns.pop("mechanism", None) or declaration()
    maker = {"maker_country": country} if country else {"maker_mechanism": mechanism}
    defaults = {
        "title_en": f"Commitment {code}",
        "summary_en": "A summary.",
        "kind": "national" if country else "collective",
        "made_on": date(2024, 1, 1),
        "made_on_precision": "day",
        "life_cycle": "active",
    }
    row = Commitment(code=code, mechanism=mechanism, **maker, **(defaults | columns))
    actions.create(row, by=STAGE, at=NOON)
    if row.is_public:
        refresh(commitments=[row.pk], at=NOON)
    return row


def indicator(
    commitment: Commitment,
    number: int = 1,
    *,
    baseline: tuple[int, date] | None = None,
    target: tuple[int, date | None] | None = None,
    countries: Sequence[Country] = (),
    **columns: Any,
) -> Indicator:
    """A published indicator with its total series; with `countries`, one series for each and none for the whole."""
    defaults = {"title_en": f"People counted {number}", "unit_en": "people", "state": "published"}
    row = Indicator(code=f"{commitment.code}-I{number}", commitment=commitment, **(defaults | columns))
    actions.create(row, by=STAGE, at=NOON)
    for country in countries:
        actions.create(Series(indicator=row, country=country), by=STAGE, at=NOON)
    if countries:
        return row
    series = actions.create(Series(indicator=row), by=STAGE, at=NOON)
    if baseline:
        value, day = baseline
        actions.create(Baseline(series=series, value=Decimal(value), date=day, date_precision="day"), by=STAGE, at=NOON)
    if target:
        value, due = target
        aim = Target(series=series, value=Decimal(value), date=due, date_precision="day" if due else "")
        actions.create(aim, by=STAGE, at=NOON)
    return row


def measurement(indicator: Indicator, value: int | None, on: date, **columns: Any) -> Measurement:
    """A published figure."""
    defaults = {
        "state": "published",
        "accepted_at": NOON,
        "published_at": NOON,
        "as_of_precision": "day",
        "source": columns.pop("source", None) or source(),
    }
    series = columns.pop("series", None) or indicator.series.get()
    row = Measurement(series=series, value=None if value is None else Decimal(value), as_of=on, **(defaults | columns))
    actions.create(row, by=STAGE, at=NOON)
    if indicator.commitment_id and indicator.commitment and indicator.commitment.is_public:
        refresh(commitments=[indicator.commitment_id], at=NOON)
    return row


def revision(indicator: Indicator, value: int = 5000, **columns: Any) -> Revision:
    """A change of the target that waits for the secretariat."""
    defaults = {
        "subject": "target",
        "value": Decimal(value),
        "takes_effect_on": NOON.date(),
        "reason": "The programme was enlarged.",
        "proposed_at": NOON,
    }
    return actions.create(Revision(indicator=indicator, **(defaults | columns)), by=STAGE, at=NOON)


def evidence(name: str = "registry.pdf", **belongs: Any) -> Evidence:
    """An uploaded file, kept on the disk, that shows a figure or the result of a commitment."""
    checked = read_upload(files.upload(name, files.pdf(name.encode("utf-8", "replace"))))
    by = belongs.pop("by", STAGE)
    kept = store_file(checked=checked, by=by, at=NOON)
    return actions.create(Evidence(file=kept, title=name, **belongs), by=STAGE, at=NOON)


def cycle(*, due_on: date = date(2026, 12, 15), at: datetime = NOON, **columns: Any) -> ReportingCycle:
    """An open cycle."""
    defaults = {
        "slug": f"cycle-{due_on.isoformat()}",
        "name_en": "November 2026",
        "period_start": date(2026, 7, 1),
        "period_end": date(2026, 9, 30),
        "opens_on": date(2026, 11, 1),
        "due_on": due_on,
        "closes_on": date(2027, 1, 31),
    }
    return actions.create(ReportingCycle(mechanism=declaration(), **(defaults | columns)), by=STAGE, at=at)


def entry(indicator: Indicator, cycle: ReportingCycle, series: Series | None = None) -> ReportEntry:
    """A figure that a country owes in a cycle; of one line where the indicator has several."""
    commitment = indicator.commitment
    assert commitment is not None
    report = country_report(commitment, cycle)
    owed = ReportEntry(report=report, series=series or indicator.series.get(), due_on=cycle.due_on)
    return actions.create(owed, by=STAGE, at=NOON)


def country_report(commitment: Commitment, cycle: ReportingCycle) -> ProgressReport:
    """The report that the maker of a commitment owes in a cycle, with a part for the commitment."""
    country = commitment.maker_country
    report = ProgressReport.objects.filter(cycle=cycle, country=country).first() or actions.create(
        ProgressReport(cycle=cycle, country=country, due_on=cycle.due_on), by=STAGE, at=NOON
    )
    if not report.parts.filter(commitment=commitment).exists():
        actions.create(ReportPart(report=report, commitment=commitment), by=STAGE, at=NOON)
    return report


def group_report(group: WorkingGroup, cycle: ReportingCycle) -> ProgressReport:
    """A report that a group owes in a cycle."""
    return actions.create(ProgressReport(cycle=cycle, group=group, due_on=cycle.due_on), by=STAGE, at=NOON)


def day(text: str) -> PartialDate:
    """A date as the record writes it."""
    return PartialDate.parse(text)
