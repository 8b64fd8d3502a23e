"""The secretariat reads a report of a country, a group or its own; takes it up, accepts, publishes or returns it."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from commitments.formats.dates import site_day
from commitments.history import conflict
from commitments.history.actions import EditedMeanwhileError
from commitments.indicators.actions import OwnWorkError, StepRefusedError
from commitments.mechanisms.queries import office_settings
from commitments.reporting import actions
from commitments.reporting.enums import Waiting
from commitments.reporting.figures import group_figures
from commitments.reporting.forms import ReportReviewForm
from commitments.reporting.models import ProgressReport
from commitments.reporting.queued import ADDRESSES, around, taken_words
from commitments.reporting.reviewed import Reviewed, before, reviewed
from commitments.reporting.translating import summaries
from commitments.reporting.views.review import (
    closed,
    decided_already,
    is_barred,
    is_outdated,
    is_own,
    is_taken,
    is_taken_already,
    may_decide,
    not_looked,
    permit,
    read_again,
    status_of,
    version_of,
)
from commitments.reporting.views.typed import Typed, typed_in
from commitments.roles import gate

DECISIONS = frozenset({"take", "accept", "publish", "return"})


def kind_of(report: ProgressReport) -> Waiting:
    """Under which kind a report stands in the queue."""
    if report.is_of_secretariat:
        return Waiting.SECRETARIAT
    return Waiting.GROUP if report.group_id else Waiting.COUNTRY


@gate.workspace_page
def review_report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: what it says place by place; then take up, accept, publish, or return with questions."""
    rows = ProgressReport.objects.visible_to(request.user)
    rows = rows.select_related("country", "group", "cycle", "sent_by", "reviewed_by")
    report = gate.obtain(request.user, rows, "publish", pk=pk)
    decision = request.POST.get("decision", "")
    if request.method == "POST" and decision not in DECISIONS:
        raise PermissionDenied(decision)
    read, status = reviewed(report), 200
    typed = typed_in(request, {place.name: place.label for place in read.places}, ("due_on",))
    if decision == "return" and typed.texts:
        asked = _form(request.POST, read, decision, request.on, Typed({}, []))  # type: ignore[attr-defined]
        typed = replace(typed, texts=conflict.typed_in(asked))
    form = _form(request.POST, read, decision, request.on, typed)  # type: ignore[attr-defined]
    if request.method == "POST" and (decision == "take" or form.is_valid() or is_outdated(request, report)):
        answer = _decide(request, read, decision, form, typed)
        if answer is not None:
            return answer
        report = gate.obtain(request.user, rows, "publish", pk=pk)
        status = status_of(request, report, decision)
        read, shown = reviewed(report), decision if may_decide(request, report) else ""
        form = _form(not_looked(request), read, shown, request.on, typed)  # type: ignore[attr-defined]
    context = _context(request, read, form) | {"typed": typed}
    return render(request, "reporting/review_report.html", context, status=status)


def _form(post: QueryDict, read: Reviewed, decision: str, on: date, typed: Typed) -> ReportReviewForm:
    return ReportReviewForm(
        post if decision in DECISIONS - {"take"} else None,
        initial=dict(typed.fields),
        text=read.text,
        places=[(place.name, place.label) for place in read.places],
        on=on,
        decision=decision,
        answer_days=office_settings(on).answer_days,
    )


def _context(request: HttpRequest, read: Reviewed, form: ReportReviewForm) -> dict[str, Any]:
    report, user, on = read.report, request.user, request.on  # type: ignore[attr-defined]
    lang = get_language() or "en"
    body = report.country or report.group
    holder = report.taken_up_by
    return {
        "report": report,
        "read": read,
        "form": form,
        "blocks": [(place, form[place.name]) for place in read.places],
        "body_name": body.name_in(lang) if body else None,
        "cycle_name": report.cycle.name_in(lang),
        "figures": group_figures(report.group, on=site_day(request.at)) if report.group else [],  # type: ignore[attr-defined]
        "earlier": before(report),
        "summaries": summaries(report, office_settings(on).languages) if report.is_public and report.summary else [],
        "is_own": is_own(request, report),
        "taken": taken_words(report, on),
        "is_mine": holder is not None and holder == user.pk,
        "around": around(kind_of(report).value, report.pk),
    }


def _decide(
    request: HttpRequest, read: Reviewed, decision: str, form: ReportReviewForm, typed: Typed
) -> HttpResponse | None:
    """Carry out one decision; None where the page comes again, with what was typed kept."""
    report = read.report
    here = reverse(ADDRESSES[kind_of(report).value], args=[report.pk])
    if is_barred(request, report) or not (decision == "take" or form.is_valid()):
        return closed(request, report, typed, here)
    step: dict[str, Any] = {
        "report": report,
        "by": gate.actor(request),
        "at": request.at,  # type: ignore[attr-defined]
        "version": version_of(request),
    }
    if decision != "take" and is_taken(request, report):
        return None if typed.texts else redirect(here)
    try:
        messages.success(request, _carry_out(request, read, decision, step, form))
    except EditedMeanwhileError as problem:
        known = set(report.questions.values_list("text", flat=True))
        is_said = decision != "return" or {*form.asked.values()} <= known
        if not (is_said and is_taken_already(request, problem.current, decision)):
            return read_again(request, problem.current, typed)
    except StepRefusedError:
        report.refresh_from_db()
        return decided_already(request, report, typed)
    except OwnWorkError:
        raise PermissionDenied("own work") from None
    if decision == "take":
        return None if typed.texts else redirect(here)
    return redirect("workspace:review")


def _carry_out(
    request: HttpRequest, read: Reviewed, decision: str, step: dict[str, Any], form: ReportReviewForm
) -> str:
    report = read.report
    if decision == "take":
        permit(request, report, "review")
        actions.take_up_report(**step)
        return _("You are reviewing this. Colleagues see that you are.")
    if decision == "return":
        permit(request, report, "return")
        asked = form.asked
        questions = [
            actions.Asked(asked[place.name], place.section, place.part) for place in read.places if place.name in asked
        ]
        actions.return_report(questions=questions, due_on=form.cleaned_data["due_on"], **step)
        count = len(questions)
        words = ngettext("Returned with %(count)s question.", "Returned with %(count)s questions.", count)
        return words % {"count": count}
    if decision == "publish" and report.state == "accepted":
        actions.publish_report(**step)
        return _("Published.")
    permit(request, report, "accept")
    if decision == "accept":
        actions.accept_report(**step)
        return _("Approved. It is not public yet.")
    actions.accept_and_publish_report(**step)
    return _("Approved and published.")
