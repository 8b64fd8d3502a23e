"""The page of somebody new in a post, and naming a deputy for an absence."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commitments.appointments import actions as appointments
from commitments.appointments.handing import OwnDeputyForm
from commitments.appointments.models import Appointment
from commitments.appointments.wording import post_line
from commitments.formats.dates import last_day_at
from commitments.formats.language import language_of
from commitments.history.actions import Refused
from commitments.meetings.queries import ahead_for
from commitments.reporting import actions
from commitments.reporting.handover import hand_over_page
from commitments.roles import gate
from commitments.roles.standing import standing_of
from commitments.workspace.forms.deputy import AskForDeputyForm


@gate.workspace_page
def hand_over(request: Any) -> HttpResponse:
    """What is owed, last figures and sources, open questions, next dates: one page, to print."""
    standing, language = standing_of(request.user), language_of(get_language())
    if not standing.countries and not standing.groups:
        raise PermissionDenied("hand over")
    today = request.at.date()
    page = hand_over_page(request.user, on=request.on, late_on=last_day_at(request.at), held_on=today)
    context = {
        "page": page,
        "posts": [post_line(post, today, language) for post in page.posts],
        "before": [post_line(post, today, language) for post in page.before],
        "meetings": ahead_for(standing.countries, standing.groups, on=request.on),
    }
    return render(request, "workspace/hand_over.html", context)


@gate.workspace_page
def deputy(request: Any, pk: int) -> HttpResponse:
    """Name somebody who stands in during an absence, or ask the administrator for somebody who has no access yet."""
    rows = Appointment.objects.select_related("user", "country", "group__mechanism", "deputy_of__user")
    post = gate.obtain(request.user, rows, "name_deputy", pk=pk)
    asks = "ask" in request.POST
    form = OwnDeputyForm(request.POST if request.POST and not asks else None, principal=post, on=request.on)
    ask = AskForDeputyForm(request.POST if asks else None, on=request.on)
    if asks and ask.is_valid():
        actions.keep_draft(
            user_id=request.user.pk, form=actions.DEPUTY_REQUEST, key=str(post.pk), fields=ask.told(), version_read=0,
            at=request.at,
        )  # fmt: skip
        messages.success(request, _("The administrator is asked to appoint the deputy."))
        return redirect("workspace:tasks")
    if request.method == "POST" and not asks and form.is_valid() and _appointed(request, form):
        messages.success(request, _("The deputy is appointed: %(name)s") % {"name": form.cleaned_data["person"]})
        return redirect("workspace:tasks")
    line = post_line(post, request.on, language_of(get_language()))
    return render(request, "workspace/deputy.html", {"form": form, "ask": ask, "asks": asks, "line": line})


def _appointed(request: Any, form: OwnDeputyForm) -> bool:
    by, why = gate.actor(request), form.cleaned_data["why"]
    try:
        appointments.appoint(user=form.cleaned_data["person"], post=form.post(), by=by, at=request.at, why=why)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused.sentence))
        return False
    return True
