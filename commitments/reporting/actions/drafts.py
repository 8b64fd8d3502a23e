"""Private drafts: kept while a person types, used up by sending, forgotten when the person says so."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from commitments.history.models import TrackedModel
from commitments.reporting.models import Draft, ProgressReport, ReportQuestion

#: How much of a turn is kept.
TURN = 40


class AlreadySentError(Exception):
    """There is no draft any more: what it held was sent a moment ago."""


class OvertakenError(Exception):
    """The same person has saved this very place since: what comes now is older than what stands."""


def keep_draft(
    *, user_id: int, form: str, key: str, fields: dict[str, Any], version_read: int, at: datetime, turn: str = ""
) -> Draft:
    """Keep what a person has typed, as typed, for nobody but them; a save that a later one overtook changes nothing."""
    of = {"user_id": user_id, "form": form, "key": key}
    kept = {"fields": fields, "version_read": version_read, "saved_at": at, "turn": turn[:TURN]}
    with transaction.atomic():
        draft, is_new = Draft.objects.select_for_update(no_key=True).get_or_create(**of, defaults=kept)
        if not is_new and not draft.overtook(turn):
            for name, value in kept.items():
                setattr(draft, name, value)
            Draft.objects.filter(pk=draft.pk).update(**kept)
        return draft


def keep_draft_of_place(*, report: ProgressReport, place: TrackedModel, by_itself: bool = False, **kept: Any) -> bool:
    """Keep what is typed at a place of a report, unless a cycle that was moved meanwhile took the place back.

    Whoever moves a cycle, or saves the place, holds its report: a save in the same moment waits here, and sees what
    became of the place. OvertakenError where it is older than what the person has saved there since.
    """
    with transaction.atomic():
        ProgressReport.objects.select_for_update(no_key=True).filter(pk=report.pk).first()
        fresh = type(place).objects.filter(pk=place.pk).first()
        if fresh is None:
            return False
        if by_itself and (
            _is_overtaken(fresh, kept["fields"], kept["version_read"], kept["user_id"])
            or _was_saved_after(report, fresh, kept["user_id"], kept["at"])
        ):
            raise OvertakenError(kept["key"])
        keep_draft(**kept)
        return True


def _is_overtaken(fresh: TrackedModel, fields: Mapping[str, Any], version_read: int, user_id: int) -> bool:
    """Whether the person themselves has changed, since the version they read, a field that is typed."""
    if fresh.version <= version_read:
        return False
    # The language is chosen for a whole report: another place that was saved does not make this one old.
    typed = {field.attname for field in fresh._meta.concrete_fields} & {*fields} - {"version", "language"}
    versions = type(fresh).history.filter(id=fresh.pk, version__gte=version_read).order_by("version")
    before: TrackedModel | None = None
    for row in versions:
        changed = before is not None and any(getattr(row, name) != getattr(before, name) for name in typed)
        if changed and row.history_user_id == user_id:
            return True
        before = row
    return False


def _was_saved_after(report: ProgressReport, fresh: TrackedModel, user_id: int, at: datetime) -> bool:
    """Whether the person has saved the place, or answered a question, since the moment at which this save came in."""
    own = {"history_user_id": user_id, "history_date__gt": at}
    place = type(fresh).history.filter(id=fresh.pk, **own)
    return place.exists() or ReportQuestion.history.filter(report_id=report.pk, **own).exists()


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
