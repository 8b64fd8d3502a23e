"""Figures, dates and drawings in templates, in the language of the page."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.translation import override

from commitments.formats.language import Text
from commitments.formats.partial import PartialDate


def page(source: str, lang: str = "en", **context: object) -> str:
    with override(lang):
        return Template("{% load tracker %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("lang", "shown"),
    [("en", "41,200.5"), ("es", "41\u202f200,5"), ("pt", "41.200,5"), ("fr", "41\u202f200,5")],
)
def test_a_figure_follows_the_language_of_the_page(lang: str, shown: str) -> None:
    assert page("{{ value|figure }}", lang, value=Decimal("41200.5000")) == shown


def test_zero_is_printed_and_blank_stays_blank() -> None:
    for name in ("figure", "millions", "percent", "money:'USD'", "money_cell:'USD'", "quantity:'people'"):
        assert page("{{ value|" + name + " }}", value=None) == ""
        assert page("{{ missing|" + name + " }}") == ""
    assert page("{{ value|figure }} {{ value|percent }}", value=0) == "0 0%"


def test_quantities_shares_and_money() -> None:
    amounts = "{{ v|money:'USD' }} / {{ v|money_cell:'USD' }}"
    source = "{{ v|millions }} / {{ v|quantity:noun }} / {{ share|percent }} / " + amounts
    shown = page(source, "fr", v=2_000_000, noun="personnes", share=Decimal("0.84"))
    assert shown.replace("\u202f", " ").replace("\u00a0", " ") == (
        "2 millions / 2 000 000 de personnes / 84 % / 2 000 000 de dollars des États-Unis / 2 000 000 $ US"
    )


def test_dates_at_the_precision_that_is_known() -> None:
    source = "{{ day|long_date }} / {{ day|short_date }} / {{ month|long_date }} / {{ none|long_date }}"
    shown = page(source, "pt", day=date(2026, 12, 1), month=PartialDate.parse("2026-10"), none=None)
    assert shown == "1º de dezembro de 2026 / 1º dez. 2026 / outubro de 2026 / "


def test_moments_in_a_zone() -> None:
    at = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
    shown = page("{{ at|time_in:'America/Lima' }} / {{ at|moment_in:zone }}", "fr", at=at, zone=UTC)
    assert shown.replace("\u00a0", " ") == "9 h 05 (UTC−5) / 23 novembre 2026, 14 h 05 (UTC)"


def test_quotation_marks() -> None:
    assert page("{{ text|quoted }}", "es", text="<b>") == "“&lt;b&gt;”"


def test_an_icon_is_hidden_from_screen_readers() -> None:
    drawing = page("{% icon 'download' size=20 %}")
    assert drawing.startswith("<svg ")
    assert 'aria-hidden="true"' in drawing
    assert 'class="icon"' in drawing
    assert 'width="20"' in drawing
    assert "style=" not in drawing


def test_bars_are_drawn_as_they_are() -> None:
    drawing = page("{% status_bar counts height=20 %}{% block_row blocks %}", counts={"at_risk": 1}, blocks=["done"])
    assert drawing.startswith('<svg class="ch-bar ch-bar-20"')
    assert drawing.count("<svg ") == 3


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Spanish"), ("es", "español"), ("pt", "espanhol"), ("fr", "espagnol")]
)
def test_a_language_is_named_in_the_language_of_the_page(language: str, name: str) -> None:
    text = Text("Salvo", "es", foreign=language != "es")
    assert page("{{ 'es'|language_name }}", language) == name
    shown = page("{% include 'components/language_label.html' with text=text only %}", language, text=text)
    assert (f"({name})" in shown) == (language != "es")
