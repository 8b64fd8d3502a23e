"""What is found, in which order: the one way to ask the index, whichever database keeps it."""

from collections import Counter
from enum import Enum
from typing import Any

from django.db.models import BooleanField, Case, F, Func, IntegerField, Q, QuerySet, TextField, Value, When

from commitments.search.folding import Wanted
from commitments.search.models import PLACES, Kind, SearchEntry
from commitments.search.tables import WORDS

#: Fewer than these are found by their words first, and then put in order.
FEW = 1_000


class Part(Enum):
    """What of an entry is looked through. Results stand in this order."""

    #: The code or a name, by exactly what is asked for, gaps aside.
    EXACT = "exact"
    TITLE = "title_words"
    ANY = "title_words other_words"


#: The columns of PostgreSQL that hold each part.
_COLUMNS = {Part.EXACT: "names", Part.TITLE: "titles", Part.ANY: "words"}


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
        words = " & ".join(f"{word}:*" if len(word) > 1 else word for word in self.wanted.words)
        column, asked = _COLUMNS[self.part], self.wanted.whole if self.part is Part.EXACT else words
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

    What is not shown is not put in order: each part stands as an index has it. Two queries for each part reached.
    """
    keys: list[int] = []
    nearer = Q()
    for part in Part:
        # Whatever a database believes of how many there are: few are looked up by their words, not met on the way.
        few = None if part is Part.ANY else _few(wanted, part, kind)
        is_met = Q(FoundInOrder(wanted, part, kind))
        rows = SearchEntry.objects.filter((is_met if few is None else Q(pk__in=few)) & ~nearer)
        keys += rows.order_by(*_ORDER).values_list("pk", flat=True)[: stop - len(keys)]
        if len(keys) >= stop:
            break
        nearer |= is_met
    read = SearchEntry.objects.only("kind", "record").in_bulk(keys[start:])
    return [read[key] for key in keys[start:]]


def _few(wanted: Wanted, part: Part, kind: str) -> list[int] | None:
    """Those that are found in a part, in no order; None where they are not few."""
    rows = SearchEntry.objects.filter(Found(wanted, part, kind, most=FEW)).values_list("pk", flat=True)
    few = list(rows[:FEW])
    return few if len(few) < FEW else None


_ORDER = ("place", "sort", "pk")


def _matching(wanted: Wanted, kind: str = "", most: int | None = None) -> QuerySet[SearchEntry]:
    """The entries with all these words; none where nothing is looked for."""
    return SearchEntry.objects.filter(Found(wanted, kind=kind, most=most)) if wanted else SearchEntry.objects.none()
