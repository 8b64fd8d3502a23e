"""Writing goes through one door. The models refuse at run time; this finds the attempt before it runs."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import repository

pytestmark = pytest.mark.once

#: Ways of the ORM to write rows. None of them leaves history by itself.
WRITES = {
    "update", "aupdate", "bulk_create", "bulk_update", "abulk_create", "abulk_update", "delete", "adelete", "save",
    "asave", "get_or_create", "update_or_create", "raw", "_raw_delete", "_update",
}  # fmt: skip
#: Models that keep no history, each with its reason in tests/house/test_tracked_models.py.
UNTRACKED = {
    "Notice", "NoticeAttempt", "Heartbeat", "Draft", "CommitmentStatus", "IndicatorStatus", "SentForm", "PrintedReport",
    "SearchEntry", "CommitmentPlace", "CountChange", "MistakeReport",
}  # fmt: skip
#: Writes whose receiver does not say its model, by file: rows of the ledger of notices, accounts of people, pictures.
KNOWN = {
    "commitments/exchange/demonstration/people.py": {"save"},
    "commitments/intake/files/pictures.py": {"save"},
    "commitments/notices/breaker.py": {"update"},
    "commitments/notices/steps.py": {"update"},
}


def writes(path: Path, tree: ast.Module) -> Iterator[str]:
    """Calls that write rows of a model that is tracked, or not known to be untracked."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or call.func.attr not in WRITES:
            continue
        if _model(call.func.value) in UNTRACKED or call.func.attr in KNOWN.get(str(path), set()):
            continue
        if call.func.attr == "update" and not call.keywords and len(call.args) == 1:
            continue  # a dict, a set or a digest: rows are updated by keywords
        yield f"{path}:{call.lineno} {ast.unparse(call.func)}"


def _model(receiver: ast.expr) -> str:
    """The model at the root of `Model.objects.filter(…)…`."""
    while isinstance(receiver, ast.Call | ast.Attribute):
        receiver = receiver.func if isinstance(receiver, ast.Call) else receiver.value
    return receiver.id if isinstance(receiver, ast.Name) else ""


def domain() -> Iterator[tuple[Path, ast.Module]]:
    for path, tree in repository.code("commitments"):
        if "history" not in path.parts and "migrations" not in path.parts:
            yield path, tree


def test_rows_of_the_record_are_written_by_history_alone() -> None:
    assert [found for path, tree in domain() for found in writes(path, tree)] == []


def test_the_known_exceptions_are_still_needed() -> None:
    texts = {path: (repository.ROOT / path).read_text() for path in KNOWN}
    assert [path for path, attributes in KNOWN.items() if not any(f".{a}(" in texts[path] for a in attributes)] == []


@pytest.mark.parametrize(
    "line",
    [
        "Commitment.objects.filter(pk=1).update(title_en='x')",
        "commitment.save()",
        "Indicator.objects.bulk_create(rows)",
        "self.queryset.delete()",
        "Series.objects.get_or_create(pk=1)",
    ],
)
def test_a_write_past_history_is_found(line: str) -> None:
    assert len(list(writes(Path("commitments/register/actions.py"), ast.parse(line)))) == 1


def test_nobody_reaches_below_the_models() -> None:
    below = {"cursor", "RawSQL", "_base_manager"}
    found = [
        f"{path}:{node.lineno} {name}"
        for path, tree in domain()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute | ast.Name)
        for name in [node.attr if isinstance(node, ast.Attribute) else node.id]
        if name in below
    ]
    assert found == []


def test_no_signal_handler_of_our_own() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path, tree in repository.code()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Name) and node.id == "receiver")
        or (isinstance(node, ast.ImportFrom) and str(node.module).endswith("signals"))
    ]
    assert found == []


def test_no_task_is_put_off_or_retried_by_celery() -> None:
    """Due times and retries live in the ledger: a far ETA runs twice, and a lost one never."""
    attributes = {"apply_async", "retry", "delay_on_commit"}
    keywords = {"eta", "countdown", "autoretry_for", "acks_late"}
    found = [
        f"{path}:{node.lineno}"
        for path, tree in domain()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr in attributes)
        or (isinstance(node, ast.keyword) and node.arg in keywords)
    ]
    assert found == []


def test_the_clock_is_read_at_the_edge() -> None:
    """`now()` and `today()` belong to middleware, tasks and commands; everything below is told the time."""
    edges = ("tasks.py", "management/")
    found = [
        f"{path}:{call.lineno}"
        for path, tree in domain()
        if not any(edge in str(path) for edge in edges)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in {"now", "today", "utcnow", "localdate", "localtime"}
        and not call.args
    ]
    assert found == []
