"""Summaries of published reports in other languages: what is wanted, and how one is entered, changed, taken away."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.history import actions as history
from commitments.history.actions import EditedMeanwhileError
from commitments.indicators.actions import StepRefusedError
from commitments.mechanisms.models import OfficeSettings
from commitments.reporting import closing
from commitments.reporting.actions import put_summary
from commitments.reporting.models import ProgressReport, ReportTranslation
from commitments.reporting.translating import count_wanted
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.commitments.reporting import papers
from tests.commitments.reporting.test_update import as_person
from tests.factories import record
from tests.pages import main_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_and_own_files")]
LIST = "/en/workspace/summaries/"
PUBLIC = "/es/reports/cycle-2026-12-15/COL/"


def address(report: ProgressReport, language: str = "es") -> str:
    return f"{LIST}{report.pk}/{language}/"


def put(report: ProgressReport, summary: str, version: int = 0) -> ReportTranslation | None:
    return put_summary(report=report, language="es", summary=summary, by=STAGE, at=NOON, version=version)


def test_what_is_wanted_is_counted_wherever_it_is_told(cast: Cast, group_report: ProgressReport) -> None:
    # Two published reports in English; the group's has its French summary.
    assert count_wanted(["en", "es", "pt", "fr"]) == 5
    assert count_wanted(["en"]) == 0
    assert closing.checklist(group_report.cycle, at=NOON).translations == 5
    office = as_person(cast.secretary)
    assert "Translate 5 summaries" in main_words(office.get("/en/workspace/"))
    assert "Translate 5 summaries" in main_words(office.get("/en/workspace/review/"))
    listed = main_words(office.get(LIST))
    assert "5 summaries are missing." in listed
    assert "Spanish: Colombia Portuguese: Colombia French: Colombia" in listed
    assert listed == main_words(office.get(f"{LIST}?cycle={group_report.cycle.slug}")).replace(
        "‹ November 2026", "‹ Review"
    )
    assert office.get(f"{LIST}?cycle=none").status_code == 404


def test_only_the_languages_of_the_office_are_wanted(cast: Cast, country_report: ProgressReport) -> None:
    history.create(OfficeSettings(valid_from=TODAY, languages=["en", "es"]), by=STAGE, at=NOON)
    assert closing.checklist(country_report.cycle, at=NOON).translations == 1
    office = as_person(cast.secretary)
    assert "1 summary is missing." in main_words(office.get(LIST))
    office.post(address(country_report), {"summary": "Dos programas.", "version": "0"})
    assert "No summary is missing." in main_words(office.get(LIST))
    assert "Translate" not in main_words(office.get("/en/workspace/review/"))


@pytest.mark.parametrize("state", ["draft", "sent", "accepted"])
def test_nothing_is_wanted_of_what_is_not_public(cast: Cast, country_report: ProgressReport, state: str) -> None:
    history.change(country_report, by=STAGE, at=NOON, state=state)
    assert count_wanted(["en", "es"]) == 0
    assert as_person(cast.secretary).get(address(country_report)).status_code == 404
    with pytest.raises(StepRefusedError):
        put(country_report, "Dos programas.")


def test_a_summary_is_entered_changed_and_taken_away(cast: Cast, country_report: ProgressReport) -> None:
    office = as_person(cast.secretary)
    page = main_words(office.get(address(country_report)))
    assert "Two seasonal programmes opened" in page
    assert "Summary (Español)" in page
    answer = office.post(address(country_report), {"summary": "Dos programas abiertos.", "version": "0"}, follow=True)
    assert "The summary is public now." in main_words(answer)
    assert "Dos programas abiertos." in main_words(Client().get(PUBLIC))
    assert "Dos programas abiertos." in main_words(Client().get(PUBLIC.replace("/es/", "/en/")))
    office.post(address(country_report), {"summary": "Tres programas.", "version": "1"})
    assert "Tres programas." in main_words(Client().get(PUBLIC))
    office.post(address(country_report), {"summary": " ", "version": "2"})
    assert not ReportTranslation.objects.filter(report=country_report).exists()
    assert "Tres programas." not in main_words(Client().get(PUBLIC))
    kinds = list(ReportTranslation.history.order_by("history_id").values_list("history_type", flat=True))
    assert kinds == ["+", "~", "-"]


def test_of_two_who_write_the_second_is_shown_the_first(cast: Cast, country_report: ProgressReport) -> None:
    put(country_report, "Dos programas.")
    with pytest.raises(EditedMeanwhileError):
        put(country_report, "Otros programas.")
    with pytest.raises(EditedMeanwhileError):
        put(country_report, "")
    assert put(country_report, "Dos programas.") is not None
    office = as_person(cast.secretary)
    answer = office.post(address(country_report), {"summary": "Otros programas.", "version": "0"})
    assert answer.status_code == 409
    assert "Dos programas." in main_words(answer)
    assert "Otros programas." in answer.content.decode()
    assert ReportTranslation.objects.get().summary == "Dos programas."


def test_what_may_be_about_a_person_is_asked_about_first(cast: Cast, country_report: ProgressReport) -> None:
    office = as_person(cast.secretary)
    typed = {"summary": "Escriban a ana@example.org.", "version": "0"}
    assert "an e-mail address (ana@example.org)" in main_words(office.post(address(country_report), typed))
    assert not ReportTranslation.objects.exists()
    office.post(address(country_report), {**typed, "anyway": "1"})
    assert ReportTranslation.objects.exists()


@pytest.mark.parametrize("language", ["en", "de", "xx"])
def test_there_is_no_page_for_the_own_or_an_unknown_language(
    cast: Cast, country_report: ProgressReport, language: str
) -> None:
    assert as_person(cast.secretary).get(address(country_report, language)).status_code == 404


def test_the_list_asks_as_much_for_three_as_for_one(cast: Cast, country_report: ProgressReport) -> None:
    office = as_person(cast.secretary)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert office.get(LIST).status_code == 200
        return len(queries)

    asked()
    one = asked()
    papers.group_report(cast, country_report)
    owed = record.country_report(record.commitment("LAD-CAN-1", country=cast.canada), country_report.cycle)
    papers.publish(owed, summary="Words.")
    assert asked() == one
