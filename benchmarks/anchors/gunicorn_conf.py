"""How the anchor is served: as the product is (tracker.gunicorn_conf). Measurements refuse to run when it is not."""

import os
from pathlib import Path

bind = f"127.0.0.1:{int(os.environ['PORT'])}"
workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "sync"
preload_app = True
timeout = 30
graceful_timeout = 10
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  # a file without a name
errorlog = "-"
loglevel = "warning"
control_socket_disable = True
