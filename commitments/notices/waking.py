"""Waking the worker by name. The broker may be down: then the next minute's tick does the same."""

import logging
import time

from celery import current_app
from django.db import transaction

TASK = "notices.send_due"
#: All that a person waiting for an answer may lose to a broker that does not speak, in seconds.
PATIENCE = 0.4
#: After a failure nothing is tried for so many seconds: a silent broker costs one person once, not each one each time.
REST = 10.0

logger = logging.getLogger(__name__)
_silent_until = 0.0


def kick() -> None:
    """Have due messages sent at once, when what is being written now is safely stored."""
    transaction.on_commit(wake, robust=True)


def wake(task: str = TASK) -> bool:
    """Publish a task; False when the broker could not be reached. Nothing is lost by that."""
    global _silent_until
    if time.monotonic() < _silent_until:
        return False
    try:
        _publish(task)
    except Exception as problem:  # whatever ails the broker, the person who saved something gets their answer
        _silent_until = time.monotonic() + REST
        logger.warning("The broker does not answer (%s); the next tick does it.", type(problem).__name__)
        return False
    return True


def _publish(task: str) -> None:
    options = {
        **current_app.conf.broker_transport_options,
        "socket_timeout": PATIENCE,
        "socket_connect_timeout": PATIENCE,
        # kombu's own loop around the first connection knows no end unless told.
        "max_retries": 0,
    }
    with current_app.connection_for_write(transport_options=options, connect_timeout=PATIENCE) as line:
        current_app.send_task(task, connection=line, retry=False, ignore_result=True)
