"""The kinds of file that may enter: their endings, media types, and how their content is recognised."""

from enum import Enum

import puremagic


class Kind(Enum):
    """A kind of file; the value is its usual ending."""

    PDF = "pdf"
    WORD = "docx"
    EXCEL = "xlsx"
    ODS = "ods"
    CSV = "csv"
    JPEG = "jpg"
    PNG = "png"

    @property
    def media_type(self) -> str:
        """What the file is served as."""
        return _MEDIA_TYPES[self]

    @property
    def is_picture(self) -> bool:
        """Whether it is written anew on entry, without what cameras leave in it."""
        return self in {Kind.JPEG, Kind.PNG}

    @property
    def carries_names(self) -> bool:
        """Whether programs write their users' names into such files."""
        return self in {Kind.PDF, Kind.WORD, Kind.EXCEL, Kind.ODS}


_MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    Kind.CSV: "text/csv",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
}
#: Every ending that may enter.
KINDS = {kind.value: kind for kind in Kind} | {"jpeg": Kind.JPEG}
#: For the file dialogue of browsers, which only hides other files; the check does not rest on it.
ACCEPT = ",".join(f".{ending}" for ending in KINDS)

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
#: What marks another file inside one: archives, programs, documents.
ARCHIVES = (b"PK\x03\x04", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00", OLE)
END_OF_ZIP = b"PK\x05\x06"


def looks_like(content: bytes) -> frozenset[str]:
    """The endings that the first and last bytes of a content speak for, without a point."""
    try:
        found = puremagic.magic_string(content)
    except (puremagic.PureError, ValueError):
        return frozenset()
    return frozenset(match.extension.removeprefix(".").casefold() for match in found)
