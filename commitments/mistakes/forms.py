"""What a reader is asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.intake.fields import MailField, NameField, ProseField
from commitments.mistakes.filters import own_page


class MistakeForm(forms.Form):
    """Which page, what is wrong, what is right, according to what, and where an answer may go."""

    page = NameField(
        label=_("Page"),
        help_text=_("Its address on this site, for example /en/countries/COL/"),
        longest=600,
        error_messages={"required": _("Enter the address of the page")},
    )
    wrong = ProseField(label=_("What is wrong?"), error_messages={"required": _("Say what is wrong")})
    right = ProseField(label=_("What is right? (optional)"), required=False)
    source = ProseField(
        label=_("Which public source says so? (optional)"),
        help_text=_("A link, or the title and date of a document"),
        longest=1000,
        required=False,
    )
    email = MailField(
        label=_("Your e-mail address (optional)"),
        help_text=_("Only for an answer. Without it nobody knows who wrote."),
        required=False,
        error_messages={"invalid": _("Enter an e-mail address in the form name@example.org, or leave this empty")},
    )
    #: People do not see it, and programs that fill in everything do.
    website = forms.CharField(label=_("Leave this field empty"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("wrong", "right", "source"):
            self.fields[name].widget.attrs["rows"] = 4 if name == "wrong" else 3
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["website"].widget.attrs.update({"tabindex": "-1", "autocomplete": "off"})

    def clean_page(self) -> str:
        """The path. Raises ValidationError for what is no page of this site."""
        path = own_page(self.cleaned_data["page"])
        if path is None:
            raise forms.ValidationError(_("This is no page of this site. Enter an address such as /en/countries/COL/"))
        return path

    @property
    def is_filled_by_a_program(self) -> bool:
        """Whether the field that people do not see was filled in."""
        return bool(self.data.get("website"))

    def told(self) -> dict[str, str]:
        """What was said, without the trap."""
        return {name: str(self.cleaned_data[name]) for name in ("page", "wrong", "right", "source", "email")}
