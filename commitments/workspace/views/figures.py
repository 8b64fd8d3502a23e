"""What the secretariat has accepted and not published yet: for whoever holds a post, readers above all."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commitments.history.enums import ReportState
from commitments.indicators.models import Indicator, Measurement
from commitments.indicators.wording import unit_words
from commitments.intake.filters import page_of
from commitments.roles import gate

PER_PAGE = 25


@gate.workspace_page
def accepted_figures(request: HttpRequest) -> HttpResponse:
    """Accepted figures that are not public yet, the newest first, each with its source."""
    gate.require(request.user, Measurement, "view_accepted")
    known = Indicator.objects.visible_to(request.user).values("pk")
    rows = Measurement.objects.visible_to(request.user).filter(state=ReportState.ACCEPTED, series__indicator__in=known)
    rows = rows.select_related("source", "series__country", "series__indicator__commitment__maker_country")
    rows = rows.prefetch_related("series__indicator__commitment__parties__country")
    page = page_of(rows.order_by("-accepted_at", "-pk"), request.GET.get("page", "1"), PER_PAGE)
    told = [(row, _whose(row), unit_words(row.series.indicator)) for row in page]
    return render(request, "workspace/accepted_figures.html", {"page": page, "told": told})


def _whose(row: Measurement) -> object:
    """The country that a figure is of, where it is one's own."""
    commitment = row.series.indicator.commitment
    return row.series.country or (commitment.answering_country if commitment else None)
