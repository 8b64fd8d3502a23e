"""Word, Excel and OpenDocument files are archives of parts: unpacked within bounds, every part looked at."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from commitments.intake.files.kinds import ARCHIVES, END_OF_ZIP
from commitments.intake.files.refusals import MEGABYTE, Refusal, RefusedFile

MOST_UNPACKED = 50 * MEGABYTE
MOST_PARTS = 1000
#: Unpacked to packed size; small files are let be, for an empty sheet packs well.
MOST_RATIO = 100
SMALL = MEGABYTE
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_CHUNK = 1 << 16
#: A chart in a text brings its little table: such a part is checked by the same rules, once.
_CHART_TABLE = re.compile(r"(?:word|xl)/embeddings/[^/]+\.xlsx", re.IGNORECASE)
_ARCHIVE_NAME = re.compile(
    r"\.(?:zip|rar|7z|gz|bz2|xz|tar|jar|docx|xlsx|pptx|odt|ods|odp|exe|dll|scr|msi)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of an archive by name, unpacked; `order` is how they stand in it."""

    parts: dict[str, bytes]
    order: tuple[str, ...]
    #: Whether the first part is not compressed: the mark of OpenDocument.
    is_first_plain: bool
    charts: tuple[str, ...] = ()


def unpack(content: bytes) -> Package:
    """Every part, within the bounds. Raises RefusedFile."""
    if not content.startswith(b"PK\x03\x04"):
        raise RefusedFile(Refusal.TWO_IN_ONE if END_OF_ZIP in content[-70_000:] else Refusal.DAMAGED)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_ends(content, archive)
            entries = archive.infolist()
            _check_list(entries, len(content))
            parts = _read(archive, entries)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        EOFError,
        ValueError,
        OSError,
        UnicodeError,
    ) as problem:
        if isinstance(problem, RefusedFile):
            raise
        raise RefusedFile(Refusal.DAMAGED) from problem
    charts = tuple(name for name in parts if _CHART_TABLE.fullmatch(name))
    for name, part in parts.items():
        if name not in charts and (part.startswith(ARCHIVES) or _ARCHIVE_NAME.search(name)):
            raise RefusedFile(Refusal.NESTED)
    first = entries[0]
    return Package(parts, tuple(parts), first.compress_type == zipfile.ZIP_STORED, charts)


def _check_ends(content: bytes, archive: zipfile.ZipFile) -> None:
    """Nothing before the first part, between the parts and their list, or after the end."""
    end = content.rfind(END_OF_ZIP)
    length = int.from_bytes(content[end + 20 : end + 22], "little")
    starts = [entry.header_offset for entry in archive.infolist()]
    if end + 22 + length != len(content) or length or not starts or min(starts) != 0:
        raise RefusedFile(Refusal.TWO_IN_ONE)


def _check_list(entries: list[zipfile.ZipInfo], size: int) -> None:
    if len(entries) > MOST_PARTS:
        raise RefusedFile(Refusal.TOO_MANY_PARTS)
    names = [entry.filename for entry in entries]
    if len({name.casefold() for name in names}) != len(names):
        raise RefusedFile(Refusal.TWO_IN_ONE)
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise RefusedFile(Refusal.LOCKED)
        name = entry.orig_filename
        steps = name.replace("\\", "/").split("/")
        if entry.compress_type not in _METHODS or name.startswith(("/", "\\")) or ".." in steps or "\x00" in name:
            raise RefusedFile(Refusal.DAMAGED)
    whole = sum(entry.file_size for entry in entries)
    if whole > MOST_UNPACKED or (whole > SMALL and whole > size * MOST_RATIO):
        raise RefusedFile(Refusal.UNPACKS_TOO_BIG, limit=MOST_UNPACKED // MEGABYTE)


def _read(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """What the list says of a part's size may be a lie: the bound is kept while unpacking."""
    parts, budget = {}, MOST_UNPACKED
    for entry in entries:
        if entry.is_dir():
            continue
        out = bytearray()
        with archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                out += chunk
                budget -= len(chunk)
                if budget < 0:
                    raise RefusedFile(Refusal.UNPACKS_TOO_BIG, limit=MOST_UNPACKED // MEGABYTE)
        parts[entry.filename] = bytes(out)
    return parts
