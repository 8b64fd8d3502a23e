"""What people read when the product itself fails: the reference under which the log has it."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import path

from tracker.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500"]


def fail(request: HttpRequest) -> None:
    """A page that has a mistake in it."""
    raise RuntimeError("a mistake of ours")


urlpatterns = [path("fails/", fail)]


@pytest.mark.urls(__name__)
@pytest.mark.once
def test_failure_shows_its_reference_in_every_language(settings: Any) -> None:
    client = Client(raise_request_exception=False)
    answer = client.get("/fails/")
    mark = answer["X-Request-ID"]
    assert answer.status_code == 500
    text = answer.content.decode()
    assert [f"{word} {mark}" in text for word in ("Reference:", "Referencia:", "Referência:", "Référence :")] == [
        True
    ] * 4
