"""Fixtures of the ledger: a clock, one kind of message whose words and fate a test decides, and messages owed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from accounts.models import User
from commitments.notices import registry
from commitments.notices.actions import owe
from commitments.notices.models import Notice
from commitments.notices.registry import Kind
from commitments.reminders.sentences import say
from tests.cast import NOON, person
from tests.commitments.notices.stage import HandClock

KIND = "letter_of_the_tests"


@dataclass
class Letterhead:
    """What messages of the tests say, and why they would be called off at sending."""

    subject: str = "A subject"
    words: str = "A sentence."
    reason: str | None = None


@pytest.fixture
def clock() -> HandClock:
    """Stands at noon."""
    return HandClock()


@pytest.fixture
def letterhead() -> Iterator[Letterhead]:
    """The kinds of the tests, registered while the test runs."""
    held = Letterhead()

    def recheck(notice: Notice, at: datetime) -> str | None:
        return held.reason

    def context(notice: Notice, at: datetime) -> dict[str, Any]:
        link = {"button": "Open", "url": "https://tracker.example/form", "after": None, "why": None}
        return {"subject": held.subject, "paragraph": say(held.words), **link}

    for name, template in ((KIND, "emails/reminder"), ("broken_of_the_tests", "emails/nothing_here")):
        registry.register(Kind(name, "letter of the tests", template, recheck, context, lambda ids, language: {}))
    yield held
    for name in (KIND, "broken_of_the_tests"):
        registry._kinds.pop(name)


Owing = Callable[..., Notice]


@pytest.fixture
def owed(db: None, letterhead: Letterhead) -> Owing:
    """Owe a message to somebody; the n-th message goes to the n-th person."""
    count = 0

    def make(**columns: Any) -> Notice:
        nonlocal count
        count += 1
        recipient: User = columns.pop("recipient", None) or person(f"person{count}@example.org", f"Person {count}")
        return owe(
            **{
                "kind": KIND,
                "thing": recipient,
                "recipient": recipient,
                "at": NOON,
                "due_revision": "2026-11-24",
                **columns,
            }
        )

    return make
