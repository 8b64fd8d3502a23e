"""Public codes: those that `codes.csv` gives, and the next free number for a record that it does not list.

A commitment is `<mechanism>-<maker>-<number>`, an indicator the commitment's code and `-I1`, a regional figure
`REG-I01`. A number is never given twice, not even after its record was removed.
"""

from collections.abc import Mapping
from typing import Any

from commitments.exchange.reference.desk import Desk
from commitments.exchange.reference.schemas import CODES
from commitments.indicators.models import Indicator
from commitments.register.models import Commitment

REGIONAL = "REG"


class CodeBook:
    """Which code each record has or gets."""

    def __init__(self, desk: Desk, model: type[Commitment] | type[Indicator]) -> None:
        self._desk = desk
        self._listed = {key: row["code"] for key, row in desk.table(CODES).items()}
        #: Every code that a record has or had, and whose it is.
        self._owners: dict[str, str | None] = dict(
            model.history.order_by("history_id").values_list("code", "reference_id")
        )
        self._taken: set[str] = {*self._owners, *self._listed.values()}

    def code(self, reference_id: str, prefix: str, digits: int) -> str:
        """The code of a record that has none yet."""
        listed = self._listed.get(reference_id)
        if listed is not None and listed.startswith(prefix) and self._is_free_for(listed, reference_id):
            return self._give(listed, reference_id)
        code = f"{prefix}{self._last_number(prefix) + 1:0{digits}d}"
        if listed is not None:
            self._desk.remark(f"{CODES.name}: {reference_id}: {listed} is taken here; it gets {code}")
        return self._give(code, reference_id)

    def _is_free_for(self, code: str, reference_id: str) -> bool:
        return self._owners.get(code, reference_id) == reference_id

    def _last_number(self, prefix: str) -> int:
        numbers = [code.removeprefix(prefix) for code in self._taken if code.startswith(prefix)]
        return max((int(number) for number in numbers if number.isdigit()), default=0)

    def _give(self, code: str, reference_id: str) -> str:
        self._owners[code] = reference_id
        self._taken.add(code)
        return code


def commitment_prefix(row: Mapping[str, Any], maker: str) -> str:
    """What a commitment's code begins with."""
    return f"{row['mechanism']}-{maker}-"


def indicator_prefix(commitment_code: str | None) -> str:
    """What an indicator's code begins with."""
    return f"{commitment_code or REGIONAL}-I"
