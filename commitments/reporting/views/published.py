"""Published reports: the page of each, and its files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from commitments.history.enums import ReportState
from commitments.reporting.codes import read_code
from commitments.reporting.models import PrintedReport, ProgressReport
from commitments.reporting.paper import newest_prints, paper_of, publications
from commitments.roles.gate import public_page
from commitments.sources import storing


@public_page
def report(request: HttpRequest, cycle: str, place: str) -> HttpResponse:
    """One published report in the standard format, with its files and how to cite it."""
    rows = ProgressReport.objects.filter(state=ReportState.PUBLISHED, cycle__slug=cycle).at(place)
    found = get_object_or_404(rows.select_related("cycle", "country", "group"))
    day = request.on  # type: ignore[attr-defined]
    context = {
        "paper": paper_of(found, on=day, charts=True),
        "report": found,
        "prints": newest_prints(found),
        "publications": publications(found),
        "lang": get_language(),
    }
    return render(request, "reporting/published.html", context)


@public_page
def report_file(request: HttpRequest, code: str) -> HttpResponse:
    """A file of a published report, to be saved."""
    row = get_object_or_404(
        PrintedReport.objects.public().select_related("report__cycle", "report__country", "report__group"),
        code=read_code(code),
    )
    return answer_with(row)


def answer_with(row: PrintedReport) -> HttpResponse:
    """The file itself: saved rather than opened, and never taken for anything but a PDF."""
    content = storing.read(row.content_sha256)
    if content is None:
        raise Http404("file")
    name = f"{row.report.cycle.slug}-{row.report.place}-{row.language}-{row.code}.pdf"
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
