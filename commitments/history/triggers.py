"""Append-only tables: the database itself refuses to change or delete a row of history.

Installed by migrations on both databases; a migration that adds or rebuilds a history table installs them again
(SQLite drops the triggers of a table it rebuilds). A test compares the tables with the triggers.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps

REFUSAL = "history is append-only"
#: Append-only tables beside the history tables.
OTHERS = ("commitments_cyclesnapshot", "commitments_noticeattempt", "commitments_reportfigures")


def append_only_tables() -> list[str]:
    """Every history table of the domain, and the attempts of notices."""
    histories = [
        model._meta.db_table
        for model in apps.get_app_config("commitments").get_models()
        if hasattr(model, "history_type") or model.__name__.startswith("Historical")
    ]
    return sorted({*histories, *OTHERS})


def install_on_all(schema_editor: Any) -> None:
    """Create the triggers on every append-only table that exists so far: what each such migration ends with."""
    install(_existing(schema_editor), schema_editor)


def drop_on_all(schema_editor: Any) -> None:
    """Remove the triggers from every append-only table that exists: for migrations that are taken back."""
    drop(_existing(schema_editor), schema_editor)


def _existing(schema_editor: Any) -> list[str]:
    existing = set(schema_editor.connection.introspection.table_names())
    return [table for table in append_only_tables() if table in existing]


def install(tables: Iterable[str], schema_editor: Any) -> None:
    """Create the refusing triggers on these tables, replacing older ones."""
    if schema_editor.connection.vendor == "postgresql":
        # No parameters: the per cent signs are PL/pgSQL's.
        schema_editor.execute(_POSTGRES_FUNCTION, params=None)
    for table in tables:
        drop([table], schema_editor)
        for statement in _create(table, schema_editor.connection.vendor):
            schema_editor.execute(statement)


def drop(tables: Iterable[str], schema_editor: Any) -> None:
    """Remove the triggers: for migrations that rewrite history, and for tests that empty the database."""
    for table in tables:
        for act in ("update", "delete", "truncate"):
            name = _name(table, act)
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"')
            else:
                schema_editor.execute(f'DROP TRIGGER IF EXISTS "{name}"')


def _name(table: str, act: str) -> str:
    return f"{table}_no_{act}"


def _create(table: str, vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [
            f'CREATE TRIGGER "{_name(table, act)}" BEFORE {act.upper()} ON "{table}" '
            f"FOR EACH STATEMENT EXECUTE FUNCTION tracker_refuse_rewriting_history()"
            for act in ("update", "delete", "truncate")
        ]
    return [
        f'CREATE TRIGGER "{_name(table, act)}" BEFORE {act.upper()} ON "{table}" '
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for act in ("update", "delete")
    ]


_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION tracker_refuse_rewriting_history() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '{REFUSAL}: % on %', TG_OP, TG_TABLE_NAME;
END;
$$ LANGUAGE plpgsql
"""
