"""Where the link of an invitation stands."""

from enum import StrEnum


class LinkState(StrEnum):
    """What opening the link of an invitation leads to."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    UNKNOWN = "unknown"
