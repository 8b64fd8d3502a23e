"""Typed reading of environment variables. A wrong value stops the start with one clear sentence."""

import hashlib
import os
import re
import tempfile
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

#: Unix socket paths hold 108 bytes; the broker's file name and some reserve come off that.
SOCKET_PATH_LIMIT = 90


def boolean(name: str, default: bool) -> bool:
    """A yes/no variable: 1, true, yes, on or 0, false, no, off. Anything else is refused."""
    text = os.environ.get(name, "").strip().lower()
    if not text:
        return default
    if text in {"1", "true", "yes", "on"}:
        return True
    if text in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {text!r}.")


def integer(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number between two bounds, both allowed."""
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    try:
        number = int(text)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {text!r}.") from None
    if not least <= number <= most:
        raise ImproperlyConfigured(f"{name} must lie between {least} and {most}, not {number}.")
    return number


def port_beside(port: int, distance: int) -> int:
    """A second port derived from a first: above it, or below it where the numbers end."""
    return port + distance if port + distance <= 65535 else port - distance


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """One word of a fixed list."""
    text = os.environ.get(name, "").strip() or default
    if text not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}, not {text!r}.")
    return text


def zone(name: str, default: str) -> ZoneInfo:
    """A time zone by its name in the IANA's list."""
    text = os.environ.get(name, "").strip() or default
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ImproperlyConfigured(f"{name} must name a time zone such as America/Panama, not {text!r}.") from None


def words(name: str, default: list[str]) -> list[str]:
    """A comma-separated list; empty parts are dropped."""
    text = os.environ.get(name, "").strip()
    return [part.strip() for part in text.split(",") if part.strip()] if text else default


def text(name: str) -> str:
    """A text as it is given; empty where nothing is."""
    return os.environ.get(name, "").strip()


#: The licence of the open data unless another is named: its code (SPDX), and where it stands.
LICENCE = ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/")


def licence() -> tuple[str, str]:
    """The licence of the open data: its code (SPDX) and where it stands; both empty for `none`."""
    code, link = text("DATA_LICENCE"), text("DATA_LICENCE_URL")
    if not (code or link):
        return LICENCE
    if code.lower() == "none" and not link:
        return "", ""
    if bool(code) != bool(link):
        raise ImproperlyConfigured("DATA_LICENCE and DATA_LICENCE_URL go together: a code such as CC-BY-4.0, a link.")
    if code and not (re.fullmatch(r"[-A-Za-z0-9._]+", code) and re.fullmatch(r"https?://[!#-;=?-~]+", link)):
        raise ImproperlyConfigured("DATA_LICENCE must be a code such as CC-BY-4.0, DATA_LICENCE_URL an address.")
    return code, link


def runtime_dir(data_dir: Path) -> Path:
    """Where sockets live: inside the data directory, or a short private directory when that path is too long."""
    inside = data_dir / "run"
    if len(str(inside)) <= SOCKET_PATH_LIMIT:
        return inside
    mark = hashlib.sha256(str(data_dir).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"tracker-{os.getuid()}-{mark}"


def broker_url(run_dir: Path) -> str:
    """The broker's address: REDIS_URL when given, else the embedded server's socket."""
    given = os.environ.get("REDIS_URL", "").strip()
    if not given:
        return f"redis+socket://{quote(str(run_dir / 'broker.sock'))}"
    if not given.startswith(("redis://", "rediss://", "redis+socket://", "unix://")):
        raise ImproperlyConfigured("REDIS_URL must start with redis://, rediss:// or unix://.")
    return given.replace("unix://", "redis+socket://", 1)


def database(data_dir: Path) -> dict[str, object]:
    """The database: PostgreSQL from DATABASE_URL, else SQLite (WAL, IMMEDIATE) in the data directory."""
    url = os.environ.get("DATABASE_URL", "").strip()
    if not url:
        return sqlite(data_dir / "tracker.sqlite3")
    try:
        parsed: dict[str, object] = environ.Env.db_url_config(url)
    except Exception as problem:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {problem}") from None
    if str(parsed.get("ENGINE", "")).endswith("sqlite3"):
        return sqlite(Path(str(parsed["NAME"])))
    if not str(parsed.get("ENGINE", "")).endswith("postgresql"):
        raise ImproperlyConfigured("DATABASE_URL must name PostgreSQL (postgres://…) or SQLite (sqlite:///…).")
    parsed["CONN_MAX_AGE"] = integer("DATABASE_CONN_MAX_AGE", 60, least=0, most=3600)
    parsed["CONN_HEALTH_CHECKS"] = True
    parsed["OPTIONS"] = {
        **dict(parsed.get("OPTIONS") or {}),  # type: ignore[call-overload]  # django-environ returns untyped options
        "options": "-c statement_timeout=15s -c lock_timeout=3s -c idle_in_transaction_session_timeout=30s",
    }
    return parsed


def sqlite(path: Path) -> dict[str, object]:
    """SQLite that two processes may write: WAL, one writer at a time, waits instead of failing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        # Opening costs more than most pages ask: each thread keeps its connection for a minute.
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "timeout": 10,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
        "TEST": {"NAME": str(path.parent / f"test-{path.name}")},
    }
