"""Working groups, pillars and mechanisms."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from commitments.history.wording import by_day
from commitments.indicators.models import CommitmentPlace
from commitments.intake.filters import page_of
from commitments.mechanisms.changes import mechanism_history as changes_of
from commitments.mechanisms.models import Mechanism
from commitments.public.queries import cards, crossing, groups
from commitments.public.queries import group as one_group
from commitments.public.queries import mechanisms as bodies
from commitments.public.queries import membership as belonging
from commitments.public.queries.places import country_names
from commitments.public.views.request import MOST_ROWS, PER_PAGE, day_of, late_day_of
from commitments.public.wording.counts import language
from commitments.register.enums import Horizon
from commitments.roles.gate import public_page, public_reading
from commitments.working_groups import changes
from commitments.working_groups.models import Pillar, WorkingGroup


@public_page
def group_list(request: HttpRequest) -> HttpResponse:
    """The Declaration's lines of work by pillar, and the groups of the other mechanisms."""
    names = country_names(language())
    counts = groups.work_counts()
    pillars, others = groups.pillar_lines(language(), names, counts=counts), groups.other_groups(language())
    context = {
        "pillars": pillars,
        "without_pillar": groups.without_pillar(counts),
        "others": others,
        "groups_number": sum(len(pillar.lines) for pillar in pillars) + sum(len(entry.groups) for entry in others),
        "horizons": Horizon,
    }
    return render(request, "public/working_groups.html", context)


@public_reading("page")
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """One working group: who leads, what is agreed, what moved."""
    try:
        page = one_group.group_page(slug, on=day_of(request), late_on=late_day_of(request), language=language())
    except WorkingGroup.DoesNotExist:
        raise Http404 from None
    made = cards.listed(CommitmentPlace.objects.filter(group=page.group))
    context = {
        "page": page,
        "group": page.group,
        "made": page_of(made, request.GET.get("page"), PER_PAGE, most=MOST_ROWS),
        "meetings": page.meetings,
        "on": day_of(request),
    }
    return render(request, "public/working_group.html", context)


@public_reading("page")
def group_history(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed in who leads and takes part in one group, and in what of the Declaration it works on."""
    found = get_object_or_404(WorkingGroup, slug=slug)
    page = page_of(changes.group_history(found), request.GET.get("page"), PER_PAGE)
    context = {"group": found, "page": page, "days": by_day(list(page.object_list), language())}
    return render(request, "public/group_history.html", context)


@public_page
def pillar_list(request: HttpRequest) -> HttpResponse:
    """The four areas of the Declaration, the one without a workstream too."""
    pillars, found = crossing.pillars_and_countries(language())
    return render(request, "public/pillars.html", {"pillars": pillars, "crossing": found})


@public_reading("page")
def pillar(request: HttpRequest, number: int) -> HttpResponse:
    """One pillar of the Declaration: its purpose, its lines of work, its commitments."""
    found = get_object_or_404(Pillar.objects.select_related("mechanism"), mechanism__code="LAD", number=number)
    names = country_names(language())
    lines = groups.pillar_lines(language(), names)
    made = cards.listed(CommitmentPlace.objects.filter(mechanism__code="LAD", pillar=found))
    context = {
        "pillar": found,
        "lines": next((line for line in lines if line.number == found.number), None),
        "terms": list(found.terms.all()),
        "made": page_of(made, request.GET.get("page"), PER_PAGE, most=MOST_ROWS),
    }
    return render(request, "public/pillar.html", context)


@public_page
def mechanism_list(request: HttpRequest) -> HttpResponse:
    """The regional mechanisms side by side."""
    return render(request, "public/mechanisms.html", {"lines": bodies.mechanism_lines(language())})


@public_reading("page")
def mechanism(request: HttpRequest, slug: str) -> HttpResponse:
    """One mechanism: members with what each source claims, chairs, secretariats, groups, commitments."""
    found = get_object_or_404(Mechanism.objects.select_related("presidency_holder"), slug=slug)
    made = cards.listed(CommitmentPlace.objects.filter(mechanism=found))
    context = {
        "page": bodies.mechanism_page(found, language()),
        "mechanism": found,
        "made": page_of(made, request.GET.get("page"), PER_PAGE, most=MOST_ROWS),
    }
    return render(request, "public/mechanism.html", context)


@public_reading("page")
def mechanism_history(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed in who belongs to, chairs and serves one mechanism, when and why."""
    found = get_object_or_404(Mechanism, slug=slug)
    page = page_of(changes_of(found), request.GET.get("page"), PER_PAGE)
    context = {"mechanism": found, "page": page, "days": by_day(list(page.object_list), language())}
    return render(request, "public/mechanism_history.html", context)


@public_page
def membership(request: HttpRequest) -> HttpResponse:
    """Who has endorsed the Declaration, who observes, how a country joins."""
    return render(request, "public/membership.html", {"found": belonging.membership(language())})
