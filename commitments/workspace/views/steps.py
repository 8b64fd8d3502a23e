"""Steps on public facts that the office keeps: taken with a form and a public reason, or refused in a sentence."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from commitments.history import conflict
from commitments.history.actions import EditedMeanwhileError, Refused
from commitments.roles import gate
from commitments.workspace.views.records import version_of


def typed(request: HttpRequest) -> Any:
    """What was sent with the form; None while it is only looked at."""
    return request.POST if request.method == "POST" else None


def unless_refused(form: Any, step: Callable[[], HttpResponse]) -> HttpResponse | None:
    """The answer of a step; None, with the sentence in the form, where the record says otherwise."""
    try:
        return step()
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused.sentence))
        return None


def gone(request: HttpRequest, past: QuerySet[Any], back: str) -> HttpResponse:
    """A record that was taken away meanwhile, by a second click too, is said; one that never was is not found.

    Nor is one that a colleague took away while somebody wrote of it: that page gives back what was typed.
    """
    last = past.order_by("-history_id").first()
    if last is None or (request.method == "POST" and last.history_user_id != request.user.pk):
        raise Http404
    messages.success(request, _("Taken away."))
    return redirect(back)


def taken(
    request: HttpRequest, row: Any, form: Any, *, back: str, act: Callable[..., object], is_away: bool, **more: Any
) -> HttpResponse:
    """One step on a record, with its public reason and the version that its author saw: saved, or both versions."""
    version = version_of(request)
    said: dict[str, Any] = {
        "row": row,
        "public_reason": form.cleaned_data.get("public_reason", ""),
        "version": version,
        "by": gate.actor(request),
        "at": request.at,  # type: ignore[attr-defined]
    }
    try:
        act(**said, **more)
    except EditedMeanwhileError as problem:
        return conflict.page(request, problem, version_read=version, back=back)
    messages.success(request, _("Taken away.") if is_away else _("Saved."))
    return redirect(back)
