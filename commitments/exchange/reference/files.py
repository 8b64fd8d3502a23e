"""Reading a directory of the record: bytes to checked records, nothing stored yet."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from commitments.exchange.reference.problems import BrokenFilesError, Problem, Spot
from commitments.exchange.reference.schemas import COUNTRIES, FILES, TABLES, FileKind, Section

#: The record that the product ships.
SHIPPED = Path(__file__).resolve().parents[2] / "reference_data"
#: Texts for people that lie beside the files.
PROSE = (".md", ".txt")

Records = list[Any]


class UnreadableError(Exception):
    """A file is not what its name says."""


@dataclass(slots=True)
class Contents:
    """What a directory holds, checked: records by file and list, and what is kept for rooms not built yet."""

    directory: Path
    records: dict[str, dict[str, Records]] = field(default_factory=dict)
    heads: dict[str, dict[str, Any]] = field(default_factory=dict)
    #: How many records wait, by file and list.
    waiting: dict[tuple[str, str], int] = field(default_factory=dict)
    #: What is wrong with records that wait: said, never a reason to refuse.
    remarks: list[Problem] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def of(self, file: FileKind, section: str = "records") -> Records:
        """The records of one list; none where the file is not there."""
        return self.records.get(file.name, {}).get(section, [])

    def head(self, file: FileKind, name: str) -> Any:
        """What the file says of itself under this name, or None."""
        return self.heads.get(file.name, {}).get(name)


def read_directory(directory: Path) -> Contents:
    """Read and check every file of the record in a directory, and the loader's own tables.

    Raises BrokenFilesError with everything that is wrong.
    """
    contents = Contents(directory)
    if not directory.is_dir():
        raise BrokenFilesError([Problem(str(directory), "", "", "is not a directory")])
    problems: list[Problem] = []
    known = {kind.name: kind for kind in FILES}
    for path in sorted(directory.iterdir()):
        if path.name not in known:
            if path.suffix not in PROSE and not path.name.startswith("."):
                contents.unknown.append(path.name)
            continue
        kind = known[path.name]
        _read(path, kind, contents, contents.remarks if kind.waits else problems)
    if not contents.records and not problems and not contents.remarks:
        problems.append(Problem(str(directory), "", "", "holds none of the files of the record"))
    if problems:
        raise BrokenFilesError(problems)
    return contents


def shipped_tables() -> Contents:
    """The loader's own tables as the product ships them: they hold for every directory."""
    contents = Contents(SHIPPED)
    problems: list[Problem] = []
    for kind in TABLES:
        _read(SHIPPED / kind.name, kind, contents, problems)
    if problems:
        raise BrokenFilesError(problems)
    return contents


@cache
def countries_of_the_record() -> frozenset[str]:
    """The codes of the countries and territories that the shipped record names."""
    contents = Contents(SHIPPED)
    problems: list[Problem] = []
    _read(SHIPPED / COUNTRIES.name, COUNTRIES, contents, problems)
    if problems:
        raise BrokenFilesError(problems)
    return frozenset(row["iso3"] for row in contents.of(COUNTRIES, "countries"))


def _read(path: Path, kind: FileKind, contents: Contents, problems: list[Problem]) -> None:
    spot = Spot(kind.name, problems)
    try:
        written = _decoded(path)
        content = _table(written, kind) if kind.is_table else _document(written)
    except UnreadableError as problem:
        spot.refuse(str(problem))
        return
    contents.heads[kind.name] = _head(content, kind, spot)
    sections = contents.records.setdefault(kind.name, {})
    for section in kind.sections:
        at = Spot(kind.name, contents.remarks) if section.waits else spot
        rows = _rows(content, section, at)
        sections[section.name] = rows
        if section.waits:
            contents.waiting[kind.name, section.name] = len(rows)
    _count_agrees(content, sections, spot)


def _decoded(path: Path) -> str:
    if not path.is_file():
        raise UnreadableError("is not a file")
    raw = path.read_bytes()
    if raw.startswith(b"\xef\xbb\xbf"):
        raise UnreadableError("begins with a byte order mark; save it as plain UTF-8")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise UnreadableError(f"is not UTF-8 (byte {problem.start})") from problem


def _document(written: str) -> dict[str, Any]:
    try:
        content = json.loads(
            written, parse_float=Decimal, parse_constant=_no_such_number, object_pairs_hook=_without_doubles
        )
    except json.JSONDecodeError as problem:
        message = f"is not JSON: {problem.msg} (line {problem.lineno}, column {problem.colno})"
        raise UnreadableError(message) from problem
    except RecursionError as problem:
        raise UnreadableError("is nested too deeply") from problem
    except ValueError as problem:
        raise UnreadableError(f"is not JSON: {problem}") from problem
    if not isinstance(content, dict):
        raise UnreadableError("must hold one record at its top")
    return content


def _no_such_number(word: str) -> NoReturn:
    raise UnreadableError(f"holds {word}, which is not a number")


def _without_doubles(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise UnreadableError(f'gives "{name}" twice in one record')
        found[name] = value
    return found


def _table(written: str, kind: FileKind) -> dict[str, Any]:
    lines = csv.reader(io.StringIO(written), strict=True)
    try:
        header = next(lines, [])
        if tuple(header) != kind.columns:
            raise UnreadableError(f"must have the columns {', '.join(kind.columns)}, not {', '.join(header) or 'none'}")
        rows = []
        for cells in lines:
            if len(cells) != len(header):
                raise UnreadableError(f"has {len(cells)} cells instead of {len(header)} in line {lines.line_num}")
            rows.append(dict(zip(header, cells, strict=True)))
    except csv.Error as problem:
        raise UnreadableError(f"is not a table: {problem} (line {lines.line_num})") from problem
    return {"records": rows}


def _head(content: dict[str, Any], kind: FileKind, spot: Spot) -> dict[str, Any]:
    names = {section.name for section in kind.sections}
    head = {name: value for name, value in content.items() if name not in names}
    for name, value in head.items():
        if name in kind.head:
            kind.head[name](value, spot.within(name))
        else:
            spot.within(name).refuse("is a field that nobody knows; it would be lost")
    return head


def _rows(content: dict[str, Any], section: Section, spot: Spot) -> Records:
    rows = content.get(section.name)
    if rows is None and section.waits:
        return []
    if not isinstance(rows, list):
        spot.within(section.name).refuse("is missing" if section.name not in content else "must be a list")
        return []
    seen: set[str] = set()
    for number, row in enumerate(rows, start=1):
        identity = section.identity(row) or f"record {number}"
        at = spot.of(identity)
        section.shape(row, at)
        if identity in seen:
            at.refuse("is there twice")
        seen.add(identity)
    return rows


def _count_agrees(content: dict[str, Any], sections: dict[str, Records], spot: Spot) -> None:
    """A file that says how many records it holds must hold as many: a cut one is noticed."""
    count, rows = content.get("count"), sections.get("records")
    if isinstance(count, int) and rows is not None and count != len(rows):
        spot.within("count").refuse(f"says {count}, the file holds {len(rows)}")
