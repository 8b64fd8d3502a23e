"""Every text that a person reads, collected from code and templates into the translators' catalogues.

Templates are turned into lines of gettext calls by Django itself, and read by Babel: no gettext tools are needed.
"""

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from tracker.assets import catalogues

#: Beside Babel's own: Django's lazy and marking forms.
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
#: What comments for translators begin with.
COMMENT = "Translators:"
PACKAGES = ("accounts", "commitments", "tracker")


def collect(root: Path) -> Catalog:
    """All messages of the product, without translations."""
    found = Catalog(project="Los Angeles Declaration Tracker", charset="utf-8", fuzzy=False)
    for path in sources(root):
        for line, message, comments, context in messages_of(path):
            found.add(
                message, None, [(str(path.relative_to(root)), line)], auto_comments=list(comments), context=context
            )
    return found


def sources(root: Path) -> list[Path]:
    """The files that hold texts: our Python, and our templates."""
    code = [path for package in PACKAGES for path in (root / package).rglob("*.py") if "migrations" not in path.parts]
    templates = [path for path in (root / "templates").rglob("*") if path.suffix in {".html", ".txt"}]
    return sorted([*code, *templates])


def messages_of(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], Iterable[str], str | None]]:
    """Line, message (or singular and plural), comments and context of each text in a file."""
    stream = path.open("rb") if path.suffix == ".py" else _as_code(path)
    with stream:
        yield from extract("python", stream, KEYWORDS, (COMMENT,), strip_comment_tags=True)


def _as_code(path: Path) -> IO[bytes]:
    """A template as gettext calls at the same line numbers; indentation means nothing there and is dropped."""
    lines = templatize(path.read_text(), origin=str(path)).splitlines()
    return io.BytesIO("\n".join(line.strip() for line in lines).encode())


def update(language: str, found: Catalog, locale_dir: Path) -> tuple[int, int]:
    """Bring a language's catalogue up to the collected messages; how many it holds, and how many lack a translation."""
    path = catalogues.path_of(language, locale_dir)
    kept = read(path, language) if path.is_file() else catalogues.empty(language)
    kept.update(found, no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False)
    kept.mime_headers = [("Plural-Forms", catalogues.PLURALS[language])]
    kept.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        write_po(stream, kept, width=110, include_lineno=False, sort_by_file=True, omit_header=False)
    messages = [message for message in kept if message.id]
    return len(messages), sum(not is_translated(message.string) for message in messages)


def read(path: Path, language: str) -> Catalog:
    """A catalogue as translators left it."""
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def is_translated(text: object) -> bool:
    """Whether a translation, in each of its plural forms, says anything."""
    return all(text) if isinstance(text, (tuple, list)) else bool(text)
