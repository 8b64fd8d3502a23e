"""What a choice of things to compare lacks, in words, and the three places of the form."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

#: So many stand side by side.
FEWEST, MOST = 2, 3


def problem(countries: Sequence[str], groups: Sequence[str], *, is_twice: bool) -> str:
    """Why this choice is refused; empty where it is none. One alone is no mistake: the next is still to be chosen."""
    if countries and groups:
        return _("Choose countries or workstreams: the two are not compared with each other.")
    if max(len(countries), len(groups)) > MOST:
        return _("Choose three at most. More do not fit side by side.")
    if is_twice:
        return _("You chose the same one twice. Choose another one beside it.")
    return ""


def slots(chosen: Sequence[str]) -> list[tuple[str, str]]:
    """The labels of the three places, each with what was chosen for it."""
    labels = [
        pgettext("place in a comparison", "First"),
        pgettext("place in a comparison", "Second"),
        pgettext("place in a comparison", "Third (optional)"),
    ]
    filled = [*chosen[:MOST], *[""] * MOST]
    return list(zip(labels, filled, strict=False))
