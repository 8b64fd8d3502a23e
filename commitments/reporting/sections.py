"""A report section by section: how far each is while it is written, and the whole as it is read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language

from commitments.formats.language import Text, language_of, written_in
from commitments.history.enums import ReportState
from commitments.indicators.spoken import when_of
from commitments.indicators.wording import figure_of
from commitments.reporting.actions.sections import REPORT_FORM
from commitments.reporting.enums import (
    COUNTRY_SECTIONS,
    GROUP_SECTIONS,
    SECTION_COLUMNS,
    Section,
    SectionState,
)
from commitments.reporting.lines import title_of, told_apart
from commitments.reporting.models import (
    Draft,
    ProgressReport,
    ReportDocument,
    ReportEntry,
    ReportPart,
    ReportQuestion,
)
from commitments.reporting.queries import OpenPlaces, open_places
from commitments.sources.wording import withdrawn_words


@dataclass(frozen=True, slots=True)
class SectionLine:
    """One section in the list of a report: how far it is, and what is counted in it."""

    section: Section
    state: SectionState
    done: int = 0
    total: int = 0
    #: Questions that wait for an answer.
    questions: int = 0
    may_write: bool = True
    #: Whether the person has typed something here that is not in the report yet.
    has_draft: bool = False

    @property
    def is_counted(self) -> bool:
        """Whether it is made of single answers: "3 of 3"."""
        return self.section in {Section.PROGRESS, Section.FIGURES}

    @property
    def is_left_open(self) -> bool:
        """Whether something is written in it that nobody marked as done; its single answers are counted elsewhere."""
        return self.state is SectionState.IN_PROGRESS and not self.is_counted and not self.has_draft


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that a report holds, read once. Constant number of queries."""

    report: ProgressReport
    parts: list[ReportPart]
    entries: list[ReportEntry]
    questions: list[ReportQuestion]
    documents: list[ReportDocument]
    drafts: frozenset[str] = frozenset()

    @property
    def places(self) -> OpenPlaces:
        """What may be written in it now."""
        return open_places(self.report, self.questions)

    @property
    def sections(self) -> tuple[Section, ...]:
        """Its sections in their order."""
        return GROUP_SECTIONS if self.report.group_id else COUNTRY_SECTIONS

    def asked(self, section: str, part_id: int | None = None) -> list[ReportQuestion]:
        """The questions that wait for an answer at one place."""
        return [q for q in self.questions if q.is_open and q.section == section and q.part_id == part_id]


def contents(report: ProgressReport, *, user_id: int | None = None) -> Contents:
    """Read what a report holds; with a person, whether they have drafts in it."""
    keys = Draft.objects.filter(user_id=user_id, form=REPORT_FORM, key__startswith=f"{report.pk}:") if user_id else ()
    return Contents(
        report=report,
        parts=list(report.parts.select_related("commitment__maker_country").order_by("commitment__code", "id")),
        entries=list(
            told_apart(report.entries.all())
            .select_related("series__indicator__commitment", "measurement__source")
            .order_by("series__indicator__code", "id")
        ),
        questions=list(report.questions.select_related("part__commitment").order_by("asked_at", "id")),
        documents=list(report.documents.select_related("file").order_by("id")),
        drafts=frozenset(draft.key.partition(":")[2] for draft in keys),
    )


def sections_of(held: Contents) -> list[SectionLine]:
    """How far each section is."""
    return [_line(held, section) for section in held.sections]


def _line(held: Contents, section: Section) -> SectionLine:
    done, total = _counts(held, section)
    questions = sum(q.is_open and not q.answer and q.section == section for q in held.questions)
    places = held.places
    may_write = places.allows(section) or (section == Section.PROGRESS and bool(places.parts))
    has_draft = any(name == section and places.allows(section, number) for name, number in map(_place, held.drafts))
    return SectionLine(
        section=section,
        state=_state(held, section, done, total, has_draft=has_draft, asked=bool(questions)),
        done=done,
        total=total,
        questions=questions,
        may_write=may_write,
        has_draft=has_draft,
    )


def _place(key: str) -> tuple[str, int | None]:
    """A place by the key of its draft: "progress-12" is one commitment of a section."""
    section, _dash, number = key.partition("-")
    return section, int(number) if number else None


def _counts(held: Contents, section: Section) -> tuple[int, int]:
    if section == Section.PROGRESS:
        return _answered(held.parts)
    if section == Section.FIGURES:
        return _answered(held.entries)
    if section == Section.DOCUMENTS:
        return len(held.documents), len(held.documents)
    filled = sum(bool(getattr(held.report, column)) for column in SECTION_COLUMNS[section])
    return filled, len(SECTION_COLUMNS[section])


def _answered(rows: Sequence[ReportPart] | Sequence[ReportEntry]) -> tuple[int, int]:
    """How many have their answer, of how many that are asked for: those of a closed commitment only with an answer."""
    asked = [row for row in rows if row.is_asked or row.is_answered]
    return sum(row.is_answered for row in asked), len(asked)


def _state(held: Contents, section: Section, done: int, total: int, *, has_draft: bool, asked: bool) -> SectionState:
    if asked:
        return SectionState.QUESTION
    counted = section in {Section.PROGRESS, Section.FIGURES}
    unsent = held.places.everything
    finished = done == total if counted else section in held.report.done_sections or not unsent
    if finished and not has_draft:
        return SectionState.DONE
    return SectionState.IN_PROGRESS if done or has_draft else SectionState.NOT_STARTED


def earlier_report(report: ProgressReport) -> ProgressReport | None:
    """The last report of the same country, or of the secretariat, that was sent before this one."""
    rows = ProgressReport.objects.filter(
        Q(country_id=report.country_id, group_id=report.group_id),
        is_of_secretariat=report.is_of_secretariat,
        cycle__mechanism_id=report.cycle.mechanism_id,
        cycle__period_end__lt=report.cycle.period_end,
        sent_at__isnull=False,
    )
    return rows.select_related("cycle").order_by("-cycle__period_end", "-pk").first()


# --- The whole report, as it is read ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PartRead:
    """What a report says of one commitment."""

    code: str
    title: Text
    answer: str
    answer_word: str
    words: Text
    reason: str

    @property
    def is_answered(self) -> bool:
        """Whether anything is said of it."""
        return bool(self.answer)


@dataclass(frozen=True, slots=True)
class FigureRead:
    """One figure asked for: what was sent, or why none can be given."""

    code: str
    title: Text
    figure: str
    day: str
    state: str
    state_word: str
    reason: str
    words: Text
    is_on_behalf: bool = False
    #: Instead of words that were withdrawn: when and why.
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole report in the order of its sections, each text with the language it is in."""

    report: ProgressReport
    texts: dict[str, Text]
    parts: list[PartRead] = field(default_factory=list)
    figures: list[FigureRead] = field(default_factory=list)
    documents: list[ReportDocument] = field(default_factory=list)
    #: Questions and answers: for the workspace alone.
    questions: list[ReportQuestion] = field(default_factory=list)

    @property
    def is_of_group(self) -> bool:
        """Whether a working group wrote it, in the format of groups."""
        return self.report.group_id is not None

    @property
    def coherence(self) -> str:
        """The country's own judgement in a word."""
        return str(self.report.get_coherence_display()) if self.report.coherence else ""

    @property
    def cannot(self) -> str:
        """Why there is no report, where there is none."""
        return str(self.report.get_cannot_reason_display()) if self.report.cannot_reason else ""


def reading(report: ProgressReport, *, public: bool = False, held: Contents | None = None) -> Reading:
    """A report as it is read: by everybody once it is public, in the workspace before. Constant number of queries.

    In the public reading a figure that is not published yet is said to be so, and no question is told.
    """
    held = held or contents(report)
    lang = language_of(get_language())
    columns = [*_columns(held.sections), "cannot_words"]
    return Reading(
        report=report,
        texts={name: written_in(getattr(report, name), report.language, lang) for name in columns},
        parts=[_part_read(part, report.language, lang) for part in held.parts],
        figures=[_figure_read(entry, report.language, lang, public=public) for entry in held.entries],
        documents=held.documents,
        questions=[] if public else [question for question in held.questions if not question.is_open],
    )


def _columns(sections: Iterable[Section]) -> list[str]:
    return [name for section in sections for name in SECTION_COLUMNS.get(section, ()) if name != "coherence"]


def _part_read(part: ReportPart, source: str, lang: str) -> PartRead:
    return PartRead(
        code=part.commitment.code,
        title=part.commitment.title_in(lang),
        answer=part.answer,
        answer_word=str(part.get_answer_display()) if part.answer else "",
        words=written_in(part.words, source, lang),
        reason=str(part.get_cannot_reason_display()) if part.cannot_reason else "",
    )


def _figure_read(entry: ReportEntry, source: str, lang: str, *, public: bool) -> FigureRead:
    indicator, row = entry.series.indicator, entry.measurement
    hidden = public and entry.state not in {ReportState.PUBLISHED, ReportState.CORRECTED}
    shown: Any = None if hidden else row
    return FigureRead(
        code=indicator.code,
        title=title_of(entry),
        figure=figure_of(shown, indicator) if shown else "",
        day=when_of(shown) if shown else "",
        state=entry.state.value,
        state_word=str(entry.state.label),
        reason=str(entry.get_cannot_reason_display()) if entry.cannot_reason and shown is None else "",
        words=written_in(entry.cannot_words if shown is None else "", source, lang),
        is_on_behalf=bool(shown and shown.is_on_behalf),
        withdrawn=withdrawn_words(entry) if entry.withdrawn_at and shown is None else "",
    )
