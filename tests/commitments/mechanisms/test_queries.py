"""Which settings hold on a day."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from commitments.mechanisms.models import OfficeSettings
from commitments.mechanisms.queries import office_settings
from tests.cast import TODAY
from tests.factories import rows

pytestmark = pytest.mark.django_db


def test_before_anything_is_decided_the_defaults_hold() -> None:
    settings = office_settings(TODAY)
    assert settings.pk is None
    assert (settings.review_days, settings.answer_days) == (3, 7)
    assert (settings.early_reminders, settings.late_reminders) == ([14, 3], [1, 8, 15, 22, 29])
    assert settings.languages == ["en", "es", "pt", "fr"]


def test_the_newest_that_has_begun_holds() -> None:
    for review_days, valid_from in ((4, date(2026, 1, 1)), (5, TODAY), (6, TODAY + timedelta(days=1))):
        rows.stored(OfficeSettings, review_days=review_days, valid_from=valid_from)
    assert office_settings(TODAY).review_days == 5
    assert office_settings(TODAY - timedelta(days=1)).review_days == 4
    assert office_settings(TODAY + timedelta(days=1)).review_days == 6


def test_it_takes_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        office_settings(TODAY)
