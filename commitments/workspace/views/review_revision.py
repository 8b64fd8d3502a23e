"""The secretariat decides on a proposed change: both versions, what would follow, the step in the chart."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.formats.dates import site_day
from commitments.history.actions import EditedMeanwhileError
from commitments.history.enums import ReportState
from commitments.indicators import revising
from commitments.indicators.actions import OwnWorkError, StepRefusedError
from commitments.indicators.agreed import posts_of
from commitments.indicators.drawing import draw_proposed
from commitments.indicators.models import Revision
from commitments.indicators.proposed import Proposed, problem_of
from commitments.indicators.queries import IndicatorReading, indicator_reading
from commitments.indicators.revising import RevisionRefusedError
from commitments.reporting.forms import LookedForm
from commitments.reporting.views.review import is_said_already
from commitments.reporting.views.typed import typed_in
from commitments.roles import gate
from commitments.workspace.forms.question import QuestionForm
from commitments.workspace.views.records import version_of
from commitments.workspace.views.revisions import REFUSED, frame_of, revision_of, told

DECIDED = gettext_lazy("This was decided on in the meantime. Nothing was changed.")
#: Why a proposed change cannot come into force as it reads, by the code of the refusal.
PROBLEMS = REFUSED | {
    "unchanged": gettext_lazy("What is in force says the same by now."),
    "waypoints": gettext_lazy("An interim target no longer fits what is in force."),
    "ends_before_it_starts": gettext_lazy("The target date no longer lies after the date of the starting value."),
    "against_direction": gettext_lazy("The target is worse than the starting value by now."),
    "no_value": gettext_lazy("The figure is missing."),
    "no_date": gettext_lazy("The date of the starting value is missing."),
}


@gate.workspace_page
def review_revision(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to a change, or return it with a question; never one's own."""
    gate.require(request.user, Revision, "review")
    found = revision_of(request, pk, "review")
    asks = request.method == "POST" and request.POST.get("decision") != "approve"
    form, status = QuestionForm(request.POST, asks=asks, agrees=request.method == "POST" and not asks), 200
    look = LookedForm(None if asks else request.POST or None, text=Proposed.of(found).texts)
    on = site_day(request.at)  # type: ignore[attr-defined]
    reading, says = indicator_reading(found.indicator, on=on), Proposed.of(found)
    if request.method == "POST":
        if not request.user.has_perm(Revision.get_perm("return"), found):
            raise PermissionDenied("return")
        state, typed = (ReportState.RETURNED, request.POST.get("question", "")) if asks else (ReportState.PUBLISHED, "")
        if is_said_already(request, found, state, found.question if asks else "", typed):
            return redirect("workspace:review")
        late = _late(says, reading, found, asks=asks)
        if late or (form.is_valid() and (asks or look.is_valid())):
            late = late or _decide(request, found, form.cleaned_data["question"] if asks else "")
            if not late:
                return redirect("workspace:review")
            messages.error(request, late)
            found, status = revision_of(request, pk, "review"), 409
            reading, says = indicator_reading(found.indicator, on=on), Proposed.of(found)
            form, look = QuestionForm(request.POST), LookedForm(text=says.texts)
    context = (
        frame_of(reading)
        | told(says, reading, found)
        | {
            "revision": found,
            "chart": draw_proposed(says, reading, on=on, id="proposed"),
            "posts": posts_of([found])[found.pk],
            "answer": revising.answer_to(found),
            "is_own": found.proposed_by_id == request.user.pk,
            "is_open": ReportState(found.state).waits_for_review,
            "is_late": found.takes_effect_on < on and found.state != ReportState.PUBLISHED,
            "problem": _problem(says, reading, found),
            "form": form,
            "look": look,
            "typed": typed_in(request, {"question": _("Your question")}),
        }
    )
    return render(request, "workspace/review_revision.html", context, status=status)


def _problem(says: Proposed, reading: IndicatorReading, found: Revision) -> str:
    """What changed since it was proposed, so that it could not come into force as it reads."""
    if not ReportState(found.state).waits_for_review:
        return ""
    code = problem_of(says, reading.facts, reading.indicator, min(says.takes_effect_on, reading.result.on))
    return str(PROBLEMS[code]) if code else ""


def _late(says: Proposed, reading: IndicatorReading, found: Revision, *, asks: bool) -> str:
    """Why nothing can be decided on the page that was posted, if so: its form does not stand on the page any more."""
    if not ReportState(found.state).waits_for_review:
        return str(DECIDED)
    return "" if asks else _problem(says, reading, found)


def _decide(request: HttpRequest, found: Revision, question: str) -> str:
    """Carry it out; if it cannot be, why: the page says it and keeps what was typed."""
    step: dict[str, Any] = {"revision": found, "by": gate.actor(request), "version": version_of(request)}
    step["at"] = request.at  # type: ignore[attr-defined]
    try:
        if question:
            revising.return_revision(question=question, **step)
            messages.success(request, _("Returned with a question."))
        else:
            revising.approve_revision(**step)
            messages.success(request, _("Agreed. The public page shows the change and what held before."))
    except OwnWorkError:
        raise PermissionDenied("approve") from None
    except RevisionRefusedError as problem:
        return str(PROBLEMS[problem.code])
    except (StepRefusedError, EditedMeanwhileError):
        return str(DECIDED)
    return ""
