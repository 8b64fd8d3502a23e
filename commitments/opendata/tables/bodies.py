"""Reports, working groups, mechanisms and meetings as open data."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.formats.language import LANGUAGES
from commitments.formats.partial import PartialDate
from commitments.history.enums import ReportState
from commitments.mechanisms.models import Mechanism
from commitments.meetings.enums import MeetingState
from commitments.meetings.models import Meeting
from commitments.opendata.fields import Field, Kind, Table
from commitments.opendata.tables.shared import address, in_languages, known_day, source_fields, text, yes_no
from commitments.reporting.models import ProgressReport
from commitments.working_groups.enums import GroupRoleKind
from commitments.working_groups.models import GroupRole, WorkingGroup


def _reports(on: date) -> QuerySet[Any]:
    """Published reports of real cycles."""
    return ProgressReport.objects.filter(
        state=ReportState.PUBLISHED, is_example=False, cycle__is_demonstration=False
    ).select_related("cycle__mechanism", "country", "group")


def _kind_of_report(row: ProgressReport) -> str:
    return "country" if row.country_id else "working_group" if row.group_id else "secretariat"


def _groups(on: date) -> QuerySet[Any]:
    roles = GroupRole.objects.filter(until__isnull=True).select_related("country", "organization").order_by("id")
    return WorkingGroup.objects.select_related("mechanism", "pillar").prefetch_related(Prefetch("roles", roles))


def _named(row: WorkingGroup, *kinds: GroupRoleKind) -> str:
    """The codes of those who have a role in a group today."""
    held = [role for role in row.roles.all() if role.role in kinds]
    return ";".join(role.country.iso3 if role.country else role.organization.code for role in held)  # type: ignore[union-attr]


def _meetings(on: date) -> QuerySet[Any]:
    return Meeting.objects.filter(is_example=False, is_demonstration=False).select_related(
        "mechanism", "group", "country", "source"
    )


def _day(value: date | None) -> PartialDate | None:
    return PartialDate(value) if value else None


REPORTS = Table(
    name="reports",
    title=_("Reports"),
    about=_("Every published report of a country, a working group or the secretariat, as its author wrote it."),
    published=_reports,
    key="pk",
    primary="reference",
    refers=(("working_group", "working_groups", "code"), ("mechanism", "mechanisms", "code")),
    fields=(
        Field("reference", Kind.TEXT, _("Reference of the report"), lambda row: row.reference, is_required=True),
        text("cycle", _("Reporting cycle, as its address names it"), lambda row: row.cycle.slug),
        text("mechanism", _("Code of the mechanism"), lambda row: row.cycle.mechanism.code),
        text("kind", _("Whose report it is"), _kind_of_report, values=("country", "working_group", "secretariat")),
        text("country", _("Country (ISO 3166-1)"), lambda row: row.country.iso3 if row.country else None),
        text("working_group", _("Code of the working group"), lambda row: row.group.code if row.group else None),
        Field("due_on", Kind.DAY, _("When it was due"), lambda row: row.due_on),
        Field("published_at", Kind.MOMENT, _("When it was published"), lambda row: row.published_at),
        Field(
            "corrected_at", Kind.MOMENT, _("When its words were last corrected since"), lambda row: row.corrected_since
        ),
        text("language", _("Language that its texts are written in"), lambda row: row.language, values=LANGUAGES),
        text("summary", _("Summary"), lambda row: row.summary),
        text("obstacles", _("Obstacles and support needed"), lambda row: row.obstacles),
        text("practice", _("Good practice"), lambda row: row.practice),
        yes_no("is_on_behalf", _("Whether the secretariat wrote it for the country"), lambda row: row.is_on_behalf),
        address(lambda row: ("public:report", {"cycle": row.cycle.slug, "place": row.place})),
    ),
)
WORKING_GROUPS = Table(
    name="working_groups",
    title=_("Working groups"),
    about=_("The Declaration’s workstreams and the groups of the other mechanisms, with who leads them."),
    published=_groups,
    key="code",
    refers=(("mechanism", "mechanisms", "code"),),
    fields=(
        Field("code", Kind.TEXT, _("Code of the working group"), lambda row: row.code, is_required=True),
        text("mechanism", _("Code of the mechanism"), lambda row: row.mechanism.code),
        Field("number", Kind.WHOLE, _("Number in use"), lambda row: row.number),
        Field(
            "pillar",
            Kind.WHOLE,
            _("Number of the Declaration’s pillar"),
            lambda row: row.pillar.number if row.pillar else None,
        ),
        in_languages("name", _("Name"), lambda row: row),
        in_languages("purpose", _("Purpose"), lambda row: row),
        text(
            "leads",
            _("Countries and organizations that lead or co-lead it, with a semicolon between them"),
            lambda row: _named(row, GroupRoleKind.LEAD, GroupRoleKind.CO_LEAD),
        ),
        text(
            "participants",
            _("Countries and organizations that take part, in the same way"),
            lambda row: _named(row, GroupRoleKind.PARTICIPANT),
        ),
        address(lambda row: ("public:working-group", {"slug": row.slug})),
    ),
)
MECHANISMS = Table(
    name="mechanisms",
    title=_("Mechanisms"),
    about=_("The regional mechanisms on migration, the Declaration included."),
    published=lambda on: Mechanism.objects.all(),
    key="code",
    fields=(
        Field("code", Kind.TEXT, _("Code of the mechanism"), lambda row: row.code, is_required=True),
        in_languages("name", _("Name"), lambda row: row),
        text("kind", _("Kind of mechanism, in English"), lambda row: row.kind),
        text("objective", _("Objective, in English"), lambda row: row.objective),
        known_day("adopted_on", _("When it was adopted"), lambda row: _day(row.adopted_on)),
        address(lambda row: ("public:mechanism", {"slug": row.slug})),
    ),
)
MEETINGS = Table(
    name="meetings",
    title=_("Meetings"),
    about=_("Meetings held, planned, announced or cancelled."),
    published=_meetings,
    key="slug",
    primary="id",
    refers=(("mechanism", "mechanisms", "code"), ("working_group", "working_groups", "code")),
    fields=(
        Field("id", Kind.TEXT, _("The meeting, as its address names it"), lambda row: row.slug, is_required=True),
        in_languages("title", _("Title"), lambda row: row),
        text("mechanism", _("Code of the mechanism"), lambda row: row.mechanism.code if row.mechanism else None),
        text("process", _("Related process outside the mechanisms, in words"), lambda row: row.process),
        text("working_group", _("Code of the working group"), lambda row: row.group.code if row.group else None),
        text("kind", _("Kind of meeting"), lambda row: row.kind),
        text(
            "state",
            _("Whether it is planned, announced, held or cancelled"),
            lambda row: row.state,
            values=tuple(MeetingState.values),
        ),
        known_day("start_on", _("First day"), lambda row: row.day),
        known_day("end_on", _("Last day"), lambda row: row.last_day),
        Field("start_at", Kind.MOMENT, _("Moment at which it begins, where one is set"), lambda row: row.start_at),
        text("time_zone", _("Time zone of the host"), lambda row: row.time_zone),
        text("place", _("Place"), lambda row: row.place),
        text(
            "country",
            _("Country in which it takes place (ISO 3166-1)"),
            lambda row: row.country.iso3 if row.country else row.country_code,
        ),
        in_languages("outcome", _("Outcome"), lambda row: row),
        yes_no("is_verified", _("Whether it was checked against its source"), lambda row: row.is_verified),
        *source_fields(lambda row: row.source),
        address(lambda row: ("public:meeting", {"slug": row.slug})),
    ),
)
