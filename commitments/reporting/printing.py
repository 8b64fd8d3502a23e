"""Reports as PDF files: what waits is made, stored by its hash, and found again by its code. Safe to run twice."""

import hashlib
import logging
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any

import qrcode
from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from commitments.formats.dates import site_day
from commitments.formats.language import HTML_LANG, LANGUAGES
from commitments.history.enums import ReportState
from commitments.history.marks import leave_mark
from commitments.reporting.actions.printing import ask_for_print
from commitments.reporting.codes import spaced
from commitments.reporting.enums import PrintState
from commitments.reporting.models import PrintedReport, ProgressReport, ReportEntry, ReportTranslation
from commitments.reporting.paper import paper_of
from commitments.sources import storing

#: Longer than a file takes: whoever takes one is not overtaken.
LEASE = timedelta(minutes=3)
MOST_TRIES = 3
#: One scan works so long, in seconds; what is left waits for the next, so that e-mails pass in between.
ONE_SCAN = 20.0
#: What could not be made is tried anew after this long, without anybody asking.
REST = timedelta(days=1)

#: The style sheets of the files, and the signs of the statuses in it.
ASSETS = Path(settings.BASE_DIR) / "static" / "pdf"

Clock = Callable[[], datetime]
logger = logging.getLogger(__name__)


def make_waiting(*, clock: Clock) -> dict[str, int]:
    """Make what waits, the longest waiting first; published reports without a file are asked for before."""
    owe_published(clock())
    counts = {"made": 0, "failed": 0, "left": 0}
    begun = time.monotonic()
    waiting = list(PrintedReport.objects.to_make(clock()).order_by("asked_at", "pk").values_list("pk", flat=True))
    for done, pk in enumerate(waiting):
        if time.monotonic() - begun > ONE_SCAN:
            counts["left"] = len(waiting) - done
            break
        row = claim(pk, clock())
        if row is not None:
            counts["made" if make(row, clock=clock) else "failed"] += 1
    return counts


def owe_published(at: datetime) -> int:
    """Ask for a file in each language of each published report that has none as it stands. How many were asked for."""
    have: set[tuple[int, str, int, int | None]] = set()
    newest: dict[tuple[int, str], datetime] = {}
    rows = PrintedReport.objects.filter(report__state=ReportState.PUBLISHED, asked_at__gte=F("report__published_at"))
    for row in rows.only("report_id", "language", "version", "snapshot_id", "state", "asked_at"):
        if row.state != PrintState.FAILED or row.asked_at > at - REST:
            have.add((row.report_id, row.language, row.version, row.snapshot_id))
            key = (row.report_id, row.language)
            newest[key] = max(newest.get(key, row.asked_at), row.asked_at)
    renewed = dict(ReportTranslation.history.values_list("report_id").annotate(Max("history_date")))
    for pk, moment in _figures_published():
        renewed[pk] = max(moment, renewed.get(pk, moment))
    asked = 0
    published = ProgressReport.objects.filter(state=ReportState.PUBLISHED).select_related("cycle__snapshot")
    for report in published.defer("cycle__snapshot__content"):
        snapshot = getattr(report.cycle, "snapshot", None)
        for language in LANGUAGES:
            made = newest.get((report.pk, language))
            is_old = made is not None and report.pk in renewed and renewed[report.pk] > made
            if (report.pk, language, report.version, snapshot.pk if snapshot else None) not in have or is_old:
                ask_for_print(report=report, language=language, by=None, at=at, wake=False)
                asked += 1
    return asked


def _figures_published() -> Iterable[tuple[int, datetime]]:
    """When a figure that a published report shows was last published, or put in the place of one that it showed."""
    there = "series__measurements"
    shown = Q(**{f"{there}__as_of": F("measurement__as_of")}) | Q(**{f"{there}__replaces": F("measurement")})
    public = {f"{there}__state": ReportState.PUBLISHED, f"{there}__published_at__isnull": False}
    rows = ReportEntry.objects.filter(shown, report__state=ReportState.PUBLISHED, **public)
    found: Iterable[tuple[int, datetime]] = (
        rows.order_by().values_list("report_id").annotate(Max(f"{there}__published_at"))
    )
    return found


def claim(pk: int, at: datetime) -> PrintedReport | None:
    """Take one file to make it; None when another process was faster, or its tries are used up."""
    PrintedReport.objects.to_make(at).filter(pk=pk, attempt__gte=MOST_TRIES).update(
        state=PrintState.FAILED, error="interrupted", lease_until=None
    )
    taken = PrintedReport.objects.to_make(at).filter(pk=pk).update(attempt=F("attempt") + 1, lease_until=at + LEASE)
    rows = PrintedReport.objects.select_related("report__cycle", "report__country", "report__group", "snapshot")
    return rows.defer("snapshot__content").get(pk=pk) if taken else None


def make(row: PrintedReport, *, clock: Clock) -> bool:
    """Make one file; a failure is written down, and the last one ends it."""
    row.made_at, row.version = clock(), row.report.version
    try:
        content = pdf_of(row, at=row.made_at)
        sha256 = hashlib.sha256(content).hexdigest()
        storing.write(content, sha256)
    except Exception as problem:  # whatever ails one file, the others are made
        logger.exception("The file %s could not be made", row.pk)
        state = PrintState.FAILED if row.attempt >= MOST_TRIES else PrintState.WAITING
        _end(row, state=state, error=f"{type(problem).__name__}: {problem}"[:200])
        return False
    made = {"content_sha256": sha256, "size": len(content), "version": row.version, "made_at": row.made_at}
    made["is_of_publication"] = row.report.is_public
    return _end(row, state=PrintState.MADE, error="", **made)


def _end(row: PrintedReport, **columns: Any) -> bool:
    """Write down how a try ended, unless it was given to somebody else meanwhile."""
    mine = {"pk": row.pk, "state": PrintState.WAITING, "attempt": row.attempt}
    with transaction.atomic():
        ended = PrintedReport.objects.filter(**mine).update(lease_until=None, **columns)
        leave_mark()
    return bool(ended)


def pdf_of(row: PrintedReport, *, at: datetime) -> bytes:
    """The report as a tagged PDF (PDF/UA-1) in the language of the row."""
    from weasyprint import CSS, HTML  # seconds to load, and needs libraries that only the worker uses
    from weasyprint.text.fonts import FontConfiguration

    for chatty in ("fontTools", "weasyprint"):
        logging.getLogger(chatty).setLevel(logging.ERROR)
    with translation.override(row.language):
        html = html_of(row, at=at)
    fonts, fetch = FontConfiguration(), _fetcher()
    sheet = CSS(string=_sheet(), font_config=fonts, url_fetcher=fetch, base_url="asset:")
    document = HTML(string=html, url_fetcher=fetch, base_url="asset:")
    made: bytes = document.write_pdf(
        stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True, optimize_images=True
    )
    return made


def html_of(row: PrintedReport, *, at: datetime) -> str:
    """What the file is made from."""
    report = row.report
    address = settings.SITE_URL + check_path(row.code, row.language)
    paper = paper_of(report, on=site_day(at), public=report.is_public, charts=True)
    page = settings.SITE_URL + report_path(report, row.language) if report.is_public else ""
    context = {
        "paper": paper,
        "report": report,
        "print": row,
        "code": spaced(row.code),
        "address": address,
        "page": page,
        "qr": qr(address),
        "made_on": at,
        "lang": row.language,
        "html_lang": HTML_LANG[row.language],
    }
    with timezone.override(settings.SITE_TIME_ZONE):
        return render_to_string("reporting/pdf/report.html", context)


def check_path(code: str, language: str) -> str:
    """The address, without the host, at which a code is checked."""
    with translation.override(language):
        return reverse("public:check-code", args=[spaced(code)])


def report_path(report: ProgressReport, language: str) -> str:
    """The address, without the host, of a published report."""
    with translation.override(language):
        return reverse("public:report", args=[report.cycle.slug, report.place])


def qr(text: str) -> SafeString:
    """A square that telephones read, as a drawing."""
    code = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    size = len(rows)
    return mark_safe(  # noqa: S308  # numbers, and the address escaped
        f'<svg class="qr" viewBox="0 0 {size} {size}" width="{size}" height="{size}" shape-rendering="crispEdges">'
        f"<title>{escape(text)}</title>"
        f'<path d="{path}" fill="#14202b"/></svg>'
    )


def _sheet() -> str:
    return "".join((ASSETS / name).read_text() for name in ("page.css", "sections.css"))


def _fetcher() -> Any:
    """What a file may be made with: the typeface, and nothing from any network or folder."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    known = {f"asset:{path.name}": path for path in ASSETS.glob("*.svg")}
    known["asset:public-sans.ttf"] = Path(str(package_files("fontpkg_public_sans"))) / "files" / "PublicSans[wght].ttf"

    class Fetcher(URLFetcher):
        """Knows the typeface and our signs."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            """What a sheet of ours asks for. Raises ValueError for anything else."""
            if url not in known:
                raise ValueError(f"Not allowed in a file: {url[:80]}")
            kind = "image/svg+xml" if url.endswith(".svg") else "font/ttf"
            return URLFetcherResponse(url, body=known[url].read_bytes(), headers={"Content-Type": kind})

    return Fetcher()
