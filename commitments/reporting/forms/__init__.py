"""Forms of the reporting room."""

from commitments.reporting.forms.report import GroupReportForm
from commitments.reporting.forms.review import ReturnForm
from commitments.reporting.forms.update import UpdateForm

__all__ = ["GroupReportForm", "ReturnForm", "UpdateForm"]
