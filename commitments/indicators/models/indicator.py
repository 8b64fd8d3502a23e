"""What is measured."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.formats.language import Text, translated
from commitments.history.enums import ReportState
from commitments.history.models import TrackedModel, TrackedQuerySet
from commitments.indicators.enums import Counting, Direction, Path, Per
from commitments.indicators.models.columns import UnitType, choices
from commitments.mechanisms.models import Country
from commitments.register.enums import UNSEEN, Horizon
from commitments.register.models import Commitment
from commitments.roles.rules import (
    is_appointed,
    is_focal_point,
    is_focal_point_of,
    is_public,
    is_secretariat,
    leads_a_group,
    leads_group_of,
    predicate,
)
from commitments.roles.standing import standing_of


@predicate
def is_asked_for_it(user: Any, indicator: Any) -> bool:
    """An open cycle asks a country of the person for its figures, whoever answers for the commitment by now."""
    countries = standing_of(user).countries
    if indicator is None or not countries:
        return False
    asked = {"entries__report__country__in": countries, "entries__report__cycle__closed_at": None}
    return Series.objects.filter(indicator=indicator, **asked).exists()


class IndicatorQuerySet(TrackedQuerySet):
    """Indicators by who may see them."""

    def public(self) -> "IndicatorQuerySet":
        """Published indicators of published commitments, and published regional ones."""
        return self.filter(Q(commitment__isnull=True) | ~Q(commitment__life_cycle__in=UNSEEN)).filter(
            state=ReportState.PUBLISHED
        )

    def visible_to(self, user: Any) -> "IndicatorQuerySet":
        """Public ones; all for the secretariat; proposals and drafts for their own country or group."""
        standing = standing_of(user)
        if standing.is_staff:
            return self.all()
        own = Commitment.objects.public().answered_by(standing.countries)
        mine = Q(commitment__in=own.values("pk"))
        mine |= Q(commitment__group_id__in=standing.groups)
        public = Q(state=ReportState.PUBLISHED) & (Q(commitment__isnull=True) | ~Q(commitment__life_cycle__in=UNSEEN))
        return self.filter(mine | public)


class Indicator(TrackedModel):
    """What is measured for a commitment, or for the region as a whole."""

    code = models.CharField(_("code"), max_length=50, unique=True)
    reference_id = models.CharField(max_length=80, unique=True, null=True, blank=True)
    commitment = models.ForeignKey(
        Commitment, null=True, blank=True, on_delete=models.PROTECT, related_name="indicators"
    )
    title = models.CharField(_("title"), max_length=300)
    definition = models.TextField(_("what to count"), blank=True)
    unit = models.CharField(_("unit"), max_length=80)
    unit_type = models.CharField(max_length=10, choices=UnitType, default=UnitType.COUNT)
    direction = models.CharField(max_length=10, choices=choices(Direction), default=Direction.INCREASE.value)
    direction_as_stated = models.CharField(max_length=10, blank=True)
    counting = models.CharField(max_length=12, choices=choices(Counting), default=Counting.CUMULATIVE.value)
    per = models.CharField(max_length=12, choices=choices(Per), blank=True, default="")
    path = models.CharField(max_length=6, choices=choices(Path), default=Path.LINE.value)
    cadence = models.CharField(max_length=20, blank=True)
    #: A figure for several countries, even where the record attaches it to one commitment.
    is_regional = models.BooleanField(default=False)
    horizon = models.CharField(max_length=10, choices=Horizon, blank=True)
    #: Named as key by the secretariat; empty: key if it has a target and is not merely observed.
    is_key = models.BooleanField(null=True, blank=True)
    first_report_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=ReportState, default=ReportState.DRAFT)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    question = models.TextField(blank=True)
    is_verified = models.BooleanField(default=False)
    notes = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)

    objects: ClassVar[Any] = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        ordering = ("code",)
        rules_permissions: dict[str, Any] = {
            "view": is_public | is_secretariat | is_focal_point_of | leads_group_of,
            "add": is_secretariat | leads_a_group | is_focal_point,
            "change": is_secretariat,
            "update": is_focal_point_of | is_secretariat | is_asked_for_it,
            "revise": is_secretariat | is_focal_point_of | leads_group_of,
            "propose_again": is_focal_point_of | leads_group_of,
            "publish": is_secretariat,
        }

    def __str__(self) -> str:
        return self.code

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it."""
        return self.state == ReportState.PUBLISHED and (self.commitment is None or self.commitment.is_public)

    @property
    def country_id_for_rules(self) -> int | None:
        """The country that reports it."""
        return self.commitment.country_id_for_rules if self.commitment else None

    @property
    def group_id_for_rules(self) -> int | None:
        """The group of its commitment."""
        return self.commitment.group_id if self.commitment else None

    def title_in(self, language: str) -> Text:
        """The title, with the language it is really in."""
        return translated(self, "title", language)

    @property
    def decimal_places(self) -> int:
        """How many decimals a figure may have: none for things and people counted, four for everything else."""
        return 0 if self.unit_type == UnitType.COUNT else 4

    def unit_in(self, language: str) -> Text:
        """The unit, with the language it is really in."""
        return translated(self, "unit", language)


class Series(TrackedModel):
    """One line of figures: an indicator for the whole or one country, for the total or one breakdown value."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="series")
    country = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT, related_name="series")
    breakdown = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("indicator", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "country", "breakdown"],
                condition=Q(country__isnull=False),
                name="one_series_a_country_and_cut",
            ),
            models.UniqueConstraint(
                fields=["indicator", "breakdown"],
                condition=Q(country__isnull=True),
                name="one_series_a_cut",
            ),
        ]
        rules_permissions = {"view": is_appointed, "add": is_secretariat, "change": is_secretariat}

    def __str__(self) -> str:
        return f"{self.indicator_id}/{self.country_id or '-'}/{self.breakdown or '-'}"

    @property
    def is_total(self) -> bool:
        """Whether it is the line of the whole."""
        return self.country_id is None and not self.breakdown
