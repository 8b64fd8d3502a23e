"""How many commitments stand where, and the tag of one: in words that agree with their number."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.paginator import Page
from django.utils.translation import get_language, ngettext, npgettext_lazy, pgettext
from django.utils.translation import gettext as _

from commitments.formats.language import language_of
from commitments.formats.numbers import format_number, format_percent
from commitments.indicators.enums import Status
from commitments.indicators.facts import Thresholds
from commitments.indicators.models import CommitmentStatus
from commitments.indicators.wording import reason_words, status_word
from commitments.public.queries.groups import GroupLine
from commitments.public.queries.tally import Tally
from commitments.register.enums import Horizon, LifeCycle
from commitments.register.models import Commitment
from commitments.register.wording import life_word

#: Numbers that were said before, as many as a process keeps.
KEPT = 4_000
#: The thresholds of the rules, where a status does not say which ones decided it.
_USUAL = Thresholds()
Parts = tuple[tuple[Status, int], ...]
Closed = tuple[tuple[tuple[LifeCycle, Status], int], ...]


@dataclass(frozen=True, slots=True)
class StatusTag:
    """A status as pages show it: the key of its shape, its word, and why in a few words."""

    key: str
    word: str
    reason: str = ""
    #: How much of what was expected by the day of its figure, in a few words.
    reached: str = ""

    @property
    def shape(self) -> str:
        """The name of its shape: closed ones share one."""
        return shape_of(self.key)


@dataclass(frozen=True, slots=True)
class StatusPart:
    """One status, or one end of life, with the number of commitments that stand there."""

    status: str
    label: str
    count: int | None

    @property
    def shape(self) -> str:
        """The name of its shape: closed ones share one."""
        return shape_of(self.status)


def shape_of(key: str) -> str:
    """The name of the shape of a status, or of an end of life."""
    return "closed" if key in _CLOSED else key.replace("_", "")


_CLOSED = frozenset(life.value for life in LifeCycle if life.is_closed)


def language() -> str:
    """The language of the page."""
    return language_of(get_language())


def number(value: int) -> str:
    """A whole number as the language writes it."""
    return format_number(value, language())


def tag_of(commitment: Commitment) -> StatusTag:
    """The tag of a commitment from its kept status: for a closed one its life, and where it stood before."""
    kept = computed(commitment)
    word = life_word(commitment.life_cycle)
    if word:
        reached = share_words(kept)
        return StatusTag(commitment.life_cycle, word, closed_reason(kept.last_status if kept else ""), reached)
    if kept is None:
        return StatusTag(Status.NO_DATA.value, status_word(Status.NO_DATA.value))
    reached = share_words(kept)
    reason = reason_words(kept.reason) if kept.reason and not reached else ""
    return StatusTag(kept.status, status_word(kept.status), reason, reached)


def share_words(kept: CommitmentStatus | None) -> str:
    """How much of what was expected its deciding indicator reached; empty where that says nothing."""
    status = Status(kept.last_status or kept.status) if kept else Status.NONE
    if kept is None or kept.share is None or kept.share < 0 or status is Status.FULFILLED:
        return ""
    # No share is rounded over a threshold that decided the status, nor over the whole.
    edges = (kept.at_risk_from or _USUAL.at_risk_from, kept.on_track_from or _USUAL.on_track_from, 1)
    share = {"share": format_percent(kept.share, language(), edges=edges)}
    day = kept.target_day
    if day is not None and day.last_day < kept.on and not kept.last_status:
        return _("Not reached (%(share)s)") % share
    return _("%(share)s of expected") % share


def computed(commitment: Commitment) -> CommitmentStatus | None:
    """The kept status of a commitment; None while there is none."""
    try:
        kept: CommitmentStatus = commitment.computed
    except CommitmentStatus.DoesNotExist:
        return None
    return kept


def closed_reason(last_status: str) -> str:
    """Where a closed commitment stood at its last figure."""
    if last_status and Status(last_status).can_be_assessed:
        return _("Status at the last figure: %(status)s.") % {"status": status_word(last_status)}
    return _("Never assessed: no comparable figure.")


def key_of(counted: Tally) -> list[StatusPart]:
    """The key beside a bar: the word alone, the number is set in bold before it."""
    return [StatusPart(status.value, status_noun(status.value, count), count) for status, count in counted.parts]


def status_noun(status: str, count: int) -> str:
    """The word after a number of commitments: "3 on track"."""
    return _NOUNS[Status(status)] % {"count": count}


# Translators: words after a number of commitments, in the masculine: "1 cumplido", "3 cumplidos".
_NOUNS = {
    Status.FULFILLED: npgettext_lazy("after a number of commitments", "fulfilled", "fulfilled", "count"),
    Status.ON_TRACK: npgettext_lazy("after a number of commitments", "on track", "on track", "count"),
    Status.AT_RISK: npgettext_lazy("after a number of commitments", "at risk", "at risk", "count"),
    Status.OFF_TRACK: npgettext_lazy("after a number of commitments", "off track", "off track", "count"),
    Status.NOT_STARTED: npgettext_lazy("after a number of commitments", "not started", "not started", "count"),
    Status.NO_DATA: npgettext_lazy("after a number of commitments", "no data", "no data", "count"),
}


def counted_status(status: Status, count: int) -> str:
    """A number of commitments with a status: "3 on track"."""
    return pgettext("number and status", "%(number)s %(status)s") % {
        "number": number(count),
        "status": status_noun(status.value, count),
    }


def counted_closed(counted: Tally) -> list[str]:
    """Closed commitments, apart: by their life and how they stood."""
    return _closed_lines(tuple(sorted(counted.closed.items())))


def _closed_lines(closed: Closed) -> list[str]:
    told: Counter[tuple[LifeCycle, str]] = Counter()
    for (life, status), count in closed:
        told[life, _manner(status)] += count
    return [
        pgettext("closed commitments", "%(number)s %(life)s, %(manner)s")
        % {"number": number(count), "life": _closed_noun(life, count), "manner": manner}
        for (life, manner), count in told.items()
    ]


def _manner(status: Status) -> str:
    """How a commitment stood when it was closed: short of its target, it was not fulfilled, however near it came."""
    if status is Status.FULFILLED:
        return pgettext("closed commitment", "fulfilled")
    if status.can_be_assessed:
        return pgettext("closed commitment", "not fulfilled")
    return pgettext("closed commitment", "not assessed")


def _closed_noun(life: LifeCycle, count: int) -> str:
    return _ENDS[life] % {"count": count}


_ENDS = {
    LifeCycle.SUSPENDED: npgettext_lazy("after a number of commitments", "suspended", "suspended", "count"),
    LifeCycle.ENDED: npgettext_lazy("after a number of commitments", "ended", "ended", "count"),
    LifeCycle.WITHDRAWN: npgettext_lazy("after a number of commitments", "withdrawn", "withdrawn", "count"),
    LifeCycle.SUPERSEDED: npgettext_lazy("after a number of commitments", "superseded", "superseded", "count"),
}


def in_words(counted: Tally) -> str:
    """All numbers of a count, as a list: "2 on track, 1 at risk, 1 ended, not assessed"."""
    return _in_words(language(), tuple(counted.parts), tuple(sorted(counted.closed.items())))


@lru_cache(KEPT)
def _in_words(language: str, parts: Parts, closed: Closed) -> str:
    """Said once for the same numbers: the same counts stand in the map, its tables and its sentences."""
    return " · ".join([counted_status(status, count) for status, count in parts] + _closed_lines(closed))


def commitments_counted(count: int) -> str:
    """A number of commitments; none gets its own words."""
    if not count:
        return _("No commitments on record")
    return ngettext("%(number)s commitment", "%(number)s commitments", count) % {"number": number(count)}


def commitments_found(page: Page[Any]) -> str:
    """How many commitments a list holds; of a long one, more than so many."""
    pages: Any = page.paginator
    if not pages.is_cut:
        return commitments_counted(pages.count)
    return _("More than %(number)s commitments") % {"number": number(pages.count)}


@dataclass(frozen=True, slots=True)
class Cell:
    """The commitments of one horizon in the table of workstreams."""

    label: str
    parts: list[StatusPart]


def cells(line: GroupLine) -> list[Cell]:
    """A workstream by horizon: how many stand where, closed ones as such."""
    return [Cell(str(horizon.label), _cell_parts(line.horizons.get(horizon.value, Tally()))) for horizon in Horizon]


def _cell_parts(counted: Tally) -> list[StatusPart]:
    closed: Counter[LifeCycle] = Counter()
    for (life, _status), count in counted.closed.items():
        closed[life] += count
    return _kept_parts(language(), tuple(counted.parts), tuple(sorted(closed.items())))


@lru_cache(KEPT)
def _kept_parts(language: str, parts: Parts, closed: tuple[tuple[LifeCycle, int], ...]) -> list[StatusPart]:
    active = [StatusPart(status.value, status_noun(status.value, count), count) for status, count in parts]
    return active + [StatusPart(life.value, _closed_noun(life, count), count) for life, count in closed]
