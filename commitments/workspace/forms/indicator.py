"""A new indicator: what is counted, how, from where and to where."""

from datetime import date, timedelta
from typing import Any

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from commitments.formats.language import language_of, translated
from commitments.formats.partial import PartialDate
from commitments.indicators.enums import Counting, Direction
from commitments.indicators.models import Indicator
from commitments.indicators.proposals import Proposal
from commitments.indicators.smart import Drafted
from commitments.indicators.terms import CADENCES
from commitments.intake.fields import ChoiceField, FigureField, NameField, ProseField
from commitments.register.enums import Horizon
from commitments.reporting.forms import LookedForm
from commitments.workspace.forms.written import name_language

DIRECTIONS = (
    (Direction.INCREASE.value, pgettext_lazy("direction of an indicator", "More is better")),
    (Direction.DECREASE.value, pgettext_lazy("direction of an indicator", "Less is better")),
)
COUNTINGS = (
    (Counting.CUMULATIVE.value, pgettext_lazy("counting of an indicator", "Running total since the start")),
    (Counting.STOCK.value, pgettext_lazy("counting of an indicator", "Level at a date")),
    (Counting.FLOW.value, pgettext_lazy("counting of an indicator", "Amount in a period")),
)


def day_input() -> forms.DateInput:
    """A date field that every browser understands."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day of a record: none before 1900, none so far ahead that it can only be a slip."""

    default_error_messages = {
        "invalid": gettext_lazy("Enter the day, month and year"),
        "out_of_range": gettext_lazy("Check the year of this date: %(year)s"),
    }
    first = date(1900, 1, 1)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=day_input(), **kwargs)
        self.last = date.max

    def clean(self, value: Any) -> date | None:
        """The day, or None. Raises ValidationError."""
        day: date | None = super().clean(value)
        if day is not None and not self.first <= day <= self.last:
            raise ValidationError(
                self.error_messages["out_of_range"], code="out_of_range", params={"year": str(day.year)}
            )
        return day


def limit_days(form: forms.Form, *, last: date) -> None:
    """Refuse days after `last` in every day field of a form."""
    for field in form.fields.values():
        if isinstance(field, DayField):
            field.last = last


def fifty_years_after(on: date) -> date:
    """As far ahead as a commitment or target may lie."""
    return on + timedelta(days=18262)


class WholeFirstField(FigureField):
    """A figure of something not known yet: read as whole where that is possible, with decimals where it is not.

    "5,000" on an English page is five thousand, "12.5" has a decimal; "5.000" is still asked about: there is nothing to
    choose from beside it, so the sentence says what to type.
    """

    default_error_messages = {
        # Translators: what was typed, then two ways to write what was meant: "You wrote 4.000. Type 4000 or 4"
        "ambiguous_thousand": gettext_lazy("You wrote %(typed)s. Type %(whole)s or %(plain)s"),
    }

    def clean(self, value: Any) -> Any:
        """The Decimal, or None. Raises ValidationError."""
        try:
            return FigureField(
                unit=self.unit, places=0, required=self.required, error_messages=self.error_messages
            ).clean(value)
        except ValidationError as problem:
            if problem.code == "too_precise":
                return super().clean(value)
            raise

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare figures as they are read here."""
        try:
            return bool(self.clean(data) != initial)
        except ValidationError:
            return True


class ProposalForm(LookedForm):
    """Proposes an indicator; after `is_valid()` the proposal is in `proposal()`."""

    title = NameField(
        label=gettext_lazy("What is measured?"),
        longest=300,
        error_messages={"required": gettext_lazy("Say what is measured")},
    )
    unit = NameField(
        label=gettext_lazy("What is counted?"),
        help_text=gettext_lazy("One word or two, for example: people, visas, permits"),
        longest=80,
        error_messages={"required": gettext_lazy("Say what is counted, for example: people")},
    )
    counting = ChoiceField(
        label=gettext_lazy("How is it counted?"), choices=COUNTINGS, widget=forms.RadioSelect, initial="cumulative"
    )
    direction = ChoiceField(
        label=gettext_lazy("Which way is better?"), choices=DIRECTIONS, widget=forms.RadioSelect, initial="increase"
    )
    horizon = ChoiceField(
        label=gettext_lazy("Horizon (optional)"), choices=[("", "—"), *Horizon.choices], required=False
    )
    cadence = ChoiceField(
        label=gettext_lazy("How often is it reported? (optional)"),
        choices=[("", "—"), *CADENCES.items()],
        required=False,
    )
    definition = ProseField(
        label=gettext_lazy("What to count (optional)"),
        longest=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    baseline = WholeFirstField(label=gettext_lazy("Starting value (optional)"), places=4, required=False)
    baseline_on = DayField(label=gettext_lazy("Date of the starting value"), required=False)
    target = WholeFirstField(label=gettext_lazy("Target (optional)"), places=4, required=False)
    target_on = DayField(label=gettext_lazy("Date of the target"), required=False)

    own_texts = ("title", "unit", "definition")

    def __init__(
        self, *args: Any, on: date, is_optional: bool = False, indicator: Indicator | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        limit_days(self, last=fifty_years_after(on))
        name_language(self, *self.own_texts, row=indicator)
        self.is_optional = is_optional
        if is_optional:
            for name in ("title", "unit", "counting", "direction"):
                self.fields[name].required = False
        self.helper.layout = Layout(
            "title",
            "unit",
            "counting",
            "direction",
            "definition",
            Fieldset(_("From where, to where"), Row(Column("baseline"), Column("baseline_on"))),
            Row(Column("target"), Column("target_on")),
            Row(Column("cadence"), Column("horizon")),
        )

    @property
    def is_empty(self) -> bool:
        """Whether an optional part was left out altogether."""
        told = ("title", "unit", "definition", "baseline", "baseline_on", "target", "target_on")
        return self.is_optional and not any(self.cleaned_data.get(name) for name in told)

    def clean(self) -> dict[str, Any]:
        """A starting value needs its date; an optional part is whole or left out."""
        data = super().clean() or {}
        if data.get("baseline") is not None and data.get("baseline_on") is None:
            self.add_error("baseline_on", ValidationError(_("Enter the date of the starting value"), code="required"))
        self._refuse_wrong_end(data)
        if self.is_optional and not self.is_empty:
            for name, words in (("title", _("Say what is measured")), ("unit", _("Say what is counted"))):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, ValidationError(words, code="required"))
        return data

    def _refuse_wrong_end(self, data: dict[str, Any]) -> None:
        """A target lies after its starting value, and is not worse than it."""
        start, end = data.get("baseline_on"), data.get("target_on")
        if start is not None and end is not None and end <= start:
            words = _("The target date must lie after the date of the starting value")
            self.add_error("target_on", ValidationError(words, code="ends_before_it_starts"))
        baseline, target = data.get("baseline"), data.get("target")
        if baseline is None or target is None or data.get("counting") == Counting.FLOW:
            return
        if baseline < target if data.get("direction") == Direction.DECREASE else target < baseline:
            words = _("The target is worse than the starting value: check both figures, and which way is better")
            self.add_error("target", ValidationError(words, code="against_direction"))

    def drafted(self, *, who: str, reporter: str) -> Drafted:
        """What the proposal says so far, however little was typed. `who` made the commitment, `reporter` reports."""
        if self.is_bound:
            self.is_valid()
        data = self.cleaned_data if self.is_bound else {}
        return Drafted(
            who=who,
            measured=data.get("definition") or self._on_record("definition"),
            unit=data.get("unit") or self._on_record("unit"),
            target=data.get("target"),
            target_on=_partial(data.get("target_on")),
            baseline=data.get("baseline"),
            baseline_on=_partial(data.get("baseline_on")),
            reporter=reporter,
            cadence=data.get("cadence") or "",
        )

    def _on_record(self, name: str) -> str:
        """A text of the indicator in another language than the page's; one of the page's stands in the form."""
        found = translated(self.indicator, name, language_of(get_language()))
        return found.text if found.foreign else ""

    def proposal(self) -> Proposal:
        """The proposal, in the language of the page it was written on."""
        data = self.cleaned_data
        return Proposal(
            title=data["title"],
            unit=data["unit"],
            language=get_language() or "en",
            direction=data["direction"] or Direction.INCREASE.value,
            counting=data["counting"] or Counting.CUMULATIVE.value,
            definition=data["definition"],
            horizon=data["horizon"],
            cadence=data["cadence"],
            baseline=data["baseline"],
            baseline_date=_partial(data["baseline_on"]),
            target=data["target"],
            target_date=_partial(data["target_on"]),
        )


def _partial(day: date | None) -> PartialDate | None:
    return PartialDate(day) if day else None
