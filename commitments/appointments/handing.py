"""Handing a post over, and naming a deputy for an absence."""

from datetime import date
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from commitments.appointments.forms import DeputyForm, Reasoned, day_field
from commitments.appointments.models import Appointment
from commitments.appointments.queries import colleagues_of, may_be_appointed
from commitments.intake.fields import ChoiceField, MailField, NameField, RowField


class OwnDeputyForm(DeputyForm):
    """Somebody to stand in during an absence, named by the person who is away."""

    valid_until = day_field(_("Last day"), error_messages={"required": _("Enter the last day")})

    def __init__(self, *args: Any, principal: Appointment, on: date, **kwargs: Any) -> None:
        super().__init__(*args, principal=principal, on=on, **kwargs)
        people = cast("forms.ModelChoiceField[User]", self.fields["person"])
        people.queryset = colleagues_of(principal)
        self.has_choice = people.queryset.exists()


class HandOverForm(Reasoned):
    """The successor in a post: somebody with an account, or somebody to invite; from when, and what deputies do."""

    person = RowField(
        label=_("Successor"), queryset=User.objects.none(), empty_label=_("Somebody new, invited below"), required=False
    )
    email = MailField(label=_("E-mail of somebody new (optional)"), required=False)
    name = NameField(label=_("Name of somebody new (optional)"), longest=120, required=False)
    language = ChoiceField(
        label=_("Language of somebody new"), choices=settings.LANGUAGES, widget=forms.RadioSelect, required=False
    )
    on = day_field(_("First day of the successor"), error_messages={"required": _("Enter the first day")})
    deputies = ChoiceField(
        label=_("Deputies"),
        choices=(
            ("end", _("End with the predecessor")),
            ("move", _("Stand in for the successor")),
        ),
        widget=forms.RadioSelect,
        initial="end",
        error_messages={"required": _("Choose what the deputies do")},
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    field_order = ("person", "email", "name", "language", "on", "deputies", "why", "version")

    def __init__(self, *args: Any, post: Appointment, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.appointment = post
        self.initial.setdefault("on", on)
        self.initial.setdefault("language", post.user.language)
        cast("forms.ModelChoiceField[User]", self.fields["person"]).queryset = may_be_appointed(besides=post.user)

    def clean(self) -> dict[str, Any]:
        """Either somebody of the list or somebody new, with address, name and language."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        is_new = any(typed.get(name) for name in ("email", "name"))
        if typed.get("person") and is_new:
            self.add_error("person", _("Choose somebody of the list or fill in somebody new, not both"))
        elif not typed.get("person") and not is_new and not self.errors:
            self.add_error("person", _("Choose the successor, or fill in somebody new"))
        elif is_new:
            required = {"email": _("Enter the e-mail address"), "name": _("Enter the name")}
            for name, sentence in {**required, "language": _("Choose the language")}.items():
                if not typed.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return typed

    def step(self) -> dict[str, Any]:
        """What is handed over, from when, and what deputies do."""
        typed = self.cleaned_data
        return {
            "appointment": self.appointment,
            "on": typed["on"],
            "move_deputies": typed["deputies"] == "move",
            "version": typed["version"],
        }

    def newcomer(self) -> dict[str, str]:
        """Somebody who has no account; in the time zone of the country, else of the predecessor."""
        country, typed = self.appointment.country, self.cleaned_data
        zone = country.time_zone if country else self.appointment.user.time_zone
        return {**{name: typed[name] for name in ("email", "name", "language")}, "time_zone": zone}
