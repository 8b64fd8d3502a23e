"""The dates of a commitment on its page: drawn, in a table, as a file."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.test import Client

from commitments.history import actions
from commitments.history.enums import ReportState
from commitments.indicators.models import Milestone
from commitments.meetings.models import Meeting
from commitments.register.models import Commitment
from tests.cast import NOON, STAGE, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
PAGE = "commitments/LAD-COL-901/"


@pytest.fixture
def world(cast: Cast) -> Iterator[Cast]:
    """A commitment with a target, two figures, a milestone done, one that is late and a draft of another."""
    with time_machine.travel(NOON, tick=False):
        commitment = record.commitment("LAD-COL-901", country=cast.colombia)
        row = record.indicator(commitment, baseline=(0, date(2024, 1, 1)), target=(100, date(2026, 12, 31)))
        record.measurement(row, 30, date(2025, 7, 1))
        record.measurement(row, 80, date(2026, 7, 1))
        for title, due, done, state in (
            ("Decree signed", date(2025, 1, 1), date(2024, 12, 20), ReportState.PUBLISHED),
            ("Office open", date(2026, 3, 1), None, ReportState.PUBLISHED),
            ("Unpublished step", date(2026, 3, 2), None, ReportState.DRAFT),
        ):
            step = Milestone(commitment=commitment, title_en=title, due_on=due, done_on=done, state=state)
            actions.create(step, by=STAGE, at=NOON)
        record.commitment("LAD-COL-902", country=cast.colombia)
        yield cast


def page(path: str, language: str = "en") -> str:
    return Client().get(f"/{language}/{path}").content.decode()


def test_every_date_stands_in_the_file_oldest_first(world: Cast) -> None:
    rows = list(csv.reader(io.StringIO(page(f"{PAGE}dates.csv"))))
    made = next(row[1] for row in rows if row[3] == "Made")
    assert rows[0] == ["Commitment (code)", "Date", "Last day", "What", "Indicator (code)", "About"]
    assert [(row[1], row[3], row[4]) for row in rows[1:]] == [
        (made, "Made", ""),
        ("2024-12-20", "Milestone done", ""),
        ("2025-07-01", "Figure", "LAD-COL-901-I1"),
        ("2026-03-01", "Milestone due, not done", ""),
        ("2026-07-01", "Figure", "LAD-COL-901-I1"),
        ("2026-12-31", "Target date", "LAD-COL-901-I1"),
    ]


def test_the_page_draws_them_twice_and_says_them_in_a_table(world: Cast) -> None:
    body, said = page(PAGE), main_words(Client().get(f"/en/{PAGE}"))
    assert body.count('aria-labelledby="timeline-chart-') == 2
    assert "1 July 2026 Figure" in said
    assert "1 March 2026 Milestone due, not done Office open" in said
    assert "Unpublished step" not in body


@pytest.fixture
def surrounded(world: Cast) -> Cast:
    """The same in a workstream that meets, covered by three reports: one sent in time, one late, one to come."""
    commitment = Commitment.objects.get(code="LAD-COL-901")
    actions.change(commitment, by=STAGE, at=NOON, group=world.labour)
    for number, due_on, sent in ((1, date(2026, 10, 1), 0), (2, date(2026, 11, 1), 5), (3, date(2026, 12, 15), None)):
        columns = {"name_en": f"Cycle {number}", "slug": f"cycle-{number}", "opens_on": date(2026, 9, 1)}
        report = record.country_report(commitment, record.cycle(due_on=due_on, **columns))
        if sent is not None:
            at = datetime.combine(due_on + timedelta(days=sent), time(13), UTC)
            actions.change(report, by=STAGE, at=at, state=ReportState.SENT, sent_at=at, practice="Unpublished words")
    record.country_report(
        commitment, record.cycle(due_on=date(2027, 3, 1), opens_on=date(2027, 2, 1), closes_on=date(2027, 4, 1))
    )
    shown = {"mechanism": world.declaration, "group": world.labour, "start_precision": "day"}
    for slug, start, more in (
        ("met", date(2026, 9, 9), {"state": "held"}),
        ("to-come", date(2026, 12, 9), {}),
        ("called-off", date(2026, 12, 10), {"state": "cancelled"}),
        ("invented", date(2026, 12, 11), {"is_example": True}),
        ("of-another", date(2026, 12, 12), {"group": None}),
    ):
        actions.create(Meeting(slug=slug, title_en=f"Meeting {slug}", start=start, **shown | more), by=STAGE, at=NOON)
    return world


def test_reports_that_cover_it_and_meetings_of_its_workstream_stand_in_lanes_of_their_own(surrounded: Cast) -> None:
    rows = list(csv.reader(io.StringIO(page(f"{PAGE}dates.csv"))))
    told = [(row[1], row[3], row[5]) for row in rows if "report" in row[3].lower() or "eeting" in row[3]]
    assert told == [
        ("2026-09-09", "Meeting", "Meeting met"),
        ("2026-10-01", "Report received on time", "Cycle 1"),
        ("2026-11-06", "Report received late", "Cycle 2"),
        ("2026-12-09", "Meeting to come", "Meeting to-come"),
        ("2026-12-15", "Report due", "Cycle 3"),
    ]
    body = page(PAGE)
    lanes = re.findall(r'<g class="ch-lane"[^>]*>(.*?)</g>', body, re.DOTALL)
    assert len(lanes) == 2  # wide and narrow
    assert all(">Reports</text>" in lane and ">Meetings</text>" in lane for lane in lanes)
    assert '<a href="/en/cycles/cycle-2/">Cycle 2</a>' in body
    assert '<a href="/en/meetings/met/">Meeting met</a>' in body
    assert "Unpublished words" not in body


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "1 report received on time: 1 October 2026. 1 report received late: 6 November 2026."),
        ("es", "1 informe recibido a tiempo: 1 de octubre de 2026. 1 informe recibido con atraso: 6 de noviembre"),
        ("pt", "1 relatório recebido no prazo: 1º de outubro de 2026. 1 relatório recebido com atraso: 6 de novembro"),
        ("fr", "1 rapport reçu à temps : 1er octobre 2026. 1 rapport reçu en retard : 6 novembre 2026."),
    ],
)
def test_its_description_tells_reports_and_meetings(surrounded: Cast, language: str, words: str) -> None:
    for path in (PAGE, f"embed/{PAGE}"):
        described = page(path, language).split('-wide-desc">', 1)[1].split("</desc>", 1)[0]
        assert words in described.replace("\u00a0", " "), path


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "milestone done"), ("es", "hito cumplido"), ("pt", "marco concluído"), ("fr", "jalon franchi")],
)
def test_its_description_is_in_the_language_of_the_page(world: Cast, language: str, words: str) -> None:
    described = page(PAGE, language).split('id="timeline-chart-wide-desc">', 1)[1].split("</desc>", 1)[0]
    assert words in described


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "2 figures: 1 July 2025 – 1 July 2026."),
        ("es", "2 datos: 1 de julio de 2025 – 1 de julio de 2026."),
        ("pt", "2 dados: 1º de julho de 2025 – 1º de julho de 2026."),
        ("fr", "2 chiffres\u00a0: 1er juillet 2025 – 1er juillet 2026."),
    ],
)
def test_its_description_counts_in_words_that_agree(world: Cast, language: str, words: str) -> None:
    described = page(PAGE, language).split('id="timeline-chart-wide-desc">', 1)[1].split("</desc>", 1)[0]
    assert words in described


def test_one_date_alone_is_told_and_not_drawn(world: Cast) -> None:
    body = page("commitments/LAD-COL-902/")
    assert "timeline-chart" not in body
    assert 'id="timeline"' in body
    assert "No further date is on record." in page("embed/commitments/LAD-COL-902/")


@pytest.mark.parametrize(("life", "word"), [("ended", "Ended"), ("suspended", "Suspended"), ("withdrawn", "Withdrawn")])
def test_the_end_of_a_commitment_is_said_at_its_mark_among_all_others(world: Cast, life: str, word: str) -> None:
    made = {
        "made_on": date(2024, 9, 25),
        "made_on_precision": "day",
        "due_on": date(2025, 4, 30),
        "due_on_precision": "month",
    }
    closed = {"life_cycle": life, "life_cycle_on": date(2025, 3, 11), "life_cycle_on_precision": "day"}
    record.commitment("LAD-COL-903", country=world.colombia, **made, **closed)
    for path in ("commitments/LAD-COL-903/", "embed/commitments/LAD-COL-903/", "charts/commitments/LAD-COL-903.svg"):
        labels = set(re.findall(r"<text[^>]*>((?:Made|Due|Ended|Suspended|Withdrawn) [^<]+)<", page(path)))
        assert labels == {"Made 25 Sept 2024", "Due 30 Apr 2025", f"{word} 11 Mar 2025"}, path
