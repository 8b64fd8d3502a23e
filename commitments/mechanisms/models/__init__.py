"""Countries, organizations, mechanisms, and who belongs to, chairs and serves which."""

from commitments.mechanisms.models.belonging import Adherence, AdherenceCount, Presidency, Secretariat
from commitments.mechanisms.models.bodies import (
    Country,
    CountryQuerySet,
    Mechanism,
    OfficeSettings,
    Organization,
    OrganizationKind,
    Thresholds,
)
from commitments.mechanisms.models.columns import (
    PRECISION_CHOICES,
    REFERENCE_PERMISSIONS,
    PrecisionField,
    TextColumn,
    partial,
)

__all__ = [
    "PRECISION_CHOICES",
    "REFERENCE_PERMISSIONS",
    "Adherence",
    "AdherenceCount",
    "Country",
    "CountryQuerySet",
    "Mechanism",
    "OfficeSettings",
    "Organization",
    "OrganizationKind",
    "PrecisionField",
    "Presidency",
    "Secretariat",
    "TextColumn",
    "Thresholds",
    "partial",
]
