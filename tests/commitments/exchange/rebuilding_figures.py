"""Commitments and indicators of the files built again from the database alone.

What cannot be built again is a name printed beside a code, which the code decides: `without_names` leaves it out.
"""

from typing import Any

from commitments.indicators.models import Baseline, Indicator, Measurement, Target
from commitments.register.models import Commitment, Party
from tests.commitments.exchange.rebuilding import given, iso, source, written

DIRECTIONS = {"increase": "up", "decrease": "down", "observe": "observe"}
COUNTINGS = {"stock": "stock", "cumulative": "cumulative", "flow": "period"}
PERIODS = {"month": "month", "year": "year", "fiscal_year": "fiscal year"}


def without_names(record: dict[str, Any]) -> dict[str, Any]:
    """A record of the file without the names printed beside a code or number."""
    actors = [record["declaring_actor"], *record["other_actors"]]
    maker, *others = [{k: v for k, v in actor.items() if k != "name" or not _has_code(actor)} for actor in actors]
    return {**record, "declaring_actor": maker, "other_actors": others}


def _has_code(actor: dict[str, Any]) -> bool:
    return bool(actor["iso3"] or actor.get("code"))


def _maker(row: Commitment) -> dict[str, Any]:
    if row.maker_country:
        return {"type": "country", "iso3": row.maker_country.iso3}
    if row.maker_organization:
        return {"type": "organisation", "iso3": None, "code": row.maker_organization.code}
    if row.maker_mechanism:
        return {"type": "group", "iso3": None, "code": row.maker_mechanism.code}
    return {"type": "group", "iso3": None, "code": None, "name": row.maker_name}


def _party(row: Party) -> dict[str, Any]:
    if row.country:
        return {"type": "country", "iso3": row.country.iso3}
    return {"type": "organisation", "iso3": None, "code": row.organization.code}


def commitment(row: Commitment) -> dict[str, Any]:
    """A record of commitments.json."""
    main, *further = [link.source for link in row.source_links.order_by("position").select_related("source")]
    status = row.reported_statuses.first()
    workstream = row.group or row.aligned_workstream
    links = row.links.order_by("id").select_related("other")
    part_of = [link.other.reference_id for link in links if link.kind == "part_of"]
    return {
        "id": row.reference_id,
        "declaring_actor": _maker(row),
        "other_actors": [_party(party) for party in row.parties.order_by("position")],
        "title": row.title_en,
        "description": row.summary_en,
        "mechanism": row.mechanism.code,
        "pillar": row.pillar.number if row.pillar else None,
        "workstream": workstream.number if workstream else None,
        "workstream_name": workstream.name_en if workstream else None,
        "classification": row.classification,
        "made_on": written(row.made_on, row.made_on_precision),
        "made_on_precision": row.made_on_precision,
        "made_at": row.made_at,
        "horizon": row.horizon,
        "horizon_basis": row.horizon_basis,
        "due_on": written(row.due_on, row.due_on_precision),
        "due_on_precision": row.due_on_precision or None,
        "kind": row.kind,
        "status": status.value if status else None,
        "status_as_of": written(status.as_of, status.as_of_precision) if status else None,
        "status_basis": status.basis if status else None,
        "status_source": source(status.source) if status else None,
        "source": source(main),
        "further_sources": [source(one) for one in further],
        "original_language": row.original_language,
        "verified": row.is_verified,
        "related": [link.other.reference_id for link in links if link.kind == "related"],
        "notes": row.notes or None,
        **({"part_of": part_of[0]} if part_of else {}),
    }


def _baseline(row: Baseline | None) -> dict[str, Any] | None:
    if row is None:
        return None
    told = {"value": row.value, "qualifier": row.qualifier, "note": row.note or None}
    return told | {"date": written(row.date, row.date_precision), "date_precision": row.date_precision}


def _target(row: Target | None) -> dict[str, Any] | None:
    """A target; the date of an announcement stands at the start of the note that says why it is no target date."""
    if row is None:
        return None
    announced = row.date_note[:10]
    return {
        "value": row.value,
        "value_min": row.value_min,
        "value_max": row.value_max,
        "qualifier": row.qualifier,
        "date": announced or written(row.date, row.date_precision),
        "date_precision": "day" if announced else row.date_precision or None,
        "note": row.note or None,
    }


def measurement(row: Measurement) -> dict[str, Any]:
    """A measurement; the ends of a range are read from its words, which stay."""
    return {
        "value": row.value,
        "value_text": row.words or None,
        "qualifier": row.qualifier,
        "date": written(row.as_of, row.as_of_precision),
        "date_precision": row.as_of_precision,
        "period_start": iso(row.period_start),
        "kind": COUNTINGS[row.counting_as_stated],
        "source": source(row.source),
        "note": row.note or None,
        "comparable": row.is_comparable,
        "comparable_why": row.not_comparable_because or None,
    }


def indicator(row: Indicator) -> dict[str, Any]:
    """A record of indicators.json."""
    series = row.series.get(country=None, breakdown="")
    return {
        "id": row.reference_id,
        "commitment": row.commitment.reference_id if row.commitment else None,
        "scope": "regional" if row.is_regional else "commitment",
        "name": row.title_en,
        "unit": row.unit_en,
        "type": row.unit_type,
        "better": DIRECTIONS[row.direction],
        "counting": COUNTINGS[row.counting],
        "cadence": row.cadence or None,
        "baseline": _baseline(series.baselines.first()),
        "target": _target(series.targets.first()),
        "measurements": [measurement(figure) for figure in series.measurements.order_by("id")],
        "verified": row.is_verified,
        "notes": row.notes or None,
        **given(better_as_stated=DIRECTIONS.get(row.direction_as_stated), per=PERIODS.get(row.per)),
    }
