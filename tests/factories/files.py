"""Files of every kind, made on the spot: honest ones, and the parts that hostile ones are put together from."""

import io
import struct
import zipfile
import zlib
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """A file as a form hands it on, with the name as it was sent."""
    sent = SimpleUploadedFile("x", content)
    sent.sent_name = name
    return sent


def archive(parts: dict[str, bytes | str], *, plain_first: bool = False) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for place, (name, part) in enumerate(parts.items()):
            method = zipfile.ZIP_STORED if plain_first and place == 0 else zipfile.ZIP_DEFLATED
            packed.writestr(name, part, method)
    return out.getvalue()


def archive_parts(content: bytes) -> dict[str, bytes | str]:
    """The parts of a zip archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def word_parts(text: str = "Hello", main: str = _WORD_MAIN) -> dict[str, bytes | str]:
    """The parts of a small text document."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return {
        "[Content_Types].xml": f'{head}<Types xmlns="{CONTENT_TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"{head}<w:document "
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        f"<w:t>{text}</w:t></w:r></w:p></w:body></w:document>",
    }


def relation(kind: str, target: str, mode: str = "External") -> str:
    """The relations of a document that fetches something from elsewhere."""
    return (
        f'<?xml version="1.0"?><Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="rId9" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    )


def docx(text: str = "Hello", **more: bytes | str) -> bytes:
    """A Word document; `more` are further parts, with __ for / and _DOT_ for the point."""
    parts = word_parts(text)
    parts |= {name.replace("__", "/").replace("_DOT_", "."): part for name, part in more.items()}
    return archive(parts)


def xlsx(rows: int = 3, *, chart: bool = False, **options: Any) -> bytes:
    """An Excel workbook, as the library that writes our own exports makes it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **options}) as book:
        sheet = book.add_worksheet()
        for row in range(rows):
            sheet.write_row(row, 0, [f"Row {row}", row * 17, row / 7])
        if chart:
            drawn = book.add_chart({"type": "line"})
            drawn.add_series({"values": "=Sheet1!$B$1:$B$3"})
            sheet.insert_chart("E2", drawn)
    return out.getvalue()


def ods_parts(content: str = "") -> dict[str, bytes | str]:
    """The parts of a small sheet in OpenDocument."""
    name = "application/vnd.oasis.opendocument.spreadsheet"
    body = content or "<office:spreadsheet/>"
    return {
        "mimetype": name,
        "content.xml": '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        f'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><office:scripts/>{body}'
        "</office:document-content>",
        "META-INF/manifest.xml": '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{name}"/></manifest:manifest>',
    }


def ods(content: str = "", **more: bytes | str) -> bytes:
    """A sheet in OpenDocument."""
    parts = ods_parts(content)
    parts |= {name.replace("__", "/").replace("_DOT_", "."): part for name, part in more.items()}
    return archive(parts, plain_first=True)


def pdf(*objects: bytes, trailer: bytes = b"", packed: bytes | None = None, version: bytes = b"1.7") -> bytes:
    """A PDF of one empty page; `objects` are further ones, `packed` the content of a stream of objects."""
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        *objects,
    ]
    if packed is not None:
        stream = zlib.compress(packed)
        head = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>" % len(stream)
        bodies.append(head + b"\nstream\n" + stream + b"\nendstream")
    out = bytearray(b"%PDF-" + version + b"\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, trailer, start)
    return bytes(out)


def picture(kind: str = "JPEG", size: tuple[int, int] = (32, 24), mode: str = "RGB", **options: Any) -> bytes:
    """A picture with a little in it."""
    out = io.BytesIO()
    image = Image.linear_gradient("L").resize(size).convert(mode)
    image.save(out, kind, **options)
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """What a telephone leaves in a picture: the device, the moment, the place."""
    told = Image.Exif()
    told[0x010F], told[0x0110], told[0x0112] = "Telephones Ltd", "Model 7", orientation
    told[0x8298] = "Copyright of a person"
    told.get_ifd(0x8825).update({1: "N", 2: (4.0, 35.0, 56.0), 3: "W", 4: (74.0, 4.0, 51.0)})
    return told


def huge_png(width: int, height: int) -> bytes:
    """A picture that says it is huge, in a few bytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


def wrapped(lock: bool = False) -> bytes:
    """The old compound format; with a locked document of the new one inside."""
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
    return head + ("EncryptedPackage".encode("utf-16-le") if lock else "WordDocument".encode("utf-16-le")) + bytes(500)
