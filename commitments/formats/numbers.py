"""Figures as each language writes them: marks, percent, money, millions.

No figure loses a digit here unless the caller asks for it: the default is the whole stored figure, without the
trailing zeros of a database column. Spaces inside figures are narrow and do not break (U+202F).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import Literal

from babel.numbers import get_currency_name, get_currency_symbol

from commitments.formats.language import language_of

NARROW = "\u202f"
NO_BREAK = "\u00a0"
MINUS = "\u2212"
MILLION = Decimal(1_000_000)
MOST_DIGITS = 40

PluralCategory = Literal["one", "many", "other"]

#: First letters before which French writes "d’".
_ELIDING = "aàâeéèêëhiîïoôœuùû"

#: Wide enough for any stored figure, so that arithmetic on the way to the page never rounds by itself.
_EXACT = Context(prec=100)


@dataclass(frozen=True, slots=True)
class Marks:
    """How one language groups thousands, marks decimals and joins the percent sign."""

    thousands: str
    decimal: str
    before_percent: str
    locale: str
    million: tuple[str, str]  # the word for one million and for several


MARKS = {
    "en": Marks(",", ".", "", "en_GB", ("million", "million")),
    "es": Marks(NARROW, ",", NARROW, "es_419", ("millón", "millones")),
    "pt": Marks(".", ",", "", "pt", ("milhão", "milhões")),
    "fr": Marks(NARROW, ",", NARROW, "fr", ("million", "millions")),
}

#: The signs where CLDR's are not the office's: it writes "USD" in Latin American Spanish and "$US" in French.
_SIGNS = {
    ("USD", "es"): "US$",
    ("USD", "fr"): f"${NO_BREAK}US",
    ("CAD", "fr"): f"${NO_BREAK}CA",
}


def format_number(value: Decimal | int, lang: str, places: int | None = None, millions: bool = False) -> str:
    """A figure with the marks of the language: 41,200 · 41 200 · 41.200.

    `places` asks for exactly so many decimals (rounded half up: for computed figures, never for reported ones).
    `millions` asks for "2.1 million" from 1,000,000 on, with one decimal at most. Neither is ever the default.
    Raises ValueError for a figure that is not finite or has more than forty digits before the mark.
    """
    figure = _finite(value)
    marks = MARKS[language_of(lang)]
    if millions and figure.copy_abs() >= MILLION:
        shown = _in_millions(figure)
        word = marks.million[0 if plural_category(shown, lang) == "one" else 1]
        return f"{_written(shown, marks)}{NO_BREAK}{word}"
    return _written(figure if places is None else _rounded(figure, places), marks, places or 0)


def format_quantity(value: Decimal | int, noun: str, lang: str, millions: bool = False) -> str:
    """A figure with its noun: "44,900 people", "1 000 000 de personas", "2,1 millions d’engagements".

    `noun` comes in the plural form that `plural_category` asks for, without the preposition: Spanish, Portuguese and
    French put one after whole millions.
    """
    shown = format_number(value, lang, millions=millions)
    if not noun:
        return shown
    if plural_category(value, lang, millions) != "many":
        return f"{shown} {noun}"
    elided = language_of(lang) == "fr" and noun[0].casefold() in _ELIDING
    return f"{shown} d’{noun}" if elided else f"{shown} de {noun}"


def format_percent(
    share: Decimal | int, lang: str, places: int | None = 0, edges: Iterable[Decimal | int] = (Decimal(1),)
) -> str:
    """A share of one as a percentage: 0.84 is "84%", "84 %" in Spanish and French.

    Rounded half up to `places`, but never up to an edge the share has not reached, nor to zero when it is not zero:
    99.8% of a target is not "100%". Callers add their thresholds to the edges, so that a page never prints "90%"
    beside the status of 89.96%. With `places=None` nothing is rounded: for percentages that were reported.
    """
    marks = MARKS[language_of(lang)]
    percent = _EXACT.multiply(_finite(share), Decimal(100))
    if places is None:
        return f"{_written(percent, marks)}{marks.before_percent}%"
    limits = [_EXACT.multiply(Decimal(edge), Decimal(100)) for edge in edges]
    for decimals in range(places, places + 5):
        shown = _rounded(percent, decimals)
        if not (percent and not shown) and not any(percent < edge <= shown for edge in limits):
            return f"{_written(shown, marks, places)}{marks.before_percent}%"
    shown = percent.quantize(Decimal(1).scaleb(-places - 4), rounding=ROUND_FLOOR, context=_EXACT)
    return f"{_written(shown, marks)}{marks.before_percent}%"


def format_money(value: Decimal | int, currency: str, lang: str, table: bool = False, millions: bool = False) -> str:
    """An amount with its currency (ISO 4217): "US$240,000,000", "US$ 240 000 000", and in French its name.

    French running text says "240 000 000 de dollars des États-Unis"; its tables say "240 000 000 $ US". With
    `millions`: "US$ 240 millones", "240 millions de dollars des États-Unis", in a French table "240 M $ US".
    Amounts with cents show two decimals. An amount without currency (the source leaves it open) is a plain figure.
    """
    language = language_of(lang)
    figure = _finite(value)
    if not currency:
        return format_number(figure, language, millions=millions)
    marks = MARKS[language]
    if language == "fr":
        if not table:
            count = 1 if plural_category(figure, language, millions) == "one" else 2
            return format_quantity(figure, get_currency_name(currency, count, locale="fr"), language, millions)
        if millions and figure.copy_abs() >= MILLION:
            return f"{_written(_in_millions(figure), marks)}{NO_BREAK}M{NO_BREAK}{_sign(currency, language)}"
        return f"{_amount(figure, marks)}{NO_BREAK}{_sign(currency, language)}"
    shown = format_number(figure.copy_abs(), language, millions=True) if millions else _amount(figure.copy_abs(), marks)
    sign = _sign(currency, language)
    joint = "" if language == "en" and not sign[-1].isalpha() else NO_BREAK
    return f"{MINUS if figure < 0 else ''}{sign}{joint}{shown}"


def bare_number(value: Decimal | int, lang: str) -> str:
    """A figure as a person would type it into a field: digits, no thousands mark, the decimal mark of the language.

    Never ambiguous when read back: three decimals after a short whole part get a fourth, a zero.
    """
    shown = _plain(_finite(value))
    whole, _, decimals = shown.partition(".")
    if len(decimals) == 3 and len(whole.lstrip("-")) <= 3 and whole.lstrip("-") != "0":
        decimals += "0"
    return f"{whole}{MARKS[language_of(lang)].decimal}{decimals}" if decimals else whole


def plural_category(value: Decimal | int, lang: str, millions: bool = False) -> PluralCategory:
    """The plural a figure takes (CLDR); gettext's own rule knows whole numbers only.

    `millions` is for figures that will be shown in millions: their noun always takes the form after "de".
    """
    language = language_of(lang)
    size = _finite(value).copy_abs()
    if language == "en":
        return "one" if size == 1 else "other"
    if millions and size >= MILLION:
        return "many"
    if size and _EXACT.remainder(size, MILLION) == 0:
        return "many"
    if language == "es":
        return "one" if size == 1 else "other"
    return "one" if size < 2 else "other"


def _finite(value: Decimal | int) -> Decimal:
    figure = Decimal(value)
    if not figure.is_finite() or figure.adjusted() > MOST_DIGITS:
        raise ValueError("A figure must be a finite number of a size that can be printed.")
    return figure


def _rounded(figure: Decimal, places: int) -> Decimal:
    return figure.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_EXACT)


def _in_millions(figure: Decimal) -> Decimal:
    return _rounded(_EXACT.divide(figure, MILLION), 1)


def _plain(figure: Decimal) -> str:
    """Digits with a point and without exponent, trailing zeros or a negative zero."""
    shown = f"{figure:f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


def _written(figure: Decimal, marks: Marks, least_places: int = 0) -> str:
    whole, _, decimals = _plain(figure).partition(".")
    minus = MINUS if whole.startswith("-") else ""
    grouped = f"{int(whole.lstrip('-')):,}".replace(",", marks.thousands)
    decimals = decimals.ljust(least_places, "0")
    return f"{minus}{grouped}{marks.decimal if decimals else ''}{decimals}"


def _amount(figure: Decimal, marks: Marks) -> str:
    return _written(figure, marks, 0 if figure == figure.to_integral_value() else 2)


def _sign(currency: str, language: str) -> str:
    return _SIGNS.get((currency, language)) or get_currency_symbol(currency, locale=MARKS[language].locale)
