"""The page on which the secretariat sees what is sent to whom, and asks once more for what failed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commitments.formats.language import language_of
from commitments.intake.filters import page_of
from commitments.notices import actions, queries
from commitments.notices.filters import NoticeFilter
from commitments.notices.models import Notice
from commitments.notices.wording import line, trouble_words
from commitments.roles import gate

PER_PAGE = 50
#: Of what lies ahead and of what needs attention; the filters narrow longer lists.
MOST_SHOWN = 200


@gate.workspace_page
def notices(request: Any) -> HttpResponse:
    """What failed, what will be sent within the next fourteen days, and what was sent."""
    gate.require(request.user, Notice, "view")
    language = language_of(get_language())
    filters = NoticeFilter(request.GET, Notice.objects.select_related("recipient", "asked_again_by"), request=request)
    trouble = list(queries.in_need_of_attention(filters.qs, request.at)[:MOST_SHOWN])
    planned = list(queries.ahead(filters.qs)[: MOST_SHOWN + 1])
    page = page_of(queries.over(filters.qs), request.GET.get("page"), PER_PAGE)
    entries = queries.entries([*trouble, *planned, *page], language)
    lines = {pk: line(entry, request.zone, language) for pk, entry in entries.items()}
    context = {
        "filters": filters,
        "trouble": [lines[notice.pk] for notice in trouble],
        "planned": [lines[notice.pk] for notice in planned[:MOST_SHOWN]],
        "is_cut": len(planned) > MOST_SHOWN,
        "over": [lines[notice.pk] for notice in page],
        "page": page,
        **trouble_words(queries.health(request.at), request.zone, language),
    }
    return render(request, "notices/notices.html", context)


@gate.workspace_page
@require_POST
def send_again(request: Any, pk: int) -> HttpResponse:
    """Ask once more for a message that did not, or perhaps did not, arrive."""
    notice = gate.obtain(request.user, Notice.objects.all(), "send_again", pk=pk)
    if actions.send_again(notice=notice, by=request.user, at=request.at):
        messages.success(request, _("It is handed over once more, as soon as the mail server takes it."))
    else:
        messages.error(request, _("Nothing was sent: it is on its way already, or it comes too late to be of use."))
    return redirect("workspace:notices")
