"""What is measured: indicators with their series, baselines, targets, measurements, milestones and evidence."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commitments.formats.language import Text, translated
from commitments.formats.partial import PartialDate
from commitments.history.enums import ReportState
from commitments.history.models import TrackedModel, TrackedQuerySet
from commitments.indicators.enums import Counting, Direction, Path, Per, Qualifier, Reason, Status
from commitments.mechanisms.models import Country, PrecisionField, TextColumn, partial
from commitments.register.enums import Horizon, LifeCycle
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
from commitments.sources.models import Source


def choices(enum: Any) -> list[tuple[str, str]]:
    """The values of a pure enum as model choices; labels are made where they are shown."""
    return [(item.value, item.value) for item in enum]


if TYPE_CHECKING:  # fields take type parameters for the checker only
    DecimalColumn = models.DecimalField[Any, Any]
else:
    DecimalColumn = models.DecimalField


class FigureField(DecimalColumn):
    """A figure as its source gives it: up to 15 digits before and 4 after the mark. Blank is never zero."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 19)
        kwargs.setdefault("decimal_places", 4)
        super().__init__(*args, **kwargs)


class QualifierField(TextColumn):
    """The word that the source puts before a figure: more than, nearly, about …"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 12)
        kwargs.setdefault("choices", choices(Qualifier))
        kwargs.setdefault("default", Qualifier.EXACT.value)
        super().__init__(*args, **kwargs)


class UnitType(models.TextChoices):
    """What kind of number an indicator holds."""

    COUNT = "count", pgettext_lazy("type of unit", "count")
    CURRENCY = "currency", pgettext_lazy("type of unit", "money")
    PERCENT = "percent", pgettext_lazy("type of unit", "percent")
    RATIO = "ratio", pgettext_lazy("type of unit", "ratio")


@predicate
def entered_by_someone_else(user: Any, measurement: Any) -> bool:
    """The person who entered a value never accepts it."""
    return measurement is not None and measurement.entered_by_id != getattr(user, "pk", None)


@predicate
def is_on_behalf(user: Any, measurement: Any) -> bool:
    """The secretariat entered the value for a country."""
    return bool(measurement is not None and measurement.is_on_behalf)


class IndicatorQuerySet(TrackedQuerySet):
    """Indicators by who may see them."""

    def public(self) -> "IndicatorQuerySet":
        """Published indicators of published commitments, and published regional ones."""
        return self.filter(Q(commitment__isnull=True) | ~Q(commitment__life_cycle=LifeCycle.DRAFT)).filter(
            state=ReportState.PUBLISHED
        )

    def visible_to(self, user: Any) -> "IndicatorQuerySet":
        """Public ones; all for the secretariat; proposals and drafts for their own country or group."""
        standing = standing_of(user)
        if standing.is_staff:
            return self.all()
        mine = Q(commitment__maker_country_id__in=standing.countries) & ~Q(commitment__life_cycle=LifeCycle.DRAFT)
        mine |= Q(commitment__group_id__in=standing.groups)
        public = Q(state=ReportState.PUBLISHED) & (
            Q(commitment__isnull=True) | ~Q(commitment__life_cycle=LifeCycle.DRAFT)
        )
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

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        ordering = ("code",)
        rules_permissions: dict[str, Any] = {
            "view": is_public | is_secretariat | is_focal_point_of | leads_group_of,
            "add": is_secretariat | leads_a_group | is_focal_point,
            "change": is_secretariat,
            "update": is_focal_point_of | is_secretariat,
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
        return self.commitment.maker_country_id if self.commitment else None

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
        counted = self.unit_type == UnitType.COUNT and not self.unit_in("en").text.startswith("times ")
        return 0 if counted else 4

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


class Baseline(TrackedModel):
    """Where a series stood. A revised one keeps the old with the days on which it was in force."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="baselines")
    value = FigureField()
    qualifier = QualifierField()
    date = models.DateField()
    date_precision = PrecisionField()
    note = models.TextField(blank=True)
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("series", "valid_from", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["series"], condition=Q(valid_until__isnull=True), name="one_baseline_in_force"
            )
        ]
        rules_permissions = {"view": is_appointed, "add": is_secretariat, "change": is_secretariat}

    def __str__(self) -> str:
        return f"{self.series_id}: {self.value}"

    @property
    def day(self) -> PartialDate:
        """The date of the baseline as exactly as it is known."""
        day = partial(self.date, self.date_precision)
        assert day is not None
        return day


class Target(TrackedModel):
    """Where a series must stand, and by when; a value or a range, with the source's own word for it."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="targets")
    value = FigureField(null=True, blank=True)
    value_min = FigureField(null=True, blank=True)
    value_max = FigureField(null=True, blank=True)
    qualifier = QualifierField()
    date = models.DateField(null=True, blank=True)
    date_precision = PrecisionField()
    #: Where a target was loaded without its date: the date in the file and why it is no target date.
    date_note = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("series", "valid_from", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["series"], condition=Q(valid_until__isnull=True), name="one_target_in_force"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, value_min__isnull=True, value_max__isnull=True)
                | (Q(value__isnull=True) & (Q(value_min__isnull=False) | Q(value_max__isnull=False))),
                name="target_is_a_value_or_a_range",
            ),
        ]
        rules_permissions = {"view": is_appointed, "add": is_secretariat, "change": is_secretariat}

    def __str__(self) -> str:
        return f"{self.series_id}: {self.value or self.value_min}"

    @property
    def day(self) -> PartialDate | None:
        """The target date, or None."""
        return partial(self.date, self.date_precision)


class Waypoint(TrackedModel):
    """An agreed interim target."""

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="waypoints")
    date = models.DateField()
    value = FigureField()

    class Meta:
        ordering = ("target", "date")
        constraints = [models.UniqueConstraint(fields=["target", "date"], name="one_waypoint_a_day")]
        rules_permissions = {"view": is_appointed, "add": is_secretariat, "change": is_secretariat}

    def __str__(self) -> str:
        return f"{self.date}: {self.value}"


class MeasurementQuerySet(TrackedQuerySet):
    """Measurements by their place in the review."""

    def published(self) -> "MeasurementQuerySet":
        """What the public sees."""
        return self.filter(state=ReportState.PUBLISHED)

    def accepted(self) -> "MeasurementQuerySet":
        """Accepted by the secretariat, published or not: what the workspace may compute with."""
        return self.filter(state__in=[ReportState.ACCEPTED, ReportState.PUBLISHED])

    def waiting(self) -> "MeasurementQuerySet":
        """Sent and not yet decided on."""
        return self.filter(state__in=[ReportState.SENT, ReportState.IN_REVIEW])

    def used(self) -> "MeasurementQuerySet":
        """The one chosen among several sources for a date."""
        return self.filter(is_used=True)

    def visible_to(self, user: Any) -> "MeasurementQuerySet":
        """All for the secretariat; those of the own country for its focal points; accepted ones for readers."""
        standing = standing_of(user)
        if standing.is_staff:
            return self.all()
        own = Q(series__indicator__commitment__maker_country_id__in=standing.countries)
        if standing.posts:
            return self.filter(own | Q(state__in=[ReportState.ACCEPTED, ReportState.PUBLISHED]))
        return self.published()


class Measurement(TrackedModel):
    """An observed figure: a value, a range or words; the date it speaks of; its source. A correction is a new row."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="measurements")
    value = FigureField(_("value"), null=True, blank=True)
    value_min = FigureField(null=True, blank=True)
    value_max = FigureField(null=True, blank=True)
    words = models.CharField(max_length=200, blank=True)
    qualifier = QualifierField()
    as_of = models.DateField(_("date"), null=True, blank=True)
    as_of_precision = PrecisionField()
    period_start = models.DateField(null=True, blank=True)
    counting_as_stated = models.CharField(max_length=12, blank=True)
    is_comparable = models.BooleanField(default=True)
    not_comparable_because = models.TextField(blank=True)
    #: Several sources may give different figures for one date: all are kept, one is used.
    is_used = models.BooleanField(default=True)
    used_because = models.TextField(blank=True)
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="measurements")
    note = models.TextField(blank=True)
    #: The country's own words on a figure below what was expected; published with it.
    reason = models.TextField(_("reason"), blank=True)
    is_verified = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=ReportState, default=ReportState.SENT)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    is_on_behalf = models.BooleanField(default=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    question = models.TextField(blank=True)
    question_field = models.CharField(max_length=20, blank=True)
    question_due_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        verbose_name = _("measurement")
        ordering = ("series", "as_of", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=False, value_min__isnull=True, value_max__isnull=True)
                | (Q(value__isnull=True) & (Q(value_min__isnull=False) | Q(value_max__isnull=False)))
                | (Q(value__isnull=True, value_min__isnull=True, value_max__isnull=True) & ~Q(words="")),
                name="measurement_is_a_value_a_range_or_words",
            ),
            models.CheckConstraint(
                condition=Q(is_comparable=True) | ~Q(not_comparable_because=""),
                name="not_comparable_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "published", "corrected"], accepted_at__isnull=False)
                | Q(accepted_at__isnull=True),
                name="measurement_accepted_at_goes_with_state",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True)
                | Q(entered_by__isnull=True)
                | ~Q(accepted_by=models.F("entered_by")),
                name="entered_by_never_accepts",
            ),
            models.UniqueConstraint(
                fields=["series", "as_of", "as_of_precision"],
                condition=Q(is_used=True, state__in=["accepted", "published"], as_of__isnull=False),
                name="one_used_value_a_series_and_date",
            ),
        ]
        indexes = [models.Index(fields=["state", "entered_at"]), models.Index(fields=["-published_at"])]
        rules_permissions: dict[str, Any] = {
            "view": is_public | is_secretariat | is_focal_point_of,
            "add": is_focal_point | is_secretariat,
            "change": is_focal_point_of | is_secretariat,
            "answer": is_focal_point_of,
            "confirm": is_focal_point_of & is_on_behalf & entered_by_someone_else,
            "accept": is_secretariat & entered_by_someone_else,
            "return": is_secretariat & entered_by_someone_else,
            "publish": is_secretariat,
        }

    def __str__(self) -> str:
        return f"{self.series_id} {self.as_of}: {self.value if self.value is not None else self.words}"

    @property
    def is_public(self) -> bool:
        """Published, on a published indicator."""
        return self.state == ReportState.PUBLISHED and self.series.indicator.is_public

    @property
    def country_id_for_rules(self) -> int | None:
        """The country that reports it."""
        return self.series.country_id or self.series.indicator.country_id_for_rules

    @property
    def day(self) -> PartialDate | None:
        """The date it speaks of, as exactly as it is known."""
        return partial(self.as_of, self.as_of_precision)


class Milestone(TrackedModel):
    """A step of a commitment that is done or not done; no number."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="milestones")
    title = models.CharField(_("title"), max_length=300)
    due_on = models.DateField(null=True, blank=True)
    due_on_precision = PrecisionField()
    done_on = models.DateField(null=True, blank=True)
    done_on_precision = PrecisionField()
    is_key = models.BooleanField(default=True)
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT)
    state = models.CharField(max_length=12, choices=ReportState, default=ReportState.DRAFT)
    is_example = models.BooleanField(default=False)

    class Meta:
        ordering = ("commitment", "due_on", "id")
        rules_permissions = {
            "view": is_appointed,
            "add": is_secretariat | leads_a_group,
            "change": is_secretariat,
        }

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.pk}"

    @property
    def due(self) -> PartialDate | None:
        """When the step is due, or None."""
        return partial(self.due_on, self.due_on_precision)

    @property
    def done(self) -> PartialDate | None:
        """When it was done, or None."""
        return partial(self.done_on, self.done_on_precision)


class Evidence(TrackedModel):
    """A document that shows something, as a link."""

    commitment = models.ForeignKey(Commitment, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    measurement = models.ForeignKey(
        Measurement, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(commitment__isnull=False) | Q(measurement__isnull=False),
                name="evidence_belongs_to_something",
            )
        ]
        rules_permissions = {
            "view": is_appointed,
            "add": is_secretariat | is_focal_point | leads_a_group,
            "change": is_secretariat,
        }

    def __str__(self) -> str:
        return f"{self.source_id}"


class CommitmentStatus(models.Model):
    """The computed status of a commitment on a day, kept so that lists need no arithmetic.

    Derived, so not tracked: it is rewritten in the transaction of every change that moves it and, when the day
    turns, by the task `indicators.refresh_statuses`. Computed from published values only.
    """

    commitment = models.OneToOneField(Commitment, on_delete=models.CASCADE, related_name="computed")
    on = models.DateField()
    status = models.CharField(max_length=12, choices=choices(Status), db_index=True)
    reason = models.CharField(max_length=40, choices=choices(Reason), blank=True)
    assessed = models.PositiveSmallIntegerField(default=0)
    key_count = models.PositiveSmallIntegerField(default=0)
    #: For a closed commitment: its status on the path at its last counting value.
    last_status = models.CharField(max_length=12, blank=True)
    last_published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("commitment",)

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.status}"
