"""What cannot be read is asked for in the words of the house, in every form.

What no person meets is not asked about: hidden numbers, and the trap of the report of a mistake.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import ValidationError

import accounts
import commitments
from accounts.forms import ResetPasswordForm, SettingsForm, SignInForm
from commitments.intake.fields import AddressField
from tests.repository import ROOT

DJANGOS = {
    "Enter a valid date.",
    "Enter a valid time.",
    "Enter a valid URL.",
    "Enter a valid email address.",
    "Enter a whole number.",
    "Enter a number.",
    "Enter a list of values.",
    "This field is required.",
    "Null characters are not allowed.",
    "Select a valid choice. That choice is not one of the available choices.",
}
#: Of a text that Django puts together, how it begins.
BEGIN = ("Ensure this value", "Select a valid choice", "Ensure that there are")
#: What people may have typed, pasted, or chosen on a page that has grown old.
WRONG = ("", "neither here nor there", "https://example.org/" + "a" * 3000, "a" * 300 + "@example.org", "a\0b", "99999")


def every_form() -> Iterator[type[forms.BaseForm]]:
    for package in (accounts, commitments):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "forms" in module.name and "migrations" not in module.name:
                importlib.import_module(module.name)
    found = list(forms.BaseForm.__subclasses__())
    while found:
        form = found.pop()
        found += form.__subclasses__()
        if form.__module__.partition(".")[0] in {"accounts", "commitments"}:
            yield form


def spoken(field: forms.Field, typed: str) -> Iterator[str]:
    """What a field says to what was typed."""
    value: object = [typed] if isinstance(field, forms.MultipleChoiceField) else typed
    if isinstance(field, forms.FileField):
        value = None
    try:
        field.clean(value)
    except ValidationError as refused:
        yield from refused.messages


def is_djangos(words: str) -> bool:
    return words in DJANGOS or words.startswith(BEGIN)


def asked(kind: type[forms.Field]) -> list[tuple[str, str, forms.Field]]:
    """Every field of this kind that a form of ours declares and people see."""
    return [
        (form.__name__, name, field)
        for form in every_form()
        if form.__module__.startswith("commitments.")
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, kind) and not field.widget.is_hidden and name != "website"
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "least"),
    [(forms.URLField, 20), (forms.EmailField, 3), (forms.DateField, 30), (forms.TimeField, 1), (forms.Field, 200)],
)
def test_no_field_speaks_in_djangos_words(kind: type[forms.Field], least: int) -> None:
    fields = asked(kind)
    assert len(fields) >= least
    said = [(form, name, words) for form, name, field in fields for typed in WRONG for words in spoken(field, typed)]
    assert [entry for entry in said if is_djangos(entry[-1])] == []
    assert len(said) > least


#: Asked for in the words of their pages: what leads to another question, and the words of one commitment in a report.
NAMELESS = {
    "PartForm": {"answer", "words"},
    "UpdateForm": {"date_choice", "period_start", "other_date", "source_choice", "document"},
    "TranslationForm": {"summary"},
}


def test_what_is_asked_for_has_a_name_under_which_it_can_be_given_back() -> None:
    found: dict[str, set[str]] = {}
    for form, name, field in asked(forms.Field):
        if not field.label:
            found.setdefault(form, set()).add(name)
    assert found == NAMELESS


def test_an_address_is_asked_for_in_one_sentence() -> None:
    whole = "Enter the whole address, for example https://www.example.org/report"
    assert {words for _, _, field in asked(forms.URLField) for words in spoken(field, "no address")} == {whole}


def test_an_address_is_not_cut_by_the_browser() -> None:
    field = AddressField(longest=40)
    assert "maxlength" not in field.widget.attrs
    assert list(spoken(field, "https://example.org/" + "a" * 30)) == ["Use at most 40 characters. There are 50 now"]
    assert list(spoken(field, "https://example.org/\u202ea")) == [
        "This text holds characters that cannot be seen. Type it here again"
    ]
    assert field.clean(" www.example.org/report ") == "https://www.example.org/report"


def test_forms_take_their_fields_from_the_house() -> None:
    """Also the fields that a form adds for one person or one record."""
    djangos = re.compile(r"forms\.(URL|Email|Choice|MultipleChoice|ModelChoice)Field\(")
    house = Path(inspect.getfile(AddressField))
    found = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "commitments").rglob("*.py")
        if path != house and djangos.search(path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize(("form", "name"), [(SignInForm, "login"), (ResetPasswordForm, "email")])
def test_the_address_of_an_account_is_asked_for_in_the_words_of_the_house(form: type[forms.Form], name: str) -> None:
    field = form().fields[name]
    assert list(spoken(field, "")) == ["Enter your e-mail address"]
    assert list(spoken(field, "no address")) == ["Enter an e-mail address in the form name@example.org"]


def test_the_settings_of_a_person_speak_in_the_words_of_the_house() -> None:
    form = SettingsForm({"name": "a" * 130, "language": "xx", "time_zone": ""}, page_language="en")
    assert form.errors == {
        "name": ["Use at most 120 characters. There are 130 now"],
        "language": ["Choose the language"],
        "time_zone": ["Choose the time zone"],
    }
