"""What the system noticed about something that waits for review: questions to a person, never a verdict. No queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from commitments.formats.dates import last_day_at
from commitments.formats.numbers import format_number, format_percent
from commitments.history.enums import ReportState
from commitments.indicators import trial
from commitments.indicators.enums import Counting
from commitments.indicators.models import Evidence, Measurement
from commitments.indicators.queries import IndicatorReading
from commitments.indicators.wording import language, status_word
from commitments.intake.personal import named, suspicions
from commitments.register.wording import life_word
from commitments.reporting.enums import Answer
from commitments.reporting.models import ProgressReport, ReportDocument, ReportEntry, ReportPart
from commitments.reporting.updating import BIG_MOVE

#: A figure that is exactly so many times the last one, or that part of it, is probably a slip of a mark or unit.
SLIPS = (10, 100, 1000)
#: From how many parts on "nothing changed" is worth a look, when it is said of more than half of them.
MANY_UNCHANGED = 3


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing noticed: a code that never changes, and the words."""

    code: str
    words: str


def figure_flags(figure: Measurement, reading: IndicatorReading, *, on: date) -> list[Flag]:
    """What is worth a look in a figure, beside the accepted figures of its indicator."""
    found = [*_beside_the_last(figure, reading, on), *_status_change(figure, reading, on)]
    replaced = figure.replaces
    if replaced is not None:
        published = replaced.state == ReportState.PUBLISHED
        words = _("Corrects a published figure") if published else _("Corrects a figure on record")
        found.append(Flag("correction", words))
    if figure.source_id is None:
        found.append(Flag("no-source", _("Source missing")))
    if figure.is_on_behalf:
        found.append(
            Flag("on-behalf", pgettext("flag of a figure", "Entered by the secretariat on behalf of the country"))
        )
    commitment = reading.indicator.commitment
    if commitment is not None and (word := life_word(commitment.life_cycle)):
        found.append(Flag("closed", _("Commitment: %(state)s") % {"state": word}))
    return found + personal_flags(figure_text(figure, figure.evidence.all()))


def figure_text(figure: Measurement, evidence: Iterable[Evidence] = ()) -> str:
    """What people wrote beside a figure and the public will read, the names of its documents too."""
    names = [text for row in evidence for text in named(row.title, row.file.name if row.file else "")]
    written = [figure.words, figure.reason, figure.note, figure.source and figure.source.title]
    return "\n".join(dict.fromkeys(filter(None, [*written, *names])))


def _beside_the_last(figure: Measurement, reading: IndicatorReading, on: date) -> list[Flag]:
    """A later figure on record, a jump, a slip of a mark, a running total that falls."""
    line = trial.line_of(reading, figure)
    as_of, value = figure.as_of, figure.value
    if line is None or as_of is None:
        return []
    known = [
        (row.as_of, row) for row in line.measurements if row.pk != figure.pk and row.is_used and row.as_of is not None
    ]
    found = []
    if any(day > as_of for day, _row in known):
        found.append(Flag("earlier", _("There is a later figure on record")))
    last = next((row for day, row in known if day < as_of and row.value is not None), None)
    if last is None or last.value is None or value is None:
        return found
    if times := _slip(value, last.value):
        found.append(Flag("slip", times))
    elif last.value and abs(value - last.value) > abs(last.value) * BIG_MOVE:
        found.append(Flag("jump", _moved(value, last.value)))
    if reading.indicator.counting == Counting.CUMULATIVE and value < last.value:
        found.append(Flag("falls", _("A running total that falls")))
    return found


def _slip(value: Decimal, last: Decimal) -> str:
    """That a figure is exactly ten, a hundred or a thousand times the last one, or that part of it."""
    for times in SLIPS:
        parts = {"times": format_number(times, language())}
        if last and value == last * times:
            return _("Exactly %(times)s times the last figure: a slip?") % parts
        if value and value * times == last:
            return _("Exactly 1/%(times)s of the last figure: a slip?") % parts
    return ""


def _moved(value: Decimal, last: Decimal) -> str:
    share = format_percent(abs(value - last) / abs(last), language())
    if value > last:
        return _("Up %(share)s since the last figure") % {"share": share}
    return _("Down %(share)s since the last figure") % {"share": share}


def _status_change(figure: Measurement, reading: IndicatorReading, on: date) -> list[Flag]:
    before = trial.without(reading, figure, on=on).result.status
    after = trial.with_figure(reading, figure, on=on).result.status
    if before is after:
        return []
    words = {"before": status_word(before), "after": status_word(after)}
    return [Flag("status", _("Status: %(before)s → %(after)s") % words)]


def report_flags(
    report: ProgressReport,
    parts: Sequence[ReportPart],
    entries: Sequence[ReportEntry] = (),
    documents: Sequence[ReportDocument] = (),
    *,
    received_on: date | None = None,
) -> list[Flag]:
    """What is worth a look in a report with its parts, figures and documents; it first came in on `received_on`."""
    found = []
    came = received_on or (last_day_at(report.sent_at) if report.sent_at is not None else None)
    if came is not None and (days := (came - report.due_on).days) > 0:
        words = ngettext("Sent %(days)s day late", "Sent %(days)s days late", days)
        found.append(Flag("late", words % {"days": days}))
    if report.cannot_reason:
        found.append(Flag("cannot", _("Says that it cannot report")))
    elif empty := _empty(report, parts):
        words = ngettext("%(count)s section is empty", "%(count)s sections are empty", empty)
        found.append(Flag("empty", words % {"count": empty}))
    unchanged = sum(part.answer == Answer.UNCHANGED for part in parts)
    if unchanged >= MANY_UNCHANGED and unchanged * 2 > len(parts):
        told = {"count": unchanged, "all": len(parts)}
        found.append(Flag("unchanged", _("“Nothing changed” for %(count)s of %(all)s") % told))
    if report.is_on_behalf:
        found.append(
            Flag("on-behalf", pgettext("flag of a report", "Written by the secretariat on behalf of the country"))
        )
    return found + personal_flags(report_text(report, parts, entries, documents))


def report_text(
    report: ProgressReport,
    parts: Iterable[ReportPart],
    entries: Iterable[ReportEntry] = (),
    documents: Iterable[ReportDocument] = (),
) -> str:
    """All that people wrote in a report and the public will read, the titles of its documents too."""
    own = (
        report.summary,
        report.obstacles,
        report.practice,
        report.coherence_words,
        report.purpose,
        report.outcomes,
        report.cannot_words,
    )
    beside = [
        *(part.words for part in parts),
        *(entry.cannot_words for entry in entries),
        *(text for row in documents for text in named(row.title, row.file.name)),
    ]
    return "\n".join(dict.fromkeys(filter(None, [*own, *beside])))


def _empty(report: ProgressReport, parts: Sequence[ReportPart]) -> int:
    """How many written sections hold nothing."""
    if report.group_id is not None:
        return sum(not text for text in (report.summary, report.obstacles))
    progress = not parts or all(part.answer for part in parts)
    return sum(not filled for filled in (progress, report.obstacles, report.practice, report.coherence))


def personal_flags(text: str) -> list[Flag]:
    """That a text may hold something about a person, and of which kinds."""
    found = suspicions(text)
    if not found:
        return []
    kinds = ", ".join(dict.fromkeys(str(one.kind.label) for one in found))
    return [Flag("personal", _("May hold personal data: %(kinds)s") % {"kinds": kinds})]
