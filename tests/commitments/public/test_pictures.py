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

from commitments.history import actions
from commitments.indicators.models import Series
from commitments.working_groups.models import Pillar
from tests.cast import NOON, STAGE, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
CODE = "LAD-COL-901-I1"
KINDS = (
    *("status", f"indicators/{CODE}", "countries/COL", "commitments/LAD-COL-901", "map", "pillars", "matrix"),
    *("working-groups/labor-mobility", "pillars/2", "mechanisms/lad"),
    *("countries/COL/reports", "working-groups/labor-mobility/reports"),
    *(f"indicators/{CODE}/breakdowns/sex:female", "indicators/LAD-COL-901-I4/countries"),
)
#: Of a part of a page: which page that is.
PARTS = re.compile("/(reports|countries|breakdowns/.*)$")
SVG = "{http://www.w3.org/2000/svg}"
FRAMED = "frame-ancestors *"


@pytest.fixture
def world(cast: Cast) -> Any:
    """An indicator with two figures of a commitment of Colombia, and one with a figure alone."""
    with time_machine.travel(NOON, tick=False):
        pillar = Pillar(mechanism=cast.declaration, number=2, code="P2", name_en="Two", name_es="Segundo")
        actions.create(pillar, by=STAGE, at=NOON)
        commitment = record.commitment("LAD-COL-901", country=cast.colombia, group=cast.labour, pillar=pillar)
        row = record.indicator(commitment, baseline=(0, date(2024, 1, 1)), target=(100, date(2026, 12, 31)))
        record.measurement(row, 30, date(2025, 7, 1), source=record.source("Registry"))
        record.measurement(row, 80, date(2026, 7, 1), source=record.source("Registry"))
        alone = record.indicator(commitment, 2)
        record.measurement(alone, 71, date(2026, 7, 1))
        record.indicator(commitment, 3)
        women = actions.create(Series(indicator=row, breakdown="sex:female"), by=STAGE, at=NOON)
        shared = record.indicator(commitment, 4, countries=[cast.colombia, cast.canada])
        for series in (women, *shared.series.order_by("pk")):
            record.measurement(series.indicator, 10, date(2025, 7, 1), series=series)
            record.measurement(series.indicator, 20, date(2026, 7, 1), series=series)
        for month in (5, 12):
            days = {"period_start": date(2026, 1, 1), "period_end": date(2026, 3, 31), "opens_on": date(2026, 4, 1)}
            names = {"name_en": f"Cycle {month}", "name_es": f"Ciclo {month}"}
            cycle = record.cycle(due_on=date(2026, month, 15), **days, **names)
            record.country_report(commitment, cycle)
            record.group_report(cast.labour, cycle)
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
    kind = PARTS.sub("", kind)
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
    "path",
    [
        *("embed/indicators/NONE-1/", "charts/indicators/NONE-1.png", "charts/countries/XXX.svg", "embed/other/"),
        *(
            "embed/working-groups/none/",
            "embed/pillars/9/",
            "charts/mechanisms/none.svg",
            "embed/countries/XXX/reports/",
        ),
        *(f"embed/indicators/{CODE}/breakdowns/sex:male/", f"charts/indicators/{CODE}/breakdowns/a/../b.png"),
    ],
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
        ("working-groups/labor-mobility/", "charts/working-groups/labor-mobility.png"),
        ("pillars/2/", "charts/pillars/2.png"),
        ("mechanisms/lad/", "charts/mechanisms/lad.png"),
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
        (f"indicators/{CODE}/", 1, f"People counted 1 ({CODE})"),
        (f"indicators/{CODE}/?breakdown=sex:female", 1, f"People counted 1 ({CODE}) – Sexo: femenino"),
        ("indicators/LAD-COL-901-I4/", 2, "People counted 4 (LAD-COL-901-I4) – Por país"),
        ("commitments/LAD-COL-901/", 3, "Commitment LAD-COL-901 (LAD-COL-901)"),
        ("countries/COL/", 2, "Colombia (COL)"),
        ("countries/COL/", 2, "Colombia: Informes por ciclo"),
        ("working-groups/labor-mobility/", 2, "Labor Mobility"),
        ("working-groups/labor-mobility/", 2, "Labor Mobility: Informes por ciclo"),
        ("pillars/2/", 1, "Segundo"),
        ("mechanisms/lad/", 1, "Los Angeles Declaration"),
        ("countries/", 1, "Compromisos por país"),
        ("pillars/", 1, "Países y pilares"),
        ("mechanisms/matrix/", 1, "Las líneas de trabajo y los grupos de otros mecanismos"),
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
            r'<iframe src="([^"]+)" title="[^"]+[a-zó)] – [^"]+" width="100%" height="\d+" loading="lazy"></iframe>',
            text,
        )
        assert address is not None
        assert address[1].startswith(f"{settings.SITE_URL}/es/embed/")
        assert Client().get(address[1].removeprefix(settings.SITE_URL)).status_code == 200


def test_the_workspace_shows_no_picture_elsewhere(world: Cast) -> None:
    client = Client()
    client.force_login(world.secretary)
    assert b"og:image" not in client.get("/en/workspace/").content


@pytest.fixture
def ended(world: Any) -> Any:
    """A commitment of Colombia that ended, with an indicator that has no target."""
    made = {"life_cycle": "ended", "life_cycle_on": date(2025, 3, 11), "life_cycle_on_precision": "day"}
    commitment = record.commitment("LAD-COL-903", country=world.colombia, **made)
    row = record.indicator(commitment)
    for value, day in ((30, date(2024, 7, 1)), (55, date(2024, 9, 1)), (80, date(2025, 2, 1))):
        record.measurement(row, value, day)
    return world


def test_a_chart_elsewhere_says_whose_it_is_and_that_the_commitment_ended(ended: Cast) -> None:
    text, body = (
        read(get("embed/indicators/LAD-COL-903-I1/")) for read in (main_words, lambda got: got.content.decode())
    )
    assert "Colombia: People counted 1" in text
    assert "Ended 11 March 2025 No data" in text
    assert "<title>Colombia: People counted 1 – " in body
    assert '<use href="#s-closed" />' in body
    root = ElementTree.fromstring(get("charts/indicators/LAD-COL-903-I1.svg").content)  # noqa: S314
    said = " ".join(" ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text")).split())
    assert "Colombia: People counted 1" in said
    assert "No data · Ended 11 March 2025." in said
    assert "Colombia: Commitment LAD-COL-903" in main_words(get("embed/commitments/LAD-COL-903/"))


def test_dates_elsewhere_say_that_a_commitment_ended_where_no_date_does(ended: Cast) -> None:
    record.commitment("LAD-COL-904", country=ended.colombia, life_cycle="withdrawn")
    assert "LAD-COL-904 Withdrawn No further date" in main_words(get("embed/commitments/LAD-COL-904/"))
    assert "LAD-COL-903 Ended" not in main_words(get("embed/commitments/LAD-COL-903/"))
    drawn = get("charts/commitments/LAD-COL-904.svg").content.decode()
    assert "Withdrawn" in drawn


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_for_a_frame_has_the_mark_of_the_site(world: Cast, kind: str) -> None:
    """Without it browsers ask for /favicon.ico, which is not there."""
    assert re.search(
        r'<link rel="icon" href="[^"]+mark[^"]*\.svg" type="image/svg\+xml">', get(f"embed/{kind}/").content.decode()
    )


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", "3 figures: first 30 (1 July 2024), latest 80 (1 February 2025). Status: No data. No target on record."),
        (
            "es",
            "3 datos: el primero, 30 (1 de julio de 2024); el último, 80 (1 de febrero de 2025). Estado: Sin datos.",
        ),
        ("pt", "3 dados: o primeiro, 30 (1º de julho de 2024); o último, 80 (1º de fevereiro de 2025). Situação: Sem"),
        (
            "fr",
            "3 chiffres\u00a0: le premier, 30 (1er juillet 2024)\u00a0; le dernier, 80 (1er février 2025). État",
        ),
    ],
)
def test_a_chart_is_described_by_its_figures_and_its_status(ended: Cast, language: str, wanted: str) -> None:
    body = html.unescape(get("embed/indicators/LAD-COL-903-I1/", language).content.decode())
    described = re.findall(r"<desc[^>]*>(.*?)</desc>", body)
    assert [text.startswith(wanted) for text in described] == [True, True], described


def test_a_title_in_another_language_says_so(ended: Cast) -> None:
    for language, attribute in (("en", ""), ("es", ' lang="en"'), ("fr", ' lang="en"')):
        body = get("embed/indicators/LAD-COL-903-I1/", language).content.decode()
        assert re.findall(r'<title id="chart-(?:wide|narrow)-title"([^>]*)>People counted 1<', body) == [attribute] * 2
        drawn = get("charts/indicators/LAD-COL-903-I1.svg", language).content.decode()
        assert f'<title id="sheet-title"{attribute}>' in drawn


def test_the_key_of_a_picture_agrees_with_its_numbers(world: Cast) -> None:
    for number in (5, 6):
        row = record.indicator(
            record.commitment(f"LAD-COL-90{number}", country=world.colombia),
            baseline=(0, date(2024, 1, 1)),
            target=(10, date(2025, 1, 1)),
        )
        record.measurement(row, 20, date(2024, 12, 1))
    for language, said in (("en", "2 fulfilled"), ("es", "2 cumplidos"), ("pt", "2 cumpridos"), ("fr", "2 réalisés")):
        assert f">{said}</text>" in get("charts/status.svg", language).content.decode()


@pytest.mark.parametrize("kind", ["countries/COL/reports", "working-groups/labor-mobility/reports"])
def test_reports_elsewhere_say_which_came_and_which_did_not(world: Cast, kind: str) -> None:
    text = main_words(get(f"embed/{kind}/"))
    assert "Missing (1), not due yet (1)." in text
    assert "Cycle 5: 193 days late Cycle 12: not due yet" in text
    drawn = get(f"charts/{kind}.svg", "es").content.decode()
    assert ">Ciclo 5: 193 días de atraso</text>" in drawn
    assert ">Ciclo 12: aún en plazo</text>" in drawn


def test_a_breakdown_and_the_countries_of_an_indicator_can_be_taken_along(world: Cast) -> None:
    text = main_words(get(f"embed/indicators/{CODE}/breakdowns/sex:female/"))
    assert "Sex: female. 20 (1 July 2026); 10 (1 July 2025)." in text
    drawn = get("charts/indicators/LAD-COL-901-I4/countries.svg").content.decode()
    assert [drawn.count(f">{word}</text>") for word in ("Canada", "Colombia", "20 · 1 July 2026")] == [1, 1, 2]
    assert drawn.count('class="ch ch-small"') == 2
