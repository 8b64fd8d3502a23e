"""Writing many records at once leaves the same history as writing them one by one."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.history import actions
from commitments.history.models import TrackedModel
from commitments.roles.actor import Actor
from commitments.translation import tracked_models
from tests.cast import NOON, Cast
from tests.factories import record, rows

SOMEBODY = Actor(user_id=7, role="secretariat", country="COL", group="WS05", door="api", request_id="r1")
every_model = pytest.mark.parametrize("model", tracked_models(), ids=lambda model: model.__name__)


def told(model: type[TrackedModel], key: Any, kind: str) -> dict[str, Any]:
    """Every column of a row of history that does not name the record or the row."""
    row = model.history.get(id=key, history_type=kind)
    own = {"history_id", "id"}
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name not in own}


def values(row: TrackedModel) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name != "id"}


@every_model
def test_many_are_created_as_one_is(db: None, model: type[TrackedModel]) -> None:
    row = rows.unsaved(model)

    actions.create_many([row], by=SOMEBODY, at=NOON, why="made", public_reason="said")

    fresh = model._base_manager.get(pk=row.pk)
    assert fresh.version == 1
    history = told(model, row.pk, "+")
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
    assert told(model, row.pk, "+") == history
    assert values(model._base_manager.get(pk=row.pk)) == values(fresh)


@every_model
def test_many_are_changed_as_one_is(db: None, model: type[TrackedModel]) -> None:
    row = rows.stored(model)
    new = rows.other_value(row)
    if any(value is not None and hasattr(value, "pk") for value in new.values()):
        new = {f"{name}_id": value.pk for name, value in new.items()}
    later = NOON + timedelta(hours=1)

    assert actions.change_many([row], by=SOMEBODY, at=later, why="put right", public_reason="said", **new) == 1
    assert actions.change_many([row], by=SOMEBODY, at=later, **new) == 0

    fresh = model._base_manager.get(pk=row.pk)
    assert (fresh.version, {name: getattr(fresh, name) for name in new}) == (2, new)
    history = told(model, row.pk, "~")
    assert {name: history[name] for name in new} == new
    assert (history["version"], history["history_change_reason"], history["public_reason"]) == (2, "put right", "said")
    assert (history["history_user_id"], history["actor_role"], history["history_date"]) == (7, "secretariat", later)


def test_a_thousand_take_a_few_statements(db: None) -> None:
    from commitments.sources.models import Source

    many = [Source(title=f"Report {number}") for number in range(1000)]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        actions.create_many(many, by=SOMEBODY, at=NOON)

    inserts = [query for query in queries if query["sql"].startswith("INSERT")]
    assert (Source.objects.count(), Source.history.count()) == (1000, 1000)
    assert len(inserts) == 3, "the records, their history, and the mark of the change"
    assert [row.pk for row in many] == list(Source.history.order_by("history_id").values_list("id", flat=True))


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

    written = [query["sql"].split()[0] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert written == ["SELECT", "UPDATE", "INSERT", "INSERT"], "the last one is the mark of the change"
