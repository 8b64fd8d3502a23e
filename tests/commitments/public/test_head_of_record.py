"""Addresses of the shipped record as search engines are told them: each page names itself and its sisters."""

import re

import pytest
from django.test import Client

from commitments.public import sitemaps
from tests.commitments.public.test_head import MAP, OTHER, SITE, addresses, head, named, read


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("commitments/", "commitments/"),
        ("commitments/?page=2", "commitments/?page=2"),
        ("commitments/?page=1", "commitments/"),
        ("commitments/?utm_source=letter", "commitments/"),
        ("commitments/?mechanism=lad&page=2", "commitments/"),
        ("", ""),
    ],
)
def test_a_page_has_one_address(real_record: None, asked: str, told: str) -> None:
    words = head(f"/es/{asked}")
    assert re.findall(r'<link rel="canonical" href="([^"]*)">', words) == [f"{SITE}/es/{told}"]
    assert named(words, "og:url") == [f"{SITE}/es/{told}"]


def test_a_page_names_its_sisters_and_the_address_without_a_language(real_record: None) -> None:
    others = re.findall(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">', head("/pt/countries/COL/"))
    assert others == [
        ("en", f"{SITE}/en/countries/COL/"),
        ("es-419", f"{SITE}/es/countries/COL/"),
        ("pt-BR", f"{SITE}/pt/countries/COL/"),
        ("fr", f"{SITE}/fr/countries/COL/"),
        ("x-default", f"{SITE}/countries/COL/"),
    ]
    for asked, language in (("fr-CA", "fr"), ("es-MX", "es"), ("pt-BR", "pt"), ("de, *", "es"), ("", "es")):
        answer = Client().get("/countries/COL/", headers={"accept-language": asked})
        assert (answer.status_code, answer["Location"]) == (302, f"/{language}/countries/COL/")


def test_every_address_of_the_map_is_a_page_that_names_itself(client: Client, real_record: None) -> None:
    files = [str(found.text) for found in read("/sitemap.xml").iter(f"{MAP}loc")]
    assert len(files) == 9  # reports and cycles: there are none
    sections = [re.sub(r".*/sitemap-(.+)\.xml", r"\1", file) for file in files]
    for section in sections:
        found = addresses(section)
        assert len(found) == len(set(found)), section
        assert all(address.startswith(f"{SITE}/") for address in found), section
        for address in {*found[:1], *found[-1:]}:
            words = head(address.removeprefix(SITE))
            assert f'<link rel="canonical" href="{address}">' in words
    assert len(addresses("commitment")) == 4 * 89


def test_each_address_names_its_sisters_as_the_page_does(real_record: None) -> None:
    first = next(read("/sitemap-country.xml").iter(f"{MAP}url"))
    told = {link.get("hreflang"): link.get("href") for link in first.iter(OTHER)}
    path = told["en"].removeprefix(f"{SITE}/en/")
    others = re.findall(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">', head(f"/en/{path}"))
    assert told == dict(others)


def test_a_long_section_is_told_in_several_files(
    client: Client, monkeypatch: pytest.MonkeyPatch, real_record: None
) -> None:
    monkeypatch.setattr(sitemaps.Section, "limit", 100)
    files = [str(found.text) for found in read("/sitemap.xml").iter(f"{MAP}loc")]
    assert f"{SITE.replace('localhost:8000', 'testserver')}/sitemap-commitment.xml?p=4" in files
    assert len(addresses("commitment")) == 100
    assert client.get("/sitemap-commitment.xml?p=99").status_code == 404
    assert client.get("/sitemap-commitment.xml?p=x").status_code == 404
    assert client.get("/sitemap-users.xml").status_code == 404
