"""One working group with everything that its page shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists

from commitments.formats.collation import sort_key
from commitments.formats.language import LANGUAGES, Text, written_in
from commitments.formats.lazily import lazily
from commitments.history.enums import ReportState
from commitments.history.kept import kept
from commitments.history.languages import behind
from commitments.history.together import together
from commitments.indicators.counting import counted
from commitments.indicators.in_force import decided, in_force
from commitments.indicators.lines import countries_named
from commitments.indicators.models import Face, Indicator
from commitments.indicators.queries import IndicatorReading, indicator_readings
from commitments.mechanisms.models import Country
from commitments.meetings.models import Meeting
from commitments.meetings.queries import of_group
from commitments.public.queries.groups import LEADING, role_name
from commitments.public.queries.tally import Tally, tally
from commitments.register.enums import Horizon
from commitments.register.models import Party
from commitments.reporting.models import ProgressReport
from commitments.reporting.punctuality import ReportSquare, reports_told, squares
from commitments.sources.models import Source
from commitments.working_groups.enums import AlignmentKind, GroupRoleKind
from commitments.working_groups.models import Alignment, GroupRole, WorkingGroup

#: The ladder shows this many indicators; the register has them all.
ON_LADDER = 60
NAMES = tuple(f"name_{code}" for code in LANGUAGES)


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
    meetings: list[Meeting]

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


@dataclass(frozen=True, slots=True)
class _Settled:
    """A group, who is in it, its reports and meetings, and what other groups do: what hardly ever changes."""

    group: WorkingGroup
    roles: list[GroupRole]
    published: list[ProgressReport]
    squares: list[ReportSquare]
    aligned: list[WorkingGroup]
    alignments: list[Alignment]
    meetings: list[Meeting]
    #: The names of all countries by code, of a group of which sources do not agree who leads it.
    names: dict[str, Text]


def group_page(slug: str, *, on: date, late_on: date, language: str) -> GroupPage:
    """Read a group with everything beside it, in a number of queries that does not depend on how much there is.

    Raises WorkingGroup.DoesNotExist.
    """
    settled = _settled(slug, late_on, language)
    group = settled.group
    return GroupPage(
        group=group,
        roles=settled.roles,
        counted=tally(counted(Face.WORK, group=group)),
        ladder=lazily(lambda: ladder_of(group, on)),
        aligned=settled.aligned,
        alignments=settled.alignments,
        report=settled.published[0] if settled.published else None,
        earlier_reports=settled.published[1:],
        claims=lazily(lambda: claims_about(group, settled.roles, settled.names, language)),
        squares=settled.squares,
        meetings=settled.meetings,
    )


@kept
def _settled(slug: str, late_on: date, language: str) -> _Settled:
    """All of it. One query."""
    of_it = {"group__slug": slug}
    matched = Alignment.objects.filter(kind=AlignmentKind.WORKSTREAM, workstream__slug=slug).exclude(**of_it)
    roles = GroupRole.objects.filter(until__isnull=True, **of_it)
    groups = WorkingGroup.objects.filter(slug=slug).select_related("mechanism", "pillar")
    read = together(
        groups=groups.annotate(is_behind=behind(WorkingGroup, language)),
        roles=roles.select_related("country", "organization", "source"),
        published=ProgressReport.objects.filter(state=ReportState.PUBLISHED, **of_it).select_related("cycle"),
        reports=reports_told(on=late_on, **of_it),
        matched=matched.select_related("group__mechanism"),
        alignments=Alignment.objects.filter(**of_it).select_related("workstream", "pillar", "source"),
        meetings=of_group(slug),
        names=Country.objects.filter(Exists(groups.exclude(lead_claims={}))).only("iso3", *NAMES),
    )
    if not read["groups"]:
        raise WorkingGroup.DoesNotExist
    by_age = sorted(read["meetings"], key=lambda meeting: meeting.slug)
    return _Settled(
        group=read["groups"][0],
        roles=_in_order(read["roles"], language),
        published=sorted(read["published"], key=_latest_last, reverse=True),
        squares=squares(read["reports"], on=late_on),
        aligned=sorted((row.group for row in read["matched"]), key=_by_mechanism),
        alignments=sorted(read["alignments"], key=_by_workstream),
        meetings=sorted(by_age, key=lambda meeting: meeting.start, reverse=True),
        names={row.iso3: row.name_in(language) for row in read["names"]},
    )


def _in_order(roles: list[GroupRole], language: str) -> list[GroupRole]:
    """Leads, co-leads, participants; each by name."""
    order = list(GroupRoleKind)

    def place(role: GroupRole) -> tuple[int, Any, int]:
        return order.index(GroupRoleKind(role.role)), sort_key(role_name(role, language).text, language), role.pk

    return sorted(roles, key=place)


def _latest_last(report: ProgressReport) -> tuple[float, int]:
    return report.published_at.timestamp() if report.published_at else 0, report.pk


def _by_mechanism(group: WorkingGroup) -> tuple[str, int, str]:
    return group.mechanism.code, group.number or 0, group.code


def _by_workstream(alignment: Alignment) -> tuple[int, int]:
    return (alignment.workstream.number or 0) if alignment.workstream else 0, alignment.pk


def ladder_of(group: WorkingGroup, on: date) -> list[Rung]:
    """The published indicators of a group's commitments by their horizon, its commitment's where it has none."""
    first = Indicator.objects.public().filter(commitment__group=group).order_by("code").values("pk")[:ON_LADDER]
    beside = ("mechanism", "maker_country", "maker_organization", "maker_mechanism")
    rows = Indicator.objects.filter(pk__in=first).select_related(*(f"commitment__{name}" for name in beside))
    told = rows.filter(series__country__isnull=False).values("commitment")
    parties = Party.objects.filter(commitment__in=told, country__isnull=False).order_by()
    read = together(indicators=rows, thresholds=decided(on), parties=parties)
    shown = sorted(read["indicators"], key=lambda row: row.code)
    named = countries_named((row.commitment_id, row.country_id) for row in read["parties"])
    readings = indicator_readings(shown, on=on, thresholds=in_force(read["thresholds"]), parties=named)
    rungs = {horizon.value: Rung(horizon) for horizon in Horizon}
    for reading in readings.values():
        commitment = reading.indicator.commitment
        horizon = reading.indicator.horizon or (commitment.horizon if commitment else "")
        if horizon in rungs:
            rungs[horizon].readings.append(reading)
    return list(rungs.values())


def claims_about(group: WorkingGroup, roles: list[GroupRole], names: Mapping[str, Text], language: str) -> list[Claim]:
    """Who leads according to each source, where they differ."""
    leading = {role.country.iso3 for role in roles if role.country and role.role in LEADING}
    return [
        Claim(
            place=written_in(str(place), "en", language),
            lead=names.get(str(code), written_in(str(code), "en", language)),
            in_use=code in leading,
        )
        for place, code in group.lead_claims.items()
    ]
