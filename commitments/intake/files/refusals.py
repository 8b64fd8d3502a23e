"""Why a file may not enter, each with the sentence that says what to do about it."""

from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from commitments.formats.language import language_of
from commitments.formats.numbers import format_number

#: What a megabyte is where people read the size of a file: in their own file manager.
MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE


class Refusal(StrEnum):
    """The reasons, as codes."""

    TOO_BIG = "too_big"
    EMPTY = "empty"
    KIND = "kind"
    OLD_OFFICE = "old_office"
    MISMATCH = "mismatch"
    DAMAGED = "damaged"
    LOCKED = "locked"
    MACROS = "macros"
    ACTIVE = "active"
    NESTED = "nested"
    TWO_IN_ONE = "two_in_one"
    UNPACKS_TOO_BIG = "unpacks_too_big"
    TOO_MANY_PARTS = "too_many_parts"
    PICTURE_TOO_LARGE = "picture_too_large"
    INFECTED = "infected"
    NAME_PATH = "name_path"
    NAME_RESERVED = "name_reserved"
    NAME_HIDDEN = "name_hidden"
    NAME_LONG = "name_long"
    NAME_EMPTY = "name_empty"
    NAME_DOUBLE = "name_double"


SENTENCES = {
    Refusal.TOO_BIG: _("The file must be smaller than %(limit)s MB. Yours is %(size)s MB"),
    Refusal.EMPTY: _("The file is empty. Choose another one, or save it again first"),
    Refusal.KIND: _("The file must be PDF, Word, Excel, ODS, CSV, JPG or PNG"),
    Refusal.OLD_OFFICE: _(
        "Old Word and Excel files (.doc, .xls) can hide programs. Save it as .docx, .xlsx or PDF and choose it again"
    ),
    Refusal.MISMATCH: _("The name ends in %(ending)s, but the content is something else. Save it again as %(ending)s"),
    Refusal.DAMAGED: _("The file cannot be read. Open it, save it again and choose the new copy"),
    Refusal.LOCKED: _("The file is locked with a password, so nobody could read it. Save it without the password"),
    Refusal.MACROS: _("The file holds macros or other programs. Save it without them, as .docx, .xlsx, .ods or PDF"),
    Refusal.ACTIVE: _("The file would do something by itself when it is opened, such as run a script. Print it to PDF"),
    Refusal.NESTED: _("There are other files inside this file. Take them out and add them one by one"),
    Refusal.TWO_IN_ONE: _("This is two files in one. Open it, save it again and choose the new copy"),
    Refusal.UNPACKS_TOO_BIG: _("Unpacked, the file is larger than %(limit)s MB. Make it smaller or print it to PDF"),
    Refusal.TOO_MANY_PARTS: _("The file has too many parts to be checked. Make it smaller or print it to PDF"),
    Refusal.PICTURE_TOO_LARGE: _("The picture has more than %(limit)s million pixels. Make it smaller"),
    Refusal.INFECTED: _("The file holds a known virus. Do not open it, and tell your computer support"),
    Refusal.NAME_PATH: _("The name of the file holds a path. Rename the file, with letters and digits"),
    Refusal.NAME_RESERVED: _("Some computers cannot open a file called %(name)s. Rename it"),
    Refusal.NAME_HIDDEN: _("The name of the file holds characters that cannot be seen. Rename the file"),
    Refusal.NAME_LONG: _("The name of the file may have at most %(longest)s characters. It has %(length)s"),
    Refusal.NAME_EMPTY: _("The file has no name. Give it one"),
    Refusal.NAME_DOUBLE: _("The name of the file has two endings, %(ending)s inside. Rename it with one ending"),
}


class RefusedFile(ValueError):
    """A file that may not enter. `code` says why; `sentence` says it in the language of the reader."""

    def __init__(self, code: Refusal, **params: Any) -> None:
        super().__init__(code.value)
        self.code = code
        self.params = params

    @property
    def sentence(self) -> str:
        """What is wrong and what to do."""
        return str(SENTENCES[self.code]) % self.params

    def __str__(self) -> str:
        return self.sentence


def too_big(size: int, limit: int) -> RefusedFile:
    """The refusal of a file over the limit, with its own size: never shown as small as the limit itself."""
    lang = language_of(get_language())
    megabytes = Decimal(size) / MEGABYTE
    step = Decimal("0.1") if megabytes < limit // MEGABYTE + 1 else Decimal(1)
    shown = (megabytes / step).to_integral_value(ROUND_CEILING) * step
    return RefusedFile(
        Refusal.TOO_BIG,
        limit=format_number(limit // MEGABYTE, lang),
        size=format_number(shown, lang),
    )
