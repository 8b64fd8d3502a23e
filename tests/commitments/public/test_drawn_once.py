"""What is worked out once and kept is what would be worked out anew: addresses, forms of filters, numbers in words."""

from collections import Counter

import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_form
from django.http import QueryDict
from django.template import Context, Template
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from commitments.formats.addresses import address
from commitments.indicators.enums import Status
from commitments.public.filters import CommitmentFilter
from commitments.public.queries.tally import Tally
from commitments.public.wording.counts import in_words
from commitments.register.enums import LifeCycle
from commitments.register.models import Commitment
from commitments.templatetags import filters as drawn
from commitments.templatetags.filters import filter_form
from tests.cast import Cast

COUNTRIES = [("COL", "Colombia"), ("CAN", "Canada")]
LANGUAGES = ("en", "es", "pt", "fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_is_that_of_its_language(language: str) -> None:
    with translation.override(language):
        for _again in range(2):
            assert address("public:country", "COL") == reverse("public:country", args=["COL"])
            page = Template('{% url "public:pillar" n %} {% url "public:overview" as home %}{{ home }}')
            assert page.render(Context({"n": 2})) == f"/{language}/pillars/2/ /{language}/"


def test_an_unknown_address_is_refused_each_time() -> None:
    for _again in range(2):
        with pytest.raises(NoReverseMatch):
            address("public:nowhere", "COL")
        with pytest.raises(NoReverseMatch):
            Template('{% url "public:country" name %}').render(Context({"name": "no country"}))


def form(query: str, countries: list[tuple[str, str]] = COUNTRIES) -> CommitmentFilter:
    choices = {"country": countries, "mechanism": [], "pillar": [], "group": [], "status": [("on_track", "On track")]}
    return CommitmentFilter(QueryDict(query), Commitment.objects.none(), choices=choices)


def test_a_form_is_that_of_its_values_its_choices_and_its_language(db: None) -> None:
    drawn._drawn.clear()
    forms = [form(""), form("country=COL"), form("country=CAN&status=on_track"), form("q=%22%3Cb%3E"),
             form("", [("COL", "Colombie")])]  # fmt: skip
    told = set()
    for _again in range(2):
        for language in LANGUAGES:
            with translation.override(language):
                for one in forms:
                    assert filter_form(one) == as_crispy_form(one.form)
                    told.add(filter_form(one))
    assert len(told) == len(forms) * len(LANGUAGES) == len(drawn._drawn)


def test_every_page_of_a_list_shows_the_form_that_is_kept(db: None) -> None:
    drawn._drawn.clear()
    assert filter_form(form("country=COL")) is filter_form(form("country=COL&page=7"))


def test_forms_drawn_long_ago_are_forgotten(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn, "MOST", 2)
    drawn._drawn.clear()
    kept = filter_form(form("q=one"))
    filter_form(form("q=two"))
    assert filter_form(form("q=one")) is kept
    filter_form(form("q=three"))
    assert [key[2] for key in drawn._drawn] == ["q=one", "q=three"]


def test_numbers_are_said_in_the_language_of_the_page() -> None:
    counted = Tally(Counter({Status.ON_TRACK: 2}), Counter({(LifeCycle.ENDED, Status.FULFILLED): 1}))
    said = []
    for language in ("en", "es", "en"):
        with translation.override(language):
            said.append(in_words(counted))
    assert said == ["2 on track · 1 ended, fulfilled", "2 según lo previsto · 1 finalizado, con cumplimiento",
                    "2 on track · 1 ended, fulfilled"]  # fmt: skip
    counted.active[Status.ON_TRACK] += 1
    with translation.override("en"):
        assert in_words(counted) == "3 on track · 1 ended, fulfilled"


def test_a_public_page_is_the_same_to_the_byte_for_everybody(client: Client, cast: Cast) -> None:
    bodies = {client.get("/en/commitments/", headers={"Accept-Encoding": "gzip"}).content for _ in range(6)}
    assert len(bodies) == 1
    assert next(iter(bodies)).startswith(b"\x1f\x8b")
