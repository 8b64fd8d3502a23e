"""Who belongs to, chairs and serves a mechanism: recording it, changing it, saying that it ended, taking it away."""

from datetime import date
from typing import Any, cast

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from commitments.formats.collation import sort_key
from commitments.formats.language import Text, language_of, written_in
from commitments.formats.partial import PartialDate, Precision
from commitments.intake.fields import ChoiceField, NameField, ProseField, RowField
from commitments.mechanisms.belonging import Belonging, Said
from commitments.mechanisms.enums import AdherenceKind
from commitments.mechanisms.models import Adherence, Country, Organization, Presidency, Secretariat
from commitments.reporting.forms import LookedForm
from commitments.workspace.forms.days import known_day, precision_field
from commitments.workspace.forms.indicator import DayField, fifty_years_after, limit_days
from commitments.workspace.forms.milestone import DocumentedForm

SINCE = pgettext_lazy("first day of belonging, chairing or serving", "Since (optional)")
UNTIL = pgettext_lazy("last day of belonging, chairing or serving", "Until (optional)")
#: Days that are typed beside how exactly they are known.
DAYS = ("since", "until", "as_of")


def reason_field(label: str | Promise) -> NameField:
    """Why: everybody reads it."""
    return NameField(
        label=label, longest=500, error_messages={"required": gettext_lazy("Say why; the reason is public")}
    )


class BelongingForm(DocumentedForm):
    """One record: of whom, while it is new; since and until when; according to which document; then why it changes."""

    country = RowField(
        label=gettext_lazy("Country"),
        queryset=Country.objects.all(),
        error_messages={"required": gettext_lazy("Choose the country")},
    )
    since = DayField(label=SINCE, required=False)
    since_precision = precision_field()
    until = DayField(label=UNTIL, required=False)
    until_precision = precision_field()
    note = ProseField(
        label=gettext_lazy("Note (optional)"),
        longest=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    public_reason = reason_field(gettext_lazy("Public reason for the change"))
    own_texts: tuple[str, ...] = ("source_title", "note", "public_reason")
    holder = "country"
    #: What stands before the days and after them.
    above: tuple[Any, ...] = ()
    below: tuple[Any, ...] = ()

    def __init__(self, *args: Any, row: Belonging, **kwargs: Any) -> None:
        self.row = row
        super().__init__(*args, initial=_stored(row) if row.pk else {}, **kwargs)
        if isinstance(row, Secretariat):
            del self.fields["note"]
        elif row.pk:
            self._say_language(row)
        if row.pk:
            del self.fields[self.holder]
        else:
            del self.fields["public_reason"]
            field = cast("forms.ModelChoiceField[Any]", self.fields[self.holder])
            field.choices = _by_name(field.queryset)
        self.helper.layout = Layout(
            *(() if row.pk else (self.holder,)),
            *self.above,
            Row(Column("since"), Column("since_precision")),
            Row(Column("until"), Column("until_precision")),
            *self.below,
            Row(Column("source_title"), Column("source_url")),
            *(("note",) if "note" in self.fields else ()),
            *(("public_reason",) if row.pk else ()),
        )

    def _say_language(self, row: Adherence | Presidency) -> None:
        """Of a note in another language than the page's, that it is."""
        text = written_in(getattr(row, row.note_column), row.note_language, language_of(get_language()))
        if text.foreign:
            self.fields["note"].help_text = _(
                "It is in another language. If you change it, write in that of this page."
            )
            self.fields["note"].widget.attrs["lang"] = text.html_lang

    def said(self) -> Said:
        """The record as it was typed."""
        return Said(
            source=self.document(),
            since=self.day("since"),
            until=self.day("until"),
            kind=self.cleaned_data.get("kind", ""),
            as_of=self.day("as_of") if "as_of" in self.fields else None,
            note=Text(self.cleaned_data["note"], language_of(get_language()), False) if "note" in self.fields else None,
        )


class AdherenceForm(BelongingForm):
    """A country belongs to a mechanism: how, since when, according to what."""

    kind = ChoiceField(
        label=gettext_lazy("How does it belong?"),
        widget=forms.RadioSelect,
        choices=AdherenceKind.choices,
        error_messages={"required": gettext_lazy("Choose how it belongs")},
    )
    as_of = DayField(label=gettext_lazy("Date that the document speaks of (optional)"), required=False)
    as_of_precision = precision_field()
    above = ("kind",)
    below = (Row(Column("as_of"), Column("as_of_precision")),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["kind"]).choices = [
            (kind.value, kind.label) for kind in AdherenceKind if self._may_be(kind)
        ]

    def _may_be(self, kind: AdherenceKind) -> bool:
        """The Declaration is endorsed, never joined as a member; the other mechanisms have members."""
        other = AdherenceKind.MEMBER if self.row.mechanism.code == "LAD" else AdherenceKind.ENDORSING
        return kind != other or getattr(self.row, "kind", "") == other


class PresidencyForm(BelongingForm):
    """A turn of a country in the chair; one that is known to come may be recorded before it begins."""

    since = DayField(
        label=pgettext_lazy("first day of belonging, chairing or serving", "Since"),
        error_messages={"required": gettext_lazy("Enter the day on which the turn begins")},
    )


class SecretariatForm(BelongingForm):
    """An organization serves a mechanism as its technical secretariat."""

    country = None  # type: ignore[assignment]  # an organization serves
    organization = RowField(
        label=gettext_lazy("Organization"),
        queryset=Organization.objects.all(),
        error_messages={"required": gettext_lazy("Choose the organization")},
    )
    holder = "organization"


class EndForm(LookedForm):
    """Says until when it lasted, and why it ended."""

    until = DayField(
        label=pgettext_lazy("last day of belonging, chairing or serving", "Until"),
        error_messages={"required": gettext_lazy("Enter the day on which it ended")},
    )
    until_precision = precision_field()
    public_reason = reason_field(gettext_lazy("Public reason"))
    own_texts = ("public_reason",)

    def __init__(self, *args: Any, row: Belonging, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit_days(self, last=fifty_years_after(on))
        self.helper.layout = Layout(Row(Column("until"), Column("until_precision")), "public_reason")

    def end(self) -> PartialDate:
        """The end as exactly as it is known."""
        day = known_day(self.cleaned_data["until"], self.cleaned_data["until_precision"])
        assert day is not None  # noqa: S101  # the field is required
        return day


class TakeAwayForm(LookedForm):
    """Takes away what was recorded by mistake."""

    public_reason = reason_field(gettext_lazy("Public reason"))
    own_texts = ("public_reason",)

    def __init__(self, *args: Any, row: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out()


#: The form of each kind of record.
FORMS: dict[type[Belonging], type[BelongingForm]] = {
    Adherence: AdherenceForm,
    Presidency: PresidencyForm,
    Secretariat: SecretariatForm,
}


def _stored(row: Belonging) -> dict[str, Any]:
    """A record as its form shows it."""
    source, known = row.source, {}
    for name in DAYS:
        known[name] = getattr(row, name, None)
        known[f"{name}_precision"] = getattr(row, f"{name}_precision", "") or Precision.DAY.value
    return {
        **known,
        "kind": getattr(row, "kind", ""),
        "note": "" if isinstance(row, Secretariat) else getattr(row, row.note_column),
        "source_title": source.title if source else "",
        "source_url": source.url if source else "",
    }


def _by_name(rows: Any) -> list[tuple[Any, str]]:
    language = language_of(get_language())
    named = [(row.pk, row.name_in(language).text) for row in rows]
    return [("", "—"), *sorted(named, key=lambda choice: sort_key(choice[1], language))]
