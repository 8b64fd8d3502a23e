"""How the web server runs, here and in the container: `gunicorn --config python:tracker.gunicorn_conf`.

Synchronous workers behind a proxy: threads lose up to half on pages whose work is rendering.
"""

import os
from pathlib import Path

from tracker import environment as read

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
