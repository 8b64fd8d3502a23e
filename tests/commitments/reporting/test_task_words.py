"""What the button of a task says to whoever only hears it: what to do, once, and with what."""

import pytest

from commitments.formats.language import Text
from commitments.reporting.duties import Task


@pytest.mark.parametrize(
    ("sentence", "action", "said"),
    [
        ("Review 3 figures", "Review", "Review 3 figures"),
        ("3 reports are late: send reminders", "Remind", "Remind: 3 reports are late: send reminders"),
        ("Reviewers needed", "Review", "Review: Reviewers needed"),
    ],
)
def test_a_sentence_that_begins_with_the_buttons_word_goes_on_from_it(sentence: str, action: str, said: str) -> None:
    assert action + Task(sentence=sentence, url="/", action=action).rest == said


def test_the_sentence_of_a_record_names_it() -> None:
    task = Task(
        sentence="Update: %(indicator)s", subject=Text("Permits", "en", foreign=False), url="/", action="Update"
    )
    assert task.title == "Update: Permits"
