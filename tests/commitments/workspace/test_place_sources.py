"""According to what a group is placed beside the Declaration: a document, the paper behind the files, or nothing."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.history import actions as history
from commitments.history.once import new_token
from commitments.working_groups.models import Alignment, Pillar, WorkingGroup
from tests.cast import NOON, STAGE, Cast
from tests.commitments.workspace.test_groups import PAPER, address, as_person, other, pillar, placed, public
from tests.pages import main_words

__all__ = ["other", "pillar"]
pytestmark = pytest.mark.django_db
MATRIX = "/en/mechanisms/matrix/?mechanism=crm"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as travelling:
        yield travelling


def said(cast: Cast, **changes: str) -> dict[str, str]:
    return {"kind": "workstream", "workstream": str(cast.labour.pk), "pillar": "", "public_reason": "", **changes}


def test_a_document_is_named_shown_changed_and_told(cast: Cast, other: WorkingGroup, pillar: Pillar) -> None:
    history.change(cast.labour, by=STAGE, at=NOON, pillar=pillar)
    office, new = as_person(cast.secretary), address(other, "places/new/")
    assert office.post(new, said(cast, once=new_token(), **PAPER)).status_code == 302
    row = Alignment.objects.get()
    assert row.source is not None
    for words in (main_words(office.get(address(other))), public(other), main_words(Client().get(MATRIX))):
        assert "Minutes of March" in words
    change = address(other, f"places/{row.pk}/change/")
    assert office.get(change).context["form"]["source_title"].value() == "Minutes of March"
    no_more = said(cast, source_title="", source_url="", version="1", public_reason="It does not say so.")
    assert office.post(change, no_more).status_code == 302
    assert "Labor Mobility No source on record." in public(other)
    assert "Minutes of March" not in main_words(Client().get(MATRIX))
    told = public(other, "history/")
    assert "Source was Minutes of March → removed Reason: It does not say so." in told


def test_none_is_needed_and_an_address_alone_is_asked_about(cast: Cast, other: WorkingGroup) -> None:
    office, new = as_person(cast.secretary), address(other, "places/new/")
    alone = office.post(new, said(cast, once=new_token(), source_url="https://minutes.example"))
    assert "Say which document says so" in main_words(alone)
    assert Alignment.objects.count() == 0
    assert office.post(new, said(cast, once=new_token())).status_code == 302
    assert "No source on record." in main_words(office.get(address(other)))
    assert "No source on record." in public(other)


def test_the_paper_is_named_until_the_group_is_placed_elsewhere(cast: Cast, other: WorkingGroup) -> None:
    row = placed(other, "workstream", workstream=cast.labour, cited_in=["Figure 3", "section 3, Pillar 2"])
    assert "Source: policy paper on the follow-up of the Declaration, Figure 3, Section 3 · 2023" in public(other)
    office, change = as_person(cast.secretary), address(other, f"places/{row.pk}/change/")
    named = said(cast, version="1", public_reason="A document says so too.", **PAPER)
    assert office.post(change, named).status_code == 302
    row.refresh_from_db()
    assert row.cited_in == ["Figure 3", "section 3, Pillar 2"], "the paper says so still"
    elsewhere = {"kind": "not_in_declaration", "workstream": "", "version": "2", "public_reason": "It is not."}
    assert office.post(change, said(cast, source_title="", source_url="") | elsewhere).status_code == 302
    row.refresh_from_db()
    assert (row.kind, row.cited_in, row.source) == ("not_in_declaration", [], None)
    assert "No source on record." in public(other)
