"""What holds for every public page: four languages, no cookie, no dead end, no address that breaks it."""

import csv
import re
from urllib.parse import urlencode

import pytest
from django.core.paginator import Paginator
from django.template import Context
from django.test import Client, RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments.templatetags.lists import page_links
from commitments.working_groups.models import WorkingGroup
from tests.pages import links, words

pytestmark = pytest.mark.usefixtures("real_record")

PAGES = (
    "",
    "late/",
    "late/?kind=at_risk",
    "search/",
    "search/?q=protecci%C3%B3n",
    "search/?q=LAD-COL-001&kind=commitment",
    "search/?q=nothing+like+it",
    "commitments/",
    "commitments/?mechanism=mirps",
    "commitments/LAD-COL-001/",
    "commitments/LAD-COL-001/history/",
    "indicators/",
    "indicators/?view=table&page=2",
    "indicators/?status=on_track&pillar=2",
    "indicators/LAD-COL-001-I1/",
    "indicators/LAD-COL-001-I1/history/",
    "indicators/REG-I01/",
    "countries/",
    "countries/?view=table",
    "countries/CRI/",
    "working-groups/",
    "working-groups/temporary-protection/",
    "working-groups/r4v-2/",
    "pillars/",
    "compare/",
    "compare/?country=COL&country=CRI",
    "compare/?group=labor-mobility&group=temporary-protection",
    "pillars/1/",
    "mechanisms/",
    "mechanisms/crm/",
    "mechanisms/matrix/",
    "mechanisms/matrix/?mechanism=crm",
    "meetings/",
    "meetings/lad-2023-07-climate/",
    "changes/",
    "changes/?country=COL&since=2026-01-01",
    "data/",
    "data/dictionary/",
    "glossary/",
    "glossary/refugee/",
    "glossary/pillar-4-objectives/",
    "membership/",
    "accessibility/",
    "privacy/",
    "contact/",
    "report-a-mistake/received/",
    "about/",
    "about/method/",
)
LISTS = (
    "late/",
    "search/",
    "changes/",
    "commitments/",
    "indicators/",
    "countries/",
    "meetings/",
    "meetings.ics",
    "mechanisms/matrix/",
    "compare/",
)


FILES = (
    "commitments/commitments.csv",
    "commitments/figures.csv",
    "commitments/LAD-ECU-002/dates.csv",
    "countries/countries.xlsx",
    "late/late.csv",
    "meetings/meetings.csv",
    "working-groups/working-groups.csv",
    "pillars/pillars.csv",
    "indicators/LAD-USA-007-I1/values.csv",
    "indicators/LAD-USA-007-I1/values.json",
    "mechanisms/matrix/groups.csv",
    "reports/reports.csv",
    "totals/totals.csv",
    "changes/feed.atom",
    "countries/CRI/changes.atom",
    "charts/map.svg",
    "charts/indicators/LAD-USA-007-I1.png",
    "embed/status/",
)
#: Addresses that name no language.
NEUTRAL = (
    "/",
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap-page.xml",
    "/data/commitments.csv",
    "/data/commitments.json",
    "/data/datapackage.json",
)
#: What other sites hang on links.
MARKS = "utm_source=letter&fbclid=1&gclid=2"


@pytest.mark.parametrize(("language", "html_lang"), [("en", "en"), ("es", "es-419"), ("pt", "pt-BR"), ("fr", "fr")])
def test_every_page_answers_in_four_languages_without_a_cookie(client: Client, language: str, html_lang: str) -> None:
    for path in PAGES:
        answer = client.get(f"/{language}/{path}")
        assert answer.status_code == 200, path
        assert f'<html lang="{html_lang}">' in answer.content.decode(), path
        assert not answer.cookies, path
        assert "Cookie" not in answer.get("Vary", ""), path
        assert answer["Cache-Control"] == "public, max-age=0, s-maxage=60, stale-while-revalidate=300", path
        assert "style=" not in answer.content.decode().replace("-style=", ""), path


def test_every_page_says_of_which_day_its_data_is(client: Client) -> None:
    for path in PAGES:
        foot = words(client.get(f"/fr/{path}")).partition("Site tenu par le secrétariat")[2]
        assert "Données au 24 novembre 2026" in foot, path
    assert "Données au" not in words(client.get("/fr/account/login/"))


def test_every_address_refuses_by_name_what_nobody_reads(client: Client) -> None:
    for path in (*(f"/en/{path}" for path in (*PAGES, *LISTS, *FILES)), *NEUTRAL):
        known, _mark, query = path.partition("?")
        refused = client.get(f"{known}?{query}{'&' if query else ''}zz=1")
        assert refused.status_code == 400, path
        assert "zz" in refused.content.decode(), path


def test_the_marks_of_other_sites_change_nothing(client: Client) -> None:
    for path in (*(f"/en/{path}" for path in (*LISTS, *FILES, "", "about/", "countries/CRI/")), *NEUTRAL):
        assert client.get(f"{path}?{MARKS}").status_code == client.get(path).status_code, path


@pytest.mark.parametrize("page", ["1&page=1", "1&page=2", "0", "x", "99"])
def test_a_page_that_is_none_or_told_twice_is_refused(client: Client, page: str) -> None:
    for path in (
        "countries/CRI/",
        "commitments/",
        "commitments/LAD-COL-001/history/",
        "working-groups/temporary-protection/",
    ):
        assert client.get(f"/en/{path}?page={page}").status_code == 400, path


def test_text_in_another_language_says_which(client: Client) -> None:
    body = client.get("/es/commitments/LAD-COL-001/").content.decode()
    assert '<span lang="en">Ten-year temporary protection permits for Venezuelans</span>' in body
    english = client.get("/en/commitments/LAD-COL-001/").content.decode()
    assert '<span lang="en">' not in english


def test_the_table_of_figures_says_in_which_language_its_name_is(client: Client) -> None:
    body = client.get("/fr/indicators/LAD-COL-001-I1/").content.decode()
    assert '<caption class="visually-hidden"><span lang="en">Venezuelans with a regularization permit</span>' in body


def test_a_colon_stands_apart_in_french(client: Client) -> None:
    ours = re.compile(r"<span class=\"visually-hidden\">: |(Tableau|CSV|SVG|PNG|référence\))(<[^>]+>)*: ")
    for path in ("", "pillars/", "countries/COL/", "commitments/LAD-COL-001/", "indicators/LAD-ECU-002-I1/", "data/"):
        assert ours.search(client.get(f"/fr/{path}").content.decode()) is None, path


def test_what_is_never_judged_counts_nowhere_on_its_page_and_in_its_file(client: Client) -> None:
    for code, figures in (("REG-I01", 1), ("LAD-USA-007-I2", 2)):
        said = words(client.get(f"/en/indicators/{code}/"))
        assert said.count("Listed only. Shown for context; never judged.") == figures, code
        rows = list(csv.DictReader(client.get(f"/en/indicators/{code}/values.csv").content.decode().splitlines()))
        told = [(row["counts"], row["status"], row["rule"]) for row in rows]
        assert told == [("no", "none", "1")] * figures, code


def test_figures_without_a_chart_can_be_taken_along_too(client: Client) -> None:
    for code in ("REG-I01", "LAD-URY-001-I2", "LAD-COL-001-I1"):
        body = client.get(f"/en/indicators/{code}/").content.decode()
        for name in ("csv", "json"):
            assert body.count(f'href="/en/indicators/{code}/values.{name}"') == 1, (code, name)


def test_public_pages_are_compressed_and_pages_with_a_token_are_not(client: Client) -> None:
    accepting = {"accept-encoding": "gzip"}
    assert client.get("/en/", headers=accepting)["Content-Encoding"] == "gzip"
    assert not client.get("/en/account/sign-in/", headers=accepting).has_header("Content-Encoding")


def test_a_long_list_names_the_pages_around_this_one() -> None:
    pages, asked = (
        Paginator(range(1000), 10),
        RequestFactory().get("/", {"q": "a&b", "page": "50", "status": "no_data"}),
    )
    to = page_links(Context({"request": asked}), pages.page(50))
    assert [number for number, _ in to.numbered] == [1, 2, "…", 47, 48, 49, 50, 51, 52, 53, "…", 99, 100]
    assert to.numbered[1:3] == [(2, "?q=a%26b&status=no_data&page=2"), ("…", "")]
    assert (to.previous, to.next) == ("?q=a%26b&status=no_data&page=49", "?q=a%26b&status=no_data&page=51")


def test_the_ends_of_a_list_lead_no_further() -> None:
    pages, asked = Paginator(range(20), 10), RequestFactory().get("/")
    first, last = (page_links(Context({"request": asked}), pages.page(number)) for number in (1, 2))
    assert (first.previous, first.next, last.previous, last.next) == ("", "?page=2", "?page=1", "")


def test_every_way_within_a_page_ends_on_it(client: Client) -> None:
    for path in (*PAGES, "indicators/", "search/?q=yearly+ceiling", "working-groups/qp-4/", "mechanisms/lad/"):
        body = client.get(f"/en/{path}").content.decode()
        led_to = set(re.findall(r'href="#([^"]+)"', body))
        assert led_to <= set(re.findall(r'\bid="([^"]+)"', body)), path


def test_a_focus_that_only_repeats_the_name_of_a_group_is_left_out(client: Client) -> None:
    for path in ("csm-2", "csm-5", "qp-4"):
        name = WorkingGroup.objects.get(slug=path).name_en
        assert words(client.get(f"/en/working-groups/{path}/")).lower().count(f"{name} {name}.".lower()) == 0
    assert "Migrant Rights Rights of migrants." in words(client.get("/en/working-groups/csm-3/"))


def test_no_link_leads_nowhere(client: Client) -> None:
    found = {address for path in PAGES for address in links(client.get(f"/en/{path}")) if address.startswith("/en/")}
    elsewhere = {address for address in found if address.startswith(("/en/workspace/", "/en/account/"))}
    assert len(found) > 150
    dead = {address: client.get(address).status_code for address in sorted(found - elsewhere)}
    assert {address: status for address, status in dead.items() if status != 200} == {}


@pytest.mark.parametrize(
    "path",
    [
        "commitments/LAD-XXX-001/",
        "commitments/nothing/history/",
        "indicators/LAD-COL-001-I99/",
        "countries/XXX/",
        "working-groups/ws99/",
        "mechanisms/xyz/",
        "meetings/none/",
        "glossary/none/",
        "pillars/99999999999999999999/",
        "commitments/%00/",
        "countries/%00/",
        "meetings/%C3%A9/",
    ],
)
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/en/{path}").status_code == 404


#: Names that some list knows, and some that none does.
NAMES = "q country mechanism pillar group status life horizon kind maker due_before since before page view state utm_x"
_NAMES = st.sampled_from([*NAMES.split(), "gclid", "other"])
_VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["COL", "lad", "1", "ended", "map", "table", "2023-01-01", "-1", "0", "99999999999999999999", "٣"]),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(path=st.sampled_from(LISTS), query=st.lists(st.tuples(_NAMES, _VALUES), max_size=4))
def test_no_query_breaks_a_list(path: str, query: list[tuple[str, str]]) -> None:
    answer = Client().get(f"/en/{path}?{encoded(query)}")
    assert answer.status_code in {200, 400}, query


def encoded(query: list[tuple[str, str]]) -> str:
    return urlencode([(name, value.encode("utf-8", "surrogatepass")) for name, value in query])
