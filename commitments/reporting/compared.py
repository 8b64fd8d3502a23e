"""One figure under review beside its past: fields old and new, the status before and after, what was noticed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from commitments.charts.plot import NARROW
from commitments.formats.language import Text
from commitments.formats.numbers import MINUS, format_percent
from commitments.indicators import trial
from commitments.indicators.drawing import chart_of
from commitments.indicators.models import Evidence, Measurement, UnitType
from commitments.indicators.queries import Audience, IndicatorReading, indicator_reading
from commitments.indicators.spoken import when_of
from commitments.indicators.wording import explain, figure_of, language, status_word, unit_words
from commitments.reporting.flags import Flag, figure_flags
from commitments.reporting.lines import line_title


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a figure: what was last on record, and what is sent now."""

    label: str
    was: str
    now: str
    #: How far the value moved, in words.
    moved: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether the two differ."""
        return self.was != self.now


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure under review and all that a reviewer holds it against."""

    figure: Measurement
    title: Text
    commitment_title: Text | None
    maker: Text | None
    fields: Sequence[Field]
    earlier: Sequence[tuple[str, str, Measurement]]
    evidence: Sequence[Evidence]
    flags: Sequence[Flag]
    before: tuple[str, str]
    after: tuple[str, str]
    sentence: str
    chart: SafeString


def compared(figure: Measurement, *, on: date) -> Compared:
    """Read what a figure is compared with. Constant number of queries."""
    indicator = figure.series.indicator
    reading = indicator_reading(indicator, on=on, audience=Audience.WORKSPACE)
    before, after = trial.without(reading, figure, on=on), trial.with_figure(reading, figure, on=on)
    commitment = indicator.commitment
    country = (commitment.answering_country if commitment else None) or figure.series.country
    line = trial.line_of(before, figure)
    known = line.measurements if line else []
    shown = sorted(known, key=lambda row: (row.as_of is not None, row.as_of or date.min, row.pk), reverse=True)[:8]
    return Compared(
        figure=figure,
        title=line_title(figure.series, apart=len(reading.lines) > 1),
        commitment_title=commitment.title_in(language()) if commitment else None,
        maker=country.name_in(language()) if country else None,
        fields=_fields(figure, figure.replaces or next((row for row in known if row.is_used), None)),
        earlier=[(when_of(row), figure_of(row, indicator), row) for row in shown],
        evidence=list(figure.evidence.all()),
        flags=figure_flags(figure, reading, on=on),
        before=_status(before),
        after=_status(after),
        sentence=explain(after),
        chart=chart_of(after, on=on, id="review", size=NARROW),
    )


def _status(reading: IndicatorReading) -> tuple[str, str]:
    status = reading.result.status
    return status.value, status_word(status)


def _fields(figure: Measurement, last: Measurement | None) -> list[Field]:
    indicator = figure.series.indicator

    def source(row: Measurement | None) -> str:
        return row.source.title if row is not None and row.source else ""

    def value(row: Measurement) -> str:
        shown = figure_of(row, indicator)
        counted = indicator.unit_type == UnitType.COUNT and row.is_number
        return f"{shown} {unit_words(indicator)}" if counted else shown

    return [
        Field(_("Value"), value(last) if last else "", value(figure), _moved(figure.value, last and last.value)),
        Field(_("Date"), when_of(last) if last else "", when_of(figure)),
        Field(_("Source"), source(last), source(figure)),
        Field(_("Reason"), last.reason if last else "", figure.reason),
    ]


def _moved(value: Decimal | None, last: Decimal | None) -> str:
    """By how much of the last value the new one differs: "+9%"."""
    if value is None or not last or value == last:
        return ""
    share = format_percent(abs(value - last) / abs(last), language())
    return f"{'+' if value > last else MINUS}{share}"
