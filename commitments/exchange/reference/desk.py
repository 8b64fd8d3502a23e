"""What every step of a load works with: the ledger, and the rows of each model by what identifies them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from commitments.exchange.reference.files import Contents
from commitments.exchange.reference.ledger import Index, Ledger
from commitments.exchange.reference.references import DECLARATION
from commitments.exchange.reference.schemas import FileKind
from commitments.exchange.reference.sources import SourceShelf
from commitments.mechanisms.models import Country, Mechanism, Organization, OrganizationKind
from commitments.register.models import Commitment
from commitments.working_groups.models import Pillar, WorkingGroup


@dataclass
class Desk:
    """One load under way. Rows are read once, when first asked for."""

    ledger: Ledger
    contents: Contents
    tables: Contents

    def table(self, kind: FileKind, key: str = "reference_id") -> dict[str, dict[str, str]]:
        """One of the loader's own tables: the shipped rows, and those of the directory before them."""
        rows = [*self.tables.of(kind), *self.contents.of(kind)]
        return {row[key]: row for row in rows}

    @cached_property
    def sources(self) -> SourceShelf:
        return SourceShelf(self.ledger)

    @cached_property
    def countries(self) -> Index[Country]:
        return Index(self.ledger, Country, lambda row: row.iso3)

    @cached_property
    def kinds(self) -> Index[OrganizationKind]:
        return Index(self.ledger, OrganizationKind, lambda row: row.code)

    @cached_property
    def organizations(self) -> Index[Organization]:
        return Index(self.ledger, Organization, lambda row: row.code)

    @cached_property
    def mechanisms(self) -> Index[Mechanism]:
        return Index(self.ledger, Mechanism, lambda row: row.code)

    @cached_property
    def pillars(self) -> Index[Pillar]:
        return Index(self.ledger, Pillar, lambda row: (row.mechanism_id, row.number))

    @cached_property
    def groups(self) -> Index[WorkingGroup]:
        return Index(self.ledger, WorkingGroup, lambda row: row.code)

    @cached_property
    def commitments(self) -> Index[Commitment]:
        rows = Commitment.objects.exclude(reference_id=None)
        return Index(self.ledger, Commitment, lambda row: row.reference_id, rows=rows)

    @property
    def declaration(self) -> Mechanism:
        """The mechanism whose pillars and workstreams the files number."""
        return self.mechanisms[DECLARATION]

    def pillar_id(self, number: int | None) -> int | None:
        """The pillar of the Declaration with this number."""
        return None if number is None else self.pillars[self.declaration.pk, number].pk

    @cached_property
    def workstreams(self) -> dict[int | None, WorkingGroup]:
        """The Declaration's own groups by number. Ask only after they are loaded."""
        return {group.number: group for group in self.groups if group.mechanism_id == self.declaration.pk}

    def workstream_id(self, number: int | None) -> int | None:
        """The workstream of the Declaration with this number; the name printed beside it does not count."""
        return None if number is None else self.workstreams[number].pk

    def remark(self, text: str) -> None:
        """Tell the person who loads something that no record can carry."""
        self.ledger.report.remarks.append(text)


def translations(name: str, texts: dict[str, Any]) -> dict[str, Any]:
    """A text in four languages as the columns that hold it."""
    return {f"{name}_{language}": text for language, text in texts.items()}
