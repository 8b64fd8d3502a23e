"""Files whose rooms are not built yet: checked like the others, kept, reported, never refused."""

from commitments.exchange.reference.schemas.description import ACTOR, HEAD, SLUG, SOURCE, FileKind, Section, by
from commitments.exchange.reference.shapes import (
    PRECISION,
    code,
    dated,
    figure,
    flag,
    list_of,
    nullable,
    one_of,
    partial_date,
    record,
    text,
    translated,
    whole,
)
from commitments.indicators.enums import Qualifier

_QUALIFIER = one_of([item.value for item in Qualifier])

FINANCE = FileKind(
    "finance.json",
    (
        Section(
            "records",
            record(
                {
                    "id": SLUG,
                    "label": text(),
                    "actor": ACTOR,
                    "amount": figure,
                    "qualifier": _QUALIFIER,
                    "currency": nullable(code(r"[A-Z]{3}", "a currency code")),
                    "date": nullable(partial_date),
                    "date_precision": nullable(PRECISION),
                    "kind": one_of(["pledge", "appeal", "received", "loan", "spending", "fee", "total"]),
                    "recipient": nullable(text()),
                    "period": nullable(text()),
                    "parts": list_of(record({"label": text(), "amount": figure, "qualifier": _QUALIFIER})),
                    "commitment": nullable(SLUG),
                    "part_of": nullable(SLUG),
                    "source": SOURCE,
                    "verified": flag,
                    "notes": nullable(text()),
                },
                {},
                dated("date", "date_precision"),
            ),
            waits=True,
        ),
    ),
    HEAD,
)

_SOFTWARE = list_of(text())
_ITEM = record(
    {
        "id": text(),
        "title": text(),
        "text": text(),
        "software": _SOFTWARE,
        "answers_challenges": list_of(text()),
        "source": text(),
    }
)

RECOMMENDATIONS = FileKind(
    "recommendations.json",
    (
        Section(
            "recommendations",
            record(
                {
                    "id": text(),
                    "number": whole(1, 99),
                    "title": translated(),
                    "source": text(),
                    "items": list_of(_ITEM),
                }
            ),
            waits=True,
        ),
        Section(
            "challenges",
            record(
                {
                    "id": text(),
                    "letter": text(),
                    "title": translated(),
                    "text": text(),
                    "software": _SOFTWARE,
                    "recommendations": list_of(text()),
                    "source": text(),
                }
            ),
            waits=True,
        ),
        Section(
            "other_suggestions",
            record({"id": text(), "title": text(), "text": text(), "software": _SOFTWARE, "source": text()}),
            waits=True,
        ),
    ),
    {"about": text()},
)

_OBJECTIVE = record({"number": whole(1, 99), "code": text(), "title": translated(), "source": text()})

GCM_OBJECTIVES = FileKind(
    "gcm_objectives.json",
    (
        Section("objectives", _OBJECTIVE, by("number"), waits=True),
        Section("gcr_objectives", _OBJECTIVE, by("number"), waits=True),
        Section(
            "sdg_targets",
            record(
                {
                    "code": text(),
                    "goal": whole(1, 17),
                    "title": translated(),
                    "explicit_migration_reference": flag,
                    "source": text(),
                }
            ),
            by("code"),
            waits=True,
        ),
    ),
    {
        "about": text(),
        "sdg_note": text(),
        "gcm": record({"name": translated(), "adopted": partial_date, "endorsed": text(), "title_source": text()}),
        "gcr": record({"name": translated(), "note": text()}),
    },
)
