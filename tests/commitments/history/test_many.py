"""Writing many records at once leaves the same history as writing them one by one."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.history import actions
from commitments.history.models import TrackedModel
from commitments.roles.actor import Actor
from commitments.sources.models import Source
from commitments.translation import tracked_models
from tests.cast import NOON, Cast
from tests.factories import record, rows

SOMEBODY = Actor(user_id=7, role="secretariat", country="COL", group="WS05", door="api", request_id="r1")
every_model = pytest.mark.parametrize("model", tracked_models(), ids=lambda model: model.__name__)


def history_of(model: type[TrackedModel], key: Any, kind: str) -> dict[str, Any]:
    """Every column of a row of history that does not name the record or the row."""
    row = model.history.get(id=key, history_type=kind)
    own = {"history_id", "id"}
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name not in own}


def values(row: TrackedModel) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name != "id"}


@every_model
def test_many_are_created_as_one_is(db: None, model: type[TrackedModel]) -> None:
    row = rows.unsaved(model)
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    told = [tuple(getattr(row, name) for name in names)]

    [row.pk] = actions.create_many(model(), names, told, by=SOMEBODY, at=NOON, why="made", public_reason="said")

    fresh = model._base_manager.get(pk=row.pk)
    assert fresh.version == 1
    history = history_of(model, row.pk, "+")
    actor = [history[name] for name in ("history_user_id", "actor_role", "actor_country", "actor_group", "door")]
    assert (actor, history["request_id"]) == ([7, "secretariat", "COL", "WS05", "api"], "r1")
    assert (history["history_date"], history["history_change_reason"], history["public_reason"]) == (
        NOON,
        "made",
        "said",
    )
    actions.remove(row, by=SOMEBODY, at=NOON)
    row.pk = None
    row._state.adding = True
    actions.create(row, by=SOMEBODY, at=NOON, why="made", public_reason="said")
    assert history_of(model, row.pk, "+") == history
    assert values(model._base_manager.get(pk=row.pk)) == values(fresh)


@every_model
def test_many_are_changed_as_one_is(db: None, model: type[TrackedModel]) -> None:
    row = rows.stored(model)
    new = rows.other_value(row)
    if any(value is not None and hasattr(value, "pk") for value in new.values()):
        new = {f"{name}_id": value.pk for name, value in new.items()}
    later, chosen = NOON + timedelta(hours=1), model._base_manager.filter(pk=row.pk)

    assert actions.change_many(chosen, by=SOMEBODY, at=later, why="put right", public_reason="said", **new) == 1
    assert actions.change_many(chosen, by=SOMEBODY, at=later, **new) == 0

    fresh = model._base_manager.get(pk=row.pk)
    assert (fresh.version, {name: getattr(fresh, name) for name in new}) == (2, new)
    history = history_of(model, row.pk, "~")
    assert {name: history[name] for name in new} == new
    assert (history["version"], history["history_change_reason"], history["public_reason"]) == (2, "put right", "said")
    assert (history["history_user_id"], history["actor_role"], history["history_date"]) == (7, "secretariat", later)


@pytest.mark.parametrize("number", [1, 7, 40_000])
def test_any_number_takes_the_same_statements(db: None, number: int) -> None:
    with CaptureQueriesContext(connection) as queries:
        titles = [(f"Report {each}",) for each in range(number)]
        ids = actions.create_many(Source(publisher="A ministry"), ("title",), titles, by=SOMEBODY, at=NOON)
        assert actions.change_many(Source.objects.all(), by=SOMEBODY, at=NOON, publisher="A press") == number

    written = [query["sql"].split()[0] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert written == ["INSERT"] * 3 + ["SELECT", "UPDATE"] + ["INSERT"] * 2, "each ends with the mark of the change"
    assert set(Source.objects.values_list("pk", "publisher")) == {(pk, "A press") for pk in ids}
    assert Source.history.count() == 2 * len(ids) == 2 * number


def test_none_is_nothing(db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert actions.create_many(Source(), ("title",), [], by=SOMEBODY, at=NOON) == []
    assert not queries


def test_the_plain_column_of_a_translated_text_follows_its_languages(cast: Cast) -> None:
    row = record.commitment(country=cast.colombia, title_en="Before")
    actions.change(row, by=SOMEBODY, at=NOON, title_en="After")

    plain = {"title", "title_en", "version"}
    stored = type(row).objects.rewrite(False).filter(pk=row.pk).values(*plain).get()
    assert stored == {"title": "After", "title_en": "After", "version": 2}
    assert type(row).history.filter(id=row.pk).values(*plain).first() == stored


def test_a_change_is_one_read_one_update_one_row_of_history(cast: Cast) -> None:
    row = record.commitment(country=cast.colombia)
    with CaptureQueriesContext(connection) as queries:
        actions.change(row, by=SOMEBODY, at=NOON, maker_country=cast.canada, title_en="After")

    told = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert [sql.split()[0] for sql in told[:3]] == ["SELECT", "UPDATE", "INSERT"]
    # What follows a change: its mark, and its entry of the search. What counts commitments is told elsewhere.
    assert sum(sql.startswith('INSERT INTO "commitments_datamark"') for sql in told) == 1
    searched = [sql.split()[0] for sql in told if '"commitments_searchentry"' in sql]
    assert searched == ["SELECT", "INSERT"]
