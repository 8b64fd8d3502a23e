"""The public tree: every page that anybody may read."""

from collections.abc import Iterator

from django.urls import URLPattern, path

import commitments.intake.paths  # noqa: F401  # <code:…> and <file_form:…>
from commitments.indicators import views as indicators
from commitments.meetings import views as meetings
from commitments.mistakes import views as mistakes
from commitments.opendata import views as opendata
from commitments.public.views import (
    bodies,
    compare,
    files,
    front,
    glossary,
    late,
    matrix,
    measured,
    pictures,
    places,
    register,
    search,
    service,
    totals,
)
from commitments.reporting.views import checking, published, published_cycles
from commitments.updates import views as updates

#: The charts that may stand elsewhere: each by its kind, with the end of its addresses and what finds it.
CHARTS: dict[str, tuple[str, pictures.Finder]] = {
    "status": ("status", pictures.status),
    "commitment": ("commitments/<code:code>", pictures.commitment),
    "indicator": ("indicators/<code:code>", pictures.indicator),
    "by-country": ("indicators/<code:code>/countries", pictures.indicator_countries),
    "breakdown": ("indicators/<code:code>/breakdowns/<path:key>", pictures.breakdown),
    "map": ("map", pictures.country_map),
    "pillars": ("pillars", pictures.pillars),
    "pillar": ("pillars/<int:number>", pictures.pillar),
    "matrix": ("matrix", pictures.matrix),
    "country": ("countries/<code:iso3>", pictures.country),
    "reports": ("countries/<code:iso3>/reports", pictures.country_reports),
    "group": ("working-groups/<slug:slug>", pictures.group),
    "group-reports": ("working-groups/<slug:slug>/reports", pictures.group_reports),
    "mechanism": ("mechanisms/<slug:slug>", pictures.mechanism),
}


def _charts() -> Iterator[URLPattern]:
    """A page for frames, a drawing and a picture of each."""
    for kind, (end, find) in CHARTS.items():
        yield path(f"embed/{end}/", pictures.framed(find), name=f"embed-{kind}")
        yield path(f"charts/{end}.svg", pictures.drawn(find), name=f"svg-{kind}")
        yield path(f"charts/{end}.png", pictures.pictured(find), name=f"png-{kind}")


app_name = "public"
urlpatterns = [
    path("", front.overview, name="overview"),
    path("late/", late.late, name="late"),
    path("late/late.<file_form:form>", files.late, name="late-file"),
    path("search/", search.search, name="search"),
    path("commitments/", register.commitments, name="commitments"),
    path("commitments/commitments.<file_form:form>", files.commitments, name="commitments-file"),
    path("commitments/figures.<file_form:form>", files.figures, name="figures-file"),
    path("commitments/<code:code>/", register.commitment, name="commitment"),
    path("commitments/<code:code>/dates.csv", register.commitment_dates, name="commitment-dates"),
    path("commitments/<code:code>/history/", indicators.commitment_history, name="commitment-history"),
    path("indicators/", measured.indicator_list, name="indicators"),
    path("indicators/indicators.<file_form:form>", files.indicators, name="indicators-file"),
    path("indicators/<code:code>/", indicators.indicator, name="indicator"),
    path("indicators/<code:code>/values.csv", indicators.values_csv, name="indicator-csv"),
    path("indicators/<code:code>/values.json", indicators.values_json, name="indicator-json"),
    path("indicators/<code:code>/history/", indicators.indicator_history, name="indicator-history"),
    *_charts(),
    path("countries/", places.country_list, name="countries"),
    path("countries/countries.<file_form:form>", files.countries, name="countries-file"),
    path("countries/<code:iso3>/", places.country, name="country"),
    path("compare/", compare.compare, name="compare"),
    path("working-groups/", bodies.group_list, name="working-groups"),
    path("working-groups/working-groups.<file_form:form>", files.working_groups, name="working-groups-file"),
    path("working-groups/<slug:slug>/", bodies.group, name="working-group"),
    path("working-groups/<slug:slug>/history/", bodies.group_history, name="working-group-history"),
    path("pillars/", bodies.pillar_list, name="pillars"),
    path("pillars/pillars.<file_form:form>", files.pillars, name="pillars-file"),
    path("pillars/<int:number>/", bodies.pillar, name="pillar"),
    path("mechanisms/", bodies.mechanism_list, name="mechanisms"),
    path("mechanisms/matrix/", matrix.matrix, name="matrix"),
    path("mechanisms/matrix/groups.csv", matrix.groups_file, name="matrix-groups-csv"),
    path("mechanisms/matrix/members.csv", matrix.members_file, name="matrix-members-csv"),
    path("mechanisms/<slug:slug>/", bodies.mechanism, name="mechanism"),
    path("mechanisms/<slug:slug>/history/", bodies.mechanism_history, name="mechanism-history"),
    path("cycles/", published_cycles.cycles, name="cycles"),
    path("cycles/<slug:slug>/", published_cycles.cycle, name="cycle"),
    path("cycles/<slug:slug>/snapshot.json", published_cycles.snapshot_json, name="cycle-json"),
    path("cycles/<slug:slug>/snapshot.csv", published_cycles.snapshot_csv, name="cycle-csv"),
    path("meetings.ics", meetings.calendar, name="meetings-ics"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/meetings.<file_form:form>", files.meetings, name="meetings-file"),
    path("meetings/<slug:slug>/", meetings.meeting, name="meeting"),
    path("reports/reports.csv", totals.reports_file, name="reports-csv"),
    path("reports/files/<code:code>/", published.report_file, name="report-file"),
    path("reports/<slug:cycle>/<code:place>/", published.report, name="report"),
    path("check/", checking.check, name="check"),
    path("check/<code:code>/", checking.check_code, name="check-code"),
    path("totals/", totals.totals, name="totals"),
    path("totals/totals.csv", totals.totals_file, name="totals-csv"),
    path("changes/", updates.changes, name="changes"),
    path("changes/feed.atom", updates.feed, name="changes-feed"),
    path("countries/<code:iso3>/changes.atom", updates.feed, name="country-changes-feed"),
    path("data/", opendata.data, name="data"),
    path("data/dictionary/", opendata.data_dictionary, name="data-dictionary"),
    path("glossary/", glossary.glossary, name="glossary"),
    path("glossary/<slug:slug>/", glossary.term, name="term"),
    path("membership/", bodies.membership, name="membership"),
    path("accessibility/", service.accessibility, name="accessibility"),
    path("privacy/", service.privacy, name="privacy"),
    path("contact/", service.contact, name="contact"),
    path("report-a-mistake/", mistakes.report_a_mistake, name="report-a-mistake"),
    path("report-a-mistake/received/", mistakes.received, name="mistake-received"),
    path("about/", front.about, name="about"),
    path("about/changes/", front.releases, name="releases"),
    path("about/method/", front.method, name="method"),
]
