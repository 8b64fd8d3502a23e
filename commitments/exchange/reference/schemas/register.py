"""Commitments, their codes and the dates on which some of them ended, as the files hold them."""

from typing import Any

from commitments.exchange.reference.problems import Spot
from commitments.exchange.reference.schemas.description import (
    ACTOR,
    HEAD,
    LANGUAGE,
    MECHANISM,
    SLUG,
    SOURCE,
    FileKind,
    Section,
    by,
)
from commitments.exchange.reference.schemas.groups import PILLAR_NUMBER, WORKSTREAM_NUMBER
from commitments.exchange.reference.shapes import (
    PRECISION,
    code,
    dated,
    flag,
    list_of,
    nullable,
    one_of,
    partial_date,
    record,
    text,
)
from commitments.register.enums import CommitmentKind, Horizon, HorizonBasis, ReportedBasis, ReportedValue


def _status_belongs_together(value: Any, spot: Spot) -> None:
    if value["status"] is None:
        for name in ("status_as_of", "status_basis", "status_source"):
            if value[name] is not None:
                spot.within(name).refuse("is given without a status")


def _links_to_others(value: Any, spot: Spot) -> None:
    if value["id"] in value["related"]:
        spot.within("related").refuse("names the commitment itself")
    if value.get("part_of") == value["id"]:
        spot.within("part_of").refuse("names the commitment itself")


COMMITMENTS = FileKind(
    "commitments.json",
    (
        Section(
            "records",
            record(
                {
                    "id": SLUG,
                    "declaring_actor": ACTOR,
                    "other_actors": list_of(ACTOR, distinct=True),
                    "title": text(300),
                    "description": text(),
                    "mechanism": MECHANISM,
                    "pillar": nullable(PILLAR_NUMBER),
                    "workstream": nullable(WORKSTREAM_NUMBER),
                    "workstream_name": nullable(text()),
                    "classification": nullable(text(100)),
                    "made_on": partial_date,
                    "made_on_precision": PRECISION,
                    "made_at": nullable(text(250)),
                    "horizon": nullable(one_of(Horizon.values)),
                    "horizon_basis": nullable(one_of(HorizonBasis.values)),
                    "due_on": nullable(partial_date),
                    "due_on_precision": nullable(PRECISION),
                    "kind": one_of(CommitmentKind.values),
                    "status": nullable(one_of(ReportedValue.values)),
                    "status_as_of": nullable(partial_date),
                    "status_basis": nullable(one_of(ReportedBasis.values)),
                    "status_source": nullable(SOURCE),
                    "source": SOURCE,
                    "further_sources": list_of(SOURCE),
                    "original_language": nullable(LANGUAGE),
                    "verified": flag,
                    "related": list_of(SLUG, distinct=True),
                    "notes": nullable(text()),
                },
                {"part_of": nullable(SLUG)},
                dated("made_on", "made_on_precision"),
                dated("due_on", "due_on_precision"),
                _status_belongs_together,
                _links_to_others,
            ),
        ),
    ),
    HEAD,
)

CODES = FileKind(
    "codes.csv",
    (
        Section(
            "records",
            record(
                {
                    "reference_id": SLUG,
                    "code": code(r"[A-Z0-9-]{2,20}-[A-Z0-9-]{2,20}-\d{3,}(-I\d+)?|REG-I\d{2,}", "a code"),
                }
            ),
            by("reference_id"),
        ),
    ),
    columns=("reference_id", "code"),
)

LIFE_CYCLE_DATES = FileKind(
    "life_cycle_dates.csv",
    (
        Section(
            "records",
            record({"reference_id": SLUG, "date": partial_date, "basis": text()}),
            by("reference_id"),
        ),
    ),
    columns=("reference_id", "date", "basis"),
)
