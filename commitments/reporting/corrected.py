"""Words and choices of a report that were put right, or may be: which it has, and what stood there before."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commitments.formats.language import Text, language_of, written_in
from commitments.history.enums import ReportState
from commitments.indicators.wording import language
from commitments.reporting.actions.choices import (
    COHERENCE,
    REASON,
    answer_of,
    answer_place,
    is_choice,
    options,
    part_place,
    word_of,
)
from commitments.reporting.actions.corrections import WORDS
from commitments.reporting.enums import COUNTRY_SECTIONS, GROUP_SECTIONS, SECTION_COLUMNS, Section
from commitments.reporting.models import ProgressReport, ReportCorrection


@dataclass(frozen=True, slots=True)
class Changed:
    """One text or choice as it stood, and as it stands or is to stand."""

    label: str
    was: Text
    now: Text
    is_choice: bool = False


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction in words: what changed and why. `is_withheld`: the words before are not for the public."""

    row: ReportCorrection
    reason: Text
    texts: list[Changed] = field(default_factory=list)

    @property
    def is_withheld(self) -> bool:
        """Whether the words before are shown to nobody outside."""
        return self.row.is_withheld


def texts_of(report: ProgressReport) -> list[tuple[str, str, str]]:
    """The texts of a report that can be put right, in its order: place, name, and the words as they stand."""
    sections = GROUP_SECTIONS if report.group_id else COUNTRY_SECTIONS
    asked = {name for section in sections for name in SECTION_COLUMNS.get(section, ())}
    asked = {"cannot_words"} if report.cannot_reason else asked
    found = [
        (name, label_of(name, report=report), getattr(report, name))
        for name in WORDS
        if name in asked or getattr(report, name)
    ]
    parts = report.parts.select_related("commitment").order_by("commitment__code", "id")
    return [
        *found,
        *(
            (part_place(part), label_of("part", part.commitment.code, report=report), part.words)
            for part in parts
            if part.answer and not report.cannot_reason
        ),
    ]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a report that can be put right: its place and name, the value that stands, what can be chosen."""

    place: str
    label: str
    value: str
    options: list[tuple[str, str]]


def choices_in(report: ProgressReport) -> list[Choice]:
    """The choices of a report that can be put right."""
    if report.cannot_reason:
        return [_choice(REASON, "", report.cannot_reason, report)]
    parts = [part for part in report.parts.select_related("commitment") if part.answer]
    answers = [_choice(answer_place(part), part.commitment.code, answer_of(part), report) for part in parts]
    return answers if report.group_id else [_choice(COHERENCE, "", report.coherence, report), *answers]


def _choice(place: str, code: str, value: str, report: ProgressReport) -> Choice:
    known = options(place)
    stands = [] if value in dict(known) else [(value, value or _("Not answered"))]
    return Choice(place, label_of(place, code, report=report), value, [*stands, *known])


def label_of(place: str, code: str = "", *, report: ProgressReport) -> str:
    """The name of a text or choice as its heading has it; one on a commitment by the commitment's code."""
    if is_choice(place):
        about = code or str(Section.COHERENCE.label) if place != REASON else _("No report this time")
        return pgettext("choice in a report", "Answer: %(about)s") % {"about": about}
    if code:
        return pgettext("words on a commitment", "Progress: %(code)s") % {"code": code}
    return {
        "summary": _("What happened") if report.group_id else _("Summary"),
        "purpose": _("Purpose"),
        "outcomes": _("Outcomes"),
        "obstacles": str(Section.OBSTACLES.label),
        "practice": str(Section.PRACTICE.label),
        "coherence_words": str(Section.COHERENCE.label),
        "cannot_words": _("No report this time"),
    }[place]


def told(row: ReportCorrection, report: ProgressReport) -> Corrected:
    """A correction in words. No query."""
    lang = language_of(language())
    texts = [_changed(text, report, lang) for text in row.texts]
    return Corrected(row, written_in(row.reason, row.language or "en", lang), texts)


def _changed(text: dict[str, str], report: ProgressReport, lang: str) -> Changed:
    place, label = text["place"], label_of(text["place"], text["code"], report=report)
    if is_choice(place):
        was, now = (Text(word_of(place, text[name]), lang, foreign=False) for name in ("was", "now"))
        return Changed(label, was, now, is_choice=True)
    source = text.get("language") or report.language or "en"
    return Changed(label, written_in(text["was"], source, lang), written_in(text["now"], source, lang))


def corrections(report: ProgressReport, *states: ReportState) -> list[Corrected]:
    """The corrections of a report in these states, the newest first. One query."""
    rows: Iterable[ReportCorrection] = report.corrections.filter(state__in=states).select_related("proposed_by")
    return [told(row, report) for row in rows]
