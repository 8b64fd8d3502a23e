"""Forms of the reporting room."""

from commitments.reporting.forms.report import GroupReportForm
from commitments.reporting.forms.review import LookedForm, PublishForm, ReportReviewForm, ReturnForm
from commitments.reporting.forms.update import UpdateForm

__all__ = [
    "GroupReportForm",
    "LookedForm",
    "PublishForm",
    "ReportReviewForm",
    "ReturnForm",
    "UpdateForm",
]
