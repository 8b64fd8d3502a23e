"""Rows of several tables in one query: the same rows that each table gives by itself."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from commitments.history.together import together
from commitments.indicators.models import Measurement
from commitments.mechanisms.models import Country, Mechanism
from commitments.register.models import Commitment
from tests.cast import Cast
from tests.factories import record

pytestmark = pytest.mark.django_db


def values(rows: Any) -> list[dict[str, Any]]:
    """Every value with its kind, and as it is written."""
    told = [
        {name: (type(value), str(value)) for name, value in vars(row).items() if name != "_state"} | {"id": row.pk}
        for row in rows
    ]
    return sorted(told, key=lambda row: row["id"])


@pytest.mark.usefixtures("real_record")
def test_every_table_of_the_record_comes_as_it_is() -> None:
    """Every kind of column, as it is stored: dates, figures, marks, documents."""
    models = [model for model in apps.get_app_config("commitments").get_models() if model._meta.pk.attname == "id"]
    filled = [model for model in models if model.objects.exists()]
    assert len(filled) > 20
    for model in filled:
        some = model.objects.filter(pk__in=model.objects.order_by("pk").values("pk")[:40])
        assert values(together(rows=some)["rows"]) == values(some), model.__name__
        if hasattr(model, "history"):
            assert values(together(rows=model.history.filter(id__lte=20))["rows"]) == values(
                model.history.filter(id__lte=20)
            ), model.__name__


def test_several_tables_with_what_they_join_cost_one_query(cast: Cast) -> None:
    record.commitment("LAD-COL-901", country=cast.colombia)
    alone = record.commitment("LAD-COL-902", country=cast.colombia)
    exact = Decimal("12345678901.0625")
    record.measurement(record.indicator(alone), exact, date(2026, 6, 30))
    rows = Commitment.objects.filter(code__startswith="LAD-COL-9")
    rows = rows.select_related("maker_country", "group__mechanism").annotate(land=F("maker_country__iso3"))
    with CaptureQueriesContext(connection) as asked:
        found = together(
            commitments=rows,
            countries=Country.objects.only("iso3"),
            figures=Measurement.objects.filter(value=exact).select_related("series__indicator__commitment"),
            standing=rows.select_related("computed").only("code", "computed__status", "maker_country__iso3"),
            none=Mechanism.objects.none(),
        )
        told = {
            row.code: (row.maker_country.iso3, row.land, row.group and row.group.mechanism.code)
            for row in found["commitments"]
        }
        owners = [row.series.indicator.commitment.code for row in found["figures"]]
        standing = {row.code: row.computed.status for row in found["standing"]}
    assert len(asked) == 1
    assert standing == {row.code: row.computed.status for row in rows.select_related("computed")}
    assert found["standing"][0].maker_country.get_deferred_fields() >= {"name_en"}
    assert told == {row.code: ("COL", "COL", row.group and row.group.mechanism.code) for row in rows}
    assert owners == ["LAD-COL-902"]
    assert {row.iso3 for row in found["countries"]} == set(Country.objects.values_list("iso3", flat=True))
    assert found["countries"][0].get_deferred_fields() >= {"name_en"}
    assert found["none"] == []
    assert found["figures"][0].value == exact
