"""A step in the life of a commitment, with the kept status that follows from it."""

from datetime import datetime

from django.db import transaction

from commitments.indicators import statuses
from commitments.register import life
from commitments.register.life import LifeStep
from commitments.register.models import Commitment
from commitments.roles.actor import Actor


def take_step(
    *, commitment: Commitment, step: LifeStep, by: Actor, at: datetime, version: int | None = None
) -> Commitment:
    """Suspend, end, withdraw, replace, or take up again; the kept status follows at once."""
    with transaction.atomic():
        changed = life.take_step(commitment=commitment, step=step, by=by, at=at, version=version)
        statuses.refresh(commitments=[changed.pk], at=at)
        return changed
