"""Working groups on the public pages: who leads them, how their commitments stand, which other groups do the same."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from commitments.formats.collation import sort_key
from commitments.formats.language import LANGUAGES, Text, translated
from commitments.formats.partial import PartialDate
from commitments.history.kept import kept
from commitments.indicators.counting import counted
from commitments.indicators.models import CommitmentPlace, Face
from commitments.mechanisms.models import Mechanism, partial
from commitments.public.queries.places import DECLARATION
from commitments.public.queries.tally import Tally, tallies
from commitments.reporting.punctuality import late_since
from commitments.working_groups.enums import GroupRoleKind
from commitments.working_groups.models import GroupRole, Pillar, WorkingGroup

LEADING = frozenset({GroupRoleKind.LEAD.value, GroupRoleKind.CO_LEAD.value})
_NAMES = [f"name_{code}" for code in LANGUAGES]


@dataclass(slots=True)
class GroupLine:
    """One group in a table: its leads and the count of its commitments, in all and by horizon."""

    number: int | None
    slug: str
    name: Text
    leads: list[Text] = field(default_factory=list)
    counted: Tally = field(default_factory=Tally)
    horizons: dict[str, Tally] = field(default_factory=dict)
    #: When its longest awaited report was due; None where none is late, or where that was not asked.
    late_since: date | None = None
    #: When a figure of its commitments that somebody sent here was published last, and what their latest speaks of.
    updated_at: datetime | None = None
    figure_day: PartialDate | None = None


@dataclass(slots=True)
class PillarLines:
    """One pillar with its groups. The fourth has none, and says so."""

    number: int
    name: Text
    counted: Tally
    lines: list[GroupLine] = field(default_factory=list)


def pillar_lines(
    language: str,
    countries: Mapping[int, Text],
    *,
    late_on: date | None = None,
    counts: Iterable[Mapping[str, Any]] | None = None,
) -> list[PillarLines]:
    """The Declaration's pillars with their groups, leads and counts. Two queries; names of countries are given.

    Since when a group's report is late is read along where a day is given; numbers by pillar, group and horizon that
    are at hand are not read again.
    """
    if counts is None:
        counts = work_counts()
    by_pillar, by_group = tallies(counts, "pillar_id"), tallies(counts, "group_id")
    by_horizon = tallies(counts, "group_id", "horizon")
    pillars: dict[int, PillarLines] = {}
    lines: dict[int, GroupLine] = {}
    for row in _structure(late_on):
        pillar = pillars.setdefault(
            row["pk"],
            PillarLines(row["number"], _name(row, "", language), by_pillar.get(row["pk"], Tally())),
        )
        key = row["groups__pk"]
        if key is None:
            continue
        if key not in lines:
            horizons = {horizon: found for (group, horizon), found in by_horizon.items() if group == key}
            lines[key] = GroupLine(
                number=row["groups__number"],
                slug=row["groups__slug"],
                name=_name(row, "groups__", language),
                counted=by_group.get(key, Tally()),
                horizons=horizons,
                late_since=row.get("late_since"),
                updated_at=row["updated_at"],
                figure_day=partial(row["figure_on"], row["figure_on_precision"] or ""),
            )
            pillar.lines.append(lines[key])
        lines[key].leads += _lead(row, countries, language)
    return list(pillars.values())


def work_counts() -> list[dict[str, Any]]:
    """The Declaration's own commitments by pillar, group and horizon. One query."""
    return counted(Face.WORK, "pillar_id", "group_id", "horizon", mechanism__code=DECLARATION)


def without_pillar(counts: Iterable[Mapping[str, Any]]) -> Tally:
    """Those that belong to no pillar: what the table of pillars lacks to the whole."""
    return tallies(counts, "pillar_id").get(None, Tally())


@kept
def _structure(late_on: date | None) -> Sequence[dict[str, Any]]:
    """Pillars, their groups and the roles in them, joined: one query, one row for each role."""
    roles = ["groups__roles__role", "groups__roles__until", "groups__roles__country_id"]
    told = CommitmentPlace.objects.filter(group=OuterRef("groups__pk"), is_counted=True)
    sent = told.filter(updated_at__isnull=False).order_by("-updated_at")
    latest = told.filter(figure_on__isnull=False).order_by("-figure_on", "-pk")
    rows: Any = Pillar.objects.filter(mechanism__code=DECLARATION).annotate(
        updated_at=Subquery(sent.values("updated_at")[:1]),
        figure_on=Subquery(latest.values("figure_on")[:1]),
        figure_on_precision=Subquery(latest.values("figure_on_precision")[:1]),
    )
    if late_on is not None:
        rows = rows.annotate(late_since=late_since(late_on, group="groups__pk"))
        roles.append("late_since")
    found = rows.order_by("number", "groups__number", "groups__roles__role", "groups__roles__id").values(
        *("pk", "number", "updated_at", "figure_on", "figure_on_precision"),
        *_NAMES,
        *("groups__pk", "groups__number", "groups__slug"),
        *(f"groups__{name}" for name in _NAMES),
        *roles,
        *(f"groups__roles__organization__{name}" for name in _NAMES),
    )
    return list(found)


def _name(row: Mapping[str, Any], prefix: str, language: str) -> Text:
    return translated(SimpleNamespace(**{name: row[f"{prefix}{name}"] for name in _NAMES}), "name", language)


def _lead(row: Mapping[str, Any], countries: Mapping[int, Text], language: str) -> list[Text]:
    if row["groups__roles__role"] not in LEADING or row["groups__roles__until"] is not None:
        return []
    country = countries.get(row["groups__roles__country_id"])
    return [country or _name(row, "groups__roles__organization__", language)]


def groups_of(mechanism_code: str) -> QuerySet[Any]:
    """The groups of a mechanism in the order of their numbers."""
    return WorkingGroup.objects.filter(mechanism__code=mechanism_code).order_by("number", "code")


def leads_of(groups: Iterable[WorkingGroup], language: str) -> dict[int, list[Text]]:
    """The leads of these groups by name. One query."""
    ids = [group.pk for group in groups]
    return named_leads(ids, leading().filter(group_id__in=ids), language)


def leading() -> QuerySet[GroupRole]:
    """Who leads a group today, with whom to name."""
    rows = GroupRole.objects.filter(until__isnull=True, role__in=LEADING)
    found: QuerySet[GroupRole] = rows.select_related("country", "organization")
    return found


def leads_first(roles: Iterable[GroupRole]) -> list[GroupRole]:
    """Some of `leading` in their order: who leads before who lead together."""
    by_age = sorted(roles, key=lambda role: role.pk)
    return sorted(by_age, key=lambda role: role.role, reverse=True)


def named_leads(groups: Iterable[int], roles: Iterable[GroupRole], language: str) -> dict[int, list[Text]]:
    """The names of some of `leading` by the keys of their groups."""
    found: dict[int, list[Text]] = {key: [] for key in groups}
    for role in leads_first(roles):
        found[role.group_id].append(role_name(role, language))
    return found


def role_name(role: GroupRole, language: str) -> Text:
    """The name of a country or organization in a group. Needs its row loaded."""
    if role.country is not None:
        return role.country.name_in(language)
    return role.organization.name_in(language) if role.organization else Text("", language, foreign=False)


@dataclass(frozen=True, slots=True)
class MechanismGroups:
    """The groups of another mechanism, with their leads."""

    mechanism: Mechanism
    name: Text
    groups: list[tuple[WorkingGroup, list[Text]]]


def other_groups(language: str) -> list[MechanismGroups]:
    """The groups of every mechanism but the Declaration, by mechanism. Two queries."""
    rows = WorkingGroup.objects.exclude(mechanism__code=DECLARATION).select_related("mechanism")
    groups = list(rows.order_by("mechanism__code", "number", "code"))
    leads = leads_of(groups, language)
    found: dict[int, MechanismGroups] = {}
    for group in groups:
        mechanism = group.mechanism
        entry = found.setdefault(mechanism.pk, MechanismGroups(mechanism, mechanism.name_in(language), []))
        entry.groups.append((group, leads[group.pk]))
    return sorted(found.values(), key=lambda entry: sort_key(entry.name.text, language))
