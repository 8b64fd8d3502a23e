"""Meetings, and how the follow-up was organised, as the files hold them."""

from commitments.exchange.reference.schemas.description import (
    HEAD,
    ISO3,
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
    dated,
    flag,
    list_of,
    nullable,
    one_of,
    partial_date,
    record,
    text,
    whole,
)
from commitments.meetings.enums import MeetingState

#: The mechanism code of a meeting of some related process.
OTHER_PROCESS = "OTHER"
#: The role whose holders are kept as a secretariat; the other roles wait for a room of their own.
TECHNICAL_SECRETARIAT = "Technical Secretariat"

MEETINGS = FileKind(
    "meetings.json",
    (
        Section(
            "records",
            record(
                {
                    "id": SLUG,
                    "title": text(250),
                    "start": partial_date,
                    "end": nullable(partial_date),
                    "date_precision": PRECISION,
                    "place": nullable(text(120)),
                    "country": nullable(ISO3),
                    "mechanism": MECHANISM,
                    "kind": text(40),
                    "state": one_of(MeetingState.values),
                    "hosts": nullable(list_of(text())),
                    "outcome": nullable(text()),
                    "source": nullable(SOURCE),
                    "verified": flag,
                    "notes": nullable(text()),
                },
                {},
                dated("start", "date_precision"),
            ),
        ),
    ),
    HEAD,
)

MEETING_PROCESSES = FileKind(
    "meeting_processes.csv",
    (Section("records", record({"reference_id": SLUG, "process": text(120)}), by("reference_id")),),
    columns=("reference_id", "process"),
)

_COMMITTEE = record(
    {
        "number": WORKSTREAM_NUMBER,
        "name": text(250),
        "pillar": PILLAR_NUMBER,
        "lead": list_of(ISO3, distinct=True),
        "participants": list_of(ISO3, distinct=True),
        "source": SOURCE,
    }
)
_COUNT = whole(0, 250)

GOVERNANCE = FileKind(
    "governance.json",
    (
        Section("pillars", text(200), str, waits=True),
        Section("action_package_committees", _COMMITTEE, by("number"), waits=True),
        Section(
            "roles",
            record(
                {"role": text(100), "who": text(), "since": partial_date, "source": SOURCE},
                {"tasks": list_of(text()), "further_source": SOURCE},
            ),
            by("role"),
        ),
        Section(
            "presidencies",
            record(
                {"mechanism": MECHANISM, "country": ISO3, "start": partial_date, "source": SOURCE}, {"note": text()}
            ),
            by("mechanism", "country", "start"),
        ),
        Section(
            "reversals",
            record({"what": text(), "date": partial_date, "source": SOURCE}, {"note": text()}),
            by("what"),
            waits=True,
        ),
    ),
    {
        "format": HEAD["format"],
        "as_of": HEAD["as_of"],
        "about": text(),
        "committees_note": text(),
        "endorsing_countries": record(
            {"at_adoption_2022_06": _COUNT, "after_guyana_2022": _COUNT, "by_2024": _COUNT, "source": SOURCE},
            {"note": text()},
        ),
    },
)
