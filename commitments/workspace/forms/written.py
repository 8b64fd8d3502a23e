"""Texts typed in the language of the page: which language that is, and which of them may be left empty."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commitments.formats.language import language_of, translated
from commitments.workspace.languages import spoken


def name_language(form: forms.Form, *names: str, row: Any = None) -> None:
    """Say in which language these texts are typed; one that a record has in another language alone is not asked for."""
    language = language_of(get_language())
    # Inside a sentence other languages than English begin the name of a language with a small letter.
    named = spoken(language) if language == "en" else spoken(language).lower()
    here = _("In the language of this page: %(language)s.") % {"language": named}
    for name in names:
        words = [str(form.fields[name].help_text), here]
        if row is not None and translated(row, name, language).foreign:
            form.fields[name].required = False
            words.append(_("Left empty, what is on record in another language stays as it is."))
        form.fields[name].help_text = " ".join(filter(None, words))


def said_of(row: Any, texts: Mapping[str, str]) -> dict[str, str]:
    """Columns of texts as they were typed, without those left empty where nothing stood before."""
    return {column: text for column, text in texts.items() if text or getattr(row, column, "")}
