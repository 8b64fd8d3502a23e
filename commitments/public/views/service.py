"""Service pages: accessibility, privacy, contact."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commitments.mistakes.actions import MISTAKES_KEPT
from commitments.reporting.actions.retention import DRAFTS_KEPT, FILES_KEPT, TOKENS_KEPT
from commitments.roles.gate import public_page


@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """What of the site is accessible as tested, what is not yet, how to tell us."""
    return render(request, "public/accessibility.html")


@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored about readers and about people with an account, and for how long."""
    context = {
        "hours": timedelta(seconds=settings.SESSION_COOKIE_AGE) // timedelta(hours=1),
        "weeks": timedelta(seconds=settings.CSRF_COOKIE_AGE) // timedelta(weeks=1),
        "drafts": DRAFTS_KEPT.days,
        "mistakes": MISTAKES_KEPT.days,
        "tokens": TOKENS_KEPT.days,
        "files": FILES_KEPT.days,
    }
    return render(request, "public/privacy.html", context)


@public_page
def contact(request: HttpRequest) -> HttpResponse:
    """Whom to write to."""
    return render(request, "public/contact.html")
