"""What a report is made of: parts, figures asked for, questions, documents, translations."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.history.enums import ReportState
from commitments.history.models import TrackedModel
from commitments.indicators.models import Measurement, Series
from commitments.register.models import Commitment
from commitments.reporting.enums import Answer, CannotReport, Section
from commitments.reporting.models.cycle import in_open_cycle
from commitments.reporting.models.report import ProgressReport
from commitments.roles.rules import is_appointed, is_focal_point, is_secretariat, leads_a_group
from commitments.sources.models import StoredFile, Withdrawable

WRITERS = is_secretariat | is_focal_point | leads_a_group


class ReportPart(TrackedModel):
    """What a report says of one commitment: progress in words, nothing changed, or why nothing can be reported."""

    report = models.ForeignKey(ProgressReport, on_delete=models.PROTECT, related_name="parts")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="report_parts")
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    words = models.TextField(_("progress"), blank=True)
    cannot_reason = models.CharField(_("why it cannot be given"), max_length=20, choices=CannotReport, blank=True)

    class Meta:
        ordering = ("report", "commitment__code", "id")
        constraints = [
            models.UniqueConstraint(fields=["report", "commitment"], name="one_part_a_commitment_and_report"),
            models.CheckConstraint(
                condition=Q(answer=Answer.CANNOT) | Q(cannot_reason=""), name="only_cannot_has_a_reason"
            ),
        ]
        rules_permissions = {"view": is_appointed, "add": is_secretariat, "change": WRITERS}

    def __str__(self) -> str:
        return f"{self.report_id}/{self.commitment_id}"

    @property
    def is_asked(self) -> bool:
        """Whether it is asked about still: not once the commitment is closed."""
        return not self.commitment.is_closed

    @property
    def is_answered(self) -> bool:
        """Whether the commitment has its answer: progress is told in words."""
        return bool(self.answer) and (self.answer != Answer.PROGRESS or bool(self.words))


def without_answer() -> Q:
    """Figures asked for that have neither a figure nor a reason: their own, or the whole report's once it is sent."""
    given_by_report = Q(report__sent_at__isnull=False) & ~Q(report__cannot_reason="")
    return Q(measurement__isnull=True, cannot_reason="") & ~given_by_report


class ReportEntry(Withdrawable, TrackedModel):
    """One figure asked for in a report; its state is that of the measurement sent for it, *due* while there is none.

    Where no figure can be given, the reason is the answer.
    """

    report = models.ForeignKey(ProgressReport, on_delete=models.PROTECT, related_name="entries")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="entries")
    measurement = models.ForeignKey(
        Measurement, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    due_on = models.DateField()
    is_unchanged = models.BooleanField(default=False)
    cannot_reason = models.CharField(_("why it cannot be given"), max_length=20, choices=CannotReport, blank=True)
    cannot_words = models.TextField(_("why it cannot be given, in words"), blank=True)

    class Meta:
        ordering = ("report", "id")
        constraints = [models.UniqueConstraint(fields=["report", "series"], name="one_entry_a_series_and_report")]
        rules_permissions = {
            "view": is_appointed,
            "add": is_secretariat,
            "change": WRITERS,
            "withdraw": is_secretariat,
        }

    def __str__(self) -> str:
        return f"{self.report_id}/{self.series_id}"

    @property
    def is_asked(self) -> bool:
        """Whether the figure is asked for still: not once its commitment is closed."""
        commitment = self.series.indicator.commitment
        return commitment is None or not commitment.is_closed

    @property
    def is_open(self) -> bool:
        """Whether it is asked for, and there is neither a figure nor a reason why none can be given."""
        return self.is_asked and self.measurement_id is None and not self.cannot_reason

    @property
    def state(self) -> ReportState:
        """Where the entry stands."""
        return ReportState(self.measurement.state) if self.measurement else ReportState.DUE

    @property
    def is_answered(self) -> bool:
        """Whether a figure was sent that is not back with a question, or a reason why none can be given."""
        return self.is_sent or (self.measurement is None and bool(self.cannot_reason))

    @property
    def is_sent(self) -> bool:
        """Whether a figure was sent for it that is not back with a question."""
        return self.state not in {ReportState.DUE, ReportState.RETURNED}


def waiting_figures(on: date) -> QuerySet[ReportEntry]:
    """The figures of open cycles that a form is for: none is given yet, or it can still be put right."""
    is_open = Q(measurement__isnull=True) | Q(measurement__state__in=[ReportState.SENT, ReportState.RETURNED])
    rows: QuerySet[ReportEntry] = ReportEntry.objects.filter(is_open, in_open_cycle(on, "report__cycle"))
    return rows


class ReportQuestion(TrackedModel):
    """A question of the secretariat at one place of a returned report, and the answer; only that place unlocks.

    Or what a country says against a report that the secretariat wrote for it: at no place, and all of it unlocks.
    """

    report = models.ForeignKey(ProgressReport, on_delete=models.PROTECT, related_name="questions")
    section = models.CharField(_("about"), max_length=12, choices=Section, blank=True)
    part = models.ForeignKey(ReportPart, null=True, blank=True, on_delete=models.PROTECT, related_name="questions")
    text = models.TextField(_("question"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    is_objection = models.BooleanField(default=False)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("report", "asked_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer="") | Q(is_objection=True),
                name="answered_question_has_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | Q(answered_at__isnull=False), name="answered_by_and_at"
            ),
        ]
        rules_permissions = {"view": is_appointed, "add": is_secretariat, "change": WRITERS}

    def __str__(self) -> str:
        return f"{self.report_id}: {self.section}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it yet."""
        return self.answered_at is None

    @property
    def lacks_answer(self) -> bool:
        """Whether the report cannot be sent without an answer to it: an objection is dealt with, not answered."""
        return self.is_open and not self.answer and not self.is_objection


class ReportDocument(Withdrawable, TrackedModel):
    """A file that belongs to a report; private until the report is published."""

    report = models.ForeignKey(ProgressReport, on_delete=models.PROTECT, related_name="documents")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="report_documents")
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=2, blank=True)

    class Meta:
        ordering = ("report", "id")
        constraints = [models.UniqueConstraint(fields=["report", "file"], name="one_document_a_file_and_report")]
        rules_permissions = {
            "view": is_appointed,
            "add": WRITERS,
            "change": WRITERS,
            "withdraw": is_secretariat,
        }

    def __str__(self) -> str:
        return self.title


class ReportTranslation(TrackedModel):
    """The published summary of a report in another language than its own."""

    report = models.ForeignKey(ProgressReport, on_delete=models.PROTECT, related_name="translations")
    language = models.CharField(_("language"), max_length=2)
    summary = models.TextField(_("summary"))

    class Meta:
        ordering = ("report", "language")
        constraints = [models.UniqueConstraint(fields=["report", "language"], name="one_translation_a_language")]
        rules_permissions = {"view": is_appointed, "add": is_secretariat, "change": is_secretariat}

    def __str__(self) -> str:
        return f"{self.report_id} {self.language}"
