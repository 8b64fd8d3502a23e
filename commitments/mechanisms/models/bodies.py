"""Countries, organizations and mechanisms."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.formats.language import Text, translated
from commitments.history.models import TrackedModel, TrackedQuerySet
from commitments.mechanisms.enums import AdherenceKind, CountryKind
from commitments.mechanisms.models.columns import REFERENCE_PERMISSIONS
from commitments.roles.rules import is_administrator, is_appointed


class CountryQuerySet(TrackedQuerySet):
    """Countries and territories."""

    def endorsing(self, mechanism_code: str = "LAD") -> "CountryQuerySet":
        """Those that endorsed a mechanism, the Declaration unless another is named."""
        return self.filter(adherences__mechanism__code=mechanism_code, adherences__kind=AdherenceKind.ENDORSING)


class Country(TrackedModel):
    """A state or territory named in the record."""

    iso3 = models.CharField(_("code"), max_length=3, unique=True)
    iso2 = models.CharField(max_length=2, unique=True)
    kind = models.CharField(max_length=10, choices=CountryKind)
    name = models.CharField(_("name"), max_length=100)
    #: The English name as the name list prints it, where the displayed one is spelled out.
    listed_name_en = models.CharField(max_length=100, blank=True)
    region = models.CharField(max_length=30, blank=True)
    subregion = models.CharField(max_length=30, blank=True)
    is_oas_member = models.BooleanField(default=False)
    is_caricom_member = models.BooleanField(default=False)
    tile_row = models.PositiveSmallIntegerField(null=True, blank=True)
    tile_column = models.PositiveSmallIntegerField(null=True, blank=True)
    time_zone = models.CharField(max_length=60, default="UTC")
    note = models.TextField(blank=True)
    cited_in = models.JSONField(default=list, blank=True)

    objects: ClassVar[Any] = CountryQuerySet.as_manager()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ("iso3",)
        rules_permissions = {**REFERENCE_PERMISSIONS}

    def __str__(self) -> str:
        return self.iso3

    def name_in(self, language: str) -> Text:
        """The short name in a language."""
        return translated(self, "name", language)

    @property
    def country_id_for_rules(self) -> int | None:
        """The country itself."""
        return self.pk


class OrganizationKind(TrackedModel):
    """A kind of stakeholder: international organization, civil society, donor …"""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    role_text = models.TextField(blank=True)
    cited_in = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("code",)
        rules_permissions = {**REFERENCE_PERMISSIONS}

    def __str__(self) -> str:
        return self.code

    def name_in(self, language: str) -> Text:
        """The name in a language."""
        return translated(self, "name", language)


class Organization(TrackedModel):
    """Any body that is not a state or territory: a maker, party, host or group lead."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=200)
    #: The names that other records give it.
    other_names = models.JSONField(default=list, blank=True)
    kind = models.ForeignKey(OrganizationKind, verbose_name=_("kind"), null=True, blank=True, on_delete=models.PROTECT)
    is_example = models.BooleanField(default=False)

    class Meta:
        ordering = ("code",)
        rules_permissions = {**REFERENCE_PERMISSIONS}

    def __str__(self) -> str:
        return self.code

    def name_in(self, language: str) -> Text:
        """The name in a language."""
        return translated(self, "name", language)


class Mechanism(TrackedModel):
    """A regional or subregional process, the Declaration included."""

    code = models.CharField(max_length=10, unique=True)
    slug = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    aliases = models.JSONField(default=list, blank=True)
    kind = models.CharField(max_length=100, blank=True)
    focus = models.TextField(blank=True)
    objective = models.TextField(blank=True)
    presidency_type = models.CharField(max_length=40, blank=True)
    presidency_term = models.CharField(max_length=40, blank=True)
    presidency_rule = models.TextField(blank=True)
    #: Who held the chair when the source paper was written, and the year that its statement speaks of.
    presidency_holder = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    presidency_as_of = models.CharField(max_length=10, blank=True)
    has_working_groups = models.BooleanField(default=False)
    has_secretariat = models.BooleanField(default=False)
    adopted_on = models.DateField(null=True, blank=True)
    groups_agreed_on = models.DateField(null=True, blank=True)
    groups_agreed_note = models.TextField(blank=True)
    #: What the mechanism itself calls its groups and its coordinators.
    public_name_of_groups = models.CharField(max_length=100, blank=True)
    public_name_of_focal_points = models.CharField(max_length=100, blank=True)
    note = models.TextField(blank=True)
    cited_in = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("mechanism")
        ordering = ("code",)
        rules_permissions = {**REFERENCE_PERMISSIONS}

    def __str__(self) -> str:
        return self.code

    def name_in(self, language: str) -> Text:
        """The name in a language."""
        return translated(self, "name", language)


def early_reminders() -> list[int]:
    """Days before a due date on which a reminder goes out, unless the office decides otherwise."""
    return [14, 3]


def late_reminders() -> list[int]:
    """Days after a due date on which a reminder goes out: one, then weekly, four at most."""
    return [1, 8, 15, 22, 29]


def meeting_reminders() -> list[int]:
    """Days before a meeting on which a reminder goes out."""
    return [3, 1]


def all_languages() -> list[str]:
    """The four languages."""
    return ["en", "es", "pt", "fr"]


class Thresholds(TrackedModel):
    """The settings by which a mechanism's statuses are decided, from a day on; never applied backwards."""

    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="thresholds")
    valid_from = models.DateField()
    on_track_from = models.DecimalField(max_digits=4, decimal_places=3, default="0.900")
    at_risk_from = models.DecimalField(max_digits=4, decimal_places=3, default="0.700")
    end_window_days = models.PositiveSmallIntegerField(default=92)
    early_share = models.DecimalField(max_digits=4, decimal_places=3, default="0.100")
    milestone_grace_days = models.PositiveSmallIntegerField(default=90)

    class Meta:
        ordering = ("mechanism", "valid_from")
        constraints = [
            models.UniqueConstraint(fields=["mechanism", "valid_from"], name="one_set_of_thresholds_a_day"),
            models.CheckConstraint(condition=Q(on_track_from__gt=models.F("at_risk_from")), name="thresholds_in_order"),
        ]
        rules_permissions = {"view": is_appointed, "add": is_administrator, "change": is_administrator}

    def __str__(self) -> str:
        return f"{self.mechanism_id} {self.valid_from}"


class OfficeSettings(TrackedModel):
    """How the secretariat works from a day on: days for review and answers, reminders, languages. The newest holds."""

    valid_from = models.DateField(_("valid from"), unique=True)
    #: Working days in which the secretariat means to review what is sent in.
    review_days = models.PositiveSmallIntegerField(_("working days for a review"), default=3)
    #: Days that a question leaves for the answer.
    answer_days = models.PositiveSmallIntegerField(_("days for an answer"), default=7)
    #: Days before the due date on which a reminder goes out, and days after it.
    early_reminders = models.JSONField(default=early_reminders)
    late_reminders = models.JSONField(default=late_reminders)
    meeting_reminders = models.JSONField(default=meeting_reminders)
    #: Languages in which a published summary is expected before a cycle is closed.
    languages = models.JSONField(default=all_languages)
    reason = models.TextField(_("reason, published"), blank=True)

    class Meta:
        verbose_name = _("settings of the office")
        ordering = ("valid_from",)
        rules_permissions = {"view": is_appointed, "add": is_administrator, "change": is_administrator}

    def __str__(self) -> str:
        return self.valid_from.isoformat()
