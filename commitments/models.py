"""Index of the models of all subjects: what Django and its migrations see."""

from commitments.appointments.models import Appointment
from commitments.history.models import SentForm
from commitments.indicators.models import (
    Baseline,
    CommitmentStatus,
    Evidence,
    Indicator,
    Measurement,
    Milestone,
    Series,
    Target,
    Waypoint,
)
from commitments.mechanisms.models import (
    Adherence,
    AdherenceCount,
    Country,
    Mechanism,
    Organization,
    OrganizationKind,
    Presidency,
    Secretariat,
    Thresholds,
)
from commitments.meetings.models import Meeting
from commitments.notices.models import Heartbeat, Notice, NoticeAttempt
from commitments.register.models import (
    Commitment,
    CommitmentLink,
    CommitmentSource,
    Party,
    Quotation,
    ReportedStatus,
)
from commitments.reporting.models import Draft, ProgressReport, ReportEntry, ReportingCycle
from commitments.sources.models import Source
from commitments.working_groups.models import Alignment, GroupRole, Pillar, Theme, ThemeGroup, WorkingGroup

__all__ = [
    "Adherence",
    "AdherenceCount",
    "Alignment",
    "Appointment",
    "Baseline",
    "Commitment",
    "CommitmentLink",
    "CommitmentSource",
    "CommitmentStatus",
    "Country",
    "Draft",
    "Evidence",
    "GroupRole",
    "Heartbeat",
    "Indicator",
    "Measurement",
    "Mechanism",
    "Meeting",
    "Milestone",
    "Notice",
    "NoticeAttempt",
    "Organization",
    "OrganizationKind",
    "Party",
    "Pillar",
    "Presidency",
    "ProgressReport",
    "Quotation",
    "ReportEntry",
    "ReportedStatus",
    "ReportingCycle",
    "Secretariat",
    "SentForm",
    "Series",
    "Source",
    "Target",
    "Theme",
    "ThemeGroup",
    "Thresholds",
    "Waypoint",
    "WorkingGroup",
]
