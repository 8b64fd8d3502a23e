"""What must not stand on the site is taken off it: files and words go, a date and a reason stay, history keeps all."""

from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.history import actions as history
from commitments.indicators.models import Evidence
from commitments.register.models import Commitment
from commitments.reporting import actions
from commitments.reporting.models import PrintedReport, ProgressReport, ReportCorrection, ReportDocument, ReportEntry
from commitments.templatetags.files import public_address
from tests.cast import NOON, STAGE, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
REASON, PLACE = "It held the name of a person.", "Withdrawn on 24 November 2026: It held the name of a person."
SECRET = "Ana Pérez is ill."


@pytest.fixture(autouse=True)
def _here(settings: Any, tmp_path: Path) -> Any:
    settings.FILES_DIR = tmp_path / "files"
    with time_machine.travel(NOON, tick=False):
        yield


def as_person(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def public(url: str) -> Any:
    return Client().get(url)


def withdraw(person: Any, kind: str, row: Any, **fields: str) -> Any:
    row.refresh_from_db()
    url = f"/en/workspace/withdraw/{kind}/{row.pk}/"
    return as_person(person).post(url, {"reason": REASON, "version": str(row.version), **fields})


@pytest.fixture
def report(cast: Cast) -> ProgressReport:
    """A published report of Colombia that says why there is none, with a figure that cannot be given and a file."""
    indicator = record.indicator(record.commitment(country=cast.colombia))
    entry = record.entry(indicator, record.cycle())
    history.change(entry, by=STAGE, at=NOON, cannot_reason="not_available", cannot_words=SECRET)
    row: ProgressReport = entry.report
    shown = record.evidence("ana-perez.pdf", commitment=indicator.commitment)
    document = ReportDocument(report=row, file=shown.file, title="About Ana Pérez")
    history.create(document, by=STAGE, at=NOON)
    said = {"state": "published", "accepted_at": NOON, "published_at": NOON, "sent_at": NOON, "language": "en"}
    history.change(row, by=STAGE, at=NOON, **said)
    return row


def address(report: ProgressReport, language: str = "en") -> str:
    return f"/{language}/reports/{report.cycle.slug}/{report.place}/"


def test_a_document_is_neither_served_nor_listed_any_more(cast: Cast, report: ProgressReport) -> None:
    shown = Evidence.objects.get()
    page, file = "/en/commitments/LAD-COL-901/", public_address(shown.file)
    assert public(file).status_code == 200
    assert "ana-perez.pdf" in public(page).content.decode()
    assert withdraw(cast.secretary, "evidence", shown).status_code == 302
    assert public(file).status_code == 404
    for url in (page, f"{page}history/", address(report)):
        text = public(url).content.decode()
        assert "ana-perez" not in text, url
        assert "Ana Pérez" not in text.replace(SECRET, ""), url
    assert PLACE in main_words(public(page))
    assert PLACE in main_words(public(address(report)))
    kept = Evidence.history.filter(id=shown.pk).latest()
    assert (kept.history_user_id, kept.history_date, kept.public_reason) == (cast.secretary.pk, NOON, REASON)
    office = as_person(cast.secretary).get("/en/workspace/commitments/LAD-COL-901/evidence/")
    assert "ana-perez.pdf" in main_words(office)


def test_a_file_goes_wherever_the_same_content_stands(cast: Cast, report: ProgressReport) -> None:
    document = ReportDocument.objects.get()
    assert withdraw(cast.secretary, "document", document).status_code == 302
    assert [row.withdrawn_reason for row in (*Evidence.objects.all(), *ReportDocument.objects.all())] == [REASON] * 2
    assert public(public_address(document.file)).status_code == 404


def test_words_of_a_figure_that_cannot_be_given_are_replaced(cast: Cast, report: ProgressReport) -> None:
    assert SECRET in main_words(public(address(report)))
    entry = ReportEntry.objects.get()
    assert withdraw(cast.secretary, "entry", entry).status_code == 302
    text = main_words(public(address(report)))
    assert SECRET not in text
    assert PLACE in text
    assert ReportEntry.history.filter(id=entry.pk, cannot_words=SECRET).exists()


def test_words_instead_of_a_report_are_replaced_and_those_before_too(cast: Cast, report: ProgressReport) -> None:
    history.change(report, by=STAGE, at=NOON, cannot_reason="staff", cannot_words="Ana Pérez was ill.")
    texts = [{"place": "cannot_words", "code": "", "was": SECRET, "now": "Ana Pérez was ill.", "language": "en"}]
    before = ReportCorrection(report=report, texts=texts, reason="Softer.", proposed_at=NOON)
    history.create(before, by=STAGE, at=NOON)
    history.change(before, by=STAGE, at=NOON, state="published", decided_at=NOON)
    history.change(report, by=STAGE, at=NOON, corrected_at=NOON)
    withdraw(cast.secretary, "entry", ReportEntry.objects.get())
    assert "Ana Pérez was ill." in main_words(public(address(report)))
    assert withdraw(cast.secretary, "report", report).status_code == 302
    text = public(address(report)).content.decode()
    assert "was ill" not in text
    assert SECRET not in text
    assert PLACE in main_words(public(address(report)))


def test_files_made_before_are_handed_out_no_more(cast: Cast, report: ProgressReport) -> None:
    made = {"state": "made", "content_sha256": "a" * 64, "asked_at": NOON, "made_at": NOON, "is_of_publication": True}
    old = PrintedReport.objects.create(report=report, code="OLD", language="en", version=report.version, **made)
    assert list(PrintedReport.objects.public()) == [old]
    withdraw(cast.secretary, "entry", ReportEntry.objects.get())
    assert list(PrintedReport.objects.public()) == []
    report.refresh_from_db()
    new = PrintedReport.objects.create(report=report, code="NEW", language="en", version=report.version, **made)
    assert list(PrintedReport.objects.public()) == [new]


def test_the_frozen_copy_never_held_the_words_nor_the_file(cast: Cast, report: ProgressReport) -> None:
    from commitments.reporting.closing import canonical, content

    told = canonical(content(report.cycle, at=NOON)).decode()
    assert "Ana" not in told
    assert "ana-perez" not in told
    assert "COL" in told


@pytest.mark.parametrize("who", ["focal_colombia", "lead_labour", "reader", "outsider", "administrator"])
def test_nobody_but_the_secretariat_withdraws(cast: Cast, report: ProgressReport, who: str) -> None:
    for kind, row in (("evidence", Evidence.objects.get()), ("entry", ReportEntry.objects.get()), ("report", report)):
        assert withdraw(getattr(cast, who), kind, row).status_code in {403, 404}, kind
    assert not Evidence.objects.exclude(withdrawn_at=None).exists()


def test_a_reason_is_needed_and_looked_at(cast: Cast, report: ProgressReport) -> None:
    entry = ReportEntry.objects.get()
    assert "Say why; the reason is public" in main_words(withdraw(cast.secretary, "entry", entry, reason=""))
    page = main_words(withdraw(cast.secretary, "entry", entry, reason="It named ana@example.org"))
    assert "an e-mail address (ana@example.org)" in page
    entry.refresh_from_db()
    assert entry.cannot_words == SECRET


def test_the_page_says_where_it_stands_and_what_follows(cast: Cast, report: ProgressReport) -> None:
    secretary, row = as_person(cast.secretary), record.evidence("other.pdf", commitment=Commitment.objects.get())
    file, page = "PDF files of the report made before are handed out no more.", "/en/workspace/withdraw"
    entry = main_words(secretary.get(f"{page}/entry/{ReportEntry.objects.get().pk}/"))
    assert f"Colombia · {report.cycle.name_en} Withdraw from the site What stands there now {SECRET} Effect" in entry
    assert file in entry
    in_a_report = main_words(secretary.get(f"{page}/evidence/{Evidence.objects.exclude(pk=row.pk).get().pk}/"))
    assert "LAD-COL-901 · Commitment LAD-COL-901 Withdraw from the site" in in_a_report
    assert file in in_a_report
    assert file not in main_words(secretary.get(f"{page}/evidence/{row.pk}/"))
    in_spanish = main_words(secretary.get(f"/es/workspace/withdraw/entry/{ReportEntry.objects.get().pk}/"))
    assert f"{SECRET} (inglés)" in in_spanish


def test_what_is_not_public_or_moved_on_stays(cast: Cast, report: ProgressReport) -> None:
    entry = ReportEntry.objects.get()
    again = withdraw(cast.secretary, "entry", entry, version="99")
    assert again.status_code == 409
    assert "Read it again, then send your words" in main_words(again)
    assert f'name="version" value="{entry.version}"' in again.content.decode()
    entry.refresh_from_db()
    assert entry.withdrawn_at is None
    assert withdraw(cast.secretary, "nothing", entry).status_code == 404
    back = f"/en/workspace/review/country-reports/{report.pk}/"
    for _click in range(2):
        assert withdraw(cast.secretary, "entry", entry).url == back
    for person, reason in ((cast.second_secretary, REASON), (cast.secretary, "It named two people.")):
        late = withdraw(person, "entry", entry, reason=reason)
        assert late.status_code == 404
        assert reason in main_words(late), "the words come back"
    history.change(report, by=STAGE, at=NOON, state="accepted", published_at=None)
    assert withdraw(cast.secretary, "document", ReportDocument.objects.get()).status_code == 404


def test_a_reason_stands_in_its_own_language(cast: Cast, report: ProgressReport) -> None:
    entry = ReportEntry.objects.get()
    said = {"reason": "Nombraba a una persona.", "language": "es", "by": cast.actor(cast.secretary), "at": NOON}
    actions.withdraw(thing=entry, version=entry.version, **said)
    page = public(address(report)).content.decode()
    assert '<span lang="es-419">Nombraba a una persona.</span>' in page
