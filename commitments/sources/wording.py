"""Words about files: their kind and size, what they may carry, why one could not be kept."""

from decimal import ROUND_CEILING, Decimal
from typing import Protocol

from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from commitments.formats.dates import long_date, site_day
from commitments.formats.language import filled, language_of, written_in
from commitments.formats.numbers import format_number
from commitments.intake.files import Kind
from commitments.sources.models import StoredFile, Withdrawable

_NAMES = {
    Kind.PDF: "PDF",
    Kind.WORD: "Word",
    Kind.EXCEL: "Excel",
    Kind.ODS: "ODS",
    Kind.CSV: "CSV",
    Kind.JPEG: "JPG",
    Kind.PNG: "PNG",
}
_KIND_OF = {kind.media_type: kind for kind in Kind}
_KILOBYTE, _MEGABYTE = 1024, 1024 * 1024


class Measured(Protocol):
    """What has a size in bytes: a stored file, a printed report."""

    @property
    def size(self) -> int:
        """In bytes."""


def kind_of_file(file: StoredFile) -> str:
    """PDF, Word, Excel … as the lists of files say it."""
    kind = _KIND_OF.get(file.media_type)
    return _NAMES[kind] if kind else file.media_type


def size_of_file(file: Measured) -> str:
    """340 kB, 1.4 MB: never shown as nothing."""
    lang = language_of(get_language())
    if file.size < _MEGABYTE:
        shown = (Decimal(file.size) / _KILOBYTE).to_integral_value(ROUND_CEILING)
        return pgettext("size of a file", "%(size)s kB") % {"size": format_number(shown, lang)}
    tenths = (Decimal(file.size) / _MEGABYTE * 10).to_integral_value(ROUND_CEILING) / 10
    return pgettext("size of a file", "%(size)s MB") % {"size": format_number(tenths, lang)}


def carries_names(file: StoredFile) -> bool:
    """Whether the file may hold the name of whoever wrote it."""
    kind = _KIND_OF.get(file.media_type)
    return kind is not None and kind.carries_names


def withdrawn_words(row: Withdrawable) -> SafeString:
    """What stands in the place of something withdrawn: the day and the public reason, in its own language."""
    lang = language_of(get_language())
    day = long_date(site_day(row.withdrawn_at), lang) if row.withdrawn_at else ""
    reason = written_in(row.withdrawn_reason, row.withdrawn_language, lang)
    return filled(_("Withdrawn on %(date)s: %(reason)s"), {"date": day, "reason": reason})


def not_stored() -> str:
    """The file could not be kept, and everything else was."""
    return _("The file could not be kept: there is no room for it at the moment. Try again later, or send without it")
