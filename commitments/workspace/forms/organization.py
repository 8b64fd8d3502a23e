"""An organization: its code, its name in four languages, its kind."""

import re
from datetime import date
from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from commitments.formats.collation import sort_key
from commitments.formats.language import LANGUAGES, language_of
from commitments.intake.fields import NameField, RowField
from commitments.mechanisms.models import Organization, OrganizationKind
from commitments.mechanisms.organizations import HasNoName
from commitments.reporting.forms import LookedForm
from commitments.workspace.forms.belonging import reason_field

NAMES = {
    "en": gettext_lazy("Name in English"),
    "es": gettext_lazy("Name in Spanish"),
    "pt": gettext_lazy("Name in Portuguese"),
    "fr": gettext_lazy("Name in French"),
}
_CODE = re.compile(r"[A-Z0-9]{2,20}", re.ASCII)


class OrganizationForm(LookedForm):
    """A new organization, or what changes of one: its code stays, as codes of commitments hold it."""

    code = NameField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("Letters and digits, for example IOM. It stays as it is: codes of commitments hold it."),
        longest=20,
        error_messages={"required": gettext_lazy("Enter a code")},
    )
    kind = RowField(label=gettext_lazy("Kind (optional)"), queryset=OrganizationKind.objects.all(), required=False)
    public_reason = reason_field(gettext_lazy("Public reason for the change"))
    own_texts = (*(f"name_{code}" for code in LANGUAGES), "public_reason")

    def __init__(self, *args: Any, row: Organization | None, on: date, **kwargs: Any) -> None:
        super().__init__(*args, initial=_stored(row) if row else {}, **kwargs)
        for code, label in NAMES.items():
            self.fields[f"name_{code}"] = NameField(label=label, longest=200, required=False)
        kinds = self.fields["kind"]
        assert isinstance(kinds, forms.ModelChoiceField)  # noqa: S101  # declared above
        language = language_of(get_language())
        named = [(kind.pk, str(kind.name_in(language))) for kind in OrganizationKind.objects.all()]
        kinds.choices = [("", "—"), *sorted(named, key=lambda choice: sort_key(choice[1], language))]
        del self.fields["code" if row else "public_reason"]
        self.helper.layout = Layout(
            *(() if row else ("code",)),
            Row(Column("name_en"), Column("name_es")),
            Row(Column("name_pt"), Column("name_fr")),
            "kind",
            *(("public_reason",) if row else ()),
        )

    def clean_code(self) -> str:
        """In capitals, without signs: it stands between hyphens in codes of commitments."""
        code = str(self.cleaned_data["code"]).upper()
        if not _CODE.fullmatch(code):
            raise ValidationError(_("Use letters and digits alone, two at least"), code="invalid")
        return code

    def clean(self) -> dict[str, Any]:
        """One name at least."""
        cleaned = super().clean()
        if not any(self.names().values()) and not any(name.startswith("name_") for name in self.errors):
            self.add_error(f"name_{language_of(get_language())}", str(HasNoName.sentence))
        return cleaned

    def names(self) -> dict[str, str]:
        """The names as they were typed, by language."""
        return {code: self.cleaned_data.get(f"name_{code}") or "" for code in LANGUAGES}


def _stored(row: Organization) -> dict[str, Any]:
    names = {f"name_{code}": getattr(row, f"name_{code}") or "" for code in LANGUAGES}
    return {**names, "kind": row.kind_id}
