"""Countries, organizations, mechanisms and memberships as the files hold them."""

from commitments.exchange.reference.schemas.description import (
    CITED,
    ISO2,
    ISO3,
    MECHANISM,
    FileKind,
    Section,
    by,
    optional,
)
from commitments.exchange.reference.shapes import (
    PRECISION,
    code,
    exact_day,
    flag,
    list_of,
    nullable,
    one_of,
    partial_date,
    record,
    text,
    time_zone,
    translated,
    whole,
)
from commitments.mechanisms.enums import CountryKind

#: How the file of memberships writes each kind of adherence.
ADHERENCES = {"endorser": "endorsing", "observer": "observer", "member": "member"}

_TILE = record({"row": whole(0, 99), "col": whole(0, 99)})

COUNTRIES = FileKind(
    "countries.json",
    (
        Section(
            "subregions",
            record({"code": text(30), "label": translated(100)}),
            by("code"),
            waits=True,
        ),
        Section(
            "countries",
            record(
                {
                    "iso3": ISO3,
                    "iso2": ISO2,
                    "kind": one_of(CountryKind.values),
                    "names": translated(100),
                    "region": text(30),
                    "subregion": text(30),
                    "oas_member": flag,
                    "caricom_member": flag,
                    "tile": nullable(_TILE),
                    "source": list_of(CITED),
                    "time_zone": time_zone,
                },
                {"display_en": text(100), "note": text()},
            ),
            by("iso3"),
        ),
    ),
    {
        "about": text(),
        "name_source": text(),
        "public_facts": list_of(text()),
        "tile_grid": record({"rows": whole(1, 99), "cols": whole(1, 99), "origin": text(), "note": text()}),
    },
)

_HOST = record({"code": text(20), "name": text(200)})

MECHANISMS = FileKind(
    "mechanisms.json",
    (
        Section(
            "mechanisms",
            record(
                {
                    "code": MECHANISM,
                    "name": translated(200),
                    "aliases": list_of(text(), distinct=True),
                    "kind": text(100),
                    "focus": text(),
                    "objective": text(),
                    "presidency": record(
                        {"type": text(40), "term": nullable(text(40)), "rule": text()},
                        {"holder_at_time_of_paper": ISO3, "as_of": partial_date},
                    ),
                    "technical_secretariat": record({"exists": flag, "hosts": list_of(_HOST, distinct=True)}),
                    "has_working_groups": flag,
                    "source": list_of(CITED),
                },
                {"note": text(), "adopted": exact_day, "working_groups_agreed": exact_day},
            ),
            by("code"),
        ),
    ),
    {"about": text()},
)

MEMBERSHIPS = FileKind(
    "memberships.csv",
    (
        Section(
            "records",
            record(
                {
                    "mechanism": MECHANISM,
                    "iso3": ISO3,
                    "status": one_of(ADHERENCES),
                    "since": optional(partial_date),
                    "since_precision": optional(PRECISION),
                    "fig1": text(20),
                    "fig2": text(20),
                    "resolved": text(20),
                    "source": text(200),
                    "reason": text(),
                }
            ),
            by("mechanism", "iso3"),
        ),
    ),
    columns=(
        "mechanism",
        "iso3",
        "status",
        "since",
        "since_precision",
        "fig1",
        "fig2",
        "resolved",
        "source",
        "reason",
    ),
)

_COUNT = code(r"\d{1,3}", "a number")

FIGURE2_ROWS = FileKind(
    "figure2_rows.csv",
    (
        Section(
            "records",
            record(
                {
                    "as_printed": text(100),
                    "iso3": ISO3,
                    "marks_printed": _COUNT,
                    "memberships_in_figure1": _COUNT,
                    "columns_inferred": text(100),
                    "agrees": one_of(["yes", "no"]),
                }
            ),
            by("iso3"),
            waits=True,
        ),
    ),
    columns=("as_printed", "iso3", "marks_printed", "memberships_in_figure1", "columns_inferred", "agrees"),
)

ORGANIZATIONS = FileKind(
    "organizations.csv",
    (
        Section(
            "records",
            record(
                {
                    "code": code(r"[A-Z][A-Z0-9-]{1,19}", "an organization code"),
                    "name": text(200),
                    **{f"name_{language}": optional(text(200)) for language in ("es", "pt", "fr")},
                    "kind": optional(text(40)),
                    "other_names": optional(text()),
                    "basis": text(),
                }
            ),
            by("code"),
        ),
    ),
    columns=("code", "name", "name_es", "name_pt", "name_fr", "kind", "other_names", "basis"),
)
