"""Proposing a change of a definition, baseline or target; answering a question on it; taking it back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commitments.formats.dates import site_day
from commitments.formats.language import language_of, written_in
from commitments.history import conflict, once
from commitments.history.actions import EditedMeanwhileError
from commitments.history.enums import ReportState
from commitments.history.languages import language_kept
from commitments.indicators import revising
from commitments.indicators.actions import StepRefusedError
from commitments.indicators.agreed import changes_of, outcome_of
from commitments.indicators.enums import RevisionSubject
from commitments.indicators.meter import meter_of
from commitments.indicators.models import Indicator, Revision
from commitments.indicators.proposed import Proposed, facts_with
from commitments.indicators.queries import IndicatorReading, indicator_reading, indicator_readings
from commitments.indicators.revising import RevisionRefusedError
from commitments.indicators.terms import subject_word
from commitments.register.models import Commitment
from commitments.roles import gate
from commitments.workspace.forms.in_force import initial_of
from commitments.workspace.forms.revision import FORMS, RevisionForm
from commitments.workspace.views.records import may_be_sent, token_of, version_of

#: What stands behind the fields of a form that is passed on as it is.
FRAME = {"csrfmiddlewaretoken", "step", "once", "version"}
REFUSED = {
    "backwards": gettext_lazy("The day lies behind us by now. Choose today or a later day."),
    "closed": gettext_lazy("The commitment was suspended or ended. What is measured stays as it stood."),
    "not_public": gettext_lazy("Only a published indicator is revised. A proposal is sent again instead."),
    "waits": gettext_lazy("A proposed change of this waits already. It is decided on first."),
    "later_agreed": gettext_lazy("A change from a later day is agreed already. Choose that day or a later one."),
}


def _indicators(request: HttpRequest) -> Any:
    return Indicator.objects.visible_to(request.user).select_related(
        "commitment__maker_country", "commitment__maker_organization", "commitment__maker_mechanism",
        "commitment__mechanism", "commitment__group",
    )  # fmt: skip


@gate.workspace_page
def commitment_indicators(request: HttpRequest, code: str) -> HttpResponse:
    """What is measured for a commitment: each indicator with what it says, what it leaves open, and what to do."""
    rows = Commitment.objects.visible_to(request.user).select_related("maker_country", "mechanism", "group")
    commitment = gate.obtain(request.user, rows, "propose_indicator", code=code)
    indicators = list(_indicators(request).filter(commitment=commitment).order_by("code"))
    readings = indicator_readings(indicators, on=site_day(request.at))  # type: ignore[attr-defined]
    waiting = Revision.objects.filter(indicator__in=indicators, state__in=revising.OPEN).order_by("proposed_at", "pk")
    context = {
        "commitment": commitment,
        "indicators": [
            {
                "row": row,
                "reading": readings[row.pk],
                "meter": meter_of(row, readings[row.pk].facts, commitment),
                "waiting": [revision for revision in waiting if revision.indicator_id == row.pk],
                "may_revise": row.is_public and not commitment.is_closed,
            }
            for row in indicators
        ],
    }
    return render(request, "workspace/indicators.html", context)


def _reading(request: HttpRequest, code: str) -> IndicatorReading:
    indicator = gate.obtain(request.user, _indicators(request), "revise", code=code)
    return indicator_reading(indicator, on=site_day(request.at))  # type: ignore[attr-defined]


def _subject(text: str) -> RevisionSubject:
    try:
        return RevisionSubject(text)
    except ValueError:
        raise Http404(text) from None


@gate.workspace_page
def propose_revision(request: HttpRequest, code: str, subject: str) -> HttpResponse:
    """The form, the check page with both versions side by side, and the sending."""
    what = _subject(subject)
    reading = _reading(request, code)
    on = site_day(request.at)  # type: ignore[attr-defined]
    data = request.POST if request.method == "POST" else None
    form = FORMS[what](data, reading=reading, on=on, initial=initial_of(what, reading))
    context = frame_of(reading) | {"form": form, "subject": what, "once": token_of(request)}
    return _answered(request, form, context, lambda: _propose(request, form))


def _answered(request: HttpRequest, form: RevisionForm, context: dict[str, Any], send: Any) -> HttpResponse:
    """The form with what is wrong or as it comes back, the check page, or what comes of sending."""
    step = request.POST.get("step", "")
    is_valid = request.method == "POST" and step != "back" and form.is_valid()
    if step == "send" and "once" in context:
        is_valid = may_be_sent(request, form)
    if is_valid and step == "send":
        try:
            address: HttpResponse | str = send()
            return redirect(address) if isinstance(address, str) else address
        except RevisionRefusedError as problem:
            form.add_error(None, REFUSED[problem.code])
    elif is_valid:
        kept = [(name, value) for name in request.POST for value in request.POST.getlist(name) if name not in FRAME]
        says = form.proposed()
        return render(request, "workspace/revision_check.html", context | {"kept": kept} | told(says, form.reading))
    return render(request, "workspace/revision_form.html", context | _live(form))


def _propose(request: HttpRequest, form: RevisionForm) -> str:
    indicator, at = form.reading.indicator, request.at  # type: ignore[attr-defined]

    def step() -> str:
        revision = revising.propose_revision(
            indicator=indicator, proposed=form.proposed(), by=_by(request, indicator), at=at
        )
        messages.success(request, _("Sent to the secretariat. Nothing changes before it is agreed."))
        return reverse("workspace:revision", args=[revision.pk])

    return once.carried_out(step, request)


def _by(request: HttpRequest, indicator: Indicator) -> Any:
    return gate.actor(request, country_id=indicator.country_id_for_rules, group_id=indicator.group_id_for_rules)


def frame_of(reading: IndicatorReading) -> dict[str, Any]:
    """The names around a form or page about one indicator."""
    indicator, lang = reading.indicator, get_language() or "en"
    return {
        "reading": reading,
        "indicator": indicator,
        "commitment": indicator.commitment,
        "foreign": [indicator.title_in(lang), indicator.unit_in(lang)],
    }


def told(says: Proposed, reading: IndicatorReading, sent: Revision | None = None) -> dict[str, Any]:
    """What a change says, beside what is in force: both versions, the status that follows, what stays open.

    The reason of one that was sent is in the language of its author, of one being typed in the page's.
    """
    indicator, here = reading.indicator, language_of(get_language())
    facts = facts_with(reading.facts, says, indicator)
    return {
        "says": says,
        "reason": written_in(says.reason, language_kept(sent, "reason") if sent else here, here),
        "subject_word": subject_word(says.subject),
        "changes": changes_of(says, reading),
        "outcome": outcome_of(says, reading, reading.result.on),
        "meter": meter_of(indicator, facts, indicator.commitment),
    }


def _live(form: RevisionForm) -> dict[str, Any]:
    """What the form says so far; before anything is typed, what is in force."""
    if form.is_bound:
        form.is_valid()
        return {"subject_word": subject_word(form.subject)} | told(form.proposed(), form.reading)
    indicator = form.reading.indicator
    meter = meter_of(indicator, form.reading.facts, indicator.commitment)
    return {"subject_word": subject_word(form.subject), "meter": meter}


@gate.workspace_page
@require_POST
def preview_revision(request: HttpRequest, code: str, subject: str) -> HttpResponse:
    """What would follow from what is typed so far: the status, and what is still open."""
    what = _subject(subject)
    reading = _reading(request, code)
    on = site_day(request.at)  # type: ignore[attr-defined]
    form = FORMS[what](request.POST, reading=reading, on=on)
    return render(request, "workspace/_revision_live.html", _live(form))


# -- one that was sent ---------------------------------------------------------------------------------------------


def revision_of(request: HttpRequest, pk: int, permission: str) -> Revision:
    """A revision through its permission, with the rows that its pages name."""
    rows = Revision.objects.select_related(
        "indicator__commitment__maker_country", "indicator__commitment__maker_organization",
        "indicator__commitment__maker_mechanism", "indicator__commitment__mechanism", "indicator__commitment__group",
        "source",
    )  # fmt: skip
    return gate.obtain(request.user, rows, permission, pk=pk)


@gate.workspace_page
def revision(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposed change as it was sent: where it stands; answer a question on it, or take it back."""
    found = revision_of(request, pk, "change")
    if request.method == "POST" and request.POST.get("step") == "withdraw":
        return _withdraw(request, found)
    on = site_day(request.at)  # type: ignore[attr-defined]
    reading = indicator_reading(found.indicator, on=on)
    says = Proposed.of(found)
    context = frame_of(reading) | {
        "revision": found,
        "subject": says.subject,
        "version": version_of(request) or found.version,
        "may_withdraw": revising.is_of_its_post(found, _by(request, found.indicator)),
    }
    if found.state != ReportState.RETURNED or not context["may_withdraw"]:
        if request.method == "POST" and found.state == ReportState.RETURNED:
            raise PermissionDenied("answer")
        if request.method == "POST":
            initial = initial_of(says.subject, reading, says)
            form = FORMS[says.subject](request.POST, reading=reading, on=on, initial=initial, returned=True)
            if not _is_sent_already(request, found, form):
                return _decided(request, found, form)
        return render(request, "workspace/revision.html", context | told(says, reading, found))
    initial = initial_of(says.subject, reading, says)
    form = FORMS[says.subject](request.POST or None, reading=reading, on=on, initial=initial, returned=True)
    context |= {"form": form}
    return _answered(request, form, context, lambda: _send_again(request, found, form))


def _send_again(request: HttpRequest, found: Revision, form: RevisionForm) -> HttpResponse:
    version, here = version_of(request), reverse("workspace:revision", args=[found.pk])
    try:
        revising.propose_revision_again(
            revision=found,
            proposed=form.proposed(),
            answer=form.cleaned_data["answer"],
            by=_by(request, found.indicator),
            at=request.at,  # type: ignore[attr-defined]
            version=version,
        )
        messages.success(request, _("Sent to the secretariat. Nothing changes before it is agreed."))
    except EditedMeanwhileError as problem:
        return conflict.page(request, problem, version_read=version or 0, back=here)
    except StepRefusedError:
        return _decided(request, found, form)
    return redirect(here)


def _decided(request: HttpRequest, found: Revision, form: RevisionForm) -> HttpResponse:
    words = _("This was decided on in the meantime. Nothing was changed.")
    return conflict.not_done(request, words, form=form, back=reverse("workspace:revision", args=[found.pk]))


def _is_sent_already(request: HttpRequest, found: Revision, form: RevisionForm) -> bool:
    """Whether this person has sent these very words and this answer: the second of two clicks."""
    if not (form.is_valid() and found.proposed_by_id == request.user.pk):
        return False
    now, sent = (says.stored(found.indicator) for says in (form.proposed(), Proposed.of(found)))
    return now == sent and form.cleaned_data["answer"] == revising.answer_to(found)


def _withdraw(request: HttpRequest, found: Revision) -> HttpResponse:
    try:
        revising.withdraw_revision(
            revision=found,
            by=_by(request, found.indicator),
            at=request.at,  # type: ignore[attr-defined]
            version=version_of(request),
        )
        messages.success(request, _("Taken back. What is in force stays as it is."))
    except revising.OthersProposalError:
        raise PermissionDenied("withdraw") from None
    except (StepRefusedError, EditedMeanwhileError):
        messages.error(request, _("This was decided on in the meantime. Nothing was changed."))
        return redirect("workspace:revision", pk=found.pk)
    if found.indicator.commitment is None:
        return redirect("workspace:tasks")
    return redirect("workspace:commitment-indicators", code=found.indicator.commitment.code)
