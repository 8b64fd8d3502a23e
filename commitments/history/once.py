"""A form that creates something works once: a second post of the same rendered form makes no second record."""

import re
import secrets
from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction

from commitments.history.models import SentForm

_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}", re.ASCII)


def new_token() -> str:
    """The token of one rendered form, for its hidden field `once`."""
    return secrets.token_urlsafe(24)


class NoTokenError(Exception):
    """The form does not say which rendered form it is, so nobody could tell a second post from the first."""


def is_token(text: str) -> bool:
    """Whether a form's hidden field holds a token of ours."""
    return _TOKEN.fullmatch(text) is not None


def carried_out(step: Callable[[], str], *, user_id: int | None, token: str, at: datetime) -> str:
    """Carry out a step that answers with an address; for a form already sent, the address of the first time.

    The token is stored in the step's own transaction: if the step fails, the form may be sent again. Of two posts at
    once, the second waits for the first. NoTokenError, and nothing is carried out, for a post without a token.
    """
    if user_id is None or not is_token(token):
        raise NoTokenError
    try:
        with transaction.atomic():
            sent = SentForm.objects.create(user_id=user_id, token=token, sent_at=at)
            sent.result = step()
            sent.save(update_fields=["result"])
            return sent.result
    except IntegrityError:
        first = SentForm.objects.filter(user_id=user_id, token=token).first()
        if first is None:
            raise
        return first.result


def was_carried_out(*, user_id: int | None, token: str) -> bool:
    """Whether a form was sent already: what it asks a second time would only stand in the way. One query."""
    return user_id is not None and SentForm.objects.filter(user_id=user_id, token=token).exclude(result="").exists()


def forget(*, before: datetime) -> int:
    """Forget forms sent before a moment; how many. A form that is still open from then may be sent again."""
    gone, _models = SentForm.objects.filter(sent_at__lt=before).delete()
    return gone
