"""What is not in the language of the page says which language it is in; a slip in a stored date closes no page."""

import re
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.history import actions
from commitments.indicators.models import Measurement
from commitments.register.models import ReportedStatus
from commitments.sources.models import Source
from tests.cast import NOON, STAGE, Cast
from tests.factories import record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_source_inside_a_sentence_keeps_its_language(cast: Cast, client: Client) -> None:
    commitment = record.commitment(country=cast.colombia)
    status = ReportedStatus(
        commitment=commitment,
        value="completed",
        basis="stated",
        as_of=date(2024, 5, 1),
        as_of_precision="month",
        source=actions.create(Source(title="Fact <Sheet>", language="en"), by=STAGE, at=NOON),
    )
    actions.create(status, by=STAGE, at=NOON)

    spanish = client.get(f"/es/commitments/{commitment.code}/").content.decode()
    english = client.get(f"/en/commitments/{commitment.code}/").content.decode()

    assert 'Según la fuente (<span lang="en">Fact &lt;Sheet&gt;</span>): concluido (mayo de 2024).' in spanish
    assert "According to Fact &lt;Sheet&gt;, completed (May 2024)." in english


def test_a_country_gives_its_reason_in_its_own_language(cast: Cast, client: Client) -> None:
    indicator = record.indicator(
        record.commitment(country=cast.colombia), baseline=(0, date(2024, 1, 1)), target=(1_000, date(2027, 1, 1))
    )
    focal, path = signed_in(cast.focal_colombia), f"/es/workspace/indicators/{indicator.code}/update/"
    typed = {"value": "40", "date_choice": "other", "other_date": "2026-09-30", "source_choice": "other"}
    typed |= {"other_source": "Registro", "reason": "Las renovaciones se atrasaron."}
    focal.post(path, typed)
    assert focal.post(f"{path}check/").status_code == 302
    figure = Measurement.objects.get()
    assert (figure.reason_language, figure.reason_in("es").foreign, figure.reason_in("fr").html_lang) == (
        "es",
        False,
        "es-419",
    )
    secretary = signed_in(cast.secretary)
    secretary.post(f"/en/workspace/review/figures/{figure.pk}/", {"decision": "publish", "version": "1"})

    page = client.get(f"/en/indicators/{indicator.code}/").content.decode()
    history = client.get(f"/en/indicators/{indicator.code}/history/").content.decode()
    assert re.search(r'<span lang="es-419">Las renovaciones se atrasaron.</span> <span [^>]*>\(Spanish\)', page)
    assert re.search(r'<dt>Reason given</dt>\s*<dd lang="es-419">\s*Las renovaciones', history)
    own = client.get(f"/es/indicators/{indicator.code}/history/").content.decode()
    assert re.search(r"<dd>\s*Las renovaciones", own)


def test_the_queue_names_the_language_of_what_waits(cast: Cast) -> None:
    indicator = record.indicator(record.commitment(country=cast.colombia))
    record.measurement(
        indicator, 5, date(2026, 9, 30), state="sent", accepted_at=None, published_at=None, entered_at=NOON
    )

    page = signed_in(cast.secretary).get("/es/workspace/review/").content.decode()

    assert f'<span lang="en">{indicator.title_en}</span> <span class="language-label">(inglés)</span>' in page


def test_a_stored_date_that_does_not_fit_its_precision_is_shown_as_the_day_it_is(cast: Cast, client: Client) -> None:
    commitment = record.commitment(country=cast.colombia, made_on=date(2024, 3, 17), made_on_precision="month")
    indicator = record.indicator(commitment, baseline=(0, date(2024, 1, 1)), target=(10, date(2027, 1, 1)))
    record.measurement(indicator, 5, date(2025, 2, 10), as_of_precision="quarter")

    for path in (
        f"commitments/{commitment.code}",
        f"commitments/{commitment.code}/history",
        f"indicators/{indicator.code}",
        "commitments",
    ):
        assert client.get(f"/en/{path}/").status_code == 200, path
    assert "17 March 2024" in client.get(f"/en/commitments/{commitment.code}/").content.decode()
    assert "10 February 2025" in client.get(f"/en/indicators/{indicator.code}/").content.decode()
