"""Charts to be shown elsewhere: as a page for a frame, as a drawing (SVG) and as a picture (PNG).

The pages under `embed/` alone may stand in a frame of another site. They hold no form, no cookie and no script.
"""

from collections.abc import Callable
from typing import Any

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt

from commitments.charts.picture import png, sheet
from commitments.indicators.counting import counted
from commitments.indicators.cuts import by_country, cuts_of
from commitments.indicators.models import Face, Indicator
from commitments.indicators.queries import IndicatorReading, commitment_reading, indicator_reading
from commitments.mechanisms.models import Country, Mechanism
from commitments.public.queries.commitment import around
from commitments.public.queries.crossing import pillars_and_countries
from commitments.public.queries.matrix import matrix as read_matrix
from commitments.public.queries.places import DECLARATION, countries, counts_by_country, places, with_lateness
from commitments.public.queries.tally import tally
from commitments.public.views.request import day_of, late_day_of
from commitments.public.wording import matrices, pictures, pictures_of_parts
from commitments.public.wording.counts import language
from commitments.public.wording.pictures import Shown
from commitments.register.gone import RecordGoneError, get_or_gone
from commitments.register.models import Commitment
from commitments.reporting.punctuality import report_squares
from commitments.roles.gate import public_page
from commitments.working_groups.models import Pillar, WorkingGroup

Finder = Callable[..., Shown]
View = Callable[..., HttpResponseBase]
#: Whose name stands before the title of a chart.
MADE_BY = ("maker_country", "maker_organization", "maker_mechanism")
ANYWHERE = {"frame-ancestors": ["*"], "script-src": [NONE], "form-action": [NONE], "connect-src": [NONE]}


def indicator(request: HttpRequest, code: str) -> Shown:
    """A published indicator."""
    return pictures.of_indicator(_reading(request, code), on=day_of(request))


def commitment(request: HttpRequest, code: str) -> Shown:
    """The dates of a published commitment."""
    on, found = day_of(request), get_or_gone(Commitment.objects.public().select_related(*MADE_BY), code)
    beside = around(found, late_on=late_day_of(request))
    return pictures.of_commitment(found, commitment_reading(found, on=on), beside, on=on)


def status(request: HttpRequest) -> Shown:
    """The statuses of all the Declaration's own commitments."""
    return pictures.of_status(tally(counted(Face.MAKER, mechanism__code=DECLARATION)), on=day_of(request))


def country(request: HttpRequest, iso3: str) -> Shown:
    """The statuses of a country's commitments under the Declaration."""
    found = get_object_or_404(Country, iso3=iso3)
    made = counted(Face.MAKER, mechanism__code=DECLARATION, maker_country=found)
    return pictures.of_country(found, tally(made), on=day_of(request))


def group(request: HttpRequest, slug: str) -> Shown:
    """The statuses of a working group's commitments."""
    found = get_object_or_404(WorkingGroup, slug=slug)
    return pictures.of_body("group", slug, found, tally(counted(Face.WORK, group=found)), on=day_of(request))


def pillar(request: HttpRequest, number: int) -> Shown:
    """The statuses of a pillar's commitments under the Declaration."""
    found = get_object_or_404(Pillar, mechanism__code=DECLARATION, number=number)
    told = tally(counted(Face.WORK, mechanism__code=DECLARATION, pillar=found))
    return pictures.of_body("pillar", str(number), found, told, on=day_of(request))


def mechanism(request: HttpRequest, slug: str) -> Shown:
    """The statuses of a mechanism's commitments."""
    found = get_object_or_404(Mechanism, slug=slug)
    return pictures.of_body("mechanism", slug, found, tally(counted(Face.WORK, mechanism=found)), on=day_of(request))


def country_reports(request: HttpRequest, iso3: str) -> Shown:
    """The reports of a country by cycle."""
    found = get_object_or_404(Country, iso3=iso3)
    told = report_squares(on=late_day_of(request), country=found)
    name, page = found.name_in(language()), reverse("public:country", args=[iso3])
    return pictures_of_parts.of_reports("reports", iso3, name, told, on=day_of(request), page=page)


def group_reports(request: HttpRequest, slug: str) -> Shown:
    """The reports of a working group by cycle."""
    found = get_object_or_404(WorkingGroup, slug=slug)
    told = report_squares(on=late_day_of(request), group=found)
    name, page = found.name_in(language()), reverse("public:working-group", args=[slug])
    return pictures_of_parts.of_reports("group-reports", slug, name, told, on=day_of(request), page=page)


def breakdown(request: HttpRequest, code: str, key: str) -> Shown:
    """The figures of one breakdown of an indicator, where there are any."""
    reading = _reading(request, code)
    if all(cut.key != key for cut in cuts_of(reading).known):
        raise Http404
    return pictures_of_parts.of_cut(reading, key, on=day_of(request))


def indicator_countries(request: HttpRequest, code: str) -> Shown:
    """The figures of each country that reports an indicator."""
    reading = _reading(request, code)
    return pictures_of_parts.of_countries(reading, by_country(reading, on=day_of(request)), on=day_of(request))


def _reading(request: HttpRequest, code: str) -> IndicatorReading:
    rows = Indicator.objects.public().select_related(
        "commitment__mechanism", *(f"commitment__{name}" for name in MADE_BY)
    )
    return indicator_reading(get_or_gone(rows, code), on=day_of(request))


def country_map(request: HttpRequest) -> Shown:
    """Every country on the map of equal squares."""
    late_on = late_day_of(request)
    rows = with_lateness(countries(), late_on)
    return matrices.of_map(places(rows, language(), counts_by_country()), on=day_of(request), late_on=late_on)


def pillars(request: HttpRequest) -> Shown:
    """Countries against pillars by status."""
    _pillars, found = pillars_and_countries(language())
    return matrices.of_pillars(found, on=day_of(request))


def matrix(request: HttpRequest) -> Shown:
    """Workstreams against the groups of the other mechanisms."""
    return matrices.of_matrix(read_matrix(language()), on=day_of(request))


def framed(find: Finder) -> View:
    """The page of a chart for the frame of another site."""

    @public_page
    @xframe_options_exempt
    @csp_replace(ANYWHERE)
    def page(request: HttpRequest, **of: Any) -> HttpResponse:
        try:
            shown = find(request, **of)
        except RecordGoneError as gone:
            return render(request, "public/embed_gone.html", {"commitment": gone.commitment}, status=410)
        return render(request, "public/embed.html", {"shown": shown})

    return page


def drawn(find: Finder) -> View:
    """A chart as a drawing that stands alone."""

    @public_page
    def drawing(request: HttpRequest, **of: Any) -> HttpResponse:
        document = sheet(find(request, **of).sheet)
        return HttpResponse(document, content_type="image/svg+xml; charset=utf-8")

    return drawing


def pictured(find: Finder) -> View:
    """The same as points of light, for whoever cannot show a drawing. Made once for a version of the record."""

    @public_page
    def picture(request: HttpRequest, **of: Any) -> HttpResponse:
        return HttpResponse(png(sheet(find(request, **of).sheet)), content_type="image/png")

    return picture
