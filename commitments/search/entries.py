"""What of each kind of record can be found, and by which words: public records alone."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from commitments.formats.language import LANGUAGES
from commitments.glossary.models import Term
from commitments.history.models import TrackedModel
from commitments.indicators.models import Indicator
from commitments.mechanisms.models import Country, Mechanism, Organization
from commitments.meetings.models import Meeting
from commitments.register.models import Commitment
from commitments.search.folding import distinct, one_word
from commitments.search.models import PLACES, Kind, SearchEntry
from commitments.working_groups.models import WorkingGroup

Model = type[TrackedModel]


@dataclass(frozen=True, slots=True)
class Shelf:
    """One kind of record: which rows anybody may read, what they are called, and what else they say."""

    kind: Kind
    model: Model
    public: Callable[[], QuerySet[Any]]
    #: The code that people quote, else what the address ends with: what orders equal results.
    sort: str
    names: tuple[str, ...]
    texts: tuple[str, ...]
    #: Records whose names are among the words: by which column of this kind they are found.
    rests_on: tuple[tuple[Model, str], ...] = ()


def _in_all(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}_{language}" for name in names for language in LANGUAGES)


_MAKERS = ("maker_country", "maker_organization", "maker_mechanism")
_MAKER_NAMES = (*_in_all("maker_country__name", "maker_organization__name", "maker_mechanism__name"), "maker_name")
_MAKER_MODELS: tuple[Model, ...] = (Country, Organization, Mechanism)
SHELVES = (
    Shelf(Kind.COUNTRY, Country, Country.objects.all, "iso3", _in_all("name"), ("listed_name_en",)),
    Shelf(
        Kind.COMMITMENT,
        Commitment,
        Commitment.objects.public,
        "code",
        _in_all("title"),
        (*_in_all("summary"), *_MAKER_NAMES),
        tuple(zip(_MAKER_MODELS, _MAKERS, strict=True)),
    ),
    Shelf(
        Kind.INDICATOR,
        Indicator,
        Indicator.objects.public,
        "code",
        _in_all("title"),
        (*_in_all("definition", "unit"), *(f"commitment__{name}" for name in _MAKER_NAMES)),
        (
            (Commitment, "commitment"),
            *zip(_MAKER_MODELS, (f"commitment__{maker}" for maker in _MAKERS), strict=True),
        ),
    ),
    Shelf(
        Kind.GROUP,
        WorkingGroup,
        WorkingGroup.objects.all,
        "code",
        _in_all("name"),
        (*_in_all("purpose", "outcomes"), "focus"),
    ),
    Shelf(
        Kind.MECHANISM,
        Mechanism,
        Mechanism.objects.all,
        "code",
        (*_in_all("name"), "aliases"),
        ("focus", "objective"),
    ),
    Shelf(
        Kind.MEETING,
        Meeting,
        Meeting.objects.all,
        "slug",
        _in_all("title"),
        ("place", "process", *_in_all("outcome")),
    ),
    Shelf(Kind.TERM, Term, Term.objects.all, "slug", _in_all("name"), _in_all("sentence", "definition")),
)


def entries(shelf: Shelf, ids: Sequence[int] | None = None) -> Iterator[SearchEntry]:
    """The entries that records of a kind should have, of all where no ids are named; none for what is not public."""
    rows = shelf.public().order_by("pk")
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    for pk, sort, *values in rows.values_list("pk", shelf.sort, *shelf.names, *shelf.texts).iterator(chunk_size=500):
        named, said = [sort, *_texts(values[: len(shelf.names)])], _texts(values[len(shelf.names) :])
        yield SearchEntry(
            kind=shelf.kind.value,
            record=pk,
            place=PLACES[shelf.kind.value],
            sort=sort,
            exact=" ".join(dict.fromkeys(map(one_word, named))),
            title_words=distinct(named),
            other_words=distinct(said),
        )


def _texts(values: Iterable[Any]) -> list[str]:
    """The texts among some columns; one with a list holds several."""
    found = []
    for value in values:
        found += [str(one) for one in value] if isinstance(value, list) else [value] if value else []
    return found
