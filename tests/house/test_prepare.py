"""A machine that lacks something is told what to type; nothing is half-installed."""

import ctypes
import os
import re
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


#: What draws the text of PDF files, in the order in which it is looked for.
LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig"


def without_libraries(machine: Path) -> None:
    """The .venv of this machine can load none of the libraries."""
    script(machine / ".venv" / "bin" / "python", 'case "$*" in *ctypes*) exit 1;; esac; exit 0')


def test_without_the_libraries_of_pdf_files_the_product_is_made_all_the_same(machine: Path) -> None:
    without_libraries(machine)
    code, words = prepare(machine, "run")
    assert code == 0
    assert f"Missing on this machine: {LIBRARIES}. Type: sudo apt-get install {LIBRARIES}\n" in words
    assert "everything works but PDF files" in words
    assert [path.name for path in (machine / ".venv").glob("pinned-*")] != []


def test_as_root_the_libraries_are_installed_for_running_too(machine: Path) -> None:
    without_libraries(machine)
    script(machine / "programs" / "id", "echo 0")
    script(machine / "programs" / "apt-get", f'echo "$@" >> {machine}/installed')
    assert prepare(machine, "run")[0] == 0
    asked = (machine / "installed").read_text().splitlines()
    assert asked == ["update -qq", f"install -y -qq --no-install-recommends {LIBRARIES}"]


def test_tests_are_not_run_without_the_libraries(machine: Path) -> None:
    without_libraries(machine)
    code, words = prepare(machine, "test")
    assert code == 1
    assert LIBRARIES in words


def test_the_libraries_are_looked_for_by_names_that_exist() -> None:
    """The control: on a machine that makes PDF files, the check itself finds all of them."""
    text = (ROOT / ".ci" / "prepare").read_text()
    names = re.findall(r"^    library (\S+) (\d) (\S+)$", text, re.MULTILINE)
    assert " ".join(package for _, _, package in names) == LIBRARIES
    for name, number, _ in names:
        ctypes.CDLL(f"lib{name}.so.{number}")
