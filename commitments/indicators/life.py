"""A step in the life of a commitment, with the kept status that follows from it."""

from datetime import datetime

from django.db import transaction

from commitments.indicators import byhand, statuses
from commitments.indicators.queries import status_by_hand
from commitments.register import life
from commitments.register.life import LifeStep
from commitments.register.models import Commitment
from commitments.roles.actor import Actor


def take_step(
    *, commitment: Commitment, step: LifeStep, by: Actor, at: datetime, version: int | None = None
) -> Commitment:
    """Suspend, end, withdraw, replace, or take up again; the kept status follows at once.

    A status stated by hand ends with the life it was stated of.
    """
    with transaction.atomic():
        changed = life.take_step(commitment=commitment, step=step, by=by, at=at, version=version)
        by_hand = status_by_hand(changed.pk)
        if by_hand is not None and not byhand.may_be_stated_of(changed):
            byhand.take_back(row=by_hand, public_reason=step.reason, by=by, at=at)
        statuses.refresh(commitments=[changed.pk], at=at)
        return changed
