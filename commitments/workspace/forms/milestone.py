"""Milestones of a commitment: recording one, changing it, saying that it was reached, taking it away."""

from datetime import date
from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from commitments.formats.language import language_of, translated
from commitments.formats.partial import PartialDate, Precision
from commitments.indicators.milestones import Step, is_shown
from commitments.indicators.models import Milestone
from commitments.intake.fields import AddressField, NameField
from commitments.reporting.forms import LookedForm
from commitments.sources.models import Source
from commitments.workspace.forms.days import known_day, precision_field
from commitments.workspace.forms.indicator import DayField, fifty_years_after, limit_days

REACHED_ON = gettext_lazy("Reached on")


class DocumentedForm(LookedForm):
    """What rests on a document: its title, and where it can be read."""

    source_title = NameField(
        label=gettext_lazy("Title of the document"),
        longest=500,
        error_messages={"required": gettext_lazy("Say which document says so")},
    )
    source_url = AddressField(label=gettext_lazy("Link (optional)"), required=False)
    own_texts: tuple[str, ...] = ("source_title",)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        limit_days(self, last=fifty_years_after(on))

    def clean_done_on(self) -> date | None:
        """A day that has come."""
        day: date | None = self.cleaned_data["done_on"]
        if day is not None and day > self.on:
            raise ValidationError(_("The day on which it was reached cannot lie ahead"), code="ahead")
        return day

    def day(self, name: str) -> PartialDate | None:
        """A day as it was typed, as exactly as it is known."""
        return known_day(self.cleaned_data[name], self.cleaned_data[f"{name}_precision"])

    def document(self) -> Source:
        """The document as it was typed."""
        data = self.cleaned_data
        return Source(title=data["source_title"], url=data["source_url"], language=language_of(get_language()))


class MilestoneForm(DocumentedForm):
    """A new milestone: what is to be done, by when, according to which document."""

    title = NameField(
        label=gettext_lazy("What is to be done?"),
        help_text=gettext_lazy("A step that is done or not done, without a number: “The law is in force”."),
        longest=300,
        error_messages={"required": gettext_lazy("Say what is to be done")},
    )
    due_on = DayField(label=gettext_lazy("Due on (optional)"), required=False)
    due_on_precision = precision_field()
    own_texts: tuple[str, ...] = ("title", "source_title")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("title", Row(Column("due_on"), Column("due_on_precision")), *self.ends())

    def ends(self) -> tuple[Any, ...]:
        """The fields below the day on which it is due."""
        return (Row(Column("source_title"), Column("source_url")),)

    def step(self) -> Step:
        """The milestone as it was typed, its title in the language of the page."""
        title = self.cleaned_data["title"]
        titles = {language_of(get_language()): title} if title else {}
        done = self.day("done_on") if "done_on" in self.fields else None
        return Step(titles=titles, due=self.day("due_on"), done=done, source=self.document())


class ChangeMilestoneForm(MilestoneForm):
    """Puts a milestone right; of a public one the reason is public."""

    done_on = DayField(
        label=REACHED_ON,
        help_text=gettext_lazy("Leave it empty if it was not reached after all."),
        required=False,
    )
    done_on_precision = precision_field()
    public_reason = NameField(
        label=gettext_lazy("Public reason for the change"),
        longest=500,
        error_messages={"required": gettext_lazy("Say why; the reason is public")},
    )
    own_texts = ("title", "source_title", "public_reason")

    def __init__(self, *args: Any, milestone: Milestone, **kwargs: Any) -> None:
        self.milestone = milestone
        super().__init__(*args, initial=_stored(milestone), **kwargs)
        # In another language than the one it was written in, an empty title leaves the original alone.
        self.fields["title"].required = not translated(milestone, "title", language_of(get_language())).foreign

    def ends(self) -> tuple[Any, ...]:
        """The day of what was reached, and the reason where somebody can have read it."""
        reason = ("public_reason",) if is_shown(self.milestone) else ()
        done = (Row(Column("done_on"), Column("done_on_precision")),) if self.milestone.done else ()
        for name in {"done_on", "done_on_precision"} if not done else ():
            del self.fields[name]
        if not reason:
            del self.fields["public_reason"]
        return (*done, *super().ends(), *reason)


class ReachedForm(DocumentedForm):
    """Says that a milestone was reached: when, and which document says so."""

    done_on = DayField(
        label=REACHED_ON, error_messages={"required": gettext_lazy("Enter the day on which it was reached")}
    )
    done_on_precision = precision_field()
    public_reason = NameField(label=gettext_lazy("Public remark (optional)"), longest=500, required=False)
    own_texts = ("source_title", "public_reason")

    def __init__(self, *args: Any, milestone: Milestone, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            Row(Column("done_on"), Column("done_on_precision")),
            Row(Column("source_title"), Column("source_url")),
            "public_reason",
        )


class TakeAwayForm(LookedForm):
    """Takes a milestone away; of a public one with a public reason."""

    public_reason = NameField(
        label=gettext_lazy("Public reason"),
        longest=500,
        error_messages={"required": gettext_lazy("Say why; the reason is public")},
    )
    own_texts = ("public_reason",)

    def __init__(self, *args: Any, milestone: Milestone, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_shown(milestone):
            del self.fields["public_reason"]
        self.lay_out()


def _stored(row: Milestone) -> dict[str, Any]:
    """A milestone as the form shows it: the title of the page's language alone."""
    day = Precision.DAY.value
    return {
        "title": getattr(row, f"title_{language_of(get_language())}") or "",
        "due_on": row.due_on,
        "due_on_precision": row.due_on_precision or day,
        "done_on": row.done_on,
        "done_on_precision": row.done_on_precision or day,
        "source_title": row.source.title if row.source else "",
        "source_url": row.source.url if row.source else "",
    }
