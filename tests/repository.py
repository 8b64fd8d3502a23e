"""What lies in the repository, for tests about the repository itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: Built, installed or kept by tools: no part of the repository (the same as .gitignore says).
NOT_OURS = {
    ".git", ".venv", "__pycache__", "var", "build", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis",
    ".import_linter_cache", ".benchmarks", "test-results", ".env",
}  # fmt: skip
GENERATED = {"static/build", "static/fonts"}
PRODUCT = ("accounts", "commitments", "tracker")


def files() -> Iterator[Path]:
    """Every file that belongs to the repository, relative to its root."""
    return _below(ROOT)


def _below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        name = path.relative_to(ROOT)
        if path.name in NOT_OURS or str(name) in GENERATED or path.suffix in {".mo", ".pyc"}:
            continue
        if path.is_dir():
            yield from _below(path)
        else:
            yield name


def code(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    """Every Python file of some top-level folders (the product's by default) with its syntax tree."""
    for name in files():
        if name.parts[0] in (folders or PRODUCT) and name.suffix == ".py":
            yield name, ast.parse((ROOT / name).read_text())
