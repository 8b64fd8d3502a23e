"""Where the mechanisms work on the same things, and which country belongs to which: two tables, a list, two files."""

import csv
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commitments.formats.cells import guarded
from commitments.mechanisms.models import Mechanism
from commitments.public.filters import MatrixFilter
from commitments.public.queries import matrix as rows
from commitments.public.wording import matrix as words
from commitments.public.wording.counts import language
from commitments.roles.gate import public_list, public_page


@public_list
def matrix(request: HttpRequest) -> HttpResponse:
    """Where do other forums already work on this, and where is the gap?"""
    found = rows.matrix(language())
    choices = {
        "mechanism": [(column.mechanism.slug, column.name.text) for column in found.columns],
        "group": [(row.group.slug, words.row_title(row).text) for row in found.rows if row.group],
    }
    filters = MatrixFilter(request.GET, Mechanism.objects.none(), request=request, choices=choices)
    chosen = {name: str(value) for name, value in filters.in_force.items()}
    context = {"filters": filters, "matrix": found, "chosen": chosen}
    if chosen:
        context["lines"] = rows.lines(found, **chosen)
        context["elsewhere"] = [
            related
            for related in (*found.elsewhere, *found.unplaced)
            if "group" not in chosen and related.group.mechanism.slug == chosen["mechanism"]
        ]
    else:
        context["members"] = rows.members(language())
    return render(request, "public/matrix.html", context)


@public_page
def groups_file(request: HttpRequest) -> HttpResponse:
    """The first table as a file."""
    return _file("complementarity.csv", words.group_rows(rows.matrix(language())))


@public_page
def members_file(request: HttpRequest) -> HttpResponse:
    """The second table as a file."""
    return _file("memberships.csv", words.member_rows(rows.members(language())))


def _file(name: str, lines: Iterable[list[str]]) -> HttpResponse:
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    csv.writer(answer).writerows([guarded(cell) for cell in line] for line in lines)
    return answer
