"""What is found, in which order: the one way to ask the index, whichever database keeps it."""

from collections import Counter
from enum import Enum
from typing import Any

from django.db.models import BooleanField, Case, F, Func, IntegerField, Q, QuerySet, TextField, Value, When

from commitments.search.folding import Wanted
from commitments.search.models import PLACES, Kind, SearchEntry
from commitments.search.tables import WORDS


#: So many entries may bear one name.
MOST_NAMED = 1_000


class Part(Enum):
    """What of an entry is looked through. Results stand in this order."""

    #: The code or a name, by exactly what is asked for, gaps aside.
    EXACT = "exact"
    TITLE = "title_words"
    ANY = "title_words other_words"


class Found(Func):
    """Whether a part of an entry, of a kind where one is named, holds all words looked for, as beginnings of words.

    SQLite asks its FTS5 table, for `most` rows at most; PostgreSQL the columns of words beside the entry.
    """

    output_field = BooleanField()

    def __init__(self, wanted: Wanted, part: Part = Part.ANY, kind: str = "", most: int | None = None) -> None:
        self.wanted, self.part, self.kind, self.most = wanted, part, kind, most
        super().__init__(F("pk"), Value("", output_field=TextField()))

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[str | int, ...]]:
        """The rows of the FTS5 table that match."""
        column, _none = compiler.compile(self.source_expressions[0])
        words = " AND ".join(f'"{word}"*' if len(word) > 1 else f'"{word}"' for word in self.wanted.words)
        asked = f'"{self.wanted.whole}"' if self.part is Part.EXACT else words
        asked = f"{{{self.part.value}}} : ({asked})"
        if self.kind:
            asked += f' AND kind : "{self.kind}"'
        cut = f" LIMIT {self.most}" if self.most else ""
        return f"{column} IN (SELECT rowid FROM {WORDS} WHERE {WORDS} MATCH %s{cut})", (asked,)  # noqa: S608  # our names

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[str | int, ...]]:
        """The columns of words, which GIN indexes answer."""
        source: Any = self.source_expressions[0]
        weight = "A" if self.part is Part.TITLE else ""
        words = [f"{word}:{'*' if len(word) > 1 else ''}{weight}".rstrip(":") for word in self.wanted.words]
        column, asked = ("names", self.wanted.whole) if self.part is Part.EXACT else ("words", " & ".join(words))
        # Inside a subquery the alias stands bare, as Django itself writes it.
        alias = compiler.quote_name_unless_alias(source.alias)
        found = f"{alias}.{column} @@ to_tsquery('simple', %s)"
        return (f"({found} AND {alias}.place = %s)", (asked, PLACES[self.kind])) if self.kind else (found, (asked,))


class FoundInOrder(Found):
    """The same, looked at entry by entry in the order that an index has: for words that very many hold."""

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[str | int, ...]]:
        """An expression is looked up in no index, so SQLite goes through the one that has the order."""
        asked, told = super().as_sqlite(compiler, connection, **extra)
        return f"+{asked}", told


def records(wanted: Wanted, kind: Kind) -> QuerySet[Any]:
    """The numbers of the records of a kind that are found, for a list to narrow itself by."""
    return _matching(wanted, kind.value).values("record")


def counted(wanted: Wanted, most: int, kind: str = "") -> dict[str, int]:
    """How many are found of each kind, in the order of kinds; `most` + 1 in all where there are more. One query."""
    numbers = Counter(_matching(wanted, kind, most + 1).values_list("kind", flat=True)[: most + 1])
    return {kind.value: numbers[kind.value] for kind in Kind if kind.value in numbers}


def ranked(wanted: Wanted, kind: str = "") -> QuerySet[SearchEntry]:
    """What is found, the best first: by code or name exactly, then by the title, then by what else it says."""
    how_near = Case(
        *(When(Found(wanted, part), then=Value(place)) for place, part in enumerate((Part.EXACT, Part.TITLE))),
        default=Value(2),
        output_field=IntegerField(),
    )
    return _matching(wanted, kind).only("kind", "record").order_by(how_near, *_ORDER)


def first_of_many(wanted: Wanted, kind: str, start: int, stop: int) -> list[SearchEntry]:
    """Some of the first of what `ranked` gives, where very many are found.

    What is not shown is not put in order: each part stands as an index has it. One query for each part reached.
    """
    keys: list[int] = []
    nearer = Q()
    for part in Part:
        look = Found if part is Part.EXACT else FoundInOrder
        is_held = Q(look(wanted, part, kind))
        rows = SearchEntry.objects.filter(is_held & ~nearer if nearer else is_held)
        if part is Part.EXACT:
            # Few bear a name: found first, whatever a database believes of how many there are, then put in order.
            rows = SearchEntry.objects.filter(pk__in=rows.values("pk")[:MOST_NAMED])
        keys += rows.order_by(*_ORDER).values_list("pk", flat=True)[: stop - len(keys)]
        if len(keys) >= stop:
            break
        nearer |= is_held
    read = SearchEntry.objects.only("kind", "record").in_bulk(keys[start:])
    return [read[key] for key in keys[start:]]


_ORDER = ("place", "sort", "pk")


def _matching(wanted: Wanted, kind: str = "", most: int | None = None) -> QuerySet[SearchEntry]:
    """The entries with all these words; none where nothing is looked for."""
    return SearchEntry.objects.filter(Found(wanted, kind=kind, most=most)) if wanted else SearchEntry.objects.none()
