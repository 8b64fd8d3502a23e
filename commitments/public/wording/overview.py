"""What the overview says first: how much is on record, and how much of it can be assessed."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.charts.bars import Block
from commitments.formats.numbers import format_percent
from commitments.indicators.enums import Status
from commitments.indicators.facts import Thresholds
from commitments.public.queries.places import Place
from commitments.public.queries.tally import Tally
from commitments.public.wording.counts import language, number
from commitments.register.enums import LifeCycle


@dataclass(frozen=True, slots=True)
class Answer:
    """What the overview says first: a headline, and the sentence that goes on from it."""

    headline: str
    more: str = ""


def answer(total: int, own: Tally) -> Answer:
    """The first sentence of the overview. Says no more than the record shows."""
    if not total:
        return Answer(_("No commitments are public yet."))
    if own.total and 2 * own.assessed >= own.total:
        return Answer(_assessed_answer(own))
    return Answer(_on_record(total, own.total), _assessable(own))


def _on_record(total: int, own: int) -> str:
    return ngettext(
        "%(total)s commitment is on record, %(own)s of them under the Declaration.",
        "%(total)s commitments are on record, %(own)s of them under the Declaration.",
        total,
    ) % {"total": number(total), "own": number(own)}


def _assessable(own: Tally) -> str:
    """How many of the Declaration's own can be assessed. The clauses are messages of their own: each has its plural."""
    if not own.total:
        return ""
    # Translators: clause of "Of these 68, 5 can be assessed, 2 more were assessed before they ended; for the others …".
    can = ngettext("%(number)s can be assessed", "%(number)s can be assessed", own.assessed)
    clauses = {"own": number(own.total), "can": can % {"number": number(own.assessed)}}
    if not own.closed_assessed:
        return (
            _("Of these %(own)s, %(can)s; for the others this record holds no target, no date or no comparable figure.")
            % clauses
        )
    clauses["were"] = _closed_clause(own)
    return (
        _(
            "Of these %(own)s, %(can)s, %(were)s; "
            "for the others this record holds no target, no date or no comparable figure."
        )
        % clauses
    )


def _closed_clause(own: Tally) -> str:
    lives = {life for (life, status) in own.closed if status.can_be_assessed}
    if lives == {LifeCycle.ENDED}:
        # Translators: clause of "Of these 68, 5 can be assessed, 2 more were assessed before they ended; …".
        clause = ngettext(
            "%(number)s more was assessed before it ended",
            "%(number)s more were assessed before they ended",
            own.closed_assessed,
        )
    else:
        clause = ngettext(
            "%(number)s more was assessed before it ended or was suspended",
            "%(number)s more were assessed before they ended or were suspended",
            own.closed_assessed,
        )
    return clause % {"number": number(own.closed_assessed)}


def _assessed_answer(own: Tally) -> str:
    first = ngettext(
        "%(good)s of %(own)s commitment is fulfilled or on track.",
        "%(good)s of %(own)s commitments are fulfilled or on track.",
        own.total,
    ) % {"good": number(own.on_course), "own": number(own.total)}
    if not own.needs_attention:
        none = _("None needs attention.")
        return f"{first} {none}"
    second = ngettext("%(number)s needs attention.", "%(number)s need attention.", own.needs_attention)
    return f"{first} {second % {'number': number(own.needs_attention)}}"


def blocks(endorsing: list[Place]) -> list[Block]:
    """One block for each endorsing country: filled where it has a commitment on record."""
    made = sum(bool(place.counted.total) for place in endorsing)
    done: Block = "done"
    left: Block = "open"
    return [done] * made + [left] * (len(endorsing) - made)


@dataclass(frozen=True, slots=True)
class StatusMeaning:
    """What one status means, in one line."""

    status: Status
    words: str


def status_meanings(thresholds: Thresholds) -> list[StatusMeaning]:
    """The six statuses with the thresholds in force."""
    values = {
        "on_track": format_percent(thresholds.on_track_from, language(), places=None),
        "at_risk": format_percent(thresholds.at_risk_from, language(), places=None),
    }
    meanings = {
        Status.FULFILLED: _("A comparable figure meets the target."),
        Status.ON_TRACK: _("At least %(on_track)s of what was expected by the date of the latest figure."),
        Status.AT_RISK: _("From %(at_risk)s to under %(on_track)s of what was expected by that date."),
        Status.OFF_TRACK: _("Under %(at_risk)s, or the target date has passed without the target being reached."),
        Status.NOT_STARTED: _("The starting date, or the first date for a report, lies ahead."),
        Status.NO_DATA: _(
            "The record holds no target, no date or no comparable figure. This says nothing about delivery."
        ),
    }
    return [StatusMeaning(status, words % values) for status, words in meanings.items()]
