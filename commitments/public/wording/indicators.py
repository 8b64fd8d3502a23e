"""Indicators as the list shows them: by workstream and horizon, each with its last figure, its source and its chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from commitments.formats.addresses import address
from commitments.formats.dates import short_date
from commitments.formats.language import Text
from commitments.formats.numbers import format_number
from commitments.formats.partial import PartialDate
from commitments.indicators.models import Indicator, UnitType
from commitments.indicators.multiples import multiples_of, sparklines_of
from commitments.indicators.queries import IndicatorReading
from commitments.indicators.spoken import when_of
from commitments.indicators.wording import explain, figure_of, status_word, unit_text
from commitments.public.queries.places import DECLARATION
from commitments.public.wording.counts import language, shape_of
from commitments.register.enums import Horizon
from commitments.register.wording import life_word, maker_of
from commitments.sources.models import Source


@dataclass(frozen=True, slots=True)
class IndicatorCard:
    """One indicator: its title, its last figure with unit, day and source, its target, its status, its chart."""

    code: str
    url: str
    title: Text
    belongs: tuple[Text, ...]
    figure: str
    unit: Text | None
    when: str
    source: Source | None
    target: str
    sentence: str
    marks: tuple[str, ...]
    status: str
    shape: str
    word: str
    drawing: SafeString


@dataclass(frozen=True, slots=True)
class HorizonPart:
    """The indicators of one workstream that have one horizon."""

    label: str
    cards: list[IndicatorCard]


@dataclass(frozen=True, slots=True)
class IndicatorSection:
    """The indicators of one workstream, or of none, by horizon."""

    name: Text
    url: str
    parts: list[HorizonPart]


def indicators_counted(count: int) -> str:
    """How many indicators: "52 indicators"."""
    number = format_number(count, language())
    return ngettext("%(number)s indicator", "%(number)s indicators", count) % {"number": number}


def sections(readings: Sequence[IndicatorReading], *, on: date, as_table: bool = False) -> list[IndicatorSection]:
    """Indicators that come in the order of the list, under the headings of their workstreams and horizons."""
    drawings = (sparklines_of if as_table else multiples_of)(readings, on=on)
    found: list[IndicatorSection] = []
    for reading in readings:
        name, url = _belonging(reading.indicator)
        if not found or (found[-1].name, found[-1].url) != (name, url):
            found.append(IndicatorSection(name, url, []))
        label = horizon_word(reading.indicator)
        parts = found[-1].parts
        if not parts or parts[-1].label != label:
            parts.append(HorizonPart(label, []))
        parts[-1].cards.append(card_of(reading, drawings.get(reading.indicator.pk, SafeString(""))))
    return found


def card_of(reading: IndicatorReading, drawing: SafeString) -> IndicatorCard:
    """What the list shows of one indicator."""
    indicator, latest = reading.indicator, reading.latest
    commitment = indicator.commitment
    target = reading.total.target if reading.total else None
    counted = latest is not None and indicator.unit_type == UnitType.COUNT and latest.is_number
    status = reading.result.status.value
    return IndicatorCard(
        code=indicator.code,
        url=address("public:indicator", indicator.code),
        title=indicator.title_in(language()),
        belongs=(maker_of(commitment),) if commitment else (),
        figure=figure_of(latest, indicator) if latest else "",
        unit=unit_text(indicator) if counted else None,
        when=when_of(latest) if latest else "",
        source=latest.source if latest else None,
        target=_target(figure_of(target, indicator), target.day) if target else "",
        sentence=explain(reading),
        marks=tuple(filter(None, _marks(indicator))),
        status=status.replace("_", ""),
        shape=shape_of(status),
        word=status_word(status),
        drawing=drawing,
    )


def horizon_word(indicator: Indicator) -> str:
    """Short, medium or long term: the indicator's own, else its commitment's."""
    term = indicator.horizon or (indicator.commitment.horizon if indicator.commitment else "")
    return str(Horizon(term).label) if term else _("No horizon stated")


def _belonging(indicator: Indicator) -> tuple[Text, str]:
    commitment = indicator.commitment
    if commitment is None:
        return Text(_("Figures of the region"), language(), foreign=False), ""
    if commitment.group is not None:
        return commitment.group.name_in(language()), address("public:working-group", commitment.group.slug)
    if commitment.mechanism.code == DECLARATION:
        return Text(_("No workstream assigned"), language(), foreign=False), ""
    return commitment.mechanism.name_in(language()), address("public:mechanism", commitment.mechanism.slug)


def _marks(indicator: Indicator) -> list[str]:
    commitment = indicator.commitment
    return [
        life_word(commitment.life_cycle) if commitment else "",
        pgettext("invented record", "Example") if indicator.is_example else "",
        _("Not verified") if indicator.reference_id and not indicator.is_verified else "",
    ]


def _target(figure: str, day: PartialDate | None) -> str:
    if day is None:
        return figure
    return pgettext("target", "%(figure)s by %(date)s") % {"figure": figure, "date": short_date(day, language())}
