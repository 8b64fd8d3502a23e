"""Presidencies, the technical secretariat of the Declaration, and how many countries had endorsed it by when.

The committees, pillars, other roles and reversals of the file wait for a room of their own. The committees are compared
with the workstreams, so that a difference is seen.
"""

from typing import Any

from commitments.exchange.reference.desk import Desk
from commitments.exchange.reference.ledger import Index
from commitments.exchange.reference.places import secretariat_index
from commitments.exchange.reference.problems import BrokenFilesError, Problem
from commitments.exchange.reference.schemas import GOVERNANCE, ORGANIZATIONS
from commitments.exchange.reference.schemas.governance import TECHNICAL_SECRETARIAT
from commitments.exchange.reference.shapes import first_day, precision_of
from commitments.formats.partial import PartialDate
from commitments.mechanisms.models import AdherenceCount, Presidency
from commitments.working_groups.enums import GroupRoleKind
from commitments.working_groups.models import GroupRole


def load_presidencies(desk: Desk) -> None:
    """Turns in the rotating chair. A start that becomes more exact within its year is the same turn."""
    turns = Index(desk.ledger, Presidency, lambda row: (row.mechanism_id, row.country_id, row.since.year))
    for row in desk.contents.of(GOVERNANCE, "presidencies"):
        mechanism, country = desk.mechanisms[row["mechanism"]], desk.countries[row["country"]]
        start = PartialDate.parse(row["start"])
        with desk.ledger.record(GOVERNANCE.name, f"presidency {row['mechanism']} {row['country']} {row['start']}"):
            turns.put_kept(
                (mechanism.pk, country.pk, start.first.year),
                {
                    "mechanism_id": mechanism.pk,
                    "country_id": country.pk,
                    "since": start.first,
                    "since_precision": start.precision.value,
                    "source_id": desk.sources.cite(row["source"]),
                    "note": row.get("note", ""),
                },
            )


def load_secretariat(desk: Desk) -> None:
    """The Declaration's technical secretariat. The file names its hosts in words, which the loader's table knows."""
    secretariats = secretariat_index(desk)
    for row in desk.contents.of(GOVERNANCE, "roles"):
        if row["role"] != TECHNICAL_SECRETARIAT:
            continue
        with desk.ledger.record(GOVERNANCE.name, row["role"]):
            for organization in _named_in(desk, row["who"]):
                key = (desk.declaration.pk, organization)
                values = {
                    "mechanism_id": desk.declaration.pk,
                    "organization_id": organization,
                    "since": first_day(row["since"]),
                    "since_precision": precision_of(row["since"]),
                    "source_id": desk.sources.cite(row["source"]),
                    "further_source_id": desk.sources.cite(row.get("further_source")),
                    "tasks": row.get("tasks", []),
                    "note": row["who"],
                }
                if secretariats.get(key) is None:
                    desk.ledger.current.created = True
                secretariats.put_part(key, values)


def _named_in(desk: Desk, words: str) -> list[int]:
    found = [row for row in desk.organizations if any(name in words for name in (row.name_en, *row.other_names))]
    if not found:
        reason = f"names no organization that {ORGANIZATIONS.name} knows"
        raise BrokenFilesError([Problem(GOVERNANCE.name, TECHNICAL_SECRETARIAT, "who", reason)])
    return [row.pk for row in found]


def load_counts(desk: Desk) -> None:
    """How many countries had endorsed the Declaration by when, whether or not the source names them."""
    told = desk.contents.head(GOVERNANCE, "endorsing_countries")
    if told is None:
        return
    counts = Index(desk.ledger, AdherenceCount, lambda row: (row.mechanism_id, row.key))
    for key in [name for name in told if name not in {"source", "note"}]:
        as_of = _date_of(key, told["source"])
        with desk.ledger.record(GOVERNANCE.name, f"endorsing_countries {key}"):
            counts.put(
                (desk.declaration.pk, key),
                {
                    "mechanism_id": desk.declaration.pk,
                    "key": key,
                    "count": told[key],
                    "as_of": as_of.first,
                    "as_of_precision": as_of.precision.value,
                    "source_id": desk.sources.cite(told["source"]),
                    "note": told.get("note", ""),
                },
            )


def _date_of(key: str, source: dict[str, Any]) -> PartialDate:
    """The date that a count speaks of: in its name, and for the latest one the month in which its source came out."""
    if key == "by_2024" and (source["published"] or "").startswith("2024-"):
        return PartialDate.parse(source["published"][:7])
    return PartialDate.parse({"at_adoption_2022_06": "2022-06", "after_guyana_2022": "2022", "by_2024": "2024"}[key])


def compare_committees(desk: Desk) -> None:
    """Tell where the committees of the public sources differ from the workstreams of the policy paper."""
    if desk.contents.remarks:
        return
    holders: dict[int, dict[bool, set[str]]] = {}
    for role in GroupRole.objects.filter(group__mechanism=desk.declaration, until=None).select_related("country"):
        takes_part = role.role == GroupRoleKind.PARTICIPANT
        codes = holders.setdefault(role.group_id, {True: set(), False: set()})
        codes[takes_part].add(role.country.iso3 if role.country else "")
    for row in desk.contents.of(GOVERNANCE, "action_package_committees"):
        group = desk.workstreams[row["number"]]
        held = holders.get(group.pk, {True: set(), False: set()})
        pillar = group.pillar.number if group.pillar else None
        for field, here, there in (
            ("name", group.name_en, row["name"]),
            ("pillar", pillar, row["pillar"]),
            ("lead", sorted(held[False]), sorted(row["lead"])),
            ("participants", sorted(held[True]), sorted(row["participants"])),
        ):
            if here != there:
                desk.remark(
                    f"{GOVERNANCE.name}: committee {row['number']}: {field}: {there}, the workstream has {here}"
                )
    for number, name in enumerate(desk.contents.of(GOVERNANCE, "pillars"), start=1):
        here = desk.pillars.get((desk.declaration.pk, number))
        if here is not None and here.name_en.casefold() != name.casefold():
            desk.remark(f"{GOVERNANCE.name}: pillar {number}: {name}, the record has {here.name_en}")
