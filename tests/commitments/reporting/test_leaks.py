"""Nothing unpublished of a cycle and its reports stands on any public page or in any public file."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve, reverse

from commitments.history import actions as history
from commitments.public.urls import urlpatterns
from commitments.reporting.actions import close_cycle
from commitments.reporting.codes import spaced
from commitments.reporting.enums import Section
from commitments.reporting.models import (
    Draft,
    ProgressReport,
    ReportingCycle,
    ReportQuestion,
    ReportTranslation,
)
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.commitments.public import test_leaks
from tests.commitments.reporting.papers import made
from tests.factories import record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_and_own_files")]

OPEN, CLOSED = "cycle-2026-12-15", "cycle-2026-06-30"
PAGES = (
    "",
    "late/",
    "search/?q=canary",
    "cycles/",
    f"cycles/{OPEN}/",
    f"cycles/{CLOSED}/",
    f"cycles/{CLOSED}/snapshot.json",
    f"cycles/{CLOSED}/snapshot.csv",
    f"reports/{OPEN}/COL/",
    "check/",
    "commitments/LAD-COL-901/",
    "countries/COL/",
    "indicators/",
    "indicators/?view=table",
    "indicators/indicators.csv",
    "indicators/indicators.xlsx",
    "indicators/LAD-COL-901-I1/",
    "indicators/LAD-COL-901-I1/values.csv",
    "indicators/LAD-COL-901-I1/values.json",
    "reports/reports.csv",
    "commitments/LAD-COL-901/dates.csv",
    "embed/commitments/LAD-COL-901/",
    "embed/indicators/LAD-COL-901-I1/",
    "charts/indicators/LAD-COL-901-I1.svg",
    "charts/indicators/LAD-COL-901-I1.png",
    "working-groups/labor-mobility/",
    "embed/working-groups/labor-mobility/reports/",
    "working-groups/labor-mobility/history/",
    "mechanisms/lad/history/",
    "changes/",
    "changes/feed.atom",
    "data/",
    "totals/",
    "totals/totals.csv",
    "about/",
    "about/changes/",
    "about/method/",
)
#: Charts of pages that are compared elsewhere.
DRAWN = ("pillar", "breakdown")
#: Addresses that this test and that of the register compare in another way, or that hold one record's own words.
ELSEWHERE = {
    "report-file": "the canaries' file is asked for below",
    "check-code": "the canaries' code is asked for below",
    "pillar": "tests of the register: the pages of the groups in it",
    "report-a-mistake": "holds a token of its own each time; tests of mistakes",
    "meeting": "meetings are public as soon as they are planned",
    **{f"{form}-{kind}": f"has the leaks of its page: {kind}" for form in ("embed", "svg", "png") for kind in DRAWN},
}


@pytest.fixture
def over(cast: Cast, country_report: ProgressReport) -> ReportingCycle:
    """A cycle that was closed, beside the open one of Colombia's published report."""
    cycle = record.cycle(
        due_on=date(2026, 6, 30), opens_on=date(2026, 5, 1), closes_on=date(2026, 10, 31), name_en="May 2026"
    )
    record.group_report(cast.labour, cycle)
    by = cast.actor(cast.secretary)
    return close_cycle(cycle=cycle, by=by, at=NOON, why="Nothing came.").cycle


def everything() -> dict[str, bytes]:
    client = Client()
    answers = {path: client.get(f"/en/{path}") for path in PAGES}
    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code != 200} == {}
    return {path: b"".join(answer) for path, answer in answers.items()}


def canaries(cast: Cast, published: ProgressReport, over: ReportingCycle) -> ProgressReport:
    """What is written, asked, answered, translated, proposed and planned, but not published."""
    planned = record.cycle(
        due_on=TODAY + timedelta(days=200), opens_on=TODAY + timedelta(days=100), closes_on=date(2027, 12, 31)
    )
    history.change(planned, by=STAGE, at=NOON, name_en="CANARY cycle")
    draft = record.group_report(cast.labour, published.cycle)
    texts = {name: f"CANARY {name}" for name in ("summary", "purpose", "outcomes", "obstacles", "practice")}
    history.change(draft, by=STAGE, at=NOON, state="accepted", sent_at=NOON, accepted_at=NOON, **texts)
    late = over.reports.get()
    history.change(late, by=STAGE, at=NOON, state="sent", sent_at=NOON, behalf_words="CANARY basis", **texts)
    for report in (published, draft):
        question = ReportQuestion(
            report=report, section=Section.OBSTACLES, text="CANARY question", asked_at=NOON, answer="CANARY answer"
        )
        history.create(question, by=STAGE, at=NOON)
    history.create(ReportTranslation(report=draft, language="es", summary="CANARY resumen"), by=STAGE, at=NOON)
    entry = published.entries.get()
    indicator = entry.series.indicator
    record.measurement(indicator, 971_971, TODAY, state="sent", accepted_at=None, published_at=None, reason="CANARY")
    record.revision(indicator, 975_975, reason="CANARY revision")
    Draft.objects.create(
        user=cast.lead_labour, form="group-report", key=str(draft.pk), fields={"summary": "CANARY"}, saved_at=NOON
    )
    return draft


def test_nothing_unpublished_of_a_cycle_is_public(cast: Cast, country_report: Any, over: ReportingCycle) -> None:
    before = everything()
    draft = canaries(cast, country_report, over)
    after = everything()
    assert [path for path in PAGES if b"CANARY" in after[path] or b"971" in after[path]] == []
    # That the report of the open cycle came, and that a late one did, is public: nothing else has changed.
    assert {path for path in PAGES if before[path] != after[path]} <= {
        "",
        f"cycles/{OPEN}/",
        "working-groups/labor-mobility/",
        "embed/working-groups/labor-mobility/reports/",
        "reports/reports.csv",
    }
    row, client = made(draft), Client()
    for path in (
        f"reports/{OPEN}/{cast.labour.slug}/",
        f"reports/{CLOSED}/{cast.labour.slug}/",
        f"reports/files/{row.code}/",
        f"check/{spaced(row.code)}/",
        f"cycles/cycle-{(TODAY + timedelta(days=200)).isoformat()}/",
        f"cycles/{OPEN}/snapshot.json",
        f"cycles/{OPEN}/snapshot.csv",
    ):
        assert client.get(f"/en/{path}").status_code == 404, path


def test_the_comparison_sees_what_is_published(cast: Cast, country_report: Any, over: ReportingCycle) -> None:
    """The control: the same words do stand there once they are published."""
    draft = canaries(cast, country_report, over)
    history.change(draft, by=STAGE, at=NOON, state="published", published_at=NOON)
    assert b"CANARY summary" in Client().get(f"/en/reports/{OPEN}/{cast.labour.slug}/").content
    assert Client().get(f"/en/reports/files/{made(draft).code}/").status_code == 200


def test_every_public_address_is_compared() -> None:
    seen = {resolve(f"/en/{path.split('?')[0]}").url_name for path in (*PAGES, *test_leaks.PAGES)}
    assert {pattern.name for pattern in urlpatterns} - seen == set(ELSEWHERE)
    assert reverse("public:overview") == "/en/"
