"""What a person has to do about figures and reports."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from commitments.history.enums import ReportState
from commitments.mechanisms.models import Country
from commitments.reporting.models import ProgressReport, ReportEntry, ReportingCycle, ReportPart, ReportQuestion
from commitments.reporting.models.cycle import in_open_cycle


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
