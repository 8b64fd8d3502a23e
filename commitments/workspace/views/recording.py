"""Recording a commitment; what may be a slip is pointed out, and one more press goes on."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from commitments.history import once
from commitments.indicators import proposals
from commitments.mechanisms.models import Mechanism
from commitments.register import actions as register
from commitments.register.models import Commitment
from commitments.roles import gate
from commitments.roles.standing import standing_of
from commitments.working_groups.models import WorkingGroup
from commitments.workspace.forms import ProposalForm, RecordCommitmentForm
from commitments.workspace.queries import declaration_first, likely_ones
from commitments.workspace.views.meter import meter_of_proposal
from commitments.workspace.views.records import may_be_sent, once_only, token_of


@gate.workspace_page
def new_commitment(request: HttpRequest) -> HttpResponse:
    """Record a commitment with its parties, source and, if one is known, an indicator."""
    gate.require(request.user, Commitment, "add")
    data = request.POST if request.method == "POST" else None
    form = RecordCommitmentForm(data, on=request.on, **_places(request))  # type: ignore[attr-defined]
    indicator = ProposalForm(data, is_optional=True, prefix="indicator", on=request.on)  # type: ignore[attr-defined]
    remarks: dict[str, Any] = {}
    if data is not None and indicator.is_valid() & may_be_sent(request, form):
        remarks = _remarks(request, form, indicator)
        if not any(remarks.values()):
            return once_only(request, lambda: _record(request, form, indicator))
        remarks["dates_looked"] = "" if remarks["dates"] else form.dates_out_of_order
    context = {"form": form, "indicator": indicator, "once": token_of(request), **remarks}
    context["meter"] = meter_of_proposal(None, indicator)
    return render(request, "workspace/new_commitment.html", context)


def _places(request: HttpRequest) -> dict[str, Any]:
    """Where this person may record: the secretariat in any group or in none, a lead in the own groups."""
    standing = standing_of(request.user)
    groups = WorkingGroup.objects.order_by(declaration_first("mechanism__code"), "mechanism__code", "number", "code")
    mechanisms = Mechanism.objects.order_by(declaration_first("code"), "code")
    own = groups if standing.is_staff else groups.filter(pk__in=standing.groups)
    return {"groups": own, "mechanisms": mechanisms, "is_free": standing.is_staff}


def _remarks(request: HttpRequest, form: RecordCommitmentForm, indicator: ProposalForm) -> dict[str, Any]:
    """What may be a slip: dates out of order, then commitments on record that may be this one; never asked twice."""
    if once.was_carried_out(request):
        return {}
    dates = form.dates_out_of_order
    if dates and request.POST.get("dates") != dates:
        return {"dates": dates}
    described = form.described(indicator.cleaned_data.get("target"))
    return {"dates": "", "likely": [] if "another" in request.POST else likely_ones(request.user, described)}


def _record(request: HttpRequest, form: RecordCommitmentForm, indicator: ProposalForm) -> str:
    new = form.new()
    group = new.columns["group"]
    by = gate.actor(request, group_id=group.pk if group is not None else None)
    who: dict[str, Any] = {"by": by, "at": request.at}  # type: ignore[attr-defined]
    with transaction.atomic():
        commitment = register.record_commitment(new=new, **who)
        if not indicator.is_empty:
            proposals.propose_indicator(commitment=commitment, proposal=indicator.proposal(), **who)
    messages.success(request, _("Recorded as a draft: %(code)s") % {"code": commitment.code})
    return reverse("workspace:edit-commitment", args=[commitment.code])
