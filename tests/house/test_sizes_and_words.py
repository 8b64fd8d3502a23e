"""Files stay small enough to read in one go, and speak of the product alone."""

import ast
import re
from pathlib import Path

import pytest

from tests import repository

pytestmark = pytest.mark.once
ROOT = repository.ROOT
#: Written by Django.
GENERATED = re.compile(r"migrations/\d{4}_\w+\.py$")


def lines(path: Path) -> int:
    return len((ROOT / path).read_text().splitlines())


def test_no_file_of_the_product_is_longer_than_300_lines() -> None:
    suffixes = {".py", ".css", ".js"}
    product = [path for path in repository.files() if path.parts[0] in (*repository.PRODUCT, "static")]
    long = {
        str(path): lines(path)
        for path in product
        if path.suffix in suffixes and not GENERATED.search(str(path)) and lines(path) > 300
    }
    assert long == {}


def test_no_template_is_longer_than_130_lines() -> None:
    templates = [path for path in repository.files() if path.parts[0] == "templates"]
    assert {str(path): lines(path) for path in templates if lines(path) > 130} == {}


def test_no_function_is_longer_than_60_lines() -> None:
    long = {
        f"{path}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path, tree in repository.code()
        if not GENERATED.search(str(path))
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > 60
    }
    assert long == {}


def test_no_room_is_called_by_a_name_that_says_nothing() -> None:
    empty = {"utils", "util", "common", "helpers", "helper", "misc", "base", "core", "lib"}
    found = [str(path) for path in repository.files() if path.parts[0] in repository.PRODUCT and path.stem in empty]
    found += [str(path) for path in repository.files() if set(path.parts[:-1]) & empty]
    assert found == []


#: Places of one machine, and hosts that only one network knows.
_PLACES = re.compile(r"(?<![\w.:/-])/(?:work|opt|root|home|Users|mnt)/\w|file:/{3}|pypi-more")


def test_no_file_names_a_place_of_one_machine() -> None:
    found = []
    for path in repository.files():
        if path == Path("tests/house/test_sizes_and_words.py"):
            continue
        try:
            text = (ROOT / path).read_text()
        except UnicodeDecodeError:
            continue
        found += [f"{path}: {match.group()}" for match in _PLACES.finditer(text)]
    assert found == []


def test_the_top_level_is_what_the_house_allows() -> None:
    top = {path.parts[0] for path in repository.files()}
    assert top - {
        "tracker", "commitments", "accounts", "templates", "static", "tests", "manage.py", "requirements.txt",
        "docker-compose.yml", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "pyproject.toml",
        "requirements-dev.txt", "Dockerfile", "Makefile", "docs", ".ci", "benchmarks",
        ".gitignore", ".dockerignore", ".env.example",
    } == set()  # fmt: skip
