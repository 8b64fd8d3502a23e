"""What a search finds: how many of each kind, and the records of one page of results."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, overload

from django.db.models import QuerySet

from commitments.glossary.models import Term
from commitments.history.together import together
from commitments.indicators.enums import Status
from commitments.indicators.models import Indicator
from commitments.indicators.queries import indicator_readings
from commitments.mechanisms.models import Country, Mechanism
from commitments.meetings.models import Meeting
from commitments.public.queries.cards import shown_with_summaries
from commitments.register.models import Commitment
from commitments.search.folding import Wanted
from commitments.search.models import Kind, SearchEntry
from commitments.search.queries import counted, first_of_many, ranked
from commitments.working_groups.models import WorkingGroup


@dataclass(frozen=True, slots=True)
class Result:
    """One record that was found."""

    kind: Kind
    record: Any
    #: Of an indicator: how it stands. A commitment has its kept status.
    status: Status | None = None


#: Each kind with what a result shows of other records. Asked again for what anybody may read: the index only orders.
_ROWS: dict[Kind, Callable[[], QuerySet[Any]]] = {
    Kind.COUNTRY: Country.objects.all,
    Kind.COMMITMENT: lambda: shown_with_summaries(Commitment.objects.public()),
    Kind.INDICATOR: lambda: Indicator.objects.public().select_related(
        *(f"commitment__{name}" for name in ("mechanism", "maker_country", "maker_organization", "maker_mechanism"))
    ),
    Kind.GROUP: lambda: WorkingGroup.objects.select_related("mechanism", "pillar"),
    Kind.MECHANISM: Mechanism.objects.all,
    Kind.MEETING: lambda: Meeting.objects.select_related("mechanism", "group", "country"),
    Kind.TERM: Term.objects.all,
}


class Results(Sequence[SearchEntry]):
    """All that is found, the best first, counted by kind; of very many, the first ones. Read a page at a time."""

    #: So many are counted and put in order all at once; of more, so many first ones are reached.
    most = 10_000

    def __init__(self, wanted: Wanted, kind: str = "") -> None:
        self.wanted, self.kind = wanted, kind

    @cached_property
    def numbers(self) -> dict[str, int] | None:
        """How many there are of each kind, whichever is shown; None where nobody counted so many. One query."""
        numbers = counted(self.wanted, self.most)
        return numbers if sum(numbers.values()) <= self.most else None

    @cached_property
    def _found(self) -> int:
        if self.numbers is not None:
            return self.numbers.get(self.kind, 0) if self.kind else sum(self.numbers.values())
        return sum(counted(self.wanted, self.most, self.kind).values()) if self.kind else self.most + 1

    @property
    def is_cut(self) -> bool:
        """Whether there are more than are counted, and than have pages."""
        return self._found > self.most

    def __len__(self) -> int:
        return min(self._found, self.most)

    @overload
    def __getitem__(self, place: int) -> SearchEntry: ...

    @overload
    def __getitem__(self, place: slice) -> list[SearchEntry]: ...

    def __getitem__(self, place: int | slice) -> SearchEntry | list[SearchEntry]:
        if not isinstance(place, slice):
            return self[place : place + 1][0]
        start, stop, _step = place.indices(len(self))
        if self.is_cut:
            return first_of_many(self.wanted, self.kind, start, stop)
        return list(ranked(self.wanted, self.kind)[start:stop])


def results(entries: Iterable[SearchEntry], *, on: date) -> list[Result]:
    """The records behind some entries, in their order, indicators with their status on a day.

    One query, and a constant number more where there are indicators.
    """
    wanted = [(Kind(entry.kind), entry.record) for entry in entries]
    keys: dict[Kind, list[int]] = {}
    for kind, record in wanted:
        keys.setdefault(kind, []).append(record)
    read = together(**{kind.value: _ROWS[kind]().filter(pk__in=some) for kind, some in keys.items()})
    found: dict[tuple[Kind, int], Any] = {(kind, row.pk): row for kind in keys for row in read[kind.value]}
    indicators = [row for (kind, _record), row in found.items() if kind is Kind.INDICATOR]
    readings = indicator_readings(indicators, on=on) if indicators else {}
    return [
        Result(kind, found[kind, record], readings[record].result.status if kind is Kind.INDICATOR else None)
        for kind, record in wanted
        if (kind, record) in found
    ]
