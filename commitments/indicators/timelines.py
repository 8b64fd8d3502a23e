"""The rows of history of some indicators and of all that hangs on them, paired with what made them public."""

from collections.abc import Callable
from typing import Any

from commitments.history.enums import ReportState
from commitments.history.queries import Track, first_public_row
from commitments.indicators.models import Baseline, Indicator, Measurement, Revision, Series, Target, Waypoint
from commitments.indicators.records import RECORDS


class Timelines:
    """The rows of history of some indicators and of all that hangs on them, and what their words need."""

    def __init__(self, indicators: Any, published_with: Callable[[Any], Any | None]) -> None:
        self.rows = list(indicators)
        by_id: dict[int, list[Any]] = {}
        for row in self.rows:
            by_id.setdefault(row.id, []).append(row)
        self.indicators = {key: max(rows, key=lambda row: row.history_id) for key, rows in by_id.items()}
        self._published = {key: self._publication(rows, published_with) for key, rows in by_id.items()}
        self._published_with = published_with
        self.series = {row.id: row for row in Series.history.filter(indicator_id__in=by_id)}
        self.targets = {row.id: row for row in Target.history.filter(series_id__in=self.series)}
        #: Baselines and targets as they stand, newest first.
        self.levels: list[Any] = []
        #: Who proposed what an approved revision began, by the kind of record and its id.
        self.proposers: dict[tuple[type[Any], int], Any] = {}
        self.measurements: dict[int, Any] = {}
        #: Each figure as it was first entered, with who did.
        self.entered: dict[int, Any] = {}

    def tracks(self) -> list[Track]:
        """The timelines of the indicators, their baselines, targets, waypoints and figures."""
        of_series = {"series_id__in": list(self.series)}
        figures = list(Measurement.history.filter(**of_series).order_by("history_id"))
        self.measurements = {row.id: row for row in figures}
        self.entered = {row.id: row for row in reversed(figures)}
        baselines, targets = (list(model.history.filter(**of_series)) for model in (Baseline, Target))
        self.levels = sorted([*baselines, *targets], key=lambda row: -row.history_id)
        self._read_proposers()
        return [
            Track(self.rows, RECORDS[Indicator].fields, is_published, self._published_with),
            Track(baselines, RECORDS[Baseline].fields, published_with=self.with_series),
            Track(targets, RECORDS[Target].fields, published_with=self.with_series),
            Track(
                Waypoint.history.filter(target_id__in=list(self.targets)),
                RECORDS[Waypoint].fields,
                published_with=self.with_target,
            ),
            Track(figures, RECORDS[Measurement].fields, is_published, self.with_series),
        ]

    def _read_proposers(self) -> None:
        """The row of each approved revision that sent it in, under what it began. One query."""
        sent: dict[int, Any] = {}
        for row in Revision.history.filter(indicator_id__in=self.indicators).order_by("history_id"):
            if row.state == ReportState.SENT:
                sent[row.id] = row
            elif row.state == ReportState.PUBLISHED and row.id in sent:
                self.proposers |= {
                    (model, key): sent[row.id]
                    for model, key in ((Baseline, row.baseline_id), (Target, row.target_id))
                    if key is not None
                }

    def replaced_by(self, row: Any) -> Any | None:
        """The baseline or target that another one replaced on the day it began."""
        if row.valid_from is None:
            return None
        same = [old for old in self.levels if old.instance_type is row.instance_type and old.id < row.id]
        return next((old for old in same if old.series_id == row.series_id and old.valid_until == row.valid_from), None)

    def with_series(self, row: Any) -> Any | None:
        """The row that made the indicator of a baseline, target or figure public."""
        return self._published.get(self.series[row.series_id].indicator_id)

    def with_target(self, row: Any) -> Any | None:
        """The row that made the indicator of a waypoint public."""
        return self.with_series(self.targets[row.target_id])

    def indicator_of(self, row: Any) -> Any:
        """The indicator, as it stands, of a baseline, target or figure."""
        return self.indicators[self.series[row.series_id].indicator_id].instance

    @staticmethod
    def _publication(rows: list[Any], published_with: Callable[[Any], Any | None]) -> Any | None:
        """The later of two publications: of the indicator, and of what it hangs on."""
        own = first_public_row(rows, is_published)
        whole = published_with(rows[0])
        if own is None or whole is None:
            return None
        return max(own, whole, key=lambda row: row.history_date)


def is_published(row: Any) -> bool:
    """Whether a row of history shows an indicator, figure or milestone published."""
    return bool(row.state == ReportState.PUBLISHED)
