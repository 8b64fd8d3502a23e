"""A change of a definition, baseline or target, as a country, group or the secretariat proposes it."""

from datetime import date
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from commitments.formats.language import language_of
from commitments.formats.partial import PartialDate
from commitments.indicators.enums import Qualifier, RevisionSubject
from commitments.indicators.facts import WaypointFact
from commitments.indicators.proposed import Proposed, problem_of
from commitments.indicators.queries import IndicatorReading
from commitments.indicators.terms import CADENCES, COUNTINGS, DIRECTIONS
from commitments.intake.fields import AddressField, ChoiceField, NameField, ProseField
from commitments.register.enums import Horizon
from commitments.reporting.forms import LookedForm
from commitments.sources.models import Source
from commitments.workspace.forms.days import known_day, precision_field
from commitments.workspace.forms.indicator import DayField, WholeFirstField, fifty_years_after, limit_days
from commitments.workspace.forms.written import name_language

#: How many interim targets the form has room for.
WAYPOINTS = 4
LEVEL_WORDS = (
    (Qualifier.EXACT.value, pgettext_lazy("word before a figure", "exactly this")),
    (Qualifier.AT_LEAST.value, pgettext_lazy("word before a figure", "at least")),
    (Qualifier.MORE_THAN.value, pgettext_lazy("word before a figure", "more than")),
    (Qualifier.ABOUT.value, pgettext_lazy("word before a figure", "about")),
    (Qualifier.NEARLY.value, pgettext_lazy("word before a figure", "nearly")),
    (Qualifier.UP_TO.value, pgettext_lazy("word before a figure", "up to")),
)
TARGET_WORDS = (
    *LEVEL_WORDS,
    (Qualifier.RANGE.value, pgettext_lazy("word before a figure", "between two figures")),
    (Qualifier.MULTIPLE.value, pgettext_lazy("word before a figure", "times the starting value")),
)
_PROBLEMS = {
    "backwards": (
        "takes_effect_on",
        gettext_lazy("Choose today or a later day: no status of the days before is worked out again"),
    ),
    "no_value": ("value", gettext_lazy("Enter the figure")),
    "no_date": ("day", gettext_lazy("Enter the date of the starting value")),
    "unchanged": (None, gettext_lazy("Nothing differs from what is in force. Change what should be different")),
    "ends_before_it_starts": ("day", gettext_lazy("The target date must lie after the date of the starting value")),
    "against_direction": (
        None,
        gettext_lazy("The target is worse than the starting value: check both figures, and which way is better"),
    ),
    "waypoints": (
        None,
        gettext_lazy(
            "An interim target runs against the direction, or does not lie between the starting date and the target "
            "date. Correct it or take it out"
        ),
    ),
}


class RevisionForm(LookedForm):
    """What every proposed change has: from when, why, and the document it rests on."""

    subject: RevisionSubject
    takes_effect_on = DayField(
        label=gettext_lazy("From which day?"),
        help_text=gettext_lazy("Today or later. Until then the one in force holds; nothing is changed backwards."),
        error_messages={"required": gettext_lazy("Enter the day from which it holds")},
    )
    reason = ProseField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Published with the change."),
        longest=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why; the reason is public")},
    )
    source_title = NameField(label=gettext_lazy("Document (optional)"), longest=500, required=False)
    source_url = AddressField(label=gettext_lazy("Link (optional)"), required=False)

    own_texts: tuple[str, ...] = ("reason", "source_title")

    def __init__(self, *args: Any, reading: IndicatorReading, on: date, returned: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reading, self.on = reading, on
        limit_days(self, last=fifty_years_after(on))
        self.fields["takes_effect_on"].initial = on
        last: list[Any] = [Fieldset(_("Document"), Row(Column("source_title"), Column("source_url")))]
        if returned:
            self.fields["answer"] = ProseField(
                label=_("Your answer to the question"),
                longest=1000,
                widget=forms.Textarea(attrs={"rows": 3}),
                error_messages={"required": _("Answer the question")},
            )
            last.append("answer")
        self.helper.layout = Layout(*self.parts(), "takes_effect_on", "reason", *last)
        self.order_fields([place.name for place in self.helper.layout.get_field_names()])

    def parts(self) -> list[Any]:
        """The fields of the subject itself."""
        raise NotImplementedError

    def said(self) -> dict[str, Any]:
        """What the subject's fields say, as parts of `Proposed`."""
        raise NotImplementedError

    def proposed(self) -> Proposed:
        """The change as it reads, also while it is being typed."""
        data = self.cleaned_data
        title = data.get("source_title", "")
        source = Source(title=title, url=data.get("source_url", ""), language=_language()) if title else None
        return Proposed(
            subject=self.subject,
            takes_effect_on=data.get("takes_effect_on") or self.on,
            reason=data.get("reason", ""),
            source=source,
            **self.said(),
        )

    def clean(self) -> dict[str, Any]:
        """Refuse what could not come into force, at the field that says it."""
        data = self.cleaned_data
        if data.get("source_url") and not data.get("source_title"):
            self.add_error("source_title", ValidationError(_("Say which document the link leads to"), code="required"))
        if not self.errors:
            code = problem_of(self.proposed(), self.reading.facts, self.reading.indicator, self.on)
            if code:
                name, words = _PROBLEMS[code]
                self.add_error(name, ValidationError(words, code=code))
        return super().clean()


class BaselineForm(RevisionForm):
    """Another starting value, or another date of it."""

    subject = RevisionSubject.BASELINE
    qualifier = ChoiceField(label=gettext_lazy("Word before the figure"), choices=LEVEL_WORDS, required=False)
    value = WholeFirstField(label=gettext_lazy("Starting value"), unit=gettext_lazy("starting value"), places=4)
    day = DayField(
        label=gettext_lazy("Date of the starting value"),
        error_messages={"required": gettext_lazy("Enter the date of the starting value")},
    )
    precision = precision_field()

    def parts(self) -> list[Any]:
        """The figure and its date."""
        return [Row(Column("qualifier"), Column("value")), Row(Column("day"), Column("precision"))]

    def said(self) -> dict[str, Any]:
        """The starting value with its date."""
        data = self.cleaned_data
        return {
            "value": data.get("value"),
            "qualifier": Qualifier(data.get("qualifier") or Qualifier.EXACT.value),
            "day": known_day(data.get("day"), data.get("precision", "")),
        }


class TargetForm(RevisionForm):
    """Another target, another date by which to reach it, or other interim targets."""

    subject = RevisionSubject.TARGET
    qualifier = ChoiceField(label=gettext_lazy("Word before the figure"), choices=TARGET_WORDS, required=False)
    value = WholeFirstField(label=gettext_lazy("Target"), unit=gettext_lazy("target"), places=4)
    value_max = WholeFirstField(
        label=gettext_lazy("Upper figure (only between two figures)"),
        unit=gettext_lazy("upper figure"),
        places=4,
        required=False,
    )
    day = DayField(label=gettext_lazy("Date of the target (optional)"), required=False)
    precision = precision_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, WAYPOINTS + 1):
            self.fields[f"point_{n}_on"] = DayField(label=_("Date %(number)s") % {"number": n}, required=False)
            self.fields[f"point_{n}"] = WholeFirstField(
                label=_("Figure %(number)s") % {"number": n}, unit=_("interim target"), places=4, required=False
            )
        limit_days(self, last=fifty_years_after(self.on))

    def parts(self) -> list[Any]:
        """The figure, its date, the interim targets."""
        rows = [Row(Column(f"point_{n}_on"), Column(f"point_{n}")) for n in range(1, WAYPOINTS + 1)]
        return [
            Row(Column("qualifier"), Column("value")),
            "value_max",
            Row(Column("day"), Column("precision")),
            Fieldset(_("Interim targets (optional)"), *rows),
        ]

    def clean(self) -> dict[str, Any]:
        """A range has two ends in order; an interim target has a date and a figure."""
        data = self.cleaned_data
        if data.get("qualifier") == Qualifier.RANGE.value and data.get("value") is not None:
            upper = data.get("value_max")
            if upper is None or upper < data["value"]:
                self.add_error("value_max", ValidationError(_("Enter the upper figure, not below the lower one")))
        for number in range(1, WAYPOINTS + 1):
            on, value = data.get(f"point_{number}_on"), data.get(f"point_{number}")
            if on is not None and value is None and f"point_{number}" not in self.errors:
                self.add_error(f"point_{number}", ValidationError(_("Enter the figure for this date")))
            if value is not None and on is None and f"point_{number}_on" not in self.errors:
                self.add_error(f"point_{number}_on", ValidationError(_("Enter the date of this figure")))
        return super().clean()

    def said(self) -> dict[str, Any]:
        """The target with its date and the interim targets."""
        data = self.cleaned_data
        value: Decimal | None = data.get("value")
        is_range = data.get("qualifier") == Qualifier.RANGE.value
        points = [(data.get(f"point_{n}_on"), data.get(f"point_{n}")) for n in range(1, WAYPOINTS + 1)]
        return {
            "value": None if is_range else value,
            "value_min": value if is_range else None,
            "value_max": data.get("value_max") if is_range else None,
            "qualifier": Qualifier(data.get("qualifier") or Qualifier.EXACT.value),
            "day": known_day(data.get("day"), data.get("precision", "")),
            "waypoints": tuple(
                WaypointFact(PartialDate(on), figure) for on, figure in points if on and figure is not None
            ),
        }


class DefinitionForm(RevisionForm):
    """Other words for what is measured, or another way of counting it; texts in the language of the page."""

    subject = RevisionSubject.DEFINITION
    title = NameField(
        label=gettext_lazy("What is measured?"),
        longest=300,
        error_messages={"required": gettext_lazy("Say what is measured")},
    )
    unit = NameField(
        label=gettext_lazy("What is counted?"),
        longest=80,
        error_messages={"required": gettext_lazy("Say what is counted, for example: people")},
    )
    definition = ProseField(
        label=gettext_lazy("What to count (optional)"),
        longest=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    counting = ChoiceField(label=gettext_lazy("How is it counted?"), choices=list(COUNTINGS.items()))
    direction = ChoiceField(label=gettext_lazy("Which way is better?"), choices=list(DIRECTIONS.items()))
    cadence = ChoiceField(
        label=gettext_lazy("How often is it reported? (optional)"),
        choices=[("", "—"), *CADENCES.items()],
        required=False,
    )
    horizon = ChoiceField(
        label=gettext_lazy("Horizon (optional)"), choices=[("", "—"), *Horizon.choices], required=False
    )
    own_texts = (*RevisionForm.own_texts, "title", "unit", "definition")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_language(self, "title", "unit", "definition", row=self.reading.indicator)
        del self.fields["takes_effect_on"]
        self.helper.layout.fields.remove("takes_effect_on")
        cadence, field = self.reading.indicator.cadence, self.fields["cadence"]
        if cadence and cadence not in CADENCES:
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
            field.choices = [*field.choices, (cadence, cadence)]  # type: ignore[misc]

    def parts(self) -> list[Any]:
        """The texts, the way of counting, how often."""
        return [
            "title",
            "unit",
            "definition",
            Row(Column("counting"), Column("direction")),
            Row(Column("cadence"), Column("horizon")),
        ]

    def said(self) -> dict[str, Any]:
        """The columns, texts in the language they were written in; only those that were answered."""
        data, lang = self.cleaned_data, _language()
        texts = {f"{name}_{lang}": data[name] for name in ("title", "unit", "definition") if name in data}
        columns = texts | {name: data[name] for name in ("counting", "direction", "cadence", "horizon") if name in data}
        indicator = self.reading.indicator
        return {"columns": {name: now for name, now in columns.items() if (getattr(indicator, name) or "") != now}}


FORMS: dict[RevisionSubject, type[RevisionForm]] = {
    form.subject: form for form in (DefinitionForm, BaselineForm, TargetForm)
}


def _language() -> str:
    return language_of(get_language())
