"""Countries, kinds of organization, organizations, mechanisms with their secretariats, and memberships."""

from typing import Any

from commitments.exchange.reference.desk import Desk, translations
from commitments.exchange.reference.ledger import Index
from commitments.exchange.reference.references import DECLARATION
from commitments.exchange.reference.schemas import (
    COUNTRIES,
    MECHANISMS,
    MEMBERSHIPS,
    ORGANIZATIONS,
    TERMS,
    WORKSTREAMS,
)
from commitments.exchange.reference.schemas.places import ADHERENCES
from commitments.exchange.reference.shapes import first_day, precision_of
from commitments.formats.partial import PartialDate
from commitments.mechanisms.models import Adherence, Organization, Secretariat, Thresholds

#: The day from which the settings of the method hold: that of the Declaration.
THRESHOLDS_FROM = "2022-06-10"
#: The year of the policy paper whose figures and recommendations the files cite.
PAPER = PartialDate.parse("2023")


def load_countries(desk: Desk) -> None:
    """Countries and territories. The English name is the one spelled out, where there is one."""
    for row in desk.contents.of(COUNTRIES, "countries"):
        spelled_out = row.get("display_en")
        tile = row["tile"] or {}
        with desk.ledger.record(COUNTRIES.name, row["iso3"]):
            desk.countries.put(
                row["iso3"],
                {
                    "iso3": row["iso3"],
                    "iso2": row["iso2"],
                    "kind": row["kind"],
                    **translations("name", row["names"]),
                    "name_en": spelled_out or row["names"]["en"],
                    "listed_name_en": row["names"]["en"] if spelled_out else "",
                    "region": row["region"],
                    "subregion": row["subregion"],
                    "is_oas_member": row["oas_member"],
                    "is_caricom_member": row["caricom_member"],
                    "tile_row": tile.get("row"),
                    "tile_column": tile.get("col"),
                    "time_zone": row["time_zone"],
                    "note": row.get("note", ""),
                    "cited_in": row["source"],
                },
            )


def load_kinds(desk: Desk) -> None:
    """Kinds of organization, called stakeholders in the file."""
    for row in desk.contents.of(TERMS, "stakeholders"):
        with desk.ledger.record(TERMS.name, row["code"]):
            desk.kinds.put(
                row["code"],
                {
                    "code": row["code"],
                    **translations("name", row["name"]),
                    "role_text": row["role"],
                    "cited_in": row["source"],
                },
            )


def load_organizations(desk: Desk) -> None:
    """The bodies that make commitments, host secretariats and lead groups."""
    for row in desk.contents.of(ORGANIZATIONS):
        with desk.ledger.record(ORGANIZATIONS.name, row["code"]):
            desk.organizations.put_kept(row["code"], _organization(desk, row))


def organization_id(desk: Desk, code: str | None, name: str) -> int:
    """The body with this code or name, made from the loader's table or from its name when it is new."""
    known = desk.organizations.get(code)
    if known is not None:
        return known.pk
    for row in desk.organizations:
        if name in {row.code, row.name_en, *row.other_names}:
            return row.pk
    for listed in desk.table(ORGANIZATIONS, "code").values():
        if listed["code"] == code or name in {listed["name"], *names_of(listed)}:
            known = desk.organizations.get(listed["code"])  # by whatever name people know it now
            return known.pk if known else _new(desk, _organization(desk, listed))
    return _new(desk, {"code": _free_code(desk, code, name), "name_en": name})


def names_of(listed: dict[str, str]) -> list[str]:
    """The other names of a body in the loader's table, written with a semicolon between them."""
    return [name.strip() for name in listed["other_names"].split(";") if name.strip()]


def _organization(desk: Desk, listed: dict[str, str]) -> dict[str, Any]:
    kind = desk.kinds.get(listed["kind"])
    return {
        "code": listed["code"],
        "name_en": listed["name"],
        **{f"name_{language}": listed[f"name_{language}"] or "" for language in ("es", "pt", "fr")},
        "other_names": names_of(listed),
        "kind_id": kind.pk if kind else None,
    }


def _new(desk: Desk, values: dict[str, Any]) -> int:
    row = desk.ledger.create(Organization(**values))
    desk.organizations.replace(row.code, row)
    return row.pk


def _free_code(desk: Desk, code: str | None, name: str) -> str:
    """A code for a body that no table lists: its own, or its initials."""
    words = [word for word in (code or name).replace("-", " ").split() if word[:1].isupper()]
    wanted = words[0].upper()[:20] if len(words) == 1 else "".join(word[0] for word in words)[:18] or "BODY"
    free, number = wanted, 2
    while desk.organizations.get(free):
        free, number = f"{wanted}{number}", number + 1
    return free


def load_mechanisms(desk: Desk) -> None:
    """The mechanisms, the settings of the method for each, and the hosts of their technical secretariats."""
    thresholds = Index(desk.ledger, Thresholds, lambda row: (row.mechanism_id, row.valid_from), part="thresholds")
    secretariats = secretariat_index(desk)
    start = first_day(THRESHOLDS_FROM)
    for row in desk.contents.of(MECHANISMS, "mechanisms"):
        with desk.ledger.record(MECHANISMS.name, row["code"]):
            values = _mechanism(desk, row)
            if row["code"] == DECLARATION:
                values |= names_of_groups(desk.contents.head(WORKSTREAMS, "structure"))
            mechanism = desk.mechanisms.put(row["code"], values, initial={"slug": row["code"].lower()})
            thresholds.put_part((mechanism.pk, start), {"mechanism_id": mechanism.pk, "valid_from": start})
            for host in row["technical_secretariat"]["hosts"]:
                organization = organization_id(desk, host["code"], host["name"])
                secretariats.put_part(
                    (mechanism.pk, organization),
                    {"mechanism_id": mechanism.pk, "organization_id": organization, "cited_in": row["source"]},
                )


def names_of_groups(structure: dict[str, str] | None) -> dict[str, str]:
    """What a mechanism itself calls its groups and coordinators, as columns; nothing where no file says it."""
    if structure is None:
        return {}
    return {
        "groups_agreed_note": structure["agreed_note"],
        "public_name_of_groups": structure["public_name_of_groups"],
        "public_name_of_focal_points": structure["public_name_of_focal_points"],
    }


def secretariat_index(desk: Desk) -> Index[Secretariat]:
    """The secretariats by mechanism and host."""
    return Index(desk.ledger, Secretariat, lambda row: (row.mechanism_id, row.organization_id), part="secretariat")


def _mechanism(desk: Desk, row: dict[str, Any]) -> dict[str, Any]:
    presidency = row["presidency"]
    holder = presidency.get("holder_at_time_of_paper")
    return {
        "code": row["code"],
        **translations("name", row["name"]),
        "aliases": row["aliases"],
        "kind": row["kind"],
        "focus": row["focus"],
        "objective": row["objective"],
        "presidency_type": presidency["type"],
        "presidency_term": presidency["term"] or "",
        "presidency_rule": presidency["rule"],
        "presidency_holder_id": desk.countries[holder].pk if holder else None,
        "presidency_as_of": presidency.get("as_of", ""),
        "has_working_groups": row["has_working_groups"],
        "has_secretariat": row["technical_secretariat"]["exists"],
        "adopted_on": first_day(row.get("adopted")),
        "groups_agreed_on": first_day(row.get("working_groups_agreed")),
        "note": row.get("note", ""),
        "cited_in": row["source"],
    }


def load_memberships(desk: Desk) -> None:
    """Who belongs to which mechanism, with what each figure of the policy paper claims."""
    adherences = Index(desk.ledger, Adherence, lambda row: (row.mechanism_id, row.country_id))
    for row in desk.contents.of(MEMBERSHIPS):
        mechanism, country = desk.mechanisms[row["mechanism"]], desk.countries[row["iso3"]]
        from_paper = row["source"].startswith(("Figure", "Recommendation"))
        with desk.ledger.record(MEMBERSHIPS.name, f"{row['mechanism']} {row['iso3']}"):
            adherences.put_kept(
                (mechanism.pk, country.pk),
                {
                    "mechanism_id": mechanism.pk,
                    "country_id": country.pk,
                    "kind": ADHERENCES[row["status"]],
                    "since": first_day(row["since"]),
                    "since_precision": precision_of(row["since"]),
                    "as_of": PAPER.first if from_paper else None,
                    "as_of_precision": PAPER.precision.value if from_paper else "",
                    "figure1_claim": row["fig1"],
                    "figure2_claim": row["fig2"],
                    "resolved": row["resolved"],
                    "cited_in": row["source"],
                    "reason": row["reason"],
                },
            )
