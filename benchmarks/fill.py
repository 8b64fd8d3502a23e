"""Bring a throw-away database to a number of commitments: `python -m benchmarks.fill 1000`.

The shipped record is loaded first, so that countries, groups and filters are the real ones; invented commitments with
indicators, targets and measurements make up the number. Their rows are written in bulk, past the write path and
without history: allowed here alone, and refused on a database in which anybody signs in. The index of the search
is then made and the statuses are worked out by the product itself. Of many thousands, a few are made so, and the
others copied from them (`copies`); the product's own commands then compare what is kept with the record.
The same number gives the same rows on the same day.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import django

from benchmarks.copies import code, multiply

SEED = 20220610
#: Rows written in one transaction.
BATCH = 1000
#: Of more commitments than twice as many, this many are copied until there are enough.
BLOCK = 2500
LANGUAGES = ("en", "es", "pt", "fr")
#: A title of the length of real ones, by language.
TITLES = {
    "en": "Open regular pathways for workers and families in {place}, part {number}",
    "es": "Abrir vías regulares para trabajadores y familias en {place}, parte {number}",
    "pt": "Abrir vias regulares para trabalhadores e famílias em {place}, parte {number}",
    "fr": "Ouvrir des voies régulières aux travailleurs et aux familles : {place}, partie {number}",
}
SENTENCE = {
    "en": "The country said that it would open a programme through which people who live there could regularize. ",
    "es": "El país dijo que abriría un programa para regularizar a las personas que ya viven en su territorio. ",
    "pt": "O país disse que abriria um programa para regularizar as pessoas que já vivem no seu território. ",
    "fr": "Le pays a dit qu'il ouvrirait un programme pour régulariser les personnes qui vivent sur son territoire. ",
}
#: In which languages a text is on record, as in the shipped record: mostly one, some in all four.
SPOKEN = (("en",), ("en",), ("en",), ("es",), LANGUAGES, LANGUAGES)


class Filling:
    """One run: what the new rows hang on, and the chance that decides about them."""

    def __init__(self, on: date, at: datetime) -> None:
        from commitments.mechanisms.models import Country, Mechanism, Organization
        from commitments.sources.models import Source
        from commitments.working_groups.models import WorkingGroup

        self.on, self.at = on, at
        self.countries = list(Country._base_manager.order_by("pk"))
        self.organizations = list(Organization._base_manager.order_by("pk"))
        self.sources = list(Source._base_manager.order_by("pk")[:50])
        self.mechanisms = list(Mechanism._base_manager.order_by("pk"))
        self.own = next(row for row in self.mechanisms if row.code == "LAD")
        self.groups = list(
            WorkingGroup._base_manager.filter(mechanism=self.own).select_related("pillar").order_by("pk")
        )
        if not self.countries:
            raise SystemExit("Load the reference data first.")

    def commitments(self, numbers: Sequence[int]) -> list[Any]:
        """Invented commitments of every kind, most of them the Declaration's own."""
        from commitments.register.models import Commitment

        return [Commitment(**self._commitment(number, seeded(number))) for number in numbers]

    def _commitment(self, number: int, chance: Random) -> dict[str, Any]:
        country = chance.choice(self.countries)
        group = chance.choice(self.groups)
        mechanism = self.own if chance.random() < 0.75 else chance.choice(self.mechanisms)
        own = mechanism.pk == self.own.pk
        made = self.on - timedelta(days=chance.randrange(30, 1600))
        due = made + timedelta(days=chance.randrange(200, 2500)) if chance.random() < 0.7 else None
        life = chance.choices(("active", "ended", "suspended", "draft"), (86, 8, 3, 3))[0]
        return {
            "code": code(number),
            **texts("title", TITLES, chance, place=country.iso3, number=number),
            **texts("summary", {code: text * 3 for code, text in SENTENCE.items()}, chance),
            "mechanism": mechanism,
            "group": group if own else None,
            "pillar": group.pillar if own else None,
            "aligned_workstream": None if own else group,
            **self._maker(country, chance),
            "kind": chance.choice(("national", "national", "collective", "financial")),
            "made_on": made,
            "made_on_precision": "day",
            **due_columns(due, chance),
            "horizon": chance.choice(("short", "medium", "long", "")),
            "horizon_basis": "computed",
            "life_cycle": life,
            "original_language": "en",
            "is_verified": chance.random() < 0.8,
        }

    def _maker(self, country: Any, chance: Random) -> dict[str, Any]:
        kind = chance.random()
        if kind < 0.85:
            return {"maker_country": country}
        if kind < 0.95:
            return {"maker_organization": chance.choice(self.organizations)}
        return {"maker_name": "Several countries together"}

    def beside(self, commitments: Sequence[Any]) -> Iterator[list[Any]]:
        """Everything that hangs on these commitments, table by table: each list is stored before the next is made."""
        from commitments.indicators.models import Baseline, Indicator, Measurement, Series, Target
        from commitments.register.models import CommitmentSource

        yield [CommitmentSource(commitment=row, source=self._source(row.pk), is_verified=True) for row in commitments]
        indicators = [
            Indicator(**indicator_columns(row, number))
            for row in commitments
            for number in range(row.pk % 5 and 1 + (row.pk % 5 == 4))
        ]
        yield indicators
        series = [Series(indicator=row) for row in indicators]
        yield series
        yield [
            Baseline(series=row, value=1000, date=row.indicator.commitment.made_on, date_precision="day")
            for row in series
            if row.pk % 6
        ]
        yield [Target(series=row, **self._target(row)) for row in series if row.pk % 7]
        yield [Measurement(series=row, **columns) for row in series for columns in self._measurements(row)]

    def _source(self, number: int) -> Any:
        return self.sources[number % len(self.sources)]

    def _target(self, series: Any) -> dict[str, Any]:
        commitment = series.indicator.commitment
        return {"value": 10_000, "date": commitment.due_on, "date_precision": commitment.due_on_precision}

    def _measurements(self, series: Any) -> Iterator[dict[str, Any]]:
        """Eight to twelve figures, the latest a few weeks old, on, beside or far below the way to the target."""
        chance = seeded(series.pk)
        count = chance.randrange(8, 13)
        pace = chance.choice((0.2, 0.6, 0.9, 1.1))
        for step in range(count):
            day = self.on - timedelta(days=20 + 91 * (count - 1 - step))
            told = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(days=10)
            yield {
                "value": Decimal(1000 + round(9000 * pace * (step + 1) / (count + 2))),
                "as_of": day,
                "as_of_precision": "day",
                "source": self._source(series.pk + step),
                "is_verified": True,
                "state": "published",
                "entered_at": told,
                "accepted_at": told,
                "published_at": told,
            }


def seeded(number: int) -> Random:
    """A chance of its own for each row, the same in every run."""
    return Random(SEED + number)  # noqa: S311  # it guards nothing


def texts(name: str, patterns: dict[str, str], chance: Random, **parts: object) -> dict[str, str]:
    """The language columns of a translated field, in one or in all of the languages."""
    spoken = chance.choice(SPOKEN)
    return {f"{name}_{code}": patterns[code].format(**parts) for code in spoken}


def due_columns(due: date | None, chance: Random) -> dict[str, Any]:
    """A due date as exactly as sources give them: stored as the first day of its month, quarter or year."""
    if due is None:
        return {}
    precision = chance.choice(("day", "month", "quarter", "year"))
    firsts = {
        "day": due,
        "month": due.replace(day=1),
        "quarter": due.replace(month=due.month - (due.month - 1) % 3, day=1),
        "year": due.replace(month=1, day=1),
    }
    return {"due_on": firsts[precision], "due_on_precision": precision}


def indicator_columns(commitment: Any, number: int) -> dict[str, Any]:
    """An indicator that counts people up, as most real ones do."""
    return {
        "code": f"{commitment.code}-{number + 1}",
        "commitment": commitment,
        "title_en": "People who hold a document that lets them stay and work",
        "title_es": "Personas con un documento que les permite quedarse y trabajar",
        "unit_en": "people",
        "unit_es": "personas",
        "direction": "increase",
        "counting": "cumulative",
        "cadence": "quarterly",
        "state": "published",
        "is_verified": True,
    }


def main(total: int) -> None:
    """Add invented commitments until the database holds `total`, and work out their statuses."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import transaction

    from accounts.models import User
    from commitments.indicators import counting
    from commitments.indicators.statuses import refresh
    from commitments.register.models import Commitment
    from commitments.search.actions import rebuild

    if settings.PRODUCTION or User.objects.exists():
        raise SystemExit("This fills throw-away databases alone, in which nobody signs in.")
    at = datetime.now(UTC)
    filling = Filling(at.date(), at)
    held = Commitment._base_manager.count()
    copies = max(1, (total - held) // BLOCK) - 1
    written = total - copies * BLOCK
    for first in range(held + 1, written + 1, BATCH):
        numbers = range(first, min(first + BATCH, written + 1))
        with transaction.atomic():
            rows = filling.commitments(numbers)
            Commitment._base_manager.bulk_create(rows)
            for table in filling.beside(rows):
                if table:
                    type(table[0])._base_manager.bulk_create(table)
    rebuild()
    _analyze()
    counting.recount(Commitment._base_manager.values_list("pk", flat=True))
    refresh(at=at)
    counting.gather(least=1)
    if copies:
        multiply(BLOCK, copies)
        _analyze()
        call_command("check_counts")
        call_command("search_index")


def _analyze() -> None:
    """What PostgreSQL does by itself some time after many rows were written."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tracker.settings"
    django.setup()
    main(int(sys.argv[1]))
