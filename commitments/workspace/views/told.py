"""What a commitment rests on and what documents say of its state, kept by the secretariat."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.history import once
from commitments.register import told as actions
from commitments.register.models import Commitment, CommitmentSource, ReportedStatus
from commitments.roles import gate
from commitments.workspace.forms.told import ReportedForm, SourceForm, TakeAwayForm
from commitments.workspace.views import steps
from commitments.workspace.views.records import may_be_sent, token_of, version_of


@dataclass(frozen=True, slots=True)
class Room:
    """One kind of what documents tell: its form, how it is recorded and changed, and the words that head each step."""

    model: type[CommitmentSource | ReportedStatus]
    form: Any
    record: Callable[..., Any]
    change: Callable[..., Any]
    words: dict[str, str | Promise]


#: By their address.
ROOMS = {
    "documents": Room(
        CommitmentSource,
        SourceForm,
        actions.name_source,
        actions.change_source,
        {
            "new": gettext_lazy("Name a document"),
            "change": gettext_lazy("Change a source"),
            "take-away": gettext_lazy("Take a source away"),
        },
    ),
    "statuses": Room(
        ReportedStatus,
        ReportedForm,
        actions.report_status,
        actions.change_status,
        {
            "new": gettext_lazy("Record what a document says"),
            "change": gettext_lazy("Change what a document says"),
            "take-away": gettext_lazy("Take away what a document says"),
        },
    ),
}


@gate.workspace_page
def commitment_sources(request: HttpRequest, code: str) -> HttpResponse:
    """What a commitment rests on, and what documents say of its state."""
    commitment = _commitment(request, code)
    context = {
        "commitment": commitment,
        "sources": commitment.source_links.select_related("source").order_by("position", "id"),
        "reported": commitment.reported_statuses.select_related("source").order_by("-as_of", "id"),
    }
    return render(request, "workspace/commitment_sources.html", context)


@gate.workspace_page
def record_told(request: HttpRequest, code: str, room: str) -> HttpResponse:
    """Name one more document, or record what one says."""
    commitment, kind = _commitment(request, code), _room(room)
    row: Any = kind.model(commitment=commitment)
    form = kind.form(steps.typed(request), row=row, on=request.on)  # type: ignore[attr-defined]
    if request.method == "POST" and may_be_sent(request, form):
        at = request.at  # type: ignore[attr-defined]

        def step() -> str:
            kind.record(commitment=commitment, said=form.said(), by=gate.actor(request), at=at)
            messages.success(request, _("Recorded."))
            return _back(commitment)

        sent = lambda: redirect(once.carried_out(step, request))  # noqa: E731
        if answer := steps.unless_refused(form, sent):
            return answer
    context = {"commitment": commitment, "form": form, "words": kind.words["new"], "once": token_of(request)}
    return render(request, "workspace/told_step.html", context)


@gate.workspace_page
def told_step(request: HttpRequest, code: str, room: str, pk: int, step: str) -> HttpResponse:
    """One step: changed, taken away."""
    commitment, kind = _commitment(request, code), _room(room)
    if step not in {"change", "take-away"}:
        raise Http404(step)
    row: Any = kind.model.objects.filter(commitment=commitment, pk=pk).select_related("commitment", "source").first()
    if row is None:
        return steps.gone(request, kind.model.history.filter(id=pk, commitment_id=commitment.pk), _back(commitment))
    make = kind.form if step == "change" else TakeAwayForm
    form = make(steps.typed(request), row=row, on=request.on)  # type: ignore[attr-defined]
    sent = lambda: _taken(request, row, kind, step, form)  # noqa: E731
    if request.method == "POST" and form.is_valid() and (answer := steps.unless_refused(form, sent)):
        return answer
    context = {
        "commitment": commitment,
        "row": row,
        "is_status": kind.model is ReportedStatus,
        "form": form,
        "words": kind.words[step],
        "is_taken_away": step == "take-away",
        "version": version_of(request) or row.version,
    }
    return render(request, "workspace/told_step.html", context)


def _commitment(request: HttpRequest, code: str) -> Commitment:
    commitment = gate.obtain(request.user, Commitment.objects.visible_to(request.user), "view", code=code)
    gate.require(request.user, CommitmentSource, "change")
    gate.require(request.user, ReportedStatus, "change")
    return commitment


def _room(room: str) -> Room:
    if room not in ROOMS:
        raise Http404(room)
    return ROOMS[room]


def _back(commitment: Commitment) -> str:
    return reverse("workspace:commitment-sources", args=[commitment.code])


def _taken(request: HttpRequest, row: Any, room: Room, step: str, form: Any) -> HttpResponse:
    back = _back(row.commitment)
    if step == "change":
        return steps.taken(request, row, form, back=back, act=room.change, is_away=False, said=form.said())
    return steps.taken(request, row, form, back=back, act=actions.take_away, is_away=True)
