"""Fields that several tables have: texts in four languages, a source, a status, an address."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commitments.formats.partial import PartialDate
from commitments.indicators.enums import Qualifier, Reason, Status
from commitments.opendata.fields import Field, Kind
from commitments.sources.models import Source

STATUSES = tuple(status.value for status in Status)
REASONS = tuple(reason.value for reason in Reason)
QUALIFIERS = tuple(word.value for word in Qualifier)
Read = Callable[[Any], Any]

UNIT_OF_INDICATOR = pgettext_lazy("unit of a field", "the unit of the indicator")
PART_OF_ONE = pgettext_lazy("unit of a field", "part of one")


def text(name: str, meaning: Any, read: Read, **more: Any) -> Field:
    """A text or a code."""
    return Field(name, Kind.TEXT, meaning, lambda row: read(row) or None, **more)


def in_languages(name: str, meaning: Any, read: Read) -> Field:
    """A text in four columns, each blank where nobody wrote or translated it."""
    return Field(name, Kind.TEXT, meaning, read, in_languages=True)


def number(name: str, meaning: Any, read: Read, unit: Any = UNIT_OF_INDICATOR) -> Field:
    """A figure."""
    return Field(name, Kind.NUMBER, meaning, read, unit=unit)


def known_day(name: str, meaning: Any, read: Callable[[Any], PartialDate | None]) -> Field:
    """A date, no more exact than it is known."""
    return Field(name, Kind.KNOWN_DAY, meaning, lambda row: str(day) if (day := read(row)) else None)


def yes_no(name: str, meaning: Any, read: Read) -> Field:
    """A mark that is set or not."""
    return Field(name, Kind.YES_NO, meaning, read)


def source_fields(read: Callable[[Any], Source | None]) -> tuple[Field, ...]:
    """The document that a row rests on: title, address, date, publisher."""

    def of(name: str) -> Read:
        return lambda row: getattr(read(row), name, None) or None

    return (
        Field("source_title", Kind.TEXT, _("Title of the source, as it is printed"), of("title")),
        Field("source_url", Kind.ADDRESS, _("Address of the source"), of("url")),
        Field("source_date", Kind.TEXT, _("Date that the source prints"), of("published")),
        Field("source_publisher", Kind.TEXT, _("Publisher of the source"), of("publisher")),
    )


def address(read: Callable[[Any], tuple[str, dict[str, Any]]]) -> Field:
    """The page of the row on this site, in English; the other languages have the same address with their own code."""

    def page(row: Any) -> str:
        name, arguments = read(row)
        with translation.override("en"):
            return f"{settings.SITE_URL}{reverse(name, kwargs=arguments)}"

    return Field("url", Kind.ADDRESS, _("Page of this row on this site"), page, is_required=True)
