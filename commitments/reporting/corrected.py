"""Words of a report that were put right, or may be: which texts it has, and what stood there before."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commitments.formats.language import Text, language_of, written_in
from commitments.history.enums import ReportState
from commitments.indicators.wording import language
from commitments.reporting.actions.corrections import WORDS, part_place
from commitments.reporting.enums import COUNTRY_SECTIONS, GROUP_SECTIONS, SECTION_COLUMNS, Section
from commitments.reporting.models import ProgressReport, ReportCorrection


@dataclass(frozen=True, slots=True)
class Changed:
    """One text as it stood, and as it stands or is to stand."""

    label: str
    was: Text
    now: Text


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


def label_of(place: str, code: str = "", *, report: ProgressReport) -> str:
    """The name of a text as its heading has it; one on a commitment by the commitment's code."""
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
    texts = [
        Changed(
            label_of(text["place"], text["code"], report=report),
            *(written_in(text[name], text.get("language") or report.language or "en", lang) for name in ("was", "now")),
        )
        for text in row.texts
    ]
    return Corrected(row, written_in(row.reason, row.language or "en", lang), texts)


def corrections(report: ProgressReport, *states: ReportState) -> list[Corrected]:
    """The corrections of a report in these states, the newest first. One query."""
    rows: Iterable[ReportCorrection] = report.corrections.filter(state__in=states).select_related("proposed_by")
    return [told(row, report) for row in rows]
