"""The rows of history of some indicators and of all that hangs on them, paired with what made them public."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from commitments.history.enums import ReportState
from commitments.history.languages import with_language_of_reason
from commitments.history.queries import Track, first_public_row
from commitments.history.together import together
from commitments.indicators.models import Baseline, Indicator, Measurement, Revision, Series, Target, Waypoint
from commitments.indicators.records import RECORDS


class Timelines:
    """The rows of history of some indicators and of all that hangs on them, and what their words need."""

    def __init__(self, indicators: Sequence[Any], published_with: Callable[[Any], Any | None]) -> None:
        self.rows = indicators
        by_id: dict[int, list[Any]] = {}
        for row in self.rows:
            by_id.setdefault(row.id, []).append(row)
        self.indicators = {key: max(rows, key=lambda row: row.history_id) for key, rows in by_id.items()}
        self._published = {key: self._publication(rows, published_with) for key, rows in by_id.items()}
        self._published_with = published_with
        self.series: dict[int, Any] = {}
        self.targets: dict[int, Any] = {}
        #: Baselines and targets as they stand, newest first.
        self.levels: list[Any] = []
        #: Who proposed what an approved revision began, by the kind of record and its id.
        self.proposers: dict[tuple[type[Any], int], Any] = {}
        self.measurements: dict[int, Any] = {}
        #: Each figure as it was first entered, with who did.
        self.entered: dict[int, Any] = {}

    def tracks(self) -> list[Track]:
        """The timelines of the indicators, their baselines, targets, waypoints and figures. Three queries at most."""
        own = {"indicator_id__in": list(self.indicators)}
        read = _read(own, Series, Revision) if self.indicators else {}
        self.series = _by_id(read.get(Series, ()))
        self._told_by(read.get(Revision, ()))
        read = _read({"series_id__in": list(self.series)}, Measurement, Baseline, Target) if self.series else {}
        figures, baselines, targets = (read.get(model, []) for model in (Measurement, Baseline, Target))
        self.targets = _by_id(targets)
        waypoints = _read({"target_id__in": list(self.targets)}, Waypoint)[Waypoint] if targets else []
        self.measurements = {row.id: row for row in figures}
        self.entered = _by_id(figures)
        self.levels = sorted([*baselines, *targets], key=lambda row: -row.history_id)
        return [
            Track(self.rows, RECORDS[Indicator].fields, is_published, self._published_with),
            Track(baselines, RECORDS[Baseline].fields, published_with=self.with_series),
            Track(targets, RECORDS[Target].fields, published_with=self.with_series),
            Track(waypoints, RECORDS[Waypoint].fields, published_with=self.with_target),
            Track(figures, RECORDS[Measurement].fields, is_published, self.with_series),
        ]

    def _told_by(self, revisions: Iterable[Any]) -> None:
        """The row of each approved revision that sent it in, under what it began."""
        sent: dict[int, Any] = {}
        for row in revisions:
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


def _read(where: dict[str, Any], *models: type[Any]) -> dict[type[Any], list[Any]]:
    """Rows of history of several kinds that hang on the same, in the order in which they were written. One query."""
    past = {model.__name__: model.history.filter(**where) for model in models}
    found = together(**{name: with_language_of_reason(rows) for name, rows in past.items()})
    return {model: sorted(found[model.__name__], key=lambda row: row.history_id) for model in models}


def _by_id(rows: Iterable[Any]) -> dict[int, Any]:
    """The first row of each record, of rows in their order."""
    first: dict[int, Any] = {}
    for row in rows:
        first.setdefault(row.id, row)
    return first


def is_published(row: Any) -> bool:
    """Whether a row of history shows an indicator, figure or milestone published."""
    return bool(row.state == ReportState.PUBLISHED)
