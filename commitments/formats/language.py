"""Text together with the language it is really in: an untranslated text is shown in its own, and says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

LANGUAGES = ("en", "es", "pt", "fr")
HTML_LANG = {"en": "en", "es": "es-419", "pt": "pt-BR", "fr": "fr"}


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its language; `foreign` when that is not the language asked for."""

    text: str
    language: str
    foreign: bool

    @property
    def html_lang(self) -> str:
        """The value for the lang attribute."""
        return HTML_LANG.get(self.language, self.language)

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Linked(Text):
    """The title of a document, with the address where it is read; empty where it has none."""

    url: str = field(default="", compare=False)


def translated(thing: Any, name: str, language: str) -> Text:
    """The text of a translated field in this language, else in the first language that has one."""
    wanted = getattr(thing, f"{name}_{language}", "") or ""
    if wanted:
        return Text(wanted, language, foreign=False)
    for other in LANGUAGES:
        text = getattr(thing, f"{name}_{other}", "") or ""
        if text:
            return Text(text, other, foreign=True)
    return Text("", language, foreign=False)


def written_in(text: str, source: str, language: str) -> Text:
    """A text that is on record in one language only, for a page in another."""
    known = (source or LANGUAGES[0])[:2].lower()
    return Text(text, known, foreign=bool(text) and known != language)


def filled(pattern: str, parts: Mapping[str, str | Text]) -> SafeString:
    """A translated sentence (`%(name)s`) for a page, each foreign part with its lang attribute; all parts escaped."""
    shown = {name: in_html(part) for name, part in parts.items()}
    return SafeString(str(conditional_escape(pattern)) % shown)


def in_html(part: str | Text) -> SafeString:
    """A part for a page, escaped: a foreign one with its lang attribute, a document with its address as a link."""
    if isinstance(part, Linked) and part.url:
        lang = format_html(' lang="{}"', part.html_lang) if part.foreign else ""
        return format_html(
            '<a href="{}" rel="noopener"{} hreflang="{}">{}</a>', part.url, lang, part.language, part.text
        )
    if isinstance(part, Text) and part.foreign:
        return format_html('<span lang="{}">{}</span>', part.html_lang, part.text)
    return conditional_escape(str(part))


def language_of(tag: str | None) -> str:
    """The one of our four languages behind a language tag ("pt-br", "es_419", none): English where it is no other."""
    short = (tag or "")[:2].lower()
    return short if short in LANGUAGES else LANGUAGES[0]
