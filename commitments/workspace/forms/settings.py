"""What the administrator decides: values, the day from which they hold, and why. Seen before it is saved."""

import re
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import Drawn
from commitments.intake.fields import FigureField, ManyChoicesField, ProseField
from commitments.mechanisms.models import OfficeSettings, Thresholds

FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)
#: The longest time before or after a date for a reminder, and how many reminders there may be on either side.
FURTHEST, MOST = 60, 6
#: Columns that are stored as parts of one and typed in percent.
SHARES = ("on_track_from", "at_risk_from", "early_share")
LISTS = ("early_reminders", "late_reminders", "meeting_reminders")


class DaysField(forms.CharField):
    """A list of days as people type it, "14, 3"; empty for none. Cleans to whole numbers, largest first if `before`."""

    default_error_messages = {
        "not_days": gettext_lazy("Enter whole numbers of days, with commas between them, for example 14, 3"),
        "out_of_range": gettext_lazy("Each number of days must be between 1 and %(most)d"),
        "too_many": gettext_lazy("Enter at most %(most)d numbers"),
        "twice": gettext_lazy("Enter each number once"),
    }

    def __init__(self, *, before: bool, **kwargs: Any) -> None:
        self.before = before
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Stored days as somebody would type them."""
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[int]:
        """The days. Raises ValidationError."""
        typed = [part for part in re.split(r"[\s,;]+", str(value or "").strip()) if part]
        if any(not re.fullmatch("[0-9]{1,9}", part) for part in typed):
            raise self._error("not_days")
        days = sorted((int(part) for part in typed), reverse=self.before)
        if any(not 1 <= count <= FURTHEST for count in days):
            raise self._error("out_of_range", most=FURTHEST)
        if len(days) > MOST:
            raise self._error("too_many", most=MOST)
        if len(set(days)) < len(days):
            raise self._error("twice")
        return days

    def _error(self, code: str, **params: int) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params)


class Decided(Drawn, forms.Form):
    """From which day, and why; with the mark of the values whose effect was shown."""

    valid_from = forms.DateField(
        label=gettext_lazy("In force from"),
        help_text=gettext_lazy("Today or later. Until then the values in force stay in force."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={
            "required": gettext_lazy("Enter the first day"),
            "invalid": gettext_lazy("Enter the day, month and year"),
        },
    )
    public_reason = ProseField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Public: it stands beside the values."),
        longest=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why; the reason is public")},
    )
    #: The columns that are decided.
    columns: tuple[str, ...] = ()

    def clean_valid_from(self) -> date:
        """A day in the years that settings can speak of; whether it has passed is the action's to say."""
        day: date = self.cleaned_data["valid_from"]
        if not FIRST <= day <= LAST:
            raise ValidationError(_("Enter a day between the years 2000 and 2100"), code="out_of_range")
        return day

    def values(self) -> dict[str, Any]:
        """The columns as decided."""
        return {name: self.cleaned_data[name] for name in ("valid_from", *self.columns)}

    @property
    def mark(self) -> str:
        """A mark of these values: the form that saves them carries it, so that nothing is saved unseen."""
        seen = [self.cleaned_data[name] for name in ("valid_from", *self.columns)]
        return sha256(repr(seen).encode()).hexdigest()[:16]

    @property
    def is_confirmed(self) -> bool:
        """Whether exactly these values were shown with their effect before."""
        return "save" in self.data and self.data.get("shown") == self.mark


class TakeBackForm(Drawn, forms.Form):
    """Why announced settings are not to begin."""

    why = ProseField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It stands in the log of changes."),
        longest=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why they are taken back")},
    )


def _percent(label: Any, help_text: Any) -> FigureField:
    return FigureField(label=label, help_text=help_text, unit=gettext_lazy("per cent"), places=1)


def _days(label: Any, help_text: Any = "") -> FigureField:
    return FigureField(label=label, help_text=help_text, unit=gettext_lazy("days"))


class ThresholdsForm(Decided):
    """The thresholds of a mechanism."""

    on_track_from = _percent(
        gettext_lazy("On track from (%)"), gettext_lazy("Part of what was expected by the date of the figure.")
    )
    at_risk_from = _percent(gettext_lazy("At risk from (%)"), gettext_lazy("Below it: off track."))
    early_share = _percent(
        gettext_lazy("Early part of the time (%)"),
        gettext_lazy("Within it a figure that is not worse than the start is on track."),
    )
    end_window_days = _days(
        gettext_lazy("Window around the target date (days)"),
        gettext_lazy("How far from the target date a figure may lie that decides whether the target was reached."),
    )
    milestone_grace_days = _days(
        gettext_lazy("Delay of a milestone (days)"), gettext_lazy("Late by up to this: at risk. Later: off track.")
    )
    columns = ("on_track_from", "at_risk_from", "early_share", "end_window_days", "milestone_grace_days")
    field_order = (*columns, "valid_from", "public_reason")

    @classmethod
    def start(cls, row: Thresholds) -> dict[str, Any]:
        """Stored values as the form shows them: parts of one in percent."""
        fields = [field for field in Thresholds._meta.concrete_fields if field.name in cls.columns]
        stored = {field.name: field.to_python(getattr(row, field.name)) for field in fields}
        return {name: value * 100 if name in SHARES else value for name, value in stored.items()}

    def clean(self) -> dict[str, Any]:
        """Percent as parts of one, in order and within reason."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        for name in SHARES:
            if name in typed and not 0 < typed[name] <= 100:
                self.add_error(name, _("Enter a figure above 0 and up to 100"))
            elif name in typed:
                typed[name] = (typed[name] / 100).quantize(Decimal("0.001"))
        for name in ("end_window_days", "milestone_grace_days"):
            if name in typed and not 0 <= typed[name] <= 366:
                self.add_error(name, _("Enter a number of days between 0 and 366"))
            elif name in typed:
                typed[name] = int(typed[name])
        high, low = typed.get("on_track_from"), typed.get("at_risk_from")
        if high is not None and low is not None and high <= low:
            self.add_error("at_risk_from", _("“At risk” must begin below “On track”"))
        if typed.get("early_share") is not None and typed["early_share"] > Decimal("0.5"):
            self.add_error("early_share", _("The early part can be at most half of the time"))
        return typed


class OfficeForm(Decided):
    """Days for review and answers, reminders, languages."""

    review_days = FigureField(
        label=gettext_lazy("Working days for a review"),
        help_text=gettext_lazy("Working days in which the secretariat means to review what is sent in."),
        unit=gettext_lazy("days"),
    )
    answer_days = FigureField(
        label=gettext_lazy("Days for an answer"),
        help_text=gettext_lazy("Days to answer a question, unless another date is set with it."),
        unit=gettext_lazy("days"),
    )
    early_reminders = DaysField(label=gettext_lazy("Days before a due date with a reminder (optional)"), before=True)
    late_reminders = DaysField(label=gettext_lazy("Days after a due date with a reminder (optional)"), before=False)
    meeting_reminders = DaysField(label=gettext_lazy("Days before a meeting with a reminder (optional)"), before=True)
    languages = ManyChoicesField(
        label=gettext_lazy("Languages of the summaries"),
        help_text=gettext_lazy("Languages in which a published summary is expected before a cycle is closed."),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose at least one language"),
            "invalid_choice": gettext_lazy("Choose from the languages shown"),
        },
    )
    public_reason = ProseField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Kept beside the values and in the log of changes; these are not on a public page."),
        longest=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why this is decided")},
    )
    columns = ("review_days", "answer_days", *LISTS, "languages")
    field_order = (*columns, "valid_from", "public_reason")

    @classmethod
    def start(cls, row: OfficeSettings) -> dict[str, Any]:
        """Stored values as the form shows them."""
        return {name: getattr(row, name) for name in cls.columns}

    def values(self) -> dict[str, Any]:
        """The columns as decided, with the reason, which is a column too."""
        return {**super().values(), "reason": self.cleaned_data["public_reason"]}

    def clean_languages(self) -> list[str]:
        """The languages in their usual order, however the form sent them."""
        return [code for code, _name in settings.LANGUAGES if code in self.cleaned_data["languages"]]

    def clean(self) -> dict[str, Any]:
        """Days within reason."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        for name, most in (("review_days", 60), ("answer_days", 90)):
            if name in typed and not 1 <= typed[name] <= most:
                self.add_error(name, _("Enter a number of days between 1 and %(most)d") % {"most": most})
            elif name in typed:
                typed[name] = int(typed[name])
        return typed
