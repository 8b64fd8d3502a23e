"""The SMART meter beside a proposal that is being drafted: what it says so far, what is still open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from commitments.indicators.meter import MeterLine, meter_lines, reporter_of
from commitments.mechanisms.models import Country, Organization
from commitments.register.models import Commitment
from commitments.register.wording import maker_of
from commitments.roles import gate
from commitments.workspace.forms import ProposalForm
from commitments.workspace.forms.choices import named
from commitments.workspace.forms.recording import GROUP


def meter_of_proposal(commitment: Commitment | None, form: ProposalForm) -> list[MeterLine]:
    """What a proposed indicator says so far; without a commitment on record nobody is named yet."""
    if commitment is None:
        return meter_lines(form.drafted(who="", reporter=""))
    return meter_lines(form.drafted(who=maker_of(commitment).text, reporter=reporter_of(commitment)))


@gate.workspace_page
@require_POST
def preview_indicator(request: HttpRequest, code: str) -> HttpResponse:
    """The meter of an indicator proposed for a commitment on record."""
    rows = Commitment.objects.visible_to(request.user).select_related(
        "maker_country", "maker_organization", "maker_mechanism", "group"
    )
    commitment = gate.obtain(request.user, rows, "propose_indicator", code=code)
    form = ProposalForm(request.POST, on=request.on)  # type: ignore[attr-defined]
    return render(request, "workspace/_meter.html", {"meter": meter_of_proposal(commitment, form)})


@gate.workspace_page
@require_POST
def preview_commitment(request: HttpRequest) -> HttpResponse:
    """The meter of a commitment that is being recorded, with its indicator."""
    gate.require(request.user, Commitment, "add")
    who, reporter = _named_so_far(request)
    form = ProposalForm(request.POST, is_optional=True, prefix="indicator", on=request.on)  # type: ignore[attr-defined]
    return render(request, "workspace/_meter.html", {"meter": meter_lines(form.drafted(who=who, reporter=reporter))})


def _named_so_far(request: HttpRequest) -> tuple[str, str]:
    """Who made it and who reports, as the form says so far: a country does both, or leads; a body makes alone."""
    maker, lead, name = (request.POST.get(field, "")[:200] for field in ("maker", "lead", "maker_name"))
    codes = [code for code in (maker, lead) if len(code) == 3]
    countries = {row.iso3: named(row) for row in Country.objects.filter(iso3__in=codes)}
    body = None if maker in countries else Organization.objects.filter(code=maker[:20]).first()
    reporter = countries.get(maker) or countries.get(lead, "")
    if body is not None:
        return named(body), ""
    return countries.get(maker) or (name if maker == GROUP else "") or reporter, reporter
