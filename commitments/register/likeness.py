"""Whether two commitments may be one and the same: same maker, near text, near figure, near date. Pure.

Pointed out, never decided: a person looks at both. Accents, case and marks are ignored; any language against any.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

#: From here on two texts are near by themselves, or near enough beside a near figure or date.
NEAR_TEXT, SOMEWHAT_NEAR = 0.6, 0.35
#: Two figures are near within a tenth of the larger one, two dates within a month.
NEAR_FIGURE, NEAR_DAYS = Decimal("0.10"), 31
#: Smaller numbers say little, and years are dates.
LEAST_FIGURE, YEARS = 10, range(1900, 2101)
_NUMBER = re.compile(r"\d{1,3}(?:[ .,'\u00a0\u202f’]\d{3})+|\d+")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What is compared of a commitment: its maker as a code, its titles, the figures beside those in its titles."""

    code: str
    maker: str
    titles: tuple[str, ...]
    figures: tuple[Decimal, ...] = ()
    made_on: date | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """Why two commitments may be one: near texts, two near figures (of the first and the second), near dates."""

    code: str
    text: bool
    figures: tuple[Decimal, Decimal] | None
    dates: bool


def likely(one: Described, others: Iterable[Described]) -> list[Likeness]:
    """Those that may be the same as the first, in the order given; never the commitment itself."""
    found = (_likeness(one, other) for other in others if other.code != one.code)
    return [likeness for likeness in found if likeness is not None]


def similarity(one: str, other: str) -> float:
    """How near two texts are, from 0 to 1: the better of shared words and shared groups of three letters."""
    return max(_share(_words(one), _words(other)), _share(_trigrams(one), _trigrams(other)))


def plain(text: str) -> str:
    """A text without accents, marks and case."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(kept))


def figures_in(text: str) -> set[Decimal]:
    """The numbers that a text names, whatever marks stand between thousands; years and small ones left out."""
    numbers = {Decimal(re.sub(r"\D", "", found)) for found in _NUMBER.findall(text)}
    return {number for number in numbers if number >= LEAST_FIGURE and number not in YEARS}


def near_figures(one: Iterable[Decimal], other: Iterable[Decimal]) -> tuple[Decimal, Decimal] | None:
    """The first two figures that lie within a tenth of each other, the larger ones first; None without such a pair."""
    others = sorted(other, reverse=True)
    for mine in sorted(one, reverse=True):
        for theirs in others:
            if abs(mine - theirs) <= NEAR_FIGURE * max(abs(mine), abs(theirs)):
                return mine, theirs
    return None


def _likeness(one: Described, other: Described) -> Likeness | None:
    if not one.maker or one.maker != other.maker:
        return None
    near = max((similarity(mine, theirs) for mine in one.titles for theirs in other.titles), default=0.0)
    figures = near_figures(_figures(one), _figures(other))
    dates = (
        one.made_on is not None and other.made_on is not None and abs((one.made_on - other.made_on).days) <= NEAR_DAYS
    )
    beside = figures is not None or dates
    if near >= NEAR_TEXT or (near >= SOMEWHAT_NEAR and beside) or (figures is not None and dates):
        return Likeness(other.code, near >= SOMEWHAT_NEAR, figures, dates)
    return None


def _figures(described: Described) -> set[Decimal]:
    told = {figure for figure in described.figures if figure >= LEAST_FIGURE}
    return told.union(*(figures_in(title) for title in described.titles))


def _words(text: str) -> set[str]:
    return {word for word in plain(text).split() if len(word) > 2 or word.isdigit()}


def _trigrams(text: str) -> set[str]:
    padded = f"  {plain(text)} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)} if padded.strip() else set()


def _share(one: set[str], other: set[str]) -> float:
    """Twice what both have over what each has (Dice)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
