"""The document of a form: kept privately as soon as it is chosen, carried through errors and the check page."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest

from commitments.reporting.models import Draft
from commitments.roles.actor import Actor
from commitments.sources.actions import NotStoredError, store_file
from commitments.sources.models import StoredFile
from commitments.sources.wording import not_stored

#: The key of a draft under which the file is remembered; never taken from what is posted.
KEPT = "file"


def keep_chosen(request: HttpRequest, form: forms.Form, draft: Draft | None, *, by: Actor) -> dict[str, str]:
    """What the draft remembers: the file chosen now, else the one kept before, unless the person took it away.

    `form` is validated and has a field `document`; a file that cannot be kept is an error at that field.
    """
    kept = carried(draft)
    if request.POST.get("remove_document"):
        kept = {}
    checked = form.cleaned_data.get("document")
    if checked is not None:
        try:
            stored = store_file(checked=checked, by=by, at=request.at)  # type: ignore[attr-defined]
        except NotStoredError:
            form.add_error("document", not_stored())
        else:
            kept = {KEPT: str(stored.pk)}
    return kept


def carried(draft: Draft | None) -> dict[str, str]:
    """What the draft remembers already, for a save that holds texts alone."""
    kept = str(draft.fields.get(KEPT, "")) if draft is not None else ""
    return {KEPT: kept} if kept else {}


def kept_file(request: HttpRequest, fields: Mapping[str, Any]) -> StoredFile | None:
    """The file that a draft remembers, if it is the person's own."""
    key = str(fields.get(KEPT, ""))
    if not key.isdecimal():
        return None
    found: StoredFile | None = StoredFile.objects.filter(pk=key, uploaded_by_id=request.user.pk).first()
    return found
