"""What people read when the product itself fails: the reference under which the log has it."""

from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpRequest
from django.test import Client
from django.urls import include, path

from tracker.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500"]


def fail(request: HttpRequest) -> None:
    """A page that has a mistake in it."""
    raise RuntimeError("a mistake of ours")


def is_away(request: HttpRequest) -> None:
    """A page while the database is away."""
    raise OperationalError("connection refused")


ours = ([path("fails/", fail), path("away/", is_away)], "workspace")
urlpatterns = [path("fails/", fail), path("workspace/", include(ours))]


@pytest.mark.urls(__name__)
@pytest.mark.once
def test_failure_shows_its_reference_in_every_language(settings: Any) -> None:
    client = Client(raise_request_exception=False)
    answer = client.get("/fails/")
    assert "What you typed" not in answer.content.decode()
    mark = answer["X-Request-ID"]
    assert answer.status_code == 500
    text = answer.content.decode()
    assert [f"{word} {mark}" in text for word in ("Reference:", "Referencia:", "Referência:", "Référence :")] == [
        True
    ] * 4


@pytest.mark.urls(__name__)
@pytest.mark.once
@pytest.mark.parametrize(("page", "status"), [("fails", 500), ("away", 503)])
def test_what_was_typed_stands_below_a_failure_of_ours(page: str, status: int) -> None:
    client = Client(raise_request_exception=False)
    typed = {"reason": "Two laws <b>passed</b>.", "version": "3", "password": "secret", "csrfmiddlewaretoken": "token"}
    answer = client.post(f"/workspace/{page}/", typed)
    text = answer.content.decode()
    assert answer.status_code == status
    assert "Two laws &lt;b&gt;passed&lt;/b&gt;." in text
    assert "Lo que escribió, para copiar" in text
    assert not [word for word in ("secret", "token") if word in text]
    empty = client.post(f"/workspace/{page}/", {"version": "3"}).content.decode()
    assert "What you typed" not in empty
