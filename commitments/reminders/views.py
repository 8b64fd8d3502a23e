"""Reminding by hand: the messages are shown first, each in its reader's language, then sent."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.formats.dates import last_day_at
from commitments.reminders.chasing import chases, send
from commitments.reporting.board import cycle_rows
from commitments.reporting.models import ReportingCycle
from commitments.roles import gate


@gate.workspace_page
def chase(request: HttpRequest, slug: str) -> HttpResponse:
    """From the ticked reports to the messages, and from the messages to sent; an address alone leads to the cycle."""
    rows = ReportingCycle.objects.select_related("mechanism")
    cycle = gate.obtain(request.user, rows, "change", slug=slug)
    if request.method != "POST":
        return redirect("workspace:cycle", slug=slug)
    on, at = request.on, request.at  # type: ignore[attr-defined]
    ticked = set(request.POST.getlist("report"))
    overdue = [row for row in cycle_rows(cycle, on=last_day_at(at)) if row.is_overdue and cycle.closed_at is None]
    chosen = [row for row in overdue if str(row.report.pk) in ticked]
    if not chosen:
        messages.error(request, _("Choose at least one report that is overdue"))
        return redirect("workspace:cycle", slug=slug)
    reports = [row.report for row in chosen]
    found = chases(reports, on=on, at=at)
    if request.POST.get("step") == "send" and found:
        number = send(reports, on=on, at=at)
        sent = ngettext("%(count)s reminder is on its way.", "%(count)s reminders are on their way.", number)
        messages.success(request, sent % {"count": number} if number else _("Everybody was reminded today already."))
        return redirect("workspace:cycle", slug=slug)
    reached = {message.report.pk for message in found}
    context = {
        "cycle": cycle,
        "letters": [(message, message.letter(at)) for message in found],
        "number": sum(not message.is_sent for message in found),
        "chosen": chosen,
        "unreached": [row for row in chosen if row.report.pk not in reached],
    }
    return render(request, "reporting/cycle_remind.html", context)
