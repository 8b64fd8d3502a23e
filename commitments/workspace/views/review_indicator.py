"""The secretariat decides on a proposed indicator."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments.formats.dates import site_day
from commitments.history.actions import EditedMeanwhileError
from commitments.history.enums import ReportState
from commitments.indicators import proposals
from commitments.indicators.actions import OwnWorkError, StepRefusedError
from commitments.indicators.meter import meter_of
from commitments.indicators.models import Indicator
from commitments.indicators.queries import indicator_reading
from commitments.indicators.terms import column_label, column_words
from commitments.reporting.forms import LookedForm
from commitments.reporting.views.review import is_said_already
from commitments.reporting.views.typed import typed_in
from commitments.roles import gate
from commitments.workspace.forms.question import QuestionForm
from commitments.workspace.views.records import version_of

#: What a proposal says besides its words and figures.
TERMS = ("counting", "direction", "cadence", "horizon")
DECIDED = gettext_lazy("This was decided on in the meantime. Nothing was changed.")


@gate.workspace_page
def review_indicator(request: HttpRequest, code: str) -> HttpResponse:
    """The secretariat publishes a proposed indicator, or returns it with a question."""
    rows = Indicator.objects.visible_to(request.user).select_related("commitment__maker_country", "proposed_by")
    indicator = gate.obtain(request.user, rows, "publish", code=code)
    asks = request.method == "POST" and request.POST.get("decision") != "publish"
    form, status = QuestionForm(request.POST, asks=asks, agrees=request.method == "POST" and not asks), 200
    text = "\n".join(proposals.texts_of(indicator, "title", "unit", "definition"))
    look = LookedForm(None if asks else request.POST or None, text=text)
    state, typed = (ReportState.RETURNED, request.POST.get("question", "")) if asks else (ReportState.PUBLISHED, "")
    said = indicator.question if asks else ""
    if request.method == "POST" and is_said_already(request, indicator, state, said, typed):
        return redirect("workspace:review")
    is_late = indicator.state != ReportState.SENT
    if request.method == "POST" and (is_late or (form.is_valid() and (asks or look.is_valid()))):
        if not is_late and _decide(request, indicator, form.cleaned_data["question"] if asks else ""):
            return redirect("workspace:review")
        if is_late:
            messages.error(request, DECIDED)
        indicator, status = gate.obtain(request.user, rows, "publish", code=code), 409
        form, look = QuestionForm(request.POST), LookedForm(text=text)
    series = indicator.series.prefetch_related("baselines", "targets").first()
    facts = indicator_reading(indicator, on=site_day(request.at)).facts  # type: ignore[attr-defined]
    context = {
        "indicator": indicator,
        "series": series,
        "terms": [(column_label(name), column_words(name, getattr(indicator, name))) for name in TERMS],
        "meter": meter_of(indicator, facts, indicator.commitment),
        "form": form,
        "look": look,
    }
    context["typed"] = typed_in(request, {"question": _("Your question")})
    return render(request, "workspace/review_indicator.html", context, status=status)


def _decide(request: HttpRequest, indicator: Indicator, question: str) -> bool:
    """Whether it was done; if not, the page says why and keeps what was typed."""
    step = {"indicator": indicator, "by": gate.actor(request), "at": request.at, "version": version_of(request)}  # type: ignore[attr-defined]
    try:
        if question:
            proposals.return_indicator(question=question, **step)
            messages.success(request, _("Returned with a question."))
        else:
            proposals.publish_indicator(**step)
            messages.success(request, _("Published."))
    except OwnWorkError:
        messages.error(request, _("You proposed this yourself: somebody else decides on it."))
        return not question
    except (StepRefusedError, EditedMeanwhileError):
        messages.error(request, DECIDED)
        return False
    return True
