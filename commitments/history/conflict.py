"""The page a second editor gets: what the other person wrote, what was typed here, what both began with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, get_language_info

from commitments.history.actions import EditedMeanwhileError


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in three states. `is_clash`: both changed it, to different values."""

    name: str
    label: str
    base: Any
    theirs: Any
    yours: Any

    @property
    def is_clash(self) -> bool:
        """Whether both changed the field, and not to the same."""
        return self.theirs != self.base and self.yours != self.base and self.theirs != self.yours


def differences(problem: EditedMeanwhileError, version_read: int) -> list[Difference]:
    """The fields in which what was typed differs from the record as it stands, or from what both began with."""
    current = problem.current
    base = type(current).history.filter(id=current.pk, version=version_read).first()
    rows = []
    for name, yours in problem.typed.items():
        theirs = getattr(current, name)
        before = getattr(base, name) if base is not None else theirs
        if yours != theirs or theirs != before:
            rows.append(Difference(name, _label(current, name), before, theirs, yours))
    return rows


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
    """Both versions side by side, with everything typed kept in the form below; status 409.

    `fields` are what was typed where it did not come with this request; `action` is where it goes next; `beside` are
    differences of what belongs to the record without being a column of it.
    """
    current = problem.current
    last = type(current).history.filter(id=current.pk).order_by("-history_id").first()
    typed = fields.items() if fields is not None else [(k, v) for k in request.POST for v in request.POST.getlist(k)]
    hidden = [(key, value) for key, value in typed if key not in {"csrfmiddlewaretoken", "version"}]
    context = {
        "current": current,
        "last": last,
        "author": _author(last),
        "differences": [*differences(problem, version_read), *beside],
        "hidden": hidden,
        "version": current.version,
        "back": back,
        "action": action or request.get_full_path(),
    }
    return render(request, "conflict.html", context, status=409)


def _author(last: Any) -> Any:
    """The person who changed it, by join: history itself holds no names."""
    from django.contrib.auth import get_user_model

    if last is None or last.history_user_id is None:
        return None
    return get_user_model().objects.filter(pk=last.history_user_id).first()


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
