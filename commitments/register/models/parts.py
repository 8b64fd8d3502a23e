"""What belongs to a commitment: quotation, parties, sources, reported statuses, links."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.formats.partial import PartialDate
from commitments.history.models import TrackedModel
from commitments.mechanisms.models import Country, Organization, PrecisionField, partial
from commitments.register.enums import (
    LinkKind,
    ReportedBasis,
    ReportedValue,
    SourceRole,
)
from commitments.register.models.commitment import Commitment
from commitments.roles.rules import (
    is_appointed,
    is_secretariat,
    leads_a_group,
)
from commitments.sources.models import Source


class Quotation(TrackedModel):
    """The exact words of a source, with its language. Never a paraphrase."""

    commitment = models.OneToOneField(Commitment, on_delete=models.PROTECT, related_name="quotation")
    text = models.TextField()
    language = models.CharField(max_length=8)
    source = models.ForeignKey(Source, on_delete=models.PROTECT)

    class Meta:
        ordering = ("commitment",)
        rules_permissions = {"view": is_appointed, "add": is_secretariat, "change": is_secretariat}

    def __str__(self) -> str:
        return str(self.commitment_id)


class Party(TrackedModel):
    """Another actor that a commitment names beside its maker."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="parties")
    country = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT, related_name="party_in")
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="party_in"
    )
    name = models.CharField(max_length=200, blank=True)
    #: The one country that answers for a collective commitment, where there is one.
    is_lead = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("commitment", "position", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["commitment"], condition=Q(is_lead=True), name="one_lead_country_a_commitment"
            ),
            models.CheckConstraint(
                condition=Q(is_lead=False) | Q(country__isnull=False), name="only_a_country_leads_a_commitment"
            ),
            models.CheckConstraint(
                condition=Q(country__isnull=False, organization__isnull=True, name="")
                | Q(country__isnull=True, organization__isnull=False, name="")
                | (Q(country__isnull=True, organization__isnull=True) & ~Q(name="")),
                name="party_is_exactly_one",
            ),
        ]
        rules_permissions = {"view": is_appointed, "add": is_secretariat | leads_a_group, "change": is_secretariat}

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.position}"


class CommitmentSource(TrackedModel):
    """That a commitment rests on a source, and whether the page was found and says it."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="source_links")
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="commitment_links", verbose_name=_("source")
    )
    role = models.CharField(max_length=10, choices=SourceRole, default=SourceRole.MAIN)
    is_verified = models.BooleanField(_("read in the document"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("commitment", "position", "id")
        constraints = [
            models.UniqueConstraint(fields=["commitment", "position"], name="one_source_a_position"),
        ]
        rules_permissions = {"view": is_appointed, "add": is_secretariat | leads_a_group, "change": is_secretariat}

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.role}"


class ReportedStatus(TrackedModel):
    """What a source says of a commitment's state, as of when. Changes no colour."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="reported_statuses")
    value = models.CharField(_("reported status"), max_length=12, choices=ReportedValue)
    basis = models.CharField(_("basis"), max_length=10, choices=ReportedBasis, blank=True)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    as_of_precision = PrecisionField()
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("source"))

    class Meta:
        ordering = ("commitment", "-as_of", "id")
        rules_permissions = {"view": is_appointed, "add": is_secretariat, "change": is_secretariat}

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.value}"

    @property
    def as_of_date(self) -> PartialDate | None:
        """The date that the source speaks of."""
        return partial(self.as_of, self.as_of_precision)


class CommitmentLink(TrackedModel):
    """That two commitments belong together: the first is part of, or related to, the second."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="linked_from")
    kind = models.CharField(max_length=10, choices=LinkKind)

    class Meta:
        ordering = ("commitment", "kind", "other")
        constraints = [
            models.UniqueConstraint(fields=["commitment", "other", "kind"], name="one_link_a_kind"),
            models.CheckConstraint(condition=~Q(commitment=models.F("other")), name="no_link_to_itself"),
        ]
        rules_permissions = {"view": is_appointed, "add": is_secretariat, "change": is_secretariat}

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.kind} {self.other_id}"
