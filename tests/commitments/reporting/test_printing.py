"""A published report becomes a file that anybody can check: made by the task, found again by its code."""

import hashlib
import html
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from commitments.history import actions
from commitments.reporting import codes, printing
from commitments.reporting.actions import ask_for_print
from commitments.reporting.enums import PrintState
from commitments.reporting.models import CycleSnapshot, PrintedReport, ProgressReport, ReportTranslation
from tests.cast import NOON, STAGE, Cast
from tests.commitments.reporting.papers import content, made
from tests.factories import record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_and_own_files")]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_file_is_a_tagged_pdf_in_its_language(
    group_report: ProgressReport, country_report: ProgressReport, language: str
) -> None:
    for report in (group_report, country_report):
        row = made(report, language)
        stored = content(row)
        assert (row.content_sha256, row.size) == (hashlib.sha256(stored).hexdigest(), len(stored))
        assert stored.startswith(b"%PDF-1.7")
        file = PdfReader(BytesIO(stored))
        root: Any = file.trailer["/Root"]
        assert (root["/Lang"], "/StructTreeRoot" in root, root["/MarkInfo"]["/Marked"]) == (language, True, True)
        assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
        assert file.metadata.title.startswith("Labor Mobility" if report is group_report else "Colombia")
        pages: list[Any] = list(file.pages)
        fonts = {font["/BaseFont"] for page in pages for font in page["/Resources"]["/Font"].values()}
        assert fonts
        assert all("+Public-Sans" in str(font) for font in fonts)
        for page in pages:
            assert codes.spaced(row.code) in page.extract_text(), "the code stands on every page"


def test_the_group_file_says_what_the_report_says(group_report: ProgressReport) -> None:
    file = PdfReader(BytesIO(content(made(group_report))))
    text = " ".join(" ".join(page.extract_text() for page in file.pages).split())
    for words in (
        "Two seasonal programmes opened",
        "Widen regular pathways",
        "one code of conduct",
        "Colombia Open 5,000 seasonal places LAD-COL-901",
        "Places opened in coffee and flowers.",
        "a specialist for six months",
        "3,100 people",
        "At risk",
        "No medium-term indicator on record.",
        "No long-term indicator on record.",
        "Target 5,000, 30 Jun 2027",
        "http://localhost:8000/en/reports/cycle-2026-12-15/labor-mobility/",
        "Page 1 / 2",
    ):
        assert words in text, words
    headings = [mark.title for mark in file.outline if not isinstance(mark, list)]
    assert headings == ["Labor Mobility"]


def test_a_countrys_file_says_where_nothing_was_said(country_report: ProgressReport) -> None:
    actions.change(country_report, by=STAGE, at=NOON, practice="", coherence_words="Two laws differ.", coherence="")
    file = PdfReader(BytesIO(content(made(country_report))))
    text = " ".join(" ".join(page.extract_text() for page in file.pages).split())
    assert "Good practice Nothing was said." in text
    assert "National coherence Two laws differ." in text
    assert "In the country’s own judgement" not in text


def test_every_drawing_has_its_words(group_report: ProgressReport) -> None:
    """PDF/UA wants an alternative text for each figure: the chart has its title, the square its address."""
    root: Any = PdfReader(BytesIO(content(made(group_report)))).trailer["/Root"]
    found: list[Any] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if node.get("/S") == "/Figure":
                found.append(str(node.get("/Alt", "")))
            walk(node.get("/K", []))

    walk(root["/StructTreeRoot"])
    assert sorted(bool(words) for words in found) == [True] * len(found)
    assert "People counted 1" in found


def test_a_snapshot_is_named_in_the_file(group_report: ProgressReport) -> None:
    taken = {"code": "SNAP-2026-11", "content": {}, "sha256": "ab" * 32, "taken_at": NOON}
    CycleSnapshot.objects.create(cycle=group_report.cycle, **taken)
    row = made(group_report)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(content(row))).pages)
    assert row.snapshot.code == "SNAP-2026-11"
    assert "SNAP-2026-11" in text
    assert "ab" * 32 in text.replace("\n", "")


def test_a_working_copy_says_that_it_is_one(cast: Cast) -> None:
    report = record.group_report(cast.labour, record.cycle())
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(content(made(report)))).pages)
    assert "Working copy, not published" in text
    assert "/reports/" not in text


def test_each_published_report_is_owed_a_file_in_each_language_once(group_report: ProgressReport) -> None:
    assert printing.owe_published(NOON) == 8, "two reports, four languages"
    assert printing.owe_published(NOON) == 0
    PrintedReport.objects.update(state=PrintState.MADE, made_at=NOON)
    actions.change(group_report, by=STAGE, at=NOON + timedelta(hours=1), summary="Reworded after publication.")
    assert printing.owe_published(NOON + timedelta(hours=1)) == 4, "the report has another version now"
    PrintedReport.objects.update(state=PrintState.MADE, made_at=NOON)
    row = ReportTranslation(report=group_report, language="es", summary="Dos programas.")
    actions.create(row, by=STAGE, at=NOON + timedelta(hours=2))
    assert printing.owe_published(NOON + timedelta(hours=3)) == 4, "a translation came"


def test_what_is_owed_is_found_in_the_same_number_of_queries(
    group_report: ProgressReport, django_assert_num_queries: Any
) -> None:
    printing.owe_published(NOON)
    with django_assert_num_queries(4):
        assert printing.owe_published(NOON) == 0


def test_a_wish_that_waits_is_not_doubled(group_report: ProgressReport) -> None:
    wish = {"report": group_report, "language": "en", "by": None, "at": NOON, "wake": False}
    assert ask_for_print(**wish).pk == ask_for_print(**wish).pk


def test_two_workers_never_make_the_same_file(group_report: ProgressReport) -> None:
    row = ask_for_print(report=group_report, language="en", by=None, at=NOON, wake=False)
    assert printing.claim(row.pk, NOON) is not None
    assert printing.claim(row.pk, NOON + timedelta(minutes=1)) is None
    assert printing.claim(row.pk, NOON + timedelta(minutes=4)) is not None, "the first one died"


def test_after_three_tries_a_failure_is_shown_with_its_reason(
    cast: Cast, group_report: ProgressReport, settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "a-file").write_text("where a folder should be")
    settings.FILES_DIR = tmp_path / "a-file"
    row = ask_for_print(report=group_report, language="en", by=None, at=NOON, wake=False)
    for _ in range(3):
        taken = printing.claim(row.pk, NOON)
        assert taken is not None
        assert not printing.make(taken, clock=timezone.now)
    row.refresh_from_db()
    assert (row.state, row.attempt) == (PrintState.FAILED, 3)
    client = Client()
    client.force_login(cast.lead_labour)
    page = client.get(f"/en/workspace/reports/{group_report.pk}/files/").content.decode()
    assert "Could not be made" in page
    assert row.error in html.unescape(page)


def test_one_that_kills_its_worker_each_time_is_given_up(group_report: ProgressReport) -> None:
    row = ask_for_print(report=group_report, language="en", by=None, at=NOON, wake=False)
    for minutes in (0, 5, 10):
        assert printing.claim(row.pk, NOON + timedelta(minutes=minutes)) is not None
    assert printing.claim(row.pk, NOON + timedelta(minutes=15)) is None
    row.refresh_from_db()
    assert row.state == PrintState.FAILED


def test_a_file_is_made_with_nothing_from_outside() -> None:
    fetch = printing._fetcher().fetch
    for address in ("https://example.org/x.png", f"file://{Path.cwd()}/manage.py", "asset:../x.svg", "data:text/css,x"):
        with pytest.raises(ValueError, match="Not allowed"):
            fetch(address)
    assert b"<svg" in fetch("asset:on_track.svg").read()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("7K3Q9-XW2TN", "7K3Q9XW2TN"),
        (" 7k3q9 xw2tn ", "7K3Q9XW2TN"),
        ("OIL0123456", "0110123456"),
        ("7K3Q9XW2T", ""),
        ("7K3Q9XW2TU", ""),
        ("", ""),
    ],
)
def test_codes_are_read_as_people_type_them(typed: str, code: str) -> None:
    assert codes.read_code(typed) == code


def test_new_codes_read_as_themselves() -> None:
    for _ in range(100):
        code = codes.new_code()
        assert codes.read_code(codes.spaced(code).lower()) == code
