"""The descriptor and the dictionary say what the files hold; a licence stands only where one is decided."""

import csv
import json
import re
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import translation

from commitments.opendata.package import KNOWN_DAY
from commitments.opendata.tables import TABLES
from tests.cast import TODAY
from tests.pages import main_words
from tracker import environment

#: What the specification knows (datapackage.org, version 2).
TYPES = {"string", "number", "integer", "boolean", "date", "datetime"}
NAME = re.compile(r"[a-z0-9._-]+")


def descriptor() -> Any:
    return json.loads(Client().get("/data/datapackage.json").content)


def lines(name: str) -> list[list[str]]:
    content = b"".join(Client().get(f"/data/{name}.csv").streaming_content)
    return list(csv.reader(StringIO(content.decode())))


@pytest.mark.usefixtures("real_record")
class TestWithTheShippedRecord:
    def test_each_file_holds_the_columns_that_it_is_described_by_and_values_that_fit(self) -> None:
        told = descriptor()
        for resource in told["resources"]:
            head, *rows = lines(resource["name"])
            described = resource["schema"]["fields"]
            assert head == [field["name"] for field in described], resource["name"]
            for place, field in enumerate(described):
                check(field, [row[place] for row in rows], resource["name"])

    def test_keys_are_unique_and_lead_to_rows_that_there_are(self) -> None:
        tables = {name: lines(name) for name in TABLES}
        keys: dict[tuple[str, str], list[str]] = {}
        for name, (head, *rows) in tables.items():
            keys |= {(name, column): [row[place] for row in rows] for place, column in enumerate(head)}
        for resource in descriptor()["resources"]:
            (primary,) = resource["schema"]["primaryKey"]
            found = keys[resource["name"], primary]
            assert len(found) == len(set(found)), resource["name"]
            for key in resource["schema"]["foreignKeys"]:
                (own,), there = key["fields"], key["reference"]
                known = set(keys[there["resource"], *there["fields"]])
                assert set(keys[resource["name"], own]) - {""} <= known, (resource["name"], own)

    def test_the_page_says_how_many_rows_there_are(self, client: Client) -> None:
        numbers = {name: len(lines(name)) - 1 for name in TABLES}
        words = main_words(client.get("/en/data/"))
        for name, table in TABLES.items():
            number = numbers[name]
            assert table.number(TODAY) == number, name
            assert f"{table.title} {table.about} {number:,} CSV" in words, name

    def test_no_file_depends_on_the_language_of_the_reader(self) -> None:
        for path in ("commitments.csv", "measurements.json", "datapackage.json"):
            told = {
                b"".join(Client().get(f"/data/{path}", headers={"accept-language": code}))
                for code in ("en", "es", "pt", "fr")
            }
            assert len(told) == 1, path


def check(field: dict[str, Any], column: list[str], where: str) -> None:
    filled = [value for value in column if value]
    forms = {
        "number": r"-?\d+(\.\d+)?",
        "integer": r"\d+",
        "boolean": "true|false",
        "date": r"\d{4}-\d{2}-\d{2}",
        "datetime": r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z",
    }
    limits = field.get("constraints", {})
    form = forms.get(field["type"]) or limits.get("pattern")
    assert not form or [value for value in filled if not re.fullmatch(form, value)] == [], (where, field["name"])
    assert not limits.get("enum") or set(filled) <= set(limits["enum"]), (where, field["name"], set(filled))
    assert not limits.get("required") or len(filled) == len(column), (where, field["name"])


@pytest.mark.django_db
def test_the_descriptor_has_what_the_specification_asks_for() -> None:
    told = descriptor()
    assert told["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert NAME.fullmatch(told["name"])
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}T00:00:00Z", told["created"])
    assert [source["path"] for source in told["sources"]] == ["http://localhost:8000/en/"]
    assert [resource["name"] for resource in told["resources"]] == list(TABLES)
    for resource in told["resources"]:
        assert NAME.fullmatch(resource["name"])
        assert (resource["path"], resource["format"], resource["encoding"]) == (
            f"{resource['name']}.csv",
            "csv",
            "utf-8",
        )
        assert resource["schema"]["missingValues"] == [""]
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert len(names) == len(set(names))
        assert {field["type"] for field in resource["schema"]["fields"]} <= TYPES
        assert all(field["description"] for field in resource["schema"]["fields"])
        for key in resource["schema"]["foreignKeys"]:
            assert set(key["fields"]) <= set(names)


@pytest.mark.parametrize("day", ["2023", "2023-10", "2023-Q4", "2023-10-05", "2022-10-01/P1Y"])
def test_the_form_of_a_date_takes_each_precision(day: str) -> None:
    assert re.fullmatch(KNOWN_DAY, day)


@pytest.mark.django_db
def test_where_none_is_wanted_no_licence_is_named_anywhere(client: Client, settings: Any) -> None:
    settings.DATA_LICENCE = settings.DATA_LICENCE_URL = ""
    assert "licenses" not in descriptor()
    assert "licence" not in json.loads(b"".join(client.get("/data/meetings.json").streaming_content))
    words = main_words(client.get("/en/data/"))
    assert "The licence of this data is not decided yet. Whoever uses the data is asked to cite the source." in words
    assert 'rel="license' not in client.get("/en/data/").content.decode()


@pytest.mark.django_db
def test_a_licence_that_is_decided_stands_in_page_descriptor_and_files(client: Client, settings: Any) -> None:
    settings.DATA_LICENCE, settings.DATA_LICENCE_URL = "CC-BY-4.0", "https://licence.example/by/4.0/"
    told = {"name": "CC-BY-4.0", "path": "https://licence.example/by/4.0/"}
    assert descriptor()["licenses"] == [told]
    assert json.loads(b"".join(client.get("/data/meetings.json").streaming_content))["licence"] == told
    assert client.get("/data/meetings.csv")["Link"] == '<https://licence.example/by/4.0/>; rel="license"'
    page = client.get("/en/data/")
    assert '<a href="https://licence.example/by/4.0/" rel="license noopener">CC BY 4.0</a>' in page.content.decode()
    assert "not decided" not in main_words(page)
    assert page.content.decode().count('rel="license noopener"') == 2  # the page's own, and the foot of every page
    assert client.get("/fr/about/").content.decode().count('rel="license noopener">CC BY 4.0</a>') == 1


def test_the_licence_is_that_of_the_design_unless_another_or_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for code, link, read in (
        ("", "", ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/")),
        ("none", "", ("", "")),
        ("ODbL-1.0", "https://licence.example/", ("ODbL-1.0", "https://licence.example/")),
    ):
        monkeypatch.setenv("DATA_LICENCE", code)
        monkeypatch.setenv("DATA_LICENCE_URL", link)
        assert environment.licence() == read


@pytest.mark.django_db
def test_the_page_about_the_site_says_who_pays_or_that_nobody_has_said(client: Client, settings: Any) -> None:
    assert "The secretariat has not stated yet who pays for this site." in main_words(client.get("/en/about/"))
    settings.FUNDED_BY = "Fundación <Ejemplo>, Government of Nowhere"
    page = client.get("/es/about/").content.decode()
    assert "<h2>Quién lo financia</h2>\n    <p>Fundación &lt;Ejemplo&gt;, Government of Nowhere</p>" in page


@pytest.mark.parametrize(
    ("code", "link"),
    [("CC-BY-4.0", ""), ("", "https://a.example"), ("CC BY", "https://a.example"), ("X", "javascript:")],
)
def test_half_a_licence_stops_the_start(monkeypatch: pytest.MonkeyPatch, code: str, link: str) -> None:
    monkeypatch.setenv("DATA_LICENCE", code)
    monkeypatch.setenv("DATA_LICENCE_URL", link)
    with pytest.raises(ImproperlyConfigured):
        environment.licence()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_the_dictionary_names_every_field_with_its_meaning(client: Client, language: str) -> None:
    page = client.get(f"/{language}/data/dictionary/")
    content, words = page.content.decode(), main_words(page)
    with translation.override(language):
        for table in TABLES.values():
            assert shown(table.about) in words
            for field in table.fields:
                assert all(f"<code>{column}</code>" in content for column in field.columns)
                assert shown(field.meaning) in words


def shown(text: Any) -> str:
    """A text with its spaces as tests read them on a page."""
    return re.sub(r"\s+([.,;:)])", r"\1", " ".join(str(text).split()))
