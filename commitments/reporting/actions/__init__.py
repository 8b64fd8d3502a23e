"""The steps of what is sent in: figures of a cycle, reports, and the drafts behind them."""

from commitments.reporting.actions.cycles import (
    CycleClosedError,
    NotLaterError,
    NotReadyError,
    change_cycle,
    close_cycle,
    extend,
    open_cycle,
)
from commitments.reporting.actions.drafts import AlreadySentError, discard_draft, draft_of, keep_draft, take_draft
from commitments.reporting.actions.figures import answer_question, send_figure
from commitments.reporting.actions.printing import ask_for_print
from commitments.reporting.actions.reports import (
    Asked,
    ReportText,
    UnansweredQuestionError,
    accept_and_publish_report,
    accept_report,
    publish_report,
    return_report,
    save_report,
    send_report,
    take_up_report,
)

__all__ = [
    "AlreadySentError",
    "Asked",
    "CycleClosedError",
    "NotLaterError",
    "NotReadyError",
    "ReportText",
    "UnansweredQuestionError",
    "accept_and_publish_report",
    "accept_report",
    "answer_question",
    "ask_for_print",
    "change_cycle",
    "close_cycle",
    "discard_draft",
    "draft_of",
    "extend",
    "keep_draft",
    "open_cycle",
    "publish_report",
    "return_report",
    "save_report",
    "send_figure",
    "send_report",
    "take_draft",
    "take_up_report",
]
