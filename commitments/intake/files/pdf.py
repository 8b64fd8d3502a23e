"""PDF: whole from its first byte to its last, readable by everybody, and nothing in it that acts or is another file."""

import re
import zlib

from commitments.intake.files.kinds import END_OF_ZIP
from commitments.intake.files.refusals import MEGABYTE, Refusal, RefusedFile

MOST_UNPACKED = 50 * MEGABYTE
_HEAD = re.compile(rb"%PDF-[12]\.[0-9][\r\n \t%]")
_TAIL = re.compile(rb"startxref\s{1,8}[0-9]{1,10}\s{1,8}%%EOF[\s\x00]{0,64}\Z")
_STREAM = re.compile(rb"stream\r?\n")
#: Names may be spelled with the numbers of their letters: /Java#53cript.
_SPELLED = re.compile(rb"#([0-9A-Fa-f]{2})")
#: What may follow a name, so that /Launcher is not /Launch.
_OVER = rb"(?![A-Za-z0-9_\-])"
_ACTS = re.compile(rb"/(?:JavaScript|Launch|RichMedia|SubmitForm|ImportData|GoToE|GoToR|Rendition|Movie|XFA)" + _OVER)
_HOLDS_FILES = re.compile(rb"/(?:EmbeddedFiles?|FileAttachment|Collection)" + _OVER)
_LOCKED = re.compile(rb"/Encrypt" + _OVER)
_PAGE = re.compile(rb"<\s*(?:!doctype|html|script|svg|iframe|body|\?php)", re.IGNORECASE)
_OBJECTS = re.compile(rb"/ObjStm" + _OVER)


def check_pdf(content: bytes) -> None:
    """Raises RefusedFile."""
    if not _HEAD.match(content):
        raise RefusedFile(Refusal.MISMATCH, ending=".pdf")
    if END_OF_ZIP in content[-70_000:]:
        raise RefusedFile(Refusal.TWO_IN_ONE)
    if not _TAIL.search(content[-1200:]):
        raise RefusedFile(Refusal.TWO_IN_ONE if b"%%EOF" in content else Refusal.DAMAGED)
    outside, packed = _parts(content)
    if _PAGE.search(outside):
        raise RefusedFile(Refusal.TWO_IN_ONE)
    if _LOCKED.search(_plain(outside)):
        raise RefusedFile(Refusal.LOCKED)
    for part in (outside, *packed):
        _refuse_acting(_plain(part))


def _refuse_acting(part: bytes) -> None:
    if _ACTS.search(part):
        raise RefusedFile(Refusal.ACTIVE)
    if _HOLDS_FILES.search(part):
        raise RefusedFile(Refusal.NESTED)


def _plain(part: bytes) -> bytes:
    return _SPELLED.sub(lambda spelled: bytes([int(spelled[1], 16)]), part)


def _parts(content: bytes) -> tuple[bytes, list[bytes]]:
    """The file without its streams, and the streams that hold objects, unpacked within a bound."""
    outside, packed, budget, at = [], [], MOST_UNPACKED, 0
    for found in _STREAM.finditer(content):
        if found.start() < at:
            continue
        before = content[at : found.start()]
        end = content.find(b"endstream", found.end())
        end = len(content) if end < 0 else end
        outside.append(before)
        described = _plain(before[before.rfind(b" obj") + 1 :][-4096:])
        if _OBJECTS.search(described):
            unpacked = _unpacked(content[found.end() : end], described, budget)
            budget -= len(unpacked)
            packed.append(unpacked)
        at = end
    outside.append(content[at:])
    return b"".join(outside), packed


def _unpacked(stream: bytes, described: bytes, budget: int) -> bytes:
    """One stream of objects. Raises RefusedFile where it is packed in a way that cannot be looked into."""
    if b"/Filter" not in described:
        return stream
    if b"/FlateDecode" not in described or re.search(rb"/(?:ASCII|LZW|RunLength|Crypt|Predictor)", described):
        raise RefusedFile(Refusal.DAMAGED)
    try:
        unpacker = zlib.decompressobj()
        unpacked = unpacker.decompress(stream, budget + 1)
    except zlib.error as problem:
        raise RefusedFile(Refusal.DAMAGED) from problem
    if len(unpacked) > budget:
        raise RefusedFile(Refusal.UNPACKS_TOO_BIG, limit=MOST_UNPACKED // MEGABYTE)
    return unpacked
