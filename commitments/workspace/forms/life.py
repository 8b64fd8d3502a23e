"""A step in the life of a commitment: where to, since when, why, and according to which document."""

from datetime import date
from typing import Any

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from commitments.intake.fields import AddressField, ChoiceField, NameField, ProseField
from commitments.register.enums import LifeCycle
from commitments.register.life import LifeStep, lawful_steps
from commitments.register.models import Commitment
from commitments.reporting.forms import LookedForm
from commitments.sources.models import Source
from commitments.workspace.forms.days import known_day, precision_field
from commitments.workspace.forms.indicator import DayField, limit_days

STEPS = {
    LifeCycle.ACTIVE: pgettext_lazy("step of a commitment", "Take it up again: active"),
    LifeCycle.SUSPENDED: pgettext_lazy("step of a commitment", "Suspend it"),
    LifeCycle.ENDED: pgettext_lazy("step of a commitment", "End it"),
    LifeCycle.WITHDRAWN: pgettext_lazy("step of a commitment", "Withdraw it"),
    LifeCycle.SUPERSEDED: pgettext_lazy("step of a commitment", "Replace it by another commitment"),
    LifeCycle.REMOVED: pgettext_lazy("step of a commitment", "Remove it from the site, by a published decision"),
}


class LifeForm(LookedForm):
    """One lawful step with its date, reason and source."""

    to = ChoiceField(
        label=gettext_lazy("What happens to it?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what happens to it")},
    )
    superseded_by = NameField(
        label=gettext_lazy("Code of the commitment that replaces it (only if replaced)"), longest=40, required=False
    )
    on = DayField(label=gettext_lazy("Since when? (leave empty if no source states it)"), required=False)
    on_precision = precision_field()
    as_of = DayField(label=gettext_lazy("As of which day does the source say so? (optional)"), required=False)
    as_of_precision = precision_field()
    reason = ProseField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Published with the step. If the source gives no reason, write that it states none."),
        longest=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why; the reason is public")},
    )
    source = ChoiceField(label=gettext_lazy("Document on record"), required=False)
    source_title = NameField(label=gettext_lazy("Or another document: its title"), longest=500, required=False)
    source_url = AddressField(
        label=gettext_lazy("Link"),
        help_text=gettext_lazy("Optional, except to remove the record: only a published decision removes it."),
        required=False,
    )

    own_texts = ("reason", "source_title")

    def __init__(self, *args: Any, commitment: Commitment, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit_days(self, last=on)
        self.commitment = commitment
        self.sources = {
            str(link.source_id): link.source
            for link in commitment.source_links.select_related("source").order_by("position", "id")
        }
        self._offer("to", [(step.value, STEPS[step]) for step in lawful_steps(commitment)])
        self._offer("source", [("", "—"), *((key, row.title) for key, row in self.sources.items())])
        self.helper.layout = Layout(
            "to",
            "superseded_by",
            Row(Column("on"), Column("on_precision")),
            Row(Column("as_of"), Column("as_of_precision")),
            "reason",
            Fieldset(_("Source"), "source", "source_title", "source_url"),
        )

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """A step rests on a document; a replacement is another public commitment."""
        data = super().clean() or {}
        if not data.get("source") and not data.get("source_title") and "source" not in self.errors:
            self.add_error("source", ValidationError(_("Say which document says so"), code="required"))
        elif data.get("to") == LifeCycle.REMOVED.value and not self._link(data):
            words = _("A record is removed by a published decision only: name the decision with its link")
            self.add_error("source_url", ValidationError(words, code="unpublished"))
        if data.get("to") == LifeCycle.SUPERSEDED.value:
            data["successor"] = Commitment.objects.public().filter(code=data.get("superseded_by", "").upper()).first()
            if data["successor"] is None or data["successor"].pk == self.commitment.pk:
                words = _("Enter the code of another published commitment, for example LAD-CRI-003")
                self.add_error("superseded_by", ValidationError(words, code="unknown"))
        return data

    def _link(self, data: dict[str, Any]) -> str:
        """Where the document that was named can be read."""
        chosen = self.sources.get(data.get("source", ""))
        return str(data.get("source_url", "") if data.get("source_title") or chosen is None else chosen.url)

    def step(self) -> LifeStep:
        """The step as it was typed."""
        data = self.cleaned_data
        new = Source(title=data["source_title"], url=data["source_url"], language=(get_language() or "en")[:2])
        return LifeStep(
            to=LifeCycle(data["to"]),
            reason=data["reason"],
            source=new if data["source_title"] else self.sources[data["source"]],
            on=known_day(data["on"], data["on_precision"]),
            as_of=known_day(data["as_of"], data["as_of_precision"]),
            superseded_by=data.get("successor"),
        )
