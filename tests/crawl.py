"""Walking the public site as a stranger does: every link, every choice of every form that only asks."""

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from django.test import Client

#: Trees that are not for everybody, or that end something.
ELSEWHERE = re.compile(r"^/[a-z]{2}/(workspace|account)/|^/(mailbox|static)/|/choose-language/")
#: A form's token, which differs each time it is shown.
_TOKEN = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[^"]+')
#: What a stranger types into a field for text.
TYPED = "canary"


@dataclass(frozen=True)
class Seen:
    """What an address answers: its status, its headers without those that name the request, its bytes."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def look(client: Client, address: str) -> Seen:
    """Ask for one address."""
    answer: Any = client.get(address, headers={"accept-encoding": "identity"})
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    body = _TOKEN.sub(b"", body)
    headers = {name: value for name, value in answer.items() if name != "X-Request-ID"}
    return Seen(answer.status_code, tuple(sorted(headers.items())), body)


def crawl(starts: Iterable[str], *, client: Client | None = None) -> dict[str, Seen]:
    """Every address that can be reached from these, with what it answers.

    A form is asked once for each choice it offers, alone. Chains of choices are not followed: an address with a query
    is looked at, and of its links only those without one are walked on.
    """
    client = client or Client()
    waiting, found = deque(starts), dict[str, Seen]()
    while waiting:
        address = waiting.popleft()
        if address in found or ELSEWHERE.search(address):
            continue
        seen = found[address] = look(client, address)
        kind = dict(seen.headers).get("Content-Type", "")
        if seen.status == 200 and kind.startswith("text/html"):
            waiting.extend(_ways_on(address, seen.body.decode()))
        elif seen.status in {301, 302}:
            waiting.append(_bare(urljoin(address, dict(seen.headers)["Location"])))
    return found


def _ways_on(address: str, page: str) -> list[str]:
    reader = _Page()
    reader.feed(page)
    asked = bool(urlsplit(address).query)
    ways = [_bare(urljoin(address, link)) for link in reader.links]
    ways += [
        _bare(f"{urljoin(address, form.action or address).split('?')[0]}?{urlencode([choice])}")
        for form in reader.forms
        if form.method == "get" and not asked
        for choice in form.choices
    ]
    own = [way for way in ways if way.startswith("/") and not way.startswith("//")]
    return [way for way in own if not (asked and urlsplit(way).query)]


def _bare(address: str) -> str:
    """An address of this site without host and anchor; any other as it is."""
    parts = urlsplit(address)
    if parts.scheme not in {"", "http", "https"} or parts.hostname not in {None, "testserver", "localhost"}:
        return address
    query = urlencode(parse_qsl(parts.query, keep_blank_values=True))
    return parts.path + (f"?{query}" if query else "")


@dataclass
class _Form:
    action: str
    method: str
    choices: list[tuple[str, str]] = field(default_factory=list)


class _Page(HTMLParser):
    """The links of a page and its forms with their choices."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[_Form] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in {"a", "link", "iframe", "img"}:
            self.links += [given[name] for name in ("href", "src") if given.get(name)]
        elif tag == "meta" and given.get("property") == "og:image":
            self.links.append(given.get("content", ""))
        elif tag == "form":
            self.forms.append(_Form(given.get("action", ""), given.get("method", "get").lower()))
        elif tag == "select":
            self._select = given.get("name", "")
        elif tag == "option" and self._select and self.forms:
            self.forms[-1].choices.append((self._select, given.get("value", "")))
        elif tag == "input" and given.get("name") and self.forms:
            kind = given.get("type", "text")
            self.forms[-1].choices.append(
                (given["name"], TYPED if kind in {"text", "search"} else given.get("value", ""))
            )
