"""What the public reads is of the site's day, wherever the person is who publishes; and it follows what they change."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.indicators.models import CommitmentStatus, Indicator, Measurement
from commitments.register.models import Commitment
from tests.cast import NOON, TODAY, Cast
from tests.factories import record

pytestmark = pytest.mark.django_db

#: Half past eleven in the evening in Bogotá, where it is still the day on which the target falls due.
LATE = datetime(2026, 11, 25, 4, 30, tzinfo=UTC)


def kept(commitment: Commitment) -> tuple[date, str]:
    row = CommitmentStatus.objects.get(commitment=commitment)
    return row.on, row.status


def aimed_at(cast: Cast, due: date) -> tuple[Commitment, Indicator]:
    commitment = record.commitment(country=cast.colombia)
    return commitment, record.indicator(commitment, baseline=(0, date(2024, 1, 1)), target=(1_000, due))


def from_bogota(person: Any) -> Client:
    person.time_zone = "America/Bogota"
    person.save(update_fields=["time_zone"])
    client = Client()
    client.force_login(person)
    return client


def test_published_near_midnight_the_status_is_of_the_sites_day(cast: Cast, client: Client) -> None:
    commitment, indicator = aimed_at(cast, TODAY)
    figure = record.measurement(
        indicator, 999, date(2026, 11, 20), state="sent", accepted_at=None, published_at=None, entered_at=NOON
    )

    with time_machine.travel(LATE, tick=False):
        answer = {"decision": "publish", "version": str(figure.version)}
        done = from_bogota(cast.secretary).post(f"/en/workspace/review/figures/{figure.pk}/", answer)
        page = client.get(f"/en/commitments/{commitment.code}/").content.decode()

    assert (done.status_code, Measurement.objects.get(pk=figure.pk).state) == (302, "published")
    # On the person's calendar the target is due today: on track. On the site's, it was due yesterday.
    assert kept(commitment) == (date(2026, 11, 25), "off_track")
    assert "Not reached (99.9%)" in page


def test_publishing_a_proposal_and_a_draft_near_midnight_too(cast: Cast) -> None:
    commitment, _indicator = aimed_at(cast, TODAY + timedelta(days=400))
    proposal = record.indicator(commitment, 2, state="sent")
    draft = record.commitment("LAD-COL-902", country=cast.colombia, life_cycle="draft")
    secretary = from_bogota(cast.secretary)

    with time_machine.travel(LATE, tick=False):
        for path, row in ((f"review/indicators/{proposal.code}", proposal), (f"commitments/{draft.code}/edit", draft)):
            answer = {"decision": "publish", "version": str(row.version)}
            assert secretary.post(f"/en/workspace/{path}/", answer).status_code == 302

    assert kept(commitment)[0] == kept(draft)[0] == date(2026, 11, 25)


def test_a_changed_commitment_changes_its_kept_status_at_once(cast: Cast, client: Client) -> None:
    commitment = record.commitment(country=cast.colombia, made_on=date(2026, 1, 1))
    indicator = record.indicator(commitment, target=(1_000, None))
    record.measurement(indicator, 1_200, date(2025, 6, 30))
    assert kept(commitment)[1] == "no_data", "the figure speaks of a day before the commitment was made"
    secretary = Client()
    secretary.force_login(cast.secretary)
    fields = {"title": commitment.title_en, "summary": commitment.summary_en, "kind": "national"}
    fields |= {"made_on": "2025-01-01", "horizon": "", "public_reason": "The source states it.", "version": "1"}

    with time_machine.travel(NOON, tick=False):
        done = secretary.post(f"/en/workspace/commitments/{commitment.code}/edit/", fields)

    assert done.status_code == 302
    assert kept(commitment)[1] == "fulfilled"
