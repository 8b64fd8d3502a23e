"""The log of changes: who did what, when, through which door. Read only; the database refuses to rewrite it."""

from typing import Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from commitments.appointments.models import Appointment
from commitments.formats.language import language_of
from commitments.history import log
from commitments.roles import gate
from commitments.workspace.audit.words import differences, lines
from commitments.workspace.exports import audit_csv
from commitments.workspace.filters import AuditFilter, token_of

PER_PAGE = 50
#: Any tracked table: the filters read no rows themselves.
NO_ROWS = Appointment.objects.none


@gate.workspace_page
@require_GET
def audit(request: Any) -> HttpResponse:
    """Every change that fits the filters, the newest first."""
    filters = _filters(request)
    before = filters.before
    places = log.newest(filters.models, filters.where(request.zone), limit=PER_PAGE + 1, before=before)
    shown = lines(log.entries(places[:PER_PAGE]), request.zone, _language())
    older = filters.address(before=token_of(places[PER_PAGE - 1])) if len(places) > PER_PAGE else ""
    context = {
        "filters": filters,
        "lines": shown,
        "older": older,
        "newest": filters.address(before="") if before else "",
    }
    return render(request, "workspace/audit/audit.html", context)


@gate.workspace_page
@require_GET
def audit_entry(request: Any, kind: str, number: int) -> HttpResponse:
    """One change: what was, what is now, why."""
    gate.require(request.user, Appointment, "view")
    model = log.kinds().get(kind)
    row = model.history.filter(history_id=number).first() if model and number < 2**63 else None
    if row is None:
        raise Http404(kind)
    place = log.Place(row.history_date, number, kind)
    entry = log.entries([place], with_before=True)[0]
    earlier, later = log.around(entry)
    context = {
        "line": lines([entry], request.zone, _language())[0],
        "row": row,
        "differences": differences(entry, _language(), request.zone),
        "earlier": earlier,
        "later": later,
    }
    return render(request, "workspace/audit/entry.html", context)


@gate.workspace_page
@require_GET
def audit_export(request: Any) -> StreamingHttpResponse:
    """The entries that fit the filters as a CSV file."""
    filters = _filters(request)
    entries = log.every_entry(filters.models, filters.where(request.zone))
    answer = StreamingHttpResponse(audit_csv(entries, _language()), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="changes-{request.on.isoformat()}.csv"'
    return answer


def _filters(request: Any) -> AuditFilter:
    gate.require(request.user, Appointment, "view")
    return AuditFilter(request.GET, NO_ROWS(), request=request, language=_language())


def _language() -> str:
    return language_of(get_language())
