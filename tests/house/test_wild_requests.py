"""Wild requests over every public address: an answer in words, never a fault.

5,000 of them, the same in every run; `WILD_REQUESTS=100000 pytest tests/house/test_wild_requests.py` for a long one.
"""

import os
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_from_bytes

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.cast import Cast
from tests.house.test_rendered_words import ABOUT, NOT_HERE
from tests.house.test_routes import PUBLIC, world

__all__ = ["world"]  # the fixture that gives every address something to be about

REQUESTS = int(os.environ.get("WILD_REQUESTS", "5000"))
SEED = 20221
LANGUAGES = ("en", "es", "pt", "fr", "de", "EN", "es-419", "xx", "")
NAMES = (
    "q", "country", "mechanism", "pillar", "group", "status", "life", "horizon", "kind", "maker", "due_before",
    "page", "view", "since", "after", "before", "order", "format", "of", "with", "next", "utm_source", "gclid",
    "fbclid", "csrf", "language", "code", "%00", "q[]", "a" * 300, "ñ", "",
)  # fmt: skip
VALUES = (
    "", "COL", "lad", "1", "0", "-1", "99999999999999999999", "1e9", "NaN", "٣", "²", "ended", "map", "table", "csv",
    "2023-01-01", "2026-02-30", "0000-00-00", "9999-12-31", "\x00", "a\x00b", "\u202e", "\ufeff", "😀" * 40, "x" * 3000,
    "'; DROP TABLE x; --", '"', '"""', "*", "a*", "NEAR(a b)", "AND OR NOT", "(", "%", "%s", "{{7*7}}", "<script>",
    "../../etc/passwd", "//example.org/", "javascript:alert(1)", "\r\nSet-Cookie: a=b", "[]", "{}", "null", "true",
)  # fmt: skip
HEADERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("accept-language", ("", "de", "pt-BR;q=0.5, fr", "*", "x" * 5000, "es;q=9", ";;,,")),
    ("if-none-match", ("*", 'W/"x"', '"a", W/"b"', "garbage", '"' * 50)),
    ("if-modified-since", ("yesterday", "Thu, 99 Foo 2026 99:99:99 GMT", "0", "")),
    ("accept-encoding", ("br", "gzip;q=0", "identity;q=0, *;q=0", "x, y, z")),
    ("range", ("bytes=0-0", "bytes=-1", "bytes=9-1", "lines=1")),
    ("cookie", ("sessionid=wild", "csrftoken=", "a=b; =; ;", "theme=\x7f")),
    ("accept", ("application/json", "text/csv", "*/*;q=x", "")),
    ("referer", ("//", "http://[::1", "https://example.org/\x01")),
)
METHODS = ("get",) * 12 + ("head", "head", "post", "put", "delete", "options", "patch", "trace")


def addresses() -> list[str]:
    """Every public address in every language, with its world's own arguments."""
    found = []
    for language in ("en", "es", "pt", "fr"):
        with translation.override(language):
            found += [reverse(name, kwargs=ABOUT.get(name)) for name in sorted(PUBLIC - NOT_HERE)]
    return found


def wild(chance: random.Random, known: list[str]) -> tuple[str, str, dict[str, str]]:
    """One request: a method, an address, headers."""
    path = chance.choice(known)
    turn: Callable[[], bool] = lambda: chance.random() < 0.3  # noqa: E731
    parts = path.strip("/").split("/")
    if turn():
        parts[0] = chance.choice(LANGUAGES)
    if len(parts) > 1 and turn():
        parts[chance.randrange(1, len(parts))] = _bytes(chance)
    if turn():
        parts.insert(chance.randrange(len(parts) + 1), _bytes(chance))
    path = "/" + "/".join(parts) + ("" if turn() else "/")
    if chance.random() < 0.7:
        pairs = [(chance.choice(NAMES), _value(chance)) for _ in range(chance.choice((1, 1, 2, 3, 8)))]
        path += "?" + "&".join(f"{_quoted(name)}={value}" for name, value in pairs)
    headers = {name: chance.choice(values) for name, values in HEADERS if chance.random() < 0.12}
    return chance.choice(METHODS), path, headers


def _quoted(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="[]%")


def _value(chance: random.Random) -> str:
    return _bytes(chance) if chance.random() < 0.2 else _quoted(chance.choice(VALUES))


def _bytes(chance: random.Random) -> str:
    """A text of a list, or bytes that are no letters, as they stand in an address."""
    if chance.random() < 0.5:
        return quote(chance.choice(VALUES).encode("utf-8", "surrogatepass"), safe="")
    return quote_from_bytes(chance.randbytes(chance.randrange(1, 12)), safe="")


@pytest.mark.django_db
@pytest.mark.timeout(600 + REQUESTS // 20)
@pytest.mark.parametrize("kept_ready", [False, True], ids=["made anew", "kept ready"])
def test_no_request_is_a_fault(
    cast: Cast, world: dict[str, dict[str, Any]], settings: Any, kept_ready: bool, tmp_path: Path
) -> None:
    settings.READY_PAGES, settings.ACCOUNT_RATE_LIMITS = kept_ready, {}
    cache.clear()
    chance, known = random.Random(f"{SEED} {kept_ready}"), addresses()
    answered, faults = Counter[int](), []
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    for _ in range(REQUESTS // 2):
        method, address, headers = wild(chance, known)
        answer = client.generic(method.upper(), address, headers=headers)
        if answer.streaming:
            b"".join(answer.streaming_content)
        answered[answer.status_code] += 1
        if answer.status_code >= 500:
            faults.append((method, address, headers))
        client.cookies.clear()
    cache.clear()
    assert faults == []
    assert {200, 302, 400, 403, 404} <= {*answered}, "the requests reach pages, refusals and what is not there"
