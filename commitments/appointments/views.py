"""Pages about people: who has access, which post they hold, and how that begins and ends. For the administrator."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from commitments.appointments import actions, queries, succession, wording
from commitments.appointments.filters import PeopleFilter
from commitments.appointments.forms import (
    AppointForm,
    DatesForm,
    DeputyForm,
    EndAccessForm,
    EndForm,
    InviteForm,
)
from commitments.appointments.handing import HandOverForm
from commitments.appointments.models import Appointment
from commitments.formats.language import language_of
from commitments.history import conflict
from commitments.history.actions import EditedMeanwhileError, Refused
from commitments.intake.filters import page_of
from commitments.roles import gate

T = TypeVar("T")
PER_PAGE = 50


@gate.workspace_page
def users(request: Any) -> HttpResponse:
    """Everybody with an account, their posts, and when they last came."""
    gate.require(request.user, Appointment, "add")
    language = _language()
    filters = PeopleFilter(
        request.GET, queries.people(_day(request)), request=request, on=_day(request), language=language
    )
    page = page_of(filters.qs, request.GET.get("page"), PER_PAGE)
    lines = [wording.person_line(person, _day(request), request.zone, language) for person in page]
    return render(request, "appointments/users.html", {"page": page, "lines": lines, "filters": filters})


@gate.workspace_page
def invite(request: Any) -> HttpResponse:
    """Invite somebody who has no account, and appoint them, in one step."""
    gate.require(request.user, Appointment, "add")
    form = InviteForm(request.POST or None, on=_day(request), initial=_asked_for(request))
    if _sent(request, form):
        person = _done(form, lambda: actions.invite_to_post(**form.invitation(request.user), **_stamp(request, form)))
        if person:
            messages.success(request, _("The invitation is on its way: %(email)s") % {"email": person.email})
            return redirect("workspace:person", person.pk)
    return render(request, "appointments/invite.html", {"form": form})


@gate.workspace_page
def person(request: Any, person_id: int) -> HttpResponse:
    """One person: account, posts, and what changed in them."""
    gate.require(request.user, Appointment, "change")
    dossier = queries.dossier(get_object_or_404(User, pk=person_id), _day(request))
    language = _language()
    context = {
        "person": dossier.person,
        "state": wording.state_of(dossier.person, request.zone, language),
        "posts": [wording.post_line(post, _day(request), language) for post in dossier.posts],
        "past": [wording.post_line(post, _day(request), language) for post in dossier.past],
        "invitations": dossier.invitations,
        "days": wording.history_days(dossier, language, request.zone),
        "is_own": dossier.person.pk == request.user.pk,
        "zone": request.zone,
    }
    return render(request, "appointments/person.html", context)


@gate.workspace_page
def appoint(request: Any, person_id: int) -> HttpResponse:
    """Give a person another post."""
    gate.require(request.user, Appointment, "add")
    person = get_object_or_404(User, pk=person_id)
    form = AppointForm(request.POST or None, on=_day(request))
    if _sent(request, form):
        saved = _done(form, lambda: actions.appoint(user=person, post=form.post(), **_stamp(request, form)))
        if saved:
            messages.success(request, _("The appointment is saved."))
            return redirect("workspace:person", person.pk)
    return render(request, "appointments/appoint.html", {"form": form, "person": person})


@gate.workspace_page
def appoint_deputy(request: Any, person_id: int, appointment_id: int) -> HttpResponse:
    """Let somebody stand in for a focal point or a lead."""
    principal = _appointment(request, person_id, appointment_id)
    form = DeputyForm(request.POST or None, principal=principal, on=_day(request))
    if _sent(request, form):
        deputy = form.cleaned_data["person"]
        saved = _done(form, lambda: actions.appoint(user=deputy, post=form.post(), **_stamp(request, form)))
        if saved:
            messages.success(request, _("The deputy is appointed: %(name)s") % {"name": deputy})
            return redirect("workspace:person", person_id)
    return render(request, "appointments/deputy.html", _about(request, principal, form))


@gate.workspace_page
def hand_over(request: Any, person_id: int, appointment_id: int) -> HttpResponse:
    """Let a successor begin where this person ends."""
    post = _appointment(request, person_id, appointment_id)
    form = HandOverForm(request.POST or None, post=post, on=_day(request), initial={"version": post.version})
    if _sent(request, form):
        step = {**form.step(), **_stamp(request, form)}
        to = form.cleaned_data["person"]
        try:
            if to is not None:
                done = _done(form, lambda: succession.hand_over(to=to, **step))
            else:
                done = _done(form, lambda: succession.hand_over_to_newcomer(person=form.newcomer(), **step))
        except EditedMeanwhileError as meanwhile:
            return _clash(request, meanwhile, form.cleaned_data["version"], person_id)
        if done:
            messages.success(request, _("The post is handed over: %(name)s") % {"name": done.user})
            return redirect("workspace:person", done.user_id)
    return render(request, "appointments/hand_over.html", _about(request, post, form))


@gate.workspace_page
def change_dates(request: Any, person_id: int, appointment_id: int) -> HttpResponse:
    """Set other days for a post."""
    post = _appointment(request, person_id, appointment_id)
    start = {"valid_from": post.valid_from, "valid_until": post.valid_until, "version": post.version}
    form = DatesForm(request.POST or None, initial=start)
    if _sent(request, form):
        try:
            done = _done(form, lambda: actions.change_dates(appointment=post, **form.dates(), **_stamp(request, form)))
        except EditedMeanwhileError as meanwhile:
            return _clash(request, meanwhile, form.cleaned_data["version"], person_id)
        if done:
            messages.success(request, _("The dates are saved."))
            return redirect("workspace:person", person_id)
    return render(request, "appointments/dates.html", _about(request, post, form))


@gate.workspace_page
def end_appointment(request: Any, person_id: int, appointment_id: int) -> HttpResponse:
    """End a post at once, on a page that says what follows from it."""
    post = _appointment(request, person_id, appointment_id)
    form = EndForm(request.POST or None, initial={"version": post.version})
    if _sent(request, form):
        last = {"on": _day(request) - timedelta(days=1), "version": form.cleaned_data["version"]}
        try:
            done = _done(form, lambda: actions.end_appointment(appointment=post, **last, **_stamp(request, form)))
        except EditedMeanwhileError as meanwhile:
            return _clash(request, meanwhile, last["version"], person_id)
        if done:
            messages.success(request, _("The appointment has ended."))
            return redirect("workspace:person", person_id)
    return render(request, "appointments/end_appointment.html", _about(request, post, form))


@gate.workspace_page
def end_access(request: Any, person_id: int) -> HttpResponse:
    """Let a person in no more, on a page that says what follows and how it is undone."""
    gate.require(request.user, Appointment, "change")
    person = get_object_or_404(User, pk=person_id)
    form = EndAccessForm(request.POST or None)
    if _sent(request, form):
        ended = _done(form, lambda: actions.end_access(user=person, **_stamp(request, form)))
        if ended:
            messages.success(request, _("The access has ended: %(name)s") % {"name": person})
            return redirect("workspace:person", person.pk)
    deputies = queries.stand_ins(person, _day(request))
    return render(request, "appointments/end_access.html", {"form": form, "person": person, "deputies": deputies})


@gate.workspace_page
@require_POST
def invite_again(request: Any, person_id: int) -> HttpResponse:
    """Send a new link to somebody who has not come yet or whose access has ended."""
    gate.require(request.user, Appointment, "add")
    person = get_object_or_404(User, pk=person_id)
    try:
        actions.invite_again(user=person, by=gate.actor(request), at=request.at)
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    else:
        messages.success(request, _("The invitation is on its way: %(email)s") % {"email": person.email})
    return redirect("workspace:person", person.pk)


def _appointment(request: Any, person_id: int, appointment_id: int) -> Appointment:
    rows = Appointment.objects.select_related("user", "country", "group__mechanism", "deputy_of__user")
    found: Appointment = gate.obtain(request.user, rows, "change", pk=appointment_id, user_id=person_id)
    return found


def _day(request: Any) -> date:
    """Today as rights count it: in UTC, whatever the clock of who reads."""
    today: date = request.at.date()
    return today


def _about(request: Any, appointment: Appointment, form: forms.Form) -> dict[str, Any]:
    line = wording.post_line(appointment, _day(request), _language())
    deputies = list(appointment.deputies.select_related("user").order_by("user__name", "id"))
    return {"form": form, "person": appointment.user, "line": line, "deputies": deputies}


def _asked_for(request: HttpRequest) -> dict[str, str]:
    """What the link to the form fills in: whose deputy the new person is to be."""
    asked = {"deputy_of": request.GET.get("deputy_of", ""), "role": request.GET.get("role", "")}
    return {name: value for name, value in asked.items() if value}


def _sent(request: HttpRequest, form: forms.Form) -> bool:
    return request.method == "POST" and form.is_valid()


def _stamp(request: Any, form: forms.Form) -> dict[str, Any]:
    return {"by": gate.actor(request), "at": request.at, "why": form.cleaned_data["why"]}


def _done(form: forms.Form, step: Callable[[], T]) -> T | None:
    """What the step gives; None when it was refused, and then the form says why at the field that it is about."""
    try:
        return step()
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused.sentence))
        return None


def _clash(request: HttpRequest, meanwhile: EditedMeanwhileError, version: int, person_id: int) -> HttpResponse:
    back = reverse("workspace:person", args=[person_id])
    return conflict.page(request, meanwhile, version_read=version, back=back)


def _language() -> str:
    return language_of(get_language())
