"""Charts that may stand elsewhere: pages for frames, drawings, pictures, and what other sites show of a page."""

import html
import io
import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.test import Client
from PIL import Image

from tests.cast import NOON, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
CODE = "LAD-COL-901-I1"
KINDS = ("status", f"indicators/{CODE}", "countries/COL", "commitments/LAD-COL-901", "map", "pillars", "matrix")
SVG = "{http://www.w3.org/2000/svg}"
FRAMED = "frame-ancestors *"


@pytest.fixture
def world(cast: Cast) -> Any:
    """An indicator with two figures of a commitment of Colombia, and one with a figure alone."""
    with time_machine.travel(NOON, tick=False):
        commitment = record.commitment("LAD-COL-901", country=cast.colombia, group=cast.labour)
        row = record.indicator(commitment, baseline=(0, date(2024, 1, 1)), target=(100, date(2026, 12, 31)))
        record.measurement(row, 30, date(2025, 7, 1), source=record.source("Registry"))
        record.measurement(row, 80, date(2026, 7, 1), source=record.source("Registry"))
        alone = record.indicator(commitment, 2)
        record.measurement(alone, 71, date(2026, 7, 1))
        record.indicator(commitment, 3)
        yield cast


def get(path: str, language: str = "en") -> Any:
    return Client().get(f"/{language}/{path}")


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_for_a_frame_may_stand_anywhere_and_does_nothing_there(world: Cast, kind: str) -> None:
    answer = get(f"embed/{kind}/")
    body = answer.content.decode()
    policy = answer["Content-Security-Policy"]
    assert answer.status_code == 200
    assert FRAMED in policy
    assert "script-src 'none'" in policy
    assert "form-action 'none'" in policy
    assert not answer.has_header("X-Frame-Options")
    assert not answer.cookies
    assert re.findall(r"<(script|form|input|button|iframe)\b", body) == []
    assert re.findall(r"\s(style|on\w+)=", body.split("<body", 1)[1]) == []


@pytest.mark.parametrize("kind", KINDS)
def test_it_names_its_source_and_day_and_leads_back(world: Cast, kind: str) -> None:
    text, body = main_words(get(f"embed/{kind}/")), get(f"embed/{kind}/").content.decode()
    assert "Source:" in text
    assert "Data as of 24 November 2026" in text
    page = {"status": "/en/", "map": "/en/countries/", "matrix": "/en/mechanisms/matrix/"}.get(kind, f"/en/{kind}/")
    assert body.count(f'href="{page}"') == 2
    assert Client().get(page).status_code == 200


def test_no_other_page_may_stand_in_a_frame(world: Cast) -> None:
    for path in ("", "indicators/", f"indicators/{CODE}/", "countries/COL/", "charts/status.svg", "charts/status.png"):
        answer = get(path)
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"], path
        assert answer["X-Frame-Options"] == "DENY", path


def test_what_is_kept_ready_keeps_the_rights_of_its_frame(world: Cast, settings: Any) -> None:
    settings.READY_PAGES = True
    for _time in range(2):
        for kind in KINDS:
            answer = get(f"embed/{kind}/")
            assert (FRAMED in answer["Content-Security-Policy"], answer.has_header("X-Frame-Options")) == (True, False)
        assert get(f"indicators/{CODE}/")["X-Frame-Options"] == "DENY"
    picture = get("charts/status.png")
    assert picture["ETag"] == get("charts/status.png")["ETag"]
    assert Client().get("/en/charts/status.png", headers={"if-none-match": picture["ETag"]}).status_code == 304


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_drawing_stands_alone_with_title_source_and_day(world: Cast, kind: str, language: str) -> None:
    answer = get(f"charts/{kind}.svg", language)
    assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)  # noqa: S314
    assert (root.tag, root.get("lang"), root.get("width"), root.get("height")) == (f"{SVG}svg", language, "1200", "630")
    said = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    assert root.findtext(f"{SVG}title")
    assert {"en": "24 November 2026", "es": "24 de noviembre de 2026"}.get(language, "novembr") in said
    assert {"en": "Source: ", "es": "Fuente: ", "pt": "Fonte: ", "fr": "Source\u00a0: "}[language] in said
    assert re.findall(rb'(?:href|src|style)="|url\((?!#)', answer.content) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_has_the_size_that_other_sites_ask_for_and_the_same_bytes_every_time(world: Cast, kind: str) -> None:
    answer = get(f"charts/{kind}.png")
    assert answer["Content-Type"] == "image/png"
    image = Image.open(io.BytesIO(answer.content))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert len(image.convert("RGB").getcolors(maxcolors=1_000_000)) > 20, "something is drawn"
    assert answer.content == get(f"charts/{kind}.png").content
    assert len(answer.content) < 200_000


def test_words_are_written_with_the_letters_of_the_site(world: Cast) -> None:
    """Without a font that holds them no letters are drawn at all: the upper lines would be empty paper."""
    image = Image.open(io.BytesIO(get("charts/status.png").content)).convert("L")
    assert sum(image.crop((40, 40, 1160, 200)).histogram()[:60]) > 1000


def test_one_figure_is_written_large_and_none_is_said(world: Cast) -> None:
    assert ">71 people<" in get("charts/indicators/LAD-COL-901-I2.svg").content.decode()
    assert '<p class="big-number">71 people</p>' in get("embed/indicators/LAD-COL-901-I2/").content.decode()
    assert get("charts/indicators/LAD-COL-901-I3.png").status_code == 200
    assert "No target on record." in main_words(get("embed/indicators/LAD-COL-901-I3/"))


@pytest.mark.parametrize("path", ["embed/status/", "charts/status.svg", f"charts/indicators/{CODE}.png"])
def test_an_address_has_no_others_made_from_it(world: Cast, path: str) -> None:
    assert get(f"{path}?size=9999").status_code == 400
    assert get(f"{path}?utm_source=letter").status_code == 200


@pytest.mark.parametrize(
    "path", ["embed/indicators/NONE-1/", "charts/indicators/NONE-1.png", "charts/countries/XXX.svg", "embed/other/"]
)
def test_what_is_not_there_is_not_found(world: Cast, path: str) -> None:
    assert get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "picture"),
    [
        ("", "charts/status.png"),
        ("about/", "charts/status.png"),
        (f"indicators/{CODE}/", f"charts/indicators/{CODE}.png"),
        ("commitments/LAD-COL-901/", f"charts/indicators/{CODE}.png"),
        ("countries/COL/", "charts/countries/COL.png"),
        ("countries/", "charts/map.png"),
        ("pillars/", "charts/pillars.png"),
        ("mechanisms/matrix/", "charts/matrix.png"),
    ],
)
def test_other_sites_show_the_picture_of_the_pages_own_chart(
    world: Cast, path: str, picture: str, settings: Any
) -> None:
    found = re.findall(r'property="og:image" content="([^"]+)"', get(path, "es").content.decode())
    assert found == [f"{settings.SITE_URL}/es/{picture}"]
    assert get(picture, "es").status_code == 200


@pytest.mark.parametrize(
    ("path", "number", "name"),
    [
        ("", 1, "Compromisos de la Declaración por estado"),
        (f"indicators/{CODE}/", 1, CODE),
        ("commitments/LAD-COL-901/", 2, "LAD-COL-901"),
        ("countries/COL/", 1, "COL"),
    ],
)
def test_the_text_to_copy_shows_a_page_that_exists(
    world: Cast, path: str, number: int, name: str, settings: Any
) -> None:
    body = get(path, "es").content.decode()
    assert f'SVG<span class="visually-hidden">: {name}</span>' in body
    texts = [html.unescape(text) for text in re.findall(r'<code class="take-text"[^>]*>(.*?)</code>', body)]
    assert len(texts) == number
    for text in texts:
        address = re.fullmatch(
            r'<iframe src="([^"]+)" title="[^"]+ – [^"]+" width="100%" height="\d+" loading="lazy"></iframe>', text
        )
        assert address is not None
        assert Client().get(address[1].removeprefix(settings.SITE_URL)).status_code == 200


def test_the_workspace_shows_no_picture_elsewhere(world: Cast) -> None:
    client = Client()
    client.force_login(world.secretary)
    assert b"og:image" not in client.get("/en/workspace/").content
