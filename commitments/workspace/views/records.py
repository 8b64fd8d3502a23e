"""Changing and publishing commitments; proposing indicators."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commitments.history import conflict, once
from commitments.history.actions import EditedMeanwhileError
from commitments.indicators import proposals
from commitments.indicators.actions import OwnWorkError, StepRefusedError
from commitments.indicators.byhand import may_be_stated_of
from commitments.indicators.changes import differences_of_ends
from commitments.indicators.models import Indicator, StatusByHand
from commitments.intake.filters import page_of
from commitments.mechanisms.models import Mechanism
from commitments.register import actions as register
from commitments.register.models import Commitment
from commitments.reporting.forms import LookedForm
from commitments.roles import gate
from commitments.workspace.forms import ChangeCommitmentForm, ProposalForm
from commitments.workspace.queries import likely_to, possible_leads, record_rows
from commitments.workspace.views.meter import meter_of_proposal

#: What the page of a commitment shows of other records.
SHOWN_WITH = ("maker_country", "maker_organization", "maker_mechanism", "mechanism", "group", "pillar")


def version_of(request: HttpRequest) -> int:
    """The version that the form was read at; 0, which no record ever had, for a form that does not say."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def token_of(request: HttpRequest) -> str:
    """The token of the form as it was rendered first; a new one for a form not sent yet, or sent without one."""
    token = request.POST.get("once", "")
    return token if once.is_token(token) else once.new_token()


def may_be_sent(request: HttpRequest, form: BaseForm) -> bool:
    """Whether the form is sound and says which rendered form it is; if not, the page comes back as it was typed."""
    if form.is_valid() and not once.is_token(request.POST.get("once", "")):
        unclear = _(
            "Nothing was recorded: it was not clear whether this had been sent before. Check it and send it again"
        )
        form.add_error(None, unclear)
    return form.is_valid()


@gate.workspace_page
def records(request: HttpRequest) -> HttpResponse:
    """The commitments that a person answers for, drafts first."""
    rows = page_of(record_rows(request.user), request.GET.get("page", "1"), 25)
    context = {
        "page": rows,
        "may_add": request.user.has_perm(Commitment.get_perm("add")),
        "may_keep_bodies": request.user.has_perm(Mechanism.get_perm("change")),
    }
    return render(request, "workspace/records.html", context)


def once_only(request: HttpRequest, step: Callable[[], str]) -> HttpResponse:
    """Where the step led to: a form that comes a second time is led there and does nothing."""
    return redirect(once.carried_out(step, request))


def _commitment(request: HttpRequest, code: str, permission: str) -> Commitment:
    rows = Commitment.objects.visible_to(request.user).select_related(*SHOWN_WITH)
    return gate.obtain(request.user, rows, permission, code=code)


@gate.workspace_page
def edit_commitment(request: HttpRequest, code: str) -> HttpResponse:
    """Change a commitment; publish a draft."""
    commitment = _commitment(request, code, "change")
    language = get_language() or "en"
    data = request.POST if request.method == "POST" else None
    look = _look(commitment)
    if data is not None and data.get("decision") == "publish":
        commitment, data = _commitment(request, code, "publish"), None
        look = _look(commitment, request.POST)
        if look.is_valid():
            return _publish(request, commitment)
    form = ChangeCommitmentForm(
        data,
        commitment=commitment,
        initial=_initial(commitment, language),
        is_public=commitment.is_public,
        parties=possible_leads(commitment),
        on=request.on,  # type: ignore[attr-defined]
    )
    if data is not None and form.is_valid():
        return _change(request, commitment, form, language)
    context = {
        "commitment": commitment,
        "form": form,
        "version": version_of(request) or commitment.version,
        "indicators": Indicator.objects.visible_to(request.user).filter(commitment=commitment).order_by("code"),
        "may_publish": request.user.has_perm(Commitment.get_perm("publish"), commitment),
        "own": _own_words(", ".join(proposals.own_proposals(commitment, request.user.pk))),
        "may_state": may_be_stated_of(commitment) and request.user.has_perm(StatusByHand.get_perm("add")),
        "foreign": [commitment.title_in(language), commitment.summary_in(language)],
        "likely": [] if commitment.is_public else likely_to(request.user, commitment),
        "look": look,
        "parties": commitment.parties.select_related("country", "organization").order_by("position", "id"),
        "sources": commitment.source_links.select_related("source").order_by("position", "id"),
    }
    return render(request, "workspace/edit_commitment.html", context)


def _look(commitment: Commitment, data: Any = None) -> LookedForm:
    """The second look at what a draft says before it is published."""
    text = "" if commitment.is_public else proposals.texts_of_commitment(commitment)
    return LookedForm(data, prefix="publish", text=text)


def _initial(commitment: Commitment, language: str) -> dict[str, Any]:
    """The language's own column, empty where there is no translation: saving never stores another language's text."""
    columns = ("kind", "made_on", "made_at", "due_on", "horizon")
    texts = {name: getattr(commitment, f"{name}_{language}") or "" for name in ("title", "summary")}
    return texts | {name: getattr(commitment, name) for name in columns}


def _change(request: HttpRequest, commitment: Commitment, form: ChangeCommitmentForm, language: str) -> HttpResponse:
    edit = reverse("workspace:edit-commitment", args=[commitment.code])
    version = version_of(request)
    columns = form.columns(language)
    unchanged = {"made_on", "due_on"} - set(form.changed_data)
    for name in unchanged:
        # A date known only to the month stays so when nobody touched it.
        del columns[name], columns[f"{name}_precision"]
    if "horizon" not in form.changed_data:
        del columns["horizon_basis"]
    try:
        proposals.change_commitment(
            commitment=commitment,
            columns=columns,
            by=gate.actor(request, group_id=commitment.group_id),
            at=request.at,  # type: ignore[attr-defined]
            public_reason=form.cleaned_data.get("public_reason", ""),
            version=version,
            lead=form.chosen_lead(),
        )
    except EditedMeanwhileError as problem:
        return conflict.page(request, problem, version_read=version, back=edit)
    messages.success(request, _("Saved."))
    return redirect(edit)


def _own_words(codes: str) -> str:
    text = _("You proposed an indicator of it yourself (%(codes)s): another member of the secretariat publishes it.")
    return text % {"codes": codes} if codes else ""


def _publish(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    try:
        proposals.publish_commitment(
            commitment=commitment,
            by=gate.actor(request),
            at=request.at,  # type: ignore[attr-defined]
            version=version_of(request),
        )
        messages.success(request, _("Published."))
    except EditedMeanwhileError:
        messages.error(request, _("Somebody changed this in the meantime. Read it again before you publish it."))
    except proposals.UnansweredError as problem:
        codes = ", ".join(problem.codes)
        messages.error(
            request,
            _("Not published: a question about an indicator is not answered yet (%(codes)s).") % {"codes": codes},
        )
    except OwnWorkError as problem:
        messages.error(request, _own_words(str(problem)))
    except register.LifeRefusedError:
        messages.error(request, _("This was decided on in the meantime. Nothing was changed."))
    return redirect("workspace:edit-commitment", code=commitment.code)


@gate.workspace_page
def propose_indicator(request: HttpRequest, code: str) -> HttpResponse:
    """Propose an indicator where there is none, or one more."""
    commitment = _commitment(request, code, "propose_indicator")
    form = ProposalForm(request.POST or None, on=request.on)  # type: ignore[attr-defined]
    if request.method == "POST" and may_be_sent(request, form):
        return once_only(request, lambda: _propose(request, commitment, form))
    context = {
        "commitment": commitment,
        "form": form,
        "once": token_of(request),
        "meter": meter_of_proposal(commitment, form),
    }
    return render(request, "workspace/propose_indicator.html", context)


def _propose(request: HttpRequest, commitment: Commitment, form: ProposalForm) -> str:
    proposals.propose_indicator(
        commitment=commitment,
        proposal=form.proposal(),
        by=gate.actor(request, country_id=commitment.country_id_for_rules, group_id=commitment.group_id),
        at=request.at,  # type: ignore[attr-defined]
    )
    messages.success(request, _("Sent to the secretariat. You will hear when it is published."))
    return reverse("workspace:records")


@gate.workspace_page
def propose_again(request: HttpRequest, code: str) -> HttpResponse:
    """Answer the question on a returned proposal by sending it again as it now reads."""
    rows = Indicator.objects.visible_to(request.user).select_related("commitment__maker_country")
    indicator = gate.obtain(request.user, rows, "propose_again", code=code)
    initial = _proposal_initial(indicator)
    form = ProposalForm(request.POST or None, initial=initial, indicator=indicator, on=request.on)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        return _send_again(request, indicator, form)
    language = get_language() or "en"
    context = {
        "commitment": indicator.commitment,
        "form": form,
        "indicator": indicator,
        "meter": meter_of_proposal(indicator.commitment, form),
        "version": version_of(request) or indicator.version,
        "foreign": [indicator.title_in(language), indicator.unit_in(language)],
    }
    return render(request, "workspace/propose_indicator.html", context)


def _send_again(request: HttpRequest, indicator: Indicator, form: ProposalForm) -> HttpResponse:
    version = version_of(request)
    try:
        proposals.propose_again(
            indicator=indicator,
            proposal=form.proposal(),
            by=gate.actor(request, country_id=indicator.country_id_for_rules, group_id=indicator.group_id_for_rules),
            at=request.at,  # type: ignore[attr-defined]
            version=version,
        )
        messages.success(request, _("Sent to the secretariat. You will hear when it is published."))
    except EditedMeanwhileError as problem:
        ends = differences_of_ends(indicator, form.proposal(), version)
        return conflict.page(request, problem, version_read=version, back=request.path, beside=ends)
    except StepRefusedError:
        if not _is_sent_again(request, indicator, form, version):
            words = _("This was decided on in the meantime. Nothing was changed.")
            return conflict.not_done(request, words, form=form, back=reverse("workspace:tasks"))
    return redirect("workspace:tasks")


def _is_sent_again(request: HttpRequest, indicator: Indicator, form: ProposalForm, version: int) -> bool:
    """Whether this person has sent this very proposal: the second of two clicks."""
    indicator.refresh_from_db()
    typed = EditedMeanwhileError(indicator, form.proposal().columns(indicator))
    ends = differences_of_ends(indicator, form.proposal(), version)
    return conflict.is_sent_twice(typed, request.user) and all(end.yours == end.theirs for end in ends)


def _proposal_initial(indicator: Indicator) -> dict[str, Any]:
    language = get_language() or "en"
    values = {name: getattr(indicator, f"{name}_{language}") or "" for name in ("title", "unit", "definition")}
    values |= {name: getattr(indicator, name) for name in ("counting", "direction", "horizon", "cadence")}
    series = indicator.series.get(country=None, breakdown="")
    for name, rows in (("baseline", series.baselines), ("target", series.targets)):
        row = rows.filter(valid_until__isnull=True).first()
        values |= {name: row.value, f"{name}_on": row.date} if row is not None else {}
    return values
