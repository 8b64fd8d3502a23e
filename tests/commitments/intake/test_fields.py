"""The fields people type into: what they clean to and what they say."""

from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import override

from commitments.intake.fields import FigureField, NameField, ProseField


def refusal(field: forms.Field, typed: object) -> tuple[str | None, str]:
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    (problem,) = refused.value.error_list
    return problem.code, problem.messages[0]


@pytest.mark.parametrize(("typed", "value"), [("44,900", "44900"), (" 44 900 ", "44900"), ("0", "0"), ("-3", "-3")])
def test_a_figure_is_a_decimal(typed: str, value: str) -> None:
    assert FigureField().clean(typed) == Decimal(value)


def test_what_a_figure_field_says() -> None:
    people = FigureField(least=0)
    assert [refusal(people, typed) for typed in ("", "about 45 thousand", "4.000", "1" * 16, "44.9", "-1", None)] == [
        ("required", "Enter the number of people"),
        ("not_a_number", "Enter the number of people using digits only, for example 44900"),
        ("ambiguous", "You wrote 4.000. Choose 4 thousand or 4"),
        ("too_long", "The figure may have at most 15 digits"),
        ("too_precise", "Enter a whole number, without decimals"),
        ("too_low", "Enter 0 or a higher number"),
        ("required", "Enter the number of people"),
    ]


def test_another_unit_stands_in_brackets() -> None:
    visas = FigureField(unit="visas", places=2)
    assert [refusal(visas, typed) for typed in ("", "many", "44,950", "0.125")] == [
        ("required", "Enter the figure (visas)"),
        ("not_a_number", "Enter the figure (visas) using digits only, for example 44900"),
        ("ambiguous", "You wrote 44,950. Choose 44950 or 44.95"),
        ("too_precise", "The figure may have at most 2 decimals"),
    ]


def test_the_form_can_name_its_own_question() -> None:
    field = FigureField(unit="visas", error_messages={"required": "Enter the number of visas"})
    assert refusal(field, "") == ("required", "Enter the number of visas")
    assert refusal(field, "x")[1] == "Enter the figure (visas) using digits only, for example 44900"


def test_an_ambiguous_figure_offers_both_readings() -> None:
    with pytest.raises(ValidationError) as refused:
        FigureField().clean("4.000")
    (problem,) = refused.value.error_list
    assert problem.params is not None
    assert problem.params["candidates"] == (Decimal(4000), Decimal(4))


def test_an_empty_figure_is_nothing_and_zero_is_zero() -> None:
    assert FigureField(required=False).clean("") is None
    assert FigureField(required=False).clean("0") == Decimal(0)


@pytest.mark.parametrize(("lang", "shown"), [("en", "1234.5"), ("es", "1234,5"), ("pt", "1234,5"), ("fr", "1234,5")])
def test_a_stored_figure_comes_back_as_somebody_would_type_it(lang: str, shown: str) -> None:
    field = FigureField(places=4)
    with override(lang):
        assert field.prepare_value(Decimal("1234.5000")) == shown
        assert field.clean(field.prepare_value(Decimal("4.125"))) == Decimal("4.125")


class Update(forms.Form):
    figure = FigureField()
    name = NameField(longest=12)
    reason = ProseField(longest=40, required=False)


def test_the_form_shows_again_what_was_typed() -> None:
    form = Update({"figure": "4.000", "name": "x", "reason": ""})
    assert not form.is_valid()
    assert 'value="4.000"' in str(form["figure"])
    assert 'inputmode="numeric"' in str(form["figure"])


@pytest.mark.parametrize(("typed", "changed"), [("44,900", False), ("44900", False), ("44,901", True), ("x", True)])
def test_another_writing_of_the_same_figure_is_no_change(typed: str, changed: bool) -> None:
    form = Update({"figure": typed, "name": ""}, initial={"figure": Decimal("44900.0000")})
    assert ("figure" in form.changed_data) is changed


def test_names_and_prose_are_cleaned() -> None:
    form = Update({"figure": "1", "name": "  Peru\u0301  2 ", "reason": "One\r\ntwo  "})
    assert form.is_valid()
    assert (form.cleaned_data["name"], form.cleaned_data["reason"]) == ("Perú 2", "One\ntwo")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        (
            NameField(),
            "a\u202eb",
            ("hidden_characters", "This text holds characters that cannot be seen. Type it here again"),
        ),
        (
            NameField(),
            "a\x00b",
            ("hidden_characters", "This text holds characters that cannot be seen. Type it here again"),
        ),
        (NameField(longest=3), "abcd", ("too_long", "Use at most 3 characters. There are 4 now")),
        (ProseField(longest=3), "ab\r\ncd", ("too_long", "Use at most 3 characters. There are 5 now")),
        (NameField(), "  ", ("required", "This field is required.")),
    ],
)
def test_what_a_text_field_says(field: forms.Field, typed: Any, said: tuple[str, str]) -> None:
    assert refusal(field, typed) == said
