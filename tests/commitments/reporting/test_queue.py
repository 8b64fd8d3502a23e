"""The review queue: everything that waits, oldest first, in constant queries, with what the system noticed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.history import actions
from commitments.indicators.models import Indicator, Measurement, Revision
from commitments.reporting.models import ProgressReport, ReportPart
from commitments.reporting.queue import neighbours, place_of, queue_of
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.commitments.reporting.test_update import as_person
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
QUEUE = "/en/workspace/review/"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def sent(indicator: Indicator, value: int, cast: Cast, *, on: date = date(2026, 9, 30), **columns: Any) -> Measurement:
    """A figure that Colombia sent and nobody has decided on."""
    defaults = {"state": "sent", "accepted_at": None, "published_at": None, "entered_at": NOON, "is_used": True}
    columns = {"entered_by": cast.focal_colombia, **defaults, **columns}
    return record.measurement(indicator, value, on, **columns)


def indicator(cast: Cast, code: str = "LAD-COL-901", **columns: Any) -> Indicator:
    commitment = record.commitment(code, country=cast.colombia, made_on=date(2024, 1, 1), **columns)
    counted = record.indicator(
        commitment, baseline=(0, date(2024, 1, 1)), target=(100_000, date(2027, 12, 31)), counting="cumulative"
    )
    record.measurement(counted, 41_200, date(2026, 6, 30))
    return counted


def report(cast: Cast, *, at: datetime = NOON, due_on: date = date(2026, 12, 15), **columns: Any) -> ProgressReport:
    row = ProgressReport(cycle=record.cycle(due_on=due_on), due_on=due_on, state="sent", sent_at=at, **columns)
    return actions.create(row, by=STAGE, at=at)


def everything(cast: Cast, number: int) -> None:
    """One of each kind, all of Colombia or its group."""
    code = f"LAD-COL-9{number}0"
    counted = indicator(cast, code, group=cast.labour)
    sent(counted, 50_000, cast)
    record.indicator(counted.commitment, 2, state="sent")
    record.commitment(f"LAD-COL-9{number}1", country=cast.colombia, group=cast.labour, life_cycle="draft")
    revision = Revision(
        indicator=counted, subject="target", value=1, takes_effect_on=TODAY, reason="Agreed.", proposed_at=NOON
    )
    actions.create(revision, by=STAGE, at=NOON)
    due_on = date(2026, 12, number)
    for columns in ({"country": cast.colombia}, {"group": cast.labour}, {"is_of_secretariat": True}):
        existing = ProgressReport.objects.filter(cycle__due_on=due_on).first()
        cycle = existing.cycle if existing else record.cycle(due_on=due_on)
        row = ProgressReport(cycle=cycle, due_on=due_on, state="sent", sent_at=NOON, **columns)
        row = actions.create(row, by=STAGE, at=NOON)
        actions.create(ReportPart(report=row, commitment=counted.commitment), by=STAGE, at=NOON)


def test_everything_that_waits_is_there_oldest_first(cast: Cast) -> None:
    figure = sent(indicator(cast), 50_000, cast, entered_at=NOON - timedelta(days=2))
    group = report(cast, at=NOON - timedelta(days=8), group=cast.labour)
    country = report(cast, at=NOON - timedelta(days=1), country=cast.colombia, due_on=date(2026, 11, 1))
    own = report(cast, at=NOON - timedelta(days=5), is_of_secretariat=True, due_on=date(2026, 11, 2))
    proposal = record.indicator(figure.series.indicator.commitment, 2, state="sent")
    draft = record.commitment("LAD-COL-902", country=cast.colombia, life_cycle="draft")
    kinds = [(kind, pk) for pk, kind, _at in queue_of()]
    assert kinds == [
        ("group", group.pk),
        ("secretariat", own.pk),
        ("figure", figure.pk),
        ("country", country.pk),
        ("draft", draft.pk),
        ("proposal", proposal.pk),
    ]
    text = main_words(as_person(cast.secretary).get(QUEUE))
    assert "6 things wait for the secretariat, oldest first. 1 waits longer than the target of 3 working days." in text
    assert "6 working days" in text
    rows = text[text.index("Worth a look") :]
    assert rows.index("Labor Mobility") < rows.index("Draft commitment") < rows.index("Proposed indicator")


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("kind=figure", ["figure"]),
        ("kind=group", ["group"]),
        ("country=COL", ["country", "draft", "figure", "proposal", "revision"]),
        ("country=CAN", []),
        ("kind=draft&country=COL", ["draft"]),
    ],
)
def test_the_queue_is_narrowed_by_kind_and_country(cast: Cast, query: str, kinds: list[str]) -> None:
    everything(cast, 1)
    record.commitment("LAD-CAN-901", country=cast.canada)
    page = as_person(cast.secretary).get(f"{QUEUE}?{query}")
    assert page.status_code == 200
    values = dict(pair.split("=") for pair in query.split("&"))
    assert sorted(kind for _pk, kind, _at in queue_of(**values)) == kinds
    assert main_words(page).count("since today") == len(kinds)


@pytest.mark.parametrize(
    "query", ["kind=nonsense", "country=XXX", "colour=red", "page=0", "page=2", "kind=figure&kind=group"]
)
def test_an_unknown_filter_is_refused_by_name(cast: Cast, query: str) -> None:
    assert as_person(cast.secretary).get(f"{QUEUE}?{query}").status_code == 400


def test_an_empty_queue_says_what_is_on_its_way(cast: Cast) -> None:
    client = as_person(cast.secretary)
    assert "Nothing to review. Nobody is writing at the moment." in main_words(client.get(QUEUE))
    for number in (1, 2, 3):
        report_ = report(cast, country=cast.colombia, due_on=date(2026, 12, number))
        actions.change(report_, by=STAGE, at=NOON, state="draft", sent_at=None)
    assert "Nothing to review. 3 drafts are in progress." in main_words(client.get(QUEUE))


def test_the_queue_costs_the_same_with_more_in_it(cast: Cast, django_assert_num_queries: Any) -> None:
    client = as_person(cast.secretary)
    everything(cast, 1)
    client.get(QUEUE)
    with CaptureQueriesContext(connection) as few:
        client.get(QUEUE)
    everything(cast, 2)
    everything(cast, 3)
    with django_assert_num_queries(len(few)):
        page = client.get(QUEUE)
    assert "21 things wait" in main_words(page)


def test_a_long_queue_has_pages(cast: Cast) -> None:
    counted = indicator(cast)
    for day in range(1, 28):
        sent(counted, 50_000, cast, on=date(2026, 10, day), entered_at=NOON - timedelta(minutes=day))
    client = as_person(cast.secretary)
    assert client.get(QUEUE).content.decode().count("data-queue") == 25
    assert client.get(f"{QUEUE}?page=2").content.decode().count("data-queue") == 2


def test_each_thing_knows_what_stands_before_and_after_it(cast: Cast) -> None:
    counted = indicator(cast)
    days = (3, 1, 2)
    figures = [
        sent(counted, 50_000, cast, on=date(2026, 10, day), entered_at=NOON - timedelta(days=day)) for day in days
    ]
    oldest, newest, middle = (place_of("figure", row.pk) for row in figures)
    assert (neighbours("figure", figures[2].pk).previous, neighbours("figure", figures[2].pk).next) == (oldest, newest)
    assert [neighbours("figure", row.pk).number for row in figures] == [1, 3, 2]
    assert neighbours("figure", figures[0].pk).previous is None
    page = as_person(cast.secretary).get(f"{QUEUE}figures/{figures[2].pk}/").content.decode()
    assert "2 of 3" in page
    assert f'href="{QUEUE}figures/{figures[1].pk}/" rel="next" data-key="j"' in page
    assert middle is not None


@pytest.mark.parametrize("same_moment", [True, False])
def test_walking_the_queue_meets_everything_once(cast: Cast, same_moment: bool) -> None:
    everything(cast, 1)
    everything(cast, 2)
    if not same_moment:
        sent(indicator(cast), 1, cast, entered_at=NOON - timedelta(days=9))
    order = [(kind, pk) for pk, kind, _at in queue_of()]
    place = place_of(*order[0])
    met = []
    while place is not None:
        met.append((place.kind, place.pk))
        place = neighbours(place.kind, place.pk).next
    assert met == order


def test_working_days_are_counted_over_a_weekend(cast: Cast) -> None:
    monday = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
    sent(indicator(cast), 50_000, cast, entered_at=datetime(2026, 11, 25, 12, 0, tzinfo=UTC))
    with time_machine.travel(monday, tick=False):
        text = main_words(as_person(cast.secretary).get(QUEUE))
    assert "3 working days" in text
    assert "longer than" not in text


@pytest.mark.parametrize("who", ["focal_colombia", "lead_labour", "administrator", "reader", "outsider"])
def test_nobody_else_sees_the_queue(cast: Cast, who: str) -> None:
    assert as_person(getattr(cast, who)).get(QUEUE).status_code == 403
