"""One working group with everything that its page shows."""

from dataclasses import dataclass, field
from datetime import date

from commitments.formats.collation import sort_key
from commitments.formats.language import Text, written_in
from commitments.formats.lazily import lazily
from commitments.history.enums import ReportState
from commitments.history.kept import kept
from commitments.indicators.counting import counted
from commitments.indicators.models import Face, Indicator
from commitments.indicators.queries import IndicatorReading, indicator_readings
from commitments.mechanisms.models import Country
from commitments.public.queries.groups import LEADING, role_name
from commitments.public.queries.tally import Tally, tally
from commitments.register.enums import Horizon
from commitments.reporting.models import ProgressReport
from commitments.reporting.punctuality import ReportSquare, report_squares
from commitments.sources.models import Source
from commitments.working_groups.enums import AlignmentKind, GroupRoleKind
from commitments.working_groups.models import Alignment, GroupRole, WorkingGroup

#: The ladder shows this many indicators; the register has them all.
ON_LADDER = 60


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says about who leads a group, where sources differ."""

    place: Text
    lead: Text
    in_use: bool


@dataclass(slots=True)
class Rung:
    """One column of the ladder: indicators of a horizon."""

    horizon: Horizon
    readings: list[IndicatorReading] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A working group: who is in it, what it committed to and measures, what other groups do the same."""

    group: WorkingGroup
    roles: list[GroupRole]
    counted: Tally
    ladder: list[Rung]
    aligned: list[WorkingGroup]
    alignments: list[Alignment]
    report: ProgressReport | None
    earlier_reports: list[ProgressReport]
    claims: list[Claim]
    squares: list[ReportSquare]

    @property
    def leads(self) -> list[GroupRole]:
        """Who leads."""
        return self._with(GroupRoleKind.LEAD)

    @property
    def co_leads(self) -> list[GroupRole]:
        """Who lead together."""
        return self._with(GroupRoleKind.CO_LEAD)

    @property
    def participants(self) -> list[GroupRole]:
        """Who takes part."""
        return self._with(GroupRoleKind.PARTICIPANT)

    @property
    def documents(self) -> list[Source]:
        """What says who leads and takes part, where a document is on record."""
        return list(dict.fromkeys(role.source for role in self.roles if role.source is not None))

    @property
    def has_ladder(self) -> bool:
        """Whether any indicator stands on it."""
        return any(rung.readings for rung in self.ladder)

    def _with(self, role: GroupRoleKind) -> list[GroupRole]:
        return [row for row in self.roles if row.role == role]


def group_page(group: WorkingGroup, *, on: date, late_on: date, language: str) -> GroupPage:
    """Read everything beside the group itself. The number of queries does not depend on how much there is."""
    roles = roles_of(group, language)
    published, squares = _reports_of(group, late_on)
    return GroupPage(
        group=group,
        roles=roles,
        counted=tally(counted(Face.WORK, group=group)),
        ladder=lazily(lambda: ladder_of(group, on)),
        aligned=aligned_with(group),
        alignments=alignments_of(group),
        report=published[0] if published else None,
        earlier_reports=published[1:],
        claims=lazily(lambda: claims_about(group, roles, language)),
        squares=squares,
    )


@kept
def _reports_of(group: WorkingGroup, late_on: date) -> tuple[list[ProgressReport], list[ReportSquare]]:
    """Its published reports, the latest first, and how each one came by cycle. Three queries."""
    reports = ProgressReport.objects.filter(group=group, state=ReportState.PUBLISHED).select_related("cycle")
    return list(reports.order_by("-published_at", "-id")), report_squares(on=late_on, group=group)


@kept
def roles_of(group: WorkingGroup, language: str) -> list[GroupRole]:
    """Everybody in a group today: leads, co-leads, participants. One query."""
    roles = group.roles.filter(until__isnull=True).select_related("country", "organization", "source")
    order = list(GroupRoleKind)
    by_name = sorted(roles, key=lambda role: sort_key(role_name(role, language).text, language))
    return sorted(by_name, key=lambda role: order.index(GroupRoleKind(role.role)))


def ladder_of(group: WorkingGroup, on: date) -> list[Rung]:
    """The published indicators of a group's commitments by their horizon, its commitment's where it has none."""
    rows = Indicator.objects.public().filter(commitment__group=group).order_by("code")
    rows = rows.select_related(*(f"commitment__maker_{kind}" for kind in ("country", "organization", "mechanism")))
    readings = indicator_readings(rows[:ON_LADDER], on=on)
    rungs = {horizon.value: Rung(horizon) for horizon in Horizon}
    for reading in readings.values():
        commitment = reading.indicator.commitment
        horizon = reading.indicator.horizon or (commitment.horizon if commitment else "")
        if horizon in rungs:
            rungs[horizon].readings.append(reading)
    return list(rungs.values())


@kept
def alignments_of(group: WorkingGroup) -> list[Alignment]:
    """What a group of another mechanism works on, of the Declaration. One query."""
    return list(group.alignments.select_related("workstream", "pillar").order_by("workstream__number", "id"))


@kept
def aligned_with(group: WorkingGroup) -> list[WorkingGroup]:
    """Groups of other mechanisms that work on what this workstream works on. One query."""
    matched = Alignment.objects.filter(kind=AlignmentKind.WORKSTREAM, workstream=group).exclude(group=group)
    rows = matched.select_related("group__mechanism").order_by("group__mechanism__code", "group__number", "group__code")
    return [row.group for row in rows]


def claims_about(group: WorkingGroup, roles: list[GroupRole], language: str) -> list[Claim]:
    """Who leads according to each source, where they differ. One query, none where they agree."""
    if not group.lead_claims:
        return []
    codes = {str(code) for code in group.lead_claims.values()}
    names = {row.iso3: row.name_in(language) for row in Country.objects.filter(iso3__in=codes)}
    leading = {role.country.iso3 for role in roles if role.country and role.role in LEADING}
    return [
        Claim(
            place=written_in(str(place), "en", language),
            lead=names.get(str(code), written_in(str(code), "en", language)),
            in_use=code in leading,
        )
        for place, code in group.lead_claims.items()
    ]
