"""What is derived from the record and kept beside it: told of every change, inside the change's own transaction.

Rooms above register themselves at start (`AppConfig.ready`); what they raise undoes the change itself.
"""

from collections.abc import Callable, Sequence

from commitments.history.marks import leave_mark
from commitments.history.models import TrackedModel

Follower = Callable[[type[TrackedModel], Sequence[int]], None]
_followers: list[Follower] = []


def follow(follower: Follower) -> None:
    """Register who is told which records of which model were written or removed."""
    if follower not in _followers:
        _followers.append(follower)


def record_changed(model: type[TrackedModel], ids: Sequence[int]) -> None:
    """Tell everybody, and make the version of the record another one."""
    leave_mark()
    for follower in _followers:
        follower(model, ids)
