"""The secretariat's queue, oldest first, and what the system noticed about each figure."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from commitments.formats.language import Text
from commitments.history.enums import ReportState
from commitments.indicators.models import Figure, Measurement
from commitments.indicators.proposals import waiting_proposals
from commitments.indicators.wording import figure_of
from commitments.register.enums import LifeCycle
from commitments.register.models import Commitment
from commitments.reporting.models import ProgressReport
from commitments.reporting.queries import UpdateTask

#: Working days in which the secretariat answers; later ones are marked.
TARGET_DAYS = 3


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One thing to review: what it is, whose, what it says, and for how many days it has waited."""

    what: str
    title: Text
    whose: Text | str
    said: str
    url: str
    sent_on: date | None
    days: int
    state: str

    @property
    def is_slow(self) -> bool:
        """Whether it has waited longer than the secretariat says it will."""
        return self.days > TARGET_DAYS

    @property
    def waiting(self) -> str:
        """For how long, in words."""
        if self.days == 0:
            return _("since today")
        return ngettext("%(days)s day", "%(days)s days", self.days) % {"days": self.days}


def review_queue(*, on: date) -> list[QueueItem]:
    """Everything that waits for the secretariat, oldest first. Constant number of queries."""
    items = _figures(on) + _reports(on) + _proposals(on) + _drafts(on)
    return sorted(items, key=lambda item: (item.sent_on or on, item.title.text))


def _figures(on: date) -> list[QueueItem]:
    rows = (
        Measurement.objects.filter(state__in=[ReportState.SENT, ReportState.IN_REVIEW, ReportState.ACCEPTED])
        .select_related("series__indicator__commitment__maker_country", "series__country")
        .order_by("entered_at", "pk")
    )
    items = []
    for row in rows:
        indicator = row.series.indicator
        country = indicator.commitment.maker_country if indicator.commitment else None
        sent = timezone.localdate(row.entered_at) if row.entered_at else None
        accepted = row.state == ReportState.ACCEPTED
        items.append(
            QueueItem(
                what=_("Figure to publish") if accepted else _("Figure"),
                title=indicator.title_in(_lang()),
                whose=country.name_in(_lang()) if country else "",
                said=figure_of(row, indicator),
                url=reverse("workspace:review-measurement", args=[row.pk]),
                sent_on=sent,
                days=(on - sent).days if sent else 0,
                state=row.get_state_display(),
            )
        )
    return items


def _reports(on: date) -> list[QueueItem]:
    states = [ReportState.SENT, ReportState.IN_REVIEW, ReportState.ACCEPTED]
    rows = ProgressReport.objects.filter(state__in=states, group__isnull=False).select_related("group", "cycle")
    return [
        QueueItem(
            what=_("Group report"),
            title=row.group.name_in(_lang()) if row.group else Text("", _lang(), foreign=False),
            whose=row.cycle.name_in(_lang()),
            said="",
            url=reverse("workspace:review-report", args=[row.pk]),
            sent_on=timezone.localdate(row.sent_at) if row.sent_at else None,
            days=(on - timezone.localdate(row.sent_at)).days if row.sent_at else 0,
            state=row.get_state_display(),
        )
        for row in rows.order_by("sent_at", "pk")
    ]


def _proposals(on: date) -> list[QueueItem]:
    rows = waiting_proposals().select_related("commitment__maker_country").order_by("pk")
    return [
        QueueItem(
            what=_("Proposed indicator"),
            title=row.title_in(_lang()),
            whose=row.commitment.code if row.commitment else "",
            said="",
            url=reverse("workspace:review-indicator", args=[row.code]),
            sent_on=None,
            days=0,
            state=row.get_state_display(),
        )
        for row in rows
    ]


def _drafts(on: date) -> list[QueueItem]:
    rows = Commitment.objects.filter(life_cycle=LifeCycle.DRAFT).select_related("group").order_by("pk")
    return [
        QueueItem(
            what=_("Draft commitment"),
            title=row.title_in(_lang()),
            whose=row.group.name_in(_lang()) if row.group else "",
            said="",
            url=reverse("workspace:edit-commitment", args=[row.code]),
            sent_on=None,
            days=0,
            state=row.get_life_cycle_display(),
        )
        for row in rows
    ]


def flags_of(measurement: Measurement, task: UpdateTask) -> list[str]:
    """What the system noticed: a big jump, a date before the last figure, a falling total, a correction."""
    if measurement.value is None or measurement.day is None:
        return []
    figure = Figure(measurement.value, measurement.day, measurement.source, period_start=measurement.period_start)
    noticed = (
        (task.moves_far(figure), _("Moved by more than a quarter since the last figure")),
        (task.later_than(figure.as_of) is not None, _("There is a later figure on record")),
        (task.falls(figure), _("A running total that falls")),
        (measurement.replaces_id is not None, _("Corrects a figure on record")),
        (measurement.source is None, _("Source missing")),
        (measurement.is_on_behalf, pgettext("flag of a figure", "Entered by the secretariat on behalf of the country")),
        (task.preview(figure).status != task.reading.result.status, _("Changes the status")),
    )
    return [words for is_so, words in noticed if is_so]


def _lang() -> str:
    return get_language() or "en"
