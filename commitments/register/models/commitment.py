"""The commitments themselves."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.formats.language import Text, translated
from commitments.formats.partial import PartialDate
from commitments.history.models import TrackedModel, TrackedQuerySet
from commitments.mechanisms.models import Country, Mechanism, Organization, PrecisionField, partial
from commitments.register.enums import (
    UNSEEN,
    CommitmentKind,
    Horizon,
    HorizonBasis,
    LifeCycle,
)
from commitments.roles.rules import (
    is_appointed,
    is_focal_point_of,
    is_public,
    is_secretariat,
    leads_a_group,
    leads_group_of,
    predicate,
)
from commitments.roles.standing import standing_of
from commitments.sources.models import Source
from commitments.working_groups.models import Pillar, WorkingGroup


@predicate
def is_draft(user: Any, commitment: Any) -> bool:
    """The commitment is not published yet."""
    return bool(commitment is not None and commitment.life_cycle == LifeCycle.DRAFT)


class CommitmentQuerySet(TrackedQuerySet):
    """Commitments by who may see them and where they stand."""

    def public(self) -> "CommitmentQuerySet":
        """Published ones, closed ones included; drafts and removed ones are nobody's business outside."""
        return self.exclude(life_cycle__in=UNSEEN)

    def removed(self) -> "CommitmentQuerySet":
        """Those that a published decision took off the site."""
        return self.filter(life_cycle=LifeCycle.REMOVED)

    def real(self) -> "CommitmentQuerySet":
        """Without examples, which count nowhere."""
        return self.filter(is_example=False)

    def visible_to(self, user: Any) -> "CommitmentQuerySet":
        """Published ones, and the drafts of the secretariat, or of the groups that this person leads."""
        standing = standing_of(user)
        if standing.is_staff:
            return self.all()
        if standing.groups:
            return self.filter(~Q(life_cycle__in=UNSEEN) | Q(life_cycle=LifeCycle.DRAFT, group_id__in=standing.groups))
        return self.public()

    def of_declaration(self) -> "CommitmentQuerySet":
        """The Declaration's own."""
        return self.filter(mechanism__code="LAD")

    def made_by(self, country: Country) -> "CommitmentQuerySet":
        """Those that a country made itself."""
        return self.filter(maker_country=country)

    def answered_by(self, countries: Any) -> "CommitmentQuerySet":
        """Those that these countries (ids, or rows) answer for: made by them, or made together and led by them."""
        together = self.model._default_manager.filter(maker_country=None, maker_organization=None)
        led = together.filter(parties__is_lead=True, parties__country__in=countries)
        return self.filter(Q(maker_country__in=countries) | Q(pk__in=led.values("pk")))

    def answered_by_secretariat(self) -> "CommitmentQuerySet":
        """Those that no country answers for: the secretariat asks whoever made them."""
        led = self.model._default_manager.filter(parties__is_lead=True, maker_organization=None)
        return self.filter(maker_country=None).exclude(pk__in=led.values("pk"))


class Commitment(TrackedModel):
    """One commitment on record. `summary` is in the secretariat's words; a quotation is a record of its own."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    reference_id = models.CharField(max_length=80, unique=True, null=True, blank=True)
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), blank=True)
    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="commitments")
    pillar = models.ForeignKey(
        Pillar, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments", verbose_name=_("pillar")
    )
    group = models.ForeignKey(
        WorkingGroup,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="commitments",
        verbose_name=_("working group"),
    )
    #: For other mechanisms: the Declaration's workstream on the same subject, never their group.
    aligned_workstream = models.ForeignKey(
        WorkingGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="aligned_commitments"
    )
    classification = models.CharField(max_length=100, blank=True)
    maker_country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments", verbose_name=_("country")
    )
    maker_organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    maker_mechanism = models.ForeignKey(
        Mechanism, null=True, blank=True, on_delete=models.PROTECT, related_name="collective_commitments"
    )
    maker_name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=CommitmentKind)
    made_on = models.DateField(_("made on"))
    made_on_precision = PrecisionField()
    made_at = models.CharField(_("made at"), max_length=250, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_on_precision = PrecisionField()
    horizon = models.CharField(_("horizon"), max_length=10, choices=Horizon, blank=True)
    horizon_basis = models.CharField(max_length=10, choices=HorizonBasis, blank=True)
    life_cycle = models.CharField(_("life cycle"), max_length=12, choices=LifeCycle, default=LifeCycle.DRAFT)
    life_cycle_on = models.DateField(null=True, blank=True)
    life_cycle_on_precision = PrecisionField()
    life_cycle_as_of = models.DateField(null=True, blank=True)
    life_cycle_as_of_precision = PrecisionField()
    life_cycle_reason = models.TextField(blank=True)
    life_cycle_source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="supersedes"
    )
    original_language = models.CharField(max_length=8, blank=True)
    is_verified = models.BooleanField(default=False)
    responsible_office = models.CharField(_("responsible office"), max_length=200, blank=True)
    notes = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)

    objects: ClassVar[Any] = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    maker_country__isnull=False,
                    maker_organization__isnull=True,
                    maker_mechanism__isnull=True,
                    maker_name="",
                )
                | Q(
                    maker_country__isnull=True,
                    maker_organization__isnull=False,
                    maker_mechanism__isnull=True,
                    maker_name="",
                )
                | Q(
                    maker_country__isnull=True,
                    maker_organization__isnull=True,
                    maker_mechanism__isnull=False,
                    maker_name="",
                )
                | (
                    Q(maker_country__isnull=True, maker_organization__isnull=True, maker_mechanism__isnull=True)
                    & ~Q(maker_name="")
                ),
                name="commitment_has_exactly_one_maker",
            ),
        ]
        indexes = [
            models.Index(fields=["life_cycle", "code"]),
            models.Index(fields=["mechanism", "code"]),
            models.Index(fields=["made_on"]),
            models.Index(fields=["due_on", "code"]),
        ]
        rules_permissions: dict[str, Any] = {
            "view": is_public | is_secretariat | leads_group_of,
            "add": is_secretariat | leads_a_group,
            "change": is_secretariat | (leads_group_of & is_draft),
            "publish": is_secretariat,
            "close": is_secretariat,
            "propose_indicator": is_secretariat | is_focal_point_of | leads_group_of,
            "history": is_appointed,
        }

    def __str__(self) -> str:
        return self.code

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it."""
        return LifeCycle(self.life_cycle).is_public

    @property
    def is_closed(self) -> bool:
        """Suspended, ended, withdrawn, superseded or removed."""
        return LifeCycle(self.life_cycle).is_closed

    @property
    def country_id_for_rules(self) -> int | None:
        """The country that answers for it, and so reports it: its maker, or the lead of those that made it together.

        None for an organization's and for one without a lead: there the secretariat asks. No query where `parties` are
        prefetched.
        """
        if self.maker_country_id is not None or self.maker_organization_id is not None:
            return self.maker_country_id
        return next((party.country_id for party in self.parties.all() if party.is_lead), None)

    @property
    def answering_country(self) -> Country | None:
        """The same country itself. No query where the maker, `parties` and their countries are loaded."""
        if self.maker_country_id is not None or self.maker_organization_id is not None:
            return self.maker_country
        return next((party.country for party in self.parties.all() if party.is_lead), None)

    @property
    def group_id_for_rules(self) -> int | None:
        """The group that it belongs to."""
        return self.group_id

    @property
    def made(self) -> PartialDate:
        """When it was made, as exactly as it is known."""
        made = partial(self.made_on, self.made_on_precision)
        assert made is not None  # made_on is never empty
        return made

    @property
    def due(self) -> PartialDate | None:
        """When it falls due, or None."""
        return partial(self.due_on, self.due_on_precision)

    @property
    def is_due_before_made(self) -> bool:
        """Whether its dates are certainly out of order. The record may hold such; whoever types them is told."""
        due = self.due
        return due is not None and due.last_day < self.made.first_day

    @property
    def life_cycle_date(self) -> PartialDate | None:
        """The day it was suspended, ended …, only where the record states one."""
        return partial(self.life_cycle_on, self.life_cycle_on_precision)

    @property
    def life_cycle_as_of_date(self) -> PartialDate | None:
        """The date of the source that says it was suspended or ended."""
        return partial(self.life_cycle_as_of, self.life_cycle_as_of_precision)

    def title_in(self, language: str) -> Text:
        """The title, with the language it is really in."""
        return translated(self, "title", language)

    def summary_in(self, language: str) -> Text:
        """The summary, with the language it is really in."""
        return translated(self, "summary", language)
