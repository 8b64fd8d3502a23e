"""In which language a text was written, and which translations are behind it. Written with the change itself."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from commitments.formats.language import LANGUAGES
from commitments.history.enums import TextIs
from commitments.history.models import TextState, TrackedModel
from commitments.roles.actor import Actor

#: Under which name the language of a public reason is kept, of a row of history.
REASON = "public_reason"
#: One text in its languages; "" where there is none.
Texts = dict[str, str]


def texts_of(row: Any, field: str) -> Texts:
    """A translated field in each language."""
    return {language: getattr(row, f"{field}_{language}") or "" for language in LANGUAGES}


def touched(row: TrackedModel, columns: Iterable[str]) -> dict[str, Texts]:
    """The translated fields to which columns belong, as they stand before they are written. No query."""
    fields = {name[:-3] for name in columns if name[-3:-2] == "_" and name[-2:] in LANGUAGES}
    return {field: texts_of(row, field) for field in sorted(fields) if row.translated_columns(field)}


def follow(row: TrackedModel, before: Mapping[str, Texts], *, by: Actor, at: datetime) -> None:
    """After a change: a translation of an original that was changed without it is behind. No query without a text."""
    if not before:
        return
    known = states_of(row, before)
    for field, old in before.items():
        for language, state in _after(old, texts_of(row, field), known.get(field, {})).items():
            _keep(row, field, language, state, by=by, at=at)


def _after(old: Texts, new: Texts, known: Mapping[str, str]) -> dict[str, str | None]:
    """What becomes known of each language; None where nothing is known any more."""
    original = original_of(old, known)
    if not original or not new[original]:
        return dict.fromkeys(known)
    changed = {language for language in LANGUAGES if old[language] != new[language]}
    told: dict[str, str | None] = {}
    for language in LANGUAGES:
        if language == original:
            if original_of(new, {}) != original:
                told[language] = TextIs.ORIGINAL
        elif language in changed:
            told[language] = TextIs.REVIEWED if new[language] else None
        elif original in changed and new[language]:
            told[language] = TextIs.OUTDATED
    return told


def original_of(texts: Texts, known: Mapping[str, str]) -> str:
    """The language in which a text was written: as it is known, else the first that has it; empty for no text."""
    said = next((language for language, state in known.items() if state == TextIs.ORIGINAL), "")
    return said or next((language for language in LANGUAGES if texts[language]), "")


def states_of(row: TrackedModel, fields: Collection[str]) -> dict[str, dict[str, str]]:
    """What is known of fields of a record, by field and language. One query."""
    found: dict[str, dict[str, str]] = {}
    rows = TextState.objects.filter(model=row._meta.model_name, record_id=row.pk, field__in=fields)
    for field, language, state in rows.values_list("field", "language", "state"):
        found.setdefault(field, {})[language] = state
    return found


def look_at(row: TrackedModel, fields: Iterable[str], language: str, *, by: Actor, at: datetime) -> None:
    """Somebody has read these translations beside the original: they fit it as it stands."""
    for field in fields:
        _keep(row, field, language, TextIs.REVIEWED, by=by, at=at)


def _keep(row: TrackedModel, field: str, language: str, state: str | None, *, by: Actor, at: datetime) -> None:
    where = {"model": row._meta.model_name, "record_id": row.pk, "field": field, "language": language}
    if state is None:
        TextState.objects.filter(**where).delete()
        return
    TextState.objects.update_or_create(**where, defaults={"state": state, "since": at, "by_id": by.user_id})


def keep_reason(model: type[TrackedModel], ids: Sequence[int], reason: str, *, by: Actor, at: datetime) -> None:
    """After changes: the language that their public reason is written in, where it is not the record's own."""
    if not reason or by.language not in LANGUAGES[1:]:
        return
    rows = model.history.filter(id__in=ids, history_date=at, request_id=by.request_id, public_reason=reason)
    state: dict[str, Any] = {"language": by.language, "state": TextIs.ORIGINAL, "since": at, "by_id": by.user_id}
    name = _of_reasons(model.history.model)
    kept = [TextState(model=name, record_id=key, field=REASON, **state) for key in rows.values_list("pk", flat=True)]
    TextState.objects.bulk_create(kept, ignore_conflicts=True)


def keep_language(row: TrackedModel, field: str, *, by: Actor, at: datetime) -> None:
    """After a text that a record has once: the language that it is written in, where it is not the record's own."""
    TextState.objects.filter(model=row._meta.model_name, record_id=row.pk, field=field).delete()
    if by.language in LANGUAGES[1:]:
        _keep(row, field, by.language, TextIs.ORIGINAL, by=by, at=at)


def language_kept(row: TrackedModel, field: str) -> str:
    """The language of a text that a record has once; empty stands for English. One query."""
    return next(iter(states_of(row, [field]).get(field, {})), "")


def with_language_of(rows: QuerySet[Any], field: str) -> QuerySet[Any]:
    """Records with the language of a text that they have once (`written`); None stands for English. No query."""
    known = TextState.objects.filter(model=rows.model._meta.model_name, field=field, record_id=OuterRef("pk"))
    return rows.annotate(written=Subquery(known.values("language")[:1]))


def with_language_of_reason(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows of history with the language of their public reason (`reason_in`); None stands for English. No query."""
    known = TextState.objects.filter(model=_of_reasons(rows.model), field=REASON, record_id=OuterRef("history_id"))
    return rows.annotate(reason_in=Subquery(known.values("language")[:1]))


def _of_reasons(history: Any) -> str:
    return str(history._meta.model_name)[:40]


def behind(model: type[TrackedModel], language: str) -> Exists:
    """Whether a text of a record is behind its original in a language: read along with the record, as `is_behind`."""
    rows = TextState.objects.filter(model=model._meta.model_name, language=language, state=TextIs.OUTDATED)
    return Exists(rows.filter(record_id=OuterRef("pk")))


def outdated_in(rows: Iterable[TrackedModel], language: str) -> set[tuple[str, int, str]]:
    """Which texts of these records are behind their original in a language: model, number, field. One query."""
    named: dict[str, set[int]] = {}
    for row in rows:
        named.setdefault(str(row._meta.model_name), set()).add(row.pk)
    found = TextState.objects.filter(
        state=TextIs.OUTDATED,
        language=language,
        model__in=named,
        record_id__in={pk for ids in named.values() for pk in ids},
    )
    return {row for row in found.values_list("model", "record_id", "field") if row[1] in named[row[0]]}
