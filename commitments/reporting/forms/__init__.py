"""Forms of the reporting room."""

from commitments.reporting.forms.behalf import BehalfForm
from commitments.reporting.forms.correction import CorrectionForm, DecideForm, ObjectionForm
from commitments.reporting.forms.documents import DocumentForm
from commitments.reporting.forms.report import GroupReportForm
from commitments.reporting.forms.review import LookedForm, PublishForm, ReportReviewForm, ReturnForm
from commitments.reporting.forms.sections import CannotForm, PartForm, PlaceForm, SectionForm
from commitments.reporting.forms.update import UpdateForm

__all__ = [
    "BehalfForm",
    "CannotForm",
    "CorrectionForm",
    "DecideForm",
    "DocumentForm",
    "GroupReportForm",
    "LookedForm",
    "ObjectionForm",
    "PartForm",
    "PlaceForm",
    "PublishForm",
    "ReportReviewForm",
    "ReturnForm",
    "SectionForm",
    "UpdateForm",
]
