"""The addresses of all public pages for search engines, each in four languages."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemaps
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property

from commitments.glossary.models import Term
from commitments.history.enums import ReportState
from commitments.indicators.models import Indicator
from commitments.mechanisms.models import Country, Mechanism
from commitments.meetings.models import Meeting
from commitments.public.queries.places import DECLARATION
from commitments.public.views.request import day_of
from commitments.register.models import Commitment
from commitments.reporting.models import ProgressReport, ReportingCycle, ReportTranslation
from commitments.roles.gate import public_page, public_reading
from commitments.working_groups.models import Pillar, WorkingGroup

#: Pages that are about no single record.
PAGES = (
    "overview", "late", "commitments", "countries", "working-groups", "indicators", "mechanisms", "cycles", "meetings",
    "totals", "changes", "data", "data-dictionary", "glossary", "membership", "accessibility", "privacy", "contact",
    "about", "method", "pillars", "matrix", "compare", "releases",
)  # fmt: skip
Arguments = dict[str, Any]
#: What is said of an address beside its parts: the name of its page, and when that last changed.
NOT_NAMED = ("name", "at")

if TYPE_CHECKING:  # takes type parameters for the checker only
    Base = Sitemap[Arguments]
else:
    Base = Sitemap


class Section(Base):
    """The pages of one kind of record, by the arguments of their addresses."""

    i18n, alternates, x_default = True, True, True
    #: Addresses in one file, every language counted; each names its four sisters.
    limit = 4000

    def __init__(self, name: str, arguments: Callable[[], Iterable[Arguments]]) -> None:
        self.name = name
        self.arguments = arguments

    def items(self) -> list[Arguments]:
        """What the addresses are made of. One query for each answer."""
        return self._items_once

    @cached_property
    def _items_once(self) -> list[Arguments]:
        return list(self.arguments())

    def location(self, item: Arguments) -> str:
        """The address in the language at hand."""
        name = item.get("name", self.name)
        named = {key: value for key, value in item.items() if key not in NOT_NAMED}
        return reverse(f"public:{name}", kwargs=named)

    def lastmod(self, item: Arguments) -> datetime | None:
        """When the page last changed, where that is public and it tells of nothing else that has changed since."""
        at: datetime | None = item.get("at")
        return at

    def get_protocol(self, protocol: str | None = None) -> str:
        """That of the site."""
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        """That of the site, whatever name it was asked by."""
        return urlsplit(settings.SITE_URL).netloc

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """One file of addresses, languages named as pages name them."""
        urls = super().get_urls(page, site, protocol)
        for url in urls:
            for other in url["alternates"]:
                other["lang_code"] = settings.HTML_LANG.get(other["lang_code"], other["lang_code"])
        return urls


def sections(on: date) -> dict[str, Any]:
    """All sections by the name of their file; drafts, planned cycles and invented records are in none."""
    indicators = Indicator.objects.public().filter(is_example=False).exclude(commitment__is_example=True)
    reports = ProgressReport.objects.filter(state=ReportState.PUBLISHED, is_example=False)
    cycles = ReportingCycle.objects.filter(opens_on__lte=on, is_demonstration=False)
    rows: dict[str, tuple[Any, str]] = {
        "commitment": (Commitment.objects.public().real(), "code"),
        "indicator": (indicators, "code"),
        "country": (Country.objects.all(), "iso3"),
        "working-group": (WorkingGroup.objects.all(), "slug"),
        "mechanism": (Mechanism.objects.all(), "slug"),
        "meeting": (Meeting.objects.filter(is_example=False, is_demonstration=False), "slug"),
        "term": (Term.objects.all(), "slug"),
        "cycle": (cycles, "slug"),
    }
    found = {name: Section(name, _column(*row)) for name, row in rows.items()}
    pillars: Any = Pillar.objects.filter(mechanism__code=DECLARATION).order_by("number")
    return {
        "page": Section("overview", lambda: ({"name": name} for name in PAGES)),
        **found,
        "pillar": Section("pillar", lambda: pillars.values("number")),
        "report": Section("report", lambda: _places(reports.filter(cycle__is_demonstration=False))),
    }


def _column(rows: Any, name: str) -> Callable[[], Iterable[Arguments]]:
    return lambda: rows.order_by(name).values(name)


def _places(reports: Any) -> Iterable[Arguments]:
    """What the address of a report names: its cycle, and whose it is; and when that of a country last changed.

    The page of a group's report tells how things stand on the day.
    """
    told = ReportTranslation.history.filter(report_id=OuterRef("pk")).order_by("-history_date")
    rows = reports.annotate(translated_at=Subquery(told.values("history_date")[:1]))
    for row in rows.select_related("cycle", "country", "group").order_by("pk"):
        told_at = (row.published_at, row.corrected_at, row.translated_at) if row.country_id else ()
        yield {"cycle": row.cycle.slug, "place": row.place, "at": max(filter(None, told_at), default=None)}


@public_page
def index(request: HttpRequest) -> HttpResponse:
    """The list of files of addresses; a file without any would be none."""
    known = {name: told for name, told in sections(day_of(request)).items() if told.items()}
    return sitemaps.index(
        request, sitemaps=known, template_name="sitemap_index.xml", sitemap_url_name="sitemap-section"
    )


@public_reading("p")
def section(request: HttpRequest, section: str) -> HttpResponse:
    """The addresses of one kind of page."""
    return sitemaps.sitemap(request, sitemaps=sections(day_of(request)), section=section, template_name="sitemap.xml")
