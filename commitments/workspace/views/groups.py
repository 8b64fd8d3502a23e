"""Working groups, kept by the secretariat: who leads and takes part in each, what of the Declaration it works on."""

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
from commitments.roles import gate
from commitments.working_groups import actions
from commitments.working_groups.models import Alignment, GroupRole, WorkingGroup
from commitments.workspace.forms.group import EndRoleForm, PlaceForm, RoleForm, TakeAwayForm
from commitments.workspace.queries import groups_kept, places_of_group, roles_of_group
from commitments.workspace.views import steps
from commitments.workspace.views.records import may_be_sent, token_of, version_of


@dataclass(frozen=True, slots=True)
class Room:
    """One kind of record of a group: its steps with their forms, and the words that head each."""

    model: type[GroupRole | Alignment]
    record: str | Promise
    steps: dict[str, tuple[Any, str | Promise]]


#: By their address.
ROOMS = {
    "roles": Room(
        GroupRole,
        gettext_lazy("Record a role"),
        {
            "change": (RoleForm, gettext_lazy("Change a role")),
            "end": (EndRoleForm, gettext_lazy("Say that a role has ended")),
            "take-away": (TakeAwayForm, gettext_lazy("Take a role away")),
        },
    ),
    "places": Room(
        Alignment,
        gettext_lazy("Record a place"),
        {
            "change": (PlaceForm, gettext_lazy("Change the place")),
            "take-away": (TakeAwayForm, gettext_lazy("Take a place away")),
        },
    ),
}


@gate.workspace_page
def groups(request: HttpRequest) -> HttpResponse:
    """All working groups by mechanism, with who leads each."""
    gate.require(request.user, WorkingGroup, "change")
    return render(request, "workspace/groups.html", {"rows": groups_kept()})


@gate.workspace_page
def group(request: HttpRequest, code: str) -> HttpResponse:
    """One group: its roles, and what of the Declaration it works on."""
    found = _group(request, code)
    context = {"group": found, "roles": roles_of_group(found), "places": places_of_group(found)}
    return render(request, "workspace/group.html", context)


@gate.workspace_page
def record_in_group(request: HttpRequest, code: str, room: str) -> HttpResponse:
    """Record a role, or a place in the Declaration."""
    found, kind = _room(request, code, room)
    row: Any = kind.model(group=found)
    make: Any = kind.steps["change"][0]
    form = make(request.POST if request.method == "POST" else None, row=row, on=request.on)  # type: ignore[attr-defined]
    if request.method == "POST" and may_be_sent(request, form):

        def step() -> str:
            _record(request, row, form)
            messages.success(request, _("Recorded."))
            return _back(found)

        sent = lambda: redirect(once.carried_out(step, request))  # noqa: E731
        if answer := steps.unless_refused(form, sent):
            return answer
    context = {"group": found, "form": form, "words": kind.record, "once": token_of(request)}
    return render(request, "workspace/group_step.html", context)


@gate.workspace_page
def group_step(request: HttpRequest, code: str, room: str, pk: int, step: str) -> HttpResponse:
    """One step of a record: changed, ended, taken away."""
    found, kind = _room(request, code, room)
    if step not in kind.steps:
        raise Http404(step)
    row: Any = kind.model.objects.filter(group=found, pk=pk).first()
    if row is None:
        return steps.gone(request, kind.model.history.filter(id=pk, group_id=found.pk), _back(found))
    make, words = kind.steps[step]
    form = make(request.POST if request.method == "POST" else None, row=row, on=request.on)  # type: ignore[attr-defined]
    sent = lambda: _taken(request, row, step, form)  # noqa: E731
    if request.method == "POST" and form.is_valid() and (answer := steps.unless_refused(form, sent)):
        return answer
    context = {
        "group": found,
        "row": row,
        "is_role": kind.model is GroupRole,
        "form": form,
        "words": words,
        "is_taken_away": step == "take-away",
        "version": version_of(request) or row.version,
    }
    return render(request, "workspace/group_step.html", context)


def _group(request: HttpRequest, code: str) -> WorkingGroup:
    rows = WorkingGroup.objects.select_related("mechanism")
    return gate.obtain(request.user, rows, "change", code=code)


def _room(request: HttpRequest, code: str, room: str) -> tuple[WorkingGroup, Room]:
    found = _group(request, code)
    if room not in ROOMS or (room == "places" and found.is_of_the_declaration):
        raise Http404(room)
    gate.require(request.user, ROOMS[room].model, "change")
    return found, ROOMS[room]


def _back(group: WorkingGroup) -> str:
    return reverse("workspace:group", args=[group.code])


def _record(request: HttpRequest, row: Any, form: Any) -> None:
    said: dict[str, Any] = {"row": row, "said": form.said(), "by": gate.actor(request), "at": request.at}  # type: ignore[attr-defined]
    if isinstance(row, Alignment):
        actions.record_place(**said, public_reason=form.cleaned_data["public_reason"])
        return
    row.country, row.organization = form.cleaned_data["country"], form.cleaned_data["organization"]
    actions.record_role(**said)


def _taken(request: HttpRequest, row: Any, step: str, form: Any) -> HttpResponse:
    back = _back(row.group)
    if step == "take-away":
        return steps.taken(request, row, form, back=back, act=actions.take_away, is_away=True)
    if step == "end":
        until = form.cleaned_data["until"]
        return steps.taken(request, row, form, back=back, act=actions.end_role, is_away=False, until=until)
    act = actions.change_role if isinstance(row, GroupRole) else actions.change_place
    return steps.taken(request, row, form, back=back, act=act, is_away=False, said=form.said())
