"""The update form: at most four questions, two of them filled in, and the input kept as typed."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from commitments.formats.dates import long_date
from commitments.formats.numbers import bare_number, format_number
from commitments.formats.partial import PartialDate
from commitments.indicators.facts import Result
from commitments.indicators.models import Figure, UnitType
from commitments.indicators.wording import figure_of, unit_words
from commitments.intake.fields import AddressField, ChoiceField, FigureField, NameField, ProseField, UploadField
from commitments.intake.numbers import read_number
from commitments.reporting.forms.behalf import BehalfFields
from commitments.reporting.updating import UpdateTask
from commitments.sources.models import Source

GIVEN, OTHER, SAME = "given", "other", "same"
#: No figure of the record speaks of an earlier year; a slip of the keyboard does.
EARLIEST = 1900
UNREADABLE = {"invalid": gettext_lazy("Enter the day, month and year")}


def checked_year(day: date | None) -> date | None:
    """The day, unless its year can only be a slip. Raises ValidationError."""
    if day is not None and day.year < EARLIEST:
        raise ValidationError(_("Check the year of this date: %(year)s") % {"year": day.year}, code="too_early")
    return day


class UpdateForm(BehalfFields):
    """One figure: how much, when, from where and, where the public would ask, why.

    After a valid `is_valid()` the figure is in `figure` and what it would show in `result`.
    """

    date_choice = ChoiceField(required=False)
    period_start = forms.DateField(required=False, error_messages=UNREADABLE)
    other_date = forms.DateField(required=False, error_messages=UNREADABLE)
    source_choice = ChoiceField(required=False)
    other_source = NameField(label=gettext_lazy("Source"), required=False, longest=500)
    other_link = AddressField(label=gettext_lazy("Link (optional)"), required=False)
    reason = ProseField(label=gettext_lazy("Reason"), required=False, longest=1000)
    answer = ProseField(label=gettext_lazy("Your answer"), required=False, longest=1000)
    document = UploadField(required=False)

    def __init__(self, *args: Any, task: UpdateTask, on_behalf: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.task, self.on = task, task.on
        for name in BehalfFields.base_fields:
            if not on_behalf:
                del self.fields[name]
            elif task.entry is not None:  # said already of the report that the figure belongs to
                self.fields[name].initial = getattr(task.entry.report, name)
        self.language = get_language() or "en"
        self.figure: Figure | None = None
        self.result: Result | None = None
        unit = "" if task.indicator.unit_in("en").text == "people" else unit_words(task.indicator)
        least = None if task.indicator.unit_type == UnitType.PERCENT else 0
        places = task.indicator.decimal_places
        self.fields["value"] = FigureField(label=_("Figure"), unit=unit, places=places, least=least)
        self._offer_readings()
        self._offer_dates()
        self._offer_sources()

    def _offer_readings(self) -> None:
        """Where a mark could be decimal or thousands, the two readings are offered to choose from."""
        self.readings: list[tuple[str, str]] = []
        typed = str(self.data.get("value", "")) if self.is_bound else ""
        read = read_number(typed, self.language, self.task.indicator.decimal_places)
        if read.is_ambiguous:
            self.readings = [(str(number), format_number(number, self.language)) for number in read.candidates]
            self.fields["reading"] = ChoiceField(choices=self.readings, required=False)

    def _offer_dates(self) -> None:
        given = long_date(self.task.proposed_day, self.language)
        if self.task.asks_for_period:
            start = long_date(self.task.proposed_start, self.language)
            given = _("From %(start)s to %(end)s") % {"start": start, "end": given}
        another = _("Another period") if self.task.asks_for_period else _("Another date")
        last = _("Last day of the period") if self.task.asks_for_period else _("Date of the figure")
        self.fields["other_date"].label, self.fields["period_start"].label = last, _("First day of the period")
        self._choices("date_choice", [(GIVEN, given), (OTHER, another)])

    def _offer_sources(self) -> None:
        last = self.last_source
        same = [(SAME, last.title)] if last is not None else []
        self._choices("source_choice", [*same, (OTHER, _("Another source"))])
        self.fields["source_choice"].initial = SAME if last is not None else OTHER

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = choices
        field.initial = choices[0][0]

    @property
    def last_source(self) -> Source | None:
        """Where the last figure came from."""
        pending, last = self.task.open_measurement, self.task.last
        return (pending.source if pending else None) or (last.source if last else None)

    def clean_other_date(self) -> date | None:
        """A day that has come."""
        day: date | None = self.cleaned_data.get("other_date")
        if day is not None and day > self.task.on:
            raise ValidationError(_("The date of the figure must be today or earlier"), code="future")
        return checked_year(day)

    def clean_period_start(self) -> date | None:
        """A day in the years that a figure can speak of."""
        return checked_year(self.cleaned_data.get("period_start"))

    def clean(self) -> dict[str, Any]:
        """Put the answers together; ask for what is missing in the words of the question."""
        data = super().clean() or {}
        self._choose_reading(data)
        day, start = self._day(data), self._start(data)
        source = self._source(data)
        if day is not None and self.task.returned is None and self.task.is_in_review(day):
            words = _("The figure for this date is under review. Choose another date, or wait for the decision")
            self.add_error("date_choice", ValidationError(words, code="in_review"))
        if data.get("value") is None or day is None or source is None or self.errors:
            return data
        reason = data.get("reason", "")
        self.figure = Figure(
            data["value"],
            PartialDate(day),
            source,
            reason,
            language=self.language,
            qualifier=self.task.word_for(data["value"]),
            period_start=start,
            **{name: data[name] for name in BehalfFields.base_fields if name in self.fields},
        )
        self.result = self.task.preview(self.figure)
        if self.task.needs_reason(self.figure, self.result) and not data.get("reason"):
            self.add_error("reason", ValidationError(self.reason_question(), code="reason_missing"))
        if self.task.returned is not None and not data.get("answer"):
            self.add_error("answer", ValidationError(_("Answer the secretariat’s question"), code="answer_missing"))
        return data

    def reason_question(self) -> str:
        """Why a reason is asked for, as an error says it."""
        figure = self.figure
        if figure is not None and self.task.falls(figure):
            last = self.task.last_before(figure.as_of)
            shown = figure_of(last, self.task.indicator) if last else ""
            return _("This is below the last running total (%(value)s). Say why, or change it") % {"value": shown}
        if figure is not None and self.task.is_correction(figure):
            return _("There is already a figure for this date. Say why it changes")
        if self.result is not None and self.result.status in {"at_risk", "off_track"}:
            return _("Say why the figure is below what was expected")
        return _("The figure moved by more than a quarter since last time. Say why")

    def _choose_reading(self, data: dict[str, Any]) -> None:
        chosen = data.get("reading")
        if self.readings and chosen:
            self.errors.pop("value", None)
            read = read_number(str(self.data.get("value", "")), self.language, self.task.indicator.decimal_places)
            number = next(number for number in read.candidates if str(number) == chosen)
            try:
                data["value"] = cast("FigureField", self.fields["value"]).at_least(number)
            except ValidationError as too_low:
                self.add_error("value", too_low)

    def _day(self, data: dict[str, Any]) -> date | None:
        if data.get("date_choice") == GIVEN:
            return self.task.proposed_day
        if data.get("other_date") is None and "other_date" not in self.errors:
            self.add_error("other_date", ValidationError(_("Enter the date of the figure"), code="required"))
        return data.get("other_date")

    def _start(self, data: dict[str, Any]) -> date | None:
        if not self.task.asks_for_period:
            return None
        if data.get("date_choice") == GIVEN:
            return self.task.proposed_start
        start, end = data.get("period_start"), data.get("other_date")
        if start is None and "period_start" not in self.errors:
            self.add_error("period_start", ValidationError(_("Enter the first day of the period"), code="required"))
        elif start is not None and end is not None and start > end:
            self.add_error("period_start", ValidationError(_("The period must begin before it ends"), code="order"))
        return start

    def _source(self, data: dict[str, Any]) -> Source | None:
        if data.get("source_choice") == SAME and self.last_source is not None:
            return self.last_source
        if not data.get("other_source"):
            if "other_source" not in self.errors:
                missing = ValidationError(_("Say where the figure comes from"), code="required")
                self.add_error("other_source", missing)
            return None
        return Source(
            title=data["other_source"],
            url=data.get("other_link") or "",
            language=self.language,
            is_example=self.task.indicator.is_example,
        )

    def last_value_typed(self) -> str:
        """The last figure as somebody would type it, for "Nothing changed"."""
        last = self.task.last
        return bare_number(last.value, self.language) if last is not None and last.value is not None else ""

    def question(self) -> str:
        """The first question, with what is counted."""
        unit = unit_words(self.task.indicator)
        if not unit:
            return pgettext("question of the update form", "How much is it now?")
        return pgettext("question of the update form", "How much is it now? (%(unit)s)") % {"unit": unit}
