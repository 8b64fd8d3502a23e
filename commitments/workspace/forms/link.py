"""What a commitment belongs to: another one, and how."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from commitments.intake.fields import ChoiceField, NameField
from commitments.register.enums import LinkKind
from commitments.register.models import Commitment


class LinkForm(forms.Form):
    """One link; after `is_valid()` the other commitment is in `cleaned_data["other"]`."""

    code = NameField(
        label=gettext_lazy("Code of the other commitment"),
        longest=40,
        error_messages={"required": gettext_lazy("Enter the code of the other commitment")},
    )
    kind = ChoiceField(
        label=gettext_lazy("How do they belong together?"),
        widget=forms.RadioSelect,
        choices=(
            (LinkKind.PART_OF.value, pgettext_lazy("link between commitments", "This one is part of the other")),
            (LinkKind.RELATED.value, pgettext_lazy("link between commitments", "They are related")),
        ),
        error_messages={"required": gettext_lazy("Choose how they belong together")},
    )

    def __init__(self, *args: Any, rows: QuerySet[Commitment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_code(self) -> str:
        """The code of a commitment that this person may see."""
        code = str(self.cleaned_data["code"]).upper()
        other = self.rows.filter(code=code).first()
        if other is None:
            raise ValidationError(_("No commitment has this code. Enter it as on its page, for example LAD-CRI-003"))
        self.cleaned_data["other"] = other
        return code
