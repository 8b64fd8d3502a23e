"""The words that people really see: every page, in every language, as everybody who may open it."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from tests.cast import Cast
from tests.house.test_catalogues import ELSEWHERE
from tests.house.test_routes import FORMS, MAY, POSTED, PUBLIC, SIGNED_OUT, address, world

__all__ = ["world"]  # the fixture that gives every address something to be about

#: Where charts may stand elsewhere.
DRAWN = ("embed", "svg", "png")
#: What the addresses of the public tree are about, in the world of the routes.
ABOUT: dict[str, dict[str, Any]] = {
    "public:commitment": {"code": "LAD-COL-901"},
    "public:commitment-history": {"code": "LAD-COL-901"},
    "public:commitment-dates": {"code": "LAD-COL-901"},
    **{f"public:{form}-commitment": {"code": "LAD-COL-901"} for form in DRAWN},
    "public:indicator": {"code": "LAD-COL-901-I1"},
    **{f"public:indicator-{part}": {"code": "LAD-COL-901-I1"} for part in ("csv", "json", "history")},
    "public:country": {"iso3": "COL"},
    "public:country-changes-feed": {"iso3": "COL"},
    **{f"public:{form}-{kind}": {"iso3": "COL"} for form in DRAWN for kind in ("country", "reports")},
    **{f"public:{form}-{kind}": {"code": "LAD-COL-901-I1"} for form in DRAWN for kind in ("indicator", "by-country")},
    **{f"public:{form}-{kind}": {"slug": "labor-mobility"} for form in DRAWN for kind in ("group", "group-reports")},
    **{f"public:{form}-mechanism": {"slug": "lad"} for form in DRAWN},
    "public:working-group": {"slug": "labor-mobility"},
    "public:working-group-history": {"slug": "labor-mobility"},
    **{f"public:mechanism{part}": {"slug": "lad"} for part in ("", "-history")},
    "public:meeting": {"slug": "planned"},
    **{
        f"public:{name}-file": {"form": "csv"}
        for name in (
            "late",
            "commitments",
            "figures",
            "countries",
            "working-groups",
            "meetings",
            "pillars",
            "indicators",
        )
    },
    "public:term": {"slug": "migrant"},
    **{key: {"slug": "cycle-2026-12-15"} for key in ("public:cycle", "public:cycle-json", "public:cycle-csv")},
    **{key: {"name": "commitments"} for key in ("data-csv", "data-json")},
    "sitemap-section": {"section": "commitment"},
    "file": {"key": "0" * 16, "name": "figures.csv"},
    "public:report": {"cycle": "cycle-2026-12-15", "place": "CAN"},
    "public:report-file": {"code": "00000-00000"},
    "public:check-code": {"code": "00000-00000"},
}
#: Left out: an address that needs a link from a letter, pillars and breakdowns, which this world does not have, the
#: sign-out.
NOT_HERE = {
    *("accept-invitation", "account_reset_password_from_key", "public:pillar", "account_logout"),
    *(f"public:{form}-{kind}" for form in DRAWN for kind in ("pillar", "breakdown")),
}
_TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL)


def pages(cast: Cast, world: dict[str, dict[str, Any]], language: str) -> dict[str, str]:
    """The text of every page in a language: public ones, the signed-out ones, and the workspace by who may enter."""
    found = {}
    with translation.override(language):
        addresses = {
            name: reverse(name, kwargs=ABOUT.get(name)) for name in PUBLIC | FORMS | SIGNED_OUT if name not in NOT_HERE
        }
    for name, path in addresses.items():
        found[name] = _text(Client(), path)
    for who in ("administrator", "secretary", "focal_colombia", "lead_labour", "reader"):
        client = Client()
        client.force_login(getattr(cast, who))
        for name in sorted(set(MAY) - POSTED):
            path = address(name, world).replace("/en/", f"/{language}/", 1)
            found[f"{name} as {who}"] = _text(client, path)
    return found


def _text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code < 500, path
    return _TAG.sub(" ", answer.content.decode()) if answer["Content-Type"].startswith("text/html") else ""


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["es", "pt", "fr"])
def test_no_page_uses_a_word_from_across_the_ocean(cast: Cast, world: dict[str, dict[str, Any]], language: str) -> None:
    shown = pages(cast, world, language)
    assert {name: found.group() for name, text in shown.items() if (found := ELSEWHERE.search(text))} == {}


def test_every_public_address_is_looked_at() -> None:
    with translation.override("es"):
        for name in (PUBLIC | FORMS | SIGNED_OUT) - NOT_HERE:
            try:
                reverse(name, kwargs=ABOUT.get(name))
            except NoReverseMatch:
                pytest.fail(f"{name} needs something to be about")
