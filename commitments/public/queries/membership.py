"""Who has endorsed the Declaration, who observes, and how many countries the sources count."""

from dataclasses import dataclass

from commitments.formats.collation import sort_key
from commitments.mechanisms.enums import AdherenceKind
from commitments.mechanisms.models import Adherence, AdherenceCount
from commitments.public.queries.mechanisms import Member, by_date
from commitments.public.queries.places import DECLARATION, later_count


@dataclass(frozen=True, slots=True)
class Membership:
    """The countries of the Declaration as the record has them, and the counts of the sources, oldest first."""

    endorsing: list[Member]
    observers: list[Member]
    left: list[Member]
    counts: list[AdherenceCount]
    later_count: AdherenceCount | None


def membership(language: str) -> Membership:
    """Everything that the page shows. Three queries."""
    rows = Adherence.objects.filter(mechanism__code=DECLARATION).select_related("country", "source")
    members = sorted(
        (Member(row, row.country.name_in(language)) for row in rows),
        key=lambda member: sort_key(member.name.text, language),
    )
    current = [member for member in members if member.adherence.until is None]
    endorsing = [member for member in current if member.adherence.kind == AdherenceKind.ENDORSING]
    counts = AdherenceCount.objects.filter(mechanism__code=DECLARATION).select_related("source")
    return Membership(
        endorsing=endorsing,
        observers=[member for member in current if member.adherence.kind == AdherenceKind.OBSERVER],
        left=[member for member in members if member.adherence.until is not None],
        counts=sorted(counts, key=by_date),
        later_count=later_count(len(endorsing)),
    )
