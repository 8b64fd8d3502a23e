"""A form that creates something works once: a second post of the same rendered form makes no second record."""

import hashlib
import json
import re
import secrets
from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from commitments.history.models import SentForm

#: What a form carries beside what it says: the mark of the page, and that a remark on it was looked at.
ASIDE = {"csrfmiddlewaretoken", "step", "looked", "dates", "another"}
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}", re.ASCII)


def new_token() -> str:
    """The token of one rendered form, for its hidden field `once`."""
    return secrets.token_urlsafe(24)


class NoTokenError(Exception):
    """The form does not say which rendered form it is, so nobody could tell a second post from the first."""


class SentOtherwiseError(Exception):
    """The form was carried out, and says something else now. `result` is the address of what came of it."""

    def __init__(self, result: str) -> None:
        super().__init__(result)
        self.result = result


def is_token(text: str) -> bool:
    """Whether a form's hidden field holds a token of ours."""
    return _TOKEN.fullmatch(text) is not None


def carried_out(step: Callable[[], str], request: HttpRequest) -> str:
    """Carry out a step that answers with an address; for a form already sent, the address of the first time.

    The token is stored in the step's own transaction: if the step fails, the form may be sent again. Of two posts at
    once, the second waits for the first. NoTokenError, and nothing is carried out, for a post without a token;
    SentOtherwiseError for a form already sent that says something else now.
    """
    user_id, token = request.user.pk, _token(request)
    if user_id is None or not is_token(token):
        raise NoTokenError
    at, said = request.at, _said(request)  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            sent = SentForm.objects.create(user_id=user_id, token=token, said=said, sent_at=at)
            sent.result = step()
            sent.save(update_fields=["result"])
            return sent.result
    except IntegrityError:
        first = SentForm.objects.filter(user_id=user_id, token=token).first()
        if first is None:
            raise
        return _result(first, request)


def was_carried_out(request: HttpRequest) -> bool:
    """Whether a form was sent already: what it asks a second time would only stand in the way. One query.

    SentOtherwiseError for one that says something else now.
    """
    if not is_token(_token(request)):
        return False
    rows = SentForm.objects.filter(user_id=request.user.pk or 0, token=_token(request))
    first = rows.exclude(result="").first()
    return first is not None and bool(_result(first, request))


def _token(request: HttpRequest) -> str:
    return request.POST.get("once", "")


def _result(first: SentForm, request: HttpRequest) -> str:
    if first.said not in {"", _said(request)}:
        raise SentOtherwiseError(first.result)
    return first.result


def _said(request: HttpRequest) -> str:
    """A fingerprint of what a form says, files by name and size: a second click says the very same."""
    fields = sorted((name, request.POST.getlist(name)) for name in request.POST if name not in ASIDE)
    files = sorted((name, file.name, file.size) for name, rows in request.FILES.lists() for file in rows)
    return hashlib.sha256(json.dumps([fields, files]).encode()).hexdigest()


def forget(*, before: datetime) -> int:
    """Forget forms sent before a moment; how many. A form that is still open from then may be sent again."""
    gone, _models = SentForm.objects.filter(sent_at__lt=before).delete()
    return gone
