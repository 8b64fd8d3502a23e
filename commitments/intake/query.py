"""The query of an address without what nobody means by it."""

import re

from django.http import QueryDict

_TRACKING = re.compile(r"utm_\w{0,40}|fbclid|gclid", re.ASCII)


def without_tracking(data: QueryDict) -> QueryDict:
    """The parameters without the marks that other sites hang on links."""
    kept = data.copy()
    for name in [name for name in data if _TRACKING.fullmatch(name)]:
        del kept[name]
    return kept


def without_blanks(data: QueryDict) -> QueryDict:
    """A form sends its empty fields too; they filter nothing."""
    kept = QueryDict(mutable=True)
    for name, values in data.lists():
        if any(values):
            kept.setlist(name, [value for value in values if value])
    return kept
