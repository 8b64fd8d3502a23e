"""What falls due, and whom it concerns. Each reading takes one query, however much there is."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import F, Prefetch, Q

from commitments.formats.partial import Precision
from commitments.history.enums import ReportState
from commitments.indicators.models import Measurement
from commitments.mechanisms.enums import AdherenceKind
from commitments.mechanisms.models import Adherence
from commitments.meetings.enums import MeetingState
from commitments.meetings.models import Meeting
from commitments.register.enums import CLOSED
from commitments.reminders.mornings import wall_clock, zone_of
from commitments.reminders.roster import Audience
from commitments.reporting.models import ProgressReport, ReportEntry
from commitments.reporting.models.parts import without_answer
from commitments.working_groups.models import GroupRole

#: How far ahead people can see what will be sent.
HORIZON = timedelta(days=14)
#: Read with a figure, to know which country gives it.
_PARTIES = "series__indicator__commitment__parties"
NOT_SENT = (ReportState.NOT_DUE, ReportState.DUE, ReportState.DRAFT)


@dataclass(frozen=True, slots=True)
class Due:
    """Something that falls due, and the audience that has to know."""

    line: str
    thing: Any
    audience: Audience
    #: What the reminders count from, as part of their keys: when it changes, the old ones are void.
    revision: str
    due_on: date | None
    #: No reminder before this day, none after that one.
    opens_on: date | None = None
    closes_on: date | None = None
    #: After this moment none is of use; None: the end of the due day where the person is.
    ends_at: datetime | None = None
    #: The report it belongs to: of one morning a person gets one message about all that is due in it.
    report_id: int | None = None

    @property
    def key(self) -> tuple[str, int]:
        """Type and number of the thing."""
        return (self.thing._meta.model_name, self.thing.pk)


def all_due(on: date) -> list[Due]:
    """Everything that has reminders to come on a day, or within the days one can see ahead."""
    return [*figures_due(on), *reports_due(on), *figure_questions(on), *report_questions(on), *meetings_due(on)]


def _open(prefix: str, on: date) -> Q:
    """Cycles that are open on a day or open soon; of one that should be closed by now nobody is reminded."""
    dates = {f"{prefix}__opens_on__lte": on + HORIZON, f"{prefix}__closes_on__gte": on}
    return Q(**dates, **{f"{prefix}__closed_at__isnull": True})


def figures_due(on: date, pk: int | None = None) -> list[Due]:
    """Figures asked of countries, or of the secretariat, that have no answer; none of a closed commitment.

    Those due with a report that is not sent yet are left to its reminders.
    """
    unsent = without_answer() | Q(measurement__state__in=NOT_SENT)
    with_report = Q(report__state__in=NOT_SENT, report__due_on=F("due_on"))
    entries = ReportEntry.objects.filter(_open("report__cycle", on), unsent)
    entries = entries.exclude(series__indicator__commitment__life_cycle__in=CLOSED).exclude(with_report)
    return [
        Due(
            line="figure",
            thing=entry,
            audience=authors(entry.report),
            revision=entry.due_on.isoformat(),
            due_on=entry.due_on,
            opens_on=entry.report.cycle.opens_on,
            closes_on=entry.report.cycle.closes_on,
            report_id=entry.report_id,
        )
        for entry in _only(entries, pk).select_related("report__cycle")
    ]


def reports_due(on: date, pk: int | None = None) -> list[Due]:
    """Reports of countries, of groups and of the secretariat itself that have not been sent."""
    reports = ProgressReport.objects.filter(_open("cycle", on), state__in=NOT_SENT)
    return [
        Due(
            line="report",
            thing=report,
            audience=authors(report),
            revision=report.due_on.isoformat(),
            due_on=report.due_on,
            opens_on=report.cycle.opens_on,
            closes_on=report.cycle.closes_on,
            report_id=report.pk,
        )
        for report in _only(reports, pk).select_related("cycle")
    ]


def authors(report: ProgressReport) -> Audience:
    """Who answers for a report, and is reminded of it."""
    return Audience(
        countries=frozenset(filter(None, [report.country_id])),
        groups=frozenset(filter(None, [report.group_id])),
        secretariat=report.is_of_secretariat,
    )


def figure_questions(on: date, pk: int | None = None) -> list[Due]:
    """Figures that the secretariat returned with a question."""
    returned = _only(Measurement.objects.filter(state=ReportState.RETURNED), pk)
    returned = returned.exclude(series__indicator__commitment__life_cycle__in=CLOSED)
    return [
        Due(
            line="figure_question",
            thing=figure,
            audience=_giver(figure),
            revision=_question_revision(figure.question_due_on, figure.question, figure.entered_at),
            due_on=figure.question_due_on,
        )
        for figure in returned.select_related("series__indicator__commitment").prefetch_related(_PARTIES)
    ]


def _giver(figure: Measurement) -> Audience:
    """The country that gives a figure; the secretariat, which asks whoever made the commitment, where there is none."""
    country_id = figure.country_id_for_rules
    return Audience(countries=frozenset(filter(None, [country_id])), secretariat=country_id is None)


def report_questions(on: date, pk: int | None = None) -> list[Due]:
    """Reports that the secretariat returned with a question."""
    return [
        Due(
            line="report_question",
            thing=report,
            audience=Audience(secretariat=True) if objection_to(report) else authors(report),
            revision=_question_revision(report.question_due_on, questions_of(report), report.sent_at),
            due_on=report.question_due_on,
        )
        for report in _only(ProgressReport.objects.filter(state=ReportState.RETURNED), pk).prefetch_related("questions")
    ]


def objection_to(report: ProgressReport) -> str:
    """What the country said against a report that the secretariat wrote for it, while nobody has dealt with it."""
    return "\n".join(row.text for row in report.questions.all() if row.is_open and row.is_objection)


def questions_of(report: ProgressReport) -> str:
    """The open questions on a report, one a line."""
    return "\n".join(question.text for question in report.questions.all() if question.is_open)


def _question_revision(due_on: date | None, question: str, sent_at: datetime | None) -> str:
    """Two rounds of questions are two messages, even with the same date: what was sent in between tells them apart."""
    fingerprint = sha256(f"{question}\0{sent_at}".encode()).hexdigest()[:12]
    return f"{due_on or '-'}/{fingerprint}"


def meetings_due(on: date, pk: int | None = None) -> list[Due]:
    """Planned meetings with a known day, and the people of the group; of the whole mechanism when no group meets."""
    planned = Meeting.objects.filter(
        state=MeetingState.PLANNED, start_precision__in=["", Precision.DAY], start__gte=on - timedelta(days=1)
    )
    roles = GroupRole.objects.filter(Q(until__isnull=True) | Q(until__gte=on), country__isnull=False)
    endorsing = Adherence.objects.filter(Q(until__isnull=True) | Q(until__gte=on), kind=AdherenceKind.ENDORSING)
    rows = _only(planned, pk).select_related("group", "mechanism", "country")
    rows = rows.prefetch_related(
        Prefetch("group__roles", roles, to_attr="countries_in_it"),
        Prefetch("mechanism__adherences", endorsing, to_attr="endorsing"),
    )
    return [
        Due(
            line="meeting",
            thing=meeting,
            audience=_people_of(meeting),
            revision=(meeting.start_at or meeting.start).isoformat(),
            due_on=meeting.start,
            ends_at=_begins(meeting),
        )
        for meeting in rows
    ]


def _people_of(meeting: Any) -> Audience:
    if meeting.group is not None:
        countries = frozenset(role.country_id for role in meeting.group.countries_in_it)
        return Audience(countries=countries, groups=frozenset({meeting.group_id}))
    if meeting.mechanism is not None:
        return Audience(countries=frozenset(row.country_id for row in meeting.mechanism.endorsing))
    return Audience()


def zone_of_meeting(meeting: Meeting) -> Any:
    """The zone of the host."""
    return zone_of(meeting.time_zone, meeting.country.time_zone if meeting.country else "")


def _begins(meeting: Meeting) -> datetime:
    """When a meeting begins; without a time of day, noon of its day in the host's zone."""
    return meeting.start_at or wall_clock(meeting.start, time(12), zone_of_meeting(meeting)).at


def _only(rows: Any, pk: int | None) -> Any:
    ordered = rows.order_by("pk")
    return ordered if pk is None else ordered.filter(pk=pk)


#: How to read one thing of a line again, at the moment of sending.
READ_AGAIN = {
    "figure": figures_due,
    "report": reports_due,
    "figure_question": figure_questions,
    "report_question": report_questions,
    "meeting": meetings_due,
}


def due_again(line: str, pk: int, on: date) -> Due | None:
    """What a reminder is about, if it is still due."""
    found = READ_AGAIN[line](on, pk)
    return found[0] if found else None
