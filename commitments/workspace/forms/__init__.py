"""Forms of the workspace that join subjects."""

from commitments.workspace.forms.commitment import ChangeCommitmentForm, RecordCommitmentForm
from commitments.workspace.forms.indicator import ProposalForm

__all__ = ["ChangeCommitmentForm", "ProposalForm", "RecordCommitmentForm"]
