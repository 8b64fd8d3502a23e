"""Meetings whose day has come: noted as held, their outcome put right, called off afterwards."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from commitments.formats.language import language_of
from commitments.history import conflict
from commitments.history.actions import EditedMeanwhileError
from commitments.meetings import actions
from commitments.meetings.enums import MeetingState
from commitments.meetings.models import Meeting
from commitments.roles import gate
from commitments.workspace.forms.held import CallOffForm, HeldForm, OutcomeForm
from commitments.workspace.views.records import version_of

#: The steps by their address: the form, the heading, and from which states they lead on.
STEPS: dict[str, tuple[Any, Any, set[str]]] = {
    "held": (
        HeldForm,
        gettext_lazy("Note that it was held"),
        {MeetingState.PLANNED, MeetingState.ANNOUNCED, MeetingState.CANCELLED},
    ),
    "outcome": (OutcomeForm, gettext_lazy("Put the outcome right"), {MeetingState.HELD}),
    "cancel": (
        CallOffForm,
        gettext_lazy("Cancel this meeting"),
        {MeetingState.PLANNED, MeetingState.ANNOUNCED, MeetingState.HELD},
    ),
}


@gate.workspace_page
def meeting_step(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """One step of a meeting: held, its outcome put right, called off."""
    rows = Meeting.objects.select_related("group", "mechanism", "country", "source")
    meeting = gate.obtain(request.user, rows, "change", slug=slug)
    if step not in STEPS:
        raise Http404(step)
    make, words, states = STEPS[step]
    form = make(request.POST if request.method == "POST" else None, meeting=meeting, on=request.on)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        return _taken(request, meeting, step, form)
    if request.method == "GET" and meeting.state not in states:
        messages.info(request, _("This step does not fit the meeting as it stands now."))
        return redirect("workspace:meetings")
    if request.method == "GET" and step == "held" and not actions.has_begun(meeting, request.at):  # type: ignore[attr-defined]
        messages.info(request, _("This meeting has not begun yet: it cannot have been held."))
        return redirect("workspace:meetings")
    context = {
        "meeting": meeting,
        "form": form,
        "words": words,
        "step": step,
        "version": version_of(request) or meeting.version,
        "foreign": _elsewhere(meeting) if step != "cancel" else None,
    }
    return render(request, "workspace/meeting_step.html", context)


def _back() -> str:
    return reverse("workspace:meetings")


def _elsewhere(meeting: Meeting) -> Any:
    """The outcome where it is on record in another language alone; it is shown beside the empty field."""
    text = meeting.outcome_in(language_of(get_language()))
    return text if text.foreign else None


def _taken(request: HttpRequest, meeting: Meeting, step: str, form: Any) -> HttpResponse:
    said: dict[str, Any] = {
        "meeting": meeting,
        "by": gate.actor(request, group_id=meeting.group_id),
        "at": request.at,  # type: ignore[attr-defined]
        "public_reason": form.cleaned_data["public_reason"],
        "version": version_of(request),
    }
    try:
        if step == "held":
            actions.note_held(outcome=form.outcome_typed(), **said)
        elif step == "outcome":
            actions.put_right(outcome=form.outcome_typed(), **said)
        else:
            actions.cancel_meeting(**said)
        messages.success(request, _("Saved."))
    except EditedMeanwhileError as problem:
        return conflict.page(request, problem, version_read=said["version"], back=_back())
    except actions.MeetingAheadError:
        words = _("This meeting has not begun yet: it cannot have been held. Nothing was changed.")
        return conflict.not_done(request, words, form=form, back=_back())
    except actions.MeetingRefusedError:
        words = _("This was decided on in the meantime. Nothing was changed.")
        return conflict.not_done(request, words, form=form, back=_back())
    return redirect(_back())
