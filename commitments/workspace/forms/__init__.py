"""Forms of the workspace that join subjects."""

from commitments.workspace.forms.commitment import ChangeCommitmentForm
from commitments.workspace.forms.indicator import ProposalForm
from commitments.workspace.forms.recording import RecordCommitmentForm

__all__ = ["ChangeCommitmentForm", "ProposalForm", "RecordCommitmentForm"]
