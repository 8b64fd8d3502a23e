"""The secretariat's review of one figure beside its past, and the decisions; the focal point's confirmation."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from commitments.history import conflict
from commitments.history.actions import EditedMeanwhileError
from commitments.history.enums import ReportState
from commitments.indicators import actions as figures
from commitments.indicators.actions import OwnWorkError, StepRefusedError
from commitments.indicators.models import Measurement
from commitments.mechanisms.queries import office_settings
from commitments.reporting.compared import compared
from commitments.reporting.flags import figure_text
from commitments.reporting.forms import PublishForm, ReturnForm
from commitments.reporting.queue import OPEN
from commitments.reporting.queued import around, taken_words
from commitments.reporting.views.typed import Typed, typed_in
from commitments.roles import gate

#: The states of what nobody has sent, or whoever sent it took back.
NOT_SENT = (ReportState.NOT_DUE, ReportState.DUE, ReportState.DRAFT)
#: The texts that somebody types here, and what they are called.
LABELS = {
    name: form.base_fields[name].label for form, name in ((ReturnForm, "question"), (PublishForm, "public_reason"))
}


def version_of(request: HttpRequest) -> int:
    """The version that the decision was made on; a form without one was made on none."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _measurement(request: HttpRequest, pk: int, permission: str) -> Measurement:
    rows = Measurement.objects.visible_to(request.user).select_related(
        "series__indicator__commitment__maker_country",
        "series__indicator__commitment__mechanism",
        "series__country",
        "source",
        "replaces__source",
        "reviewed_by",
    )
    return gate.obtain(request.user, rows.prefetch_related("evidence__file", "evidence__source"), permission, pk=pk)


@gate.workspace_page
def review_measurement(request: HttpRequest, pk: int) -> HttpResponse:
    """One figure: what was, what is sent, what it would show; then take up, accept, publish or return."""
    measurement = _measurement(request, pk, "publish")
    decision = request.POST.get("decision", "")
    days = office_settings(request.on).answer_days  # type: ignore[attr-defined]
    typed, status = typed_in(request, LABELS, ("field", "due_on")), 200
    if decision == "return" and typed.texts:
        asked = ReturnForm(request.POST, on=request.on, answer_days=days)  # type: ignore[attr-defined]
        typed = replace(typed, texts=conflict.typed_in(asked))

    def question_form(post: Any) -> ReturnForm:
        initial = dict(typed.fields)
        return ReturnForm(post, on=request.on, answer_days=days, initial=initial)  # type: ignore[attr-defined]

    def publish_form(post: Any) -> PublishForm:
        return PublishForm(post, text=figure_text(measurement, measurement.evidence.all()), initial=typed.fields)

    question = question_form(request.POST if decision == "return" else None)
    publish = publish_form(request.POST if decision == "publish" else None)
    if request.method == "POST":
        form = {"return": question, "publish": publish}.get(decision)
        if form is None or form.is_valid() or is_outdated(request, measurement):
            answer = _decide(request, measurement, decision, form, typed)
            if answer is not None:
                return answer
            measurement = _measurement(request, pk, "publish")
            may, status = may_decide(request, measurement), status_of(request, measurement, decision)
            if decision == "accept" and is_taken_already(request, measurement, decision):
                status = 200  # with the remark, which is for the publication
            question = question_form(request.POST if may and decision == "return" else None)
            publish = publish_form(not_looked(request) if may and decision == "publish" else None)
    context = _context(request, measurement, question, publish) | {"typed": typed}
    return render(request, "reporting/review.html", context, status=status)


def _context(
    request: HttpRequest, measurement: Measurement, question: ReturnForm, publish: PublishForm
) -> dict[str, Any]:
    on = request.on  # type: ignore[attr-defined]
    user, holder = request.user, measurement.taken_up_by
    return {
        "measurement": measurement,
        "compared": compared(measurement, on=on),
        "form": question,
        "publish": publish,
        "is_own": is_own(request, measurement),
        "taken": taken_words(measurement, on),
        "is_mine": holder is not None and holder == user.pk,
        "around": around("figure", measurement.pk),
    }


def _decide(
    request: HttpRequest, measurement: Measurement, decision: str, form: Any, typed: Typed
) -> HttpResponse | None:
    """Carry out one decision; None where the page comes again, with what was typed kept."""
    here = reverse("workspace:review-measurement", args=[measurement.pk])
    if is_barred(request, measurement) or not (form is None or form.is_valid()):
        return closed(request, measurement, typed, here)
    step: dict[str, Any] = {
        "measurement": measurement,
        "by": gate.actor(request),
        "at": request.at,  # type: ignore[attr-defined]
        "version": version_of(request),
    }
    if decision in {"accept", "publish", "return"} and is_taken(request, measurement):
        return None if typed.texts else redirect(here)
    try:
        said = _carry_out(request, measurement, decision, step, form)
    except EditedMeanwhileError as problem:
        is_said = decision != "return" or problem.current.question == form.cleaned_data["question"]
        if not (is_said and is_taken_already(request, problem.current, decision)):
            return read_again(request, problem.current, typed)
    except StepRefusedError:
        measurement.refresh_from_db()
        return decided_already(request, measurement, typed)
    except OwnWorkError:
        raise PermissionDenied("own work") from None
    else:
        messages.success(request, said)
    if decision == "take":
        return None if typed.texts else redirect(here)
    return None if decision == "accept" and typed.texts else redirect("workspace:review")


def is_taken_already(request: HttpRequest, thing: Any, decision: str) -> bool:
    """Whether this person has taken this very decision before: the second of two clicks."""
    state, by = {
        "take": (ReportState.IN_REVIEW, thing.reviewed_by_id),
        "accept": (ReportState.ACCEPTED, thing.accepted_by_id),
        "publish": (ReportState.PUBLISHED, thing.published_by_id),
        "return": (ReportState.RETURNED, last_hand(thing)),
    }[decision]
    return bool(thing.state == state and by == request.user.pk)


def last_hand(thing: Any) -> int | None:
    """Who changed a record last."""
    rows = type(thing).history.filter(id=thing.pk).order_by("-history_id").values_list("history_user_id", flat=True)
    found: int | None = rows.first()
    return found


def is_said_already(request: HttpRequest, thing: Any, state: ReportState, said: str = "", typed: str = "") -> bool:
    """Whether this person has decided so before, in these words: the second of two clicks, or a form sent anew."""
    same = thing.state == state and " ".join(said.split()) == " ".join(typed.split())
    return same and last_hand(thing) == request.user.pk


def is_confirmed_already(request: HttpRequest, thing: Any) -> bool:
    """Whether this person has confirmed what was written for the country: the second of two clicks."""
    return bool(thing.state == ReportState.ACCEPTED and thing.confirmed_by_id == request.user.pk)


def not_looked(request: HttpRequest) -> QueryDict:
    """What was typed, without the word that it was looked at: it reads otherwise now."""
    typed = request.POST.copy()
    typed.pop("looked", None)
    return typed


def is_own(request: HttpRequest, thing: Any) -> bool:
    """Whether the person sent the thing: somebody else decides on it."""
    return not request.user.has_perm(type(thing).get_perm("review"), thing)


def is_barred(request: HttpRequest, thing: Any) -> bool:
    """Whether the thing waits for somebody else to decide on it, since the person sent it."""
    return thing.state in OPEN and thing.state != ReportState.ACCEPTED and is_own(request, thing)


def may_decide(request: HttpRequest, thing: Any) -> bool:
    """Whether the thing still waits for a decision, not the person's own, and no colleague has taken it up."""
    return thing.state in OPEN and thing.taken_up_by in {None, request.user.pk} and not is_barred(request, thing)


def is_outdated(request: HttpRequest, thing: Any) -> bool:
    """Whether the page that was posted shows what can no longer be decided, or read otherwise than it does now."""
    return not may_decide(request, thing) or version_of(request) != thing.version


def status_of(request: HttpRequest, thing: Any, decision: str) -> int:
    """With which status the page comes again after a decision that it could not make, or after taking up."""
    if is_barred(request, thing):
        return 403
    return 200 if decision == "take" and thing.taken_up_by == request.user.pk else 409


def closed(request: HttpRequest, thing: Any, typed: Typed, here: str) -> HttpResponse | None:
    """Say why nothing was decided from an outdated page; None where the page comes again, with what was typed."""
    if is_barred(request, thing):
        if not typed.texts:
            raise PermissionDenied("own work")
        return None
    if thing.state in OPEN and is_taken(request, thing):
        return None if typed.texts else redirect(here)
    return read_again(request, thing, typed)


def read_again(request: HttpRequest, thing: Any, typed: Typed) -> HttpResponse | None:
    """Say that the thing moved on while it was read: None, to show it as it is now; the way out if it is decided on."""
    if thing.state in OPEN:
        messages.error(request, _("Somebody changed this in the meantime. Read it again, then decide."))
        return None
    return decided_already(request, thing, typed)


def decided_already(request: HttpRequest, thing: Any, typed: Typed) -> HttpResponse | None:
    """Say that somebody decided, or took it back: the way to the queue; None where words were typed that stay."""
    said = _("This was decided on in the meantime. Nothing was changed.")
    if thing.state in NOT_SENT:
        said = _("Whoever sent it took it back in the meantime; it comes again when it is sent. Nothing was changed.")
    messages.error(request, said)
    return None if typed.texts else redirect("workspace:review")


def is_taken(request: HttpRequest, thing: Any) -> bool:
    """Whether a colleague has taken the thing up: then nothing is decided, and the page says who."""
    if thing.taken_up_by in {None, request.user.pk}:
        return False
    words = taken_words(thing, request.on)  # type: ignore[attr-defined]
    messages.error(request, _("%(taken)s. Nothing was changed: take it over first.") % {"taken": words})
    return True


def permit(request: HttpRequest, thing: Any, permission: str) -> None:
    """The permission on the thing, or PermissionDenied."""
    if not request.user.has_perm(type(thing).get_perm(permission), thing):
        raise PermissionDenied(permission)


def _carry_out(request: HttpRequest, measurement: Measurement, decision: str, step: dict[str, Any], form: Any) -> str:
    if decision == "take":
        permit(request, measurement, "review")
        figures.take_up_measurement(**step)
        return _("You are reviewing this. Colleagues see that you are.")
    if decision == "return":
        permit(request, measurement, "return")
        data = form.cleaned_data
        figures.return_measurement(question=data["question"], field=data["field"], due_on=data["due_on"], **step)
        return _("Returned with a question. The focal point will get an e-mail.")
    if decision == "accept":
        permit(request, measurement, "accept")
        figures.accept_measurement(**step)
        return _("Approved. It is not public yet.")
    if decision == "publish" and measurement.state == "accepted":
        figures.publish_measurement(public_reason=form.cleaned_data["public_reason"], **step)
        return _("Published.")
    if decision == "publish":
        permit(request, measurement, "accept")
        figures.accept_and_publish_measurement(public_reason=form.cleaned_data["public_reason"], **step)
        return _("Approved and published.")
    raise PermissionDenied(decision)


@gate.workspace_page
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The focal point confirms a figure that the secretariat logged for the country."""
    measurement = _measurement(request, pk, "confirm")
    if request.method == "POST":
        country_id = measurement.country_id_for_rules
        try:
            figures.confirm_measurement(
                measurement=measurement,
                by=gate.actor(request, country_id=country_id),
                at=request.at,  # type: ignore[attr-defined]
                version=version_of(request),
            )
            messages.success(request, _("Confirmed. Thank you."))
        except EditedMeanwhileError as problem:
            if not is_confirmed_already(request, problem.current):
                messages.error(
                    request, _("Somebody changed this in the meantime. Read it again before you confirm it.")
                )
                return redirect("workspace:confirm", pk=pk)
        except StepRefusedError:
            messages.error(request, _("This was decided on in the meantime. Nothing was changed."))
        return redirect("workspace:tasks")
    context = {"measurement": measurement, "compared": compared(measurement, on=request.on)}  # type: ignore[attr-defined]
    return render(request, "reporting/confirm.html", context)
