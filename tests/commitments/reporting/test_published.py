"""Published reports in public: their pages, their files, and the page on which anybody checks a file."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from commitments.history import actions
from commitments.reporting import closing
from commitments.reporting.codes import spaced
from commitments.reporting.enums import PrintState
from commitments.reporting.models import CycleSnapshot, PrintedReport, ProgressReport
from tests.cast import NOON, STAGE, Cast
from tests.commitments.reporting.papers import content, made, publish
from tests.factories import record
from tests.pages import main_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_and_own_files")]

COUNTRY = "/en/reports/cycle-2026-12-15/COL/"
GROUP = "/en/reports/cycle-2026-12-15/labor-mobility/"
UNKNOWN = "We know no published file with this code"


def file(content: bytes, name: str = "report.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def test_a_countrys_report_stands_whole_on_its_page(country_report: ProgressReport) -> None:
    text = main_words(Client().get(COUNTRY))
    for words in (
        "Colombia",
        "Published on 24 November 2026",
        "Two seasonal programmes opened",
        "Open 5,000 seasonal places LAD-COL-901",
        "Places opened in coffee and flowers.",
        "3,100 people",
        "At risk",
        "Visas take long.",
        "One desk for all.",
        "Colombia. Progress report, November 2026 (version 2, published 24 November 2026).",
        "http://localhost:8000/en/reports/cycle-2026-12-15/COL/",
    ):
        assert words in text, words


def test_a_section_in_which_nothing_was_said_says_so(cast: Cast, country_report: ProgressReport) -> None:
    report = actions.change(country_report, by=STAGE, at=NOON, practice="", obstacles="", coherence="")
    text, said = main_words(Client().get(COUNTRY)), "Nothing was said."
    for name in ("Obstacles and support needed", "Good practice", "National coherence"):
        assert f"{name} {said}" in text
    report = actions.change(report, by=STAGE, at=NOON, coherence_words="Two laws differ.")
    text = main_words(Client().get(COUNTRY))
    assert "National coherence Two laws differ." in text
    assert text.count(said) == 2
    actions.change(report, by=STAGE, at=NOON, cannot_reason="not_yet")
    assert said not in main_words(Client().get(COUNTRY)), "the reason stands for the whole report"


def test_a_groups_report_says_nothing_of_sections_that_it_does_not_have(group_report: ProgressReport) -> None:
    actions.change(group_report, by=STAGE, at=NOON, obstacles="")
    text = main_words(Client().get(GROUP))
    assert "Obstacles and support needed Nothing was said." in text
    assert "Good practice" not in text
    assert "National coherence" not in text


def test_a_groups_report_has_the_ladder_and_what_countries_said(group_report: ProgressReport) -> None:
    text = main_words(Client().get(GROUP))
    assert "No long-term indicator on record." in text
    assert "What the countries reported Colombia Open 5,000 seasonal places" in text
    french = Client().get(GROUP.replace("/en/", "/fr/")).content.decode()
    assert "Deux programmes saisonniers ont été ouverts." in french
    assert '<div class="prose" lang="en"><p>Widen regular pathways' in french


def test_what_has_no_answer_in_a_sent_report_is_not_told_as_still_to_come(country_report: ProgressReport) -> None:
    part = country_report.parts.get(commitment__code="LAD-COL-901")
    actions.change(part, by=STAGE, at=NOON, answer="", words="", cannot_reason="")
    actions.change(country_report, by=STAGE, at=NOON, sent_at=NOON, cannot_reason="not_collected")
    text = main_words(Client().get(COUNTRY))
    assert "Nobody collects this figure" in text
    assert "No answer yet" not in text
    assert "Open 5,000 seasonal places LAD-COL-901" not in text


def test_the_cycle_leads_to_its_published_reports(cast: Cast, group_report: ProgressReport) -> None:
    unsent = record.country_report(record.commitment("LAD-CAN-903", country=cast.canada), group_report.cycle)
    page = Client().get(f"/en/cycles/{group_report.cycle.slug}/").content.decode()
    assert f'href="{GROUP}"' in page
    assert f"/en/reports/{unsent.cycle.slug}/CAN/" not in page
    told = closing.content(group_report.cycle, at=NOON)
    told["reports"] = [{**row, "is_published": False} for row in told["reports"]]
    CycleSnapshot.objects.create(
        cycle=group_report.cycle, code="0000-0000", content=told, sha256="0" * 64, taken_at=NOON
    )
    assert f'href="{GROUP}"' in Client().get(f"/en/cycles/{group_report.cycle.slug}/").content.decode()


def test_lists_lead_to_the_report(group_report: ProgressReport) -> None:
    assert COUNTRY in Client().get("/en/countries/COL/").content.decode()
    assert GROUP in Client().get("/en/working-groups/labor-mobility/").content.decode()


@pytest.mark.parametrize("state", ["due", "draft", "sent", "in_review", "returned", "accepted"])
def test_an_unpublished_report_has_no_page_and_no_file(cast: Cast, state: str) -> None:
    report = record.group_report(cast.labour, record.cycle())
    actions.change(report, by=STAGE, at=NOON, state=state, summary="CANARY")
    row = made(report)
    unknown = Client().get("/en/check/00000-00000/")
    found = Client().get(f"/en/check/{spaced(row.code)}/")
    assert (found.status_code, Client().get(GROUP).status_code) == (404, 404)
    assert found.content.decode().replace(spaced(row.code), "00000-00000") == unknown.content.decode()
    assert Client().get(f"/en/reports/files/{row.code}/").status_code == 404
    compared = Client().post("/en/check/", {"file": file(content(row))}).content.decode()
    assert "We know no published file with this content." in compared


def test_a_working_copy_is_never_given_out_after_the_publication(cast: Cast) -> None:
    report = record.group_report(cast.labour, record.cycle())
    row = made(report)
    PrintedReport.objects.filter(pk=row.pk).update(made_at=NOON.replace(hour=9))
    publish(report, summary="Published words.")
    text = main_words(Client().get(f"/en/check/{spaced(row.code)}/"))
    assert "This file is a working copy from before the publication." in text
    assert row.content_sha256 not in text
    assert Client().get(f"/en/reports/files/{row.code}/").status_code == 404
    assert row.code[:5] not in main_words(Client().get(GROUP))


def test_what_a_country_only_sent_is_not_among_the_voices(cast: Cast, group_report: ProgressReport) -> None:
    other = record.commitment("LAD-CAN-901", country=cast.canada, group=cast.labour)
    sent = record.country_report(other, group_report.cycle)
    actions.change(sent.parts.get(), by=STAGE, at=NOON, answer="progress", words="CANARY words")
    for state in ("sent", "in_review", "returned", "accepted"):
        actions.change(sent, by=STAGE, at=NOON, state=state, sent_at=NOON)
        assert "CANARY" not in Client().get(GROUP).content.decode(), state
    publish(sent)
    assert "CANARY" in Client().get(GROUP).content.decode(), "the control"


def test_an_unpublished_figure_is_not_on_the_page(cast: Cast, country_report: ProgressReport) -> None:
    entry = country_report.entries.get()
    figure = record.measurement(
        entry.series.indicator, 971_971, NOON.date(), state="accepted", published_at=None, accepted_at=NOON
    )
    actions.change(entry, by=STAGE, at=NOON, measurement_id=figure.pk)
    assert "971,971" not in Client().get(COUNTRY).content.decode()


def test_files_are_offered_in_each_language_and_saved(country_report: ProgressReport) -> None:
    rows = {language: made(country_report, language) for language in ("en", "es", "pt", "fr")}
    page = Client().get(COUNTRY).content.decode()
    for language, row in rows.items():
        assert f'href="/en/reports/files/{row.code}/" lang="{language}"' in page
    answer = Client().get(f"/en/reports/files/{rows['fr'].code}/")
    assert answer.content == content(rows["fr"])
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    name = f"cycle-2026-12-15-COL-fr-{rows['fr'].code}.pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert not answer.cookies


def test_pages_cost_the_same_with_one_and_three(
    cast: Cast, group_report: ProgressReport, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_max_num_queries(40) as counted:
        Client().get(GROUP)
    for number in (2, 3):
        more = record.commitment(f"LAD-COL-90{number}", country=cast.colombia, group=cast.labour, horizon="long")
        record.measurement(record.indicator(more), number, NOON.date())
        report = record.country_report(more, group_report.cycle)
        part = report.parts.get(commitment=more)
        actions.change(part, by=STAGE, at=NOON, answer="unchanged")
    with django_assert_num_queries(len(counted)):
        Client().get(GROUP)


def test_a_file_is_known_by_its_code_however_typed(group_report: ProgressReport) -> None:
    row = made(group_report)
    typed = spaced(row.code).lower().replace("0", "o").replace("1", "l").replace("-", " ")
    there = Client().post("/en/check/", {"code": typed})
    assert there.url == f"/en/check/{spaced(row.code)}/"
    assert Client().get(f"/en/check/{row.code.lower()}/").url == there.url
    text = main_words(Client().get(there.url))
    for words in (
        "Labor Mobility, November 2026",
        "This is the newest file of the report in this language.",
        "English",
        "24 November 2026, 12:00 (UTC)",
        "2: the newest",
        row.content_sha256,
    ):
        assert words in text, words


def test_an_older_file_says_so_and_leads_to_the_newest(group_report: ProgressReport) -> None:
    old = made(group_report)
    actions.change(group_report, by=STAGE, at=NOON, summary="Reworded.", public_reason="A name was wrong")
    new = made(group_report)
    PrintedReport.objects.filter(pk=new.pk).update(made_at=NOON.replace(hour=13))
    page = Client().get(f"/en/check/{spaced(old.code)}/")
    text = main_words(page)
    assert "There is a newer file" in text
    assert "2; the newest is 3" in text
    assert f"/en/reports/files/{new.code}/" in page.content.decode()
    assert "Changed after publication 24 November 2026 · Version 3 · A name was wrong" in main_words(
        Client().get(GROUP)
    )


def test_a_file_is_compared_and_forgotten(group_report: ProgressReport) -> None:
    row = made(group_report)
    url = f"/en/check/{spaced(row.code)}/"
    same, other = file(content(row)), file(content(row) + b" ")
    assert "byte for byte" in main_words(Client().post(url, {"file": same}))
    assert "it was changed" in main_words(Client().post(url, {"file": other}))
    by_file = Client().post("/en/check/", {"file": file(content(row))})
    assert "byte for byte" in main_words(by_file)
    both = Client().post("/en/check/", {"code": row.code, "file": file(b"%PDF-1.7 something else")})
    assert "it was changed" in main_words(both)
    assert (by_file["Cache-Control"], bool(by_file.cookies)) == ("no-store", False)


def test_bad_input_is_said_and_kept(group_report: ProgressReport) -> None:
    row, client = made(group_report), Client()
    short = client.post("/en/check/", {"code": "7K3\x00Q9"})
    assert (short.status_code, 'value="7K3Q9"' in short.content.decode()) == (200, True)
    assert "Enter the code printed in the file" in main_words(short)
    assert "Enter the code printed in the file" in main_words(client.post("/en/check/", {}))
    assert "smaller than 10 MB" in main_words(client.post("/en/check/", {"file": file(b"x" * (10 * 1024 * 1024 + 1))}))
    empty = client.post(f"/en/check/{row.code}/", {"file": file(b"")})
    assert "The file is empty" in main_words(empty)
    for code in ("0", "A" * 50, "-----"):
        answer = client.get(f"/en/check/{code}/", follow=True)
        assert (answer.status_code, UNKNOWN in answer.content.decode()) == (404, True), code


def test_people_make_and_read_files_of_what_they_may_read(cast: Cast) -> None:
    report = record.group_report(cast.labour, record.cycle())
    files = f"/en/workspace/reports/{report.pk}/files/"
    lead, focal = Client(), Client()
    lead.force_login(cast.lead_labour)
    focal.force_login(cast.focal_colombia)
    assert lead.post(files, {"language": "fr"}).url == files
    waiting = PrintedReport.objects.get()
    assert (waiting.state, waiting.language, waiting.asked_by) == (PrintState.WAITING, "fr", cast.lead_labour)
    assert "Being made" in main_words(lead.get(files))
    assert (focal.get(files).status_code, focal.post(files, {"language": "fr"}).status_code) == (404, 404)
    row = made(report, "fr")
    url = f"/en/workspace/reports/files/{row.code}/"
    assert lead.get(url).content == content(row)
    assert focal.get(url).status_code == 404
    assert lead.get(f"/en/workspace/reports/{report.pk}/read/").status_code == 200


def test_the_language_of_a_text_stands_beside_it_and_not_beside_the_answer(
    country_report: ProgressReport,
) -> None:
    page = Client().get(f"/es/reports/{country_report.cycle.slug}/COL/")
    assert "Hay avances que informar · texto en: inglés Places opened" in main_words(page)
    own = Client().get(f"/en/reports/{country_report.cycle.slug}/COL/")
    assert "There is progress to report Places opened" in main_words(own)
