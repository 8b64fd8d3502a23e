"""What may be about a person is looked at twice before it is public: revisions, proposals, drafts, names of files."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from commitments.history import actions as history
from commitments.history.once import new_token
from commitments.indicators import evidence as shown
from commitments.indicators.models import Evidence, Indicator, Measurement, Revision
from commitments.intake.files import read_upload
from commitments.reporting.flags import figure_text, report_text
from commitments.reporting.models import ReportDocument
from commitments.sources.actions import store_file
from commitments.sources.models import StoredFile
from tests.cast import NOON, STAGE, Cast
from tests.commitments.workspace.test_revisions import indicator, sent
from tests.factories import files, record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
__all__ = ["indicator"]

NOTICE = "There is a problem Look at what may be about a person, then tick the box"
FOUND = "an e-mail address (ana@example.org)"


@pytest.fixture(autouse=True)
def _here(settings: Any, tmp_path: Path) -> Any:
    settings.FILES_DIR = tmp_path / "files"
    with time_machine.travel(NOON, tick=False):
        yield


def as_person(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def upload(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, files.pdf())


def kept(name: str, cast: Cast) -> StoredFile:
    by = cast.actor(cast.focal_colombia)
    return store_file(checked=read_upload(upload(name)), by=by, at=NOON)


def test_a_revision_is_agreed_to_after_a_second_look_only(cast: Cast, indicator: Indicator) -> None:
    revision = sent(cast, indicator, reason="Ask Ana, ana@example.org.", looked="on")
    url, office = f"/en/workspace/review/revisions/{revision.pk}/", as_person(cast.secretary)
    assert FOUND in main_words(office.get(url))
    answer = office.post(url, {"decision": "approve", "version": "1"})
    assert NOTICE in main_words(answer)
    assert "<title>Error: " in answer.content.decode()
    assert Revision.objects.get().state == "sent"
    assert office.post(url, {"decision": "approve", "version": "1", "looked": "on"}).status_code == 302
    assert Revision.objects.get().state == "published"


def test_a_question_needs_no_second_look(cast: Cast, indicator: Indicator) -> None:
    revision = sent(cast, indicator, reason="Ask Ana, ana@example.org.", looked="on")
    asked = {"decision": "return", "version": "1", "question": "Whose address is this?"}
    answer = as_person(cast.secretary).post(f"/en/workspace/review/revisions/{revision.pk}/", asked)
    assert answer.status_code == 302
    assert Revision.objects.get().state == "returned"


def test_a_proposed_indicator_is_published_after_a_second_look_only(cast: Cast) -> None:
    row = record.indicator(record.commitment(country=cast.colombia), state="sent", definition="As ana@example.org says")
    url, office = f"/en/workspace/review/indicators/{row.code}/", as_person(cast.secretary)
    assert NOTICE in main_words(office.post(url, {"decision": "publish", "version": "1"}))
    assert Indicator.objects.get().state == "sent"
    assert office.post(url, {"decision": "publish", "version": "1", "looked": "on"}).status_code == 302
    assert Indicator.objects.get().state == "published"


@pytest.mark.parametrize("where", ["summary", "indicator", "file"])
def test_a_draft_is_published_after_a_second_look_only(cast: Cast, where: str) -> None:
    draft = record.commitment(country=cast.colombia, group=cast.labour, life_cycle="draft")
    if where == "summary":
        history.change(draft, by=STAGE, at=NOON, summary_es="Escriba a ana@example.org.")
    elif where == "indicator":
        record.indicator(draft, state="sent", definition="As ana@example.org says")
    else:
        file = kept("de_ana@example.org_2026.pdf", cast)
        shown.add_to_commitment(commitment=draft, title="Register", file=file, by=STAGE, at=NOON)
    url, office = f"/en/workspace/commitments/{draft.code}/edit/", as_person(cast.secretary)
    said = {"decision": "publish", "version": str(draft.version)}
    assert NOTICE in main_words(office.post(url, said))
    draft.refresh_from_db()
    assert draft.life_cycle == "draft"
    assert office.post(url, {**said, "publish-looked": "on"}).status_code == 302
    draft.refresh_from_db()
    assert draft.life_cycle == "active"


def test_a_lead_who_may_not_publish_is_refused_before_any_look(cast: Cast) -> None:
    draft = record.commitment(country=cast.colombia, group=cast.labour, life_cycle="draft")
    history.change(draft, by=STAGE, at=NOON, summary_es="Escriba a ana@example.org.")
    said = {"decision": "publish", "version": str(draft.version)}
    assert as_person(cast.lead_labour).post(f"/en/workspace/commitments/{draft.code}/edit/", said).status_code == 403


@pytest.mark.parametrize("title", ["", "Register of workers"])
def test_the_name_of_a_file_is_looked_at_with_and_without_a_title(cast: Cast, title: str) -> None:
    commitment = record.commitment(country=cast.colombia)
    url, office = f"/en/workspace/commitments/{commitment.code}/evidence/", as_person(cast.secretary)
    typed = {"title": title, "document": upload("cedula_1020304050_permiso.pdf"), "once": new_token()}
    answer = main_words(office.post(url, typed))
    assert "an identity or passport number (cedula 1020304050)" in answer
    assert Evidence.objects.count() == 0
    again = {**typed, "document": upload("cedula_1020304050_permiso.pdf"), "looked": "on"}
    assert office.post(url, again).status_code == 302
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "A file cannot be carried over. Choose it again in the form."),
        ("es", "No es posible conservar un archivo. Elíjalo de nuevo en el formulario."),
    ],
)
def test_a_file_that_a_form_with_a_mistake_cannot_hold_is_said_to_be_chosen_again(
    cast: Cast, language: str, sentence: str
) -> None:
    commitment = record.commitment(country=cast.colombia)
    url, office = f"/{language}/workspace/commitments/{commitment.code}/evidence/", as_person(cast.secretary)
    asked = office.post(url, {"title": "Ask ana@example.org", "document": upload("list.pdf"), "once": new_token()})
    assert sentence in main_words(asked)
    without = office.post(url, {"title": "Ask ana@example.org", "link": "", "once": new_token()})
    refused = office.post(url, {"title": "A list", "document": upload("list.exe"), "once": new_token()})
    for other in (office.get(url), without, refused):
        assert sentence not in main_words(other)


def test_an_ordinary_name_of_a_file_raises_no_question(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    url = f"/en/workspace/commitments/{commitment.code}/evidence/"
    typed = {"document": upload("registro_2026-11-20_v2.pdf"), "once": new_token()}
    assert as_person(cast.secretary).post(url, typed).status_code == 302


def test_a_figure_is_published_after_a_look_at_the_names_of_its_documents(cast: Cast) -> None:
    row = record.indicator(record.commitment(country=cast.colombia))
    figure = record.measurement(row, 300, date(2026, 6, 30), state="sent", accepted_at=None, published_at=None)
    shown.add_to_figure(measurement=figure, file=kept("cedula_1020304050.pdf", cast), by=STAGE, at=NOON)
    url, office = f"/en/workspace/review/figures/{figure.pk}/", as_person(cast.secretary)
    said = {"decision": "publish", "version": str(figure.version)}
    assert "cedula 1020304050" in main_words(office.get(url))
    assert NOTICE in main_words(office.post(url, said))
    assert office.post(url, {**said, "looked": "on"}).status_code == 302
    assert Measurement.objects.get().state == "published"
    assert figure_text(figure, figure.evidence.all()) == "Monthly registry\ncedula 1020304050"


def test_the_names_of_the_documents_of_a_report_are_looked_at(cast: Cast) -> None:
    report = record.country_report(record.commitment(country=cast.colombia), record.cycle())
    document = ReportDocument(report=report, file=kept("cedula_1020304050.pdf", cast), title="Register")
    assert report_text(report, [], [], [document]) == "Register\ncedula 1020304050"
