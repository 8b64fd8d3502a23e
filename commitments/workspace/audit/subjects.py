"""What an entry of the log is about: the kind of record in words, and the code or name by which people know it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import pgettext_lazy

from commitments.appointments.models import Appointment
from commitments.formats.language import Text, translated, written_in
from commitments.history.log import Logged
from commitments.history.models import TrackedModel
from commitments.reporting.models import ProgressReport

#: Columns by which a record is known, the best first.
OWN = ("code", "iso3", "slug")
#: Where one column does not say which record it is.
SHOWN: dict[type[models.Model], tuple[str, ...]] = {
    Appointment: ("country__iso3", "group__code"),
    ProgressReport: ("cycle__slug", "country__iso3", "group__code"),
}
#: Every kind of record in words.
KINDS: Mapping[str, Any] = {
    "adherence": pgettext_lazy("kind of record", "adherence"),
    "adherencecount": pgettext_lazy("kind of record", "number of endorsing countries"),
    "alignment": pgettext_lazy("kind of record", "alignment of a group"),
    "appointment": pgettext_lazy("kind of record", "appointment"),
    "baseline": pgettext_lazy("kind of record", "baseline"),
    "commitment": pgettext_lazy("kind of record", "commitment"),
    "commitmentlink": pgettext_lazy("kind of record", "link between commitments"),
    "commitmentsource": pgettext_lazy("kind of record", "source of a commitment"),
    "country": pgettext_lazy("kind of record", "country"),
    "countrystatement": pgettext_lazy("kind of record", "statement of a country"),
    "cycleextension": pgettext_lazy("kind of record", "extension in a cycle"),
    "evidence": pgettext_lazy("kind of record", "evidence"),
    "grouprole": pgettext_lazy("kind of record", "role in a group"),
    "indicator": pgettext_lazy("kind of record", "indicator"),
    "measurement": pgettext_lazy("kind of record", "figure"),
    "mechanism": pgettext_lazy("kind of record", "mechanism"),
    "meeting": pgettext_lazy("kind of record", "meeting"),
    "milestone": pgettext_lazy("kind of record", "milestone"),
    "officesettings": pgettext_lazy("kind of record", "settings of the office"),
    "organization": pgettext_lazy("kind of record", "organization"),
    "organizationkind": pgettext_lazy("kind of record", "kind of organization"),
    "party": pgettext_lazy("kind of record", "party to a commitment"),
    "pillar": pgettext_lazy("kind of record", "pillar"),
    "presidency": pgettext_lazy("kind of record", "presidency"),
    "progressreport": pgettext_lazy("kind of record", "report"),
    "quotation": pgettext_lazy("kind of record", "quotation"),
    "reportcorrection": pgettext_lazy("kind of record", "correction of a report"),
    "reportdocument": pgettext_lazy("kind of record", "document of a report"),
    "reportedstatus": pgettext_lazy("kind of record", "reported status"),
    "reportentry": pgettext_lazy("kind of record", "figure asked in a report"),
    "reportingcycle": pgettext_lazy("kind of record", "reporting cycle"),
    "reportpart": pgettext_lazy("kind of record", "part of a report"),
    "reportquestion": pgettext_lazy("kind of record", "question on a report"),
    "reporttranslation": pgettext_lazy("kind of record", "translation of a summary"),
    "revision": pgettext_lazy("kind of record", "revision of a definition"),
    "secretariat": pgettext_lazy("kind of record", "technical secretariat"),
    "series": pgettext_lazy("kind of record", "series of figures"),
    "source": pgettext_lazy("kind of record", "source"),
    "statusbyhand": pgettext_lazy("kind of record", "status set by hand"),
    "storedfile": pgettext_lazy("kind of record", "file"),
    "target": pgettext_lazy("kind of record", "target"),
    "term": pgettext_lazy("kind of record", "word of the glossary"),
    "theme": pgettext_lazy("kind of record", "theme"),
    "themegroup": pgettext_lazy("kind of record", "group of a theme"),
    "thresholds": pgettext_lazy("kind of record", "thresholds"),
    "waypoint": pgettext_lazy("kind of record", "interim target"),
    "workinggroup": pgettext_lazy("kind of record", "working group"),
}


def kind_words(kind: str) -> str:
    """A kind of record at the beginning of a line."""
    return str(capfirst(str(KINDS.get(kind, kind))))


@cache
def lookups_of(model: type[models.Model], depth: int = 0) -> tuple[str, ...]:
    """The columns by which a record is known: its own, else those of what it first hangs on."""
    if model in SHOWN:
        return SHOWN[model]
    names = {field.name for field in model._meta.concrete_fields}
    for name in OWN:
        if name in names:
            return (name,)
    links = [field for field in model._meta.concrete_fields if _leads_on(field)]
    for field in sorted(links, key=lambda field: field.null):
        found = lookups_of(field.related_model, depth + 1) if depth < 4 else ()
        if found:
            return tuple(f"{field.name}__{lookup}" for lookup in found)
    return ()


def _leads_on(field: Any) -> bool:
    return bool(field.is_relation and issubclass(field.related_model, TrackedModel))


def codes(entries: Iterable[Logged]) -> dict[tuple[str, int], str]:
    """By which code each entry's record is known, by kind and number. One query for each kind of record led to."""
    entries = list(entries)
    wanted: dict[tuple[type[models.Model], str], set[int]] = defaultdict(set)
    for entry in entries:
        for lookup in lookups_of(entry.model):
            name, _sep, rest = lookup.partition("__")
            if rest and (key := getattr(entry.row, f"{name}_id")):
                wanted[entry.model._meta.get_field(name).related_model, rest].add(key)  # type: ignore[index]
    known = {
        led: dict(led[0]._default_manager.filter(pk__in=ids).values_list("pk", led[1])) for led, ids in wanted.items()
    }
    return {(entry.place.kind, entry.place.number): _code(entry, known) for entry in entries}


def _code(entry: Logged, known: Mapping[Any, Mapping[int, Any]]) -> str:
    parts = []
    for lookup in lookups_of(entry.model):
        name, _sep, rest = lookup.partition("__")
        if not rest:
            parts.append(getattr(entry.row, name))
            continue
        led = entry.model._meta.get_field(name).related_model, rest
        parts.append(known.get(led, {}).get(getattr(entry.row, f"{name}_id") or 0))
    return " · ".join(str(part) for part in parts if part) or f"#{entry.row.id}"


def title_of(entry: Logged, language: str) -> Text:
    """The title or name of the record at that time; empty where it has none."""
    names = {field.name for field in entry.model._meta.concrete_fields}
    for name in ("title", "name"):
        if f"{name}_{settings.LANGUAGES[0][0]}" in names:
            return translated(entry.row, name, language)
        if name in names and entry.model is not Appointment:
            return written_in(str(getattr(entry.row, name) or ""), "en", language)
    return Text("", language, foreign=False)
