"""What somebody was sending when their session had ended: carried through the sign-in, and given back after it.

Nothing is stored for strangers. The fields travel signed in the page that asks to sign in; only whoever signs in on
that page gets them, into their own session, and sends them on with one press. Files cannot travel; the page says so.
"""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from accounts.forms import SignInForm

FIELD = "parcel"
_SALT = "accounts.parcel"
#: How long somebody may take to sign in.
LASTS_SECONDS = 60 * 60
#: The texts of the longest form are less than half of this.
MOST_LETTERS = 200_000
_NEVER = ("csrfmiddlewaretoken", "password", FIELD)
#: What a form carries beside what somebody writes into it.
_MARKS = {"version", "once", "done", "later", "step", "language", "decision", "recall", "withdraw", "take_back"}
_MARKS |= {"take_away", "remove", "can", "cannot", "object", "anyway", "looked"}
_CHOSEN = {"answer", "date_choice", "source_choice", "cannot_reason", "coherence", "behalf_basis"}
_CODE = re.compile(r"[a-z_]+")


def typed(request: HttpRequest) -> dict[str, Any] | None:
    """What a form of the workspace was sent with, for a page that offers to send it once more: path, fields, files.

    So with the forms that anybody may send.
    """
    match: Any = request.resolver_match
    is_ours = getattr(match, "namespace", "") == "workspace" or getattr(match and match.func, "gate", "") == "form"
    if request.method != "POST" or not is_ours:
        return None
    return {"path": request.path, "fields": fields_of(request), "files": bool(request.FILES)}


def given_back(request: HttpRequest) -> dict[str, Any]:
    """What was typed, for a page that could not do what was asked: in the frame of the workspace, to who typed it."""
    parcel = typed(request)  # first: who is signed in is not asked for anybody else's page
    parcel = parcel if parcel and request.user.is_authenticated else None
    return {"parcel": parcel, "frame": "base_workspace.html" if parcel else "base.html"}


def words_of(fields: Sequence[tuple[str, str]]) -> list[str]:
    """What a person wrote among the fields of a form: neither its marks nor what was chosen from a list."""
    told = [(name, value) for name, value in fields if name not in _MARKS and value.strip()]
    return [value for name, value in told if not (name in _CHOSEN and _CODE.fullmatch(value))]


def fields_of(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, in order; no tokens, no passwords, nothing that could not be written down again."""
    told = [(name, str(value)) for name in request.POST for value in request.POST.getlist(name)]
    kept = [(name, value) for name, value in told if not name.startswith(_NEVER)]
    return kept if sum(len(name) + len(value) for name, value in kept) <= MOST_LETTERS else []


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Ask a stranger to sign in; what they were sending comes along.

    401 and a page rather than a redirect, which would lose the body; scripts that save in the background read the
    status.
    """
    fields = fields_of(request) if request.method == "POST" else []
    if not fields:
        return redirect(f"{reverse('account_login')}?next={quote(request.get_full_path())}")
    told = {"path": request.path, "fields": fields, "files": bool(request.FILES)}
    context = {
        "form": SignInForm(request=request),
        "parcel": signing.dumps(told, salt=_SALT, compress=True),
        "action": reverse("account_login"),
    }
    response = render(request, "account/login.html", context, status=401)
    patch_cache_control(response, private=True, no_store=True)
    return response


def after_sign_in(request: HttpRequest) -> str:
    """Where a sign-in with a parcel leads; empty without one. The parcel moves into the person's own session."""
    try:
        told = signing.loads(request.POST.get(FIELD, ""), salt=_SALT, max_age=LASTS_SECONDS)
    except signing.BadSignature:
        return ""
    request.session[FIELD] = told
    return reverse("account_carry_on")


def waiting(request: HttpRequest) -> dict[str, Any] | None:
    """What waits to be sent on: path, fields, and whether there were files."""
    found: dict[str, Any] | None = request.session.get(FIELD)
    return found
