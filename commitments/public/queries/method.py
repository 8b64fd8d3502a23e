"""The thresholds by which statuses are decided: in force on a day, before it, and announced for a later one."""

from dataclasses import dataclass
from datetime import date

from commitments.mechanisms.models import Mechanism, Thresholds
from commitments.mechanisms.queries import Version, threshold_versions
from commitments.public.queries.places import DECLARATION


@dataclass(frozen=True, slots=True)
class ThresholdVersions:
    """The Declaration's thresholds, the newest first in each part; none where none were ever set."""

    in_force: Version | None
    before: list[Version]
    announced: list[Version]

    @property
    def row(self) -> Thresholds | None:
        """The row in force; None where none were ever set, then the defaults hold."""
        return self.in_force.row if self.in_force else None


def thresholds_known(on: date) -> ThresholdVersions:
    """The Declaration's thresholds as of a day. Three queries."""
    found = threshold_versions(Mechanism.objects.filter(code=DECLARATION))
    versions = [version for rows in found.values() for version in rows]
    begun = [version for version in versions if not version.is_ahead(on)]
    announced = [version for version in versions if version.is_ahead(on)]
    return ThresholdVersions(begun[0] if begun else None, begun[1:], announced)
