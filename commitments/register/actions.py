"""Recording a commitment as a draft, changing it, and publishing it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from commitments.history import actions as history
from commitments.mechanisms.models import Country, Mechanism, Organization
from commitments.register.enums import LifeCycle, SourceRole
from commitments.register.models import Commitment, CommitmentSource, Party
from commitments.roles.actor import Actor
from commitments.sources.models import Source


class LifeRefusedError(Exception):
    """The commitment is not in a state from which this step is lawful."""


@dataclass(frozen=True, slots=True)
class NewCommitment:
    """A commitment as it is recorded: its columns, its maker, other parties, and the source it rests on."""

    columns: dict[str, Any]
    mechanism: Mechanism
    source: Source
    maker_country: Country | None = None
    maker_organization: Organization | None = None
    maker_mechanism: Mechanism | None = None
    maker_name: str = ""
    parties: tuple[Country | Organization, ...] = field(default=())
    #: The one country among the parties that answers for a collective commitment.
    lead: Country | None = None

    @property
    def maker_code(self) -> str:
        """The maker's part of the code: a country's ISO code, an organization's code, or ALL."""
        if self.maker_country is not None:
            return self.maker_country.iso3
        return self.maker_organization.code if self.maker_organization is not None else "ALL"


def next_code(mechanism_code: str, maker_code: str) -> str:
    """The next free code of a maker under a mechanism; numbers are never reused, not even of removed records."""
    prefix = f"{mechanism_code}-{maker_code}-"
    codes = Commitment.history.filter(code__startswith=prefix).values_list("code", flat=True).distinct()
    numbers = [int(code.removeprefix(prefix)) for code in codes if code.removeprefix(prefix).isdigit()]
    return f"{prefix}{max(numbers, default=0) + 1:03d}"


def record_commitment(*, new: NewCommitment, by: Actor, at: datetime, why: str = "") -> Commitment:
    """Store a commitment as a draft with its parties and source: nobody outside sees it before it is published."""
    with transaction.atomic():
        history.locked(new.mechanism)
        commitment = history.create(
            Commitment(
                code=next_code(new.mechanism.code, new.maker_code),
                mechanism=new.mechanism,
                maker_country=new.maker_country,
                maker_organization=new.maker_organization,
                maker_mechanism=new.maker_mechanism,
                maker_name=new.maker_name,
                life_cycle=LifeCycle.DRAFT,
                **new.columns,
            ),
            by=by,
            at=at,
            why=why,
        )
        source = new.source if new.source.pk else history.create(new.source, by=by, at=at, why=why)
        link = CommitmentSource(commitment=commitment, source=source, role=SourceRole.MAIN)
        history.create(link, by=by, at=at, why=why)
        for position, party in enumerate(new.parties):
            is_country = isinstance(party, Country)
            row = Party(
                commitment=commitment,
                country=party if is_country else None,
                organization=None if is_country else party,
                is_lead=is_country and party == new.lead,
                position=position,
            )
            history.create(row, by=by, at=at, why=why)
        return commitment


def change_commitment(
    *,
    commitment: Commitment,
    columns: dict[str, Any],
    by: Actor,
    at: datetime,
    why: str = "",
    public_reason: str = "",
    version: int | None = None,
) -> Commitment:
    """Write new values to a commitment; EditedMeanwhileError when somebody else changed it since `version`."""
    return history.change(commitment, by=by, at=at, why=why, public_reason=public_reason, version=version, **columns)


def set_lead(*, commitment: Commitment, lead: Country | None, by: Actor, at: datetime, public_reason: str = "") -> None:
    """Say which of its parties answers for a collective commitment; None: no country does, so the secretariat asks.

    Raises LifeRefusedError for a commitment that one country made, ValueError for a country that is no party to it.
    """
    with transaction.atomic():
        fresh = history.locked(commitment)
        if fresh.maker_country_id is not None and lead is not None:
            raise LifeRefusedError("Only a collective commitment has a lead.")
        parties = list(Party.objects.filter(commitment=fresh).order_by("position", "id"))
        chosen = next((row for row in parties if lead is not None and row.country_id == lead.pk), None)
        if lead is not None and chosen is None:
            raise ValueError(f"{lead} is no party to {fresh}.")
        for row in [row for row in parties if row.is_lead and row != chosen]:
            history.change(row, by=by, at=at, public_reason=public_reason, is_lead=False)
        if chosen is not None:
            history.change(chosen, by=by, at=at, public_reason=public_reason, is_lead=True)


def publish_commitment(
    *, commitment: Commitment, by: Actor, at: datetime, public_reason: str = "", version: int | None = None
) -> Commitment:
    """Make a draft public: from now on it stays on the site whatever becomes of it."""
    with transaction.atomic():
        fresh = history.locked(commitment, version=version)
        if fresh.life_cycle != LifeCycle.DRAFT:
            raise LifeRefusedError(f"{fresh.life_cycle} → active")
        return history.change(fresh, by=by, at=at, public_reason=public_reason, life_cycle=LifeCycle.ACTIVE)
