"""A database that went step by step ends with the tables of a new one, and keeps what was in it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

pytestmark = pytest.mark.once
LAST_OF_OLD, FIRST_OF_NEW = "0002_append_only_history", "0005_one_report_a_country_alone"


@pytest.fixture
def aside(tmp_path: Path, django_db_blocker: Any) -> Iterator[Any]:
    """An empty SQLite database beside the one of the tests."""
    settings = {**connections.databases["default"], "ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "aside"}
    connections.databases["aside"] = {**settings, "TEST": {**settings["TEST"], "MIRROR": None}}
    with django_db_blocker.unblock():
        yield connections["aside"]
    connections["aside"].close()
    del connections["aside"], connections.databases["aside"]


def step_by_step(connection: Any, to: str) -> Any:
    """Migrate by the single migrations, not by the one that replaces them; the models as they are then."""
    executor = MigrationExecutor(connection)
    executor.loader = MigrationLoader(connection, replace_migrations=False)
    return executor.migrate([("commitments", to)]).apps


def shape(connection: Any) -> dict[str, Any]:
    """Columns of each table, and the names of indexes, triggers and constraints."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, name, sql FROM sqlite_master WHERE name LIKE 'commitments%%' AND sql IS NOT NULL")
        found = cursor.fetchall()
        tables = {}
        for kind, name, _sql in found:
            if kind == "table":
                cursor.execute(f'PRAGMA table_info("{name}")')
                tables[name] = sorted((row[1], row[2], row[3]) for row in cursor.fetchall())
    named = {(kind, name) for kind, name, _sql in found if kind != "table"}
    constraints = {word for _kind, _name, sql in found for word in re.findall(r'CONSTRAINT "(\w+)"', sql)}
    return {"tables": tables, "named": named, "constraints": constraints}


def test_an_old_database_gathers_its_reports_and_has_the_tables_of_a_new_one(aside: Any, tmp_path: Path) -> None:
    then = step_by_step(aside, LAST_OF_OLD)

    def new(model: str, **columns: Any) -> Any:
        return then.get_model("commitments", model).objects.using("aside").create(**columns)

    colombia = new("Country", iso3="COL", iso2="CO", kind="state", name="Colombia", region="americas")
    lad = new("Mechanism", code="LAD", slug="lad", name="Declaration")
    days = {"period_start": "2026-07-01", "period_end": "2026-09-30", "opens_on": "2026-10-01"}
    cycle = new(
        "ReportingCycle", mechanism_id=lad.pk, slug="c", name="C", due_on="2026-11-15", closes_on="2026-12-31", **days
    )
    series = []
    for number in (1, 2):
        made = {"mechanism_id": lad.pk, "maker_country_id": colombia.pk, "kind": "national", "made_on": "2024-01-01"}
        commitment = new("Commitment", code=f"LAD-COL-00{number}", title="T", **made)
        indicator = new(
            "Indicator", code=f"LAD-COL-00{number}-I1", commitment_id=commitment.pk, title="I", unit="people"
        )
        series.append(new("Series", indicator_id=indicator.pk))
        owed = new(
            "ProgressReport",
            cycle_id=cycle.pk,
            country_id=colombia.pk,
            commitment_id=commitment.pk,
            due_on="2026-11-15",
        )
        new("ReportEntry", report_id=owed.pk, series_id=series[-1].pk, due_on="2026-11-15")

    now = step_by_step(aside, FIRST_OF_NEW)

    def rows(name: str) -> Any:
        return now.get_model("commitments", name).objects.using("aside").order_by("pk")

    (report,) = rows("ProgressReport")
    assert [(part.report_id, part.commitment.code) for part in rows("ReportPart")] == [
        (report.pk, "LAD-COL-001"),
        (report.pk, "LAD-COL-002"),
    ]
    assert list(rows("ReportEntry").values_list("report_id", "series_id")) == [(report.pk, row.pk) for row in series]
    told = [
        (name, row.history_type)
        for name in ("ReportPart", "ReportEntry", "ProgressReport")
        for row in rows(f"Historical{name}")
    ]
    assert told == [("ReportPart", "+"), ("ReportPart", "+"), ("ReportEntry", "~"), ("ProgressReport", "-")]

    by_steps = shape(aside)
    aside.close()
    (tmp_path / "aside").unlink()
    MigrationExecutor(aside).migrate([("commitments", "0005_squashed_first_to_fifth")])
    assert shape(aside) == by_steps
