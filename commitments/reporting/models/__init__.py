"""Cycles in which reports fall due, what is sent in for them, and the private drafts behind."""

from commitments.reporting.models.correction import ReportCorrection
from commitments.reporting.models.cycle import CycleExtension, CycleSnapshot, ReportingCycle
from commitments.reporting.models.draft import Draft
from commitments.reporting.models.frozen import ReportFigures
from commitments.reporting.models.parts import (
    ReportDocument,
    ReportEntry,
    ReportPart,
    ReportQuestion,
    ReportTranslation,
)
from commitments.reporting.models.printed import PrintedReport
from commitments.reporting.models.report import ProgressReport
from commitments.reporting.models.statement import CountryStatement

__all__ = [
    "CountryStatement",
    "CycleExtension",
    "CycleSnapshot",
    "Draft",
    "PrintedReport",
    "ProgressReport",
    "ReportCorrection",
    "ReportDocument",
    "ReportEntry",
    "ReportFigures",
    "ReportPart",
    "ReportQuestion",
    "ReportTranslation",
    "ReportingCycle",
]
