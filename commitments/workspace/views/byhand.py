"""A status stated by hand: set with a public reason and an end date, and taken back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commitments.formats.dates import site_day
from commitments.history import conflict
from commitments.history.actions import EditedMeanwhileError
from commitments.indicators import byhand
from commitments.indicators.actions import StepRefusedError
from commitments.indicators.enums import Lapse
from commitments.indicators.models import StatusByHand
from commitments.indicators.queries import commitment_reading
from commitments.indicators.queries import status_by_hand as in_force
from commitments.indicators.wording import status_word
from commitments.register.models import Commitment
from commitments.reporting.lapses import next_due
from commitments.roles import gate
from commitments.workspace.forms.byhand import StatusByHandForm, TakeBackForm
from commitments.workspace.views.records import version_of


@gate.workspace_page
def status_by_hand(request: HttpRequest, code: str) -> HttpResponse:
    """State a status of a commitment beside the computed one, or take back the one that stands."""
    gate.require(request.user, StatusByHand, "add")
    rows = Commitment.objects.visible_to(request.user).select_related("mechanism", "maker_country")
    commitment = gate.obtain(request.user, rows, "view", code=code)
    data = request.POST if request.method == "POST" else None
    is_end = "take_back" in request.POST
    form = StatusByHandForm(None if is_end else data, on=request.on)  # type: ignore[attr-defined]
    ending = TakeBackForm(data if is_end else None)
    if not byhand.may_be_stated_of(commitment):
        if request.method == "POST" and commitment.is_closed:
            return _decided(request, ending if is_end else form, _page_of(commitment))
        raise PermissionDenied("no status")
    current = in_force(commitment.pk)
    if is_end and (not _is_named(request, current) or ending.is_valid()):
        return _take_back(request, commitment, current, ending)
    if data is not None and not is_end and form.is_valid():
        return _state(request, commitment, form)
    context = _context(request, commitment, current) | {"form": form, "ending": ending}
    return render(request, "workspace/status_by_hand.html", context)


def _context(request: HttpRequest, commitment: Commitment, current: StatusByHand | None) -> dict[str, Any]:
    on = site_day(request.at)  # type: ignore[attr-defined]
    status = commitment_reading(commitment, on=on).result.status
    return {
        "commitment": commitment,
        "commitment_title": commitment.title_in(get_language() or "en"),
        "current": current,
        "computed": (status.value, status_word(status)),
        "next_due": next_due(commitment.mechanism_id, on),
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
        return _decided(request, form, _page_of(commitment))
    return redirect("workspace:status-by-hand", code=commitment.code)


def _page_of(commitment: Commitment) -> str:
    return reverse("workspace:edit-commitment", args=[commitment.code])


def _decided(request: HttpRequest, form: StatusByHandForm | TakeBackForm, back: str) -> HttpResponse:
    """The commitment was closed, or the status taken back, meanwhile."""
    words = _("This was decided on in the meantime. Nothing was changed.")
    return conflict.not_done(request, words, form=form, back=back)


def _is_named(request: HttpRequest, row: StatusByHand | None) -> bool:
    """Whether it is this one that the button to take it back belonged to: another may stand in its place by now."""
    return row is not None and request.POST.get("take_back") == str(row.pk)


def _take_back(
    request: HttpRequest, commitment: Commitment, current: StatusByHand | None, form: TakeBackForm
) -> HttpResponse:
    here = reverse("workspace:status-by-hand", args=[commitment.code])
    if not _is_named(request, current) or current is None:
        return redirect(here) if _is_taken_back_so(request, commitment, form) else _decided(request, form, here)
    try:
        byhand.take_back(
            row=current,
            public_reason=form.cleaned_data["public_reason"],
            version=version_of(request),
            by=gate.actor(request),
            at=request.at,  # type: ignore[attr-defined]
        )
        messages.success(request, _("Taken back. The computed status stands alone."))
    except (EditedMeanwhileError, StepRefusedError):
        return _decided(request, form, here)
    return redirect(here)


def _is_taken_back_so(request: HttpRequest, commitment: Commitment, form: TakeBackForm) -> bool:
    """Whether this person took it back in these words: the second of two clicks."""
    past = StatusByHand.history.filter(commitment_id=commitment.pk, lapsed_because=Lapse.TAKEN_BACK.value)
    last = past.order_by("-history_id").first()
    if last is None or request.POST["take_back"] != str(last.id) or last.history_user_id != request.user.pk:
        return False
    return bool(str(form["public_reason"].value() or "").split() == last.public_reason.split())
