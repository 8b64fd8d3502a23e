"""Word, Excel and OpenDocument sheets: the kind their own table of contents states, no macros, nothing that acts."""

import re

from commitments.intake.files.kinds import OLE, Kind
from commitments.intake.files.packed import Package, unpack
from commitments.intake.files.refusals import Refusal, RefusedFile

_MAIN = {
    Kind.WORD: b"wordprocessingml.document.main+xml",
    Kind.EXCEL: b"spreadsheetml.sheet.main+xml",
}
_MAIN_PART = {Kind.WORD: "word/document.xml", Kind.EXCEL: "xl/workbook.xml"}
_MACRO_PART = re.compile(
    r"vbaproject|vbadata|/activex/|/macrosheets/|/dialogsheets/|^basic/|^scripts/|/ctrlprops/", re.IGNORECASE
)
_MACRO_TYPE = re.compile(rb"macroenabled|vbaproject|ms-excel\.intlmacrosheet|macrosheet", re.IGNORECASE)
_OBJECT_PART = re.compile(r"/embeddings/(?!.*\.xlsx$)", re.IGNORECASE)
#: A part fetched from elsewhere as soon as the file is opened.
_FETCHED = re.compile(
    rb"<Relationship\b(?=[^>]*TargetMode\s*=\s*[\"']External)(?=[^>]*/(?:attachedTemplate|oleObject|frame|subDocument|"
    rb"aFChunk)[\"'])(?=[^>]*Target\s*=\s*[\"']\s*(?:https?:|ftp:|mhtml:|\\\\|file:/{2,4}[^/c-zC-Z]))",
    re.IGNORECASE,
)
_DDE = re.compile(rb"<(?:\w+:)?(?:ddeLink|ddeItem|dde-source|dde-link)\b|\bDDE(?:AUTO)?\s+[\"&\w]", re.IGNORECASE)
_LISTENS = re.compile(rb"<script:event-listener\b|<(?:\w+:)?script\b[^>]*language", re.IGNORECASE)
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)\b", re.IGNORECASE)
_ENCODING = re.compile(rb"\A\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']([^\"']{0,40})")
_PLAIN_ENCODINGS = {b"utf-8", b"utf8", b"us-ascii", b"ascii", b"utf-16", b"iso-8859-1", b"windows-1252"}
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def check_office(content: bytes, kind: Kind, *, is_chart: bool = False) -> None:
    """Raises RefusedFile."""
    if content.startswith(OLE):
        # A document locked with a password is wrapped into the old format whole.
        is_locked = "EncryptedPackage".encode("utf-16-le") in content
        raise RefusedFile(Refusal.LOCKED if is_locked else Refusal.OLD_OFFICE)
    package = unpack(content)
    if any(_MACRO_PART.search(name) for name in package.parts):
        raise RefusedFile(Refusal.MACROS)
    if kind is Kind.ODS:
        _check_opendocument(package)
    else:
        _check_openxml(package, kind)
    for name, part in package.parts.items():
        if name.lower().endswith((".xml", ".rels", ".rdf")):
            _check_xml(part)
        if _OBJECT_PART.search(name):
            raise RefusedFile(Refusal.NESTED)
    for name in package.charts:
        if is_chart:
            raise RefusedFile(Refusal.NESTED)
        check_office(package.parts[name], Kind.EXCEL, is_chart=True)


def _check_openxml(package: Package, kind: Kind) -> None:
    listed = _text(package.parts.get("[Content_Types].xml", b""))
    if _MACRO_TYPE.search(listed):
        raise RefusedFile(Refusal.MACROS)
    if _MAIN[kind] not in listed or _MAIN_PART[kind] not in package.parts or "_rels/.rels" not in package.parts:
        raise RefusedFile(Refusal.MISMATCH, ending=f".{kind.value}")


def _check_opendocument(package: Package) -> None:
    told = package.parts.get("mimetype", b"")
    is_first = package.order[:1] == ("mimetype",) and package.is_first_plain
    if told != _ODS or not is_first or not {"content.xml", "META-INF/manifest.xml"} <= package.parts.keys():
        raise RefusedFile(Refusal.MISMATCH, ending=".ods")
    if b"encryption-data" in _text(package.parts["META-INF/manifest.xml"]):
        raise RefusedFile(Refusal.LOCKED)


def _check_xml(part: bytes) -> None:
    text = _text(part)
    declared = _ENCODING.match(text)
    if declared is not None and declared[1].lower() not in _PLAIN_ENCODINGS:
        raise RefusedFile(Refusal.DAMAGED)
    if _DOCTYPE.search(text) or _FETCHED.search(text) or _DDE.search(text) or _LISTENS.search(text):
        raise RefusedFile(Refusal.ACTIVE)


def _text(part: bytes) -> bytes:
    """The part in ASCII-compatible bytes, whichever Unicode form it is written in."""
    if part.startswith((b"\xff\xfe", b"\xfe\xff")):
        return part.decode("utf-16", "replace").encode("utf-8", "replace")
    if part[:4] in {b"<\x00?\x00", b"\x00<\x00?"}:
        return part.decode("utf-16-le" if part[:1] == b"<" else "utf-16-be", "replace").encode("utf-8", "replace")
    return part
