"""What is typed at a place that a moved cycle takes back in this moment: nothing of it outlives the place.

The control keeps the draft as somebody would who forgot to lock the report: it stays behind, out of anybody's reach.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from commitments.reporting import actions
from commitments.reporting.models import Draft, ReportPart
from tests.cast import NOON, Cast
from tests.commitments.reporting.test_cycle_races import WORDS, move, part
from tests.locks import in_the_middle, row_locks_only

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["part"]


def kept(part: ReportPart, cast: Cast) -> dict[str, Any]:
    key = actions.draft_key(part.report, f"progress-{part.pk}")
    said = {"form": actions.REPORT_FORM, "key": key, "fields": {"words": WORDS}, "version_read": 1, "at": NOON}
    return {"user_id": cast.focal_colombia.pk, **said}


def save(part: ReportPart, cast: Cast) -> Callable[[], Any]:
    """The page of Colombia's focal point saves what is typed."""
    return lambda: actions.keep_draft_of_place(report=part.report, place=part, **kept(part, cast))


def test_no_draft_outlives_its_place(cast: Cast, part: ReportPart) -> None:
    in_the_middle(move(part), save(part, cast))
    assert not ReportPart.objects.filter(pk=part.pk).exists()
    assert Draft.objects.count() == 0


def test_what_was_typed_before_keeps_its_place(cast: Cast, part: ReportPart) -> None:
    in_the_middle(save(part, cast), move(part))
    assert ReportPart.objects.filter(pk=part.pk).exists()
    assert Draft.objects.count() == 1


@row_locks_only
def test_control_without_the_lock_the_draft_stays_behind(cast: Cast, part: ReportPart) -> None:
    def unlocked() -> None:
        if ReportPart.objects.filter(pk=part.pk).exists():
            actions.keep_draft(**kept(part, cast))

    in_the_middle(move(part), unlocked)
    assert not ReportPart.objects.filter(pk=part.pk).exists()
    assert Draft.objects.count() == 1


def test_the_page_says_that_the_place_is_gone(cast: Cast, part: ReportPart) -> None:
    phone = Client()
    phone.force_login(cast.focal_colombia)
    url = f"/en/workspace/country-reports/{part.report_id}/progress-{part.pk}/save/"
    move(part)()
    assert phone.post(url, {"words": WORDS, "answer": "progress"}).status_code == 404
    assert Draft.objects.count() == 0
