"""The walls of the house hold, and each of them is really there: taking a brick out is noticed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(sys.executable).with_name("lint-imports")


def lint(tree: Path) -> tuple[int, str]:
    done = subprocess.run(
        [PROGRAM, "--no-cache", "--no-logo"], cwd=tree, capture_output=True, text=True, check=False, timeout=120
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the code that a test may spoil."""
    for name in ("tracker", "commitments", "accounts"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo", "*.json"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_import_goes_down() -> None:
    code, words = lint(ROOT)
    assert (code, words if code else "") == (0, "")


@pytest.mark.parametrize(
    "module",
    [
        "commitments/register/utils.py",
        "commitments/mechanisms/helpers.py",
        "commitments/indicators/misc.py",
        "commitments/workspace/common.py",
        "commitments/treaties/__init__.py",
        "tracker/signals.py",
        "accounts/roles.py",
    ],
)
def test_a_module_that_nobody_listed_is_refused(tree: Path, module: str) -> None:
    path = tree / module
    path.parent.mkdir(exist_ok=True)
    path.write_text('"""Something."""\n')
    code, words = lint(tree)
    assert code == 1
    assert module.removesuffix("/__init__.py").removesuffix(".py").split("/")[-1] in words


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("accounts/models.py", "from commitments.roles import enums", "The house"),
        ("commitments/register/models.py", "from tracker import cache", "The house"),
        ("commitments/history/models.py", "from commitments.register import enums", "Subjects"),
        ("commitments/public/views/register.py", "from commitments.workspace import queries", "Subjects"),
        ("commitments/indicators/models.py", "from commitments.indicators import actions", "Floors of indicators"),
        ("commitments/indicators/progress.py", "from commitments.indicators import models", "Floors of indicators"),
        ("commitments/indicators/models.py", "from commitments.register import actions", "No climbing: models"),
        ("commitments/reporting/views/update.py", "from commitments.indicators import tasks", "No climbing: pages"),
    ],
)
def test_an_import_upwards_is_refused(tree: Path, module: str, line: str, contract: str) -> None:
    path = tree / module
    if not path.is_file():  # a floor may be a package
        path = path.with_suffix("") / "__init__.py"
    path.write_text(f"{path.read_text()}\n{line}\n")
    code, words = lint(tree)
    assert code == 1
    assert contract in words.partition("Broken contracts")[2]
