"""Commitments with their makers, other parties, sources, reported statuses and links."""

from collections.abc import Hashable
from typing import Any

from commitments.exchange.reference.codes import CodeBook, commitment_prefix
from commitments.exchange.reference.desk import Desk
from commitments.exchange.reference.ledger import Index
from commitments.exchange.reference.places import organization_id
from commitments.exchange.reference.references import DECLARATION
from commitments.exchange.reference.schemas import COMMITMENTS, LIFE_CYCLE_DATES
from commitments.exchange.reference.shapes import first_day, precision_of
from commitments.formats.partial import PartialDate
from commitments.register.enums import LifeCycle, LinkKind, ReportedValue, SourceRole
from commitments.register.models import Commitment, CommitmentLink, CommitmentSource, Party, ReportedStatus

#: What sources say that ends or suspends the life of a commitment; anything else leaves it active.
CLOSING = {ReportedValue.SUSPENDED: LifeCycle.SUSPENDED, ReportedValue.ENDED: LifeCycle.ENDED}


def load_commitments(desk: Desk) -> None:
    """Every commitment of the file, then the links between them."""
    rows = desk.contents.of(COMMITMENTS)
    if not rows:
        return
    codes = CodeBook(desk, Commitment)
    stated_ends = desk.table(LIFE_CYCLE_DATES)
    parts = _Parts(desk)
    for row in sorted(rows, key=_order):
        with desk.ledger.record(COMMITMENTS.name, row["id"]):
            maker, maker_code = _maker(desk, row["declaring_actor"])
            values = {**_columns(desk, row), **maker, **_life(desk, row, stated_ends.get(row["id"]))}
            known = desk.commitments.get(row["id"])
            code = known.code if known else codes.code(row["id"], commitment_prefix(row, maker_code), 3)
            commitment = desk.commitments.put(row["id"], values, initial={"code": code, "reference_id": row["id"]})
            parts.bring_in(commitment, row)
    _links(desk, rows)


def _order(row: dict[str, Any]) -> tuple[Any, ...]:
    """Numbers run by the day a commitment was made, then by its slug."""
    return (PartialDate.parse(row["made_on"]).first, row["id"])


def _columns(desk: Desk, row: dict[str, Any]) -> dict[str, Any]:
    workstream = desk.workstream_id(row["workstream"])
    is_own = row["mechanism"] == DECLARATION
    return {
        "title_en": row["title"],
        "summary_en": row["description"],
        "mechanism_id": desk.mechanisms[row["mechanism"]].pk,
        "pillar_id": desk.pillar_id(row["pillar"]),
        "group_id": workstream if is_own else None,
        "aligned_workstream_id": None if is_own else workstream,
        "classification": row["classification"] or "",
        "kind": row["kind"],
        "made_on": first_day(row["made_on"]),
        "made_on_precision": precision_of(row["made_on"]),
        "made_at": row["made_at"] or "",
        "due_on": first_day(row["due_on"]),
        "due_on_precision": precision_of(row["due_on"]),
        "horizon": row["horizon"] or "",
        "horizon_basis": row["horizon_basis"] or "",
        "original_language": row["original_language"] or "",
        "is_verified": row["verified"],
        "notes": row["notes"] or "",
    }


def _maker(desk: Desk, actor: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Who made the commitment, as columns and as part of the code. A name printed beside a code does not count."""
    columns: dict[str, Any] = {
        "maker_country_id": None,
        "maker_organization_id": None,
        "maker_mechanism_id": None,
        "maker_name": "",
    }
    if actor["type"] == "country":
        country = desk.countries.get(actor["iso3"])
        named = {"maker_country_id": country.pk} if country else {"maker_name": actor["name"]}
        return columns | named, str(actor["iso3"])
    if actor["type"] == "organisation":
        organization = organization_id(desk, actor.get("code"), actor["name"])
        code = next(row.code for row in desk.organizations if row.pk == organization)
        return columns | {"maker_organization_id": organization}, code
    if actor.get("code"):
        return columns | {"maker_mechanism_id": desk.mechanisms[actor["code"]].pk}, "ALL"
    return columns | {"maker_name": actor["name"]}, "ALL"


def _life(desk: Desk, row: dict[str, Any], stated: dict[str, str] | None) -> dict[str, Any]:
    """Suspended or ended where a source says so; the day of it only where our notes state one."""
    closed = CLOSING.get(row["status"])
    end = stated["date"] if closed and stated else None
    return {
        "life_cycle": (closed or LifeCycle.ACTIVE).value,
        "life_cycle_on": first_day(end),
        "life_cycle_on_precision": precision_of(end),
        "life_cycle_as_of": first_day(row["status_as_of"]) if closed else None,
        "life_cycle_as_of_precision": precision_of(row["status_as_of"]) if closed else "",
        "life_cycle_reason": stated["basis"] if closed and stated else "",
        "life_cycle_source_id": desk.sources.cite(row["status_source"]) if closed else None,
    }


class _Parts:
    """What belongs to a commitment and stands in its order: parties, sources, reported statuses."""

    def __init__(self, desk: Desk) -> None:
        ledger = desk.ledger
        self._desk = desk
        self._parties = Index(ledger, Party, lambda row: (row.commitment_id, row.position), part="party")
        self._sources = Index(ledger, CommitmentSource, lambda row: (row.commitment_id, row.position), part="source")
        self._statuses = Index(
            ledger, ReportedStatus, lambda row: (row.commitment_id, row.as_of, row.source_id), part="reported status"
        )

    def bring_in(self, commitment: Commitment, row: dict[str, Any]) -> None:
        """All parts of one commitment."""
        self._bring_in_parties(commitment, row["other_actors"])
        self._bring_in_sources(commitment, row)
        if row["status"] is not None:
            self._bring_in_status(commitment, row)

    def _bring_in_parties(self, commitment: Commitment, actors: list[dict[str, Any]]) -> None:
        listed: set[Hashable] = set()
        for position, actor in enumerate(actors):
            key = (commitment.pk, position)
            listed.add(key)
            values = {"commitment_id": commitment.pk, "position": position, **_party(self._desk, actor)}
            self._parties.put_part(key, values)
        self._parties.prune("commitment_id", commitment.pk, listed)

    def _bring_in_sources(self, commitment: Commitment, row: dict[str, Any]) -> None:
        listed: set[Hashable] = set()
        for position, source in enumerate([row["source"], *row["further_sources"]]):
            key = (commitment.pk, position)
            listed.add(key)
            values = {
                "commitment_id": commitment.pk,
                "position": position,
                "source_id": self._desk.sources.cite(source),
                "role": (SourceRole.FURTHER if position else SourceRole.MAIN).value,
                "is_verified": row["verified"],
            }
            self._sources.put_part(key, values)
        self._sources.prune("commitment_id", commitment.pk, listed)

    def _bring_in_status(self, commitment: Commitment, row: dict[str, Any]) -> None:
        as_of, source = first_day(row["status_as_of"]), self._desk.sources.cite(row["status_source"])
        values = {
            "commitment_id": commitment.pk,
            "value": row["status"],
            "basis": row["status_basis"] or "",
            "as_of": as_of,
            "as_of_precision": precision_of(row["status_as_of"]),
            "source_id": source,
        }
        self._statuses.put_part((commitment.pk, as_of, source), values)


def _party(desk: Desk, actor: dict[str, Any]) -> dict[str, Any]:
    country = desk.countries.get(actor["iso3"]) if actor["type"] == "country" else None
    if country is not None:
        return {"country_id": country.pk, "organization_id": None, "name": ""}
    if actor["type"] == "organisation":
        organization = organization_id(desk, actor.get("code"), actor["name"])
        return {"country_id": None, "organization_id": organization, "name": ""}
    return {"country_id": None, "organization_id": None, "name": actor["name"]}


def _links(desk: Desk, rows: list[dict[str, Any]]) -> None:
    links = Index(desk.ledger, CommitmentLink, lambda row: (row.commitment_id, row.other_id, row.kind), part="link")
    for row in rows:
        with desk.ledger.record(COMMITMENTS.name, row["id"], is_aside=True):
            own = desk.commitments[row["id"]].pk
            named = [(other, LinkKind.RELATED.value) for other in row["related"]]
            named += [(row["part_of"], LinkKind.PART_OF.value)] if row.get("part_of") else []
            listed: set[Hashable] = set()
            for reference_id, kind in named:
                other = desk.commitments[reference_id].pk
                listed.add((own, other, kind))
                links.put_part((own, other, kind), {"commitment_id": own, "other_id": other, "kind": kind})
            links.prune("commitment_id", own, listed)
