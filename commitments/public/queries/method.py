"""The thresholds by which statuses are decided: in force on a day, before it, and announced for a later one."""

from dataclasses import dataclass
from datetime import date

from commitments.indicators.enums import Status
from commitments.indicators.figures import IndicatorPage, indicator_page
from commitments.mechanisms.models import Mechanism, Thresholds
from commitments.mechanisms.queries import Version, threshold_versions
from commitments.public.queries.overview import latest_figures, newest_last
from commitments.public.queries.places import DECLARATION

#: Statuses that a share of what was expected may decide, and how many indicators are tried for one that it did.
BY_SHARE = (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK)
TRIED = 2


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


def worked_example(on: date) -> IndicatorPage | None:
    """The indicator of the newest figure whose share decides its status; None while there is none."""
    rows = latest_figures().filter(series__indicator__computed__status__in=BY_SHARE)
    found = {row.series.indicator_id: row.series.indicator for row in sorted(rows, key=newest_last, reverse=True)}
    pages = (indicator_page(indicator, on=on) for indicator in list(found.values())[:TRIED])
    return next((page for page in pages if page.working.formula), None)
