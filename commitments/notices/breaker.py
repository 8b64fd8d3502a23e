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
    row = Heartbeat.objects.filter(job=JOB, is_ok=False).first()
    before = row.counts if row else {}
    trouble = {"failures": 1 + int(before.get("failures", 0)), "since": before.get("since", at.isoformat())}
    Heartbeat.objects.update_or_create(job=JOB, defaults={"is_ok": False, "started_at": at, "counts": trouble})


def troubled_since() -> datetime | None:
    """Since when the mail server cannot be used; None when it can."""
    row = Heartbeat.objects.filter(job=JOB, is_ok=False).first()
    return datetime.fromisoformat(row.counts["since"]) if row else None


def mend(at: datetime) -> None:
    """The mail server answered."""
    troubled = Heartbeat.objects.filter(job=JOB, is_ok=False)
    if troubled.exists():
        troubled.update(is_ok=True, finished_at=at, counts={})


def _until(row: Heartbeat) -> datetime | None:
    if row.started_at is None:
        return None
    return row.started_at + timedelta(minutes=min(int(row.counts.get("failures", 1)), LONGEST_PAUSE))
