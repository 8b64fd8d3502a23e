"""Whether the programs do their work, asked of each where it can be seen from outside."""

import http.client
import socket
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connections
from redis import Redis, RedisError

from commitments.notices.models import Heartbeat
from tracker import gunicorn_conf
from tracker.supervisor import plan

Check = Callable[[], bool]


def broker_answers() -> bool:
    """The broker answers a PING."""
    try:
        with Redis.from_url(settings.CACHE_URL, socket_timeout=2, socket_connect_timeout=2) as client:
            return bool(client.ping())
    except (RedisError, OSError):
        return False


def mailbox_listens() -> bool:
    """Both doors of the mailbox are open."""
    return all(_listens(port) for port in (settings.MAILBOX_SMTP_PORT, settings.MAILBOX_PAGE_PORT))


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def web_answers() -> bool:
    """The web process answers, and the first page that a reader sees can be made."""
    return _status("/healthz") == 200 and _status(FIRST_PAGE) in {200, 301, 302}


#: The overview.
FIRST_PAGE = "/en/"


def _status(path: str) -> int:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(gunicorn_conf.HOST, gunicorn_conf.HOST)  # noqa: S104  # compared
    name = next((name for name in settings.ALLOWED_HOSTS if not name.startswith(("*", "."))), "localhost")
    connection = http.client.HTTPConnection(host, settings.PORT, timeout=30)
    try:
        connection.request("GET", path, headers={"Host": name})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def last_scan() -> datetime | None:
    """When the worker last finished looking at what is owed: the end of the chain beat, broker, worker, database."""
    try:
        beat = Heartbeat.objects.filter(job="send_due").first()
        return beat.finished_at if beat else None
    except DatabaseError:
        return None
    finally:
        connections.close_all()


def checks(rank: int, started: datetime) -> dict[str, Check]:
    """What to ask of the programs of a rank, by name. Worker and beat prove each other by their first common scan."""
    if rank == 0:
        mailbox: dict[str, Check] = {"mailbox": mailbox_listens} if plan.needs_mailbox() else {}
        return {"broker": broker_answers, **mailbox}

    def scanned() -> bool:
        moment = last_scan()
        return moment is not None and moment >= started

    return {"web": web_answers, "worker": scanned, "beat": scanned}
