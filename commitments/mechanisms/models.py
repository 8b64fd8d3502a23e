"""Countries, organizations, mechanisms, and who belongs to, chairs and serves which."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.formats.language import Text, translated
from commitments.formats.partial import PartialDate, Precision
from commitments.history.models import TrackedModel, TrackedQuerySet
from commitments.mechanisms.enums import AdherenceKind, CountryKind
from commitments.roles.rules import is_administrator, is_appointed, is_secretariat
from commitments.sources.models import Source

PRECISION_CHOICES = [(precision.value, precision.value) for precision in Precision]
REFERENCE_PERMISSIONS: dict[str, Any] = {
    "view": is_appointed,
    "add": is_secretariat,
    "change": is_secretariat,
}


def partial(first: date | None, precision: str) -> PartialDate | None:
    """A stored day and its precision as one date; None when the record has none."""
    return PartialDate(first, Precision(precision or Precision.DAY)) if first else None


if TYPE_CHECKING:  # fields take type parameters for the checker only
    TextColumn = models.CharField[str, str]
else:
    TextColumn = models.CharField


class PrecisionField(TextColumn):
    """How exactly a date is known; empty where there is no date."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 12)
        kwargs.setdefault("choices", PRECISION_CHOICES)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)


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

    objects = CountryQuerySet.as_manager()

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


class Organization(TrackedModel):
    """Any body that is not a state or territory: a maker, party, host or group lead."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    #: The names that other records give it.
    other_names = models.JSONField(default=list, blank=True)
    kind = models.ForeignKey(OrganizationKind, null=True, blank=True, on_delete=models.PROTECT)
    is_example = models.BooleanField(default=False)

    class Meta:
        ordering = ("code",)
        rules_permissions = {**REFERENCE_PERMISSIONS}

    def __str__(self) -> str:
        return self.code


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


class Adherence(TrackedModel):
    """One country's belonging to one mechanism, with what each figure of the source paper claims."""

    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="adherences")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="adherences")
    kind = models.CharField(max_length=10, choices=AdherenceKind)
    since = models.DateField(null=True, blank=True)
    since_precision = PrecisionField()
    until = models.DateField(null=True, blank=True)
    #: The date that the record of it speaks of.
    as_of = models.DateField(null=True, blank=True)
    as_of_precision = PrecisionField()
    figure1_claim = models.CharField(max_length=20, blank=True)
    figure2_claim = models.CharField(max_length=20, blank=True)
    resolved = models.CharField(max_length=20, blank=True)
    cited_in = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("mechanism", "country")
        constraints = [models.UniqueConstraint(fields=["mechanism", "country"], name="one_adherence_a_country")]
        rules_permissions = {**REFERENCE_PERMISSIONS}

    def __str__(self) -> str:
        return f"{self.mechanism_id}/{self.country_id}"

    @property
    def since_date(self) -> PartialDate | None:
        """Since when, as exactly as it is known; None when it is not."""
        return partial(self.since, self.since_precision)

    @property
    def as_of_date(self) -> PartialDate | None:
        """The date that the record of it speaks of."""
        return partial(self.as_of, self.as_of_precision)


class AdherenceCount(TrackedModel):
    """How many countries a source says had endorsed by a date, whether or not it names them."""

    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="adherence_counts")
    key = models.CharField(max_length=40)
    count = models.PositiveSmallIntegerField()
    as_of = models.DateField()
    as_of_precision = PrecisionField()
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("as_of", "id")
        constraints = [models.UniqueConstraint(fields=["mechanism", "key"], name="one_adherence_count_a_key")]
        rules_permissions = {**REFERENCE_PERMISSIONS}

    def __str__(self) -> str:
        return f"{self.count} ({self.key})"

    @property
    def as_of_date(self) -> PartialDate | None:
        """The date that the count speaks of."""
        return partial(self.as_of, self.as_of_precision)


class Presidency(TrackedModel):
    """A turn of a country in the rotating chair of a mechanism."""

    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="presidencies")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="presidencies")
    since = models.DateField()
    since_precision = PrecisionField()
    until = models.DateField(null=True, blank=True)
    until_precision = PrecisionField()
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("mechanism", "since", "id")
        constraints = [models.UniqueConstraint(fields=["mechanism", "country", "since"], name="one_presidency_a_start")]
        rules_permissions = {**REFERENCE_PERMISSIONS}

    def __str__(self) -> str:
        return f"{self.mechanism_id}/{self.country_id} {self.since}"

    @property
    def since_date(self) -> PartialDate | None:
        """The start of the turn."""
        return partial(self.since, self.since_precision)


class Secretariat(TrackedModel):
    """An organization that serves a mechanism as technical secretariat, from a date where it is known."""

    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="secretariats")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="secretariats")
    since = models.DateField(null=True, blank=True)
    since_precision = PrecisionField()
    until = models.DateField(null=True, blank=True)
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    further_source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cited_in = models.JSONField(default=list, blank=True)
    tasks = models.JSONField(default=list, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("mechanism", "organization")
        constraints = [
            models.UniqueConstraint(fields=["mechanism", "organization"], name="one_secretariat_an_organization")
        ]
        rules_permissions = {**REFERENCE_PERMISSIONS}

    def __str__(self) -> str:
        return f"{self.mechanism_id}/{self.organization_id}"

    @property
    def since_date(self) -> PartialDate | None:
        """Since when; None when no source says."""
        return partial(self.since, self.since_precision)
