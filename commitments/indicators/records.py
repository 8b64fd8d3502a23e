"""What the history tells of indicators, figures, baselines, targets, milestones and evidence."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from commitments.formats.dates import long_date
from commitments.formats.language import Text, translated
from commitments.history.telling import Column, Record, Telling, choice, day, reference, text, texts
from commitments.indicators.enums import Lapse
from commitments.indicators.models import (
    Baseline,
    Evidence,
    Indicator,
    Measurement,
    Milestone,
    StatusByHand,
    Target,
    Waypoint,
)
from commitments.indicators.terms import cadence_words, column_words
from commitments.indicators.wording import status_word
from commitments.register.changes import RECORDS as OF_COMMITMENTS
from commitments.register.changes import TITLES, yes_or_no
from commitments.register.enums import Horizon
from commitments.sources.models import Source, StoredFile

_DIRECTION = pgettext_lazy("of an indicator", "Direction")
UNITS = {
    "en": gettext_lazy("Unit (English)"),
    "es": gettext_lazy("Unit (Spanish)"),
    "pt": gettext_lazy("Unit (Portuguese)"),
    "fr": gettext_lazy("Unit (French)"),
}
DEFINITIONS = {
    "en": gettext_lazy("What to count (English)"),
    "es": gettext_lazy("What to count (Spanish)"),
    "pt": gettext_lazy("What to count (Portuguese)"),
    "fr": gettext_lazy("What to count (French)"),
}


def _indicator(row: Any, telling: Telling) -> tuple[str, Text]:
    return pgettext("record", "Indicator"), translated(row, "title", telling.language)


def _milestone(row: Any, telling: Telling) -> tuple[str, Text]:
    return pgettext("record", "Milestone"), translated(row, "title", telling.language)


def _evidence(row: Any, telling: Telling) -> tuple[str, Text]:
    named = telling.named(StoredFile, row.file_id) if row.file_id else telling.named(Source, row.source_id)
    return pgettext("record", "Evidence"), named


def _stated(row: Any, telling: Telling) -> tuple[str, str]:
    words = {"status": status_word(row.status), "date": long_date(row.valid_until, telling.language)}
    return pgettext("record", "Status set by hand"), _("%(status)s, until %(date)s") % words


def _lapsed(row: Any, telling: Telling) -> str:
    """What is said of a status by hand before and after it lapsed."""
    if row.lapsed_on is None:
        return status_word(row.status)
    words = {"date": long_date(row.lapsed_on, telling.language), "why": str(LAPSES[Lapse(row.lapsed_because)])}
    return _("ended on %(date)s: %(why)s") % words


LAPSES = {
    Lapse.DATE: pgettext_lazy("end of a status set by hand", "its last day has passed"),
    Lapse.CYCLE: pgettext_lazy("end of a status set by hand", "the next reports fell due"),
    Lapse.TAKEN_BACK: pgettext_lazy("end of a status set by hand", "the secretariat took it back"),
}


def _told_elsewhere(row: Any, telling: Telling) -> None:
    """Figures are told with their unit and date, where the indicator is at hand."""


RECORDS: dict[type[Any], Record] = {
    **OF_COMMITMENTS,
    **{
        record.model: record
        for record in (
            Record(
                Indicator,
                (
                    *texts(TITLES, "title"),
                    *texts(DEFINITIONS, "definition"),
                    *texts(UNITS, "unit"),
                    choice(gettext_lazy("Way of counting"), "counting", lambda value: column_words("counting", value)),
                    choice(_DIRECTION, "direction", lambda value: column_words("direction", value)),
                    choice(gettext_lazy("Frequency"), "cadence", cadence_words),
                    choice(gettext_lazy("Horizon"), "horizon", lambda value: str(Horizon(value).label)),
                    yes_or_no(gettext_lazy("Key indicator"), "is_key"),
                    yes_or_no(gettext_lazy("Verified"), "is_verified"),
                    text(gettext_lazy("Notes"), "notes"),
                ),
                _indicator,
            ),
            Record(
                Milestone,
                (
                    *texts(TITLES, "title"),
                    day(pgettext_lazy("of a milestone", "Due"), "due_on"),
                    day(pgettext_lazy("of a milestone", "Done"), "done_on"),
                    reference(gettext_lazy("Source"), "source_id", Source),
                ),
                _milestone,
            ),
            Record(
                StatusByHand,
                (Column(gettext_lazy("Status set by hand"), ("lapsed_on", "lapsed_because"), _lapsed),),
                _stated,
            ),
            Record(
                Evidence,
                (
                    reference(gettext_lazy("Evidence"), "source_id", Source),
                    reference(gettext_lazy("File"), "file_id", StoredFile),
                ),
                _evidence,
            ),
            Record(
                Measurement,
                (
                    yes_or_no(gettext_lazy("Figure in use"), "is_used"),
                    text(gettext_lazy("Why this figure is in use"), "used_because"),
                    yes_or_no(gettext_lazy("Comparable with the target"), "is_comparable"),
                    text(gettext_lazy("Why it cannot be compared"), "not_comparable_because"),
                    reference(gettext_lazy("Source"), "source_id", Source),
                    yes_or_no(gettext_lazy("Verified"), "is_verified"),
                    text(gettext_lazy("Note"), "note"),
                ),
                _told_elsewhere,
            ),
            Record(
                Baseline,
                (day(gettext_lazy("Baseline"), "date"), text(gettext_lazy("Baseline"), "value")),
                _told_elsewhere,
            ),
            Record(
                Target,
                (
                    day(gettext_lazy("Target"), "date"),
                    *(text(gettext_lazy("Target"), name) for name in ("value", "value_min", "value_max", "qualifier")),
                ),
                _told_elsewhere,
            ),
            Record(
                Waypoint,
                (text(gettext_lazy("Interim target"), "value"), text(gettext_lazy("Interim target"), "date")),
                _told_elsewhere,
            ),
        )
    },
}
