"""The mailbox of development: keeps every message, shows it on this machine alone, runs nothing of it."""

import http.client
import signal
import smtplib
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests import servers
from tracker import probe

pytestmark = [pytest.mark.servers, pytest.mark.once]
ROOT = Path(__file__).resolve().parents[2]


class Mailbox:
    """A running mailbox."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.smtp_port, self.page_port = servers.free_port(), servers.free_port()

    @property
    def command(self) -> list[str]:
        places = [f"--directory={self.directory}", f"--smtp-port={self.smtp_port}", f"--page-port={self.page_port}"]
        return [sys.executable, "-m", "tracker.mailbox", *places]

    def send(self, message: EmailMessage) -> None:
        with smtplib.SMTP("127.0.0.1", self.smtp_port) as post:
            post.send_message(message)

    def get(self, path: str = "/", host: str | None = None, method: str = "GET") -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.page_port, timeout=10)
        connection.request(method, path, headers={"Host": host or f"localhost:{self.page_port}"})
        answer = connection.getresponse()
        assert answer.status >= 500 or "default-src 'none'" in answer.headers["Content-Security-Policy"]
        return answer.status, answer.read().decode()


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Mailbox]:
    running = Mailbox(tmp_path / "mail")
    with servers.process(running.command, cwd=ROOT) as process:
        servers.wait_until(lambda: servers.listens(running.smtp_port) and servers.listens(running.page_port), "mailbox")
        yield running
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


def letter(subject: str, text: str, html: str = "") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "secretariat@example.org", "a@example.org", subject
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def test_a_message_is_kept_and_its_links_can_be_followed(mailbox: Mailbox) -> None:
    assert "No mail yet." in mailbox.get()[1]
    mailbox.send(letter("Invitación", "Abra http://localhost:8000/es/x/?a=1&b=2 hoy.\n", "<p>Hola</p>"))
    mailbox.send(letter("Second", "Text"))
    names = sorted(path.stem for path in mailbox.directory.glob("*.eml"))
    assert len(names) == 2
    status, page = mailbox.get()
    assert (status, page.index("Second") < page.index("Invitación")) == (200, True)
    status, page = mailbox.get(f"/{names[0]}")
    link = "http://localhost:8000/es/x/?a=1&amp;b=2"
    assert (status, f'<a href="{link}">{link}</a> hoy.' in page) == (200, True)


def test_what_a_message_contains_is_text_and_nothing_else(mailbox: Mailbox) -> None:
    mailbox.send(letter("<script>alert(1)</script>", "<img src=x onerror=alert(1)> http://x.example/'><b>"))
    for path in ("/", f"/{next(mailbox.directory.glob('*.eml')).stem}"):
        page = mailbox.get(path)[1]
        assert "<script" not in page
        assert "<img" not in page
        assert "<b>" not in page


@pytest.mark.parametrize("path", ["/../../etc/passwd", "/%2e%2e/secret", "/nothing", "/."])
def test_only_messages_can_be_read(mailbox: Mailbox, path: str) -> None:
    (mailbox.directory.parent / "secret.eml").write_text("Subject: secret\n\nsecret")
    status, page = mailbox.get(path)
    assert (status, "secret" in page.replace(path, "")) == (404, False)


def test_another_name_and_another_verb_are_refused(mailbox: Mailbox) -> None:
    assert mailbox.get(host="evil.example:80")[0] == 403
    assert mailbox.get(method="POST")[0] == 501


def test_the_probe_tells_health_by_its_exit_code(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"http://127.0.0.1:{mailbox.page_port}/"
    monkeypatch.setenv("ALLOWED_HOSTS", f"localhost:{mailbox.page_port}, other.example")
    assert probe.main([address]) == 0
    monkeypatch.setenv("ALLOWED_HOSTS", "other.example:1")
    assert probe.main([address]) == 1
    assert probe.main([f"http://127.0.0.1:{servers.free_port()}/"]) == 1
