"""The addresses: language first, then the public tree, the workspace and the account pages."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path

from commitments.opendata import views as opendata
from commitments.public import sitemaps
from commitments.reporting.views.documents import public_file
from tracker import views

urlpatterns = [
    path("", views.choose_language, name="choose-language"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.section, name="sitemap-section"),
    path("data/datapackage.json", opendata.package, name="data-package"),
    path("data/<slug:name>.csv", opendata.table_csv, name="data-csv"),
    path("data/<slug:name>.json", opendata.table_json, name="data-json"),
    re_path(r"^files/(?P<key>[0-9a-f]{16})/(?P<name>[^/]{1,200})$", public_file, name="file"),
    *i18n_patterns(
        path("account/", include("accounts.urls")),
        path("workspace/", include("commitments.workspace.urls")),
        path("", include("commitments.public.urls")),
    ),
]

handler400 = "tracker.views.bad_request"
handler403 = "tracker.views.not_allowed"
handler404 = "tracker.views.not_found"
handler429 = "tracker.views.too_many"
handler500 = "tracker.views.server_error"
