"""The server is restarted while somebody fills in a form: they stay signed in, and not a word is lost or sent twice."""

import os
import re
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from django.utils import timezone

from commitments.indicators.models import Measurement
from commitments.reporting.models import Draft
from tests import servers
from tests.cast import PASSWORD, Cast
from tests.factories import record

pytestmark = [pytest.mark.servers, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[2]
REASON = "Renewals moved to another office.\nSee annex 2."


class Site:
    """The web server and the broker of one installation: both end and begin together, nothing lives on in memory."""

    def __init__(self, data_dir: Path, database_url: str) -> None:
        self.port, self.broker_port = servers.free_port(), servers.free_port()
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environment = kept | {
            "DATA_DIR": str(data_dir),
            "DATABASE_URL": database_url,
            "REDIS_URL": f"redis://127.0.0.1:{self.broker_port}/0",
            "PORT": str(self.port),
        }

    @contextmanager
    def running(self) -> Iterator[None]:
        """Until the block ends; then it is told to stop, as a new version of it would, and stops well."""
        command = [sys.executable, "-m", "gunicorn", "--config=python:tracker.gunicorn_conf", "tracker.wsgi"]
        with servers.redis(self.broker_port), servers.process(command, cwd=ROOT, env=self.environment) as web:
            servers.wait_until(lambda: servers.listens(self.port), "the web server")
            yield
            web.send_signal(signal.SIGTERM)
            assert web.wait(timeout=30) == 0
        assert not servers.listens(self.port)


class Browser:
    """Somebody's browser: it keeps cookies and nothing else, and sends a form with the token that stands in it."""

    def __init__(self, site: Site) -> None:
        self.home = f"http://127.0.0.1:{site.port}"
        self.cookies = CookieJar()

    def open(self, path: str, fields: dict[str, str] | None = None) -> tuple[str, str]:
        """Where one ends up, and what is written there. Without fields a page is asked for."""
        sent = urlencode(fields).encode() if fields is not None else None
        opener = build_opener(HTTPCookieProcessor(self.cookies))
        with opener.open(self.home + path, sent, timeout=30) as answer:
            return answer.url.removeprefix(self.home), answer.read().decode()

    def session(self) -> str | None:
        """The cookie that says who this is."""
        found = [cookie.value for cookie in self.cookies if cookie.name.startswith("session-")]
        return found[0] if found else None


def token_in(page: str) -> dict[str, str]:
    """The token of a form."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found, page[:500]
    return {"csrfmiddlewaretoken": found[1]}


@pytest.fixture
def code(cast: Cast, settings: Any) -> str:
    """Colombia owes a figure, and its focal point has a password that the real settings can read."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    cast.focal_colombia.set_password(PASSWORD)
    cast.focal_colombia.save()
    today = timezone.now().date()
    indicator = record.indicator(record.commitment(country=cast.colombia), baseline=(20_000, date(2025, 1, 1)))
    record.measurement(indicator, 41_200, today - timedelta(days=150))
    cycle = record.cycle(
        due_on=today + timedelta(days=7),
        period_start=today - timedelta(days=140),
        period_end=today - timedelta(days=50),
        opens_on=today - timedelta(days=30),
        closes_on=today + timedelta(days=30),
    )
    return record.entry(indicator, cycle).series.indicator.code


def test_restart_in_the_middle_of_a_form(cast: Cast, code: str, database_url: str, tmp_path: Path) -> None:
    site = Site(tmp_path / "data", database_url)
    phone, form = Browser(site), f"/en/workspace/indicators/{code}/update/"
    answers = {"value": "42000", "date_choice": "given", "source_choice": "same", "reason": REASON}
    with site.running():
        _at, entrance = phone.open(f"/en/account/login/?next={form}")
        fields = {"login": cast.focal_colombia.email, "password": PASSWORD, "next": form}
        at, shown = phone.open("/en/account/login/", token_in(entrance) | fields)
        assert at == form
        before = token_in(shown)
        _at, saved = phone.open(f"{form}save/", before | answers)
        assert "Saved at" in saved
    cookie = phone.session()

    with site.running():
        at, shown = phone.open(form)
        assert (at, phone.session()) == (form, cookie)
        assert 'value="42000"' in shown
        assert REASON.partition("\n")[0] in shown
        at, check = phone.open(form, before | answers)  # with the page that was open all the while
        assert (at, Measurement.objects.filter(state="sent").count()) == (f"{form}check/", 0)
        sending = token_in(check)
        with ThreadPoolExecutor(2) as pool:
            ends = list(pool.map(lambda _click: phone.open(f"{form}check/", sending)[0], range(2)))
        ends.append(phone.open(f"{form}check/", sending)[0])
    assert ends == [f"{form}received/"] * 3
    sent = Measurement.objects.get(state="sent")
    assert (sent.value, sent.reason.split(), sent.entered_by) == (42_000, REASON.split(), cast.focal_colombia)
    assert (sent.history.count(), Draft.objects.count()) == (1, 0)
