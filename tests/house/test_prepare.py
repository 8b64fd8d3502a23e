"""A machine that lacks something is told what to type; nothing is half-installed."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("sh", "dirname", "cat", "sha256sum", "cut", "ls", "touch", "rm")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A tree with the script and a ready .venv, and a machine that has basic tools and an ordinary user."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "prepare", tmp_path / ".ci")
    for name in ("requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, tmp_path)
    programs = tmp_path / "programs"
    programs.mkdir()
    for tool in TOOLS:
        (programs / tool).symlink_to(shutil.which(tool) or tool)
    script(programs / "id", "echo 1000")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    script(tmp_path / ".venv" / "bin" / "python", f'echo "$@" >> {tmp_path}/asked')
    return tmp_path


def script(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)


def prepare(machine: Path, purpose: str) -> tuple[int, str]:
    environment = {"PATH": str(machine / "programs"), "HOME": os.environ.get("HOME", "/")}
    done = subprocess.run(
        [machine / ".ci" / "prepare", purpose], env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


def test_missing_system_parts_are_named_in_one_sentence(machine: Path) -> None:
    code, words = prepare(machine, "test")
    parts = "chromium redis-server" + ("" if list(Path("/usr/lib/postgresql").glob("*/bin/initdb")) else " postgresql")
    assert (code, words) == (1, f"Missing on this machine: {parts}. Type: sudo apt-get install {parts}\n")


def test_as_root_they_are_installed_from_debian_once(machine: Path) -> None:
    programs = machine / "programs"
    script(programs / "id", "echo 0")
    script(programs / "apt-get", f'echo "$@" >> {machine}/installed; echo > {programs}/chromium; chmod +x {programs}/*')
    (programs / "chmod").symlink_to(shutil.which("chmod") or "chmod")
    assert prepare(machine, "test")[0] == 0
    asked = (machine / "installed").read_text().splitlines()
    assert asked[0] == "update -qq"
    assert asked[1].startswith("install -y -qq --no-install-recommends chromium redis-server")
    assert len(asked) == 2


def test_packages_are_installed_when_the_pins_change_and_only_then(machine: Path) -> None:
    install = "-m pip install --quiet --quiet --disable-pip-version-check --requirement requirements.txt"

    def asked() -> list[str]:
        lines = (machine / "asked").read_text().splitlines()
        return [line for line in lines if "pip" in line]

    assert [prepare(machine, "run")[0], prepare(machine, "run")[0]] == [0, 0]
    assert asked() == [install]
    with (machine / "requirements.txt").open("a") as pins:
        pins.write("another==1.0\n")
    assert prepare(machine, "run")[0] == 0
    assert asked() == [install, install]
