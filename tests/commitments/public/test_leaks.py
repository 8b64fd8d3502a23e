"""Nothing unpublished stands on any public page: the pages are compared with and without things that could leak."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.history import actions
from commitments.history.enums import ReportState
from commitments.indicators.models import Evidence, Milestone
from commitments.register.enums import LifeCycle
from commitments.register.models import Commitment, CommitmentLink, Quotation
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.factories import record
from tests.pages import main_words

PAGES = (
    "",
    "late/",
    "late/?kind=figure&group=labor-mobility",
    "search/?q=canary",
    "late/late.csv",
    "commitments/commitments.csv",
    "commitments/figures.csv",
    "indicators/indicators.csv",
    "indicators/indicators.xlsx",
    "countries/countries.csv",
    "working-groups/working-groups.csv",
    "meetings/meetings.csv",
    "commitments/figures.xlsx",
    "search/?q=colombia",
    "commitments/",
    "commitments/?q=canary",
    "commitments/?country=COL",
    "commitments/?status=no_data",
    "commitments/LAD-COL-901/",
    "commitments/LAD-COL-901/history/",
    "mechanisms/lad/history/",
    "indicators/",
    "indicators/?view=table&q=canary",
    "indicators/?country=COL&status=at_risk",
    "indicators/LAD-COL-901-I1/",
    "indicators/LAD-COL-901-I1/values.csv",
    "indicators/LAD-COL-901-I1/values.json",
    "indicators/LAD-COL-901-I1/history/",
    "embed/status/",
    "commitments/LAD-COL-901/dates.csv",
    "embed/commitments/LAD-COL-901/",
    "charts/commitments/LAD-COL-901.svg",
    "charts/commitments/LAD-COL-901.png",
    "embed/map/",
    "embed/pillars/",
    "embed/matrix/",
    "charts/map.svg",
    "charts/pillars.svg",
    "charts/matrix.svg",
    "charts/map.png",
    "charts/pillars.png",
    "charts/matrix.png",
    "pillars/",
    "pillars/pillars.csv",
    "embed/indicators/LAD-COL-901-I1/",
    "embed/countries/COL/",
    "embed/countries/COL/reports/",
    "charts/countries/COL/reports.svg",
    "charts/countries/COL/reports.png",
    "embed/indicators/LAD-COL-901-I1/countries/",
    "charts/indicators/LAD-COL-901-I1/countries.svg",
    "charts/indicators/LAD-COL-901-I1/countries.png",
    "embed/working-groups/labor-mobility/",
    "charts/working-groups/labor-mobility.svg",
    "charts/working-groups/labor-mobility.png",
    "embed/working-groups/labor-mobility/reports/",
    "charts/working-groups/labor-mobility/reports.svg",
    "charts/working-groups/labor-mobility/reports.png",
    "embed/mechanisms/lad/",
    "charts/mechanisms/lad.svg",
    "charts/mechanisms/lad.png",
    "charts/status.svg",
    "charts/indicators/LAD-COL-901-I1.svg",
    "charts/countries/COL.svg",
    "charts/status.png",
    "charts/indicators/LAD-COL-901-I1.png",
    "charts/countries/COL.png",
    "countries/",
    "countries/?view=table",
    "countries/COL/",
    "working-groups/",
    "working-groups/labor-mobility/",
    "mechanisms/",
    "mechanisms/lad/",
    "mechanisms/matrix/",
    "mechanisms/matrix/groups.csv",
    "mechanisms/matrix/members.csv",
    "meetings/",
    "changes/",
    "changes/feed.atom",
    "countries/COL/changes.atom",
    "data/",
    "data/dictionary/",
    "meetings.ics",
    "pillars/",
    "compare/?country=COL&country=CAN",
    "glossary/",
    "glossary/migrant/",
    "membership/",
    "accessibility/",
    "privacy/",
    "contact/",
    "report-a-mistake/received/",
)


@pytest.fixture
def world(cast: Cast) -> Any:
    """One published commitment with an indicator and a figure."""
    with time_machine.travel(NOON, tick=False):
        commitment = record.commitment("LAD-COL-901", country=cast.colombia, group=cast.labour)
        indicator = record.indicator(commitment, baseline=(0, date(2024, 1, 1)), target=(100, date(2027, 1, 1)))
        record.measurement(indicator, 60, date(2026, 6, 30))
        record.term("migrant")
        # That a group owes a report is public; what it has written so far is not.
        report = record.group_report(cast.labour, record.cycle())
        yield {"commitment": commitment, "indicator": indicator, "report": report}


def everything(language: str = "en") -> dict[str, bytes]:
    client = Client()
    return {path: client.get(f"/{language}/{path}").getvalue() for path in PAGES}


def canaries(cast: Cast, world: dict[str, Any]) -> Commitment:
    """A draft, a proposal, figures in every unpublished state, reports, notes for the office, links to the draft."""
    draft = record.commitment(
        "LAD-COL-902", country=cast.colombia, group=cast.labour, life_cycle="draft", title_en="CANARY draft"
    )
    hidden = record.indicator(draft, title_en="CANARY indicator of a draft")
    record.measurement(hidden, 971_971, TODAY)
    proposed = record.indicator(world["commitment"], 2, state="sent", title_en="CANARY proposal")
    record.measurement(proposed, 972_972, TODAY)
    for number, state in enumerate(
        (ReportState.ACCEPTED, ReportState.SENT, ReportState.RETURNED, ReportState.IN_REVIEW)
    ):
        accepted = NOON if state == ReportState.ACCEPTED else None
        figure = record.measurement(
            world["indicator"],
            973_970 + number,
            date(2026, 7, 1 + number),
            state=state,
            accepted_at=accepted,
            published_at=None,
            reason="CANARY reason",
            question="CANARY question",
            source=record.source("CANARY source"),
        )
        paper = Evidence(commitment=world["commitment"], measurement=figure, source=record.source("CANARY paper"))
        actions.create(paper, by=STAGE, at=NOON)
    step = Milestone(commitment=world["commitment"], title_en="CANARY step", due_on=date(2025, 1, 1), state="draft")
    link = CommitmentLink(commitment=world["commitment"], other=draft, kind="part_of")
    back = CommitmentLink(commitment=draft, other=world["commitment"], kind="related")
    words = Quotation(commitment=draft, text="CANARY words", language="en", source=record.source("CANARY document"))
    for row in (step, link, back, words):
        actions.create(row, by=STAGE, at=NOON)
    actions.change(world["report"], by=STAGE, at=NOON, summary="CANARY summary", obstacles="CANARY obstacles")
    actions.change(world["commitment"], by=STAGE, at=NOON, why="CANARY internal reason", responsible_office="")
    return draft


@pytest.mark.django_db
def test_nothing_unpublished_changes_any_public_page(cast: Cast, world: dict[str, Any]) -> None:
    before = everything()
    draft = canaries(cast, world)
    after = everything()
    assert [path for path in PAGES if before[path] != after[path]] == []
    assert [path for path in PAGES if b"CANARY" in after[path]] == []
    client = Client()
    for path in (f"commitments/{draft.code}/", f"commitments/{draft.code}/history/", f"indicators/{draft.code}-I1/"):
        assert client.get(f"/en/{path}").status_code == 404
    for part in ("", "values.csv", "values.json", "history/"):
        for code in ("LAD-COL-901-I2", f"{draft.code}-I1"):
            assert client.get(f"/en/indicators/{code}/{part}").status_code == 404, (code, part)
    for form in ("embed/indicators/{}/", "charts/indicators/{}.svg", "charts/indicators/{}.png"):
        for code in ("LAD-COL-901-I2", f"{draft.code}-I1"):
            assert client.get("/en/" + form.format(code)).status_code == 404, (code, form)


@pytest.mark.django_db
def test_the_comparison_sees_what_is_published(cast: Cast, world: dict[str, Any]) -> None:
    """The control: once published, the same draft does change the pages, or the comparison would prove nothing."""
    draft = canaries(cast, world)
    before = everything()
    actions.change(draft, by=STAGE, at=NOON, life_cycle=LifeCycle.ACTIVE)
    after = everything()
    changed = {path for path in PAGES if before[path] != after[path]}
    assert {"", "commitments/", "commitments/?q=canary", "countries/COL/", "commitments/LAD-COL-901/"} <= changed
    assert {"indicators/", "indicators/?view=table&q=canary"} <= changed
    assert Client().get("/en/commitments/LAD-COL-902/").status_code == 200


@pytest.mark.django_db
def test_internal_reasons_and_people_never_reach_the_public_history(cast: Cast, world: dict[str, Any]) -> None:
    actor = cast.actor(cast.secretary)
    actions.change(
        world["commitment"], by=actor, at=NOON, why="CANARY internal", public_reason="Spelling", title_en="New title"
    )
    text = main_words(Client().get("/en/commitments/LAD-COL-901/history/"))
    assert "Reason: Spelling" in text
    assert "Title (English) was Commitment LAD-COL-901 → now New title" in text
    assert "Secretariat" in text
    assert "CANARY" not in text
    assert cast.secretary.name not in text
    assert cast.secretary.email not in text
