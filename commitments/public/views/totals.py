"""How many commitments stand where, as a page and as a file."""

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commitments.public.queries import totals as all_totals
from commitments.public.views.request import day_of, late_day_of
from commitments.public.wording import totals as words_of_totals
from commitments.public.wording.counts import language
from commitments.reporting.punctuality import all_report_squares
from commitments.roles.gate import public_page


@public_page
def totals(request: HttpRequest) -> HttpResponse:
    """How many commitments stand where, by mechanism, pillar, workstream, country and horizon."""
    page = all_totals.totals_page(on=day_of(request), language=language())
    context = {
        "page": page,
        "columns": words_of_totals.columns(page),
        "sums": words_of_totals.sum_lines(page),
        "dictionary": words_of_totals.dictionary(),
        "on": day_of(request),
    }
    return render(request, "public/totals.html", context)


@public_page
def reports_file(request: HttpRequest) -> HttpResponse:
    """Whose report of which cycle came in time, late or not, as one file for a spreadsheet."""
    rows = words_of_totals.report_rows(all_report_squares(on=late_day_of(request)))
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="reports-{day_of(request).isoformat()}.csv"'
    csv.writer(answer).writerows(rows)
    return answer


@public_page
def totals_file(request: HttpRequest) -> HttpResponse:
    """The same as one file for a spreadsheet."""
    page = all_totals.totals_page(on=day_of(request), language=language())
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="totals-{day_of(request).isoformat()}.csv"'
    csv.writer(answer).writerows(words_of_totals.file_rows(page))
    return answer
