"""What the person who started the tracker needs to know: addresses, sign-ins, where mail can be read."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.conf import settings

from commitments.appointments.models import Appointment
from commitments.roles.enums import Role
from tracker import gunicorn_conf
from tracker.supervisor import plan, preparation


def lines(on: date) -> Iterator[str]:
    """The text, line by line."""
    yield "The tracker is ready."
    yield ""
    yield f"  Website    {address()}"
    if plan.needs_mailbox():
        yield f"  Sent mail  http://localhost:{settings.MAILBOX_PAGE_PORT}/ (from this machine only)"
    yield f"  Logs       {preparation.log_dir()}"
    sign_ins = list(_sign_ins(on))
    if sign_ins:
        yield ""
        yield f"  Sign in at {address()}en/account/login/ with the password: {_password()}"
        yield from sign_ins
    yield ""
    yield "Stop with Ctrl-C."


def address() -> str:
    """Where the site answers, as seen from this machine."""
    host = gunicorn_conf.HOST
    return f"http://{'localhost' if host in {'127.0.0.1', '0.0.0.0', '::', '::1'} else host}:{settings.PORT}/"  # noqa: S104


def _sign_ins(on: date) -> Iterator[str]:
    """One invented person per role, in the order of the roles."""
    held = (
        Appointment.objects.in_force(on)
        .filter(user__is_demonstration=True, user__is_active=True)
        .select_related("user")
        .order_by("pk")
    )
    first: dict[str, str] = {}
    for post in held:
        first.setdefault("deputy" if post.deputy_of_id else post.role, post.user.email)
    for role in [*(role.value for role in Role), "deputy"]:
        if role in first:
            yield f"    {role.replace('_', ' '):<14} {first[role]}"


def _password() -> str:
    if settings.DEMO_PASSWORD:
        return "the one in DEMO_PASSWORD"
    kept = Path(settings.DATA_DIR) / "demo-password"
    return kept.read_text().strip() if kept.is_file() and os.access(kept, os.R_OK) else "(not kept)"
