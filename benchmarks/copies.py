"""Many commitments from few: the database itself copies those that `fill` wrote, with all that hangs on them.

One INSERT … SELECT for each table, the same on SQLite and PostgreSQL, takes minutes where writing row by row takes
hours. A copy has a code and a number in its titles of its own, and otherwise says what its pattern says: its statuses,
its place in the counts and its words in the search are copied too. The counts are then told from the places.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max, Min, Model

#: Where the number stands in a code, and how many digits it has: BENCH-0000123, BENCH-0000123-1.
BEFORE, DIGITS = "BENCH-", 7
COPIES = "WITH RECURSIVE copies(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM copies WHERE k < %s)"


def code(number: int) -> str:
    """The code of an invented commitment."""
    return f"{BEFORE}{number:0{DIGITS}}"


def multiply(size: int, times: int) -> None:
    """Copy the last `size` commitments so many times. Their rows must be the last of their tables."""
    with transaction.atomic():
        span = _blocks(size)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = 0")
        for table in _tables(span, size):
            table.copy(times)
        _count()
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [_model(name) for name, _ in _COUNTED]):
                cursor.execute(statement)


#: Whose numbers are referred to, and by which column a row is known to hang on a copied one.
_COUNTED = (("Commitment", ""), ("Indicator", "commitment_id"), ("Series", "indicator_id"))
_OWNER = {"commitment_id": "Commitment", "indicator_id": "Indicator", "series_id": "Series"}
#: What hangs on them and is referred to by nobody.
_LEAVES = (
    ("CommitmentSource", "commitment_id"), ("CommitmentStatus", "commitment_id"), ("IndicatorStatus", "indicator_id"),
    ("Baseline", "series_id"), ("Target", "series_id"), ("Measurement", "series_id"),
)  # fmt: skip


def _model(name: str) -> Any:
    return apps.get_model("commitments", name)


def _blocks(size: int) -> dict[str, tuple[int, int]]:
    """The first and the last number of the rows that are copied, of each that is referred to."""
    found: dict[str, tuple[int, int]] = {}
    for name, column in _COUNTED:
        rows = _model(name)._base_manager
        end = rows.aggregate(end=Max("pk"))["end"]
        owned = rows.filter(**_between(column, *found[_OWNER[column]])) if column else rows.filter(pk__gt=end - size)
        first, last = owned.aggregate(first=Min("pk"), last=Max("pk")).values()
        if last != end or rows.filter(pk__gte=first).count() != owned.count():
            raise SystemExit(f"The rows to copy are not the last of {name}.")
        found[name] = (first, last)
    return found


def _between(column: str, first: int, last: int) -> dict[str, int]:
    return {f"{column}__gte": first, f"{column}__lte": last}


class Table:
    """One table, its rows to copy, and the columns that a copy has of its own, as SQL over `kept` and `copies.k`."""

    def __init__(self, model: type[Model], where: str, own: Mapping[str, str]) -> None:
        self.model, self.where, self.own = model, where, own

    def copy(self, times: int) -> None:
        """Write the copies, each block behind the one before."""
        fields = self.model._meta.concrete_fields
        columns = [field.column for field in fields if field.column in self.own or not field.primary_key]
        names = ", ".join(f'"{column}"' for column in columns)
        values = ", ".join(self.own.get(column, f'kept."{column}"') for column in columns)
        table, key = self.model._meta.db_table, self.model._meta.pk.column
        copied = f'SELECT {values} FROM "{table}" AS kept CROSS JOIN copies'  # noqa: S608  # the names are our own
        with connection.cursor() as cursor:
            statement = f'INTO "{table}" ({names}) {copied} WHERE {self.where} ORDER BY copies.k, kept."{key}"'
            cursor.execute(f"{COPIES} INSERT {statement}", [times])


def _tables(span: Mapping[str, tuple[int, int]], size: int) -> list[Table]:
    """All tables, what is referred to first."""
    moved = {name: last - first + 1 for name, (first, last) in span.items()}

    def hanging(name: str, column: str, **own: str) -> Table:
        owner = _OWNER[column]
        first, last = span[owner]
        refers = f"kept.{column} + copies.k * {moved[owner]}"
        return Table(_model(name), f"kept.{column} BETWEEN {first} AND {last}", {column: refers, **own})

    def key(name: str) -> dict[str, str]:
        return {"id": f"kept.id + copies.k * {moved[name]}"}

    first, last = span["Commitment"]
    commitment = _model("Commitment")
    titles = [field.column for field in commitment._meta.concrete_fields if field.column.startswith("title")]
    own = {"code": _code("kept.code", size), **{column: _numbered(f"kept.{column}", size) for column in titles}}
    # A place in the list is a digit, a gap and the code.
    order = 'kept."order"'
    place = f"substr({order}, 1, 2) || {_code(f'substr({order}, 3)', size)}"
    return [
        Table(commitment, f"kept.id BETWEEN {first} AND {last}", key("Commitment") | own),
        hanging("Indicator", "commitment_id", **key("Indicator"), code=_code("kept.code", size)),
        hanging("Series", "indicator_id", **key("Series")),
        *(hanging(name, column) for name, column in _LEAVES),
        hanging("CommitmentPlace", "commitment_id", order=place),
        *(_words(kind, span[name], moved[name], size) for kind, name in _FOUND),
    ]


#: The kinds of the search that invented commitments are found under.
_FOUND = (("commitment", "Commitment"), ("indicator", "Indicator"))


def _words(kind: str, span: tuple[int, int], moved: int, size: int) -> Table:
    """The entries of the search: the words of a code and a title, each number in the place of its pattern's."""
    old, new = _number("kept.sort"), _number("kept.sort", size)

    def instead(column: str) -> str:
        """A text of words between gaps, with both numbers exchanged: the one in the code, and the last of a title."""
        told = f"replace({column} || ' ', ' ' || {_digits(old)} || ' ', ' ' || {_digits(new)} || ' ')"
        return f"trim(replace({told}, ' ' || CAST({old} AS text) || ' ', ' ' || CAST({new} AS text) || ' '))"

    def named(column: str) -> str:
        """The same of names as one word each; the code is set aside, for it holds the number that titles end with."""
        code = f"'{BEFORE.lower().rstrip('-')}' || "
        rest = f"replace({column} || ' ', {code}{_digits(old)}, '@')"
        told = f"replace({rest}, CAST({old} AS text) || ' ', CAST({new} AS text) || ' ')"
        return f"trim(replace({told}, '@', {code}{_digits(new)}))"

    return Table(
        _model("SearchEntry"),
        f"kept.kind = '{kind}' AND kept.record BETWEEN {span[0]} AND {span[1]}",
        {
            "record": f"kept.record + copies.k * {moved}",
            "sort": _code("kept.sort", size),
            "exact": named("kept.exact"),
            "title_words": instead("kept.title_words"),
        },
    )


def _number(column: str, size: int = 0) -> str:
    """The number in a code; with `size` that of the copy."""
    number = f"CAST(substr({column}, {len(BEFORE) + 1}, {DIGITS}) AS integer)"
    return f"({number} + copies.k * {size})" if size else number


def _digits(number: str) -> str:
    """A number as a code shows it."""
    return f"substr(CAST({10**DIGITS} + {number} AS text), 2)"


def _code(column: str, size: int) -> str:
    return f"'{BEFORE}' || {_digits(_number(column, size))} || substr({column}, {len(BEFORE) + DIGITS + 1})"


def _numbered(column: str, size: int) -> str:
    """A title, which ends with the number."""
    old = f"CAST({_number('kept.code')} AS text)"
    begins = f"substr({column}, 1, length({column}) - length({old}))"
    new = f"CAST({_number('kept.code', size)} AS text)"
    return f"CASE WHEN {column} IS NULL OR {column} = '' THEN {column} ELSE {begins} || {new} END"


def _count() -> None:
    """The counts, told from where all commitments stand."""
    from commitments.indicators import counting
    from commitments.indicators.models import CommitmentPlace, CountChange

    changes: Counter[counting.Key] = Counter()
    for place in CommitmentPlace.objects.iterator():
        changes.update(counting._counts_of(place))
    CountChange.objects.all().delete()
    CountChange.objects.bulk_create([counting._change(key, number, is_sum=True) for key, number in changes.items()])
