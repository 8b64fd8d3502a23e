"""How the web server runs, here and in the container: `gunicorn --config python:tracker.gunicorn_conf`.

Synchronous workers behind a proxy: threads lose up to half on pages whose work is rendering.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from tracker import environment as read

#: A file may go on for so long, as long as its reader takes some of it within `timeout`.
LONGEST_SECONDS = 900
Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

HOST = os.environ.get("HOST", "").strip() or "127.0.0.1"

bind = f"{HOST if ':' not in HOST else f'[{HOST}]'}:{read.integer('PORT', 8000, least=1, most=65535)}"
workers = read.integer("WEB_WORKERS", 2, least=1, most=64)
worker_class = "sync"
# Loaded once and shared by the workers: less memory, and the first page of each costs no import.
preload_app = True
timeout = 30
graceful_timeout = 10
max_requests = 5000
max_requests_jitter = 500
# Gunicorn touches a file in here to show that a worker lives; on a slow disk that would look like a hang.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  # a file without a name
errorlog = "-"
loglevel = read.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")).lower()
control_socket_disable = True


class Beating:
    """An answer in parts: with each part that is taken the worker shows that it lives."""

    def __init__(self, parts: Iterable[bytes], notify: Callable[[], None], longest: float) -> None:
        self.parts, self.notify, self.longest = parts, notify, longest

    def __iter__(self) -> Iterator[bytes]:
        end = time.monotonic() + self.longest
        for part in self.parts:
            if time.monotonic() < end:
                self.notify()
            yield part

    def close(self) -> None:
        """Let go of what the parts are made of."""
        close = getattr(self.parts, "close", None)
        if close is not None:
            close()


def beating(application: Application, notify: Callable[[], None], longest: float = LONGEST_SECONDS) -> Application:
    """The application, whose answers of many parts are not taken for a worker that hangs.

    A synchronous worker shows that it lives between two requests alone: a long file would end with `timeout`, in the
    middle. Who takes nothing for that long is still cut off. What the server sends by itself is left to it.
    """

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        parts = application(environ, start_response)
        by_the_server = environ.get("wsgi.file_wrapper")
        return parts if by_the_server and isinstance(parts, by_the_server) else Beating(parts, notify, longest)

    return answer


def post_worker_init(worker: Any) -> None:
    """Called by gunicorn in each worker that has begun."""
    worker.wsgi = beating(worker.wsgi, worker.notify)
