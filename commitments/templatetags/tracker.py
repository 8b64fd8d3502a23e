"""Figures, dates and drawings in templates, in the language of the page. Loaded everywhere (settings, builtins)."""

import html
from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as url_tag
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from lucide.templatetags.lucide import lucide as drawing_of

from accounts.parcels import words_of
from commitments.charts import bars
from commitments.formats import dates, numbers, quotes
from commitments.formats.addresses import address
from commitments.formats.language import Text, language_of, translated
from commitments.formats.partial import PartialDate
from commitments.intake import markdown

register = template.Library()


class KeptAddress(URLNode):
    """Django's {% url %}, which works out an address that was asked for before no second time."""

    def render(self, context: Context) -> str:
        """The address, escaped as Django does; whatever is unusual is left to Django."""
        parts = [part.resolve(context) for part in self.args]
        if self.kwargs or not all(isinstance(part, str | int) for part in parts):
            return super().render(context)
        try:
            found = address(self.view_name.resolve(context), *parts)
        except NoReverseMatch:
            return super().render(context)
        if self.asvar:
            context[self.asvar] = found
            return ""
        return conditional_escape(found) if context.autoescape else found


@register.tag
def url(parser: Parser, token: Token) -> URLNode:
    """{% url "public:country" "COL" %}: takes the place of Django's own."""
    node = url_tag(parser, token)
    return KeptAddress(node.view_name, node.args, node.kwargs, node.asvar)


@register.filter
def figure(value: Decimal | int | None) -> str:
    """A whole stored figure: {{ value|figure }} is 41,200 · 41 200 · 41.200. Blank stays blank: it is not zero."""
    return "" if value is None or value == "" else numbers.format_number(value, _language())


@register.filter
def words_typed(fields: Sequence[tuple[str, str]]) -> list[str]:
    """What a person wrote among the fields of a form that is given back: {% for words in fields|words_typed %}."""
    return words_of(fields)


@register.filter
def millions(value: Decimal | int | None) -> str:
    """A figure in millions from a million on: {{ value|millions }} is 2.1 million."""
    return "" if value is None or value == "" else numbers.format_number(value, _language(), millions=True)


@register.filter
def quantity(value: Decimal | int | None, noun: str) -> str:
    """A figure with its noun: {{ value|quantity:unit }} is 44,900 people; the noun comes in its plural form."""
    return "" if value is None or value == "" else numbers.format_quantity(value, noun, _language())


@register.filter
def percent(share: Decimal | int | None) -> str:
    """A share of one in whole percent, never rounded up to 100: {{ share|percent }} is 84%."""
    return "" if share is None or share == "" else numbers.format_percent(share, _language())


@register.filter
def money(value: Decimal | int | None, currency: str) -> str:
    """An amount with its currency in running text: {{ amount|money:"USD" }}."""
    return "" if value is None or value == "" else numbers.format_money(value, currency, _language())


@register.filter
def money_cell(value: Decimal | int | None, currency: str) -> str:
    """An amount with its currency in a table."""
    return "" if value is None or value == "" else numbers.format_money(value, currency, _language(), table=True)


@register.filter(expects_localtime=True)
def long_date(day: date | PartialDate | None) -> str:
    """{{ day|long_date }} is 23 November 2026, or as much of it as is known."""
    return dates.long_date(day, _language()) if day else ""


@register.filter(expects_localtime=True)
def short_date(day: date | PartialDate | None) -> str:
    """{{ day|short_date }} is 23 Nov 2026, or as much of it as is known."""
    return dates.short_date(day, _language()) if day else ""


@register.filter
def printed_date(text: str) -> str:
    """{{ source.published|printed_date }}: a date as a source prints it ("2023-10"), in words; other text as it is."""
    try:
        return dates.long_date(PartialDate.parse(text), _language())
    except ValueError:
        return text


@register.filter
def time_in(at: datetime | None, zone: tzinfo | str) -> str:
    """{{ meeting.starts_at|time_in:meeting.zone }} is 09:00 (UTC−5)."""
    return dates.time_of_day(at, _zone(zone), _language()) if at else ""


@register.filter
def clock_in(at: datetime | None, zone: tzinfo | str) -> str:
    """{{ at|clock_in:request.zone }} is 09:38, for a moment of today on the reader's own clock."""
    return dates.time_of_day(at, _zone(zone), _language()).split(" (")[0] if at else ""


@register.filter
def moment_in(at: datetime | None, zone: tzinfo | str) -> str:
    """{{ at|moment_in:"America/Lima" }} is 23 November 2026, 09:00 (UTC−5)."""
    return dates.long_moment(at, _zone(zone), _language()) if at else ""


@register.simple_tag
def due_zone(on: date) -> str:
    """{% due_zone request.on as zone %}: the zone in which due days end at 24:00; empty: they last as long as anywhere.

    The clocks of a zone are told as of the year of that day.
    """
    return dates.due_zone(on.year, _language())


@register.filter
def quoted(text: str) -> str:
    """A text between the quotation marks of the language."""
    return quotes.quoted(text, _language()) if text else ""


@register.simple_tag
def colon() -> str:
    """{{ label }}{% colon %} {{ words }}: the colon of the language."""
    return quotes.colon(_language())


@register.filter
def prose(text: str) -> SafeString:
    """{{ report.summary|prose }}: narrative with its paragraphs, lists and emphasis; harmless whatever was typed."""
    return SafeString(markdown.as_html(text).strip() if text else "")


@register.simple_tag
def icon(name: str, size: int = 16) -> SafeString:
    """{% icon "download" %}: a sign of the lucide set, hidden from screen readers; words always stand beside it."""
    return SafeString(drawing_of(name, size=size, aria_hidden="true", focusable="false", **{"class": "icon"}))


@register.simple_tag
def status_bar(counts: Mapping[str, int], height: int = 12) -> SafeString:
    """{% status_bar counts height=20 %}: one segment for each status that occurs."""
    return bars.status_bar(counts, height=height)


@register.simple_tag
def status_patterns() -> SafeString:
    """{% status_patterns %}: what the bars of a page are filled with; once, in its sheet of shapes."""
    return bars.status_patterns()


@register.simple_tag
def block_row(blocks: Sequence[bars.Block], width: int = 9, height: int = 20) -> SafeString:
    """{% block_row blocks %}: one block for each country or task."""
    return bars.block_row(blocks, width=width, height=height)


@register.filter
def title_in_language(thing: Any) -> str:
    """The title of a record in the language of the page, marked with its own where it is another."""
    return _labelled(translated(thing, "title", _language()))


@register.filter
def language_name(code: str) -> str:
    """A language by name, as it stands inside a sentence: other languages than English begin it with a small letter.

    Takes the place of Django's filter of this name, which says every language in English.
    """
    name = str(get_language_info(code)["name_translated"])
    return name if _language() == "en" else name.lower()


@register.filter
def adds_to(text: str, name: str) -> bool:
    """{% if group.focus|adds_to:group.name_en %}: whether a text says more than the name above it."""
    return text.strip(" .").casefold() not in {"", name.strip().casefold()}


@register.filter
def name_in_language(thing: Any) -> str:
    """The name of a country, group or cycle in the language of the page."""
    return _labelled(translated(thing, "name", _language()))


@register.filter
def unit_in_language(thing: Any) -> str:
    """What an indicator counts."""
    return _labelled(translated(thing, "unit", _language()))


def _labelled(text: Text) -> SafeString:
    """The text, with its language named after it where that is not the page's."""
    if not text.foreign:
        return format_html("{}", text.text)
    spoken = language_name(text.language)
    return format_html(
        '<span lang="{}">{}</span> <span class="language-label">({})</span>', text.html_lang, text, spoken
    )


def _language() -> str:
    return language_of(get_language())


def _zone(zone: tzinfo | str) -> tzinfo:
    return ZoneInfo(zone) if isinstance(zone, str) else zone


@register.simple_tag(takes_context=True)
def words_of_block(context: Any, name: str) -> str:
    """{% words_of_block "title" as title %}: what a page writes into a block, as plain text on one line."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks is not None else None
    return " ".join(html.unescape(strip_tags(block.render(context))).split()) if block is not None else ""
