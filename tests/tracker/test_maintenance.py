"""While the site is closed for maintenance: everybody is told in four languages, and nothing typed is lost."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from tests.cast import Cast
from tracker.maintenance import sign

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def closed(settings: Any, tmp_path: Path) -> None:
    """A site that is closed."""
    settings.DATA_DIR = tmp_path / "data"
    told = StringIO()
    call_command("maintenance", "on", stdout=told)
    assert "closed" in told.getvalue()


def test_every_page_says_so_until_it_opens_again(client: Client) -> None:
    answer = client.get("/en/late/")
    text = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "300", "no-store")
    assert "Content-Security-Policy" in answer.headers
    for words in ("We are working on the site", "Estamos trabajando", "Estamos trabalhando", "Nous travaillons"):
        assert words in text
    assert client.get("/es/workspace/").status_code == 503
    assert (client.get("/healthz").status_code, client.get("/readyz").status_code) == (200, 200)
    call_command("maintenance", "off", stdout=StringIO())
    call_command("maintenance", "off", stdout=StringIO())
    assert client.get("/en/late/").status_code == 200


def test_a_page_that_is_ready_is_sent_as_ever(client: Client, settings: Any) -> None:
    settings.READY_PAGES = True
    cache.clear()
    sign().unlink()
    ready = client.get("/en/glossary/")
    sign().touch()
    again = client.get("/en/glossary/")
    assert (again.status_code, again.content) == (200, ready.content)
    assert client.get("/en/membership/").status_code == 503


def test_what_was_typed_comes_back_and_nothing_is_done(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.secretary)
    answer = client.post("/en/workspace/meetings/new/", {"title_en": "Labour <b>in</b> Lima"})
    assert answer.status_code == 503
    assert "Labour &lt;b&gt;in&lt;/b&gt; Lima" in answer.content.decode()


def test_the_command_knows_two_words() -> None:
    with pytest.raises(CommandError):
        call_command("maintenance", "perhaps")
