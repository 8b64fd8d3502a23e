"""Meetings of the mechanisms and their groups: when, where, who convenes, what came of it."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commitments.formats.language import Text, translated
from commitments.formats.partial import PartialDate
from commitments.history.models import TrackedModel, TrackedQuerySet
from commitments.mechanisms.models import Country, Mechanism, PrecisionField, partial
from commitments.meetings.enums import MeetingState
from commitments.roles.rules import is_appointed, is_public, is_secretariat, leads_a_group, leads_group_of
from commitments.sources.models import Source
from commitments.working_groups.models import WorkingGroup


class MeetingQuerySet(TrackedQuerySet):
    """Meetings by date and by who may see them."""

    def upcoming(self, on: Any) -> "MeetingQuerySet":
        """Planned ones from a day on."""
        return self.filter(state=MeetingState.PLANNED, start__gte=on)


class Meeting(TrackedModel):
    """One meeting. The start may be known only to the month or year; then it has no time."""

    slug = models.SlugField(max_length=80, unique=True)
    reference_id = models.CharField(max_length=80, unique=True, null=True, blank=True)
    title = models.CharField(_("title"), max_length=250)
    mechanism = models.ForeignKey(Mechanism, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings")
    #: A related process outside the seven mechanisms, in words.
    process = models.CharField(max_length=120, blank=True)
    group = models.ForeignKey(
        WorkingGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings", verbose_name=_("group")
    )
    kind = models.CharField(_("kind"), max_length=40, blank=True)
    start = models.DateField(_("date"))
    start_precision = PrecisionField()
    end = models.DateField(null=True, blank=True)
    end_precision = PrecisionField()
    start_at = models.DateTimeField(null=True, blank=True)
    time_zone = models.CharField(_("time zone of the host"), max_length=60, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    country = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings")
    #: ISO code of a host country that is not in the record, as the file gives it.
    country_code = models.CharField(max_length=3, blank=True)
    hosts = models.JSONField(null=True, blank=True)
    outcome = models.TextField(_("outcome"), blank=True)
    state = models.CharField(
        pgettext_lazy("of a meeting", "state"), max_length=12, choices=MeetingState, default=MeetingState.PLANNED
    )
    source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings", verbose_name=_("source")
    )
    is_verified = models.BooleanField(_("read in the document"), default=False)
    notes = models.TextField(blank=True)
    is_demonstration = models.BooleanField(default=False)
    is_example = models.BooleanField(default=False)

    objects: ClassVar[Any] = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        ordering = ("-start", "slug")
        rules_permissions: dict[str, Any] = {
            "view": is_public | is_appointed,
            "add": is_secretariat | leads_a_group,
            "change": is_secretariat | leads_group_of,
        }

    def __str__(self) -> str:
        return self.slug

    @property
    def is_public(self) -> bool:
        """Meetings are public once recorded."""
        return True

    @property
    def group_id_for_rules(self) -> int | None:
        """The group that meets."""
        return self.group_id

    @property
    def day(self) -> PartialDate:
        """The first day, as exactly as it is known."""
        day = partial(self.start, self.start_precision)
        assert day is not None
        return day

    @property
    def last_day(self) -> PartialDate | None:
        """The last day, where the record gives one."""
        return partial(self.end, self.end_precision)

    def title_in(self, language: str) -> Text:
        """The title, with the language it is really in."""
        return translated(self, "title", language)

    def outcome_in(self, language: str) -> Text:
        """What came of it, with the language it is really in."""
        return translated(self, "outcome", language)
