"""Working groups, pillars and mechanisms."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from commitments.intake.filters import page_of
from commitments.mechanisms.models import Country, Mechanism
from commitments.meetings.queries import of_group
from commitments.public.queries import cards, groups
from commitments.public.queries import group as one_group
from commitments.public.queries import mechanisms as bodies
from commitments.public.queries import membership as belonging
from commitments.public.views.request import PER_PAGE, day_of, late_day_of
from commitments.public.wording.counts import language
from commitments.register.enums import Horizon
from commitments.register.models import Commitment
from commitments.roles.gate import public_page
from commitments.working_groups.models import Pillar, WorkingGroup


@public_page
def group_list(request: HttpRequest) -> HttpResponse:
    """The Declaration's lines of work by pillar, and the groups of the other mechanisms."""
    names = {row.pk: row.name_in(language()) for row in Country.objects.all()}
    context = {
        "pillars": groups.pillar_lines(language(), names),
        "others": groups.other_groups(language()),
        "horizons": Horizon,
    }
    return render(request, "public/working_groups.html", context)


@public_page
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """One working group: who leads, what is agreed, what moved."""
    found = get_object_or_404(WorkingGroup.objects.select_related("mechanism", "pillar"), slug=slug)
    made = page_of(cards.listed(Commitment.objects.filter(group=found)), request.GET.get("page"), PER_PAGE)
    context = {
        "page": one_group.group_page(found, on=day_of(request), late_on=late_day_of(request), language=language()),
        "group": found,
        "made": made,
        "meetings": of_group(found),
        "on": day_of(request),
    }
    return render(request, "public/working_group.html", context)


@public_page
def pillar(request: HttpRequest, number: int) -> HttpResponse:
    """One pillar of the Declaration: its purpose, its lines of work, its commitments."""
    found = get_object_or_404(Pillar.objects.select_related("mechanism"), mechanism__code="LAD", number=number)
    names = {row.pk: row.name_in(language()) for row in Country.objects.all()}
    lines = groups.pillar_lines(language(), names)
    made = cards.listed(Commitment.objects.of_declaration().filter(pillar=found))
    context = {
        "pillar": found,
        "lines": next((line for line in lines if line.number == found.number), None),
        "terms": list(found.terms.all()),
        "made": page_of(made, request.GET.get("page"), PER_PAGE),
    }
    return render(request, "public/pillar.html", context)


@public_page
def mechanism_list(request: HttpRequest) -> HttpResponse:
    """The regional mechanisms side by side."""
    return render(request, "public/mechanisms.html", {"lines": bodies.mechanism_lines(language())})


@public_page
def mechanism(request: HttpRequest, slug: str) -> HttpResponse:
    """One mechanism: members with what each source claims, chairs, secretariats, groups, commitments."""
    found = get_object_or_404(Mechanism.objects.select_related("presidency_holder"), slug=slug)
    made = cards.listed(Commitment.objects.filter(mechanism=found))
    context = {
        "page": bodies.mechanism_page(found, language()),
        "mechanism": found,
        "made": page_of(made, request.GET.get("page"), PER_PAGE),
    }
    return render(request, "public/mechanism.html", context)


@public_page
def membership(request: HttpRequest) -> HttpResponse:
    """Who has endorsed the Declaration, who observes, how a country joins."""
    return render(request, "public/membership.html", {"found": belonging.membership(language())})
