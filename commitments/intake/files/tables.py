"""CSV: text in one of the encodings that offices write, and nothing that a program would carry out."""

import codecs
import re

from commitments.intake.files.refusals import Refusal, RefusedFile

_PAGE = re.compile(r"<\s*(?:!doctype|html|script|svg|iframe|body|\?php|\?xml)", re.IGNORECASE)
#: A cell that makes a spreadsheet start a program: =cmd|'/C calc'!A0
_STARTS_PROGRAM = re.compile(r"(?:^|[,;\t\n\"'])[ \t]*[=+\-@][^\n,;|]{0,200}\|[^\n!]{0,500}!", re.MULTILINE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def check_table(content: bytes) -> None:
    """Raises RefusedFile."""
    text = _read(content)
    if text.startswith(("%PDF-", "{\\rtf", "#!", "MZ")) or _CONTROLS.search(text):
        raise RefusedFile(Refusal.MISMATCH, ending=".csv")
    if _PAGE.search(text):
        raise RefusedFile(Refusal.TWO_IN_ONE)
    if _STARTS_PROGRAM.search(text):
        raise RefusedFile(Refusal.ACTIVE)
    if not text.strip("\ufeff\r\n\t ,;"):
        raise RefusedFile(Refusal.EMPTY)


def _read(content: bytes) -> str:
    encodings = ["utf-16"] if content.startswith(_MARKS[1:]) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RefusedFile(Refusal.MISMATCH, ending=".csv")
