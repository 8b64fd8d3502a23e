"""What is found, in which order: the one way to ask the index, whichever database keeps it."""

from typing import Any

from django.db.models import BooleanField, Case, Count, F, Func, IntegerField, QuerySet, TextField, Value, When

from commitments.search.folding import Wanted
from commitments.search.models import Kind, SearchEntry


class Found(Func):
    """Whether an entry holds all words that somebody looks for, as beginnings of words. `title` looks no further.

    SQLite asks its FTS5 table, PostgreSQL the column of words beside the entry.
    """

    output_field = BooleanField()

    def __init__(self, wanted: Wanted, *, title: bool = False) -> None:
        self.wanted, self.title = wanted, title
        super().__init__(F("pk"), Value("", output_field=TextField()))

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[str | int, ...]]:
        """The rows of the FTS5 table that match."""
        column, _none = compiler.compile(self.source_expressions[0])
        words = " AND ".join(f'"{word}"*' if len(word) > 1 else f'"{word}"' for word in self.wanted.words)
        asked = f"title_words : ({words})" if self.title else words
        inside = "SELECT rowid FROM commitments_searchwords WHERE commitments_searchwords MATCH %s"
        return f"{column} IN ({inside})", (asked,)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[str | int, ...]]:
        """The column of words, which a GIN index answers."""
        source: Any = self.source_expressions[0]
        weight = "A" if self.title else ""
        words = [f"{word}:{'*' if len(word) > 1 else ''}{weight}".rstrip(":") for word in self.wanted.words]
        # Inside a subquery the alias stands bare, as Django itself writes it.
        return f"{compiler.quote_name_unless_alias(source.alias)}.words @@ to_tsquery('simple', %s)", (
            " & ".join(words),
        )


class ByWordsFirst(Func):
    """A column of the entries that is looked at after their words.

    SQLite would else begin with the index by kind, and look for each of a kind's entries among those with the words.
    """

    template = "%(expressions)s"

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """An expression, which no index knows."""
        return self.as_sql(compiler, connection, template="+%(expressions)s", **extra)


def matching(wanted: Wanted) -> QuerySet[SearchEntry]:
    """The entries with all these words; none where nothing is looked for."""
    return SearchEntry.objects.filter(Found(wanted)) if wanted else SearchEntry.objects.none()


def ranked(wanted: Wanted, kind: str = "") -> QuerySet[SearchEntry]:
    """What is found, the best first: by code or name exactly, then by the title, then by what else it says."""
    rows = matching(wanted)
    if kind:
        rows = _of_kind(rows, kind)
    how_near = Case(
        When(exact__contains=f"|{wanted.whole}|", then=Value(0)),
        When(Found(wanted, title=True), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return rows.only("kind", "record").order_by(how_near, "place", "sort", "pk")


def counted(wanted: Wanted) -> dict[str, int]:
    """How many are found of each kind, in the order of kinds. One query."""
    numbers = dict(matching(wanted).order_by().values_list("kind").annotate(number=Count("pk")))
    return {kind.value: numbers[kind.value] for kind in Kind if kind.value in numbers}


def records(wanted: Wanted, kind: Kind) -> QuerySet[Any]:
    """The numbers of the records of a kind that are found, for a list to narrow itself by."""
    return _of_kind(matching(wanted), kind).values("record")


def _of_kind(rows: QuerySet[SearchEntry], kind: str) -> QuerySet[SearchEntry]:
    return rows.alias(of=ByWordsFirst("kind")).filter(of=kind)
