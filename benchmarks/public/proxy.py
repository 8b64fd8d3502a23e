"""Row 3: the overview as nginx keeps it before the product, beside a file of the same size from the same nginx.

Both are asked for by wrk: a client in Python is slower than nginx and would measure itself.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.measure import Effort
from benchmarks.public.stage import OVERVIEW
from benchmarks.report import Line, at_least, told
from benchmarks.servers import Server, answers, fetch
from tests.servers import free_port, process, wait_until

PROGRAMS = ("nginx", "wrk")
#: What the kept page has to reach of the file, and how many times the bare project's smallest page.
SHARE, TIMES = 0.8, 8.0
FILE = "/file.html"
#: As docs/running.md gives it: nginx keeps what the product's own headers allow, one copy packed and one not. With the
#: header Vary it would look into both for each reader.
CONFIGURATION = """
daemon off;
worker_processes 1;
pid {place}/pid;
error_log {place}/errors;
events {{ worker_connections 256; }}
http {{
  access_log off;
  default_type text/html;
  client_body_temp_path {place}/body;
  fastcgi_temp_path {place}/fastcgi;
  uwsgi_temp_path {place}/uwsgi;
  scgi_temp_path {place}/scgi;
  proxy_temp_path {place}/proxy;
  sendfile on;
  tcp_nopush on;
  proxy_cache_path {place}/kept keys_zone=pages:1m;
  map $http_accept_encoding $packing {{ default ""; ~*gzip gzip; }}
  server {{
    listen 127.0.0.1:{port};
    location = {file} {{ root {place}; }}
    location / {{
      proxy_pass http://127.0.0.1:{behind};
      proxy_set_header Host $http_host;
      proxy_set_header Accept-Encoding $packing;
      proxy_cache pages;
      proxy_cache_key "$host$request_uri $packing";
      proxy_ignore_headers Vary;
      add_header X-Kept $upstream_cache_status;
    }}
  }}
}}
"""


class NotKeptError(Exception):
    """nginx handed the request on, though the answer before it was the same."""


def lines(ours: Server, bare: Server, effort: Effort) -> list[Line]:
    """The lines of row 3; one that says why, where a program is missing."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing:
        return [Line("3 behind nginx", f"not measured: no {' and no '.join(missing)}")]
    with _nginx(ours.port) as port:
        rounds = [
            (_rate(port, OVERVIEW, effort), _rate(port, FILE, effort), _rate(bare.port, "/hello", effort))
            for _round in range(effort.rounds)
        ]
    page, file, hello = (median(rates) for rates in zip(*rounds, strict=True))
    held = [rates[0] for rates in rounds]
    noise = told((max(held) - min(held)) / page)
    return [
        _line(f"3 behind nginx: answers, 8 connections, {FILE}", page, file, SHARE, noise),
        _line("3 behind nginx: answers, 8 connections, /hello", page, hello, TIMES, noise),
    ]


def _line(what: str, here: float, anchor: float, least: float, noise: str) -> Line:
    ratio = here / anchor
    return Line(
        what, f"{here:.0f}/s", f"{anchor:.0f}/s", f"{ratio:.2f}", f">= {least:g}", at_least(ratio, least), noise
    )


@contextmanager
def _nginx(behind: int) -> Iterator[int]:
    """Nginx before a server, on a port of its own, with the page in its store and a file of the page's size."""
    with TemporaryDirectory() as folder:
        place, port = Path(folder), free_port()
        place.chmod(0o755)
        configuration = place / "nginx.conf"
        configuration.write_text(CONFIGURATION.format(place=place, port=port, behind=behind, file=FILE))
        with process(["nginx", "-c", str(configuration), "-e", str(place / "errors")]):
            wait_until(lambda: answers(port, OVERVIEW, 200), "nginx")
            page = fetch(port, OVERVIEW, encoding="gzip")
            if page.headers.get("x-kept") != "HIT":
                fetch(port, OVERVIEW, encoding="gzip")
                page = fetch(port, OVERVIEW, encoding="gzip")
            if page.headers.get("x-kept") != "HIT":
                raise NotKeptError(page.headers)
            file = place / FILE.removeprefix("/")
            file.write_bytes(bytes(len(page.body)))
            file.chmod(0o644)
            yield port


def _rate(port: int, address: str, effort: Effort) -> float:
    """Answers a second to eight connections that ask for what is compressed."""
    asked = ["wrk", "-t1", "-c8", f"-d{max(1, round(effort.seconds))}s", "-H", "Accept-Encoding: gzip"]
    said = subprocess.run(
        [*asked, f"http://127.0.0.1:{port}{address}"], capture_output=True, text=True, check=True
    ).stdout
    if re.search(r"Non-2xx|Socket errors", said):
        raise NotKeptError(said)
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert found is not None, said  # noqa: S101  # wrk's own last line
    return float(found[1])
