"""The days of a request, and how long a page of a list is."""

from datetime import date
from typing import Any, cast

from django.http import HttpRequest

from commitments.formats.dates import last_day_at

PER_PAGE = 25
#: So many commitments a list counts and reaches by the number of a page; longer ones are narrowed, or taken as a file.
MOST_ROWS = 10_000


def day_of(request: HttpRequest) -> date:
    """The day of the request, read from the clock at its edge."""
    day: date = cast("Any", request).on
    return day


def late_day_of(request: HttpRequest) -> date:
    """The day by which lateness is told: what is due on it is not late yet."""
    return last_day_at(cast("Any", request).at)
