"""The commitments themselves: what was committed to, by whom, when, by when, and according to which source."""

from commitments.register.models.commitment import Commitment, CommitmentQuerySet, is_draft
from commitments.register.models.parts import CommitmentLink, CommitmentSource, Party, Quotation, ReportedStatus

__all__ = [
    "Commitment",
    "CommitmentLink",
    "CommitmentQuerySet",
    "CommitmentSource",
    "Party",
    "Quotation",
    "ReportedStatus",
    "is_draft",
]
