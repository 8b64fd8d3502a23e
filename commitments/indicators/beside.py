"""Which rows there are beside an indicator, read along with it."""

from django.db.models import Exists, OuterRef

from commitments.history import languages
from commitments.history.enums import ReportState
from commitments.indicators.models import Evidence, Indicator, Measurement, Revision, Series


def beside(language: str) -> dict[str, Exists]:
    """What to read along with an indicator: most have little beside them, and what there is not is not asked for."""
    own = {"series__indicator": OuterRef("pk")}
    return {
        "is_behind": languages.behind(Indicator, language),
        "has_corrected": Exists(Measurement.objects.filter(state=ReportState.CORRECTED, **own)),
        "has_evidence": Exists(Evidence.objects.filter(measurement__series__indicator=OuterRef("pk"))),
        "has_countries": Exists(Series.objects.filter(indicator=OuterRef("pk"), country__isnull=False)),
        "has_agreed": Exists(Revision.objects.filter(indicator=OuterRef("pk"), state=ReportState.PUBLISHED)),
    }
