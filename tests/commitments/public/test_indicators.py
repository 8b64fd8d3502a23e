"""The list of indicators: what it shows, in which order, and which filters it knows."""

import re
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.history import actions
from commitments.indicators.models import Indicator, Series
from commitments.indicators.statuses import refresh
from commitments.working_groups.models import Pillar
from tests.cast import NOON, STAGE, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast: Cast) -> Any:
    """Three indicators of one workstream, one of none, one of the region."""
    with time_machine.travel(NOON, tick=False):
        pillar = actions.create(
            Pillar(mechanism=cast.declaration, number=2, code="P2", name_en="Two"), by=STAGE, at=NOON
        )
        colombia = record.commitment(
            "LAD-COL-901", country=cast.colombia, group=cast.labour, pillar=pillar, horizon="medium"
        )
        path = {"baseline": (0, date(2024, 1, 1)), "target": (100, date(2026, 12, 31))}
        for number, term, figures in ((1, "long", (40, 60)), (2, "", (70, 98)), (3, "short", (5,))):
            row = record.indicator(colombia, number, title_en=f"Permits {number}", horizon=term, **path)
            for place, value in enumerate(figures):
                record.measurement(row, value, date(2025 + place, 6, 30), source=record.source("Registry of permits"))
        canada = record.commitment("LAD-CAN-901", country=cast.canada)
        record.indicator(canada, title_en="Visas")
        refresh(at=NOON)
        yield cast


def found(query: str = "") -> list[str]:
    """The codes of the list, in its order."""
    body = Client().get(f"/en/indicators/{query}").content.decode()
    return re.findall(r'class="row-title" href="/en/indicators/([^/]+)/"', body)


def test_indicators_stand_by_workstream_then_short_medium_long(world: Cast) -> None:
    assert found() == ["LAD-COL-901-I3", "LAD-COL-901-I2", "LAD-COL-901-I1", "LAD-CAN-901-I1"]
    body = Client().get("/en/indicators/").content.decode()
    heads = [re.sub("<[^>]+>", "", head) for head in re.findall(r"<h[23]>(.*?)</h[23]>", body)]
    terms = ["Short term", "Medium term", "Long term"]
    assert heads[:6] == [str(world.labour.name_en), *terms, "No workstream assigned", "No horizon stated"]


def test_each_says_its_last_figure_with_unit_day_source_and_status(world: Cast) -> None:
    text = main_words(Client().get("/en/indicators/?q=permits 1"))
    assert "1 indicator" in text
    assert "At risk Permits 1 LAD-COL-901-I1 · Colombia 60 people 30 June 2026" in text
    assert "60 on 30 June 2026 is 72% of the 83 expected by that date." in text
    assert "Source: Registry" in text


def test_one_value_is_a_number_and_two_are_a_line(world: Cast) -> None:
    lines = {
        code: Client().get(f"/en/indicators/?q={code}").content.decode().count("ch-small")
        for code in ("LAD-COL-901-I1", "LAD-CAN-901-I1")
    }
    assert lines == {"LAD-COL-901-I1": 1, "LAD-CAN-901-I1": 0}


def test_all_charts_of_a_page_show_the_same_years(world: Cast) -> None:
    body = Client().get("/en/indicators/").content.decode()
    charts = re.findall(r'<svg class="ch ch-small".*?</svg>', body, re.DOTALL)
    ends = {tuple(re.findall(r">(\d{4})<", chart)) for chart in charts}
    todays = {tuple(re.findall(r'class="ch-today" d="([^"]+)"', chart)) for chart in charts}
    assert (len(charts), ends, len(todays)) == (3, {("2024", "2026")}, 1)


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("?country=CAN", ["LAD-CAN-901-I1"]),
        ("?group=labor-mobility&horizon=medium", ["LAD-COL-901-I2"]),
        ("?pillar=2&horizon=long", ["LAD-COL-901-I1"]),
        ("?q=visas", ["LAD-CAN-901-I1"]),
        ("?q=LAD-COL-901-I3", ["LAD-COL-901-I3"]),
        ("?status=on_track", ["LAD-COL-901-I2"]),
        ("?status=on_track&status=off_track&horizon=medium", ["LAD-COL-901-I2"]),
        ("?status=no_data&country=CAN", ["LAD-CAN-901-I1"]),
        ("?status=fulfilled", []),
        ("?status=off_track&status=at_risk&q=permits", ["LAD-COL-901-I3", "LAD-COL-901-I1"]),
    ],
)
def test_filters_narrow_the_list(world: Cast, query: str, codes: list[str]) -> None:
    assert found(query) == codes


def test_the_status_of_the_filter_is_the_one_that_the_list_shows(world: Cast) -> None:
    seen = 0
    for status in ("fulfilled", "on_track", "at_risk", "off_track", "not_started", "no_data"):
        body = Client().get(f"/en/indicators/?status={status}").content.decode()
        tags = re.findall(r'<span class="tag tag-(\w+)">', body)
        assert set(tags) <= {status.replace("_", "")}, status
        seen += len(tags)
    assert seen == len(found())


@pytest.mark.parametrize("query", ["colour=red", "view=map", "status=late", "country=XXX", "horizon=never", "page=9"])
def test_what_it_does_not_know_is_refused_by_name(world: Cast, query: str) -> None:
    answer = Client().get(f"/en/indicators/?{query}")
    assert answer.status_code == 400
    assert query.split("=")[0] in answer.content.decode()


def test_the_table_holds_what_the_charts_hold_and_the_target(world: Cast) -> None:
    body = Client().get("/en/indicators/?view=table&country=COL").content.decode()
    text = main_words(Client().get("/en/indicators/?view=table&country=COL"))
    assert (body.count("ch-spark"), body.count("ch-small")) == (3, 0)
    assert f"{world.labour.name_en} · Short term" in text
    assert "100 by 31 Dec 2026" in text
    assert 'name="view" value="table"' in body, "the filters keep the view"


def test_a_long_list_has_pages(cast: Cast) -> None:
    with time_machine.travel(NOON, tick=False):
        commitment = record.commitment("LAD-COL-901", country=cast.colombia)
        for number in range(1, 28):
            record.indicator(commitment, number)
    assert (len(found()), len(found("?page=2")), len(set(found()) & set(found("?page=2")))) == (25, 2, 0)


def test_a_figure_of_the_region_is_found_by_its_status_too(world: Cast) -> None:
    region = Indicator(code="REG-001", title_en="People in the region", unit_en="people", state="published")
    actions.create(region, by=STAGE, at=NOON)
    actions.create(Series(indicator=region), by=STAGE, at=NOON)
    assert found("?status=no_data") == ["LAD-CAN-901-I1", "REG-001"]
    assert "REG-001" not in found("?status=on_track")
