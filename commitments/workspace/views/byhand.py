"""A status stated by hand: set with a public reason and an end date, and taken back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commitments.history import conflict
from commitments.history.actions import EditedMeanwhileError
from commitments.indicators import byhand
from commitments.indicators.actions import StepRefusedError
from commitments.indicators.models import StatusByHand
from commitments.indicators.queries import commitment_reading
from commitments.indicators.queries import status_by_hand as in_force
from commitments.indicators.statuses import site_day
from commitments.indicators.wording import status_word
from commitments.register.models import Commitment
from commitments.reporting.lapses import next_due
from commitments.roles import gate
from commitments.workspace.forms.byhand import StatusByHandForm
from commitments.workspace.views.records import version_of


@gate.workspace_page
def status_by_hand(request: HttpRequest, code: str) -> HttpResponse:
    """State a status of a commitment beside the computed one, or take back the one that stands."""
    gate.require(request.user, StatusByHand, "add")
    rows = Commitment.objects.visible_to(request.user).select_related("mechanism", "maker_country")
    commitment = gate.obtain(request.user, rows, "view", code=code)
    form = StatusByHandForm(request.POST if request.method == "POST" else None, on=request.on)  # type: ignore[attr-defined]
    if not byhand.may_be_stated_of(commitment):
        if request.method == "POST" and commitment.is_closed:
            return _decided(request, commitment, form)
        raise PermissionDenied("no status")
    current = in_force(commitment.pk)
    if request.method == "POST" and "take_back" in request.POST:
        return _take_back(request, commitment, current)
    if request.method == "POST" and form.is_valid():
        return _state(request, commitment, form)
    return render(request, "workspace/status_by_hand.html", _context(request, commitment, current, form))


def _context(
    request: HttpRequest, commitment: Commitment, current: StatusByHand | None, form: StatusByHandForm
) -> dict[str, Any]:
    on = site_day(request.at)  # type: ignore[attr-defined]
    status = commitment_reading(commitment, on=on).result.status
    return {
        "commitment": commitment,
        "commitment_title": commitment.title_in(get_language() or "en"),
        "current": current,
        "computed": (status.value, status_word(status)),
        "next_due": next_due(commitment.mechanism_id, on),
        "form": form,
    }


def _state(request: HttpRequest, commitment: Commitment, form: StatusByHandForm) -> HttpResponse:
    try:
        byhand.state_by_hand(
            commitment=commitment,
            stated=form.stated(),
            by=gate.actor(request),
            at=request.at,  # type: ignore[attr-defined]
        )
        messages.success(request, _("The status stands beside the computed one. It is public."))
    except StepRefusedError:
        return _decided(request, commitment, form)
    return redirect("workspace:status-by-hand", code=commitment.code)


def _decided(request: HttpRequest, commitment: Commitment, form: StatusByHandForm) -> HttpResponse:
    """The commitment was closed meanwhile."""
    words = _("This was decided on in the meantime. Nothing was changed.")
    back = reverse("workspace:edit-commitment", args=[commitment.code])
    return conflict.not_done(request, words, form=form, back=back)


def _take_back(request: HttpRequest, commitment: Commitment, current: StatusByHand | None) -> HttpResponse:
    step: dict[str, Any] = {"by": gate.actor(request), "at": request.at}  # type: ignore[attr-defined]
    try:
        if current is not None:
            byhand.take_back(row=current, version=version_of(request), **step)
            messages.success(request, _("Taken back. The computed status stands alone."))
    except (EditedMeanwhileError, StepRefusedError):
        messages.error(request, _("This was decided on in the meantime. Nothing was changed."))
    return redirect("workspace:status-by-hand", code=commitment.code)
