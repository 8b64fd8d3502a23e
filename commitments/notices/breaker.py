"""A pause while the mail server cannot be used: its trouble says nothing about the messages and uses up no tries."""

from datetime import datetime, timedelta

from commitments.notices.models import Heartbeat

JOB = "mail_server"
LONGEST_PAUSE = 10


def paused_until(at: datetime) -> datetime | None:
    """Until when nothing is sent; None when the mail server may be tried."""
    row = Heartbeat.objects.filter(job=JOB, is_ok=False).first()
    until = _until(row) if row else None
    return until if until and until > at else None


def trip(at: datetime) -> None:
    """The mail server could not be used: wait one minute, then one more each time, ten at most."""
    row = Heartbeat.objects.filter(job=JOB).first()
    failures = 1 + int(row.counts.get("failures", 0)) if row and not row.is_ok else 1
    Heartbeat.objects.update_or_create(
        job=JOB,
        defaults={"is_ok": False, "started_at": at, "counts": {"failures": failures}},
    )


def mend(at: datetime) -> None:
    """The mail server answered."""
    troubled = Heartbeat.objects.filter(job=JOB, is_ok=False)
    if troubled.exists():
        troubled.update(is_ok=True, finished_at=at, counts={})


def _until(row: Heartbeat) -> datetime | None:
    if row.started_at is None:
        return None
    return row.started_at + timedelta(minutes=min(int(row.counts.get("failures", 1)), LONGEST_PAUSE))
