"""What the tests of sign-in share: nobody throttled at the start, somebody with a password, a mail server."""

from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from django.core.cache import cache
from django.utils import timezone

from accounts.models import User
from commitments.notices.delivery import send_due
from tests.accounts.letters import PostOffice
from tests.cast import PASSWORD, Cast
from tests.servers import SmtpSink


@pytest.fixture(autouse=True)
def nobody_is_throttled() -> Iterator[None]:
    """The counters of attempts live in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def camila(cast: Cast) -> User:
    """Colombia's focal point (Spanish, Bogotá), with the password of the tests."""
    cast.focal_colombia.set_password(PASSWORD)
    cast.focal_colombia.save()
    return cast.focal_colombia


@pytest.fixture
def post_office(smtp_sink: SmtpSink) -> PostOffice:
    """Send what is owed now; the letters to one address."""

    def letters(address: str) -> list[EmailMessage]:
        send_due(clock=timezone.now)
        return smtp_sink.to(address)

    return letters
