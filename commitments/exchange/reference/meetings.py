"""Meetings of the mechanisms and of related processes."""

from commitments.exchange.reference.desk import Desk
from commitments.exchange.reference.ledger import Index
from commitments.exchange.reference.schemas import MEETING_PROCESSES, MEETINGS
from commitments.exchange.reference.schemas.governance import OTHER_PROCESS
from commitments.exchange.reference.shapes import first_day, precision_of
from commitments.meetings.models import Meeting


def load_meetings(desk: Desk) -> None:
    """Every meeting of the file. A host country outside the record is kept by its code."""
    rows = desk.contents.of(MEETINGS)
    if not rows:
        return
    known = Meeting.objects.exclude(reference_id=None)
    meetings = Index(desk.ledger, Meeting, lambda row: row.reference_id, rows=known)
    processes = desk.table(MEETING_PROCESSES)
    for row in rows:
        country = desk.countries.get(row["country"])
        is_other = row["mechanism"] == OTHER_PROCESS
        named = processes.get(row["id"])
        with desk.ledger.record(MEETINGS.name, row["id"]):
            values = {
                "title_en": row["title"],
                "mechanism_id": None if is_other else desk.mechanisms[row["mechanism"]].pk,
                "process": named["process"] if is_other and named else "",
                "kind": row["kind"],
                "start": first_day(row["start"]),
                "start_precision": precision_of(row["start"]),
                "end": first_day(row["end"]),
                "end_precision": precision_of(row["end"]),
                "place": row["place"] or "",
                "country_id": country.pk if country else None,
                "country_code": "" if country else row["country"] or "",
                "hosts": row["hosts"],
                "outcome_en": row["outcome"] or "",
                "state": row["state"],
                "source_id": desk.sources.cite(row["source"]),
                "is_verified": row["verified"],
                "notes": row["notes"] or "",
            }
            meetings.put(row["id"], values, initial={"slug": row["id"], "reference_id": row["id"]})
