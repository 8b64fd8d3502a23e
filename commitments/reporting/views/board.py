"""Who owes what: one page, country by group in one cycle."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commitments.formats.dates import last_day_at
from commitments.reporting.board import board as board_of
from commitments.reporting.enums import CycleState, Timeliness
from commitments.reporting.models import ReportingCycle
from commitments.roles import gate


@gate.workspace_page
def board(request: HttpRequest) -> HttpResponse:
    """The board of a cycle: the one asked for, else the one that is open and due next, else the newest."""
    gate.require(request.user, ReportingCycle, "add")
    on, late_on = request.on, last_day_at(request.at)  # type: ignore[attr-defined]
    cycles = list(ReportingCycle.objects.order_by("-due_on", "-pk"))
    open_ones = [row for row in cycles if row.state_on(on) is CycleState.OPEN]
    asked = next((row for row in cycles if row.slug == request.GET.get("cycle", "")), None)
    chosen = asked or next(reversed(open_ones), None) or next(iter(cycles), None)
    context = {
        "cycles": cycles,
        "cycle": chosen,
        "board": board_of(chosen, on=late_on) if chosen else None,
        "kinds": list(Timeliness),
    }
    return render(request, "reporting/board.html", context)
