"""Milestones of a commitment, kept by the secretariat: the list with a form for one more, and the steps of each."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.formats.dates import site_day
from commitments.history import conflict, once
from commitments.history.actions import EditedMeanwhileError
from commitments.indicators import milestones as actions
from commitments.indicators.actions import StepRefusedError
from commitments.indicators.models import Milestone
from commitments.register.models import Commitment
from commitments.roles import gate
from commitments.workspace.forms.milestone import ChangeMilestoneForm, MilestoneForm, ReachedForm, TakeAwayForm
from commitments.workspace.views import steps
from commitments.workspace.views.records import may_be_sent, token_of, version_of

#: The steps of a milestone by their address: the form, and the heading that is the words of the button too.
STEPS: dict[str, tuple[Any, Any]] = {
    "reached": (ReachedForm, gettext_lazy("Say that it was reached")),
    "change": (ChangeMilestoneForm, gettext_lazy("Change the milestone")),
    "take-away": (TakeAwayForm, gettext_lazy("Take the milestone away")),
}


@gate.workspace_page
def commitment_milestones(request: HttpRequest, code: str) -> HttpResponse:
    """The milestones of a commitment, and one more."""
    commitment = _commitment(request, code)
    on = site_day(request.at)  # type: ignore[attr-defined]
    form = MilestoneForm(request.POST if request.method == "POST" else None, on=on)
    if request.method == "POST" and may_be_sent(request, form):
        step = lambda: _recorded(request, commitment, form)  # noqa: E731
        return redirect(once.carried_out(step, request))
    rows = Milestone.objects.filter(commitment=commitment).select_related("source").order_by("due_on", "id")
    context = {"commitment": commitment, "form": form, "rows": rows, "once": token_of(request)}
    return render(request, "workspace/milestones.html", context)


@gate.workspace_page
def milestone_step(request: HttpRequest, code: str, pk: int, step: str) -> HttpResponse:
    """One step of a milestone: reached, changed, taken away."""
    commitment = _commitment(request, code)
    if step not in STEPS:
        raise Http404(step)
    rows = Milestone.objects.select_related("commitment", "source")
    row = rows.filter(commitment=commitment, pk=pk).first()
    if row is None:
        past = Milestone.history.filter(id=pk, commitment_id=commitment.pk)
        return steps.gone(request, past, _back(commitment))
    make, words = STEPS[step]
    on = site_day(request.at)  # type: ignore[attr-defined]
    form = make(request.POST if request.method == "POST" else None, milestone=row, on=on)
    if request.method == "POST" and form.is_valid():
        return _taken(request, row, step, form)
    context = {
        "commitment": commitment,
        "row": row,
        "form": form,
        "words": words,
        "is_end": step == "take-away",
        "is_shown": actions.is_shown(row),
        "version": version_of(request) or row.version,
    }
    return render(request, "workspace/milestone.html", context)


def _commitment(request: HttpRequest, code: str) -> Commitment:
    commitment = gate.obtain(request.user, Commitment.objects.visible_to(request.user), "view", code=code)
    gate.require(request.user, Milestone, "change")
    return commitment


def _back(commitment: Commitment) -> str:
    return reverse("workspace:commitment-milestones", args=[commitment.code])


def _recorded(request: HttpRequest, commitment: Commitment, form: MilestoneForm) -> str:
    at = request.at  # type: ignore[attr-defined]
    actions.record(commitment=commitment, step=form.step(), by=gate.actor(request), at=at)
    messages.success(request, _("Recorded."))
    return _back(commitment)


def _taken(request: HttpRequest, row: Milestone, step: str, form: Any) -> HttpResponse:
    version, back = version_of(request), _back(row.commitment)
    said: dict[str, Any] = {
        "milestone": row,
        "public_reason": form.cleaned_data.get("public_reason", ""),
        "version": version,
        "by": gate.actor(request),
        "at": request.at,  # type: ignore[attr-defined]
    }
    try:
        if step == "reached":
            actions.reached(**said, done=form.day("done_on"), source=form.document())
        elif step == "change":
            actions.change(**said, step=form.step())
        else:
            actions.take_away(**said)
        messages.success(request, _("Taken away.") if step == "take-away" else _("Saved."))
    except EditedMeanwhileError as problem:
        return conflict.page(request, problem, version_read=version, back=back)
    except StepRefusedError:
        words = _("This was decided on in the meantime. Nothing was changed.")
        return conflict.not_done(request, words, form=form, back=back)
    return redirect(back)
