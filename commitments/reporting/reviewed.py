"""A report under review, place by place: what it says there, what was asked there before, where a question may go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commitments.formats.language import Text, language_of, written_in
from commitments.history.enums import ReportState
from commitments.indicators.spoken import when_of
from commitments.indicators.wording import figure_of, language
from commitments.reporting.enums import COUNTRY_SECTIONS, GROUP_SECTIONS, SECTION_COLUMNS, Answer, Coherence, Section
from commitments.reporting.flags import Flag, report_flags, report_text
from commitments.reporting.gathering import received
from commitments.reporting.lines import title_of, told_apart
from commitments.reporting.models import ProgressReport, ReportDocument, ReportEntry, ReportPart, ReportQuestion

#: The states in which the secretariat reads a report.
READ = (ReportState.SENT, ReportState.IN_REVIEW, ReportState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure asked for: what was sent for it, or why none can be given."""

    title: Text
    figure: str
    day: str
    state: str
    pk: int | None
    #: Why it cannot be given, in words that are published.
    words: Text
    entry: ReportEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place of a report that is read, and asked about, by itself."""

    name: str
    section: Section
    label: str
    title: Text | None = None
    part: ReportPart | None = None
    #: A choice in a word ("Nothing changed", "Partly"), and the words beside it.
    word: str = ""
    texts: tuple[Text, ...] = ()
    figures: tuple[FigureLine, ...] = ()
    documents: tuple[ReportDocument, ...] = ()
    asked: tuple[ReportQuestion, ...] = ()
    #: What stood here when it was returned, where it reads otherwise since; empty texts for what was added.
    was: tuple[Text, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written here."""
        return not (self.word or self.figures or self.documents or any(self.texts))


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A whole report as a reviewer reads it."""

    report: ProgressReport
    summary: Text
    places: Sequence[Place]
    flags: Sequence[Flag]
    #: All that people wrote in it and the public will read.
    text: str
    #: What the country said against the report as it was written for it.
    objections: Sequence[ReportQuestion] = ()


def reviewed(report: ProgressReport) -> Reviewed:
    """Read a report for review. Constant number of queries."""
    parts = list(report.parts.select_related("commitment").order_by("commitment__code", "id"))
    entries = list(
        told_apart(report.entries.all())
        .select_related("series__indicator", "measurement")
        .order_by("series__indicator__code", "id")
    )
    documents = list(report.documents.select_related("file").order_by("id"))
    questions = list(report.questions.order_by("asked_at", "id"))
    came = received(ProgressReport.objects.filter(pk=report.pk))
    stood = _stood(report) if any(not question.is_objection for question in questions) else _Stood()
    reader = _Reader(report, parts, entries, documents, questions, stood)
    return Reviewed(
        report=report,
        summary=reader.written("summary"),
        places=reader.places(),
        flags=report_flags(report, parts, entries, documents, received_on=came.get(report.pk)),
        text=report_text(report, parts, entries, documents),
        objections=[question for question in questions if question.is_objection],
    )


@dataclass(frozen=True, slots=True)
class _Stood:
    """A report as it read when it was last returned: its texts by column, and the words and answers of its parts."""

    language: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[int, tuple[str, str]] = field(default_factory=dict)


def _stood(report: ProgressReport) -> _Stood:
    """What the secretariat read before it asked. Four queries."""
    rows = ProgressReport.history.filter(id=report.pk)
    last = rows.filter(state=ReportState.RETURNED).order_by("-history_id").first()
    read = rows.filter(state__in=READ, history_id__lt=last.history_id).order_by("-history_id").first() if last else None
    if read is None:
        return _Stood()
    returned = rows.filter(state=ReportState.RETURNED, history_id__gt=read.history_id).order_by("history_id").first()
    names = [name for section in SECTION_COLUMNS.values() for name in section]
    parts = ReportPart.history.filter(report_id=report.pk, history_date__lte=returned.history_date)
    told = parts.order_by("history_id").values_list("id", "answer", "words")
    return _Stood(
        read.language,
        {name: getattr(read, name) for name in names},
        {pk: (answer, words) for pk, answer, words in told},
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    report: ProgressReport
    parts: list[ReportPart]
    entries: list[ReportEntry]
    documents: list[ReportDocument]
    questions: list[ReportQuestion]
    stood: _Stood

    def places(self) -> list[Place]:
        found: list[Place] = []
        for section in GROUP_SECTIONS if self.report.group_id else COUNTRY_SECTIONS:
            found += [self.of_part(part) for part in self.parts] if section is Section.PROGRESS else []
            found += [self.of_section(section)] if section is not Section.PROGRESS or not self.parts else []
        return found

    def of_part(self, part: ReportPart) -> Place:
        title = part.commitment.title_in(language())
        label = pgettext("part of a report", "%(code)s: %(title)s")
        return Place(
            name=f"q-part-{part.pk}",
            section=Section.PROGRESS,
            label=label % {"code": part.commitment.code, "title": title.text},
            title=title,
            part=part,
            word=self.answer(part),
            texts=(self.in_own_language(part.words),),
            asked=self.asked(Section.PROGRESS, part.pk),
            was=self.before_part(part),
        )

    def of_section(self, section: Section) -> Place:
        coherence = section is Section.COHERENCE and self.report.coherence
        return Place(
            # The group's one page has one question, under its plain name.
            name="question" if section is Section.SYNTHESIS else f"q-{section.value}",
            section=section,
            label=str(section.label),
            word=str(self.report.get_coherence_display()) if coherence else "",
            texts=tuple(self.written(column) for column in SECTION_COLUMNS.get(section, ()) if column != "coherence"),
            figures=tuple(self.figure(entry) for entry in self.entries) if section is Section.FIGURES else (),
            documents=tuple(self.documents) if section is Section.DOCUMENTS else (),
            asked=self.asked(section, None),
            was=self.before(section),
        )

    def before(self, section: Section) -> tuple[Text, ...]:
        """The texts of a section as they stood when it was returned, where they differ."""
        told = []
        for name in SECTION_COLUMNS.get(section, ()) if self.stood.columns else ():
            was, now = self.stood.columns[name], getattr(self.report, name)
            if was != now:
                told.append(self.stood_text(str(Coherence(was).label) if was and name == "coherence" else was))
        return tuple(told)

    def before_part(self, part: ReportPart) -> tuple[Text, ...]:
        """The answer and words of a part as they stood when it was returned, where they differ."""
        answer, words = self.stood.parts.get(part.pk, (part.answer, part.words))
        told = str(Answer(answer).label) if answer and answer != part.answer else ""
        found = [self.stood_text(words)] if words != part.words else []
        return (*([self.stood_text(told)] if told else []), *found)

    def stood_text(self, text: str) -> Text:
        return written_in(text, self.stood.language or language_of(language()), language_of(language()))

    def figure(self, entry: ReportEntry) -> FigureLine:
        indicator, row = entry.series.indicator, entry.measurement
        reason = entry.get_cannot_reason_display() if entry.cannot_reason else ""
        return FigureLine(
            title=title_of(entry),
            figure=figure_of(row, indicator) if row else str(reason),
            day=when_of(row) if row else "",
            state=_("Cannot be given") if reason and not row else str(entry.state.label),
            pk=row.pk if row else None,
            words=self.in_own_language("" if row else entry.cannot_words),
            entry=entry,
        )

    def answer(self, part: ReportPart) -> str:
        words = [part.get_answer_display() if part.answer else "", part.get_cannot_reason_display()]
        return ": ".join(str(word) for word in words if word)

    def asked(self, section: Section, part_id: int | None) -> tuple[ReportQuestion, ...]:
        return tuple(q for q in self.questions if q.section == section and q.part_id == part_id)

    def written(self, column: str) -> Text:
        return self.in_own_language(getattr(self.report, column))

    def in_own_language(self, text: str) -> Text:
        return written_in(text, self.report.language or language_of(language()), language_of(language()))


def before(report: ProgressReport) -> ProgressReport | None:
    """What the same country or group sent for the cycle before, if anything. One query."""
    same: dict[str, Any] = {
        "country_id": report.country_id,
        "group_id": report.group_id,
        "is_of_secretariat": report.is_of_secretariat,
    }
    rows = ProgressReport.objects.filter(cycle__mechanism=report.cycle.mechanism_id, sent_at__isnull=False, **same)
    earlier = rows.filter(cycle__due_on__lt=report.cycle.due_on).select_related("cycle")
    found = earlier.order_by("-cycle__due_on", "-pk").first()
    return found if isinstance(found, ProgressReport) else None
