"""Files judged by name and content: a hostile corpus with the reason each is refused, and honest files that pass."""

import io
import zipfile

import pytest
from django.utils import translation
from PIL import Image

from commitments.intake.files import LARGEST, CheckedFile, Kind, Refusal, RefusedFile, read_upload
from commitments.intake.files.refusals import SENTENCES
from tests.commitments.intake.file_corpus import HONEST, HOSTILE
from tests.factories import files

pytestmark = pytest.mark.once


def read(name: str, content: bytes) -> CheckedFile:
    return read_upload(files.upload(name, content))


def refusal(name: str, content: bytes) -> RefusedFile:
    with pytest.raises(RefusedFile) as refused:
        read(name, content)
    return refused.value


@pytest.mark.parametrize(("about", "name", "content", "reason"), HOSTILE, ids=[case[0] for case in HOSTILE])
def test_hostile_file_is_refused_for_its_reason(about: str, name: str, content: bytes, reason: Refusal) -> None:
    assert refusal(name, content).code is reason


@pytest.mark.parametrize(("kind", "name", "content"), HONEST, ids=[f"{k.value}-{n}" for k, n, _c in HONEST])
def test_honest_file_passes(kind: Kind, name: str, content: bytes) -> None:
    checked = read(name, content)
    assert (checked.kind, checked.name) == (kind, name)
    assert checked.is_stripped is kind.is_picture
    if not kind.is_picture:
        assert checked.content == content


def test_corpora_are_as_large_as_promised() -> None:
    assert len(HOSTILE) >= 60
    assert {reason for *_rest, reason in HOSTILE} == set(Refusal) - {Refusal.TOO_BIG}
    for kind in Kind:
        assert sum(honest[0] is kind for honest in HONEST) >= 15, kind


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_every_reason_has_its_sentence_in_every_language(language: str) -> None:
    with translation.override(language):
        params = dict.fromkeys(("limit", "size", "ending", "name", "longest", "length"), "7")
        told = {code: str(sentence) % params for code, sentence in SENTENCES.items()}
    assert set(told) == set(Refusal)
    assert len(set(told.values())) == len(Refusal)
    if language != "en":
        assert not set(told.values()) & {str(sentence) % params for sentence in SENTENCES.values()}


@pytest.mark.parametrize(
    ("language", "size", "sentence"),
    [
        ("en", 14 * 1024 * 1024, "The file must be smaller than 10 MB. Yours is 14 MB"),
        ("es", 14 * 1024 * 1024, "El archivo debe pesar menos de 10 MB. El suyo pesa 14 MB"),
        ("pt", 14 * 1024 * 1024, "O arquivo deve ter menos de 10 MB. O seu tem 14 MB"),
        ("fr", 14 * 1024 * 1024, "Le fichier doit peser moins de 10 Mo. Le vôtre pèse 14 Mo"),
        ("en", LARGEST + 1, "The file must be smaller than 10 MB. Yours is 10.1 MB"),
    ],
)
def test_file_too_big_says_its_own_size(language: str, size: int, sentence: str) -> None:
    with translation.override(language):
        assert refusal("report.pdf", b"%PDF-1.7\n" + bytes(size - 9)).sentence == sentence


def test_picture_is_written_anew_without_place_device_and_comment() -> None:
    sent = files.picture(exif=files.exif(), comment=b"by a person", icc_profile=b"profile of a person")
    assert b"Telephones" in sent
    kept = read("photo.jpg", sent)
    with Image.open(io.BytesIO(kept.content)) as picture:
        assert dict(picture.getexif()) == {}
        assert picture.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for told in (b"Telephones", b"person", b"Exif"):
        assert told not in kept.content


def test_picture_is_turned_as_it_is_to_be_seen_before_that_is_forgotten() -> None:
    kept = read("photo.jpg", files.picture(size=(40, 20), exif=files.exif(orientation=6)))
    with Image.open(io.BytesIO(kept.content)) as picture:
        assert picture.size == (20, 40)
        assert picture.getexif().get(0x0112) is None


def test_what_a_telephone_hangs_on_a_picture_is_dropped() -> None:
    sent = files.picture() + b"SEFT trailer of the maker"
    assert b"trailer" not in read("photo.jpg", sent).content


def test_photograph_that_holds_a_mark_of_archives_by_chance_passes() -> None:
    for chance in (b"pk\x05\x06", b"PK\x03\x04", b"<svg\x07", b"<HTML\xff"):
        assert read("photo.jpg", files.picture(comment=b"noise " + chance + bytes(100))).kind is Kind.JPEG


def test_words_in_a_png_are_dropped() -> None:
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Author", "A person")
    kept = read("chart.png", files.picture("PNG", pnginfo=told, exif=files.exif(), icc_profile=b"profile of a person"))
    assert b"person" not in kept.content
    assert b"eXIf" not in kept.content


def test_the_same_picture_is_the_same_content_each_time() -> None:
    sent = files.picture(exif=files.exif())
    assert read("a.jpg", sent).sha256 == read("b.jpg", sent).sha256


def test_part_that_lies_about_its_size_is_noticed() -> None:
    content = bytearray(files.docx(more__big_DOT_xml=b"<a/>" * 1000))
    place = content.rfind(b"more/big.xml") - 46 + 24
    content[place : place + 4] = (10).to_bytes(4, "little")
    assert refusal("a.docx", bytes(content)).code is Refusal.DAMAGED


def test_size_is_known_before_anything_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in files.word_parts().items():
            packed.writestr(name, part)
        for number in range(6):
            packed.writestr(f"word/media/image{number}.bin", bytes(9 * 1024 * 1024))
    assert refusal("bomb.docx", out.getvalue()).code is Refusal.UNPACKS_TOO_BIG


def test_document_with_a_chart_may_bring_its_small_table() -> None:
    assert read("a.docx", files.docx(word__embeddings__Sheet1_DOT_xlsx=files.xlsx())).kind is Kind.WORD
    inner = files.archive(files.word_parts() | {"xl/vbaProject.bin": b"x"})
    assert refusal("a.docx", files.docx(word__embeddings__Sheet1_DOT_xlsx=inner)).code is Refusal.MACROS
