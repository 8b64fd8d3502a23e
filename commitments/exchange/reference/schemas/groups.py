"""Pillars, working groups, themes and kinds of organization as the files hold them."""

from typing import Any

from commitments.exchange.reference.problems import Spot
from commitments.exchange.reference.schemas.description import CITED, ISO3, MECHANISM, FileKind, Section, by
from commitments.exchange.reference.schemas.terms import CONCEPT, PEOPLE, TERM_CODE
from commitments.exchange.reference.shapes import (
    code,
    exact_day,
    flag,
    list_of,
    map_of,
    nullable,
    one_of,
    record,
    text,
    translated,
    whole,
)
from commitments.working_groups.enums import AlignmentKind

PILLAR_NUMBER = whole(1, 9)
WORKSTREAM_NUMBER = whole(1, 99)
_COUNTRIES = list_of(ISO3, distinct=True)

_PILLAR = record(
    {
        "number": PILLAR_NUMBER,
        "code": text(20),
        "name": translated(200),
        "other_names_in_paper": list_of(text()),
        "has_workstreams": flag,
        "workstreams": list_of(WORKSTREAM_NUMBER, distinct=True),
        "purpose": text(),
        "source": list_of(CITED),
    },
    {"note": text()},
)


def _one_role_each(value: Any, spot: Spot) -> None:
    together = [*value["leads"], *value["co_leads"], *value["participants"]]
    for twice in sorted({iso3 for iso3 in together if together.count(iso3) > 1}):
        spot.refuse(f"{twice} has more than one role")


_WORKSTREAM = record(
    {
        "number": WORKSTREAM_NUMBER,
        "code": text(20),
        "pillar": PILLAR_NUMBER,
        "name": translated(250),
        "purpose": text(),
        "leads": _COUNTRIES,
        "co_leads": _COUNTRIES,
        "participants": _COUNTRIES,
        "name_in_figure1": text(100),
        "gcm_objectives": list_of(whole(1, 23), distinct=True),
        "gcr_objectives": list_of(whole(1, 4), distinct=True),
        "sdg_targets": list_of(text(10), distinct=True),
        "source": list_of(CITED),
    },
    {"note": text()},
    _one_role_each,
)

WORKSTREAMS = FileKind(
    "workstreams.json",
    (Section("pillars", _PILLAR, by("number")), Section("workstreams", _WORKSTREAM, by("number"))),
    {
        "about": text(),
        "structure": record(
            {
                "pillars_in_declaration": whole(0, 9),
                "pillars_with_workstreams": whole(0, 9),
                "workstreams": whole(0, 99),
                "agreed": exact_day,
                "agreed_note": text(),
                "public_name_of_groups": text(100),
                "public_name_of_focal_points": text(100),
            }
        ),
    },
)


def _alignment_names_what_it_matches(value: Any, spot: Spot) -> None:
    kind, workstreams, pillar = value["alignment"], value["workstreams"], value["pillar"]
    if kind == AlignmentKind.WORKSTREAM and not workstreams:
        spot.within("workstreams").refuse("is empty although the group matches a workstream")
    if kind != AlignmentKind.WORKSTREAM and workstreams:
        spot.within("workstreams").refuse(f'is given although the alignment is "{kind}"')
    if kind == AlignmentKind.PILLAR and pillar is None:
        spot.within("pillar").refuse("is empty although the group matches a pillar")
    if kind in {AlignmentKind.NOT_IN_DECLARATION, AlignmentKind.NOT_PLACED} and pillar is not None:
        spot.within("pillar").refuse(f'is given although the alignment is "{kind}"')


_NUMBER = nullable(whole(1, 99))

WORKING_GROUPS = FileKind(
    "working_groups.json",
    (
        Section(
            "working_groups",
            record(
                {
                    "id": code(r"[A-Z0-9]{2,10}-[A-Z0-9]{1,8}", "a group code"),
                    "mechanism": MECHANISM,
                    "number_fig1": _NUMBER,
                    "number_fig3": _NUMBER,
                    "name": translated(250),
                    "leads": _COUNTRIES,
                    "lead_organisations": list_of(text(200), distinct=True),
                    "alignment": one_of(AlignmentKind.values),
                    "workstreams": list_of(WORKSTREAM_NUMBER, distinct=True),
                    "pillar": nullable(PILLAR_NUMBER),
                    "focus": text(),
                    "source": list_of(CITED),
                },
                {"note": text(), "co_led": flag, "lead_claims": map_of(ISO3)},
                _alignment_names_what_it_matches,
            ),
        ),
    ),
    {"about": text(), "alignment_values": map_of(text())},
)

TERMS = FileKind(
    "terms.json",
    (
        Section(
            "stakeholders",
            record({"code": TERM_CODE, "name": translated(120), "role": text(), "source": text(200)}),
            by("code"),
        ),
        Section(
            "themes",
            record(
                {
                    "code": TERM_CODE,
                    "name": translated(200),
                    "group": text(40),
                    "workstreams": list_of(WORKSTREAM_NUMBER, distinct=True),
                    "source": list_of(CITED),
                },
                {"note": text()},
            ),
            by("code"),
        ),
        Section("concepts", CONCEPT, by("code")),
        Section("vulnerable_groups", PEOPLE, by("code")),
        Section("population_groups", PEOPLE, by("code")),
    ),
    {"about": text(), "theme_groups": map_of(text(200))},
)
