"""Evidence of a commitment: a file or a link, with a title."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.intake.fields import AddressField, NameField, UploadField
from commitments.intake.personal import Suspicion, spoken, suspicions
from commitments.reporting.forms import LookedForm


class EvidenceForm(LookedForm):
    """Either a file or a link; a link needs a title, a file has its name."""

    title = NameField(
        label=gettext_lazy("What it shows"),
        help_text=gettext_lazy("The title of the document. A file without one goes by its name."),
        longest=200,
        required=False,
    )
    document = UploadField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF, Word, Excel, ODS, CSV, JPG or PNG, smaller than 10 MB."),
        required=False,
    )
    link = AddressField(label=gettext_lazy("Or a link"), required=False)

    own_texts = ("title",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out()

    @property
    def found(self) -> list[Suspicion]:
        """The name of a file is published with it, whatever its title."""
        chosen = self.files.get("document")
        return super().found + (suspicions(spoken(chosen.name or "")) if chosen else [])

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data = self.cleaned_data
        if self.errors:
            return data
        if not data.get("document") and not data.get("link"):
            self.add_error("document", ValidationError(_("Choose a file or enter a link"), code="required"))
        elif data.get("document") and data.get("link"):
            self.add_error("link", ValidationError(_("Choose a file or enter a link, not both"), code="both"))
        elif data.get("link") and not data.get("title"):
            self.add_error("title", ValidationError(_("Enter a title"), code="required"))
        return super().clean()
