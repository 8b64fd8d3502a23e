"""Evidence of a commitment, kept by the secretariat."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commitments.history import once
from commitments.indicators import evidence as actions
from commitments.indicators.actions import StepRefusedError
from commitments.indicators.models import Evidence
from commitments.intake.bounded import LARGEST_KEY
from commitments.register.models import Commitment
from commitments.roles import gate
from commitments.sources.actions import NotStoredError, store_file
from commitments.sources.models import Source
from commitments.sources.wording import not_stored
from commitments.workspace.forms.evidence import EvidenceForm


@gate.workspace_page
def commitment_evidence(request: HttpRequest, code: str) -> HttpResponse:
    """What shows the result of a commitment: listed, added, taken away."""
    commitment = gate.obtain(request.user, Commitment.objects.visible_to(request.user), "view", code=code)
    gate.require(request.user, Evidence, "change")
    if request.POST.get("take_away"):
        return _take_away(request, commitment)
    form = EvidenceForm(request.POST, request.FILES) if request.method == "POST" else EvidenceForm()
    token = request.POST.get("once", "")
    if request.method == "POST" and form.is_valid() and once.is_token(token) and _added(request, commitment, form):
        return redirect("workspace:commitment-evidence", code=code)
    rows = Evidence.objects.filter(commitment=commitment, measurement=None).select_related("file", "source")
    context = {"commitment": commitment, "form": form, "rows": rows.order_by("id")}
    context["once"] = token if once.is_token(token) else once.new_token()
    return render(request, "workspace/evidence.html", context)


def _added(request: HttpRequest, commitment: Commitment, form: forms.Form) -> bool:
    data, by, at = form.cleaned_data, gate.actor(request), request.at  # type: ignore[attr-defined]

    def step() -> str:
        checked, source, title = data["document"], None, data["title"]
        file = store_file(checked=checked, by=by, at=at) if checked is not None else None
        if file is None:
            language = get_language() or "en"
            source = Source(title=title, url=data["link"], language=language, is_example=commitment.is_example)
        title = title or (file.name if file else "")
        actions.add_to_commitment(commitment=commitment, title=title, file=file, source=source, by=by, at=at)
        return reverse("workspace:commitment-evidence", args=[commitment.code])

    try:
        once.carried_out(step, request)
    except NotStoredError:
        form.add_error("document", not_stored())
        return False
    messages.success(request, _("Added."))
    return True


def _take_away(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """Remove one that is not public; a second click finds it gone and says the same."""
    key = request.POST["take_away"]
    by, at = gate.actor(request), request.at  # type: ignore[attr-defined]
    row = None
    if key.isascii() and key.isdigit() and int(key[:20]) <= LARGEST_KEY:
        rows = Evidence.objects.filter(commitment=commitment, measurement=None)
        row = rows.select_related("commitment", "measurement").filter(pk=key[:20]).first()
    try:
        if row is not None:
            actions.take_away(evidence=row, why="", by=by, at=at)
        messages.success(request, _("Taken away."))
    except StepRefusedError:
        messages.error(request, _("This is public: withdraw it from the site, with a reason."))
    return redirect("workspace:commitment-evidence", code=commitment.code)
