"""The public tree: every page that anybody may read."""

from django.urls import path

import commitments.intake.paths  # noqa: F401  # <code:…>
from commitments.indicators import views as indicators
from commitments.meetings import views as meetings
from commitments.public.views import bodies, front, glossary, late, places, register, service, totals
from commitments.reporting.views import checking, published, published_cycles

app_name = "public"
urlpatterns = [
    path("", front.overview, name="overview"),
    path("late/", late.late, name="late"),
    path("commitments/", register.commitments, name="commitments"),
    path("commitments/<code:code>/", register.commitment, name="commitment"),
    path("commitments/<code:code>/history/", indicators.commitment_history, name="commitment-history"),
    path("indicators/<code:code>/", indicators.indicator, name="indicator"),
    path("indicators/<code:code>/history/", indicators.indicator_history, name="indicator-history"),
    path("countries/", places.country_list, name="countries"),
    path("countries/<code:iso3>/", places.country, name="country"),
    path("working-groups/", bodies.group_list, name="working-groups"),
    path("working-groups/<slug:slug>/", bodies.group, name="working-group"),
    path("pillars/<int:number>/", bodies.pillar, name="pillar"),
    path("mechanisms/", bodies.mechanism_list, name="mechanisms"),
    path("mechanisms/<slug:slug>/", bodies.mechanism, name="mechanism"),
    path("cycles/", published_cycles.cycles, name="cycles"),
    path("cycles/<slug:slug>/", published_cycles.cycle, name="cycle"),
    path("cycles/<slug:slug>/snapshot.json", published_cycles.snapshot_json, name="cycle-json"),
    path("cycles/<slug:slug>/snapshot.csv", published_cycles.snapshot_csv, name="cycle-csv"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/<slug:slug>/", meetings.meeting, name="meeting"),
    path("reports/files/<code:code>/", published.report_file, name="report-file"),
    path("reports/<slug:cycle>/<code:place>/", published.report, name="report"),
    path("check/", checking.check, name="check"),
    path("check/<code:code>/", checking.check_code, name="check-code"),
    path("totals/", totals.totals, name="totals"),
    path("totals/totals.csv", totals.totals_file, name="totals-csv"),
    path("glossary/", glossary.glossary, name="glossary"),
    path("glossary/<slug:slug>/", glossary.term, name="term"),
    path("membership/", bodies.membership, name="membership"),
    path("accessibility/", service.accessibility, name="accessibility"),
    path("privacy/", service.privacy, name="privacy"),
    path("contact/", service.contact, name="contact"),
    path("about/", front.about, name="about"),
    path("about/method/", front.method, name="method"),
]
