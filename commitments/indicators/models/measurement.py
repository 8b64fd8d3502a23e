"""Observed figures."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.formats.language import Text, written_in
from commitments.formats.partial import PartialDate
from commitments.history.enums import ReportState
from commitments.history.models import TrackedModel, TrackedQuerySet
from commitments.indicators.enums import Qualifier
from commitments.indicators.models.columns import BehalfBasis, FigureField, QualifierField
from commitments.indicators.models.indicator import Series
from commitments.mechanisms.models import PrecisionField, partial
from commitments.register.models import Commitment
from commitments.roles.rules import (
    is_appointed,
    is_focal_point,
    is_focal_point_of,
    is_public,
    is_secretariat,
    may_take_decision,
    predicate,
)
from commitments.roles.standing import standing_of
from commitments.sources.models import Source


@predicate
def entered_by_someone_else(user: Any, measurement: Any) -> bool:
    """The person who entered a value never accepts it."""
    return measurement is not None and measurement.entered_by_id != getattr(user, "pk", None)


@predicate
def is_on_behalf(user: Any, measurement: Any) -> bool:
    """The secretariat entered the value for a country."""
    return bool(measurement is not None and measurement.is_on_behalf)


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
        own = Q(series__indicator__commitment__in=Commitment.objects.answered_by(standing.countries).values("pk"))
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
    #: The language in which that was written; empty stands for English, the language of the record.
    reason_language = models.CharField(max_length=2, blank=True)
    is_verified = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=ReportState, default=ReportState.SENT)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    is_on_behalf = models.BooleanField(default=False)
    behalf_basis = models.CharField(_("what it rests on"), max_length=10, choices=BehalfBasis, blank=True)
    behalf_on = models.DateField(_("date of what it rests on"), null=True, blank=True)
    #: What was said or written then; for the country that confirms the figure, never public.
    behalf_words = models.TextField(_("who said what"), blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    #: Who has taken it up for review, and when; it holds while the figure is in review.
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
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

    objects: ClassVar[Any] = MeasurementQuerySet.as_manager()

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
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | Q(reviewed_at__isnull=False),
                name="measurement_reviewed_by_and_at",
            ),
            models.UniqueConstraint(
                fields=["series", "as_of", "as_of_precision"],
                condition=Q(is_used=True, state__in=["accepted", "published"], as_of__isnull=False),
                name="one_used_value_a_series_and_date",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "entered_at"]),
            models.Index(fields=["state", "-published_at"]),
            # A line's published figures: by the state alone they would be looked for among all that are published.
            models.Index(fields=["series", "state"]),
        ]
        rules_permissions: dict[str, Any] = {
            "view": is_public | is_secretariat | is_focal_point_of,
            "view_accepted": is_appointed,
            "add": is_focal_point | is_secretariat,
            "change": is_focal_point_of | is_secretariat,
            "answer": is_focal_point_of,
            "confirm": is_focal_point_of & is_on_behalf & entered_by_someone_else,
            "review": is_secretariat & entered_by_someone_else,
            "accept": is_secretariat & entered_by_someone_else & may_take_decision,
            "return": is_secretariat & entered_by_someone_else & may_take_decision,
            "publish": is_secretariat,
        }

    def __str__(self) -> str:
        return f"{self.series_id} {self.as_of}: {self.value if self.value is not None else self.words}"

    @property
    def is_public(self) -> bool:
        """Published, on a published indicator."""
        return self.state == ReportState.PUBLISHED and self.series.indicator.is_public

    @property
    def taken_up_by(self) -> int | None:
        """Who is reviewing it, by id; None while nobody is."""
        return self.reviewed_by_id if self.state == ReportState.IN_REVIEW else None

    @property
    def country_id_for_rules(self) -> int | None:
        """The country that reports it."""
        return self.series.indicator.country_id_for_rules or self.series.country_id

    def reason_in(self, language: str) -> Text:
        """The country's reason for a page in a language, with the language it was written in."""
        return written_in(self.reason, self.reason_language, language)

    @property
    def period_end(self) -> date | None:
        """The last day of the period that it is an amount of; None where it has none."""
        return self.day.last_day if self.day is not None and self.period_start is not None else None

    @property
    def is_number(self) -> bool:
        """Whether its source gives a figure or a range, and not words alone."""
        return any(end is not None for end in (self.value, self.value_min, self.value_max))

    @property
    def day(self) -> PartialDate | None:
        """The date it speaks of, as exactly as it is known."""
        return partial(self.as_of, self.as_of_precision)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it is sent in: the value, the day or period it speaks of, and the country's reason."""

    value: Decimal
    as_of: PartialDate
    source: Source | None
    reason: str = ""
    #: The language of the page on which the reason was written.
    language: str = ""
    qualifier: str = Qualifier.EXACT.value
    period_start: date | None = None
    #: What the secretariat rests on when it gives the figure for a country, from when, and who said what.
    behalf_basis: str = ""
    behalf_on: date | None = None
    behalf_words: str = ""

    def columns(self) -> dict[str, Any]:
        """The figure as columns of a measurement."""
        return {
            "value": self.value,
            "as_of": self.as_of.first,
            "as_of_precision": self.as_of.precision.value,
            "source": self.source,
            "reason": self.reason,
            "reason_language": self.language if self.reason else "",
            "qualifier": self.qualifier,
            "period_start": self.period_start,
            "behalf_basis": self.behalf_basis,
            "behalf_on": self.behalf_on,
            "behalf_words": self.behalf_words,
        }
