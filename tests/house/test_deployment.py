"""What an installation reads: compose file, environment, production settings. Nothing in them may be a guess."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from tracker import celery_app

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parents[2]
COMPOSE = ROOT / "docker-compose.yml"
SERVICES = {"prepare", "web", "worker", "beat", "redis", "postgres"}
#: A complete set for production; every test that changes one thing starts from here.
PRODUCTION = {
    "TRACKER_ENV": "production",
    "SECRET_KEY": "k7-Vh2mQx9Zr4Tn8Lw3Pb6Yc1Dg5Jf0Se_Ua7Ki2Oe9Rt4Wq8Xv3Bn6Mz1",
    "ALLOWED_HOSTS": "tracker.example.org",
    "SITE_URL": "https://tracker.example.org",
    "DATABASE_URL": "postgres://tracker:secret@127.0.0.1:1/tracker",
    "REDIS_URL": "redis://:secret@127.0.0.1:1/0",
    "EMAIL_HOST": "127.0.0.1",
    "DEFAULT_FROM_EMAIL": "Secretariat <secretariat@example.org>",
}


def run(command: list[str], tmp_path: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, under production settings with some changes."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = kept | PRODUCTION | {"DATA_DIR": str(tmp_path)} | changes
    command = [sys.executable if word == "python" else word for word in command]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120)


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(COMPOSE.read_text())
    return loaded


def read_variables() -> set[str]:
    """Every environment variable that the code of the product reads, by name."""
    names = set()
    for path in (ROOT / "tracker").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if not isinstance(call, ast.Call) or not call.args:
                continue
            asked, name = ast.unparse(call.func), call.args[0]
            typed = ("boolean", "integer", "choice", "words", "text", "zone")
            readers = ("os.environ.get", *(f"read.{reader}" for reader in typed))
            own = typed if path.name == "environment.py" else ()
            if asked in (*readers, *own) and isinstance(name, ast.Constant):
                names.add(str(name.value))
    return names


def compose_variables() -> dict[str, str]:
    """Every variable that the compose file asks for, and what follows its name: `:?reason` or `:-default`."""
    return dict(re.findall(r"\$\{(\w+)(:[?-][^}]*|)\}", COMPOSE.read_text()))


def example_variables() -> set[str]:
    return set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def test_the_example_names_exactly_the_variables_that_are_read() -> None:
    assert "DATABASE_URL" in read_variables()
    assert example_variables() == read_variables() | set(compose_variables())


def test_no_secret_and_no_choice_has_a_default() -> None:
    defaults = {name: rest[2:] for name, rest in compose_variables().items() if not rest.startswith(":?")}
    assert defaults == {
        "CSRF_TRUSTED_ORIGINS": "",
        "TRUSTED_PROXY_COUNT": "1",
        "SECURE_SSL_REDIRECT": "yes",
        "DATABASE_CONN_MAX_AGE": "60",
        "EMAIL_PORT": "587",
        "EMAIL_HOST_USER": "",
        "EMAIL_HOST_PASSWORD": "",  # a mail server inside the house may want none; it is never a password of ours
        "EMAIL_USE_TLS": "yes",
        "MAIL_REDIRECT_ALL_TO": "",
        "DATA_LICENCE": "",  # as the design names it
        "DATA_LICENCE_URL": "",
        "FUNDED_BY": "",
        "SITE_TIME_ZONE": "UTC",
        "DUE_TIME_ZONE": "Etc/GMT+12",
        "TICK_SECONDS": "60",
        "LOG_LEVEL": "INFO",
        "WEB_WORKERS": "2",
        "PORT": "8000",
    }
    written = re.findall(r"^([A-Z_]+)=(.+)$", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert written == []


def test_every_service_restarts_is_watched_and_keeps_its_data() -> None:
    services = compose()["services"]
    assert set(services) == SERVICES
    restarts = {name: service["restart"] for name, service in services.items()}
    assert restarts == dict.fromkeys(SERVICES, "unless-stopped") | {"prepare": "no"}
    assert {name for name, service in services.items() if "healthcheck" in service} == SERVICES - {"prepare"}
    assert set(compose()["volumes"]) == {"data", "postgres", "redis"}
    assert [service["ports"] for service in services.values() if "ports" in service] == [
        ["127.0.0.1:${PORT:-8000}:8000"]
    ]


def commands() -> list[tuple[str, tuple[str, ...]]]:
    """Every command and health check in the compose file, shell lines taken apart."""
    found = []
    for name, service in compose()["services"].items():
        check = service.get("healthcheck", {}).get("test", ["CMD"])[1:]
        for words in (service.get("command", []), check):
            parts = (
                words[2].split(" && ") if words[:2] == ["sh", "-c"] else [" ".join(map(str, words))] if words else []
            )
            found += [(name, tuple(part.split())) for part in parts]
    return found


def harmless(words: tuple[str, ...]) -> list[str]:
    """The same command, asked only whether it exists and understands its switches."""
    match words:
        case ("python", "manage.py", name, *_):
            return ["python", "manage.py", "help", name]
        case ("python", "-m", "gunicorn", *rest):
            return ["python", "-m", "gunicorn", "--check-config", *rest]
        case ("python", "-m", "tracker.probe", *_):
            return ["python", "-c", "import tracker.probe"]
        case ("python", "-m", "celery", *rest):
            return ["python", "-m", "celery", *rest, "--help"]
        case _:
            return [words[0], "--version"]


@pytest.mark.parametrize(("service", "words"), commands(), ids=lambda part: part if isinstance(part, str) else "")
def test_every_command_of_the_compose_file_exists(service: str, words: tuple[str, ...], tmp_path: Path) -> None:
    program = words[0] if words[0] != "python" else sys.executable
    assert shutil.which(program) is not None or list(Path("/usr/lib/postgresql").glob(f"*/bin/{program}")) != []
    done = run(harmless(words), tmp_path)
    assert (done.returncode, done.stderr if done.returncode else "") == (0, "")


def test_the_image_runs_as_nobody_and_starts_the_same_server_as_compose() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert [line for line in lines if line.startswith("USER ")] == ["USER tracker"]
    assert lines.index("USER tracker") < next(number for number, line in enumerate(lines) if line.startswith("CMD "))
    (command,) = [ast.literal_eval(line.removeprefix("CMD ")) for line in lines if line.startswith("CMD ")]
    assert command == compose()["services"]["web"]["command"]


def test_the_image_has_the_libraries_that_the_script_of_a_machine_asks_for() -> None:
    """What WeasyPrint draws with is named in two places, by the same names."""
    asked = re.findall(r"^    library \S+ \d (\S+)$", (ROOT / ".ci" / "prepare").read_text(), re.MULTILINE)
    image = (ROOT / "Dockerfile").read_text()
    assert len(asked) == 4
    assert f"--no-install-recommends {' '.join(asked)} " in image


def test_every_task_that_beat_wakes_is_known_to_the_worker() -> None:
    celery_app.loader.import_default_modules()
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(celery_app.tasks)


def test_django_finds_nothing_to_warn_about_in_production(tmp_path: Path) -> None:
    done = run(["python", "manage.py", "check", "--deploy", "--fail-level", "DEBUG"], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == "System check identified no issues (0 silenced)."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY must be set"),
        ({"SECRET_KEY": "development-only-key-refused-by-production-settings"}, "SECRET_KEY must be set"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY must be set"),
        ({"DEBUG": "yes"}, "DEBUG must be off"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS must be set"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name the site"),
        ({"SITE_URL": "http://tracker.example.org"}, "SITE_URL must start with https://"),
        ({"DATABASE_URL": ""}, "DATABASE_URL must be set"),
        ({"REDIS_URL": ""}, "REDIS_URL must be set"),
        ({"EMAIL_HOST": ""}, "EMAIL_HOST must be set"),
        ({"DEFAULT_FROM_EMAIL": ""}, "DEFAULT_FROM_EMAIL must be set"),
        ({"TRACKER_ENV": "productoin"}, "TRACKER_ENV must be one of development, production, not 'productoin'."),
        ({"PORT": "eighty"}, "PORT must be a whole number, not 'eighty'."),
        ({"PORT": "70000"}, "PORT must lie between 1 and 65535, not 70000."),
        ({"EMAIL_USE_TLS": "maybe"}, "EMAIL_USE_TLS must be yes or no, not 'maybe'."),
        ({"DATABASE_URL": "mysql://a@b/c"}, "DATABASE_URL must name PostgreSQL"),
        ({"REDIS_URL": "http://localhost"}, "REDIS_URL must start with redis://"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL must be one of"),
        ({"SITE_TIME_ZONE": "Bogota"}, "SITE_TIME_ZONE must name a time zone such as America/Panama, not 'Bogota'."),
        ({"DUE_TIME_ZONE": "UTC-5"}, "DUE_TIME_ZONE must name a time zone such as America/Panama, not 'UTC-5'."),
        ({"DUE_TIME_ZONE": "../etc/passwd"}, "DUE_TIME_ZONE must name a time zone such as America/Panama, not '../"),
        ({"SITE_TIME_ZONE": "America"}, "SITE_TIME_ZONE must name a time zone such as America/Panama, not 'America'."),
    ],
    ids=lambda part: " ".join(f"{name}={value}" for name, value in part.items()) if isinstance(part, dict) else "",
)
def test_production_refuses_a_wrong_or_missing_value_with_one_sentence(
    changes: dict[str, str], words: str, tmp_path: Path
) -> None:
    done = run(["python", "-c", "import tracker.settings"], tmp_path, **changes)
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].startswith(f"django.core.exceptions.ImproperlyConfigured: {words}")


def test_development_needs_no_variable(tmp_path: Path) -> None:
    done = run(["python", "manage.py", "check"], tmp_path, **dict.fromkeys(PRODUCTION, ""))
    assert (done.returncode, done.stdout.strip()) == (0, "System check identified no issues (0 silenced).")


def test_the_demonstration_is_refused_in_production(tmp_path: Path) -> None:
    done = run(["python", "manage.py", "load_demo"], tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/db.sqlite3")
    assert done.returncode == 1
    assert "production" in done.stderr.lower()
    assert not (tmp_path / "demo-password").exists()
