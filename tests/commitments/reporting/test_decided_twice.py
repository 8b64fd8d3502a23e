"""A decision on a correction, a proposed change or a proposed indicator that is pressed twice is taken once."""

from typing import Any

import pytest

from commitments.notices.models import Notice
from tests.cast import Cast
from tests.commitments.reporting.test_corrections import proposed
from tests.commitments.reporting.test_update import as_person
from tests.commitments.workspace.test_revisions import indicator, sent
from tests.factories import record
from tests.pages import main_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_and_own_files")]
__all__ = ["indicator"]


@pytest.fixture(params=["correction", "revision", "indicator"])
def waiting(request: Any, cast: Cast) -> tuple[str, Any, dict[str, str], dict[str, str]]:
    """Its page, itself, and what agreeing and saying no send."""
    asked = {"decision": "return", "question": "Which offices?"}
    if request.param == "correction":
        row = proposed(cast, request.getfixturevalue("country_report"), practice="Two desks.")
        page, yes, no = f"corrections/{row.pk}", "approve", {"decision": "decline", "answer": "Three desks."}
        return page, row, {"decision": yes}, no
    if request.param == "revision":
        revision = sent(cast, request.getfixturevalue("indicator"))
        return f"revisions/{revision.pk}", revision, {"decision": "approve"}, asked
    row = record.indicator(record.commitment("LAD-COL-902", country=cast.colombia), state="sent")
    return f"indicators/{row.code}", row, {"decision": "publish"}, asked


@pytest.mark.parametrize("agrees", [True, False])
def test_the_second_of_two_clicks_ends_where_the_first_did(cast: Cast, waiting: Any, agrees: bool) -> None:
    page, row, yes, no = waiting
    fields = {**(yes if agrees else no), "version": str(row.version)}
    client, url = as_person(cast.secretary), f"/en/workspace/review/{page}/"
    told = [client.post(url, fields, follow=True) for _click in range(2)]
    assert [answer.redirect_chain for answer in told] == [[("/en/workspace/review/", 302)]] * 2
    assert "in the meantime" not in main_words(told[1])
    owed = Notice.objects.count()
    assert row.history.count() == 2
    other = as_person(cast.second_secretary).post(url, fields)
    assert other.status_code == 409, "a colleague is told that somebody decided"
    assert Notice.objects.count() == owed


def test_other_words_from_an_old_page_are_not_taken_for_the_first(cast: Cast, waiting: Any) -> None:
    page, row, _yes, no = waiting
    client, url = as_person(cast.secretary), f"/en/workspace/review/{page}/"
    client.post(url, {**no, "version": str(row.version)})
    other = {name: f"{text} Or which year?" if name != "decision" else text for name, text in no.items()}
    answer = client.post(url, {**other, "version": str(row.version)})
    assert answer.status_code == 409
    assert "Or which year?" in main_words(answer)
