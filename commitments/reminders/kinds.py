"""The kinds of reminder: whether one is still wanted, what it says, and what it is about."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import override, pgettext_lazy

from commitments.appointments.queries import secretariat
from commitments.history.enums import ReportState
from commitments.indicators.models import Indicator, Measurement, Revision
from commitments.indicators.proposals import PROPOSAL_DECIDED
from commitments.indicators.revising import REVISION_DECIDED
from commitments.meetings.enums import MeetingState
from commitments.meetings.models import Meeting
from commitments.mistakes.actions import MISTAKE_REPORTED
from commitments.mistakes.enums import MistakeState
from commitments.mistakes.models import MistakeReport
from commitments.notices.actions import decided_at
from commitments.notices.enums import Reason
from commitments.notices.models import Notice
from commitments.notices.registry import Kind
from commitments.reminders import wording
from commitments.reminders.chasing import last_by_hand
from commitments.reminders.letters import chase, decisions, figures, meetings, mistakes, reports
from commitments.reminders.mornings import day_for
from commitments.reminders.offsets import line_of
from commitments.reminders.queries import authors, due_again
from commitments.reminders.roster import Roster
from commitments.reporting.actions.corrections import CORRECTION_DECIDED, REPORT_CORRECTED
from commitments.reporting.chased import BY_HAND, BY_THEMSELVES
from commitments.reporting.lines import told_apart
from commitments.reporting.models import ProgressReport, ReportCorrection, ReportEntry


def still_due(notice: Notice, at: datetime) -> str | None:
    """Asked at sending: the same reading as planning's, for this one thing and this one person."""
    day = day_for(notice.local_intent, at)
    due = due_again(line_of(notice.kind), notice.object_id, day)
    if due is None:
        return _why_not_due(notice)
    if due.revision != notice.due_revision:
        return Reason.MOVED
    about = (notice.object_id, notice.recipient_id)
    if notice.kind in BY_THEMSELVES and notice.local_intent[:10] <= last_by_hand([notice.object_id]).get(about, ""):
        return Reason.CATCH_UP
    responsible = Roster.load(day, among=due.audience).who(due.audience, day)
    return None if notice.recipient_id in responsible else Reason.NOT_RESPONSIBLE


def still_missing(notice: Notice, at: datetime) -> str | None:
    """Asked at sending of a reminder by hand: the report has not come, and the person still answers for it."""
    report = ProgressReport.objects.select_related("cycle").filter(pk=notice.object_id).first()
    if report is None:
        return Reason.GONE
    if not _waits(report.state):
        return Reason.DONE
    if report.cycle.closed_at is not None:
        return Reason.CLOSED
    audience, day = authors(report), at.date()
    responsible = Roster.load(day, among=audience).who(audience, day)
    return None if notice.recipient_id in responsible else Reason.NOT_RESPONSIBLE


def _why_not_due(notice: Notice) -> Reason:
    thing = _MODELS[notice.object_type].objects.filter(pk=notice.object_id).first()  # type: ignore[attr-defined]
    if thing is None:
        return Reason.GONE
    if isinstance(thing, Meeting):
        ended = {MeetingState.CANCELLED: Reason.CALLED_OFF, MeetingState.HELD: Reason.DONE}
        return ended.get(MeetingState(thing.state), Reason.MOVED)
    if isinstance(thing, ReportEntry):
        sent = thing.measurement is not None and not _waits(thing.measurement.state)
        if sent or (thing.measurement is None and (thing.cannot_reason or thing.report.is_excused)):
            return Reason.DONE
        # Due with its report: the report's reminders stand for it.
        return Reason.MOVED if _waits(thing.report.state) and thing.report.due_on == thing.due_on else Reason.CLOSED
    return Reason.CLOSED if _waits(thing.state) else Reason.DONE


def still_stands(notice: Notice, at: datetime) -> str | None:
    """Asked at sending of a decision: the thing is there, and nobody has done anything about it since."""
    thing = _MODELS[notice.object_type].objects.filter(pk=notice.object_id).first()  # type: ignore[attr-defined]
    if thing is None:
        return Reason.GONE
    return None if decided_at(thing) == notice.due_revision else Reason.MOVED


def still_new(notice: Notice, at: datetime) -> str | None:
    """Asked at sending of a reader's report: nobody has taken it up yet, and the person still works there."""
    row = MistakeReport.objects.filter(pk=notice.object_id).first()
    if row is None:
        return Reason.GONE
    if row.state != MistakeState.NEW:
        return Reason.DONE
    there = secretariat(at.date()).filter(pk=notice.recipient_id).exists()
    return None if there else Reason.NOT_RESPONSIBLE


def _waits(state: str) -> bool:
    return state in {ReportState.NOT_DUE, ReportState.DUE, ReportState.DRAFT}


_MODELS: dict[str, type[Model]] = {
    "reportentry": ReportEntry,
    "progressreport": ProgressReport,
    "measurement": Measurement,
    "meeting": Meeting,
    "revision": Revision,
    "indicator": Indicator,
    "reportcorrection": ReportCorrection,
}


def _about_figures(ids: Collection[int], language: str) -> dict[int, str]:
    entries = ReportEntry.objects.filter(pk__in=ids)
    with override(language):
        return {
            entry.pk: wording.figure_and_country(entry, entry.report.country)
            for entry in told_apart(entries).select_related("series__indicator", "report__country")
        }


def _about_returned(ids: Collection[int], language: str) -> dict[int, str]:
    figures = Measurement.objects.filter(pk__in=ids)
    places = ("series__country", "series__indicator__commitment__maker_country")
    parties = "series__indicator__commitment__parties__country"
    with override(language):
        return {
            figure.pk: wording.figure_and_country(figure, wording.country_of(figure.series))
            for figure in told_apart(figures).select_related(*places).prefetch_related(parties)
        }


def _about_reports(ids: Collection[int], language: str) -> dict[int, str]:
    reports = ProgressReport.objects.filter(pk__in=ids).select_related("group", "country")
    with override(language):
        return {report.pk: wording.report_name(report) for report in reports}


def _about_meetings(ids: Collection[int], language: str) -> dict[int, str]:
    with override(language):
        return {meeting.pk: str(wording.title_of(meeting)) for meeting in Meeting.objects.filter(pk__in=ids)}


def _about_revisions(ids: Collection[int], language: str) -> dict[int, str]:
    rows = Revision.objects.filter(pk__in=ids).select_related("indicator")
    with override(language):
        return {row.pk: str(wording.title_of(row.indicator)) for row in rows}


def _about_proposals(ids: Collection[int], language: str) -> dict[int, str]:
    with override(language):
        return {row.pk: str(wording.title_of(row)) for row in Indicator.objects.filter(pk__in=ids)}


def _about_corrections(ids: Collection[int], language: str) -> dict[int, str]:
    rows = ReportCorrection.objects.filter(pk__in=ids).select_related("report__group", "report__country")
    with override(language):
        return {row.pk: wording.report_name(row.report) for row in rows}


def _about_mistakes(ids: Collection[int], language: str) -> dict[int, str]:
    return {row.pk: row.page for row in MistakeReport.objects.filter(pk__in=ids)}


def _kind(
    name: str,
    label: Any,
    context: Callable[[Notice, datetime], dict[str, Any]],
    about: Callable[[Collection[int], str], dict[int, str]],
) -> Kind:
    return Kind(
        name=name,
        label=label,
        template="emails/reminder",
        recheck=still_due,
        context=context,
        about=about,
        family=line_of(name),
    )


KINDS = (
    Kind(
        name=BY_HAND,
        label=pgettext_lazy("kind of notice", "reminder by hand"),
        template="emails/reminder",
        recheck=still_missing,
        context=chase.report_chase,
        about=_about_reports,
        family="report",
    ),
    Kind(
        name=MISTAKE_REPORTED,
        label=pgettext_lazy("kind of notice", "mistake reported by a reader"),
        template="emails/reminder",
        recheck=still_new,
        context=mistakes.mistake_reported,
        about=_about_mistakes,
    ),
    Kind(
        name=REVISION_DECIDED,
        label=pgettext_lazy("kind of notice", "proposed change decided on"),
        template="emails/reminder",
        recheck=still_stands,
        context=decisions.revision_decided,
        about=_about_revisions,
    ),
    Kind(
        name=PROPOSAL_DECIDED,
        label=pgettext_lazy("kind of notice", "proposed indicator decided on"),
        template="emails/reminder",
        recheck=still_stands,
        context=decisions.proposal_decided,
        about=_about_proposals,
    ),
    Kind(
        name=CORRECTION_DECIDED,
        label=pgettext_lazy("kind of notice", "correction decided on"),
        template="emails/reminder",
        recheck=still_stands,
        context=decisions.correction_decided,
        about=_about_corrections,
    ),
    Kind(
        name=REPORT_CORRECTED,
        label=pgettext_lazy("kind of notice", "report corrected"),
        template="emails/reminder",
        recheck=still_stands,
        context=decisions.report_corrected,
        about=_about_corrections,
    ),
    _kind("figure_due", pgettext_lazy("kind of notice", "figure due"), figures.figure_due, _about_figures),
    _kind("figure_late", pgettext_lazy("kind of notice", "figure late"), figures.figure_late, _about_figures),
    _kind(
        "figure_question",
        pgettext_lazy("kind of notice", "question on a figure"),
        figures.figure_question,
        _about_returned,
    ),
    _kind("report_due", pgettext_lazy("kind of notice", "report due"), reports.report_due, _about_reports),
    _kind("report_late", pgettext_lazy("kind of notice", "report late"), reports.report_late, _about_reports),
    _kind(
        "report_question",
        pgettext_lazy("kind of notice", "question on a report"),
        reports.report_question,
        _about_reports,
    ),
    _kind("meeting_soon", pgettext_lazy("kind of notice", "meeting soon"), meetings.meeting_soon, _about_meetings),
    _kind(
        "meeting_tomorrow",
        pgettext_lazy("kind of notice", "meeting tomorrow"),
        meetings.meeting_tomorrow,
        _about_meetings,
    ),
)
