"""Two small pages on the loopback address: the list of messages, and one message. Read only, no script."""

import re
from collections.abc import Iterator
from email.message import EmailMessage
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tracker.mailbox import keeping

#: Names by which this machine may be asked: a page elsewhere that points its own name here is refused.
HOSTS = {"localhost", "127.0.0.1"}
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>{title}</title></head>
<body><main><h1>{title}</h1>
{body}
</main></body></html>
"""


def page_server(directory: Path, host: str, port: int) -> ThreadingHTTPServer:
    """A server of the pages about the messages in a directory, not yet serving."""

    class Pages(_Pages):
        mail = directory

    return ThreadingHTTPServer((host, port), Pages)


class _Pages(BaseHTTPRequestHandler):
    mail: Path
    server_version = "mailbox"
    sys_version = ""

    def do_GET(self) -> None:  # the base class's name
        if self.headers.get("Host", "").rpartition(":")[0] not in HOSTS:
            self._answer(HTTPStatus.FORBIDDEN, "Refused", "<p>This mailbox is read from its own machine.</p>")
        elif self.path == "/":
            self._answer(HTTPStatus.OK, "Sent mail", "\n".join(_rows(self.mail)))
        else:
            self._message(self.path.removeprefix("/"))

    do_HEAD = do_GET  # noqa: N815  # the base class's name

    def _message(self, name: str) -> None:
        message = keeping.named(self.mail, name)
        if message is None:
            self._answer(HTTPStatus.NOT_FOUND, "No such message", '<p><a href="/">All messages</a></p>')
            return
        self._answer(HTTPStatus.OK, escape(str(message["Subject"] or "(no subject)")), "\n".join(_parts(message)))

    def _answer(self, status: HTTPStatus, title: str, body: str) -> None:
        page = _PAGE.format(title=title, body=body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.send_header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the base class's name
        """Reading mail is not worth a line in the log."""


def _rows(directory: Path) -> Iterator[str]:
    rows = list(keeping.newest(directory))
    if not rows:
        yield "<p>No mail yet.</p>"
        return
    yield '<table><thead><tr><th scope="col">Date</th><th scope="col">To</th><th scope="col">Subject</th></tr></thead>'
    yield "<tbody>"
    for name, message in rows:
        date, to = (escape(str(message[header] or "")) for header in ("Date", "To"))
        subject = escape(str(message["Subject"] or "(no subject)"))
        yield f'<tr><td>{date}</td><td>{to}</td><td><a href="/{escape(name)}">{subject}</a></td></tr>'
    yield "</tbody></table>"


def _parts(message: EmailMessage) -> Iterator[str]:
    yield '<p><a href="/">All messages</a></p><dl>'
    for header in ("From", "To", "Date", "Reply-To", "Message-ID"):
        if message[header]:
            yield f"<dt>{header}</dt><dd>{escape(str(message[header]))}</dd>"
    yield f"</dl><pre>{_linked(keeping.text_of(message))}</pre>"
    names = [part.get_filename() for part in message.iter_attachments()]
    if names:
        yield f"<p>Attached: {escape(', '.join(name or '(no name)' for name in names))}</p>"


def _linked(text: str) -> str:
    """Escaped text in which addresses can be followed."""
    parts: list[str] = []
    end = 0
    for found in _ADDRESS.finditer(text):
        address = escape(found.group())
        parts += [escape(text[end : found.start()]), f'<a href="{address}">{address}</a>']
        end = found.end()
    return "".join([*parts, escape(text[end:])])
