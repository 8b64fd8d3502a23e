"""Figures in templates: with their unit, and the day or period that they speak of."""

from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from commitments.formats.dates import site_day
from commitments.formats.language import Text, language_of, written_in
from commitments.indicators import spoken
from commitments.indicators.models import Indicator, Measurement, UnitType
from commitments.indicators.terms import CADENCES, cadence_words
from commitments.indicators.wording import figure_of, unit_text
from commitments.templatetags.records import labelled

register = template.Library()


@register.filter
def when(row: Measurement) -> str:
    """{{ row|when }}: "1 October 2023 to 30 September 2024", or the day, or that it is not stated."""
    return spoken.when_of(row)


@register.filter
def day_of(at: datetime) -> date:
    """{{ line.updated_at|day_of|short_date }}: the day of a moment as the site counts days."""
    return site_day(at)


@register.filter
def short_when(row: Measurement) -> str:
    """{{ row|short_when }}: "Oct 2023 to Sep 2024", or the day."""
    return spoken.short_when_of(row)


@register.filter
def counted(row: Measurement, indicator: Indicator) -> SafeString:
    """{{ row|counted:indicator }}: a figure or range with what is counted; words stand alone."""
    figure = figure_of(row, indicator)
    if indicator.unit_type != UnitType.COUNT or not row.is_number:
        return format_html("{}", figure)
    return format_html("{} {}", figure, labelled(unit_text(indicator)))


@register.filter
def how_often(cadence: str) -> Text:
    """{{ indicator.cadence|how_often }}: every three months; a word of the record that we do not know, as it is."""
    language = language_of(get_language())
    return written_in(cadence_words(cadence), language if cadence in CADENCES else "en", language)
