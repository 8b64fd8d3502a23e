"""The method in public words: the twelve rules with the thresholds in force, for the method page and every status."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.formats.numbers import format_percent
from commitments.indicators.enums import Counting, Direction, Per, Status
from commitments.indicators.facts import Thresholds
from commitments.indicators.models import Indicator, Measurement
from commitments.indicators.wording import language


@dataclass(frozen=True, slots=True)
class RuleInWords:
    """One rule: its number, the statuses it can give, and what it says."""

    number: int
    statuses: tuple[Status, ...]
    words: str


def rules_in_words(thresholds: Thresholds) -> list[RuleInWords]:
    """The rules in their order; the first that applies decides."""
    values = {
        "on_track": _share(thresholds.on_track_from),
        "at_risk": _share(thresholds.at_risk_from),
        "early": _share(thresholds.early_share),
        "days": days(thresholds.end_window_days),
    }
    return [RuleInWords(number, statuses, words % values) for number, statuses, words in _rules()]


def rule_in_words(number: int, thresholds: Thresholds) -> str:
    """What one rule says."""
    return next(rule.words for rule in rules_in_words(thresholds) if rule.number == number)


def days(count: int) -> str:
    """A number of days in words."""
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": count}


def _share(share: Decimal) -> str:
    return format_percent(share, language(), places=None)


def _rules() -> list[tuple[int, tuple[Status, ...], str]]:
    none, no_data, fulfilled, on_track = Status.NONE, Status.NO_DATA, Status.FULFILLED, Status.ON_TRACK
    return [
        (1, (none,), _("The indicator is shown for context only and is never judged.")),
        (
            2,
            (no_data,),
            _(
                "Something is missing that a judgement needs: a target, a baseline, a comparable figure, or a figure "
                "instead of words. The page names it. This says nothing about delivery."
            ),
        ),
        (
            3,
            (fulfilled, on_track),
            _(
                "A figure that counts meets the target. A level (such as the number of permits valid on a day) is "
                "judged on the figure nearest the target date, at most %(days)s away; met before that date, it is on "
                "track."
            ),
        ),
        (4, (no_data,), _("The target has no date and is not met yet.")),
        (5, (Status.NOT_STARTED,), _("The starting date, or the first date for a report, lies ahead.")),
        (6, (no_data,), _("No figure that counts is on record.")),
        (
            7,
            (no_data,),
            _(
                "The target date passed more than %(days)s ago, and no figure speaks of a day within %(days)s before "
                "it or later. The last figure stays visible in words."
            ),
        ),
        (
            8,
            (Status.OFF_TRACK,),
            _("The target date has passed, and the latest figure near that date or later is below the target."),
        ),
        (
            9,
            (on_track,),
            _(
                "The figure is at least as good as expected by its date; or nothing is expected yet, or less than "
                "%(early)s of the time has run, and it is not worse than the starting value."
            ),
        ),
        (
            10,
            (Status.OFF_TRACK,),
            _("The figure is worse than the starting value, or the share is under %(at_risk)s."),
        ),
        (11, (Status.AT_RISK,), _("The share is %(at_risk)s or more, and under %(on_track)s.")),
        (12, (on_track,), _("The share is %(on_track)s or more.")),
    ]


def counting_words(indicator: Indicator) -> str:
    """What a figure of the indicator counts, without the words of statistics."""
    words = {
        Counting.STOCK: _("a level at a date"),
        Counting.CUMULATIVE: _("a running total since the start"),
        Counting.FLOW: _("an amount in a period"),
    }[Counting(indicator.counting)]
    if not indicator.per:
        return words
    period = {
        Per.MONTH: _("judged month by month"),
        Per.QUARTER: _("judged quarter by quarter"),
        Per.YEAR: _("judged year by year"),
        Per.FISCAL_YEAR: _("judged fiscal year by fiscal year"),
    }[Per(indicator.per)]
    return f"{words}; {period}"


def direction_words(indicator: Indicator) -> str:
    """Which way is better."""
    return {
        Direction.INCREASE: _("higher is better"),
        Direction.DECREASE: _("lower is better"),
        Direction.HOLD: _("to stay within a range"),
        Direction.REACH: _("to reach a stage"),
        Direction.OBSERVE: _("for context, never judged"),
    }[Direction(indicator.direction)]


def on_behalf_words(row: Measurement) -> str:
    """That the secretariat entered a figure for the country, and whether the focal point confirmed it."""
    if not row.is_on_behalf:
        return ""
    if row.confirmed_at is None:
        return _("Entered by the secretariat on behalf of the country. The focal point has not confirmed it.")
    return _("Entered by the secretariat on behalf of the country. The focal point confirmed it.")
