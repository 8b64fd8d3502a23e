"""The form for readers, and the list for the secretariat."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import limits
from commitments.formats.language import language_of
from commitments.intake.filters import page_of
from commitments.mistakes import actions
from commitments.mistakes.enums import MistakeState
from commitments.mistakes.filters import MistakeFilter, page_asked_about
from commitments.mistakes.forms import MistakeForm
from commitments.mistakes.models import MistakeReport
from commitments.mistakes.queries import listed
from commitments.roles import gate

PER_PAGE = 25


@gate.form_page
def report_a_mistake(request: HttpRequest) -> HttpResponse:
    """Say what is wrong on a page. Nothing of it is published."""
    form = MistakeForm(request.POST or None, initial={"page": page_asked_about(request)})
    status = 200
    if request.method == "POST" and form.is_valid():
        if form.is_filled_by_a_program:
            return redirect(_thanks(form))
        if limits.is_within(request, "mistake"):
            actions.report_mistake(**form.told(), language=_language(), at=request.at)  # type: ignore[attr-defined]
            return redirect(_thanks(form))
        words = _("Many reports came from your network within the hour. Wait a while, then send this again")
        form.add_error(None, words)
        status = 429
    context = {
        "form": form,
        "days": actions.MISTAKES_KEPT.days,
        "weeks": timedelta(seconds=settings.CSRF_COOKIE_AGE) // timedelta(weeks=1),
    }
    return render(request, "mistakes/report.html", context, status=status)


def _thanks(form: MistakeForm) -> str:
    """Where a report leads, with the page to go back to."""
    return f"{reverse('public:mistake-received')}?{urlencode({'page': form.cleaned_data['page']})}"


@gate.public_reading("page")
def received(request: HttpRequest) -> HttpResponse:
    """Thanks, what happens next, and the way back to the page that the report is about."""
    context = {"days": actions.MISTAKES_KEPT.days, "about": page_asked_about(request)}
    return render(request, "mistakes/received.html", context)


@gate.workspace_page
def mistakes(request: Any) -> HttpResponse:
    """What readers reported, the newest first."""
    gate.require(request.user, MistakeReport, "view")
    filters = MistakeFilter(request.GET, MistakeReport.objects.all(), request=request)
    page = page_of(listed(filters.qs), request.GET.get("page"), PER_PAGE)
    context = {"filters": filters, "page": page, "states": MistakeState, "days": actions.MISTAKES_KEPT.days}
    return render(request, "mistakes/mistakes.html", context)


@gate.workspace_page
@require_POST
def set_state(request: Any, pk: int) -> HttpResponse:
    """Say where one of them stands."""
    row = gate.obtain(request.user, MistakeReport.objects.all(), "change", pk=pk)
    state = request.POST.get("state", "")
    if state in MistakeState:
        actions.set_state(row=row, state=MistakeState(state), by=request.user, at=request.at)
    else:
        messages.error(request, _("Nothing was changed. Choose where it stands"))
    return redirect(f"{reverse('workspace:mistakes')}#mistake-{row.pk}")


def _language() -> str:
    return language_of(get_language())
