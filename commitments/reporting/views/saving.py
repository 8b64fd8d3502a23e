"""What a form that saves itself is told, and that what is sent in the end is what was read."""

from django.contrib import messages
from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commitments.formats.dates import time_of_day
from commitments.reporting.models import Draft


def saved(request: HttpRequest) -> JsonResponse:
    """The sentence that stands beside the form."""
    clock = time_of_day(request.at, request.zone, get_language() or "en")  # type: ignore[attr-defined]
    return JsonResponse({"saved": _("Saved at %(time)s. You can close this page.") % {"time": clock.split(" (")[0]}})


def overtaken(url: str) -> JsonResponse:
    """The person saved the same elsewhere: nothing was kept, and the page stands at `url` as it is now."""
    words = _("You saved this on another page meanwhile. What you type here is kept on this device only.")
    return JsonResponse({"message": words, "url": url}, status=409)


def is_what_was_read(request: HttpRequest, draft: Draft) -> bool:
    """Whether the draft is as the check page showed it; where it changed since, the page says so and shows it anew."""
    if request.POST.get("mark", draft.mark) == draft.mark:
        return True
    messages.error(request, _("What you typed has changed since you read it here. Read it again, then send it."))
    return False
