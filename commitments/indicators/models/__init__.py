"""What is measured: indicators with their series, baselines, targets, measurements, milestones and evidence."""

from commitments.indicators.models.columns import (
    BehalfBasis,
    DecimalColumn,
    FigureField,
    QualifierField,
    UnitType,
    choices,
)
from commitments.indicators.models.commitment import CommitmentStatus, Evidence, IndicatorStatus, Milestone
from commitments.indicators.models.counts import CommitmentPlace, CountChange, Face
from commitments.indicators.models.decided import Revision, StatusByHand
from commitments.indicators.models.indicator import Indicator, IndicatorQuerySet, Series
from commitments.indicators.models.measurement import (
    Figure,
    Measurement,
    MeasurementQuerySet,
    entered_by_someone_else,
    is_on_behalf,
)
from commitments.indicators.models.path import Baseline, Target, Waypoint

__all__ = [
    "Baseline",
    "BehalfBasis",
    "CommitmentPlace",
    "CommitmentStatus",
    "CountChange",
    "DecimalColumn",
    "Evidence",
    "Face",
    "Figure",
    "FigureField",
    "Indicator",
    "IndicatorQuerySet",
    "IndicatorStatus",
    "Measurement",
    "MeasurementQuerySet",
    "Milestone",
    "QualifierField",
    "Revision",
    "Series",
    "StatusByHand",
    "Target",
    "UnitType",
    "Waypoint",
    "choices",
    "entered_by_someone_else",
    "is_on_behalf",
]
