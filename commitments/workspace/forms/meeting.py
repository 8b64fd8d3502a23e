"""Planning or moving a meeting."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.forms import zone_choices
from commitments.formats.language import language_of
from commitments.intake.fields import ChoiceField, NameField
from commitments.meetings.models import Meeting
from commitments.reporting.forms import LookedForm
from commitments.working_groups.models import WorkingGroup
from commitments.workspace.forms.choices import NamedChoiceField
from commitments.workspace.forms.indicator import DayField, limit_days
from commitments.workspace.forms.written import name_language, said_of


class MeetingForm(LookedForm):
    """When, where and for whom; the time is the host's. What is typed is public at once."""

    title = NameField(
        label=gettext_lazy("Title"), longest=250, error_messages={"required": gettext_lazy("Enter a title")}
    )
    group = NamedChoiceField(
        label=gettext_lazy("Working group"),
        queryset=WorkingGroup.objects.none(),
        error_messages={"required": gettext_lazy("Choose the working group")},
    )
    day = DayField(
        label=gettext_lazy("Date"),
        error_messages={"required": gettext_lazy("Enter the date of the meeting")},
    )
    time = forms.TimeField(
        label=gettext_lazy("Time (of the host)"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": gettext_lazy("Enter the time of the meeting"),
            "invalid": gettext_lazy("Enter hour and minutes, for example 14:30"),
        },
    )
    zone = ChoiceField(label=gettext_lazy("Time zone of the host"))
    place = NameField(label=gettext_lazy("Place (or “online”)"), longest=120, required=False)
    public_reason = NameField(label=gettext_lazy("Public reason for the change"), longest=500, required=False)

    own_texts = ("title", "place", "public_reason")
    #: It is called off: its day may have passed.
    is_called_off = False

    def __init__(
        self,
        *args: Any,
        groups: QuerySet[WorkingGroup],
        on: date,
        at: datetime,
        meeting: Meeting | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on, self.at, self.meeting, is_new = on, at, meeting, meeting is None
        name_language(self, "title", row=meeting)
        limit_days(self, last=on + timedelta(days=5 * 365))
        group = self.fields["group"]
        assert isinstance(group, NamedChoiceField)  # noqa: S101  # declared above
        group.offer_groups(groups)
        zone = self.fields["zone"]
        assert isinstance(zone, forms.ChoiceField)  # noqa: S101  # declared above
        zone.choices = zone_choices(language_of(get_language()), self.initial.get("zone") or "")
        if is_new:
            del self.fields["public_reason"]
        else:
            self.fields["public_reason"].required = True
            self.fields["public_reason"].error_messages["required"] = _("Say why; the reason is public")
        last = [] if is_new else ["public_reason"]
        self.helper.layout = Layout("title", "group", Row(Column("day"), Column("time")), "zone", "place", *last)

    def clean_day(self) -> date:
        """A day that has not passed, unless the meeting is called off."""
        day: date = self.cleaned_data["day"]
        if day < self.on and not self.is_called_off:
            raise ValidationError(_("The date of the meeting must not have passed"), code="past")
        return day

    def clean(self) -> dict[str, Any]:
        """An hour that lies ahead where the host is: nobody is reminded of one that has passed."""
        data = super().clean()
        is_told = {"day", "time", "zone"} <= data.keys() and bool({"day", "time", "zone"} & set(self.changed_data))
        if is_told and not self.is_called_off and self._start(data) <= self.at:
            words = _("This hour has passed already in the time zone of the host. Choose a later one")
            self.add_error("time", ValidationError(words, code="past"))
        return data

    @staticmethod
    def _start(data: dict[str, Any]) -> datetime:
        return datetime.combine(data["day"], data["time"], tzinfo=ZoneInfo(data["zone"]))

    def columns(self, language: str) -> dict[str, Any]:
        """The answers as columns of a meeting."""
        data = self.cleaned_data
        group: WorkingGroup = data["group"]
        return {
            **said_of(self.meeting, {f"title_{language}": data["title"]}),
            "group": group,
            "mechanism": group.mechanism,
            "kind": "working group",
            "start": data["day"],
            "start_precision": "day",
            "start_at": self._start(data),
            "time_zone": data["zone"],
            "place": data["place"],
        }


def meeting_language() -> str:
    """The language a title is written in: the page's."""
    return get_language() or "en"
