"""The register of commitments, and the page of one."""

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commitments.formats.cells import guarded
from commitments.formats.lazily import lazily
from commitments.history.kept import KeptNumber
from commitments.indicators.models import CommitmentPlace
from commitments.indicators.queries import commitment_reading
from commitments.intake.filters import page_of
from commitments.public.filters import CommitmentFilter
from commitments.public.queries import cards, options
from commitments.public.queries import commitment as one_commitment
from commitments.public.views.request import MOST_ROWS, PER_PAGE, day_of, late_day_of
from commitments.public.wording import timeline
from commitments.public.wording.counts import language
from commitments.register.gone import get_or_gone
from commitments.register.models import Commitment
from commitments.roles.gate import public_list, public_page


@public_list
def commitments(request: HttpRequest) -> HttpResponse:
    """The register: every published commitment, the Declaration's own first."""
    choices = options.register_choices(language())
    found = CommitmentFilter(request.GET, CommitmentPlace.objects.all(), request=request, choices=choices)
    counted = KeptNumber("register", MOST_ROWS, found.asked)
    page = page_of(cards.listed(found.qs), request.GET.get("page"), PER_PAGE, most=MOST_ROWS, counted=counted)
    return render(request, "public/commitments.html", {"filters": found, "page": page})


@public_page
def commitment(request: HttpRequest, code: str) -> HttpResponse:
    """One commitment: what was committed to, how far it is, how we know."""
    found = get_or_gone(one_commitment.published(language()), code)
    page = one_commitment.commitment_page(found, on=day_of(request), late_on=late_day_of(request))
    dates = lazily(lambda: timeline.dates_of(found, page.reading, page.around, on=day_of(request)))
    context = {"page": page, "commitment": found, "dates": dates, "on": day_of(request)}
    return render(request, "public/commitment.html", context)


@public_page
def commitment_dates(request: HttpRequest, code: str) -> HttpResponse:
    """The dates of a commitment as a file."""
    found = get_or_gone(Commitment.objects.public(), code)
    around = one_commitment.around(found, late_on=late_day_of(request))
    dates = timeline.dates_of(found, commitment_reading(found, on=day_of(request)), around, on=day_of(request))
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="dates-{found.code}.csv"'
    csv.writer(answer).writerows([guarded(cell) for cell in row] for row in timeline.file_rows(found, dates))
    return answer
