"""The parameters of addresses that no filter reads: what they carry beside those they know is refused by name."""

from collections.abc import Collection

from django.http import QueryDict

from commitments.intake.filters import BadFilter, FilterProblem
from commitments.intake.query import without_tracking


def refuse_parameters(query: QueryDict, known: Collection[str]) -> None:
    """Raise BadFilter for a parameter that is not known, or given twice; the marks of other sites are let pass."""
    for name, values in without_tracking(query).lists():
        if name not in known:
            raise BadFilter(name, FilterProblem.UNKNOWN)
        if len(values) > 1:
            raise BadFilter(name, FilterProblem.REPEATED, values[0])
