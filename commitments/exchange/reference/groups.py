"""Pillars, the working groups of every mechanism with their roles and alignments, and themes."""

from collections.abc import Hashable
from typing import Any

from django.db.models import F
from django.utils.text import slugify

from commitments.exchange.reference.desk import Desk, translations
from commitments.exchange.reference.ledger import Index
from commitments.exchange.reference.places import names_of_groups, organization_id
from commitments.exchange.reference.schemas import TERMS, WORKING_GROUPS, WORKSTREAMS
from commitments.exchange.reference.shapes import first_day
from commitments.working_groups.enums import AlignmentKind, GroupRoleKind
from commitments.working_groups.models import Alignment, GroupRole, Theme, ThemeGroup, WorkingGroup

SLUG_LENGTH = 30
#: Words that a shortened slug does not end with.
_LINKING = {"and", "for", "of", "the", "to", "with"}


def load_pillars(desk: Desk) -> None:
    """The heads of the Declaration, the fourth without a group included."""
    structure = desk.contents.head(WORKSTREAMS, "structure")
    if structure is not None:
        _structure(desk, structure)
    for row in desk.contents.of(WORKSTREAMS, "pillars"):
        with desk.ledger.record(WORKSTREAMS.name, f"pillar {row['number']}"):
            desk.pillars.put(
                (desk.declaration.pk, row["number"]),
                {
                    "mechanism_id": desk.declaration.pk,
                    "number": row["number"],
                    "code": row["code"],
                    **translations("name", row["name"]),
                    "other_names": row["other_names_in_paper"],
                    "purpose_en": row["purpose"],
                    "has_working_groups": row["has_workstreams"],
                    "note": row.get("note", ""),
                    "cited_in": row["source"],
                },
            )


def _structure(desk: Desk, structure: dict[str, Any]) -> None:
    """What the Declaration calls its groups and coordinators. Its counts and dates are compared, never stored twice."""
    pillars = desk.contents.of(WORKSTREAMS, "pillars")
    agreed = desk.declaration.groups_agreed_on
    counted = {
        "pillars_in_declaration": len(pillars),
        "pillars_with_workstreams": sum(row["has_workstreams"] for row in pillars),
        "workstreams": len(desk.contents.of(WORKSTREAMS, "workstreams")),
        "agreed": agreed.isoformat() if agreed else structure["agreed"],
    }
    for name, found in counted.items():
        if structure[name] != found:
            desk.remark(f"{WORKSTREAMS.name}: structure: {name} says {structure[name]}, the record holds {found}")
    with desk.ledger.record(WORKSTREAMS.name, "structure", is_aside=True):
        desk.mechanisms.put(desk.declaration.code, names_of_groups(structure))


def load_workstreams(desk: Desk) -> None:
    """The Declaration's own groups, and who leads and takes part in each."""
    roles = role_index(desk)
    structure = desk.contents.head(WORKSTREAMS, "structure") or {}
    for row in desk.contents.of(WORKSTREAMS, "workstreams"):
        with desk.ledger.record(WORKSTREAMS.name, f"workstream {row['number']}"):
            values = {
                "mechanism_id": desk.declaration.pk,
                "code": row["code"],
                "number": row["number"],
                "name_in_figure1": row["name_in_figure1"],
                **translations("name", row["name"]),
                "pillar_id": desk.pillar_id(row["pillar"]),
                "purpose_en": row["purpose"],
                "agreed_on": first_day(structure.get("agreed")),
                "is_co_led": bool(row["co_leads"]),
                "gcm_objectives": row["gcm_objectives"],
                "gcr_objectives": row["gcr_objectives"],
                "sdg_targets": row["sdg_targets"],
                "note": row.get("note", ""),
                "cited_in": row["source"],
            }
            group = desk.groups.put(row["code"], values, initial={"slug": short_slug(row["name"]["en"])})
            named = [(iso3, GroupRoleKind.LEAD) for iso3 in row["leads"]]
            named += [(iso3, GroupRoleKind.CO_LEAD) for iso3 in row["co_leads"]]
            named += [(iso3, GroupRoleKind.PARTICIPANT) for iso3 in row["participants"]]
            _roles(desk, roles, group, [(desk.countries[iso3].pk, None, role) for iso3, role in named], row["source"])


def load_other_groups(desk: Desk) -> None:
    """The groups of the other mechanisms, who leads them, and which workstream or pillar each one matches."""
    roles = role_index(desk)
    alignments = Index(desk.ledger, Alignment, _place, part="alignment")
    for row in desk.contents.of(WORKING_GROUPS, "working_groups"):
        with desk.ledger.record(WORKING_GROUPS.name, row["id"]):
            values = {
                "mechanism_id": desk.mechanisms[row["mechanism"]].pk,
                "code": row["id"],
                "number": row["number_fig3"] or row["number_fig1"],
                "number_in_figure1": row["number_fig1"],
                "number_in_figure3": row["number_fig3"],
                **translations("name", row["name"]),
                "focus": row["focus"],
                "lead_claims": row.get("lead_claims", {}),
                "is_co_led": row.get("co_led", False),
                "note": row.get("note", ""),
                "cited_in": row["source"],
            }
            group = desk.groups.put(row["id"], values, initial={"slug": row["id"].lower()})
            lead = GroupRoleKind.CO_LEAD if row.get("co_led") else GroupRoleKind.LEAD
            named: list[Named] = [(desk.countries[iso3].pk, None, lead) for iso3 in row["leads"]]
            named += [(None, organization_id(desk, None, name), lead) for name in row["lead_organisations"]]
            _roles(desk, roles, group, named, row["source"])
            _alignments(desk, alignments, group, row)


Named = tuple[int | None, int | None, GroupRoleKind]


def role_index(desk: Desk) -> Index[GroupRole]:
    """The roles by group and holder."""
    # A role that a person ended counts as well: the loader does not bring it back.
    rows = GroupRole.objects.order_by(F("until").asc(nulls_last=True), "id")
    return Index(
        desk.ledger, GroupRole, lambda row: (row.group_id, row.country_id, row.organization_id), rows=rows, part="role"
    )


def _roles(desk: Desk, roles: Index[GroupRole], group: WorkingGroup, named: list[Named], cited: list[str]) -> None:
    listed: set[Hashable] = set()
    for country_id, organization_id_, role in named:
        key = (group.pk, country_id, organization_id_)
        listed.add(key)
        values = {
            "group_id": group.pk,
            "country_id": country_id,
            "organization_id": organization_id_,
            "role": role.value,
            "until": None,
            "cited_in": cited,
        }
        roles.put_part(key, values)
    roles.prune("group_id", group.pk, listed)


def _place(row: Any) -> Hashable:
    """Which group stands where: two pillars are two places, and so are a pillar and one of its workstreams."""
    return row.group_id, row.kind, row.workstream_id or (row.pillar_id if row.kind == AlignmentKind.PILLAR else None)


def _alignments(desk: Desk, alignments: Index[Alignment], group: WorkingGroup, row: dict[str, Any]) -> None:
    kind, pillar_id = row["alignment"], desk.pillar_id(row["pillar"])
    matched = [desk.workstream_id(number) for number in row["workstreams"]] or [None]
    listed: set[Hashable] = set()
    for workstream_id in matched:
        values = {
            "group_id": group.pk,
            "kind": kind,
            "workstream_id": workstream_id,
            "pillar_id": pillar_id,
            "cited_in": row["source"],
        }
        key = _place(Alignment(**values))
        listed.add(key)
        alignments.put_part(key, values)
    alignments.prune("group_id", group.pk, listed)


def load_themes(desk: Desk) -> None:
    """Topics compared across mechanisms, and the workstreams that cover each."""
    themes = Index(desk.ledger, Theme, lambda row: row.code)
    links = Index(desk.ledger, ThemeGroup, lambda row: (row.theme_id, row.group_id), part="workstream")
    explained = desk.contents.head(TERMS, "theme_groups") or {}
    for row in desk.contents.of(TERMS, "themes"):
        with desk.ledger.record(TERMS.name, f"theme {row['code']}"):
            theme = themes.put(
                row["code"],
                {
                    "code": row["code"],
                    **translations("name", row["name"]),
                    "theme_group": row["group"],
                    "theme_group_note": explained.get(row["group"], ""),
                    "note": row.get("note", ""),
                    "cited_in": row["source"],
                },
            )
            listed: set[Hashable] = set()
            for number in row["workstreams"]:
                key = (theme.pk, desk.workstream_id(number))
                listed.add(key)
                links.put_part(key, {"theme_id": theme.pk, "group_id": desk.workstream_id(number)})
            links.prune("theme_id", theme.pk, listed)


def short_slug(name: str) -> str:
    """A name as part of an address: whole words only, and none left hanging."""
    words = slugify(name).split("-")
    while len("-".join(words)) > SLUG_LENGTH:
        words.pop()
    while words[-1] in _LINKING:
        words.pop()
    return "-".join(words)
