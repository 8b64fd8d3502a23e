"""The secretariat's queue: everything that waits, oldest first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from commitments.formats.collation import sort_key
from commitments.indicators.models import Measurement
from commitments.intake.filters import page_of
from commitments.mechanisms.queries import office_settings
from commitments.reporting.filters import QueueFilter
from commitments.reporting.models import ProgressReport
from commitments.reporting.queue import PER_PAGE, count_slow, countries_in_question, drafts_in_progress, queue_of
from commitments.reporting.queued import queue_items
from commitments.reporting.translating import count_wanted
from commitments.roles import gate


@gate.workspace_page
def review(request: HttpRequest) -> HttpResponse:
    """What waits for the secretariat, oldest first, with what the system noticed."""
    gate.require(request.user, Measurement, "publish")
    on, lang = request.on, get_language() or "en"  # type: ignore[attr-defined]
    names = [(row.iso3, row.name_in(lang).text) for row in countries_in_question()]
    choices = {"country": sorted(names, key=lambda pair: sort_key(pair[1], lang))}
    filters = QueueFilter(request.GET, ProgressReport.objects.none(), request=request, choices=choices)
    settings = office_settings(on)
    target = settings.review_days
    page = page_of(queue_of(**filters.values), request.GET.get("page"), PER_PAGE)
    context = {
        "filters": filters,
        "page": page,
        "items": queue_items(page.object_list, on=on, target=target, user=request.user),
        "target": target,
        "slow": count_slow(on=on, target=target) if page.paginator.count else 0,
        "wanted": count_wanted(settings.languages),
        "drafts": drafts_in_progress() if not page.paginator.count else 0,
    }
    return render(request, "reporting/review_queue.html", context)
