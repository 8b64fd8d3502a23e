"""What was put into a form that nothing came of is told as people write it, in the language of the page."""

from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from commitments.history.conflict import typed_in
from commitments.intake.fields import ChoiceField, FigureField, ManyChoicesField, RowField, UploadField
from commitments.mechanisms.models import Country
from tests.cast import Cast


class Everything(forms.Form):
    """A field of each kind."""

    words = forms.CharField(label="Words", required=False, initial="Before")
    figure = FigureField(label="Figure", required=False, initial=1000)
    day = forms.DateField(label="Day", required=False)
    hour = forms.TimeField(label="Hour", required=False)
    step = ChoiceField(
        label="Step", choices=[("", "—"), ("end", "End it"), ("Later", [("wait", "Wait a year")])], required=False
    )
    way = ChoiceField(label="Way", choices=[("up", "More is better")], widget=forms.RadioSelect, required=False)
    tongues = ManyChoicesField(
        label="Languages",
        choices=[("es", "Spanish"), ("pt", "Portuguese"), ("fr", "French")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    asks = forms.BooleanField(label="Groups report too", required=False, initial=True)
    read = forms.BooleanField(label="I have read it", required=False)
    looked = forms.BooleanField(label="I have looked at it", required=False)
    switch = ChoiceField(choices=[("given", "On the day"), ("other", "Another day")], initial="given", required=False)
    version = forms.CharField(widget=forms.HiddenInput, required=False)
    password = forms.CharField(label="Password", widget=forms.PasswordInput, required=False)
    document = UploadField(label="File", required=False)


def told(**sent: Any) -> list[tuple[str, str]]:
    return typed_in(Everything({"words": "Before", "figure": "1,000", "asks": "on", **sent}))


def test_nothing_that_was_left_as_it_stood_is_told() -> None:
    assert told(version="7", switch="given") == []
    assert told(words="", day=" ", hour="", step="") == []


@pytest.mark.parametrize(
    ("language", "day", "hour"),
    [
        ("en", "1 December 2026", "09:05"),
        ("es", "1 de diciembre de 2026", "09:05"),
        ("pt", "1º de dezembro de 2026", "09:05"),
        ("fr", "1er décembre 2026", "9\u00a0h\u00a005"),
    ],
)
def test_a_day_and_a_time_stand_as_the_language_writes_them(language: str, day: str, hour: str) -> None:
    with override(language):
        assert told(figure="1000", day="2026-12-01", hour="09:05") == [("Day", day), ("Hour", hour)]


def test_what_cannot_be_read_stands_as_it_was_typed() -> None:
    typed = {"day": "31 November", "hour": "half past nine", "figure": "about 5"}
    assert told(**typed) == [("Figure", "about 5"), ("Day", "31 November"), ("Hour", "half past nine")]


def test_a_choice_is_told_by_its_words_and_never_by_its_code() -> None:
    assert told(step="end", way="up") == [("Step", "End it"), ("Way", "More is better")]
    assert told(step="wait", tongues=["es", "fr"]) == [("Step", "Wait a year"), ("Languages", "Spanish\nFrench")]
    assert told(step="gone", way="down", tongues=["xx"]) == []
    assert told(switch="other") == [], "the answer to the question that it leads to stands for itself"


@pytest.mark.django_db
def test_a_record_is_told_by_its_name(cast: Cast) -> None:
    class OfACountry(forms.Form):
        country = RowField(label="Country", queryset=Country.objects.all())

    label = str(cast.colombia)
    assert typed_in(OfACountry({"country": str(cast.colombia.pk)})) == [("Country", label)]
    assert typed_in(OfACountry({"country": "0"})) == []


def test_a_box_is_told_where_it_was_changed_unless_it_is_asked_anew_with_the_words() -> None:
    assert told(read="on", looked="on") == [("I have read it", "Yes")]
    assert told(asks="false") == [("Groups report too", "No")]
    with override("fr"):
        assert typed_in(Everything({"words": "Before", "figure": "1000"})) == [("Groups report too", "Non")]


def test_no_password_is_told_and_no_file() -> None:
    sent = {"words": "After", "figure": "1000", "asks": "on", "password": "secret"}
    form = Everything(sent, {"document": SimpleUploadedFile("law.pdf", b"%PDF")})
    assert typed_in(form) == [("Words", "After")]
