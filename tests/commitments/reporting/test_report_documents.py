"""Documents of a report: added and taken away by its author while they may be, public with the report alone."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commitments.history import actions
from commitments.intake.files import read_upload
from commitments.reporting.actions import Asked, return_report
from commitments.reporting.enums import Section
from commitments.reporting.models import ProgressReport, ReportDocument, ReportingCycle
from commitments.sources.actions import store_file
from commitments.sources.models import StoredFile
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.commitments.reporting import papers
from tests.factories import files, record
from tests.pages import main_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_and_own_files")]


@pytest.fixture
def cycle(cast: Cast, noon_and_own_files: None) -> ReportingCycle:
    return record.cycle()


@pytest.fixture
def report(cast: Cast, cycle: ReportingCycle) -> ProgressReport:
    return record.country_report(record.commitment("LAD-COL-902", country=cast.colombia), cycle)


@pytest.fixture
def of_group(cast: Cast, cycle: ReportingCycle) -> ProgressReport:
    return record.group_report(cast.labour, cycle)


def as_person(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(report: ProgressReport, language: str = "en") -> str:
    place = f"country-reports/{report.pk}" if report.group_id is None else f"reports/{report.pk}"
    return f"/{language}/workspace/{place}/documents/"


def adding(name: str = "law.pdf", content: bytes | None = None, **more: str) -> dict[str, Any]:
    told = {"add": "1", "title": "The new law", "language": "es", **more}
    return {**told, "document": SimpleUploadedFile(name, files.pdf() if content is None else content)}


def titles(report: ProgressReport) -> list[tuple[str, str, str]]:
    return [(row.title, row.language, row.file.name) for row in report.documents.order_by("pk")]


def test_focal_point_adds_documents_and_takes_one_away(cast: Cast, report: ProgressReport) -> None:
    focal = as_person(cast.focal_colombia)
    assert "No document yet." in main_words(focal.get(at(report)))
    for _click in range(2):
        assert focal.post(at(report), adding()).url == at(report)
    focal.post(at(report), adding("table.csv", b"a,b\n1,2\n", title="", language=""))
    assert titles(report) == [("The new law", "es", "law.pdf"), ("table.csv", "", "table.csv")]
    assert "The new law law.pdf PDF 1 kB added 24 Nov 2026" in main_words(focal.get(at(report)))
    gone = report.documents.get(title="The new law")
    for key in (str(gone.pk), str(gone.pk), "9" * 30, "x", "²"):
        assert focal.post(at(report), {"take_away": key}).status_code == 302
    assert titles(report) == [("table.csv", "", "table.csv")]
    told = ReportDocument.history.filter(id=gone.pk).order_by("history_id").values_list("history_type", flat=True)
    assert list(told) == ["+", "-"]


def test_chosen_file_outlives_the_error_of_another_field(cast: Cast, report: ProgressReport) -> None:
    focal = as_person(cast.focal_colombia)
    told = main_words(focal.post(at(report), adding(title="x" * 201)))
    assert "Use at most 200 characters. There are 201 now" in told
    assert "law.pdf PDF" in told
    assert "Chosen, not added yet." in main_words(focal.get(at(report)))
    focal.post(at(report), {"add": "1", "title": "Short", "language": "es"})
    assert titles(report) == [("Short", "es", "law.pdf")]
    assert "Chosen, not added yet." not in main_words(focal.get(at(report)))


def test_what_cannot_be_added_says_why_in_the_readers_language(cast: Cast, report: ProgressReport) -> None:
    focal = as_person(cast.focal_colombia)
    assert "Choose a file" in main_words(focal.post(at(report), {"add": "1", "title": "A law", "language": ""}))
    answer = focal.post(at(report, "es"), adding("a.svg", b"<svg/>"))
    assert "El archivo debe ser PDF, Word, Excel, ODS, CSV, JPG o PNG" in main_words(answer)
    assert 'value="The new law"' in answer.content.decode()
    assert 'href="#id_document"' in answer.content.decode()
    assert (titles(report), StoredFile.objects.count()) == ([], 0)


def _may_add(person: Any, report: ProgressReport, name: str) -> bool:
    before = report.documents.count()
    as_person(person).post(at(report), adding(name, name.encode() + b"\n1\n"))
    return report.documents.count() == before + 1


def test_nobody_else_adds_anything(cast: Cast, report: ProgressReport, of_group: ProgressReport) -> None:
    may = {name for name, person in cast.people.items() if _may_add(person, report, f"{name}.csv")}
    assert may == {"focal_colombia", "deputy_colombia"}
    secretary = as_person(cast.secretary)
    assert secretary.post(at(report), adding()).url == f"/en/workspace/country-reports/{report.pk}/on-behalf/"
    assert report.documents.count() == 2
    others = [person for name, person in cast.people.items() if name != "lead_labour"]
    assert {as_person(person).post(at(of_group), adding()).status_code for person in others} == {403, 404}
    assert Client().post(at(report), adding()).status_code == 401
    assert of_group.documents.count() == 0


@pytest.mark.parametrize("which", ["report", "of_group"])
def test_locked_once_sent_and_open_again_where_asked_about(cast: Cast, which: str, request: Any) -> None:
    row: ProgressReport = request.getfixturevalue(which)
    author = as_person(cast.focal_colombia if which == "report" else cast.lead_labour)
    author.post(at(row), adding())
    actions.change(row, by=STAGE, at=NOON, state="sent", sent_at=NOON)
    shown = author.get(at(row)).content.decode()
    assert "law.pdf" in shown
    assert 'name="add"' not in shown
    assert 'name="take_away"' not in shown
    author.post(at(row), adding("late.csv", b"a,b\n1,2\n"))
    author.post(at(row), {"take_away": str(row.documents.get().pk)})
    assert titles(row) == [("The new law", "es", "law.pdf")]
    assert StoredFile.objects.count() == 1

    ask = [Asked("Where is the annex?", Section.DOCUMENTS)]
    return_report(report=row, questions=ask, due_on=TODAY, by=cast.actor(cast.secretary), at=NOON)
    author.post(at(row), adding("annex.csv", b"a,b\n1,2\n", title="Annex"))
    assert [title for title, _language, _name in titles(row)] == ["The new law", "Annex"]


def test_lead_goes_to_the_documents_without_losing_a_word(cast: Cast, of_group: ProgressReport) -> None:
    lead, write = as_person(cast.lead_labour), f"/en/workspace/reports/{of_group.pk}/"
    assert lead.post(write, {"summary": "Half a sentence", "documents": "1"}).url == at(of_group)
    lead.post(at(of_group), adding())
    page = lead.get(write).content.decode()
    assert "Half a sentence" in page
    assert "The new law" in page
    lead.post(write, {"summary": "A sentence.", "version": "1"})
    assert "The new law (Spanish) law.pdf" in main_words(lead.get(f"{write}check/"))
    assert lead.post(f"{write}check/").url == f"{write}received/"


MAY_HAVE = {"secretary", "second_secretary", "focal_colombia", "deputy_colombia"}


def test_document_is_private_until_its_report_is_published(cast: Cast, report: ProgressReport, tmp_path: Path) -> None:
    as_person(cast.focal_colombia).post(at(report), adding())
    file = StoredFile.objects.get()
    private = reverse("workspace:file", args=[file.pk, file.name])
    public = reverse("file", args=[file.sha256[:16], file.name])
    page = f"/en/reports/{report.cycle.slug}/{report.place}/"
    for state in ("draft", "sent", "returned", "accepted"):
        accepted = {"accepted_at": NOON} if state == "accepted" else {"question_due_on": TODAY}
        actions.change(report, by=STAGE, at=NOON, state=state, sent_at=NOON, **accepted)
        assert (Client().get(public).status_code, Client().get(page).status_code) == (404, 404), state
        for name, person in cast.people.items():
            assert as_person(person).get(private).status_code == (200 if name in MAY_HAVE else 404), (state, name)
    review = as_person(cast.secretary).get(f"/en/workspace/review/country-reports/{report.pk}/").content.decode()
    reading = as_person(cast.focal_colombia).get(f"/en/workspace/reports/{report.pk}/read/").content.decode()
    assert private in review
    assert private in reading

    papers.publish(report)
    shown = Client().get(page).content.decode()
    assert f'href="{public}"' in shown
    assert "The new law" in shown
    assert "/workspace/files/" not in shown
    assert Client().get(public).content == files.pdf()


TRAP = (
    "**Strong** words\n\n- one\n- two\n\n<script>alert(1)</script> [press](javascript:alert(2)) "
    "<img src=x onerror=alert(3)>"
)


def test_narrative_is_set_and_does_nothing(cast: Cast, noon_and_own_files: None) -> None:
    report = papers.country_report(cast)
    actions.change(report, by=STAGE, at=NOON, obstacles=TRAP, summary=TRAP, practice=TRAP)
    part = report.parts.get()
    actions.change(part, by=STAGE, at=NOON, words=TRAP)
    secretary = as_person(cast.secretary)
    pages = {
        "public": Client().get(f"/en/reports/{report.cycle.slug}/{report.place}/"),
        "reading": secretary.get(f"/en/workspace/reports/{report.pk}/read/"),
        "review": secretary.get(f"/en/workspace/review/country-reports/{report.pk}/"),
        "whole": secretary.get(f"/en/workspace/country-reports/{report.pk}/"),
    }
    for name, answer in pages.items():
        shown = answer.content.decode()
        assert shown.count("<strong>Strong</strong> words") >= 3, name
        assert shown.count("<li>one</li>") >= 3, name
        assert "<script>alert" not in shown, name
        assert 'href="javascript:' not in shown, name
        assert "<img src=x" not in shown, name


def test_a_title_with_personal_data_is_noticed_before_it_is_public(
    cast: Cast, report: ProgressReport, of_group: ProgressReport
) -> None:
    noticed, told = "Passport of Ana, ana@example.org", "an e-mail address"
    focal, lead, desk = map(as_person, (cast.focal_colombia, cast.lead_labour, cast.secretary))
    for person, row in ((focal, report), (lead, of_group)):
        person.post(at(row), adding())
    check, written = f"/en/workspace/country-reports/{report.pk}/check/", f"/en/workspace/reports/{of_group.pk}/"
    lead.post(written, {"summary": "Two programmes opened.", "obstacles": "None.", "version": "1"})
    assert told not in main_words(focal.get(check)) + main_words(lead.get(f"{written}check/"))

    for row in ReportDocument.objects.all():
        actions.change(row, by=STAGE, at=NOON, title=noticed)
    assert told in main_words(focal.get(check))
    assert told in main_words(lead.get(f"{written}check/"))
    for row, kind in ((report, "country-reports"), (of_group, "reports")):
        actions.change(row, by=STAGE, at=NOON, state="sent", sent_at=NOON)
        assert told in main_words(desk.get(f"/en/workspace/review/{kind}/{row.pk}/"))
    assert main_words(desk.get("/en/workspace/review/")).count(told) == 2


@pytest.mark.parametrize("page", ["review/", "review/country-reports/{pk}/", "country-reports/{pk}/check/"])
def test_looking_at_titles_costs_the_same_with_more_of_them(
    cast: Cast, report: ProgressReport, page: str, django_assert_num_queries: Any
) -> None:
    is_written = page.endswith("check/")
    if not is_written:
        actions.change(report, by=STAGE, at=NOON, state="sent", sent_at=NOON)
    client = as_person(cast.focal_colombia if is_written else cast.secretary)
    address = f"/en/workspace/{page.format(pk=report.pk)}"
    stored(report, 0)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    stored(report, 1)
    stored(report, 2)
    with django_assert_num_queries(len(few)):
        client.get(address)


def stored(report: ProgressReport, number: int) -> None:
    """One document more."""
    checked = read_upload(files.upload(f"{number}.csv", f"a,b\n{number},2\n".encode()))
    file = store_file(checked=checked, by=STAGE, at=NOON)
    actions.create(ReportDocument(report=report, file=file, title=f"Annex {number}"), by=STAGE, at=NOON)


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_with_more_documents(
    cast: Cast, report: ProgressReport, count: int, django_assert_num_queries: Any
) -> None:
    focal = as_person(cast.focal_colombia)
    for number in range(count):
        focal.post(at(report), adding(f"{number}.csv", f"a,b\n{number},2\n".encode()))
    focal.get(at(report))
    with django_assert_num_queries(14):
        focal.get(at(report))
