"""What a commitment belongs to: a larger one, or one on the same matter."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from commitments.register import links
from commitments.register.enums import LinkKind
from commitments.register.links import PartOfItselfError
from commitments.register.models import Commitment, CommitmentLink
from commitments.roles import gate
from commitments.workspace.forms.link import LinkForm
from commitments.workspace.queries import likely_to


@gate.workspace_page
def commitment_links(request: HttpRequest, code: str) -> HttpResponse:
    """The links of a commitment; add one, take one back."""
    seen = Commitment.objects.visible_to(request.user)
    rows = seen.select_related("maker_country", "maker_organization", "maker_mechanism", "group")
    commitment = gate.obtain(request.user, rows, "change", code=code)
    if request.POST.get("remove", "")[:19].isdecimal():
        return _remove(request, commitment)
    form = LinkForm(request.POST or None, rows=seen.exclude(pk=commitment.pk))
    if request.method == "POST" and form.is_valid() and _linked(request, commitment, form):
        return redirect("workspace:commitment-links", code=code)
    context = {
        "commitment": commitment,
        "form": form,
        "links": commitment.links.filter(other__in=seen).select_related("other").order_by("kind", "other__code"),
        "back": commitment.linked_from.filter(commitment__in=seen).select_related("commitment").order_by("kind", "pk"),
        "likely": likely_to(request.user, commitment),
    }
    return render(request, "workspace/commitment_links.html", context)


def _linked(request: HttpRequest, commitment: Commitment, form: LinkForm) -> bool:
    try:
        links.link_commitments(
            commitment=commitment,
            other=form.cleaned_data["other"],
            kind=LinkKind(form.cleaned_data["kind"]),
            by=gate.actor(request, group_id=commitment.group_id),
            at=request.at,  # type: ignore[attr-defined]
        )
    except PartOfItselfError:
        form.add_error("code", _("The other is already part of this one: a commitment cannot be part of itself"))
        return False
    messages.success(request, _("Saved."))
    return True


def _remove(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    link = get_object_or_404(CommitmentLink, pk=int(request.POST["remove"][:9]), commitment=commitment)
    links.unlink(
        link=link,
        by=gate.actor(request, group_id=commitment.group_id),
        at=request.at,  # type: ignore[attr-defined]
    )
    messages.success(request, _("Taken back."))
    return redirect("workspace:commitment-links", code=commitment.code)
