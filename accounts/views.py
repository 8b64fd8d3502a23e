"""The pages about one's own account that allauth does not bring: settings, and the link of an invitation."""

from typing import cast

from allauth.account.views import password_change
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts import actions, parcels, queries, sessions
from accounts.enums import LinkState
from accounts.forms import FirstPasswordForm, SettingsForm
from accounts.models import Invitation, User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def account(request: HttpRequest) -> HttpResponse:
    """My account: name, language, time zone. Answers in the language that was chosen."""
    person = User.objects.get(pk=cast("int", request.user.pk))
    start = {"name": person.name, "language": person.language, "time_zone": person.time_zone}
    form = SettingsForm(request.POST or None, initial=start, page_language=get_language() or "en")
    if request.method == "POST" and form.is_valid():
        actions.change_settings(user=person, **form.cleaned_data)
        with override(person.language):
            messages.success(request, _("Your settings are saved."))
            return redirect("account")
    return render(request, "account/account.html", {"form": form, "person": person})


def change_password(request: HttpRequest) -> HttpResponse:
    """Change the password; somebody who has none yet gets one by mail."""
    person = cast("User", request.user)
    if not person.has_accepted:
        return redirect("account_reset_password")
    answer: HttpResponse = password_change(request)
    return answer


def stay(request: HttpRequest) -> HttpResponse:
    """Stay signed in: the session lasts its whole length again, from now."""
    sessions.begin(request, at=request.at)  # type: ignore[attr-defined]
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"left": settings.SESSION_COOKIE_AGE})
    messages.success(request, _("You stay signed in."))
    return redirect(settings.LOGIN_REDIRECT_URL)


def carry_on(request: HttpRequest) -> HttpResponse:
    """After signing in again: everything that was typed, to be sent on with one press."""
    parcel = parcels.waiting(request)
    if parcel is None:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "account/carry_on.html", {"parcel": parcel})


@never_cache
@sensitive_post_parameters("password1", "password2")
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Set the first password by the link of an invitation, and be signed in. Opening the page uses nothing up."""
    invitation = queries.invitation_of(token)
    if invitation is None:
        return _dead_link(request, LinkState.UNKNOWN)
    state = invitation.link_state(request.at)  # type: ignore[attr-defined]
    if state is not LinkState.OPEN:
        return _dead_link(request, state)
    form = FirstPasswordForm(request.POST or None, user=invitation.user)
    if request.method == "POST" and form.is_valid():
        return _enter(request, invitation, form.cleaned_data["password1"])
    return render(request, "account/accept_invitation.html", {"form": form, "person": invitation.user})


def _enter(request: HttpRequest, invitation: Invitation, password: str) -> HttpResponse:
    try:
        person = actions.accept_invitation(invitation=invitation, password=password, at=request.at)  # type: ignore[attr-defined]
    except actions.LinkNotOpenError as closed:
        return _dead_link(request, closed.state)
    login(request, person, backend=BACKEND)
    sessions.begin(request, at=request.at)  # type: ignore[attr-defined]
    with override(person.language):
        messages.success(request, _("Your password is set and you are signed in."))
        return redirect(settings.LOGIN_REDIRECT_URL)


def _dead_link(request: HttpRequest, state: LinkState) -> HttpResponse:
    status = 404 if state is LinkState.UNKNOWN else 410
    return render(request, "account/invitation_closed.html", {"state": state.value}, status=status)
