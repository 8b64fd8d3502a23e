"""A form that was sent, and comes again from the page before with other words: neither lost nor stored unasked."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from commitments.history.models import SentForm
from commitments.indicators.models import Evidence, Milestone, Revision
from commitments.mechanisms.models import Organization
from commitments.register.models import CommitmentSource
from commitments.reporting.models import CycleExtension
from tests.cast import NOON, Cast
from tests.commitments.workspace import test_milestones, test_organizations, test_revisions, test_told
from tests.commitments.workspace.test_life import as_person
from tests.commitments.workspace.test_revisions import indicator
from tests.factories import files, record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
__all__ = ["indicator"]
Form = tuple[Any, str, dict[str, Any], dict[str, str]]


@pytest.fixture(autouse=True)
def _noon(settings: Any, tmp_path: Any) -> Any:
    settings.FILES_DIR = tmp_path / "files"
    with time_machine.travel(NOON, tick=False):
        yield


def carried(page: Any) -> tuple[str, dict[str, str]]:
    """Where the form that gives back what was typed leads, and its fields."""
    text = page.content.decode()
    form = re.search(r'<form class="form" method="post" action="([^"]+)">(.*?)</form>', text, re.DOTALL)
    assert form, text
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form[2])
    return form[1], {name: html.unescape(value) for name, value in fields if name != "csrfmiddlewaretoken"}


def organization(_cast: Cast) -> Form:
    fields = test_organizations.typed()
    return Organization, f"{test_organizations.HOME}new/", fields, {"code": "ilo", "name_en": "Labour Organization"}


def milestone(cast: Cast) -> Form:
    commitment = record.commitment(country=cast.colombia)
    return Milestone, test_milestones.address(commitment), test_milestones.typed(), {"title": "The office opens"}


def document(cast: Cast) -> Form:
    commitment = record.commitment(country=cast.colombia)
    fields = {name: value for name, value in test_told.said().items() if name in {"source_title", "source_url", "once"}}
    url = test_told.address(commitment, "documents/new/")
    return CommitmentSource, url, fields, {"source_title": "Decree 13", "source_url": "https://decree.example/13"}


def evidence(cast: Cast) -> Form:
    commitment = record.commitment(country=cast.colombia)
    fields = {"title": "The law", "link": "https://law.example", "once": "e" * 32}
    url = f"/en/workspace/commitments/{commitment.code}/evidence/"
    return Evidence, url, fields, {"title": "The rules", "link": "https://rules.example"}


@pytest.mark.parametrize("of", [organization, milestone, document, evidence])
def test_other_words_from_the_page_before_come_back_and_are_sent_as_one_more(
    cast: Cast, of: Callable[[Cast], Form]
) -> None:
    model, url, fields, changed = of(cast)
    office = as_person(cast.secretary)
    before = model.objects.count()
    first = office.post(url, fields)
    assert [office.post(url, fields).url, model.objects.count()] == [first.url, before + 1]

    again = office.post(url, fields | changed)
    assert again.status_code == 409
    assert model.objects.count() == before + 1
    for words in changed.values():
        assert words in main_words(again)
    assert f'href="{first.url}"' in again.content.decode()

    address, given = carried(again)
    assert given | {"once": ""} == {name: str(value) for name, value in (fields | changed).items()} | {"once": ""}
    assert given["once"] != fields["once"]
    assert [office.post(address, given).status_code for _click in range(2)] == [302, 302]
    assert model.objects.count() == before + 2


def test_another_file_of_the_same_words_is_no_second_click(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    url = f"/en/workspace/commitments/{commitment.code}/evidence/"
    office = as_person(cast.secretary)

    def add(name: str) -> Any:
        typed = {"title": "The law", "link": "", "once": "e" * 32}
        return office.post(url, {**typed, "document": SimpleUploadedFile(name, files.pdf())})

    assert [add("law.pdf").status_code for _click in range(2)] == [302, 302]
    again = add("rules.pdf")
    assert again.status_code == 409
    assert "A file cannot be carried over. Choose it again in the form." in main_words(again)
    assert Evidence.objects.count() == 1


def test_more_time_for_another_country_from_the_page_before(cast: Cast) -> None:
    cycle = record.cycle()
    for place in (cast.colombia, cast.canada):
        record.country_report(record.commitment(f"LAD-{place.iso3}-902", country=place), cycle)
    office, url = as_person(cast.secretary), f"/en/workspace/cycles/{cycle.slug}/extend/"
    typed = {"who": f"c{cast.colombia.pk}", "due_on": "2026-12-20", "reason": "Elections.", "once": "b" * 32}
    assert [office.post(url, typed).status_code for _click in range(2)] == [302, 302]
    again = office.post(url, {**typed, "who": f"c{cast.canada.pk}", "reason": "A strike."})
    assert again.status_code == 409
    assert "A strike." in main_words(again)
    assert office.post(*carried(again)).status_code == 302
    assert CycleExtension.objects.count() == 2


def test_a_proposal_changed_on_the_page_before(cast: Cast, indicator: Any) -> None:
    focal, url = as_person(cast.focal_colombia), test_revisions.address(indicator)
    typed = test_revisions.typed(step="send")
    assert focal.post(url, typed).status_code == 302
    again = focal.post(url, {**typed, "reason": "The programme was enlarged twice."})
    assert again.status_code == 409
    assert "The programme was enlarged twice." in main_words(again)
    assert Revision.objects.count() == 1


def test_a_form_sent_before_its_words_were_kept_leads_where_it_led(cast: Cast) -> None:
    office, url = as_person(cast.secretary), f"{test_organizations.HOME}new/"
    fields = test_organizations.typed()
    assert office.post(url, fields).status_code == 302
    SentForm.objects.update(said="")
    assert office.post(url, fields | {"name_en": "Another"}).status_code == 302
    assert Organization.objects.count() == 1
