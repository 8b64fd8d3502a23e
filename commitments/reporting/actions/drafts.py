"""Private drafts: kept while a person types, used up by sending, forgotten when the person says so."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from commitments.history.models import TrackedModel
from commitments.reporting.models import Draft, ProgressReport


class AlreadySentError(Exception):
    """There is no draft any more: what it held was sent a moment ago."""


def keep_draft(*, user_id: int, form: str, key: str, fields: dict[str, Any], version_read: int, at: datetime) -> Draft:
    """Keep what a person has typed, as typed, for nobody but them."""
    draft, _created = Draft.objects.update_or_create(
        user_id=user_id,
        form=form,
        key=key,
        defaults={"fields": fields, "version_read": version_read, "saved_at": at},
    )
    return draft


def keep_draft_of_place(*, report: ProgressReport, place: TrackedModel, **kept: Any) -> bool:
    """Keep what is typed at a place of a report, unless a cycle that was moved meanwhile took the place back.

    Whoever moves a cycle holds its reports: a save in the same moment waits here, and sees what became of the place.
    """
    with transaction.atomic():
        ProgressReport.objects.select_for_update(no_key=True).filter(pk=report.pk).first()
        if not type(place).objects.filter(pk=place.pk).exists():
            return False
        keep_draft(**kept)
        return True


def take_draft(*, user_id: int | None, form: str, key: str) -> None:
    """Use up a draft inside a transaction; AlreadySentError when it is gone."""
    gone, _rows = Draft.objects.filter(user_id=user_id or 0, form=form, key=key).delete()
    if not gone:
        raise AlreadySentError(key)


def discard_draft(*, user_id: int, form: str, key: str) -> None:
    """Forget a draft: it was sent, or the person said so."""
    Draft.objects.filter(user_id=user_id, form=form, key=key).delete()


#: The form in which somebody asks the administrator for a deputy.
DEPUTY_REQUEST = "deputy-request"


def shared_draft(*, users: Collection[int], form: str, key: str, since: datetime | None) -> Draft | None:
    """The newest draft of these people for a form and record, with its author; none that was kept before a moment.

    What they typed stays theirs: whoever goes on with it keeps a draft of their own.
    """
    drafts = Draft.objects.filter(user_id__in=users, form=form, key=key)
    if since is not None:
        drafts = drafts.filter(saved_at__gt=since)
    return drafts.select_related("user").order_by("-saved_at").first() if users else None


def draft_of(*, user_id: int, form: str, key: str) -> Draft | None:
    """The draft of a person for a form and record."""
    return Draft.objects.filter(user_id=user_id, form=form, key=key).first()
