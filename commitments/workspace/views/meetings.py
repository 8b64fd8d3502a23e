"""Planning, moving and cancelling meetings."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from commitments.history import conflict, once
from commitments.history.actions import EditedMeanwhileError
from commitments.intake.filters import page_of
from commitments.mechanisms.queries import office_settings
from commitments.meetings import actions
from commitments.meetings.models import Meeting
from commitments.meetings.queries import over, upcoming, without_word
from commitments.roles import gate
from commitments.roles.standing import standing_of
from commitments.working_groups.models import WorkingGroup
from commitments.workspace.forms.meeting import MeetingForm, meeting_language
from commitments.workspace.queries import declaration_first
from commitments.workspace.views.records import may_be_sent, token_of, version_of
from commitments.workspace.wording.settings import meeting_reminders_words


def _form(request: HttpRequest, *, meeting: Meeting | None = None) -> MeetingForm:
    standing = standing_of(request.user)
    order = (declaration_first("mechanism__code"), "mechanism__code", "number", "code")
    groups = WorkingGroup.objects.order_by(*order)
    groups = groups if standing.is_staff else groups.filter(pk__in=standing.groups)
    data = request.POST if request.method == "POST" else None
    initial = _initial(meeting) if meeting else {"zone": getattr(request.user, "time_zone", "UTC")}
    now: dict[str, Any] = {"on": request.on, "at": request.at}  # type: ignore[attr-defined]
    form = MeetingForm(data, groups=groups, meeting=meeting, initial=initial, **now)
    form.is_called_off = request.POST.get("decision") == "cancel"
    return form


def _initial(meeting: Meeting) -> dict[str, Any]:
    zone = ZoneInfo(meeting.time_zone or "UTC")
    return {
        "title": getattr(meeting, f"title_{meeting_language()}") or "",
        "group": meeting.group,
        "day": meeting.start,
        "time": meeting.start_at.astimezone(zone).time() if meeting.start_at else None,
        "zone": meeting.time_zone,
        "place": meeting.place,
    }


@gate.workspace_page
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings that a person keeps: planned, without a word of them since their day, over."""
    gate.require(request.user, Meeting, "add")
    standing = standing_of(request.user)
    kept = Meeting.objects.all() if standing.is_staff else Meeting.objects.filter(group_id__in=standing.groups)
    on = request.on  # type: ignore[attr-defined]
    page = page_of(over(kept), request.GET.get("page", "1"), 25)
    context = {
        "meetings": upcoming(kept, on),
        "waiting": without_word(kept, on),
        "page": page,
        "begun": {row.pk for row in page.object_list if actions.has_begun(row, request.at)},  # type: ignore[attr-defined]
    }
    return render(request, "workspace/meetings.html", context)


@gate.workspace_page
def new_meeting(request: HttpRequest) -> HttpResponse:
    """Plan a meeting of a group; the people of the group are reminded."""
    gate.require(request.user, Meeting, "add")
    form = _form(request)
    if request.method == "POST" and may_be_sent(request, form):
        return redirect(once.carried_out(lambda: _plan(request, form), request))
    context = {"form": form, "once": token_of(request), "reminded": _reminded(request)}
    return render(request, "workspace/meeting_form.html", context)


def _reminded(request: HttpRequest) -> str:
    return meeting_reminders_words(office_settings(request.on).meeting_reminders)  # type: ignore[attr-defined]


def _plan(request: HttpRequest, form: MeetingForm) -> str:
    language = meeting_language()
    columns = form.columns(language)
    by = gate.actor(request, group_id=columns["group"].pk)
    actions.plan_meeting(columns=columns, language=language, by=by, at=request.at)  # type: ignore[attr-defined]
    messages.success(request, " ".join([_("Planned."), _reminded(request)]))
    return reverse("workspace:meetings")


@gate.workspace_page
def edit_meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """Move, reword or cancel a planned meeting."""
    rows = Meeting.objects.select_related("group", "mechanism")
    meeting = gate.obtain(request.user, rows, "change", slug=slug)
    form = _form(request, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        return _change(request, meeting, form)
    version = version_of(request) or meeting.version
    context = {"form": form, "meeting": meeting, "version": version, "reminded": _reminded(request)}
    context["has_begun"] = actions.has_begun(meeting, request.at)  # type: ignore[attr-defined]
    return render(request, "workspace/meeting_form.html", context)


def _change(request: HttpRequest, meeting: Meeting, form: MeetingForm) -> HttpResponse:
    step: dict[str, Any] = {
        "meeting": meeting,
        "by": gate.actor(request, group_id=meeting.group_id),
        "at": request.at,  # type: ignore[attr-defined]
        "public_reason": form.cleaned_data["public_reason"],
        "version": version_of(request),
    }
    try:
        if request.POST.get("decision") == "cancel":
            actions.cancel_meeting(**step)
            messages.success(request, _("Cancelled. No more reminders will be sent for it."))
        else:
            actions.change_meeting(columns=form.columns(meeting_language()), **step)
            messages.success(request, _("Saved. Reminders follow the new date."))
    except EditedMeanwhileError as problem:
        back = reverse("workspace:edit-meeting", args=[meeting.slug])
        return conflict.page(request, problem, version_read=step["version"], back=back)
    except actions.MeetingClosedError:
        words = _("This meeting is over or cancelled. Nothing was changed.")
        return conflict.not_done(request, words, form=form, back=reverse("workspace:meetings"))
    return redirect("workspace:meetings")
