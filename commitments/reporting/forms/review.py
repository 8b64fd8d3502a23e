"""What the secretariat writes when it decides on something sent in."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commitments.intake.fields import ChoiceField, NameField, ProseField
from commitments.intake.personal import Suspicion, suspicions

FIELDS = (
    ("value", pgettext_lazy("field of a figure", "Value")),
    ("as_of", pgettext_lazy("field of a figure", "Date")),
    ("source", pgettext_lazy("field of a figure", "Source")),
    ("reason", pgettext_lazy("field of a figure", "Reason")),
)
#: How long a focal point has to answer, unless the secretariat says otherwise.
ANSWER_DAYS = 7
#: No question waits longer for its answer.
LONGEST_WAIT = timedelta(days=366)


def plain_helper() -> FormHelper:
    """The fields alone: the form around them stands in the template."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


class ReturnForm(forms.Form):
    """A question at one field, and the date to answer by."""

    question = ProseField(
        label=_("Your question"),
        longest=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the question")},
    )
    field = ChoiceField(label=_("About"), choices=FIELDS)
    due_on = forms.DateField(
        label=_("Answer by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Enter the date to answer by"), "invalid": _("Enter the day, month and year")},
    )

    def __init__(self, *args: Any, on: date, answer_days: int = ANSWER_DAYS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.initial.setdefault("due_on", on + timedelta(days=answer_days))
        self.helper = plain_helper()

    def clean_due_on(self) -> date:
        """A day that lies ahead."""
        day: date = self.cleaned_data["due_on"]
        if problem := _problem_of_day(day, self.on):
            raise ValidationError(problem, code="day")
        return day


def _problem_of_day(day: date, on: date) -> str:
    """What is wrong with a day to answer by, if anything: a slip of the year would stop every reminder about it."""
    if day <= on:
        return str(_("The date to answer by must lie ahead"))
    return str(_("The date to answer by lies more than a year ahead")) if day > on + LONGEST_WAIT else ""


class LookedForm(forms.Form):
    """What is about to be published, with a second look at anything that may be about a person.

    `text` is what others wrote; `own_texts` name the fields of this form that are published too.
    """

    looked = forms.BooleanField(required=False, label=_("I have looked at it: it may be published"))
    own_texts: tuple[str, ...] = ()

    def __init__(self, *args: Any, text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text = text
        self.helper = plain_helper()
        self.fields["looked"] = self.fields.pop("looked")

    def lay_out(self) -> None:
        """One field below the other; the box stands apart, with what was found (`reporting/_looked.html`)."""
        self.helper.layout = Layout(*(name for name in self.fields if name != "looked"))

    @property
    def found(self) -> list[Suspicion]:
        """What may be about a person in the texts as they stand."""
        typed = [str(self[name].value() or "") for name in self.own_texts if name in self.fields]
        return suspicions("\n".join([self.text, *typed]))

    def clean(self) -> dict[str, Any]:
        """Refuse to publish what nobody has looked at."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.found and not cleaned.get("looked"):
            self.add_error("looked", _("Look at what may be about a person, then tick the box"))
        return cleaned


class ReportReviewForm(LookedForm):
    """A decision on a report: questions at its places with a date to answer by, or none and a second look.

    `places` are the names and labels of the places; what is refused depends on the `decision` that was pressed.
    """

    due_on = forms.DateField(
        label=_("Answer by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter the day, month and year")},
    )

    def __init__(
        self,
        *args: Any,
        places: Sequence[tuple[str, str]],
        on: date,
        decision: str = "",
        answer_days: int = ANSWER_DAYS,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on, self.decision = on, decision
        self.initial.setdefault("due_on", on + timedelta(days=answer_days))
        self.places = [name for name, _label in places]
        for name, label in places:
            widget = forms.Textarea(attrs={"rows": 3})
            field = ProseField(label=label, longest=1000, required=False, widget=widget)
            self.fields[name] = field

    @property
    def asked(self) -> dict[str, str]:
        """The questions written, by the name of their place."""
        return {name: text for name in self.places if (text := self.cleaned_data.get(name, "").strip())}

    def clean(self) -> dict[str, Any]:
        """A return needs a question and a day that lies ahead; an approval, that none is left standing."""
        if self.decision == "publish":
            super().clean()
        if self.decision == "return":
            self._clean_return()
        else:
            for name in self.asked:
                self.add_error(name, _("You wrote a question here: return the report with it, or clear it"))
        return self.cleaned_data

    def _clean_return(self) -> None:
        if not self.asked and not any(name in self.errors for name in self.places):
            self.add_error(self.places[0], _("Write the question"))
        day = self.cleaned_data.get("due_on")
        if day is None and "due_on" not in self.errors:
            self.add_error("due_on", _("Enter the date to answer by"))
        elif day is not None and (problem := _problem_of_day(day, self.on)):
            self.add_error("due_on", problem)


class PublishForm(LookedForm):
    """A decision to publish, with a remark for the public history."""

    public_reason = NameField(
        longest=1000,
        required=False,
        label=_("Public remark (optional)"),
        help_text=_("Stands in the public history beside this figure."),
    )
    own_texts = ("public_reason",)
    field_order = ("public_reason", "looked")
