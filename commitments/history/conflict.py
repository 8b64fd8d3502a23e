"""Pages for who comes second: both versions of a record, or why nothing was done, with everything that was typed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.choices import flatten_choices
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language, get_language_info, pgettext

from commitments.formats.dates import clock, long_date
from commitments.formats.language import LANGUAGES
from commitments.formats.partial import PartialDate
from commitments.history.actions import EditedMeanwhileError

#: What the column that says how exactly a day is known ends with.
PRECISION = "_precision"
#: What the column that says which language a text is in ends with: the text itself tells.
LANGUAGE = "_language"
#: The box that says that somebody looked at a text before it is published: it is for that text alone.
LOOKED = "looked"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in three states. `is_left`: this person left it alone, so that it stays as the other one wrote it."""

    name: str
    label: str
    base: Any
    theirs: Any
    yours: Any
    is_left: bool = False


def _begun_with(current: Any, version_read: int) -> Any:
    """The record as it stood when this person opened it; None where that is not known."""
    return type(current).history.filter(id=current.pk, version=version_read).first()


def differences(problem: EditedMeanwhileError, base: Any, left: Collection[str] = ()) -> list[Difference]:
    """The fields in which what was typed differs from the record as it stands, or from what both began with."""
    current = problem.current
    rows = []
    for name in problem.typed:
        if (name.endswith(PRECISION) and name.removesuffix(PRECISION) in problem.typed) or name.endswith(LANGUAGE):
            continue
        yours, theirs = _typed(problem, name), _stored(current, name, problem.typed)
        before = _stored(base, name, problem.typed) if base is not None else theirs
        if not (_same(yours, theirs) and _same(theirs, before)):
            was, now, mine = (_shown(current, name, value) for value in (before, theirs, yours))
            rows.append(Difference(name, _label(current, name), was, now, mine, is_left=name in left))
    return rows


def changed_since(current: Any, version_read: int, names: Iterable[str]) -> list[Difference]:
    """Fields that this person saw beside what they wrote, and that somebody changed in the meantime."""
    base, rows = _begun_with(current, version_read), []
    for name in names if base is not None else ():
        before, now = getattr(base, name), getattr(current, name)
        if not _same(before, now):
            rows.append(Difference(name, _label(current, name), before, now, before, is_left=True))
    return rows


def _same(one: Any, other: Any) -> bool:
    """Whether two values are one; nothing is nothing, however it is stored."""
    return bool(one == other) or (one in (None, "") and other in (None, ""))


def _left_alone(
    problem: EditedMeanwhileError, base: Any, typed: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, str]]:
    """Of the columns that the other one changed and this person did not: the field of the form, and what stands now.

    Only where the form sent the very text that the column held before; what is written otherwise is shown as typed.
    """
    current, found = problem.current, {}
    together = [name for name in problem.typed if name.endswith((LANGUAGE, PRECISION))]
    if base is None or any(getattr(base, name) != getattr(current, name) for name in together):
        return {}
    for name, yours in problem.typed.items():
        before, theirs = getattr(base, name, None), getattr(current, name, None)
        if name in together or _same(before, theirs) or not _same(yours, before):
            continue
        field = next((key for key in (name, name[:-3]) if _as_sent(before) in typed.get(key, ())), "")
        if field and len(typed[field]) == 1:
            found[name] = (field, _as_sent(theirs))
    return found


def _as_sent(value: Any) -> str:
    return "" if value is None else str(value)


def _typed(problem: EditedMeanwhileError, name: str) -> Any:
    precision = problem.typed.get(f"{name}{PRECISION}")
    return _known(problem.typed[name], precision)


def _stored(row: Any, name: str, typed: Mapping[str, Any]) -> Any:
    precision = getattr(row, f"{name}{PRECISION}") if f"{name}{PRECISION}" in typed else None
    return _known(getattr(row, name), precision)


def _known(value: Any, precision: str | None) -> Any:
    """A day as exactly as it is known; any other value as it is."""
    return value if precision is None or value is None else PartialDate.stored(value, precision)


def is_sent_twice(problem: EditedMeanwhileError, user: Any) -> bool:
    """Whether this person wrote the very same last: the second of two clicks, or a page sent once more."""
    current = problem.current
    last = type(current).history.filter(id=current.pk).order_by("-history_id").first()
    same = all(getattr(current, name) == value for name, value in problem.typed.items())
    return bool(problem.typed and same and last is not None and last.history_user_id == user.pk)


def page(
    request: HttpRequest,
    problem: EditedMeanwhileError,
    *,
    version_read: int,
    back: str,
    action: str = "",
    fields: Mapping[str, str] | None = None,
    beside: Iterable[Difference] = (),
) -> HttpResponse:
    """Both versions side by side, with everything typed kept in the form below; status 409. Of two clicks, `back`.

    What this person left alone goes on as the other one wrote it. `fields` are what was typed where it did not come
    with this request; `action` is where it goes next; `beside` are differences of what is no column of the form.
    """
    current = problem.current
    if is_sent_twice(problem, request.user) and not beside:
        return redirect(back)
    last = type(current).history.filter(id=current.pk).order_by("-history_id").first()
    sent = request.POST if fields is None else MultiValueDict({key: [value] for key, value in fields.items()})
    typed = {key: [value.replace("\r\n", "\n") for value in sent.getlist(key)] for key in sent}
    base = _begun_with(current, version_read)
    left = _left_alone(problem, base, typed)
    typed |= {field: [now] for field, now in left.values()}
    frame = {"csrfmiddlewaretoken", "version"}
    hidden = [(key, value) for key, values in typed.items() if key not in frame for value in values]
    context = {
        "current": current,
        "last": last,
        "author": _author(last),
        "is_own": last is not None and last.history_user_id == request.user.pk,
        "is_today": last is not None and timezone.localdate(last.history_date) == request.on,  # type: ignore[attr-defined]
        "differences": [*differences(problem, base, left), *beside],
        "hidden": hidden,
        "version": current.version,
        "back": back,
        "action": action or request.get_full_path(),
    }
    return render(request, "conflict.html", context, status=409)


def not_done(request: HttpRequest, words: str, *, form: forms.BaseForm, back: str) -> HttpResponse:
    """Why a step was not taken, with what was put into its form to copy; status 409. `back` says it where nothing was.

    `form` is the form as it was sent, beside what it began with.
    """
    texts, has_file = typed_in(form), any(isinstance(form[name].field, forms.FileField) for name in form.changed_data)
    if not texts and not has_file:
        messages.error(request, words)
        return redirect(back)
    context = {"words": words, "texts": texts, "has_file": has_file, "back": back}
    return render(request, "not_done.html", context, status=409)


def typed_in(form: forms.BaseForm) -> list[tuple[str, str]]:
    """What somebody typed, chose or ticked in a form that was sent, by label and as people write it: nothing left."""
    names = form.changed_data if form.is_bound else []
    told = [(str(form[name].label), _told(form[name])) for name in names]
    return [(label, words) for label, words in told if words.strip()]


def _told(bound: forms.BoundField) -> str:
    """What stands in a field; nothing for what nobody sees, and for what is asked anew with the next words anyway."""
    field, value = bound.field, bound.value()
    if bound.is_hidden or bound.name == LOOKED or isinstance(field.widget, forms.FileInput | forms.PasswordInput):
        return ""
    if isinstance(field.widget, forms.CheckboxInput):
        return pgettext("answer", "Yes") if value else pgettext("answer", "No")
    if isinstance(field.widget, forms.widgets.ChoiceWidget):
        # What has no name of its own leads to another question, whose answer stands for itself.
        return "\n".join(_chosen(field.widget.choices, value)) if field.label else ""
    return _when(field, value) if isinstance(field, forms.DateField | forms.TimeField) else str(value or "")


def _chosen(choices: Any, value: Any) -> list[str]:
    """The words of what was chosen; what is not offered any more has none."""
    keys = {str(key) for key in value} if isinstance(value, list | tuple) else {str(value)}
    offered: Iterable[tuple[Any, Any]] = flatten_choices(choices)
    return [str(words) for key, words in offered if str(key) in keys and str(key)]


def _when(field: forms.DateField | forms.TimeField, value: Any) -> str:
    """A day or a time of day as the language of the page writes it; as it was typed where it cannot be read."""
    lang = get_language() or LANGUAGES[0]
    try:
        known = field.to_python(value)
    except ValidationError:
        return str(value)
    if isinstance(known, time):
        return clock(known, lang)
    return long_date(known, lang) if known is not None else ""


def _author(last: Any) -> Any:
    """The person who changed it, by join: history itself holds no names."""
    from django.contrib.auth import get_user_model

    if last is None or last.history_user_id is None:
        return None
    return get_user_model().objects.filter(pk=last.history_user_id).first()


def _shown(row: models.Model, name: str, value: Any) -> Any:
    """A value as people know it: of a fixed set the words, never the code."""
    try:
        choices: Any = row._meta.get_field(name).flatchoices  # type: ignore[union-attr]
    except (FieldDoesNotExist, AttributeError):
        return value
    return str(dict(choices).get(value, value)) if choices and value not in {None, ""} else value


def _label(row: models.Model, name: str) -> str:
    try:
        field: Any = row._meta.get_field(name.removesuffix("_id"))
    except FieldDoesNotExist:
        return name
    original = getattr(field, "translated_field", None)
    if original is None:
        return str(field.verbose_name)
    spoken = str(get_language_info(field.language)["name_translated"])
    return f"{original.verbose_name} ({spoken if get_language() == 'en' else spoken.lower()})"
