"""The end of a cycle: what stands in its way, and the copy of all its figures that is frozen and published.

The copy holds published values only. It is canonical JSON: keys sorted, decimals as strings, dates in ISO 8601; its
SHA-256 and a short code made of it are printed with it, so that anybody can tell whether a copy is the one published.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db.models import Count, Max, QuerySet

from commitments.formats.cells import bare
from commitments.formats.dates import last_day_at, site_day
from commitments.formats.language import LANGUAGES
from commitments.formats.partial import PartialDate
from commitments.history.enums import ReportState
from commitments.indicators.models import Measurement
from commitments.indicators.queries import CommitmentReading, IndicatorReading, commitment_readings
from commitments.indicators.totals import CommitmentResult, Totals, totals
from commitments.mechanisms.queries import office_settings
from commitments.register.enums import LifeCycle
from commitments.register.models import Commitment
from commitments.reporting import facts, gathering
from commitments.reporting.enums import Timeliness
from commitments.reporting.models import ProgressReport, ReportCorrection, ReportingCycle
from commitments.reporting.translating import count_wanted

#: The version of the form of a copy; raised when a field changes its meaning. The first counted what was suspended,
#: withdrawn or superseded among what ended; in the second each has its own number.
FORMAT = 2
#: Lives that stand apart from those that ended: a suspended commitment has not ended.
STOPPED = (LifeCycle.SUSPENDED, LifeCycle.WITHDRAWN, LifeCycle.SUPERSEDED)
#: Digits that nobody confuses when reading them out: no I, L, O, U (Douglas Crockford's base 32).
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10
#: So many open questions are named on the page that closes a cycle.
NAMED = 20
WAITING = (ReportState.SENT, ReportState.IN_REVIEW)
#: Shares keep this many decimals: enough for any percentage that is shown.
PLACES = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Checklist:
    """What is open before a cycle is closed: the first two stop it, the others are accepted with a reason."""

    last_day: date  # on which a report may still come in time
    is_due: bool
    waiting: int  # figures, reports and corrections of reports that wait for a decision
    translations: int  # published summaries missing in a language of the office
    unpublished: int  # accepted, but not public: not in the copy
    questions: int  # returned and not answered
    missing: int  # reports not received

    @property
    def stops(self) -> bool:
        """Whether it cannot be closed yet."""
        return bool(self.waiting) or not self.is_due

    @property
    def wants_reason(self) -> bool:
        """Whether something is missing that has to be accepted in words."""
        return bool(self.translations or self.unpublished or self.questions or self.missing)


def checklist(cycle: ReportingCycle, *, at: datetime) -> Checklist:
    """What is open in a cycle at a moment. Constant number of queries.

    It is due once nobody has time left in public: neither on its due day nor by an extension.
    """
    reports = ProgressReport.objects.filter(cycle=cycle)
    unsent = reports.filter(state__in=gathering.UNSENT).aggregate(count=Count("pk"), last=Max("due_on"))
    figures = Measurement.objects.filter(entries__report__cycle=cycle).distinct()

    corrections = ReportCorrection.objects.filter(report__cycle=cycle, state=ReportState.SENT)

    def counted(*states: ReportState) -> int:
        return reports.filter(state__in=states).count() + figures.filter(state__in=states).count()

    last_day = max(cycle.due_on, unsent["last"] or cycle.due_on)
    return Checklist(
        last_day=last_day,
        is_due=last_day < last_day_at(at),
        waiting=counted(*WAITING) + corrections.count(),
        translations=count_wanted(office_settings(site_day(at)).languages, cycle=cycle),
        unpublished=counted(ReportState.ACCEPTED),
        questions=counted(ReportState.RETURNED),
        missing=unsent["count"],
    )


def figures_asked_about(cycle: ReportingCycle) -> list[Measurement]:
    """Figures of a cycle that went back with a question: the first of them. One query."""
    rows = Measurement.objects.filter(entries__report__cycle=cycle, state=ReportState.RETURNED).distinct()
    return list(rows.select_related("series__indicator").order_by("series__indicator__code", "pk")[:NAMED])


def content(cycle: ReportingCycle, *, at: datetime, why: str = "", language: str = "") -> dict[str, Any]:
    """All figures of a cycle as they stand, and why it is closed although something is missing: what the copy holds.

    They are those of the day that the public pages speak of, wherever the person is who closes it.
    """
    on = site_day(at)
    results: list[CommitmentResult] = []
    commitments, stopped = [], dict.fromkeys(STOPPED, 0)
    for reading in _readings(cycle, on):
        life = LifeCycle(reading.commitment.life_cycle)
        if life in stopped:
            stopped[life] += 1
        else:
            results.append(reading.result)
        commitments.append(_commitment(reading))
    return {
        "format": FORMAT,
        "cycle": _cycle(cycle),
        "taken_on": on.isoformat(),
        "taken_at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "closing_reason": why,
        "closing_language": language if why else "",
        "totals": _totals(totals(results), stopped),
        "commitments": commitments,
        "reports": reports_told(cycle, at=at),
    }


def _totals(counted: Totals, stopped: Mapping[LifeCycle, int]) -> dict[str, int]:
    """How many commitments stand where, those of each life that stopped by themselves."""
    return {
        **asdict(counted),
        **{life.value: number for life, number in stopped.items()},
        "can_be_assessed": counted.can_be_assessed,
        "on_record": counted.on_record + sum(stopped.values()),
    }


def closed_lives(told: Mapping[str, Any]) -> list[tuple[str, int]]:
    """The lives that closed commitments of a copy stand in, with their numbers; nothing of a first copy, which
    cannot tell them apart.
    """
    if told["format"] < FORMAT:
        return []
    counted = told["totals"]
    ended = sum(counted[name] for name in ("ended_fulfilled", "ended_not_fulfilled", "ended_not_assessed"))
    numbers = {LifeCycle.ENDED: ended, **{life: counted[life.value] for life in STOPPED}}
    return [(str(life.label), number) for life, number in numbers.items() if number]


def _readings(cycle: ReportingCycle, on: date) -> Iterator[CommitmentReading]:
    """The public commitments of the mechanism with their published figures, in batches."""
    yield from _in_batches(Commitment.objects.filter(mechanism_id=cycle.mechanism_id), on)


def of_group(group_id: int, *, at: datetime) -> dict[str, Any]:
    """The figures of a group's commitments as they stand, in the form of a copy: what its published report cites."""
    on = site_day(at)
    readings = _in_batches(Commitment.objects.filter(group_id=group_id), on)
    return {"format": FORMAT, "taken_on": on.isoformat(), "commitments": [_commitment(row) for row in readings]}


def _in_batches(asked: QuerySet[Commitment], on: date) -> Iterator[CommitmentReading]:
    """The public ones of these commitments by code, with their published figures."""
    rows = (asked & Commitment.objects.public().real()).order_by("code")
    rows = rows.select_related("mechanism", "maker_country", "maker_organization", "maker_mechanism")
    last = ""
    while batch := list(rows.filter(code__gt=last)[: facts.BATCH]):
        last = batch[-1].code
        yield from commitment_readings(batch, on=on).values()


def _cycle(cycle: ReportingCycle) -> dict[str, Any]:
    return {
        "slug": cycle.slug,
        "mechanism": cycle.mechanism.code,
        "name": {code: getattr(cycle, f"name_{code}") or "" for code in LANGUAGES},
        "period_start": cycle.period_start.isoformat(),
        "period_end": cycle.period_end.isoformat(),
        "opens_on": cycle.opens_on.isoformat(),
        "due_on": cycle.due_on.isoformat(),
        "closes_on": cycle.closes_on.isoformat(),
        "is_demonstration": cycle.is_demonstration,
    }


def _commitment(reading: CommitmentReading) -> dict[str, Any]:
    row, result = reading.commitment, reading.result
    return {
        "code": row.code,
        "maker": _maker(row),
        "life_cycle": row.life_cycle,
        "status": result.status.value,
        "last_status": result.last_status.value if result.last_status else "",
        "rule": result.rule,
        "reason": result.reason.value,
        "assessed": result.assessed,
        "key_count": result.key_count,
        "indicators": [_indicator(item) for item in reading.indicators],
    }


def _maker(row: Commitment) -> str:
    if row.maker_country:
        return row.maker_country.iso3
    if row.maker_organization:
        return row.maker_organization.code
    return row.maker_mechanism.code if row.maker_mechanism else row.maker_name


def _indicator(reading: IndicatorReading) -> dict[str, Any]:
    """The latest published figure as it is on record, and what the status rests on."""
    row, result = reading.latest, reading.result
    return {
        "code": reading.indicator.code,
        "unit": reading.indicator.unit_in("en").text,
        "is_key": reading.is_key,
        "status": result.status.value,
        "rule": result.rule,
        "reason": result.reason.value,
        "value": bare(row.value) if row else None,
        "value_min": bare(row.value_min) if row else None,
        "value_max": bare(row.value_max) if row else None,
        "words": row.words if row else "",
        "qualifier": row.qualifier if row else "",
        "as_of": _day(row.day) if row else None,
        "judged": bare(result.value),
        "expected": bare(result.expected),
        "share": bare(result.share.quantize(PLACES)) if result.share is not None else None,
        "baseline": bare(result.baseline),
        "baseline_on": _day(result.baseline_date),
        "target": bare(result.target),
        "target_on": _day(result.target_date),
        "source": {"title": row.source.title, "url": row.source.url} if row and row.source else None,
    }


def _day(day: PartialDate | None) -> str | None:
    """A date as exactly as it is known, in the record's own form."""
    return str(day) if day else None


def reports_told(cycle: ReportingCycle, *, at: datetime) -> list[dict[str, Any]]:
    """Which reports of a cycle came when: dates and timeliness only, and whether the text is public."""
    received = gathering.received_on(cycle)
    extended = {(row.country_id, row.group_id): row for row in cycle.extensions.all()}
    rows = cycle.reports.filter(is_example=False).select_related("country", "group")
    on = last_day_at(at)
    told = []
    for row in rows.order_by("is_of_secretariat", "group__number", "group__code", "country__iso3", "pk"):
        extension = extended.get((row.country_id, row.group_id))
        came = received.get(row.pk)
        told.append(
            {
                "of": row.country.iso3 if row.country else row.group.code if row.group else "secretariat",
                "due_on": row.due_on.isoformat(),
                "extension_reason": extension.reason if extension else "",
                "extension_language": extension.language if extension else "",
                "received_on": came.isoformat() if came else None,
                "timeliness": Timeliness.of(due_on=row.due_on, received_on=came, on=on).value,
                "is_published": row.is_public,
            }
        )
    return told


def canonical(told: dict[str, Any]) -> bytes:
    """A copy as bytes: the same for the same content, whatever stored it in between."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def fingerprint(told: dict[str, Any]) -> str:
    """The SHA-256 of a copy."""
    return sha256(canonical(told)).hexdigest()


def code_of(sha256_hex: str) -> str:
    """The first fifty bits of a hash in ten digits that nobody confuses."""
    bits = int(sha256_hex, 16) >> (256 - 5 * CODE_LENGTH)
    return "".join(DIGITS[bits >> 5 * place & 31] for place in reversed(range(CODE_LENGTH)))
