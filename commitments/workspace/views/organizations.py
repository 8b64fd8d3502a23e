"""Organizations, kept by the secretariat: the list, a new one, a change, and what was recorded by mistake."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.history import conflict, once
from commitments.history.actions import EditedMeanwhileError, Refused
from commitments.intake.filters import page_of
from commitments.mechanisms import organizations as actions
from commitments.mechanisms.models import Organization
from commitments.roles import gate
from commitments.workspace.filters import OrganizationFilter
from commitments.workspace.forms.belonging import TakeAwayForm
from commitments.workspace.forms.organization import OrganizationForm
from commitments.workspace.queries import organizations_named
from commitments.workspace.views import steps
from commitments.workspace.views.records import may_be_sent, token_of, version_of

PER_PAGE = 25
NEW = gettext_lazy("Record an organization")
#: The steps of an organization by their address: the form, and the heading.
STEPS: dict[str, tuple[Any, Any]] = {
    "change": (OrganizationForm, gettext_lazy("Change the organization")),
    "take-away": (TakeAwayForm, gettext_lazy("Take the organization away")),
}


@gate.workspace_page
def organizations(request: HttpRequest) -> HttpResponse:
    """Every organization on record, and how many records name it."""
    gate.require(request.user, Organization, "change")
    filters = OrganizationFilter(request.GET, organizations_named(), request=request)
    page = page_of(filters.qs, request.GET.get("page"), PER_PAGE)
    return render(request, "workspace/organizations.html", {"page": page, "filters": filters})


@gate.workspace_page
def new_organization(request: HttpRequest) -> HttpResponse:
    """Record an organization."""
    gate.require(request.user, Organization, "add")
    form = OrganizationForm(_typed(request), row=None, on=request.on)  # type: ignore[attr-defined]
    if request.method == "POST" and may_be_sent(request, form):
        at = request.at  # type: ignore[attr-defined]

        def step() -> str:
            said = {"names": form.names(), "kind": form.cleaned_data["kind"], "by": gate.actor(request), "at": at}
            actions.record(code=form.cleaned_data["code"], **said)
            messages.success(request, _("Recorded."))
            return reverse("workspace:organizations")

        try:
            return redirect(once.carried_out(step, request))
        except Refused as refused:
            form.add_error(refused.field, str(refused.sentence))
    return render(request, "workspace/organization.html", {"form": form, "words": NEW, "once": token_of(request)})


@gate.workspace_page
def organization_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One step of an organization: changed, taken away."""
    gate.require(request.user, Organization, "change")
    if step not in STEPS:
        raise Http404(step)
    row = Organization.objects.filter(pk=pk).first()
    if row is None:
        return steps.gone(request, Organization.history.filter(id=pk), reverse("workspace:organizations"))
    make, words = STEPS[step]
    form = make(_typed(request), row=row, on=request.on)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            return _taken(request, row, step, form)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused.sentence))
    context = {"row": row, "form": form, "words": words, "is_taken_away": step == "take-away"}
    context["version"] = version_of(request) or row.version
    return render(request, "workspace/organization.html", context)


def _typed(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _taken(request: HttpRequest, row: Organization, step: str, form: Any) -> HttpResponse:
    version, back = version_of(request), reverse("workspace:organizations")
    said: dict[str, Any] = {
        "organization": row,
        "public_reason": form.cleaned_data["public_reason"],
        "version": version,
        "by": gate.actor(request),
        "at": request.at,  # type: ignore[attr-defined]
    }
    try:
        if step == "change":
            actions.change(**said, names=form.names(), kind=form.cleaned_data["kind"])
        else:
            actions.take_away(**said)
    except EditedMeanwhileError as problem:
        return conflict.page(request, problem, version_read=version, back=back)
    messages.success(request, _("Taken away.") if step == "take-away" else _("Saved."))
    return redirect(back)
