"""A published report and its files in a stranger's browser, with script and without: read, saved, checked."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from commitments.history import actions as history
from commitments.reporting.codes import spaced
from commitments.reporting.models import ProgressReport
from tests.cast import STAGE, Cast
from tests.commitments.reporting import papers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Visit = Callable[..., Page]
Check = Callable[[Page, str], None]


@pytest.fixture(autouse=True)
def nobody_is_throttled() -> None:
    cache.clear()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_stranger_reads_saves_and_checks_a_report(visit: Visit, check_page: Check, cast: Cast, language: str) -> None:
    country = papers.country_report(cast)
    group = papers.group_report(cast, country)
    for report in (country, group):
        history.change(report, by=STAGE, at=timezone.now(), published_at=timezone.now())
    file = papers.made(ProgressReport.objects.get(pk=group.pk), language)
    content = papers.content(file)

    reader = visit()
    reader.goto(f"/{language}/reports/{country.cycle.slug}/COL/")
    expect(reader.locator("main")).to_contain_text("Places opened in coffee and flowers.")
    check_page(reader, f"published country report {language}")
    reader.goto(f"/{language}/reports/{group.cycle.slug}/{cast.labour.slug}/")
    expect(reader.locator("main")).to_contain_text("Widen regular pathways")
    check_page(reader, f"published group report {language}")
    saved = reader.request.get(reader.locator(f"a[href$='/reports/files/{file.code}/']").get_attribute("href") or "")
    assert (saved.headers["content-type"], saved.body()) == ("application/pdf", content)

    reader.locator("aside a[href$='/check/']").click()
    reader.fill("#id_code", "7K3Q9-XW2TN")
    reader.locator("main .btn-primary").click()
    check_page(reader, f"unknown code {language}")
    reader.fill("#id_code", spaced(file.code).lower())
    reader.locator("main .btn-primary").click()
    reader.wait_for_url(f"**/check/{spaced(file.code)}/")
    check_page(reader, f"known code {language}")
    for sent, answer in ((content, ".alert-success[role=status]"), (content[:-7] + b"changed", ".alert-danger")):
        reader.set_input_files("#id_file", {"name": "report.pdf", "mimeType": "application/pdf", "buffer": sent})
        reader.locator("main form .btn").click()
        expect(reader.locator(answer)).to_be_visible()
    check_page(reader, f"another file {language}")

    plain = visit(width=390, script=False)
    plain.goto(f"/{language}/reports/{country.cycle.slug}/COL/")
    expect(plain.locator("main")).to_contain_text("One desk for all.")
    plain.goto(f"/{language}/check/")
    plain.set_input_files("#id_file", {"name": "x.pdf", "mimeType": "application/pdf", "buffer": content})
    plain.locator("main .btn-primary").click()
    expect(plain.locator("main .alert-success[role=status]")).to_be_visible()
