"""That two commitments belong together: one part of the other, or related. Nothing is part of itself, in any steps."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction

from commitments.history import actions as history
from commitments.register.enums import LinkKind
from commitments.register.models import Commitment, CommitmentLink
from commitments.roles.actor import Actor


class PartOfItselfError(Exception):
    """The link would make a commitment part of itself."""


def link_commitments(
    *, commitment: Commitment, other: Commitment, kind: LinkKind, by: Actor, at: datetime, why: str = ""
) -> CommitmentLink:
    """Say that the first is part of, or related to, the second; the same link twice is one. PartOfItselfError."""
    with transaction.atomic():
        for row in sorted((commitment, other), key=lambda row: row.pk):
            history.locked(row)
        if commitment.pk == other.pk or (kind is LinkKind.PART_OF and commitment.pk in wholes_of(other.pk)):
            raise PartOfItselfError(commitment.code)
        existing = CommitmentLink.objects.filter(commitment=commitment, other=other, kind=kind).first()
        if existing is not None:
            return existing
        return history.create(CommitmentLink(commitment=commitment, other=other, kind=kind), by=by, at=at, why=why)


def unlink(*, link: CommitmentLink, by: Actor, at: datetime, why: str = "") -> None:
    """Take a link back; its history stays."""
    history.remove(link, by=by, at=at, why=why)


def wholes_of(pk: int) -> set[int]:
    """A commitment and everything that it is part of, in any number of steps. One query."""
    above: dict[int, set[int]] = defaultdict(set)
    for part, whole in CommitmentLink.objects.filter(kind=LinkKind.PART_OF).values_list("commitment_id", "other_id"):
        above[part].add(whole)
    found, ahead = {pk}, [pk]
    while ahead:
        new = above[ahead.pop()] - found
        found |= new
        ahead += new
    return found
