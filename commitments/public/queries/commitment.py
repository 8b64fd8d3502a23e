"""One commitment with everything that its page shows."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from commitments.indicators.models import Evidence, StatusByHand
from commitments.indicators.queries import CommitmentReading, commitment_reading, status_by_hand
from commitments.public.queries.cards import SHOWN_WITH
from commitments.register.enums import LifeCycle, LinkKind
from commitments.register.models import Commitment, CommitmentLink, CommitmentSource, Party, Quotation, ReportedStatus


@dataclass(frozen=True, slots=True)
class CommitmentPage:
    """A published commitment, what it rests on, what sources say of it, and what it belongs to.

    Documents that show one figure stand with that figure, once it is published.
    """

    commitment: Commitment
    reading: CommitmentReading
    sources: list[CommitmentSource]
    parties: list[Party]
    reported: list[ReportedStatus]
    quotation: Quotation | None
    by_hand: StatusByHand | None
    evidence: list[Evidence]
    part_of: list[Commitment]
    parts: list[Commitment]
    related: list[Commitment]


def published() -> QuerySet[Commitment]:
    """Published commitments with the rows that their page names."""
    rows: QuerySet[Commitment] = Commitment.objects.public().select_related(
        *SHOWN_WITH, "pillar", "life_cycle_source", "superseded_by", "aligned_workstream"
    )
    return rows


def commitment_page(commitment: Commitment, *, on: date) -> CommitmentPage:
    """Read everything beside the commitment itself. The number of queries does not depend on how much there is."""
    out = CommitmentLink.objects.filter(commitment=commitment).exclude(other__life_cycle=LifeCycle.DRAFT)
    back = CommitmentLink.objects.filter(other=commitment).exclude(commitment__life_cycle=LifeCycle.DRAFT)
    links = list(out.select_related("other").order_by("other__code"))
    linked = list(back.select_related("commitment").order_by("commitment__code"))
    related = {link.other.pk: link.other for link in links if link.kind == LinkKind.RELATED}
    related |= {link.commitment.pk: link.commitment for link in linked if link.kind == LinkKind.RELATED}
    return CommitmentPage(
        commitment=commitment,
        reading=commitment_reading(commitment, on=on),
        sources=list(commitment.source_links.select_related("source").order_by("position", "id")),
        parties=list(commitment.parties.select_related("country", "organization").order_by("position", "id")),
        reported=list(commitment.reported_statuses.select_related("source").order_by("-as_of", "id")),
        quotation=Quotation.objects.filter(commitment=commitment).select_related("source").first(),
        evidence=list(commitment.evidence.filter(measurement=None).select_related("source", "file").order_by("id")),
        by_hand=status_by_hand(commitment.pk),
        part_of=[link.other for link in links if link.kind == LinkKind.PART_OF],
        parts=[link.commitment for link in linked if link.kind == LinkKind.PART_OF],
        related=sorted(related.values(), key=lambda other: other.code),
    )
