"""A date that cannot be read is asked for in the words of the house, in every form."""

import importlib
import pkgutil
from collections.abc import Iterator

from django import forms

import accounts
import commitments

DJANGOS = str(forms.DateField.default_error_messages["invalid"])


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


def test_no_date_is_asked_for_in_djangos_words() -> None:
    dates = [
        (form.__name__, name, str(field.error_messages["invalid"]))
        for form in every_form()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.DateField)
    ]
    assert len(dates) > 30
    assert [(form, name) for form, name, words in dates if words == DJANGOS] == []
