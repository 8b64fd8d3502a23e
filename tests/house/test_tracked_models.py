"""No tracked row can change without leaving history: asked of every tracked model, on every database."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction

from commitments.history import actions, triggers
from commitments.history.models import TrackedModel
from commitments.history.writing import UntrackedWriteError
from commitments.roles.actor import Actor
from commitments.search import tables as search
from commitments.translation import TRANSLATED, tracked_models
from tests.cast import NOON
from tests.factories import rows

TRACKED = tracked_models()
SOMEBODY = Actor(user_id=7, role="secretariat", country="COL", group="WS05", door="api", request_id="r1")
every_model = pytest.mark.parametrize("model", TRACKED, ids=lambda model: model.__name__)


def kinds(model: type[TrackedModel], key: int) -> list[str]:
    """What the history of one row says, oldest first."""
    return [row.history_type for row in model.history.filter(id=key).order_by("history_id")]


def test_what_is_not_tracked_is_known_with_its_reason() -> None:
    history = {model.history.model for model in TRACKED}
    everything = {model for model in connection_models() if model not in history}
    assert {model.__name__ for model in everything - set(TRACKED)} == {
        "Notice",  # the ledger: its own columns and attempts are its history
        "NoticeAttempt",  # append-only itself
        "Heartbeat",  # a sign of life, overwritten by the next
        "CycleSnapshot",  # append-only itself: written once, when a cycle is closed
        "ReportFigures",  # append-only itself: written once, when a group's report is published
        "PrintedReport",  # a file made by a task: its own columns are its history
        "MistakeReport",  # what a reader wrote, perhaps about people: forgotten whole after 180 days
        "Draft",  # private to the person, deleted on sending
        "SentForm",  # the token of a form that worked, so that it works once
        "DataMark",  # one for each change: together the version of all that is on record
        "TextState",  # what is known of a translation, written with each change: its own columns say who and when
        "SearchEntry",  # derived from public records, rewritten whenever they change
        "CommitmentPlace",  # derived: where a commitment is counted, rewritten whenever it moves
        "CountChange",  # derived: added to a count when something moves
        "CommitmentStatus",  # derived from published rows, rewritten whenever they move
        "IndicatorStatus",  # the same of an indicator, written with that of its commitment
    }


def connection_models() -> set[type[models.Model]]:
    from django.apps import apps

    return set(apps.get_app_config("commitments").get_models())


@every_model
def test_each_change_through_the_write_path_leaves_exactly_one_row(db: None, model: type[TrackedModel]) -> None:
    row = rows.unsaved(model)
    actions.create(row, by=SOMEBODY, at=NOON, why="made", public_reason="said")
    key = row.pk
    assert kinds(model, key) == ["+"]
    first = model.history.get(id=key)
    told = (first.history_user_id, first.actor_role, first.actor_country, first.actor_group, first.door)
    assert (*told, first.request_id) == (7, "secretariat", "COL", "WS05", "api", "r1")
    assert (first.history_date, first.history_change_reason, first.public_reason) == (NOON, "made", "said")

    new = rows.other_value(row)
    actions.change(row, by=SOMEBODY, at=NOON, version=1, **new)
    assert (kinds(model, key), row.version) == (["+", "~"], 2)
    actions.change(row, by=SOMEBODY, at=NOON, **new)
    assert kinds(model, key) == ["+", "~"]

    with pytest.raises(actions.EditedMeanwhileError):
        actions.change(row, by=SOMEBODY, at=NOON, version=1, **rows.other_value(row))

    actions.remove(row, by=SOMEBODY, at=NOON, why="a mistake")
    assert kinds(model, key) == ["+", "~", "-"]
    assert not model.objects.filter(pk=key).exists()


@every_model
def test_every_other_way_to_write_is_closed(db: None, model: type[TrackedModel]) -> None:
    row = rows.stored(model)
    before = len(kinds(model, row.pk))
    name, value = next(iter(rows.other_value(row).items()))
    everything = model.objects.all()
    ways: dict[str, Any] = {
        "save": row.save,
        "delete": row.delete,
        "update": lambda: everything.update(**{name: value}),
        "delete many": everything.delete,
        "bulk_create": lambda: everything.bulk_create([rows.unsaved(model)]),
        "bulk_update": lambda: everything.bulk_update([row], [name]),
        "create": lambda: everything.create(version=1),
        "get_or_create": lambda: everything.get_or_create(pk=row.pk + 1000, defaults={"version": 1}),
        "update_or_create": lambda: everything.update_or_create(pk=row.pk, defaults={name: value}),
        "default manager": lambda: model._default_manager.filter(pk=row.pk).update(**{name: value}),
    }
    open_ways = []
    for way, write in ways.items():
        try:
            with transaction.atomic():
                write()
            open_ways.append(way)
        except UntrackedWriteError:
            continue
    assert open_ways == []
    assert len(kinds(model, row.pk)) == before


@every_model
def test_no_link_is_kept_where_history_does_not_look(model: type[TrackedModel]) -> None:
    assert [field.name for field in model._meta.many_to_many] == []
    cascades = [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is not models.PROTECT
    ]
    assert cascades == []


@pytest.mark.parametrize("model", TRANSLATED, ids=lambda model: model.__name__)
def test_history_keeps_every_language(model: Any) -> None:
    kept = {field.name for field in model.history.model._meta.concrete_fields}
    columns = {f"{name}_{language}" for name in TRANSLATED[model] for language in ("en", "es", "pt", "fr")}
    assert columns - kept == set()


def test_every_table_of_history_has_its_triggers(db: None) -> None:
    tables = {model.history.model._meta.db_table for model in TRACKED} | set(triggers.OTHERS)
    assert set(triggers.append_only_tables()) == tables
    acts = ("update", "delete", "truncate") if connection.vendor == "postgresql" else ("update", "delete")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal")
        else:
            cursor.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'")
        found = {(table.strip('"'), name) for table, name in cursor.fetchall()}
    ours = {(table, f"{table}_no_{act}") for table in tables for act in acts}
    if connection.vendor == "sqlite":  # what keeps the words of the search beside its entries
        ours |= {(search.ENTRIES, f"{search.ENTRIES}_words_{act}") for act in ("insert", "update", "delete")}
    assert found == ours


@every_model
def test_the_database_itself_refuses_to_rewrite_history(db: None, model: type[TrackedModel]) -> None:
    row = rows.stored(model)
    table = connection.ops.quote_name(model.history.model._meta.db_table)
    for statement in (f"UPDATE {table} SET door = 'x'", f"DELETE FROM {table}"):  # noqa: S608  # a table of ours
        with pytest.raises(DatabaseError, match=triggers.REFUSAL), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert kinds(model, row.pk) == ["+"]
