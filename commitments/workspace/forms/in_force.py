"""What the form of a revision begins with: what is in force, or what was proposed before."""

from typing import Any

from django.utils.translation import get_language

from commitments.formats.language import language_of
from commitments.formats.partial import PartialDate, Precision
from commitments.indicators.enums import Qualifier, RevisionSubject
from commitments.indicators.proposed import Proposed
from commitments.indicators.queries import IndicatorReading
from commitments.workspace.forms.revision import WAYPOINTS


def initial_of(subject: RevisionSubject, reading: IndicatorReading, says: Proposed | None = None) -> dict[str, Any]:
    """What the form begins with: what is in force, or what was proposed before."""
    reason = {"reason": says.reason, "takes_effect_on": says.takes_effect_on} if says else {}
    if says and says.source:
        reason |= {"source_title": says.source.title, "source_url": says.source.url}
    if subject is RevisionSubject.DEFINITION:
        indicator, lang = reading.indicator, language_of(get_language())
        values = {name: getattr(indicator, f"{name}_{lang}") or "" for name in ("title", "unit", "definition")}
        values |= {name: getattr(indicator, name) for name in ("counting", "direction", "cadence", "horizon")}
        columns = says.columns if says else {}
        return values | {name.removesuffix(f"_{lang}"): now for name, now in columns.items()} | reason
    total = reading.total
    row: Any = says or (total and (total.baseline if subject is RevisionSubject.BASELINE else total.target))
    if not row:
        return reason
    points = says.waypoints if says else (row.waypoints.all() if subject is RevisionSubject.TARGET else ())
    for number, point in enumerate(list(points)[:WAYPOINTS], start=1):
        first = point.date.first if isinstance(point.date, PartialDate) else point.date
        reason |= {f"point_{number}_on": first, f"point_{number}": point.value}
    is_range = row.value is None
    return reason | {
        "qualifier": Qualifier.RANGE.value if is_range else row.qualifier,
        "value": getattr(row, "value_min", None) if is_range else row.value,
        "value_max": getattr(row, "value_max", None),
        "day": row.day.first if row.day else None,
        "precision": row.day.precision.value if row.day else Precision.DAY.value,
    }
