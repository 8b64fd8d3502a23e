"""Personal data that slips into narrative: addresses, telephone and identity numbers, dates of birth.

A suspicion is a question to a person, never a refusal. Figures, years and dates of the record raise none: a pattern
needs the form that only personal data has, or the word that announces it, in one of the four languages.
"""

import re
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import pgettext, pgettext_lazy

LONGEST_EXCERPT = 60


class Personal(TextChoices):
    """What a text seems to hold of a person."""

    EMAIL = "email", pgettext_lazy("personal data", "an e-mail address")
    IDENTITY = "identity", pgettext_lazy("personal data", "an identity or passport number")
    BIRTH = "birth", pgettext_lazy("personal data", "a date of birth")
    PHONE = "phone", pgettext_lazy("personal data", "a telephone number")
    ADDRESS = "address", pgettext_lazy("personal data", "a street address")


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One place of a text that may be about a person."""

    kind: Personal
    excerpt: str

    def __str__(self) -> str:
        return pgettext("personal data and where", "%(kind)s (%(excerpt)s)") % {
            "kind": self.kind.label,
            "excerpt": self.excerpt,
        }


#: "No.", "n.º", "número", "number", "#", ":" between a word and its number.
_LABEL = r"\s{0,3}(?::|#|№|(?:n[o.]?\s?[º°.]?|n[uú]m(?:ero|\.)?|number|num[ée]ro)(?![a-z])\s{0,2}[:.]?)\s{0,3}"
_EMAIL = r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}"

_PASSPORTS = r"passport|pasaporte|passaporte|passeport"
_CARDS = (
    r"c[ée]dula(?:\sde\s(?:identidad|ciudadan[ií]a|extranjer[ií]a))?|documento\sde\sident(?:idad|idade)"
    r"|carn[ée]\sde\sextranjer[ií]a|carteira\sde\sidentidade|identity\scard|id\scard|carte\sd[’']identit[ée]"
    r"|dni|nie|curp|cpf|rg|rut|run|ssn|nit|dui|c\.\s?c\.|c\.\s?e\."
)
_IDENTITY = (
    # The word, then a number said to be one; or the word and, at once, a number without marks.
    rf"\b(?:{_PASSPORTS}|{_CARDS}){_LABEL}(?:\d\d)?[a-z]{{0,3}}-?\d[\d.\s-]{{3,16}}\d(?:-?[\dkx])?\b",
    rf"\b(?:{_PASSPORTS}|{_CARDS})\s{{1,2}}[a-z]{{0,3}}-?\d{{6,12}}\b",
    # Forms that nothing else has: Brazil, Chile, the United States (two), Mexico.
    r"(?<![\d.])\d{3}\.\d{3}\.\d{3}-\d{2}(?!\d)",
    r"(?<![\d.])\d{1,2}\.\d{3}\.\d{3}-[\dk](?![\d\w])",
    r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])",
    r"\ba-?\d{8,9}\b",
    r"\b[a-z]{4}\d{6}[hm][a-z]{5}[a-z\d]\d\b",
)

_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|fev|mai|set|out|dez|janv|févr|avr|juin|juil"
    r"|août|déc)[a-zéûç]{0,7}\.?"
)
_DAY = (
    rf"(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}|{_MONTH}\s\d{{1,2}},?\s\d{{4}}"
    rf"|\d{{1,2}}(?:º|er|st|nd|rd|th)?(?:\sde|\sof)?\s{_MONTH}(?:\sde|\sdel)?,?\s\d{{4}})"
)
_BIRTH = (
    (
        rf"\b(?:date\sof\sbirth|d\.?o\.?b\.?|fecha\sde\snacimiento|data\sde\snascimento|date\sde\snaissance)"
        rf"[^\w\n]{{0,5}}(?:is\s|es\s|é\s|est\s|el\s|le\s|em\s|on\s)?{_DAY}"
    ),
    # One person only: "children born on or after" is a rule, not a person.
    rf"\b(?:born\son|nacid[oa]\sel|nascid[oa]\s(?:em|no\sdia|a)|née?\sle)\s(?:the\s|d[ií]a\s)?{_DAY}",
)

_PHONES = (
    r"tel(?:[ée]fono|efone|ephone|[ée]phone)?|phone|mobile|portable|cell(?:ular|phone)?|celular|cel|m[óo]vil"
    r"|whatsapp|fax"
)
_PHONE = (
    rf"\b(?:{_PHONES})\b\.?(?:{_LABEL}|\s{{1,2}})(?:\+\s?)?\(?\d[\d\s().-]{{5,18}}\d\b",
    # Groups that no thousands have: 300 123 4567, (11) 91234-5678, 01 23 45 67 89.
    r"(?<![\d.,-])(?:\(\d{3}\)\s?|\d{3}[-.\s])\d{3}[-.\s]\d{4}(?![\d.,]*\d)",
    r"(?<!\d)\(\d{2,4}\)\s?\d{4,5}[-\s]?\d{4}(?!\d)",
    r"(?<![\d.,])0\d([.\s-])\d{2}\1\d{2}\1\d{2}\1\d{2}(?!\d)",
)
_ABROAD = re.compile(r"(?<![\w+])\+\s?\d[\d\s().-]{6,22}\d")

_NAMED = r"(?:[A-ZÁÉÍÓÚÑÇÂÊÔÃÕÀÈ][\w’'.-]{1,20}|\d{1,2}º?|de|del|la|las|los|el|da|das|do|dos|du|des)"
_STREETS = (
    r"(?:Calle|Carrera|Cra\.?|Kra\.?|Avenida|Av\.|Avda\.?|Jir[óo]n|Pasaje|Diagonal|Transversal|Rua|Travessa|Alameda)"
)
_ADDRESS = (
    # Calle 45 # 12-34 · Carrera 7 No. 71-21
    (
        r"(?i:\b(?:calle|carrera|cra\.?|kra\.?|avenida|av\.?|diagonal|transversal)\s\d{1,3}\s?[a-z]?(?:\sbis)?\s?"
        r"(?:#|n[o.]?[º°.]?)\s?\d{1,3}\s?[a-z]?\s?-\s?\d{1,3})"
    ),
    # Rua das Flores, 123 · Avenida Reforma 222 (a year is a year)
    (
        rf"\b{_STREETS}(?:\s{_NAMED}){{1,5}}"
        r"(?:,?\s(?:#|[Nn][o.]?[º°.]?)\s?\d{1,5}|,\s\d{1,5}|\s(?!19\d\d|20\d\d)\d{2,5})(?![\d.,\s]*\d|\s?%)"
    ),
    # 123 Main Street
    (
        r"(?<![\d.,-])\d{1,5}\s(?:[NSEW]\.?\s)?(?:[A-Z][a-z]{1,20}\s){1,3}(?:Street|St\.|Avenue|Ave\.|Road|Rd\.|Boulevard"
        r"|Blvd\.?|Lane|Drive)(?!\w)"
    ),
    # 12 bis, rue de la Paix
    (
        r"(?<![\d.,-])\d{1,4}(?:\s(?:bis|ter))?,?\s(?:rue|avenue|boulevard|chemin|impasse)\s"
        r"(?:(?:de|du|des|la|de\sla)\s|(?:de\s)?l[’']|d[’'])?(?:la\s)?[A-ZÉÈÀ][\w’'-]{1,30}"
    ),
    r"(?i:\b(?:apartment|apt\.|apto\.?|apartamento|appartement)\s(?:#|n[o.]?[º°.]?)?\s?\d{1,4}[a-z]?\b(?![.,\s]*\d))",
)

_PATTERNS: tuple[tuple[Personal, re.Pattern[str]], ...] = (
    (Personal.EMAIL, re.compile(_EMAIL)),
    *((Personal.IDENTITY, re.compile(pattern, re.IGNORECASE)) for pattern in _IDENTITY),
    *((Personal.BIRTH, re.compile(pattern, re.IGNORECASE)) for pattern in _BIRTH),
    (Personal.PHONE, _ABROAD),
    *((Personal.PHONE, re.compile(pattern, re.IGNORECASE)) for pattern in _PHONE),
    *((Personal.ADDRESS, re.compile(pattern)) for pattern in _ADDRESS),
)


def suspicions(text: str) -> list[Suspicion]:
    """What in a text may be about a person, in the order of the text; each place is told once."""
    found: list[tuple[int, int, Personal]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if pattern is _ABROAD and not _is_dialled(match.group()):
                continue
            if all(end <= first or start >= last for first, last, _kind in found):
                found.append((start, end, kind))
    return [Suspicion(kind, _excerpt(text[start:end])) for start, end, kind in sorted(found)]


def spoken(name: str) -> str:
    """The name of a file as its words, for `suspicions`: the marks between them taken apart, the ending left out."""
    stem = name.rpartition(".")[0] or name
    return stem.replace("_", " ").strip()


def named(title: str, file: str) -> list[str]:
    """The title of a document and the words of its file's name: both can be read by everybody once it is public."""
    own = [spoken(file)] if file else []
    return own if file and title in {"", file} else [title, *own]


def _is_dialled(number: str) -> bool:
    """Whether a figure after a plus is a telephone number: an increase of 1 250 000 is none."""
    groups = re.findall(r"\d+", number)
    digits = sum(map(len, groups))
    in_thousands = len(groups) > 1 and all(len(group) == 3 for group in groups[1:])
    return (10 if in_thousands else 8) <= digits <= 15


def _excerpt(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_EXCERPT else f"{words[: LONGEST_EXCERPT - 1]}…"
