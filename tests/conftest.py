"""Fixtures that every test may use: the cast, real servers, and a database whose history refuses to be rewritten."""

import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TestCase, TransactionTestCase
from django.utils import translation
from kombu import pools

from commitments.history import kept, triggers
from tests import cast as people
from tests import servers
from tracker import celery_app

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def _only_loopback(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse every connection that would leave this machine: no test may reach a real mail host or service."""
    if event == "socket.connect" and isinstance(arguments[1], tuple) and arguments[1][0] not in LOOPBACK:
        raise RuntimeError(f"a test tried to reach {arguments[1][0]}")


def pytest_configure(config: pytest.Config) -> None:
    """Close the network for this process."""
    sys.addaudithook(_only_loopback)


@pytest.fixture(scope="session", autouse=True)
def emptying_the_database_lifts_its_triggers() -> Iterator[None]:
    """Transactional tests end with `flush`, which append-only tables refuse: lift their triggers around it alone."""
    original = TransactionTestCase._fixture_teardown

    def emptied(case: TransactionTestCase) -> None:
        if isinstance(case, TestCase):
            original(case)
            return
        tables = triggers.append_only_tables()
        with connection.schema_editor() as editor:
            triggers.drop(tables, editor)
        try:
            original(case)
        finally:
            with connection.schema_editor() as editor:
                triggers.install(tables, editor)

    TransactionTestCase._fixture_teardown = emptied
    yield
    TransactionTestCase._fixture_teardown = original


@pytest.fixture(autouse=True)
def every_test_begins_in_english() -> Iterator[None]:
    """A page leaves its language active in the thread that made it: no test may begin in another one's."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def every_test_begins_with_nothing_counted() -> None:
    """Attempts to sign in are counted in the cache, by a clock that many tests hold still.

    A version of the record comes again where a test's changes were taken back: nothing is kept of it either.
    """
    cache.clear()
    kept.forget()


@pytest.fixture
def cast(db: None) -> people.Cast:
    """The named people, with their posts."""
    return people.assemble()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """The address of a real, private Redis."""
    with servers.redis() as url:
        yield url


@pytest.fixture
def smtp_sink(settings: Any) -> Iterator[servers.SmtpSink]:
    """A real mail server; Django's mail goes there too."""
    with servers.smtp() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", sink.port, False
        yield sink


@pytest.fixture
def published_to(redis_server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The private Redis, to which the process of the tests publishes its tasks."""
    # Celery reads this variable before its configuration, each time it opens a connection.
    monkeypatch.setenv("CELERY_BROKER_URL", redis_server)
    _forget_connections()
    yield redis_server
    celery_app.control.purge()
    _forget_connections()


def _forget_connections() -> None:
    pools.reset()
    celery_app._pool = celery_app.amqp._producer_pool = None


@pytest.fixture
def worker(transactional_db: None, published_to: str, smtp_sink: servers.SmtpSink) -> Iterator[servers.Worker]:
    """A real worker on Redis, working on the database of the test and mailing to `smtp_sink`."""
    environment = {"REDIS_URL": published_to, "DATABASE_URL": _database_url(), **smtp_sink.environment}
    with servers.celery_worker(environment) as running:
        yield running


@pytest.fixture
def database_url(transactional_db: None) -> str:
    """The address of the test's database, for another process."""
    return _database_url()


def _database_url() -> str:
    held = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{held['NAME']}"
    return f"postgres://{held['USER']}@/{held['HOST']}/{held['NAME']}"
