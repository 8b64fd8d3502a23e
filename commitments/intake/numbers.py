"""Numbers as people type them, in four languages and with anybody's marks.

44900, 44,900, 44.900, 44 900 and 44'900 are one number. Where a mark could stand for thousands or for decimals and
the readings differ, both are returned: a wrong guess is an error of a factor of a thousand in a state's figure.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from commitments.formats.language import language_of
from commitments.formats.numbers import MARKS, MINUS

MOST_DIGITS = 15
MOST_PLACES = 4
#: Longer texts are not looked at: the longest number with all its marks has half as many letters.
LONGEST_TEXT = 64


class NumberProblem(StrEnum):
    """Why a text is no number that may enter."""

    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    TOO_LONG = "too_long"
    TOO_PRECISE = "too_precise"


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """What a text says: one value; two candidates, thousands first; or a problem."""

    candidates: tuple[Decimal, ...] = ()
    problem: NumberProblem | None = None

    @property
    def value(self) -> Decimal | None:
        """The number, if there is exactly one reading."""
        return self.candidates[0] if len(self.candidates) == 1 else None

    @property
    def is_ambiguous(self) -> bool:
        """Whether the person has to choose."""
        return len(self.candidates) > 1


_DASHES = "-‐‑–" + MINUS
_APOSTROPHES = "'’‘ʼ"
_SHAPE = re.compile(r"(?P<sign>[+-]?) ?(?P<body>[0-9.,' ]*[0-9])\Z")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([.,' ])[0-9]{3})(?:\1[0-9]{3})*\Z")


def read_number(text: str, lang: str, places: int = MOST_PLACES) -> ReadNumber:
    """Read one number. Never raises.

    `places` is how many decimals the thing counted may have (0 for people); a reading that needs more is none, so
    "44.900" people are 44,900, while "4.000" people are 4,000 or 4. Where nothing but whole numbers is possible, the
    thousands mark of the page's own language is not in doubt: "4,000" on an English page.
    """
    if not text.strip():
        return ReadNumber(problem=NumberProblem.EMPTY)
    if len(text) > LONGEST_TEXT:
        return ReadNumber(problem=NumberProblem.TOO_LONG)
    match = _SHAPE.match(_plain(text))
    if not match:
        return ReadNumber(problem=NumberProblem.NOT_A_NUMBER)
    minus, body = match["sign"] == "-", match["body"]
    readings = _readings(body)
    if not readings:
        return ReadNumber(problem=NumberProblem.NOT_A_NUMBER)
    numbers = [_number(reading, minus) for reading in readings]
    if any(len(number.as_tuple().digits) > MOST_DIGITS or number.adjusted() >= MOST_DIGITS for number in numbers):
        return ReadNumber(problem=NumberProblem.TOO_LONG)
    allowed = tuple(number for number in numbers if _places(number) <= min(places, MOST_PLACES))
    if not allowed:
        return ReadNumber(problem=NumberProblem.TOO_PRECISE)
    if len(allowed) > 1 and places == 0 and MARKS[language_of(lang)].thousands in body:
        return ReadNumber(allowed[:1])
    return ReadNumber(allowed)


def _plain(text: str) -> str:
    """The text in ASCII digits, marks and single spaces; any other letter as it is, which is then refused.

    Full-width digits (Asian keyboards) count as digits. Superscripts and circled numbers do not: "10²" is not 102.
    Digits of other scripts are refused, since the reader of the check page could not verify them.
    """
    plain = []
    for letter in text.strip(" \t\r\n\u200b\u200e\u200f\u2060\ufeff\u00a0\u202f"):
        if letter in _DASHES:
            plain.append("-")
        elif letter in _APOSTROPHES:
            plain.append("'")
        elif unicodedata.category(letter) == "Zs" or letter == "\t":
            plain.append(" ")
        elif "\uff01" <= letter <= "\uff5e":
            plain.append(unicodedata.normalize("NFKC", letter))
        else:
            plain.append(letter)
    return re.sub(" +", " ", "".join(plain)).strip(" ")


def _readings(body: str) -> list[str]:
    """The body as plain decimals ("1234.5"): none, one, or as thousands and then as a decimal."""
    marks = [letter for letter in body if not letter.isdigit()]
    if not marks:
        return [body]
    grouped, decimal = _as_thousands(body), _as_decimal(body)
    return [reading for reading in (grouped, decimal) if reading is not None]


def _as_thousands(body: str) -> str | None:
    """The number if every mark in it is one and the same thousands mark."""
    return re.sub("[^0-9]", "", body) if _GROUPED.match(body) else None


def _as_decimal(body: str) -> str | None:
    """The number if its last mark, a comma or a point that occurs once, starts the decimals."""
    place = max(body.rfind("."), body.rfind(","))
    if place < 0 or body.count(body[place]) > 1:
        return None
    whole, decimals = body[:place], body[place + 1 :]
    if not decimals.isdigit():
        return None
    if not whole or whole == "0":
        return f"0.{decimals}"
    if whole.isdigit():
        return f"{whole}.{decimals}" if whole[0] != "0" else None
    thousands = _as_thousands(whole)
    return f"{thousands}.{decimals}" if thousands else None


def _number(reading: str, minus: bool) -> Decimal:
    """Without leading zeros, trailing decimal zeros, an exponent or a negative zero."""
    whole, _, decimals = reading.partition(".")
    decimals = decimals.rstrip("0")
    number = Decimal(f"{int(whole)}.{decimals}" if decimals else str(int(whole)))
    return -number if minus and number else number


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
