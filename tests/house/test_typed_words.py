"""Nothing typed is lost: a page that says why a step was not taken, and leads elsewhere, gives back what was typed."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.repository import ROOT

pytestmark = pytest.mark.once

#: Where an error is said beside an answer of another kind than `conflict.not_done`, and why no words are lost by it.
NO_WORDS = "the form holds no text"
KEPT = "what was typed is kept in the draft first"
SHOWN = "the page comes again with what was typed"
SAID = {
    "history.conflict.not_done": "where nothing was typed",
    "appointments.views.invite_again": NO_WORDS,
    "mistakes.views.set_state": NO_WORDS,
    "notices.views.send_again": NO_WORDS,
    "reminders.views.chase": NO_WORDS,
    "reporting.views.correcting._recall": NO_WORDS,
    "reporting.views.correcting._withdraw": NO_WORDS,
    "reporting.views.correcting.review_correction": SHOWN,
    "reporting.views.country_report._send": NO_WORDS,
    "reporting.views.country_report.confirm_report": NO_WORDS,
    "reporting.views.cycles.close_cycle": SHOWN,
    "reporting.views.report._after": KEPT,
    "reporting.views.report._keep_as_draft": KEPT,
    "reporting.views.report._send": KEPT,
    "reporting.views.report.group_report": KEPT,
    "reporting.views.report_sections._kept": KEPT,
    "reporting.views.report_sections._nothing_changed": NO_WORDS,
    "reporting.views.review.confirm": NO_WORDS,
    "reporting.views.review.decided_already": SHOWN,
    "reporting.views.review.is_taken": SHOWN,
    "reporting.views.review.read_again": SHOWN,
    "reporting.views.saving.is_what_was_read": SHOWN,
    "workspace.views.evidence._take_away": NO_WORDS,
    "workspace.views.records._publish": NO_WORDS,
    "workspace.views.review_indicator._decide": SHOWN,
    "workspace.views.review_indicator.review_indicator": SHOWN,
    "workspace.views.review_revision.review_revision": SHOWN,
    "workspace.views.revisions._withdraw": NO_WORDS,
}


def sayers(tree: ast.Module) -> Iterator[str]:
    """The functions of a module that add an error to what the next page says."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(map(is_error, ast.walk(node))):
            yield node.name


def is_error(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "messages.error"


def test_every_page_that_says_an_error_gives_back_what_was_typed_or_is_known_to_lose_nothing() -> None:
    found = set()
    for path in Path(ROOT, "commitments").rglob("*.py"):
        room = ".".join(path.relative_to(Path(ROOT, "commitments")).with_suffix("").parts)
        found |= {f"{room}.{name}" for name in sayers(ast.parse(path.read_text()))}
    assert found == set(SAID), "use conflict.not_done, or say here why no words are lost"
