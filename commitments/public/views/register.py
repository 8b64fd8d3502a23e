"""The register of commitments, and the page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from commitments.intake.filters import page_of
from commitments.public.filters import CommitmentFilter
from commitments.public.queries import cards, options
from commitments.public.queries import commitment as one_commitment
from commitments.public.views.request import PER_PAGE, day_of
from commitments.public.wording.counts import language
from commitments.register.models import Commitment
from commitments.roles.gate import public_page


@public_page
def commitments(request: HttpRequest) -> HttpResponse:
    """The register: every published commitment, the Declaration's own first."""
    choices = options.register_choices(language())
    found = CommitmentFilter(request.GET, Commitment.objects.public(), request=request, choices=choices)
    page = page_of(cards.listed(found.qs), request.GET.get("page"), PER_PAGE)
    return render(request, "public/commitments.html", {"filters": found, "page": page})


@public_page
def commitment(request: HttpRequest, code: str) -> HttpResponse:
    """One commitment: what was committed to, how far it is, how we know."""
    found = get_object_or_404(one_commitment.published(), code=code)
    page = one_commitment.commitment_page(found, on=day_of(request))
    return render(request, "public/commitment.html", {"page": page, "commitment": found, "on": day_of(request)})
