"""The counts of commitments, kept by changes: told in the transaction of what moves them, read without the record.

A count that is read from all commitments grows with the record; these grow with what commitments are counted by.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, Sum

from commitments.history import derived
from commitments.history.enums import ReportState
from commitments.indicators.enums import Status
from commitments.indicators.models import CommitmentPlace, CountChange, Face, Indicator
from commitments.indicators.rollups import horizons_of
from commitments.register.enums import LifeCycle
from commitments.register.models import Commitment

#: The name of the job that holds the counts against the record, and of its sign of life.
CHECK = "indicators.check_counts"
#: The code of the mechanism whose commitments come first.
DECLARATION = "LAD"
#: What a commitment's places are made of.
OF_COMMITMENT = (
    "code", "mechanism", "maker_country", "pillar", "group", "horizon", "life_cycle", "is_example",
)  # fmt: skip
OF_INDICATOR = ("commitment", "horizon", "state")
STANDING = ("life_cycle", "status", "last_status")
#: What tells one count from another.
KEYS = ("face", "mechanism_id", "maker_country_id", "pillar_id", "group_id", "horizon", *STANDING)
#: How many commitments are read at once: keeps memory flat at any size.
BATCH = 500
#: From so many changes on they are put together.
MANY = 500

Key = tuple[Any, ...]


class CountsDifferError(Exception):
    """Kept counts are not what the record says, at so many places."""


_MOVED = [field.attname for field in CommitmentPlace._meta.concrete_fields if not field.primary_key]
_BEHIND = {Status.OFF_TRACK.value: 0, Status.AT_RISK.value: 1}


def register() -> None:
    """Tell the write path what moves a count. Called once, at start."""
    derived.keep(Commitment, of="pk", columns=OF_COMMITMENT, work=recount)
    derived.keep(Indicator, of="commitment_id", columns=OF_INDICATOR, work=recount)


def recount(commitments: Iterable[int]) -> None:
    """Tell the counts where these commitments stand now, of all that were moved, made or removed."""
    ids = sorted(set(commitments))
    for first in range(0, len(ids), BATCH):
        _recount(ids[first : first + BATCH])


@transaction.atomic(savepoint=False)
def _recount(ids: Sequence[int]) -> None:
    """The kept places are locked before the record is read: the last to tell has seen every change."""
    locked = CommitmentPlace.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    held = {place.pk: place for place in locked}
    live = places_of(ids)
    moved = [place for pk, place in live.items() if pk not in held or _differ(place, held[pk])]
    gone = [pk for pk in held if pk not in live]
    changes: Counter[Key] = Counter()
    for pk in (*gone, *(place.pk for place in moved)):
        if pk in held:
            changes.subtract(_counts_of(held[pk]))
    for place in moved:
        changes.update(_counts_of(place))
    CountChange.objects.bulk_create([_change(key, number) for key, number in changes.items() if number])
    if moved:
        CommitmentPlace.objects.bulk_create(
            moved, update_conflicts=True, unique_fields=["commitment"], update_fields=_MOVED
        )
    if gone:
        CommitmentPlace.objects.filter(pk__in=gone).delete()


def places_of(ids: Sequence[int]) -> dict[int, CommitmentPlace]:
    """Where these commitments stand, worked out from the record. Two queries."""
    horizons: dict[int, list[str]] = {}
    told = Indicator.objects.filter(commitment__in=ids, state=ReportState.PUBLISHED)
    for pk, horizon in told.values_list("commitment_id", "horizon"):
        horizons.setdefault(pk or 0, []).append(horizon)
    rows = Commitment.objects.filter(pk__in=ids).values(
        "pk",
        *(name for name in OF_COMMITMENT if name not in {"mechanism", "maker_country", "pillar", "group"}),
        *("mechanism_id", "maker_country_id", "pillar_id", "group_id", "mechanism__code"),
        *("computed__status", "computed__last_status", "computed__last_published_at"),
        *("computed__figure_on", "computed__figure_on_precision"),
    )
    return {row["pk"]: _place(row, horizons.get(row["pk"], [])) for row in rows}


def _place(row: dict[str, Any], horizons: list[str]) -> CommitmentPlace:
    is_own = row["mechanism__code"] == DECLARATION
    is_counted = LifeCycle(row["life_cycle"]).is_public and not row["is_example"]
    status, last = row["computed__status"] or "", row["computed__last_status"] or ""
    behind = _BEHIND.get(status, 2 if last in _BEHIND else None)
    return CommitmentPlace(
        commitment_id=row["pk"],
        **{name: row[name] for name in ("mechanism_id", "maker_country_id", "pillar_id", "group_id", "horizon")},
        horizons=",".join(sorted(horizons_of(row["horizon"], horizons))),
        is_counted=is_counted,
        order=f"{2 if row['is_example'] else 0 if is_own else 1} {row['code']}",
        behind=behind if is_own and is_counted else None,
        life_cycle=row["life_cycle"],
        status=status,
        last_status=last,
        updated_at=row["computed__last_published_at"],
        figure_on=row["computed__figure_on"],
        figure_on_precision=row["computed__figure_on_precision"] or "",
    )


def _differ(one: CommitmentPlace, other: CommitmentPlace) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in _MOVED)


def _counts_of(place: CommitmentPlace) -> Iterator[Key]:
    """The counts that a commitment is in."""
    if not place.is_counted:
        return
    standing = (place.life_cycle, place.status, place.last_status)
    yield (Face.MAKER.value, place.mechanism_id, place.maker_country_id, place.pillar_id, None, "", *standing)
    yield (Face.WORK.value, place.mechanism_id, None, place.pillar_id, place.group_id, place.horizon, *standing)
    for horizon in place.horizons.split(","):
        yield (Face.HORIZON.value, place.mechanism_id, None, None, None, horizon, *standing)


def _change(key: Key, number: int, *, is_sum: bool = False) -> CountChange:
    return CountChange(**dict(zip(KEYS, key, strict=True)), change=number, is_sum=is_sum)


def counted(face: Face, *by: str, **only: Any) -> list[dict[str, Any]]:
    """Numbers of published, real commitments by these columns of a face and their standing, in one query."""
    rows = CountChange.objects.filter(face=face, **only).order_by()
    told = rows.values(*by, *STANDING).annotate(number=Sum("change"))
    return [row for row in told if row["number"]]


def counted_at_a_glance() -> list[dict[str, Any]]:
    """All numbers by work, and the Declaration's own by maker and by horizon too, in one query: `face` says which."""
    own = Q(face__in=[Face.MAKER, Face.HORIZON], mechanism__code=DECLARATION)
    rows = CountChange.objects.filter(Q(face=Face.WORK) | own).order_by()
    by = ("face", "mechanism__code", "maker_country_id", "pillar_id", "group_id", "horizon")
    told = rows.values(*by, *STANDING).annotate(number=Sum("change"))
    return [row for row in told if row["number"]]


def gather(*, least: int = MANY) -> int:
    """Put the changes of each count together into one row, once there are many; how many rows went.

    Whatever is told meanwhile stays as it is, for the next time.
    """
    if CountChange.objects.filter(is_sum=False).count() < least:
        return 0
    with transaction.atomic():
        told = CountChange.objects.select_for_update(skip_locked=True).order_by("pk")
        sums: Counter[Key] = Counter()
        ids = []
        for pk, number, *key in told.values_list("pk", "change", *KEYS):
            ids.append(pk)
            sums[tuple(key)] += number
        for first in range(0, len(ids), BATCH):
            CountChange.objects.filter(pk__in=ids[first : first + BATCH]).delete()
        CountChange.objects.bulk_create(
            [_change(key, number, is_sum=True) for key, number in sums.items() if number], batch_size=BATCH
        )
    return len(ids)


def differences() -> list[str]:
    """Where the counts, or the places they rest on, are not what the record says: one line each. Reads all of it.

    Someone may change the record between two readings: what two looks in a row agree on is a difference.
    """
    first = _look()
    return [line for line in first and _look() if line in first]


def _look() -> list[str]:
    told = CountChange.objects.order_by().values_list(*KEYS).annotate(number=Sum("change"))
    held = Counter({tuple(key): number for *key, number in told if number})
    live, lines = _by_the_database(), []
    for places, kept in _all_places():
        for place in places.values():
            live.update(key for key in _counts_of(place) if key[0] == Face.HORIZON.value)
            if place.pk not in kept:
                lines.append(f"{place.order[2:]}: on record and not in the counts")
            elif _differ(place, kept[place.pk]):
                lines.append(f"{place.order[2:]}: counted as it stood before")
    gone = CommitmentPlace.objects.exclude(pk__in=Commitment.objects.values("pk"))
    lines += [f"{place.order[2:]}: in the counts and not on record" for place in gone]
    return [
        f"{' '.join(str(part) for part in key if part not in (None, ''))}: counted {held[key]}, on record {live[key]}"
        for key in sorted({*held, *live}, key=str)
        if held[key] != live[key]
    ] + lines


def _by_the_database() -> Counter[Key]:
    """The counts by maker and by work from the commitments themselves."""
    real = Commitment.objects.real().public().order_by()
    standing = ("life_cycle", "computed__status", "computed__last_status")
    found: Counter[Key] = Counter()
    maker_columns = ("mechanism_id", "maker_country_id", "pillar_id")
    by_maker = real.values_list(*maker_columns, *standing).annotate(number=Count("pk"))
    for mechanism, maker, pillar, life, status, last, number in by_maker:
        found[Face.MAKER.value, mechanism, maker, pillar, None, "", life, status or "", last or ""] += number
    work = ("mechanism_id", "pillar_id", "group_id", "horizon")
    for mechanism, pillar, group, horizon, life, status, last, number in real.values_list(*work, *standing).annotate(
        number=Count("pk")
    ):
        found[Face.WORK.value, mechanism, None, pillar, group, horizon, life, status or "", last or ""] += number
    return found


def _all_places() -> Iterator[tuple[dict[int, CommitmentPlace], dict[int, CommitmentPlace]]]:
    """Where commitments stand by the record and by the counts, some at a time."""
    ids = list(Commitment.objects.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(ids), BATCH):
        some = ids[first : first + BATCH]
        yield places_of(some), CommitmentPlace.objects.in_bulk(some)


def repair() -> None:
    """Make the counts anew from the record."""
    with transaction.atomic():
        CountChange.objects.all().delete()
        CommitmentPlace.objects.all().delete()
        recount(Commitment.objects.values_list("pk", flat=True))
    gather(least=0)
