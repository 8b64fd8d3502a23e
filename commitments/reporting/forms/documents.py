"""A document that goes with a report."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commitments.intake.fields import ChoiceField, NameField, UploadField


class DocumentForm(forms.Form):
    """A file with its title and language; a file that was chosen before and kept need not be chosen again."""

    document = UploadField(label=_("File"), required=False)
    title = NameField(
        label=pgettext_lazy("of a document", "Title"),
        help_text=_("The title of the document. A file without one goes by its name."),
        longest=200,
        required=False,
    )
    language = ChoiceField(
        label=pgettext_lazy("of a document", "Language"),
        choices=[("", "—"), *settings.LANGUAGES],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose = self.fields["document"].error_messages["required"]
