"""How a change is told: which columns of a record a reader sees, under which label, in which words.

Every room declares its records; this module turns an edit into lines of difference. It knows no domain.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from commitments.formats.dates import long_date
from commitments.formats.language import HTML_LANG, Linked, Text, in_html, written_in
from commitments.formats.partial import PartialDate
from commitments.history.enums import ChangeKind
from commitments.history.queries import Edit, Entry
from commitments.history.together import together
from commitments.history.wording import ChangeLine

#: Names of other records by model and id, read once for the whole timeline.
Names = Mapping[type[Any], Mapping[int, Text]]


@dataclass(frozen=True, slots=True)
class Reader:
    """How one kind of record is named: the rows that may be, and the name of one in a language."""

    rows: Callable[[], QuerySet[Any]]
    name: Callable[[Any, str], Text] = lambda row, language: row.name_in(language)


@dataclass(frozen=True, slots=True)
class Telling:
    """What the words of a change may use: the language and the names of other records."""

    language: str
    names: Names

    def named(self, model: type[Any], key: int | None) -> Text:
        """Another record's name; empty where it may not be named."""
        return self.names.get(model, {}).get(key or 0, Text("", self.language, foreign=False))

    def recorded(self, words: str, language: str = "en") -> Text:
        """A text that is on record in one language only, English unless named."""
        return written_in(words, language, self.language)


@dataclass(frozen=True, slots=True)
class Column:
    """One thing a reader sees of a record: its label, the stored columns behind it, and its words."""

    label: Any
    names: tuple[str, ...]
    show: Callable[[Any, Telling], Text | str]
    refers_to: type[Any] | None = None
    language: str = ""
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One kind of record: its columns, and the line that tells of one that is new or gone (None: not worth a line)."""

    model: type[Any]
    columns: tuple[Column, ...]
    headline: Callable[[Any, Telling], tuple[str, Text | str] | None]

    @property
    def fields(self) -> tuple[str, ...]:
        """The stored columns that are told."""
        return tuple(name for column in self.columns for name in column.names)


def text(label: Any, name: str) -> Column:
    """A text on record in one language only: English."""
    show = lambda row, telling: telling.recorded(str(getattr(row, name) or ""))  # noqa: E731
    return Column(label, (name,), show, is_text=True)


def texts(labels: Mapping[str, Any], name: str) -> tuple[Column, ...]:
    """A text in four languages: one column each, labelled by language."""
    return tuple(
        Column(label, (f"{name}_{code}",), _translation(f"{name}_{code}"), language=code, is_text=True)
        for code, label in labels.items()
    )


def day(label: Any, name: str) -> Column:
    """A date with its precision."""

    def show(row: Any, telling: Telling) -> str:
        known = day_of(row, name)
        return long_date(known, telling.language) if known else ""

    return Column(label, (name, f"{name}_precision"), show)


def choice(label: Any, name: str, words: Callable[[str], str]) -> Column:
    """A value of a small set, in words."""
    return Column(label, (name,), lambda row, telling: words(getattr(row, name)) if getattr(row, name) else "")


def reference(label: Any, name: str, model: type[Any]) -> Column:
    """Another record, by name."""
    return Column(label, (name,), lambda row, telling: telling.named(model, getattr(row, name)), refers_to=model)


def day_of(row: Any, name: str) -> PartialDate | None:
    """A stored date as exactly as it is known."""
    first = getattr(row, name)
    return PartialDate.stored(first, getattr(row, f"{name}_precision")) if first else None


def read_names(
    entries: Iterable[Entry], records: Mapping[type[Any], Record], readers: Mapping[type[Any], Reader], language: str
) -> Names:
    """The names of all records that these entries refer to, but of those that may not be named. One query."""
    wanted: dict[type[Any], set[int]] = defaultdict(set)
    for entry in entries:
        for edit in entry.edits:
            for column in records[edit.model].columns:
                if column.refers_to is not None:
                    wanted[column.refers_to] |= _ids(edit, column)
    kinds = {model.__name__: model for model in readers if wanted[model]}
    found = together(**{kind: readers[model].rows().filter(pk__in=wanted[model]) for kind, model in kinds.items()})
    return {model: {row.pk: readers[model].name(row, language) for row in found[kind]} for kind, model in kinds.items()}


def lines_of(edit: Edit, record: Record, telling: Telling) -> Iterator[ChangeLine]:
    """One edit in lines: a headline for what is new or gone, a line for each column that differs."""
    if edit.kind is not ChangeKind.CHANGED:
        headline = record.headline(edit.row, telling)
        if headline is not None:
            label, words = headline
            sides = (_side(words), "") if edit.kind is ChangeKind.REMOVED else ("", _side(words))
            yield ChangeLine(label, *sides, _html_lang(words), _named_after(words))
        return
    changed = {difference.field for difference in edit.differences}
    for column in record.columns:
        if changed & set(column.names):
            was, now = column.show(edit.before, telling), column.show(edit.row, telling)
            if was != now:
                html_lang = HTML_LANG[column.language] if column.language not in ("", telling.language) else ""
                html_lang = html_lang or _html_lang(now) or _html_lang(was)
                language = _named_after(now) or _named_after(was)
                yield ChangeLine(str(column.label), _side(was), _side(now), html_lang, language, is_text=column.is_text)


def document(row: Any, language: str) -> Linked:
    """A document by its title, in the language of that, with its address."""
    title = written_in(row.title, row.language, language)
    return Linked(title.text, title.language, title.foreign, row.url)


def _side(words: Text | str) -> str:
    return in_html(words) if _is_link(words) else str(words)


def _is_link(words: Text | str) -> bool:
    """Whether it leads to a document; a link says itself in which language its words are."""
    return isinstance(words, Linked) and bool(words.url)


def _html_lang(words: Text | str) -> str:
    """The lang attribute that a text needs on this page; empty for words of the page's own language."""
    return words.html_lang if isinstance(words, Text) and words.foreign and not _is_link(words) else ""


def _named_after(words: Text | str) -> str:
    return words.language if isinstance(words, Text) and words.foreign else ""


def _translation(name: str) -> Callable[[Any, Telling], str]:
    return lambda row, telling: str(getattr(row, name) or "")


def _ids(edit: Edit, column: Column) -> set[int]:
    rows = [edit.row, edit.before] if edit.before is not None else [edit.row]
    return {key for row in rows for name in column.names if (key := getattr(row, name))}
