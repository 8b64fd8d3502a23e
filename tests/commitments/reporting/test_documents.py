"""A document that shows a figure: kept with the draft, sent with the figure, private until that is published."""

import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from commitments.indicators import evidence
from commitments.indicators.actions import StepRefusedError
from commitments.indicators.models import Evidence, Measurement
from commitments.reporting.models import Draft, ReportEntry
from commitments.sources import storing
from commitments.sources.models import StoredFile
from tests.cast import NOON, Cast
from tests.factories import files, record
from tests.pages import main_words, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_here(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.FILES_DIR = tmp_path / "files"
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def owed(cast: Cast) -> ReportEntry:
    indicator = record.indicator(
        record.commitment(country=cast.colombia, group=cast.labour), baseline=(20_000, date(2025, 1, 1))
    )
    record.measurement(indicator, 41_200, date(2026, 6, 30))
    return record.entry(indicator, record.cycle())


def as_person(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(owed: ReportEntry, more: str = "", language: str = "en") -> str:
    return f"/{language}/workspace/indicators/{owed.series.indicator.code}/update/{more}"


def answers(**changed: Any) -> dict[str, Any]:
    return {"value": "42000", "date_choice": "given", "source_choice": "same", "reason": "", **changed}


def chosen(name: str = "registro.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, files.pdf() if content is None else content)


def on_disk() -> list[Path]:
    return [path for path in storing.Path(storing.settings.FILES_DIR).rglob("*") if path.is_file()]


def send(cast: Cast, owed: ReportEntry, **changed: Any) -> Measurement:
    focal = as_person(cast.focal_colombia)
    focal.post(page(owed), answers(document=chosen(), **changed))
    focal.post(page(owed, "check/"))
    return Measurement.objects.get(state="sent")


def test_document_goes_from_the_form_over_the_check_page_to_the_figure(cast: Cast, owed: ReportEntry) -> None:
    focal = as_person(cast.focal_colombia)
    answer = focal.post(page(owed), answers(document=chosen()))
    assert answer.url == page(owed, "check/")
    assert "registro.pdf PDF 1 kB added 24 Nov 2026" in main_words(focal.get(page(owed, "check/")))
    focal.post(page(owed, "check/"))
    evidence = Evidence.objects.get()
    assert evidence.measurement == Measurement.objects.get(state="sent")
    assert (evidence.file.name, evidence.file.uploaded_by_id) == ("registro.pdf", cast.focal_colombia.pk)


def test_chosen_file_survives_an_error_elsewhere_and_going_back(cast: Cast, owed: ReportEntry) -> None:
    focal = as_person(cast.focal_colombia)
    told = main_words(focal.post(page(owed), answers(value="", document=chosen())))
    assert "Enter the number of people" in told
    assert "registro.pdf" in told
    assert "can carry the name of its author" in told
    assert "registro.pdf" in main_words(focal.get(page(owed)))
    focal.post(page(owed), answers())
    focal.post(page(owed, "check/"))
    assert Evidence.objects.get().file.name == "registro.pdf"


def test_save_of_texts_alone_keeps_the_file_also_from_a_second_tab(cast: Cast, owed: ReportEntry) -> None:
    focal = as_person(cast.focal_colombia)
    focal.post(page(owed), answers(value="", document=chosen()))
    focal.post(page(owed, "save/"), answers(value="43000"))
    assert "registro.pdf" in main_words(focal.get(page(owed)))
    assert Draft.objects.get().fields["value"] == "43000"


def test_file_can_be_taken_out_and_replaced(cast: Cast, owed: ReportEntry) -> None:
    focal = as_person(cast.focal_colombia)
    focal.post(page(owed), answers(document=chosen()))
    focal.post(page(owed), answers(document=chosen("second.csv", b"a,b\n1,2\n")))
    assert "second.csv CSV" in main_words(focal.get(page(owed, "check/")))
    focal.post(page(owed), answers(remove_document="1"))
    assert "second.csv" not in main_words(focal.get(page(owed, "check/")))


def test_nobody_slips_in_the_file_of_somebody_else(cast: Cast, owed: ReportEntry) -> None:
    other = record.evidence(measurement=Measurement.objects.get(), by=cast.actor(cast.focal_canada))
    focal = as_person(cast.focal_colombia)
    focal.post(page(owed), answers(file=str(other.file_id)))
    assert "registry.pdf" not in main_words(focal.get(page(owed, "check/")))


@pytest.mark.parametrize("button", [{}, {"later": "1"}, {"unchanged": "41200"}])
def test_refused_file_says_why_and_loses_nothing(cast: Cast, owed: ReportEntry, button: dict[str, str]) -> None:
    focal = as_person(cast.focal_colombia)
    answer = focal.post(
        page(owed, language="es"), answers(value="42000", document=chosen("a.svg", b"<svg/>"), **button)
    )
    told = main_words(answer)
    assert told.count("El archivo debe ser PDF, Word, Excel, ODS, CSV, JPG o PNG") == 2
    assert 'href="#id_document"' in answer.content.decode()
    assert ('value="42000"' in answer.content.decode()) or button
    assert StoredFile.objects.count() == 0


def test_path_in_the_name_is_refused_though_django_would_drop_it(cast: Cast, owed: ReportEntry) -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="document"; filename="../../etc/report.pdf"\r\n'
        b"Content-Type: application/pdf\r\n\r\n" + files.pdf() + b"\r\n--x--\r\n"
    )
    focal = as_person(cast.focal_colombia)
    answer = focal.post(page(owed), body, content_type="multipart/form-data; boundary=x")
    assert "The name of the file holds a path" in main_words(answer)


def test_file_over_the_limit_is_told_its_size_and_costs_nothing(cast: Cast, owed: ReportEntry) -> None:
    focal = as_person(cast.focal_colombia)
    answer = focal.post(page(owed), answers(document=chosen(content=b"%PDF-1.7\n" + bytes(14 * 1024 * 1024 - 9))))
    assert "The file must be smaller than 10 MB. Yours is 14 MB" in main_words(answer)
    assert on_disk() == []


def test_same_content_is_one_file_on_the_disk_for_its_owner_alone(cast: Cast, owed: ReportEntry) -> None:
    for person in (cast.focal_colombia, cast.deputy_colombia):
        for _click in range(2):
            as_person(person).post(page(owed), answers(document=chosen()))
    assert StoredFile.objects.count() == 2
    (kept,) = on_disk()
    sha256 = StoredFile.objects.first().sha256
    assert kept == storing.path_of(sha256)
    assert kept.parts[-2:] == (sha256[:2], sha256[2:])
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert kept.read_bytes() == files.pdf()


def test_full_disk_says_so_and_leaves_nothing_half_written(
    cast: Cast, owed: ReportEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    focal = as_person(cast.focal_colombia)
    with monkeypatch.context() as patched:
        patched.setattr(storing.os, "fsync", full)
        told = main_words(focal.post(page(owed), answers(document=chosen())))
    assert "there is no room for it at the moment" in told
    assert on_disk() == []
    assert StoredFile.objects.count() == 0
    assert focal.post(page(owed), answers(document=chosen())).url == page(owed, "check/")


MAY_HAVE = {"secretary", "second_secretary", "focal_colombia", "deputy_colombia", "lead_labour"}


def test_private_until_published_then_public(cast: Cast, owed: ReportEntry) -> None:
    sent = send(cast, owed)
    file = Evidence.objects.get().file
    private = f"/en/workspace/files/{file.pk}/{file.name}"
    public = reverse("file", args=[file.sha256[:16], file.name])
    for name, person in cast.people.items():
        assert as_person(person).get(private).status_code == (200 if name in MAY_HAVE else 404), name
    assert Client().get(private).status_code == 302
    assert Client().get(public).status_code == 404
    assert "registro.pdf" not in words(Client().get(f"/en/indicators/{owed.series.indicator.code}/"))

    secretary = as_person(cast.secretary)
    review = f"/en/workspace/review/figures/{sent.pk}/"
    assert "registro.pdf PDF" in main_words(secretary.get(review))
    secretary.post(review, {"decision": "publish", "version": "1"})
    answer = Client().get(public)
    assert answer.content == files.pdf()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="registro.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert not answer.cookies
    shown = Client().get(f"/en/indicators/{owed.series.indicator.code}/")
    assert "Evidence registro.pdf PDF 1 kB added 24 Nov 2026" in words(shown)
    assert f'href="{public}"' in shown.content.decode()


def test_name_of_any_script_is_handed_out_as_it_was(cast: Cast, owed: ReportEntry) -> None:
    name = 'Año "2026" – 報告.pdf'
    focal = as_person(cast.focal_colombia)
    focal.post(page(owed), answers(document=chosen(name)))
    file = StoredFile.objects.get()
    answer = focal.get(reverse("workspace:file", args=[file.pk, file.name]))
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(file.name, safe='')}"


def test_file_that_changed_on_the_disk_is_not_handed_out(cast: Cast, owed: ReportEntry) -> None:
    send(cast, owed)
    file = StoredFile.objects.get()
    storing.path_of(file.sha256).write_bytes(b"something else")
    assert as_person(cast.secretary).get(f"/en/workspace/files/{file.pk}/x").status_code == 404
    as_person(cast.focal_colombia).post(page(owed), answers(document=chosen()))
    assert as_person(cast.secretary).get(f"/en/workspace/files/{file.pk}/x").content == files.pdf()


def test_answer_to_a_question_brings_its_document_too(cast: Cast, owed: ReportEntry) -> None:
    sent = send(cast, owed)
    question = {"decision": "return", "version": "1", "question": "Why?", "field": "value", "due_on": "2026-12-01"}
    as_person(cast.secretary).post(f"/en/workspace/review/figures/{sent.pk}/", question)
    focal = as_person(cast.focal_colombia)
    focal.post(page(owed), answers(answer="Because", document=chosen("more.csv", b"a,b\n1,2\n")))
    focal.post(page(owed, "check/"))
    assert [row.file.name for row in sent.evidence.order_by("pk")] == ["registro.pdf", "more.csv"]


def test_secretariat_keeps_the_evidence_of_a_commitment(cast: Cast, owed: ReportEntry) -> None:
    secretary, code = as_person(cast.secretary), owed.series.indicator.commitment.code
    url = f"/en/workspace/commitments/{code}/evidence/"
    form = {"title": "", "link": "", "once": "a-token-of-one-form-0123"}
    assert "Choose a file or enter a link" in main_words(secretary.post(url, form))
    for _click in range(2):
        assert secretary.post(url, {**form, "document": chosen("result.pdf")}).status_code == 302
    named = {"title": "Ask ana@example.org", "link": "https://example.org/ask", "once": "a-token-of-another-form-1"}
    assert "This text may be about a person an e-mail address" in main_words(secretary.post(url, named))
    link = {"title": "A page", "link": "https://example.org/result"}
    assert 'value="A page"' in secretary.post(url, link).content.decode()
    secretary.post(url, link | {"once": "another-token-of-a-form"})
    assert Evidence.objects.filter(commitment__code=code).count() == 2
    shown = words(Client().get(f"/en/commitments/{code}/"))
    assert "result.pdf PDF" in shown
    assert "A page" in shown
    row = Evidence.objects.get(title="result.pdf")
    public = reverse("file", args=[row.file.sha256[:16], "result.pdf"])
    assert Client().get(public).status_code == 200
    for key in ("9" * 30, "x", "-1", "²"):
        assert secretary.post(url, {"take_away": key}).status_code == 302


def test_what_is_public_is_withdrawn_with_a_reason_and_never_taken_away(cast: Cast) -> None:
    secretary, commitment = as_person(cast.secretary), record.commitment(country=cast.colombia)
    url, row = f"/en/workspace/commitments/{commitment.code}/evidence/", record.evidence(commitment=commitment)
    shown = secretary.get(url)
    assert "Take away" not in main_words(shown)
    assert f"/en/workspace/withdraw/evidence/{row.pk}/" in shown.content.decode()
    answer = secretary.post(url, {"take_away": str(row.pk)}, follow=True)
    assert "This is public: withdraw it from the site, with a reason." in words(answer)
    assert "Taken away." not in words(answer)
    public = reverse("file", args=[row.file.sha256[:16], "registry.pdf"])
    assert Client().get(public).status_code == 200
    said = {"reason": "It held a name.", "version": str(row.version)}
    assert secretary.post(f"/en/workspace/withdraw/evidence/{row.pk}/", said).status_code == 302
    assert Client().get(public).status_code == 404
    secretary.post(url, {"take_away": str(row.pk)})
    page = Client().get(f"/en/commitments/{commitment.code}/")
    assert "Withdrawn on 24 November 2026: It held a name." in words(page)
    assert "Withdraw from the site" not in main_words(secretary.get(url))


def test_what_is_not_public_is_taken_away(cast: Cast) -> None:
    draft = record.commitment(country=cast.colombia, life_cycle="draft")
    secretary, url = as_person(cast.secretary), f"/en/workspace/commitments/{draft.code}/evidence/"
    row = record.evidence(commitment=draft)
    shown = main_words(secretary.get(url))
    assert "Take away" in shown
    assert "Withdraw from the site" not in shown
    for _click in range(2):
        assert "Taken away." in words(secretary.post(url, {"take_away": str(row.pk)}, follow=True))
    assert list(Evidence.objects.all()) == []


def test_evidence_of_a_published_figure_is_not_taken_away(cast: Cast, owed: ReportEntry) -> None:
    row = record.evidence(measurement=Measurement.objects.get())
    with pytest.raises(StepRefusedError):
        evidence.take_away(evidence=row, why="", by=cast.actor(cast.secretary), at=NOON)
    assert list(Evidence.objects.all()) == [row]


def test_pages_cost_the_same_with_more_documents(cast: Cast, owed: ReportEntry, django_assert_num_queries: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    figure = Measurement.objects.get()
    pages = [
        f"/en/indicators/{owed.series.indicator.code}/",
        f"/en/commitments/{owed.series.indicator.commitment.code}/",
    ]
    record.evidence("one.pdf", measurement=figure)
    record.evidence("one.pdf", commitment=owed.series.indicator.commitment)
    for url in pages:
        Client().get(url)
    costs = []
    for url in pages:
        with CaptureQueriesContext(connection) as few:
            Client().get(url)
        costs.append(len(few))
    for name in ("two.pdf", "three.pdf"):
        record.evidence(name, measurement=figure)
        record.evidence(name, commitment=owed.series.indicator.commitment)
    for url, cost in zip(pages, costs, strict=True):
        Client().get(url)  # what is kept for a version of the record is read
        with django_assert_num_queries(cost):
            Client().get(url)
