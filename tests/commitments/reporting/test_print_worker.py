"""A real worker on a real broker makes the files: the page asks, the process in the background draws."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client
from django.utils import timezone

from commitments.notices import waking
from commitments.notices.models import Heartbeat
from commitments.reporting.models import PrintedReport
from tests.cast import assemble
from tests.commitments.reporting import papers
from tests.factories import record
from tests.servers import celery_worker, free_port, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.servers]


@pytest.fixture(autouse=True)
def _no_memory_of_failures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waking, "_silent_until", 0.0)


def test_a_file_asked_for_on_the_page_is_made_by_the_worker(
    published_to: str, database_url: str, tmp_path: Path, settings: Any
) -> None:
    settings.FILES_DIR = tmp_path / "files"
    cast = assemble()
    report = record.group_report(cast.labour, record.cycle())
    lead = Client()
    lead.force_login(cast.lead_labour)
    environment = {"REDIS_URL": published_to, "DATABASE_URL": database_url, "DATA_DIR": str(tmp_path)}
    with celery_worker(environment):
        lead.post(f"/en/workspace/reports/{report.pk}/files/", {"language": "es"})
        wait_until(lambda: PrintedReport.objects.filter(state="made").exists(), "the file")
        row = PrintedReport.objects.get()
        wait_until(lambda: Heartbeat.objects.filter(job="make_prints", is_ok=True).exists(), "the sign of life")
    assert (row.language, row.attempt, row.asked_by) == ("es", 1, cast.lead_labour)
    assert papers.content(row).startswith(b"%PDF-1.7")
    answer = lead.get(f"/en/workspace/reports/files/{row.code}/")
    assert (answer.status_code, answer.content) == (200, papers.content(row))


def test_with_the_broker_down_the_wish_waits_for_the_next_scan(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CELERY_BROKER_URL", f"redis://127.0.0.1:{free_port()}/0")
    cast = assemble()
    report = record.group_report(cast.labour, record.cycle())
    lead = Client()
    lead.force_login(cast.lead_labour)
    before = timezone.now()
    assert lead.post(f"/en/workspace/reports/{report.pk}/files/", {"language": "es"}).status_code == 302
    assert (timezone.now() - before).total_seconds() < 5
    assert PrintedReport.objects.get().state == "waiting"
    assert configured.CELERY_BEAT_SCHEDULE["make-prints"]["task"] == "reporting.make_prints"
