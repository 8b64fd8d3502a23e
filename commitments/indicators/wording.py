"""Words for figures, statuses and reasons. Whole sentences in the active language, made from the numbers."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from commitments.formats.dates import long_date
from commitments.formats.language import Text
from commitments.formats.numbers import format_money, format_number, format_percent
from commitments.formats.partial import PartialDate, Precision
from commitments.indicators.enums import Direction, Qualifier, Reason, Status
from commitments.indicators.facts import IndicatorFacts, MeasurementFact, Result, TargetFact
from commitments.indicators.models import Baseline, Indicator, Measurement, Target, UnitType
from commitments.indicators.queries import IndicatorReading
from commitments.indicators.series import is_level


def language() -> str:
    """The language of the page."""
    return get_language() or "en"


def status_word(status: str, *, closed: str = "") -> str:
    """The word for a delivery status."""
    if closed and status == Status.NONE:
        return closed
    return str(_STATUSES[Status(status)])


_STATUSES = {
    Status.FULFILLED: pgettext_lazy("delivery status", "Fulfilled"),
    Status.ON_TRACK: pgettext_lazy("delivery status", "On track"),
    Status.AT_RISK: pgettext_lazy("delivery status", "At risk"),
    Status.OFF_TRACK: pgettext_lazy("delivery status", "Off track"),
    Status.NOT_STARTED: pgettext_lazy("delivery status", "Not started"),
    Status.NO_DATA: pgettext_lazy("delivery status", "No data"),
    Status.NONE: pgettext_lazy("delivery status", "Observed only"),
}


def amount(value: Decimal, indicator: Indicator) -> str:
    """A bare figure as the unit wants it: 41,200 · US$ 65,000,000 · 8%."""
    if indicator.unit_type == UnitType.CURRENCY:
        return format_money(value, indicator.unit_in("en").text, language())
    if indicator.unit_type == UnitType.PERCENT:
        return format_percent(value / 100, language(), places=None)
    return format_number(value, language())


def qualified(text: str, qualifier: str) -> str:
    """A figure with the word that its source puts before it."""
    patterns = {
        Qualifier.MORE_THAN.value: pgettext("figure", "more than %(figure)s"),
        Qualifier.AT_LEAST.value: pgettext("figure", "at least %(figure)s"),
        Qualifier.ABOUT.value: pgettext("figure", "about %(figure)s"),
        Qualifier.NEARLY.value: pgettext("figure", "nearly %(figure)s"),
        Qualifier.UP_TO.value: pgettext("figure", "up to %(figure)s"),
        Qualifier.MULTIPLE.value: pgettext("figure", "%(figure)s times the starting value"),
    }
    return patterns.get(qualifier, "%(figure)s") % {"figure": text}


def figure_of(row: Measurement | Target | Baseline | TargetFact | MeasurementFact, indicator: Indicator) -> str:
    """A stored figure as it is shown: its word, its value or range, or the source's own words."""
    low, high = getattr(row, "value_min", None), getattr(row, "value_max", None)
    if row.value is not None:
        return qualified(amount(row.value, indicator), row.qualifier)
    if low is not None and high is not None:
        ends = {"low": amount(low, indicator), "high": amount(high, indicator)}
        return pgettext("figure", "%(low)s to %(high)s") % ends
    if low is not None:
        return qualified(amount(low, indicator), Qualifier.AT_LEAST)
    if high is not None:
        return qualified(amount(high, indicator), Qualifier.UP_TO)
    return _("“%(words)s”") % {"words": getattr(row, "words", "")}


def unit_words(indicator: Indicator) -> str:
    """What is counted, in the active language where we have the word; nothing where the figure carries its own sign."""
    if indicator.unit_type in {UnitType.CURRENCY, UnitType.PERCENT}:
        return ""
    return known_unit(indicator.unit_in(language()).text)


def unit_text(indicator: Indicator) -> Text:
    """What is counted with the language it is in: the units of the shipped record are known in all four."""
    written = indicator.unit_in(language())
    return Text(known_unit(written.text), language(), foreign=False) if written.text in _UNITS else written


def known_unit(unit: str) -> str:
    """A unit of the shipped record in the active language; any other unit as it is."""
    return str(_UNITS.get(unit, unit))


_UNITS = {
    "people": pgettext_lazy("unit", "people"),
    "applications": pgettext_lazy("unit", "applications"),
    "places": pgettext_lazy("unit", "places"),
    "visas": pgettext_lazy("unit", "visas"),
    "permits": pgettext_lazy("unit", "permits"),
    "claims": pgettext_lazy("unit", "claims"),
    "actions": pgettext_lazy("unit", "actions"),
    "commitments": pgettext_lazy("unit", "commitments"),
    "countries": pgettext_lazy("unit", "countries"),
    "percent": pgettext_lazy("unit", "percent"),
    "people per year": pgettext_lazy("unit", "people per year"),
    "people per month": pgettext_lazy("unit", "people per month"),
    "people per fiscal year": pgettext_lazy("unit", "people per fiscal year"),
    "times the starting value": pgettext_lazy("unit", "times the starting value"),
}


def day_words(day: PartialDate | None) -> str:
    """A date as exactly as it is known, or that it is not."""
    return long_date(day, language()) if day else pgettext("date", "not stated")


def explain(reading: IndicatorReading) -> str:
    """One sentence that says how the status follows from the figures; it names every figure it rests on."""
    return sentence(reading.result, reading.facts, reading.indicator)


def sentence(result: Result, facts: IndicatorFacts, indicator: Indicator) -> str:
    """The sentence of one result, with a capital although it may begin with "about"."""
    parts = _parts(result, facts, indicator)
    said = _said(result, facts, parts)
    said = said[:1].upper() + said[1:]
    fell = _("The latest figure on record is %(latest)s (%(latest_date)s).") % parts
    return f"{said} {fell}" if result.fell_since else said


def _said(result: Result, facts: IndicatorFacts, parts: dict[str, Any]) -> str:
    if result.reason in {Reason.WORSE_THAN_BASELINE, Reason.FAR_BEHIND, Reason.BEHIND, Reason.NEARLY_AS_EXPECTED}:
        return _against_path(result, facts, parts)
    if result.reason is Reason.REACHED_DAY_UNKNOWN and is_level(facts):
        return _("Reached near the target date: %(value)s (%(met_on)s), target %(target)s by %(target_date)s.") % parts
    pattern = _patterns(result, parts).get(result.reason)
    return pattern % parts if pattern else reason_words(result.reason)


def _parts(result: Result, facts: IndicatorFacts, indicator: Indicator) -> dict[str, Any]:
    lang = language()
    value_word = word_before(facts, lambda figure: figure.id in result.measurement_ids)
    latest_word = word_before(facts, lambda figure: figure.comparable and figure.as_of == result.latest_on)
    # A range stands whole, as on record; a multiple as the figure it comes to.
    stated = facts.target if facts.target and facts.target.qualifier is not Qualifier.MULTIPLE else None
    worked_out = amount(result.target, indicator) if result.target is not None else ""
    percent = result.percent_reached
    edges = (facts.thresholds.at_risk_from, facts.thresholds.on_track_from, Decimal(1))
    return {
        "value": qualified(amount(result.value, indicator), value_word) if result.value is not None else "",
        "date": day_words(result.as_of),
        "expected": amount(_whole(result.expected, indicator), indicator) if result.expected is not None else "",
        "share": format_percent(result.share, lang, edges=edges) if result.share is not None else "",
        "baseline": amount(result.baseline, indicator) if result.baseline is not None else "",
        "target": figure_of(stated, indicator) if stated else worked_out,
        "target_date": day_words(result.target_date),
        "percent": format_percent(percent, lang, places=1) if percent is not None else "",
        "met_on": day_words(result.met_on),
        "latest": qualified(amount(result.latest, indicator), latest_word) if result.latest is not None else "",
        "latest_date": day_words(result.latest_on),
        "early": format_percent(facts.thresholds.early_share, lang, places=None),
        "days": result.late_days or 0,
        "known": result.coverage.known if result.coverage else 0,
        "total": result.coverage.total if result.coverage else 0,
        "missing_from": long_date(result.missing_from, lang) if result.missing_from else "",
    }


def _whole(expected: Decimal, indicator: Indicator) -> Decimal:
    """An expected count is shown in whole units, any other expectation to a tenth. Computed figures only."""
    return expected.quantize(Decimal(1) if indicator.decimal_places == 0 else Decimal("0.1"))


def word_before(facts: IndicatorFacts, speaks: Callable[[MeasurementFact], bool]) -> str:
    """The word that the source puts before a figure, or before parts of it where it is a sum; "about" for several."""
    figures = [part for fact in facts.measurements for part in fact.parts or (fact,) if speaks(part)]
    words = {figure.qualifier for figure in figures} - {Qualifier.EXACT, Qualifier.RANGE}
    return Qualifier.ABOUT.value if len(words) > 1 else next((word.value for word in words), "")


def _against_path(result: Result, facts: IndicatorFacts, parts: dict[str, Any]) -> str:
    if result.reason is Reason.WORSE_THAN_BASELINE:
        return _("%(value)s (%(date)s) is worse than the starting value of %(baseline)s.") % parts
    if result.reads_from_zero:
        if result.as_of is not None and result.as_of.precision is Precision.DAY:
            return _("%(value)s on %(date)s is %(share)s of the %(expected)s expected by that date.") % parts
        return _("%(value)s (date: %(date)s) is %(share)s of the %(expected)s expected by that date.") % parts
    if facts.direction is Direction.DECREASE:
        return (
            _("From %(baseline)s to %(value)s: %(share)s of the fall expected by %(date)s (to %(expected)s).") % parts
        )
    return _("From %(baseline)s to %(value)s: %(share)s of the rise expected by %(date)s (to %(expected)s).") % parts


def _patterns(result: Result, parts: dict[str, Any]) -> dict[Reason, str]:
    not_reached = (
        _("Not reached (%(percent)s): %(value)s on %(date)s, target %(target)s by %(target_date)s.")
        if parts["percent"]
        else _("Not reached: %(value)s on %(date)s, target %(target)s by %(target_date)s.")
    )
    return {
        Reason.REACHED_BY: _("Reached by %(met_on)s: %(value)s, target %(target)s by %(target_date)s."),
        Reason.REACHED_LATE: _("Reached late: %(value)s (%(met_on)s), target %(target)s by %(target_date)s."),
        Reason.REACHED_DAY_UNKNOWN: _(
            "Reached; the day is not known (first figure that shows it: %(met_on)s). "
            "%(value)s, target %(target)s by %(target_date)s."
        )
        if result.target_date
        else _("Reached; the day is not known (first figure that shows it: %(met_on)s). %(value)s, target %(target)s."),
        Reason.REACHED_NOW: _("Reached: the latest figure, %(value)s (%(date)s), meets the target of %(target)s."),
        Reason.REACHED_EARLY: _("Target reached early: %(value)s (%(date)s), target %(target)s by %(target_date)s."),
        Reason.NOT_REACHED: not_reached,
        Reason.AS_EXPECTED: _("%(value)s (%(date)s) is at least as good as the %(expected)s expected by that date."),
        Reason.NOTHING_EXPECTED: _("Nothing is expected yet: %(value)s (%(date)s), target date %(target_date)s."),
        Reason.EARLY: _(
            "Early: less than %(early)s of the time has run. "
            "%(value)s (%(date)s) is not worse than the starting value of %(baseline)s."
        ),
        Reason.PERIOD_MET: _("The latest complete period meets the target: %(value)s (%(date)s), target %(target)s."),
        Reason.PERIOD_NOT_MET: _(
            "The latest complete period does not meet the target: %(value)s (%(date)s), target %(target)s."
        ),
        Reason.INCOMPLETE_PARTIES: ngettext(
            "%(known)s of %(total)s country has a figure for the same date.",
            "%(known)s of %(total)s countries have a figure for the same date.",
            parts["total"],
        ),
        Reason.PERIOD_MISSING: _("A period is missing, from %(missing_from)s."),
        Reason.END_FIGURE_MISSING: _(
            "The target date (%(target_date)s) has passed and the record holds no figure near it. "
            "Last figure: %(value)s (%(date)s)."
        )
        if parts["value"]
        else _("The target date (%(target_date)s) has passed and the record holds no figure near it."),
        Reason.NO_DATE: _("A target of %(target)s is on record, without a date by which to reach it."),
        Reason.NO_FIGURE: _(
            "A target of %(target)s by %(target_date)s is on record; this record holds no figure to compare with it."
        )
        if result.target_date
        else _("A target of %(target)s is on record; this record holds no figure to compare with it."),
        Reason.LOWER_BOUND_ONLY: _("Only a lower bound is known: %(value)s (%(date)s)."),
    }


def reason_words(reason: Reason | str) -> str:
    """Why a status is what it is, without figures: for lists and where a sentence has none."""
    return str(_REASONS[Reason(reason)])


#: Made once: a list of commitments asks for one in every row.
_REASONS = {
    Reason.OBSERVED: gettext_lazy("Shown for context; never judged."),
    Reason.NO_TARGET: gettext_lazy("No target on record."),
    Reason.NO_BASELINE: gettext_lazy("No baseline on record."),
    Reason.NOT_COMPARABLE: gettext_lazy("The figures on record cannot be compared with the target."),
    Reason.ONLY_WORDS: gettext_lazy("The source gives words, not a figure."),
    Reason.PERIOD_MISSING: gettext_lazy("A period is missing."),
    Reason.INCOMPLETE_PARTIES: gettext_lazy("Not every country has a figure for the same date."),
    Reason.NO_DATE: gettext_lazy("No date on record."),
    Reason.BEFORE_BASELINE: gettext_lazy("The starting date lies ahead."),
    Reason.BEFORE_FIRST_REPORT: gettext_lazy("The first report is not due yet."),
    Reason.NO_FIGURE: gettext_lazy("No figure on record."),
    Reason.END_FIGURE_MISSING: gettext_lazy("The figure at the target date is missing."),
    Reason.NOT_REACHED: gettext_lazy("Not reached by the target date."),
    Reason.REACHED_BY: gettext_lazy("Reached by its date."),
    Reason.REACHED_LATE: gettext_lazy("Reached late."),
    Reason.REACHED_DAY_UNKNOWN: gettext_lazy("Reached; the day is not known."),
    Reason.REACHED_NOW: gettext_lazy("Reached."),
    Reason.REACHED_EARLY: gettext_lazy("Target reached early."),
    Reason.HELD: gettext_lazy("Held inside the agreed range."),
    Reason.AS_EXPECTED: gettext_lazy("As expected by that date."),
    Reason.NOTHING_EXPECTED: gettext_lazy("Nothing is expected yet."),
    Reason.EARLY: gettext_lazy("Little of the time has run."),
    Reason.INSIDE_RANGE: gettext_lazy("Inside the agreed range."),
    Reason.OUTSIDE_RANGE: gettext_lazy("Outside the agreed range."),
    Reason.OUTSIDE_EARLIER: gettext_lazy("Inside the agreed range now, outside in the last 12 months."),
    Reason.STAGES_IN_TIME: gettext_lazy("No dated stage is late."),
    Reason.STAGE_LATE: gettext_lazy("A dated stage is late."),
    Reason.STAGE_OVERDUE: gettext_lazy("A dated stage is long overdue."),
    Reason.PERIOD_MET: gettext_lazy("The latest complete period meets the target."),
    Reason.PERIOD_NOT_MET: gettext_lazy("The latest complete period does not meet the target."),
    Reason.WORSE_THAN_BASELINE: gettext_lazy("Worse than the starting value."),
    Reason.FAR_BEHIND: gettext_lazy("Far behind what was expected by that date."),
    Reason.BEHIND: gettext_lazy("Behind what was expected by that date."),
    Reason.NEARLY_AS_EXPECTED: gettext_lazy("Nearly as expected by that date."),
    Reason.LOWER_BOUND_ONLY: gettext_lazy("Only a lower bound is known."),
    Reason.CLOSED: gettext_lazy("Suspended, ended, withdrawn or superseded: no colour."),
    Reason.ALL_FULFILLED: gettext_lazy("All key indicators and milestones are fulfilled."),
    Reason.WORST_PART: gettext_lazy("The least advanced key indicator or milestone decides."),
    Reason.PARTLY_FULFILLED: gettext_lazy("A part is fulfilled; for the rest there is no figure."),
    Reason.NOTHING_STARTED: gettext_lazy("Nothing has started yet."),
    Reason.NOTHING_COUNTS: gettext_lazy("No key indicator can be judged."),
    Reason.NOTHING_MEASURED: gettext_lazy("This record holds no indicator with a target."),
}
