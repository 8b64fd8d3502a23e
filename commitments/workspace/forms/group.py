"""Who leads and takes part in a group, and what of the Declaration it works on."""

from datetime import date
from typing import Any, cast

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from commitments.formats.collation import sort_key
from commitments.formats.language import language_of
from commitments.formats.partial import Precision
from commitments.intake.fields import ChoiceField, NameField, RowField
from commitments.mechanisms.models import Country, Organization
from commitments.reporting.forms import LookedForm
from commitments.working_groups.actions import SaidPlace, SaidRole
from commitments.working_groups.enums import AlignmentKind, GroupRoleKind
from commitments.working_groups.models import Alignment, GroupRole, Pillar, WorkingGroup
from commitments.workspace.forms.days import precision_field
from commitments.workspace.forms.indicator import DayField
from commitments.workspace.forms.milestone import DocumentedForm


def reason_field(label: str | Promise, *, required: bool = True) -> NameField:
    """Why: everybody reads it."""
    why = {"required": gettext_lazy("Say why; the reason is public")}
    return NameField(label=label, longest=500, required=required, error_messages=why)


class RoleForm(DocumentedForm):
    """A role in a group: whose, while it is new; which one, since when, according to what; then why it changes."""

    country = RowField(label=gettext_lazy("Country"), queryset=Country.objects.all(), required=False)
    organization = RowField(
        label=gettext_lazy("Or an organization"), queryset=Organization.objects.all(), required=False
    )
    role = ChoiceField(
        label=gettext_lazy("Role in the group"),
        widget=forms.RadioSelect,
        choices=GroupRoleKind.choices,
        error_messages={"required": gettext_lazy("Choose the role")},
    )
    since = DayField(label=pgettext_lazy("first day of a role", "Since (optional)"), required=False)
    since_precision = precision_field()
    until = DayField(
        label=pgettext_lazy("last day of a role", "Until"),
        help_text=gettext_lazy("Leave it empty if it has not ended after all."),
        required=False,
    )
    public_reason = reason_field(gettext_lazy("Public reason for the change"))
    own_texts = ("source_title", "public_reason")

    def __init__(self, *args: Any, row: GroupRole, **kwargs: Any) -> None:
        self.row = row
        super().__init__(*args, initial=_stored_role(row) if row.pk else {}, **kwargs)
        unused = ("country", "organization") if row.pk else ("public_reason",)
        for name in (*unused, *(() if row.until else ("until",))):
            del self.fields[name]
        if not row.pk:
            for name in ("country", "organization"):
                field = cast("forms.ModelChoiceField[Any]", self.fields[name])
                field.choices = _by_name(field.queryset)
        self.helper.layout = Layout(
            *(() if row.pk else (Row(Column("country"), Column("organization")),)),
            "role",
            Row(Column("since"), Column("since_precision")),
            *(("until",) if row.until else ()),
            Row(Column("source_title"), Column("source_url")),
            *(("public_reason",) if row.pk else ()),
        )

    def clean(self) -> dict[str, Any]:
        """A role is either a country's or an organization's."""
        data = super().clean()
        if not self.row.pk and not {"country", "organization"} & set(self.errors):
            named = [name for name in ("country", "organization") if data.get(name)]
            if len(named) != 1:
                words = _("Choose the country, or the organization") if not named else _("Choose one of the two only")
                self.add_error("country", ValidationError(words, code="one"))
        return data

    def said(self) -> SaidRole:
        """The role as it was typed."""
        return SaidRole(
            role=GroupRoleKind(self.cleaned_data["role"]),
            source=self.document(),
            since=self.day("since"),
            until=self.cleaned_data.get("until"),
        )


class EndRoleForm(LookedForm):
    """Says on which day a role ended, and why."""

    until = DayField(
        label=pgettext_lazy("last day of a role", "Until"),
        error_messages={"required": gettext_lazy("Enter the day on which it ended")},
    )
    public_reason = reason_field(gettext_lazy("Public reason"))
    own_texts = ("public_reason",)

    def __init__(self, *args: Any, row: GroupRole, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out()


class PlaceForm(DocumentedForm):
    """What of the Declaration a group of another mechanism works on; nothing, or nothing known, is an answer too."""

    kind = ChoiceField(
        label=gettext_lazy("How does the group relate to the Declaration?"),
        widget=forms.RadioSelect,
        choices=AlignmentKind.choices,
        error_messages={"required": gettext_lazy("Choose how it relates to the Declaration")},
    )
    workstream = RowField(
        label=gettext_lazy("Workstream (if it matches one)"), queryset=WorkingGroup.objects.none(), required=False
    )
    pillar = RowField(
        label=gettext_lazy("Pillar (if it matches one as a whole)"), queryset=Pillar.objects.none(), required=False
    )
    source_title = NameField(
        label=gettext_lazy("Title of the document (optional)"),
        longest=500,
        required=False,
        error_messages={"required": gettext_lazy("Say which document says so")},
    )
    public_reason = reason_field(gettext_lazy("Public reason for the change"))
    own_texts = ("source_title", "public_reason")

    def __init__(self, *args: Any, row: Alignment, **kwargs: Any) -> None:
        stored = {"kind": row.kind, "workstream": row.workstream_id, "pillar": row.pillar_id, **_stored_source(row)}
        if row.kind == AlignmentKind.WORKSTREAM:
            stored["pillar"] = None
        super().__init__(*args, initial=stored if row.pk else {}, **kwargs)
        self._offer("workstream", WorkingGroup.objects.filter(mechanism__code="LAD").select_related("pillar"))
        self._offer("pillar", Pillar.objects.filter(mechanism__code="LAD"))
        if not row.pk:
            self.fields["public_reason"] = reason_field(gettext_lazy("Public remark (optional)"), required=False)
        document = Row(Column("source_title"), Column("source_url"))
        self.helper.layout = Layout("kind", "workstream", "pillar", document, "public_reason")

    def _offer(self, name: str, rows: Any) -> None:
        field = cast("forms.ModelChoiceField[Any]", self.fields[name])
        field.queryset = rows
        language = language_of(get_language())
        field.choices = [
            ("", "—"),
            *((row.pk, f"{row.number} {row.name_in(language)}") for row in rows.order_by("number", "pk")),
        ]

    def clean(self) -> dict[str, Any]:
        """Where it matches something, that is named."""
        data = super().clean()
        kind = data.get("kind")
        wanted = {"workstream": _("Choose the workstream"), "pillar": _("Choose the pillar")}
        if kind in wanted and not data.get(kind) and kind not in self.errors:
            self.add_error(kind, ValidationError(wanted[kind], code="required"))
        for name in wanted:
            if name != kind and data.get(name):
                words = _("This does not go with the answer above: choose the one, or clear the other")
                self.add_error(name, ValidationError(words, code="both"))
        if data.get("source_url") and not data.get("source_title") and "source_title" not in self.errors:
            missing = self.fields["source_title"].error_messages["required"]
            self.add_error("source_title", ValidationError(missing, code="required"))
        return data

    def said(self) -> SaidPlace:
        """The place as it was typed."""
        data = self.cleaned_data
        return SaidPlace(
            kind=AlignmentKind(data["kind"]),
            workstream=data["workstream"],
            pillar=data["pillar"],
            source=self.document() if data["source_title"] else None,
        )


class TakeAwayForm(LookedForm):
    """Takes away what was recorded by mistake."""

    public_reason = reason_field(gettext_lazy("Public reason"))
    own_texts = ("public_reason",)

    def __init__(self, *args: Any, row: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out()


def _stored_source(row: GroupRole | Alignment) -> dict[str, str]:
    source = row.source
    return {"source_title": source.title if source else "", "source_url": source.url if source else ""}


def _stored_role(row: GroupRole) -> dict[str, Any]:
    return {
        "role": row.role,
        "since": row.since,
        "since_precision": row.since_precision or Precision.DAY.value,
        "until": row.until,
        **_stored_source(row),
    }


def _by_name(rows: Any) -> list[tuple[Any, str]]:
    language = language_of(get_language())
    named = [(row.pk, _name(row, language)) for row in rows]
    return [("", "—"), *sorted(named, key=lambda choice: sort_key(choice[1], language))]


def _name(row: Country | Organization, language: str) -> str:
    return row.name_in(language).text if isinstance(row, Country) else row.name
