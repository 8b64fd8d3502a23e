"""Pictures: decoded whole, then written anew without place, device, comments or anything behind their end."""

import io
import re
import warnings
import zipfile
import zlib

from PIL import Image, ImageOps, UnidentifiedImageError

from commitments.intake.files.kinds import Kind
from commitments.intake.files.refusals import Refusal, RefusedFile

#: More than any telephone takes in a file of ten megabytes; decoded this is 150 MB for a moment.
MOST_PIXELS = 50_000_000
_FORMATS = {Kind.JPEG: "JPEG", Kind.PNG: "PNG"}
#: What makes a picture another file as well. Each is long enough that no photograph holds it by chance.
_SECOND_FILE = re.compile(
    rb"%PDF-[12]|<script[\s>]|<html[\s>]|<\?php\s|<svg[\s>]|<!doctype html|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c",
    re.IGNORECASE,
)
_PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"


def rewritten(content: bytes, kind: Kind) -> bytes:
    """The picture anew, turned as it is to be seen, of the same kind. Raises RefusedFile."""
    if _SECOND_FILE.search(content) or zipfile.is_zipfile(io.BytesIO(content)):
        raise RefusedFile(Refusal.TWO_IN_ONE)
    if kind is Kind.PNG and content[content.rfind(_PNG_END) :] != _PNG_END:
        raise RefusedFile(Refusal.TWO_IN_ONE if _PNG_END in content else Refusal.DAMAGED)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _anew(content, kind)
    except (Image.DecompressionBombError, MemoryError) as problem:
        raise RefusedFile(Refusal.PICTURE_TOO_LARGE, limit=MOST_PIXELS // 1_000_000) from problem
    except UnidentifiedImageError as problem:
        raise RefusedFile(Refusal.MISMATCH, ending=f".{kind.value}") from problem
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError, zlib.error) as problem:
        # Pillow raises whatever its readers run into: each of these means a picture that is not whole.
        raise RefusedFile(Refusal.DAMAGED) from problem


def _anew(content: bytes, kind: Kind) -> bytes:
    with Image.open(io.BytesIO(content), formats=[_FORMATS[kind]]) as looked_at:
        width, height = looked_at.size
        if width * height > MOST_PIXELS:
            raise RefusedFile(Refusal.PICTURE_TOO_LARGE, limit=MOST_PIXELS // 1_000_000)
        looked_at.verify()
    with Image.open(io.BytesIO(content), formats=[_FORMATS[kind]]) as picture:
        picture.load()
        return _as_jpeg(picture) if kind is Kind.JPEG else _as_png(picture)


def _as_jpeg(picture: Image.Image) -> bytes:
    """With the quality it came in, unless it has to be turned or its colours are those of a printing press."""
    turned = ImageOps.exif_transpose(picture)
    is_as_it_was = turned.size == picture.size and picture.getexif().get(0x0112, 1) == 1
    out = io.BytesIO()
    if is_as_it_was and picture.mode in {"L", "RGB"}:
        picture.info.clear()
        picture.save(out, "JPEG", quality="keep")
    else:
        plain = turned if turned.mode in {"L", "RGB"} else turned.convert("RGB")
        plain.info.clear()
        plain.save(out, "JPEG", quality=92)
    return out.getvalue()


def _as_png(picture: Image.Image) -> bytes:
    turned = ImageOps.exif_transpose(picture)
    see_through = turned.info.get("transparency")
    turned.info.clear()
    out = io.BytesIO()
    kept = {} if see_through is None else {"transparency": see_through}
    turned.save(out, "PNG", **kept)
    return out.getvalue()
