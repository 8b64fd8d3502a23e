"""What public records say in which languages: what is missing or behind its original, and the texts of one record."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, IntegerField, OuterRef, Q, QuerySet, Value
from django.utils.translation import get_language_info, gettext_lazy

from commitments.formats.language import LANGUAGES, Text, language_of, translated
from commitments.glossary.models import Term
from commitments.history.enums import ReportState, TextIs
from commitments.history.languages import original_of, states_of, texts_of
from commitments.history.models import TextState, TrackedModel
from commitments.indicators.models import Indicator, Milestone
from commitments.mechanisms.models import Country, Mechanism, Organization
from commitments.meetings.models import Meeting
from commitments.register.enums import UNSEEN
from commitments.register.models import Commitment
from commitments.reporting.models import ReportingCycle
from commitments.working_groups.models import Pillar, Theme, WorkingGroup

#: The kinds of record that the office translates, in the order of the list. What countries say is theirs.
KINDS: tuple[type[TrackedModel], ...] = (
    *(Commitment, Indicator, Milestone, WorkingGroup, Term, Meeting, ReportingCycle),
    *(Country, Organization, Mechanism, Pillar, Theme),
)
#: What their texts are called; others name their own.
LABELS = {"name": gettext_lazy("name"), "purpose": gettext_lazy("purpose")}
NAMED = {str(model._meta.model_name): model for model in KINDS}


def fields_of(model: type[TrackedModel]) -> tuple[str, ...]:
    """The translated fields of a kind of record."""
    return tuple(field.name for field in model._meta.fields if model.translated_columns(field.name))


def public_rows(model: type[TrackedModel], country_id: int | None = None) -> QuerySet[Any]:
    """The records of a kind that everybody may read; of one country, those of its commitments and it."""
    rows: Any = model._default_manager.all()
    rows = rows.rewrite(False) if hasattr(rows, "rewrite") else rows
    if model is Commitment:
        rows = rows.exclude(life_cycle__in=UNSEEN)
    elif model is Indicator or model is Milestone:
        rows = rows.filter(state=ReportState.PUBLISHED).exclude(commitment__life_cycle__in=UNSEEN)
    if country_id is None:
        return rows
    of_country = {Commitment: "maker_country", Indicator: "commitment__maker_country", Country: "pk"}
    path = of_country.get(model, "commitment__maker_country" if model is Milestone else "")
    return rows.filter(**{path: country_id}) if path else rows.none()


def wanted(
    languages: Collection[str], *, kinds: Iterable[str] = NAMED, country_id: int | None = None, state: str = ""
) -> QuerySet[Any, Any]:
    """Kind and number of each public record with a text that is missing or outdated in one of these languages."""
    parts = []
    for place, (kind, model) in enumerate(NAMED.items()):
        if kind in kinds:
            where = _missing(model, languages) if state != TextIs.OUTDATED else Q()
            if state != "missing":
                where |= Q(Exists(_outdated(kind, languages)))
            rows = public_rows(model, country_id).filter(where).order_by()
            named = rows.annotate(rank=Value(place, IntegerField()), what=Value(kind, CharField()))
            parts.append(named.values_list("rank", "what", "pk"))
    return parts[0].union(*parts[1:], all=True).order_by("rank", "pk") if len(parts) > 1 else parts[0].order_by("pk")


def _blank(column: str) -> Q:
    return Q(**{column: ""}) | Q(**{f"{column}__isnull": True})


def _missing(model: type[TrackedModel], languages: Collection[str]) -> Q:
    found = Q(pk__in=[])
    for field in fields_of(model):
        said = Q()
        for code in LANGUAGES:
            said |= ~_blank(f"{field}_{code}")
        for code in sorted(languages):
            found |= _blank(f"{field}_{code}") & said
    return found


def _outdated(kind: str, languages: Collection[str]) -> Any:
    where = {"model": kind, "language__in": sorted(languages), "state": TextIs.OUTDATED}
    return TextState.objects.filter(record_id=OuterRef("pk"), **where)


@dataclass(frozen=True, slots=True)
class Lack:
    """A language in which a record lacks something: how many texts are missing, how many outdated."""

    language: str
    missing: int
    outdated: int

    def is_about(self, state: str) -> bool:
        """Whether it lacks something in this way."""
        return bool(self.outdated if state == TextIs.OUTDATED else self.missing)


@dataclass(frozen=True, slots=True)
class Item:
    """One record of the list: its kind, its name in the language of the page, and what it lacks."""

    kind: str
    row: Any
    title: Text
    lacks: Sequence[Lack]


def items(
    keys: Iterable[tuple[int, str, int]], languages: Collection[str], page_language: str, state: str = ""
) -> list[Item]:
    """The records behind a page of the list. One query for each kind on it, and one for what is known of them.

    Each with the languages that lack something; with those alone that lack what was asked for, if it was.
    """
    keys = list(keys)
    numbers: dict[str, list[int]] = {}
    for _place, kind, pk in keys:
        numbers.setdefault(kind, []).append(pk)
    rows = {kind: NAMED[kind]._default_manager.in_bulk(ids) for kind, ids in numbers.items()}
    behind: dict[tuple[str, int, str], int] = {}
    states = TextState.objects.filter(
        model__in=numbers, record_id__in={pk for ids in numbers.values() for pk in ids}, state=TextIs.OUTDATED
    )
    for model, pk, language in states.values_list("model", "record_id", "language"):
        behind[model, pk, language] = behind.get((model, pk, language), 0) + 1
    found = []
    for _place, kind, pk in keys:
        row = rows[kind][pk]
        lacks = [lack for lack in _lacks(row, languages, behind) if not state or lack.is_about(state)]
        found.append(Item(kind, row, _title(row, page_language), lacks))
    return found


def _title(row: Any, language: str) -> Text:
    return translated(row, "title" if "title" in fields_of(type(row)) else "name", language)


def _lacks(row: Any, languages: Collection[str], behind: dict[tuple[str, int, str], int]) -> list[Lack]:
    texts = [texts_of(row, field) for field in fields_of(type(row))]
    found = []
    for language in (code for code in LANGUAGES if code in languages):
        missing = sum(not text[language] and any(text.values()) for text in texts)
        outdated = behind.get((row._meta.model_name, row.pk, language), 0)
        if missing or outdated:
            found.append(Lack(language, missing, outdated))
    return found


@dataclass(frozen=True, slots=True)
class Side:
    """One text of a record: as it was written, and as it stands in the language to translate into."""

    field: str
    label: str
    original: Text
    text: str
    longest: int | None
    #: Missing is the empty one.
    state: str

    @property
    def is_outdated(self) -> bool:
        """Whether the original was changed after this was translated."""
        return self.state == TextIs.OUTDATED


def sides(row: TrackedModel, language: str, page_language: str) -> list[Side]:
    """The texts of a record that are written in another language than this one. One query."""
    known = states_of(row, fields_of(type(row)))
    found = []
    for name in fields_of(type(row)):
        texts, told = texts_of(row, name), known.get(name, {})
        original = original_of(texts, told)
        if original in {"", language}:
            continue
        column: Any = row._meta.get_field(f"{name}_{language}")
        shown = Text(texts[original], original, foreign=original != page_language)
        state = (told.get(language) or TextIs.REVIEWED) if texts[language] else ""
        label = str(LABELS.get(name) or row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        found.append(Side(name, label, shown, texts[language], column.max_length, state))
    return found


def spoken(language: str) -> str:
    """The name of a language, in the language of the page."""
    return str(get_language_info(language_of(language))["name_translated"])
