"""What people type on the account pages: the fields of allauth's forms in our words, and two forms of our own."""

import unicodedata
from typing import Any, cast

from allauth.account import forms as allauth_forms
from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import zones
from accounts.models import User

NEW_PASSWORD = _("At least 12 characters. A sentence that only you would say is easy to keep and hard to guess.")

ADDRESS = {
    "required": _("Enter your e-mail address"),
    "invalid": _("Enter an e-mail address in the form name@example.org"),
}


class Drawn:
    """Rendered by crispy-forms inside a form element that the template writes; no words inside the boxes."""

    fields: dict[str, forms.Field]
    words: dict[str, tuple[Any, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, help_text) in self.words.items():
            self.fields[name].label, self.fields[name].help_text = label, help_text
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    @property
    def helper(self) -> FormHelper:
        """No form element, no token, no second list of errors: the template has them."""
        helper = FormHelper()
        helper.form_tag, helper.disable_csrf, helper.include_media = False, True, False
        return helper


class SignInForm(Drawn, allauth_forms.LoginForm):
    """Address and password."""

    words = {"login": (_("E-mail"), ""), "password": (_("Password"), "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}
        self.fields["login"].error_messages |= ADDRESS
        self.fields["password"].error_messages["required"] = _("Enter your password")


class ResetPasswordForm(Drawn, allauth_forms.ResetPasswordForm):
    """The address to which the link goes. Says the same for every address."""

    words = {"email": (_("E-mail"), "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].error_messages |= ADDRESS


class TwiceTheSame(Drawn):
    """A new password, typed twice."""

    words = {"password1": (_("New password"), NEW_PASSWORD), "password2": (_("New password once more"), "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].error_messages["required"] = _("Enter a new password")
        self.fields["password2"].error_messages["required"] = _("Enter the new password once more")

    def clean(self) -> Any:
        """Both must be the same; said in our words, before allauth says it in its own."""
        first, second = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")  # type: ignore[attr-defined]
        if first and second and first != second:
            self.add_error("password2", _("Enter the same new password in both fields"))  # type: ignore[attr-defined]
            return self.cleaned_data  # type: ignore[attr-defined]
        return super().clean()  # type: ignore[misc]  # the form beside this mixin has it


class NewPasswordForm(TwiceTheSame, allauth_forms.ResetPasswordKeyForm):
    """The new password of somebody who followed the link of a reset."""


class ChangePasswordForm(TwiceTheSame, allauth_forms.ChangePasswordForm):
    """The new password of somebody who knows the present one."""

    words = {"oldpassword": (_("Current password"), ""), **TwiceTheSame.words}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].error_messages["required"] = _("Enter your current password")


class FirstPasswordForm(TwiceTheSame, forms.Form):
    """The first password of an invited person. Their address stands beside it for the password manager."""

    password1 = forms.CharField(strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    password2 = forms.CharField(strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password1(self) -> str:
        """The house's rules for passwords."""
        password: str = self.cleaned_data["password1"]
        password_validation.validate_password(password, self.user)
        return password


class SettingsForm(Drawn, forms.Form):
    """How a person is greeted, in which language, in which zone."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("As you wish to be greeted in messages. The public site never shows it."),
        max_length=120,
        error_messages={
            "required": _("Enter your name"),
            "max_length": _("Use at most %(limit_value)d characters. There are %(show_value)d now"),
        },
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("Of these pages and of the messages to you."),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the language"), "invalid_choice": _("Choose the language")},
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Times are shown in it, and reminders come in its morning."),
        error_messages={"required": _("Choose the time zone"), "invalid_choice": _("Choose the time zone")},
    )

    def __init__(self, *args: Any, page_language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = zone_choices(page_language, self.initial.get("time_zone", ""))
        cast("forms.ChoiceField", self.fields["time_zone"]).choices = zones

    def clean_name(self) -> str:
        """One line of visible characters."""
        return visible(self.cleaned_data["name"])


def zone_choices(language: str, current: str = "") -> list[Any]:
    """The zones to choose from; one that is set already stays choosable under an older name too."""
    groups: list[Any] = list(zones.choices(language))
    listed = {zone for _group, members in groups for zone, _name in members}
    return groups if not current or current in listed else [(current, current), *groups]


def visible(name: str) -> str:
    """A name in one form of its letters. Raises ValidationError for characters that cannot be seen."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if any(unicodedata.category(letter).startswith("C") for letter in name):
        raise ValidationError(_("This name holds characters that cannot be seen. Type it here again"))
    return name
