"""What the secretariat types about a cycle: its dates, more time for one, the reason for closing with gaps."""

from datetime import date, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from commitments.formats.dates import long_date
from commitments.formats.language import LANGUAGES, language_of
from commitments.formats.partial import PartialDate, Precision
from commitments.intake.fields import ChoiceField, NameField, ProseField, RowField
from commitments.mechanisms.models import Mechanism
from commitments.reporting.forms.review import LookedForm
from commitments.reporting.models import ReportingCycle

#: No cycle lies further away than this; another year is a slip.
FARTHEST = timedelta(days=5 * 366)
DATES = ("period_start", "period_end", "opens_on", "due_on", "closes_on")


def _day(label: Any, required: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": required, "invalid": gettext_lazy("Enter a date, for example 2026-11-30")},
    )


class CycleForm(forms.Form):
    """A cycle's mechanism, dates and names; every name that is left empty is the month in which it is due."""

    mechanism = RowField(
        label=gettext_lazy("Mechanism"),
        queryset=Mechanism.objects.none(),
        to_field_name="code",
        error_messages={"required": gettext_lazy("Choose the mechanism")},
    )
    period_start = _day(gettext_lazy("First day of the period"), gettext_lazy("Enter the first day of the period"))
    period_end = _day(gettext_lazy("Last day of the period"), gettext_lazy("Enter the last day of the period"))
    opens_on = _day(
        gettext_lazy("Opens on"),
        gettext_lazy("Enter the day on which it opens"),
        gettext_lazy("The first day for reports and reminders."),
    )
    due_on = _day(
        gettext_lazy("Due on"),
        gettext_lazy("Enter the due date"),
        gettext_lazy("This day is included: what comes on it is in time."),
    )
    closes_on = _day(
        gettext_lazy("Closes on"),
        gettext_lazy("Enter the day on which it closes"),
        gettext_lazy("The last day for a late report, and for an extension."),
    )
    asks_groups = forms.BooleanField(label=gettext_lazy("Working groups report too"), required=False)
    name_en = NameField(label=gettext_lazy("Name in English"), longest=120, required=False)
    name_es = NameField(label=gettext_lazy("Name in Spanish"), longest=120, required=False)
    name_pt = NameField(label=gettext_lazy("Name in Portuguese"), longest=120, required=False)
    name_fr = NameField(label=gettext_lazy("Name in French"), longest=120, required=False)

    def __init__(
        self, *args: Any, on: date, is_new: bool = True, extended: tuple[str, date] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        #: Who was given the most time, and until when.
        self.extended = extended
        mechanism = self.fields["mechanism"]
        assert isinstance(mechanism, forms.ModelChoiceField)  # noqa: S101  # declared above
        mechanism.queryset = Mechanism.objects.order_by("code")
        mechanism.label_from_instance = lambda row: str(row.name_in(language_of(get_language())))  # type: ignore[method-assign, assignment]
        if not is_new:
            del self.fields["mechanism"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        first = ["mechanism"] if is_new else []
        self.helper.layout = Layout(
            *first,
            Row(Column("period_start"), Column("period_end")),
            Row(Column("opens_on"), Column("due_on"), Column("closes_on")),
            "asks_groups",
            Row(Column("name_en"), Column("name_es")),
            Row(Column("name_pt"), Column("name_fr")),
        )

    def clean(self) -> dict[str, Any]:
        """Dates in their order, and none so far away that it can only be a slip."""
        data: dict[str, Any] = super().clean() or {}
        for name in DATES:
            day = data.get(name)
            if day is not None and abs(day - self.on) > FARTHEST:
                self.add_error(name, _("Check the year of this date: %(year)s") % {"year": day.year})
        self._in_order("period_start", "period_end", _("The period must end on or after its first day"))
        self._in_order("opens_on", "due_on", _("The due date must lie on or after the day on which it opens"))
        self._in_order("due_on", "closes_on", _("It must close on or after the due date"))
        if self.extended and data.get("closes_on") and data["closes_on"] < self.extended[1]:
            self.refuse_closing(*self.extended)
        return data

    def refuse_closing(self, who: str, until: date) -> None:
        """Say that it cannot close before a day that somebody was promised."""
        told = {"who": who, "day": long_date(until, language_of(get_language()))}
        problem = _("It must close on %(day)s or later; until then there is an extension for: %(who)s")
        self.add_error("closes_on", problem % told)

    def _in_order(self, earlier: str, later: str, problem: str) -> None:
        data = self.cleaned_data
        if data.get(earlier) and data.get(later) and data[later] < data[earlier]:
            self.add_error(later, problem)

    def columns(self) -> dict[str, Any]:
        """The answers as columns of a cycle."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "mechanism"}
        month = PartialDate(data["due_on"].replace(day=1), Precision.MONTH)
        for language in LANGUAGES:
            data[f"name_{language}"] = data[f"name_{language}"] or _capital(long_date(month, language))
        return data

    def cycle(self) -> ReportingCycle:
        """The cycle as typed, not stored; its address says the mechanism and the month in which it is due."""
        mechanism, columns = self.cleaned_data["mechanism"], self.columns()
        stem = f"{mechanism.slug}-{columns['due_on']:%Y-%m}"
        taken = set(ReportingCycle.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
        numbers = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
        return ReportingCycle(mechanism=mechanism, slug=next(s for s in numbers if s not in taken), **columns)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class ExtensionForm(LookedForm):
    """More time for one country or group."""

    who = ChoiceField(
        label=gettext_lazy("For whom"), error_messages={"required": gettext_lazy("Choose a country or group")}
    )
    due_on = _day(gettext_lazy("New due date"), gettext_lazy("Enter the new due date"))
    reason = ProseField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Published on the page of the cycle."),
        longest=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why; the reason is public")},
    )
    own_texts = ("reason",)

    def __init__(self, *args: Any, offered: list[tuple[str, str, date]], closes_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.due = {key: due_on for key, _name, due_on in offered}
        self.closes_on = closes_on
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)  # noqa: S101  # declared above
        who.choices = [("", _("Choose")), *((key, name) for key, name, _due in offered)]
        self.lay_out()

    def clean(self) -> dict[str, Any]:
        """A day after the date that holds now, and before the cycle closes."""
        data: dict[str, Any] = super().clean() or {}
        day, who = data.get("due_on"), data.get("who")
        if day and who and not self.due[who] < day <= self.closes_on:
            self.refuse_day()
        return data

    def refuse_day(self) -> None:
        """Say that the date gives no more time, also where that shows in the moment of saving."""
        self.add_error("due_on", _("The new date must be later than the old one, and not after the cycle closes"))


class ClosingForm(LookedForm):
    """Why a cycle is closed although something is missing."""

    reason = ProseField(
        label=gettext_lazy("Why it is closed all the same"),
        help_text=gettext_lazy("Published with the snapshot."),
        required=False,
        longest=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    own_texts = ("reason",)

    def __init__(self, *args: Any, wants_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if wants_reason:
            self.fields["reason"].required = True
            self.fields["reason"].error_messages["required"] = _("Say why it is closed although something is missing")
        else:
            del self.fields["reason"]
        self.lay_out()
