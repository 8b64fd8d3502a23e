"""What a person has to do about figures and reports, and what the update form needs to know before it asks."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Case, Prefetch, Q, Value, When

from commitments.formats.partial import PartialDate
from commitments.history.enums import ReportState
from commitments.indicators import progress
from commitments.indicators.enums import Counting, Status
from commitments.indicators.facts import Result
from commitments.indicators.models import Figure, Indicator, Measurement, Series
from commitments.indicators.queries import Audience, IndicatorReading, indicator_reading, measurement_fact
from commitments.mechanisms.models import Country
from commitments.reporting.models import ProgressReport, ReportEntry, ReportingCycle, ReportPart, ReportQuestion
from commitments.reporting.models.cycle import in_open_cycle

#: A move larger than this part of the last figure is worth a word of explanation.
BIG_MOVE = Decimal("0.25")


@dataclass(frozen=True, slots=True)
class UpdateTask:
    """All that the update form of one indicator rests on."""

    indicator: Indicator
    series: Series
    reading: IndicatorReading
    entry: ReportEntry | None
    #: Sent or returned and not decided on yet: it is changed, not doubled.
    open_measurement: Measurement | None
    on: date
    #: Taken up by the secretariat: nobody changes these, nor sends another one for their dates.
    in_review: Sequence[Measurement] = ()

    @property
    def country_id(self) -> int | None:
        """The country that the figure is asked of, else the one that answers for the commitment; None: no country."""
        asked = self.entry.report.country_id if self.entry is not None else None
        return asked or self.indicator.country_id_for_rules

    def is_of(self, countries: Collection[int]) -> bool:
        """Whether one of these countries gives the figure, or none does: then nobody enters it on behalf of one."""
        return self.country_id is None or bool({self.country_id, self.indicator.country_id_for_rules} & {*countries})

    @property
    def last(self) -> Measurement | None:
        """The newest accepted figure."""
        return self.reading.latest

    @property
    def is_asked(self) -> bool:
        """Whether figures are asked for: not of a commitment that is closed."""
        commitment = self.indicator.commitment
        return commitment is None or not commitment.is_closed

    @property
    def returned(self) -> Measurement | None:
        """The figure that the secretariat returned with a question."""
        pending = self.open_measurement
        return pending if pending is not None and pending.state == ReportState.RETURNED else None

    def changed_by(self, figure: Figure | None) -> Measurement | None:
        """The pending figure that this one changes: the returned one, or one sent for the same date."""
        pending = self.open_measurement
        if pending is None or figure is None or pending == self.returned:
            return pending
        return pending if pending.as_of == figure.as_of.first else None

    def is_in_review(self, day: date) -> bool:
        """Whether the secretariat is reviewing a figure for a date."""
        return any(row.as_of == day for row in self.in_review)

    @property
    def question(self) -> str:
        """The secretariat's question on a returned figure; empty when there is none."""
        return self.returned.question if self.returned else ""

    @property
    def asks_for_period(self) -> bool:
        """Whether the figure is an amount in a period rather than a level or total at a date."""
        return self.indicator.counting == Counting.FLOW

    @property
    def proposed_day(self) -> date:
        """The day filled in for the person: the end of the cycle's period, else the end of last month."""
        if self.entry is not None and self.entry.report.cycle.period_end <= self.on:
            return self.entry.report.cycle.period_end
        return self.on.replace(day=1) - timedelta(days=1)

    @property
    def proposed_start(self) -> date:
        """The first day of the period filled in for the person."""
        if self.entry is not None and self.entry.report.cycle.period_end <= self.on:
            return self.entry.report.cycle.period_start
        return self.proposed_day.replace(day=1)

    def preview(self, figure: Figure) -> Result:
        """What the status would be with this figure; nothing is stored."""
        row = Measurement(series=self.series, **figure.columns())
        fact = measurement_fact(row)
        others = tuple(known for known in self.reading.facts.measurements if known.as_of != fact.as_of)
        facts = self.reading.facts
        return progress.status(replace(facts, measurements=(*others, fact)), self.on)

    def needs_reason(self, figure: Figure, result: Result) -> bool:
        """Below what was expected, a big move, a falling total or a correction: the public asks why."""
        if result.status in {Status.AT_RISK, Status.OFF_TRACK}:
            return True
        return self.is_correction(figure) or self.falls(figure) or self.moves_far(figure)

    def is_correction(self, figure: Figure) -> bool:
        """Whether there is an accepted figure for the same date with another value."""
        same = [m for m in self.reading.measurements if m.is_used and m.as_of == figure.as_of.first]
        return any(m.value != figure.value for m in same)

    def falls(self, figure: Figure) -> bool:
        """Whether a running total would go down."""
        before = self.last_before(figure.as_of)
        running = self.indicator.counting == Counting.CUMULATIVE
        return bool(running and before is not None and before.value is not None and figure.value < before.value)

    def moves_far(self, figure: Figure) -> bool:
        """Whether the figure differs from the last one by more than a quarter of it."""
        before = self.last_before(figure.as_of)
        if before is None or not before.value:
            return False
        return bool(abs(figure.value - before.value) > abs(before.value) * BIG_MOVE)

    def later_than(self, day: PartialDate) -> Measurement | None:
        """A figure on record for a later date, if any: the new one is then kept as an earlier value."""
        later = [m for m in self.reading.measurements if m.is_used and m.as_of and m.as_of > day.last_day]
        return later[0] if later else None

    def last_before(self, day: PartialDate) -> Measurement | None:
        """The newest figure on record before a date."""
        before = [m for m in self.reading.measurements if m.is_used and m.as_of and m.as_of < day.first]
        return before[0] if before else None


def update_task(indicator: Indicator, *, on: date) -> UpdateTask:
    """Gather what the update form of an indicator needs, in a constant number of queries."""
    reading = indicator_reading(indicator, on=on, audience=Audience.WORKSPACE)
    line = reading.total
    series = line.series if line else Series.objects.filter(indicator=indicator).first()
    if series is None:
        raise Series.DoesNotExist(indicator.code)
    series.indicator = indicator
    entry = (
        ReportEntry.objects.filter(in_open_cycle(on, "report__cycle"), series=series)
        .filter(Q(measurement__isnull=True) | Q(measurement__state__in=[ReportState.SENT, ReportState.RETURNED]))
        .select_related("report__cycle")
        .order_by("due_on")
        .first()
    )
    undecided = [ReportState.SENT, ReportState.IN_REVIEW, ReportState.RETURNED]
    waiting = (
        Measurement.objects.filter(series=series, state__in=undecided)
        .select_related("source", "series__indicator__commitment", "entered_by")
        # A question comes first, then the newest.
        .order_by(Case(When(state=ReportState.RETURNED, then=Value(0)), default=Value(1)), "-pk")
    )
    in_review = [row for row in waiting if row.state == ReportState.IN_REVIEW]
    pending = next((row for row in waiting if row.state != ReportState.IN_REVIEW), None)
    return UpdateTask(indicator, series, reading, entry, pending, on, in_review)


def places_of() -> tuple[Prefetch, Prefetch]:
    """The parts and entries of reports, with what tells whether they are asked for still: for `prefetch_related`."""
    parts = ReportPart.objects.select_related("commitment")
    entries = ReportEntry.objects.select_related("measurement", "series__indicator__commitment")
    return Prefetch("parts", parts), Prefetch("entries", entries)


@dataclass(frozen=True, slots=True)
class CycleProgress:
    """How far a country is with what an open cycle asks of it."""

    country: Country
    cycle: ReportingCycle
    done: int
    late: int
    open: int

    @property
    def total(self) -> int:
        """How many answers are asked for: one a commitment, one a figure."""
        return self.done + self.late + self.open

    @property
    def blocks(self) -> list[str]:
        """One block for each answer: done, late, open."""
        return ["done"] * self.done + ["late"] * self.late + ["open"] * self.open


def cycle_progress(country_ids: Iterable[int], *, on: date) -> list[CycleProgress]:
    """How far these countries are in the cycles open on a day: commitments and figures, each its block."""
    reports = (
        ProgressReport.objects.filter(in_open_cycle(on, "cycle"), country_id__in=list(country_ids))
        .select_related("country", "cycle")
        .prefetch_related(*places_of())
        .order_by("cycle__due_on", "country__iso3", "id")
    )
    return [_progress_of(report, on) for report in reports if report.country is not None]


def _progress_of(report: ProgressReport, on: date) -> CycleProgress:
    """An answer counts as done once it is given; what is late is counted from its own date."""
    settled = bool(report.cannot_reason) or report.sent_at is not None
    answers = [(settled or part.is_answered, report.due_on) for part in report.parts.all() if part.is_asked]
    answers += [(entry.is_answered, entry.due_on) for entry in report.entries.all() if entry.is_asked]
    assert report.country is not None  # noqa: S101  # asked for
    return CycleProgress(
        country=report.country,
        cycle=report.cycle,
        done=sum(done for done, _due in answers),
        late=sum(not done and due_on < on for done, due_on in answers),
        open=sum(not done and due_on >= on for done, due_on in answers),
    )


def open_questions(report: ProgressReport) -> list[ReportQuestion]:
    """The questions of the secretariat that nobody has answered yet, in the order in which they were asked."""
    return list(report.questions.filter(answered_at__isnull=True))


@dataclass(frozen=True, slots=True)
class OpenPlaces:
    """What may be written in a report as it stands: all of it, nothing, or the places that a question stands at."""

    everything: bool = False
    sections: frozenset[str] = frozenset()
    parts: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.everything or bool(self.sections or self.parts)

    def allows(self, section: str, part_id: int | None = None) -> bool:
        """Whether a section, or one part of it, may be written."""
        return self.everything or section in self.sections or (part_id is not None and part_id in self.parts)


def open_places(report: ProgressReport, questions: Iterable[ReportQuestion]) -> OpenPlaces:
    """What its author may write: everything until it is sent or its cycle closed, then only what was asked about."""
    if report.state == ReportState.RETURNED:
        asked = [question for question in questions if question.is_open]
        if any(question.is_objection for question in asked):
            return OpenPlaces(everything=True)
        return OpenPlaces(
            sections=frozenset(question.section for question in asked if question.part_id is None),
            parts=frozenset(question.part_id for question in asked if question.part_id is not None),
        )
    unsent = report.state in {ReportState.NOT_DUE, ReportState.DUE, ReportState.DRAFT}
    return OpenPlaces(everything=unsent and report.cycle.closed_at is None)


@dataclass(frozen=True, slots=True)
class Missing:
    """What a report lacks before it can be sent."""

    parts: list[ReportPart]
    entries: list[ReportEntry]
    questions: list[ReportQuestion]

    def __bool__(self) -> bool:
        return bool(self.parts or self.entries or self.questions)


def missing_in(
    report: ProgressReport,
    parts: Iterable[ReportPart],
    entries: Iterable[ReportEntry],
    questions: Iterable[ReportQuestion],
) -> Missing:
    """What is asked and has no answer. One that says why it cannot be given at all lacks nothing.

    Figures due later than the report, those on their own way back with a question, and what is asked of a commitment
    that was closed meanwhile do not hold it up.
    """
    questions = list(questions)
    asked = [question for question in questions if question.lacks_answer]
    only_asked = report.state == ReportState.RETURNED and not open_places(report, questions).everything
    if report.cannot_reason or only_asked:
        return Missing([], [], asked)
    return Missing(
        parts=[part for part in parts if not part.is_answered and part.is_asked],
        entries=[entry for entry in entries if entry.is_open and entry.due_on <= report.due_on],
        questions=asked,
    )


def missing_answers(report: ProgressReport) -> Missing:
    """The same, read now."""
    entries = report.entries.select_related("series__indicator__commitment")
    return missing_in(report, report.parts.select_related("commitment"), entries, report.questions.all())
