"""Who belongs to, chairs and serves which mechanism."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.formats.partial import PartialDate
from commitments.history.models import TrackedModel
from commitments.mechanisms.enums import AdherenceKind
from commitments.mechanisms.models.bodies import Country, Mechanism, Organization
from commitments.mechanisms.models.columns import REFERENCE_PERMISSIONS, PrecisionField, partial
from commitments.sources.models import Source


class Adherence(TrackedModel):
    """One country's belonging to one mechanism, with what each figure of the source paper claims."""

    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="adherences")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="adherences")
    kind = models.CharField(_("how it belongs"), max_length=10, choices=AdherenceKind)
    since = models.DateField(_("since"), null=True, blank=True)
    since_precision = PrecisionField()
    until = models.DateField(_("until"), null=True, blank=True)
    until_precision = PrecisionField()
    #: The date that the record of it speaks of.
    as_of = models.DateField(_("as of"), null=True, blank=True)
    as_of_precision = PrecisionField()
    #: The document that somebody here recorded it by; what came with the source paper says where in `cited_in`.
    source = models.ForeignKey(
        Source, verbose_name=_("source"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    figure1_claim = models.CharField(max_length=20, blank=True)
    figure2_claim = models.CharField(max_length=20, blank=True)
    resolved = models.CharField(max_length=20, blank=True)
    cited_in = models.CharField(max_length=200, blank=True)
    #: A note on it: the source paper's own reason, or what somebody here wrote.
    reason = models.TextField(_("note"), blank=True)
    note_language = models.CharField(max_length=2, blank=True)
    note_column = "reason"

    class Meta:
        ordering = ("mechanism", "country")
        constraints = [models.UniqueConstraint(fields=["mechanism", "country"], name="one_adherence_a_country")]
        rules_permissions = {**REFERENCE_PERMISSIONS}

    def __str__(self) -> str:
        return f"{self.mechanism_id}/{self.country_id}"

    @property
    def holder(self) -> Country:
        """Who belongs."""
        return self.country

    @property
    def since_date(self) -> PartialDate | None:
        """Since when, as exactly as it is known; None when it is not."""
        return partial(self.since, self.since_precision)

    @property
    def until_date(self) -> PartialDate | None:
        """Until when; None while it belongs."""
        return partial(self.until, self.until_precision)

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
    since = models.DateField(_("since"))
    since_precision = PrecisionField()
    until = models.DateField(_("until"), null=True, blank=True)
    until_precision = PrecisionField()
    source = models.ForeignKey(Source, verbose_name=_("source"), null=True, blank=True, on_delete=models.PROTECT)
    note = models.TextField(_("note"), blank=True)
    note_language = models.CharField(max_length=2, blank=True)
    note_column = "note"

    class Meta:
        ordering = ("mechanism", "since", "id")
        constraints = [models.UniqueConstraint(fields=["mechanism", "country", "since"], name="one_presidency_a_start")]
        rules_permissions = {**REFERENCE_PERMISSIONS}

    def __str__(self) -> str:
        return f"{self.mechanism_id}/{self.country_id} {self.since}"

    @property
    def holder(self) -> Country:
        """Who chairs."""
        return self.country

    @property
    def since_date(self) -> PartialDate | None:
        """The start of the turn."""
        return partial(self.since, self.since_precision)

    @property
    def until_date(self) -> PartialDate | None:
        """The end of the turn; None where none is known: it lasts until the next turn begins."""
        return partial(self.until, self.until_precision)


class Secretariat(TrackedModel):
    """An organization that serves a mechanism as technical secretariat, from a date where it is known."""

    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="secretariats")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="secretariats")
    since = models.DateField(_("since"), null=True, blank=True)
    since_precision = PrecisionField()
    until = models.DateField(_("until"), null=True, blank=True)
    until_precision = PrecisionField()
    source = models.ForeignKey(
        Source, verbose_name=_("source"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
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
    def holder(self) -> Organization:
        """Who serves."""
        return self.organization

    @property
    def since_date(self) -> PartialDate | None:
        """Since when; None when no source says."""
        return partial(self.since, self.since_precision)

    @property
    def until_date(self) -> PartialDate | None:
        """Until when; None while it serves."""
        return partial(self.until, self.until_precision)
