"""What the administrator types about people: who they are, which post they get, until when, and why."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.forms import Drawn, zone_choices
from accounts.models import User
from commitments.appointments.actions import Post
from commitments.appointments.models import Appointment
from commitments.appointments.queries import may_be_appointed, may_have_deputies
from commitments.appointments.wording import group_name, place_of
from commitments.formats.collation import sort_key
from commitments.formats.language import language_of
from commitments.intake.fields import ChoiceField, MailField, NameField, ProseField, RowField
from commitments.mechanisms.models import Country
from commitments.roles.enums import Role
from commitments.working_groups.models import WorkingGroup

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
ROLES = (
    (Role.FOCAL_POINT, _("Focal point: figures and reports of one country")),
    (Role.LEAD, _("Working-group lead: drafts and reports of one group")),
    (Role.SECRETARIAT, _("Secretariat: all records, review, publication")),
    (Role.ADMINISTRATOR, _("Administrator: people and roles, no figures")),
    (Role.READER, _("Reader: sees accepted figures")),
)


def _language() -> str:
    return language_of(get_language())


def _sorted(choices: Iterable[tuple[Any, str]], empty: Any = "") -> list[tuple[Any, Any]]:
    ordered = sorted(choices, key=lambda choice: sort_key(str(choice[1]), _language()))
    return [("", empty), *ordered]


class Reasoned(Drawn, forms.Form):
    """A change that says why."""

    why = ProseField(
        label=_("Reason"),
        help_text=_("For the history inside the workspace, for example the letter that asks for this. Never public."),
        longest=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why, for example which letter asks for this")},
    )


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """A day within the years that an appointment can speak of."""
    message = _("Enter a day between the years 2000 and 2100")
    messages = {"invalid": _("Enter the day, month and year"), **kwargs.pop("error_messages", {})}
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        validators=[MinValueValidator(EARLIEST, message), MaxValueValidator(LATEST, message)],
        error_messages=messages,
        **kwargs,
    )


class Dated(forms.Form):
    """First and last day of a post."""

    valid_from = day_field(_("First day"), error_messages={"required": _("Enter the first day")})
    valid_until = day_field(_("Last day (optional)"), help_text=_("Empty: until further notice."), required=False)


class AppointForm(Dated, Reasoned):
    """A post for a person."""

    role = ChoiceField(
        label=_("Role"),
        choices=ROLES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the role")},
    )
    country = RowField(label=_("Country"), queryset=Country.objects.order_by("iso3"), required=False)
    group = RowField(
        label=_("Working group"),
        queryset=WorkingGroup.objects.select_related("mechanism").order_by("code"),
        required=False,
    )
    deputy_of = RowField(
        label=_("Deputy of (optional)"),
        help_text=_("Has the same rights while the appointment of the other person holds."),
        queryset=Appointment.objects.none(),
        required=False,
    )
    field_order: tuple[str, ...] = ("role", "country", "group", "deputy_of", "valid_from", "valid_until", "why")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("valid_from", on)
        language = _language()
        principals = cast("forms.ModelChoiceField[Appointment]", self.fields["deputy_of"])
        principals.queryset = may_have_deputies(on)
        cast("forms.ModelChoiceField[Country]", self.fields["country"]).choices = _sorted(
            ((row.pk, str(row.name_in(language))) for row in Country.objects.order_by("iso3")), _("No country")
        )
        cast("forms.ModelChoiceField[WorkingGroup]", self.fields["group"]).choices = _sorted(
            ((row.pk, group_name(row, language)) for row in WorkingGroup.objects.select_related("mechanism")),
            _("No working group"),
        )
        principals.choices = _sorted(
            ((row.pk, f"{place_of(row, language)}: {row.user}") for row in may_have_deputies(on)), _("Nobody’s deputy")
        )

    def clean(self) -> dict[str, Any]:
        """A deputy takes country and group from the person stood in for; the others must name theirs."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        principal = cleaned.get("deputy_of")
        if principal is not None:
            cleaned["country"] = cleaned.get("country") or principal.country
            cleaned["group"] = cleaned.get("group") or principal.group
        if not cleaned.get("role"):
            return cleaned
        role = Role(cleaned["role"])
        if role.needs_country and not cleaned.get("country") and "country" not in self.errors:
            self.add_error("country", _("Choose the country that this focal point speaks for"))
        if role.needs_group and not cleaned.get("group") and "group" not in self.errors:
            self.add_error("group", _("Choose the working group that this person leads"))
        if not role.needs_country:
            cleaned["country"] = None
        if not role.needs_group:
            cleaned["group"] = None
        return cleaned

    def post(self) -> Post:
        """The post as typed."""
        typed = self.cleaned_data
        return Post(
            role=Role(typed["role"]),
            valid_from=typed["valid_from"],
            valid_until=typed["valid_until"],
            country=typed["country"],
            group=typed["group"],
            deputy_of=typed["deputy_of"],
        )


class InviteForm(AppointForm):
    """A person who has no account yet, and their first post."""

    email = MailField(
        label=_("E-mail"),
        help_text=_("The invitation goes there. The link in it works for 7 days."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    name = NameField(
        label=_("Name"),
        longest=120,
        error_messages={"required": _("Enter the name")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    language = ChoiceField(
        label=_("Language"),
        help_text=_("Of the messages to this person. They can change it."),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the language")},
    )
    time_zone = ChoiceField(label=_("Time zone (optional)"), required=False)
    field_order = ("email", "name", "language", "time_zone", *AppointForm.field_order)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = [("", _("That of the country, else yours")), *zone_choices(_language())]
        cast("forms.ChoiceField", self.fields["time_zone"]).choices = zones

    def invitation(self, inviter: User) -> dict[str, Any]:
        """Who is invited and to what. Without a zone chosen: the country's, else that of the person who invites."""
        typed, post = self.cleaned_data, self.post()
        zone = typed["time_zone"] or (post.country.time_zone if post.country else inviter.time_zone)
        person = {name: typed[name] for name in ("email", "name", "language")}
        return {**person, "time_zone": zone, "post": post}


class DeputyForm(Dated, Reasoned):
    """Somebody who stands in for a focal point or a lead."""

    person = RowField(
        label=_("Deputy"),
        queryset=User.objects.none(),
        empty_label=_("Choose a person"),
        error_messages={"required": _("Choose the person who stands in")},
    )
    field_order = ("person", "valid_from", "valid_until", "why")

    def __init__(self, *args: Any, principal: Appointment, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.principal = principal
        self.initial.setdefault("valid_from", max(on, principal.valid_from))
        self.initial.setdefault("valid_until", principal.valid_until)
        cast("forms.ModelChoiceField[User]", self.fields["person"]).queryset = may_be_appointed(besides=principal.user)

    def post(self) -> Post:
        """The same post as the principal's, as a deputy."""
        return Post(
            role=Role(self.principal.role),
            valid_from=self.cleaned_data["valid_from"],
            valid_until=self.cleaned_data["valid_until"],
            country=self.principal.country,
            group=self.principal.group,
            deputy_of=self.principal,
        )


class DatesForm(Dated, Reasoned):
    """Other days for a post."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    field_order = ("valid_from", "valid_until", "why", "version")

    def dates(self) -> dict[str, Any]:
        """The days as typed, and the version that they were read with."""
        return {name: self.cleaned_data[name] for name in ("valid_from", "valid_until", "version")}


class EndForm(Reasoned):
    """Why a post ends at once."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class EndAccessForm(Reasoned):
    """Why a person’s access ends."""
