"""Which fields exist in four languages, and the history of every tracked model, registered after its translation.

The order matters: history registered on the class would miss the language columns without a word.
"""

from functools import cache
from typing import Any

import simple_history
from django.apps import apps
from django.db import models
from modeltranslation.translator import TranslationOptions, translator
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from commitments.glossary.models import Term
from commitments.history.models import HistoryColumns, TrackedModel
from commitments.indicators.models import Indicator, Milestone
from commitments.mechanisms.models import Country, Mechanism, Organization, OrganizationKind
from commitments.meetings.models import Meeting
from commitments.register.models import Commitment
from commitments.reporting.models import CountryStatement, ReportingCycle
from commitments.working_groups.models import Pillar, Theme, WorkingGroup

TRANSLATED: dict[type[models.Model], tuple[str, ...]] = {
    Country: ("name",),
    Mechanism: ("name",),
    Organization: ("name",),
    OrganizationKind: ("name",),
    Pillar: ("name", "purpose"),
    Term: ("name", "sentence", "definition", "why"),
    Theme: ("name",),
    WorkingGroup: ("name", "purpose", "outcomes"),
    Commitment: ("title", "summary"),
    Indicator: ("title", "definition", "unit"),
    Milestone: ("title",),
    Meeting: ("title", "outcome"),
    ReportingCycle: ("name",),
    CountryStatement: ("text",),
}


class _History(HistoryManager):
    """The manager behind `history`, its class made once: simple_history makes it anew at each look at a model."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: Any, class_name: str | None = None) -> Any:
        """The class of managers with the methods of a QuerySet."""
        return super().from_queryset(queryset_class, class_name)


class _Records(HistoricalRecords):
    """The tables of history, each with the index that the log is read by.

    Moment and number together: the opening of a cycle makes tens of thousands of changes in one moment.
    """

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        """The options of a table of history."""
        options: dict[str, Any] = super().get_meta_options(model)
        by_moment = models.Index(fields=["-history_date", "-history_id"], name=f"log_of_{model._meta.model_name}")
        return options | {"indexes": [by_moment]}


def _no_user(**kwargs: object) -> None:
    """History takes its author from the change under way, never from the request."""
    return


def tracked_models() -> list[type[TrackedModel]]:
    """Every concrete model whose changes leave history."""
    return [model for model in apps.get_app_config("commitments").get_models() if issubclass(model, TrackedModel)]


for _model, _fields in TRANSLATED.items():
    translator.register(_model, type(f"{_model.__name__}Translation", (TranslationOptions,), {"fields": _fields}))

for _model in tracked_models():
    simple_history.register(
        _model,
        app="commitments",
        bases=[HistoryColumns],
        get_user=_no_user,
        history_user_id_field=models.BigIntegerField(null=True),
        history_user_getter=lambda row: None,
        history_user_setter=lambda row, user: None,
        excluded_fields=[],
        history_manager=_History,
        records_class=_Records,
    )
