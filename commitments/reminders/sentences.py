"""A translated sentence twice: as plain text, and as HTML with what matters in bold and foreign words marked."""

from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from commitments.formats.language import Text


class Strong(str):
    """What the eye must find first in a sentence: a date, a deadline."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One or more whole sentences in a row."""

    text: str
    html: SafeString


def say(pattern: str, **values: str | Text) -> Sentence:
    """Fill a translated pattern (`%(name)s`). Values from outside are escaped in HTML, whatever they hold."""
    return Sentence(
        text=pattern % {name: str(value) for name, value in values.items()},
        html=SafeString(str(conditional_escape(pattern)) % {name: _html(value) for name, value in values.items()}),
    )


def together(*sentences: Sentence) -> Sentence:
    """Sentences of one paragraph."""
    return Sentence(
        text=" ".join(sentence.text for sentence in sentences),
        html=SafeString(" ".join(sentence.html for sentence in sentences)),
    )


def _html(value: str | Text) -> SafeString:
    if isinstance(value, Text) and value.foreign:
        return format_html('<span lang="{}">{}</span>', value.html_lang, value.text)
    if isinstance(value, Strong):
        return format_html("<strong>{}</strong>", str(value))
    return conditional_escape(str(value))
