"""The secretariat's review: the queue, one figure beside its past, and the three decisions."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commitments.history import conflict
from commitments.history.actions import EditedMeanwhileError
from commitments.indicators import actions as figures
from commitments.indicators.actions import OwnWorkError, StepRefusedError
from commitments.indicators.drawing import chart_of
from commitments.indicators.models import Figure, Measurement
from commitments.indicators.wording import day_words, figure_of, sentence, status_word, unit_words
from commitments.reporting.forms import ReturnForm
from commitments.reporting.queries import UpdateTask, update_task
from commitments.reporting.queue import flags_of, review_queue
from commitments.roles import gate


@gate.workspace_page
def review(request: HttpRequest) -> HttpResponse:
    """What waits for the secretariat, oldest first."""
    gate.require(request.user, Measurement, "publish")
    queue = review_queue(on=request.on)  # type: ignore[attr-defined]
    return render(request, "reporting/review_queue.html", {"queue": queue})


def _version(request: HttpRequest) -> int:
    """The version that the decision was made on; a form without one was made on none."""
    text = request.POST.get("version", "")
    return int(text) if text.isdigit() and len(text) < 9 else 0


def _measurement(request: HttpRequest, pk: int, permission: str) -> Measurement:
    rows = Measurement.objects.visible_to(request.user).select_related(
        "series__indicator__commitment__maker_country", "series__indicator__commitment__mechanism", "source"
    )
    return gate.obtain(request.user, rows, permission, pk=pk)


@gate.workspace_page
def review_measurement(request: HttpRequest, pk: int) -> HttpResponse:
    """One figure: what was, what is sent, what it would show; then accept, publish or return."""
    measurement = _measurement(request, pk, "publish")
    form = ReturnForm(on=request.on)  # type: ignore[attr-defined]
    if request.method == "POST":
        decision = request.POST.get("decision", "")
        if decision == "return":
            form = ReturnForm(request.POST, on=request.on)  # type: ignore[attr-defined]
        if decision != "return" or form.is_valid():
            return _decide(request, measurement, decision, form)
    return render(request, "reporting/review.html", _review_context(request, measurement, form))


def _review_context(request: HttpRequest, measurement: Measurement, form: ReturnForm) -> dict[str, Any]:
    indicator = measurement.series.indicator
    task = update_task(indicator, on=request.on)  # type: ignore[attr-defined]
    figure = _figure(measurement)
    result = task.preview(figure) if figure else None
    commitment, lang = indicator.commitment, get_language() or "en"
    country = commitment.maker_country if commitment else None
    return {
        "measurement": measurement,
        "indicator_title": indicator.title_in(lang),
        "commitment_title": commitment.title_in(lang) if commitment else "",
        "maker": country.name_in(lang) if country else "",
        "rows": _rows(measurement, task),
        "earlier": [
            (row.day, figure_of(row, indicator), row.source) for row in task.reading.measurements if row != measurement
        ][:8],
        "flags": flags_of(measurement, task),
        "before": {
            "status": task.reading.result.status.value,
            "word": status_word(task.reading.result.status),
        },
        "after": _after(result, task) if result else None,
        "chart": chart_of(task.reading, on=task.on, id="review", small=True),
        "form": form,
        "is_own": not request.user.has_perm(Measurement.get_perm("accept"), measurement),
        "unit": unit_words(indicator),
    }


def _after(result: Any, task: UpdateTask) -> dict[str, str]:
    return {
        "status": result.status.value,
        "word": status_word(result.status),
        "sentence": sentence(result, task.reading.facts, task.indicator),
    }


def _figure(measurement: Measurement) -> Figure | None:
    if measurement.value is None or measurement.day is None:
        return None
    return Figure(measurement.value, measurement.day, measurement.source, period_start=measurement.period_start)


def _rows(measurement: Measurement, task: UpdateTask) -> list[dict[str, Any]]:
    """The fields side by side: what was last accepted, what is sent now."""
    before = measurement.replaces or task.last
    indicator = task.indicator
    was = before if before != measurement else None
    rows = [
        ("value", _("Value"), figure_of(was, indicator) if was else "", figure_of(measurement, indicator)),
        ("as_of", _("Date"), day_words(was.day) if was else "", day_words(measurement.day)),
        (
            "source",
            _("Source"),
            was.source.title if was and was.source else "",
            measurement.source.title if measurement.source else "",
        ),
        ("reason", _("Reason"), was.reason if was else "", measurement.reason),
    ]
    return [{"name": n, "label": label, "was": old, "now": new, "changed": old != new} for n, label, old, new in rows]


def _decide(request: HttpRequest, measurement: Measurement, decision: str, form: ReturnForm) -> HttpResponse:
    """Carry out one decision; what stands in its way is said on the same page."""
    step: dict[str, Any] = {
        "measurement": measurement,
        "by": gate.actor(request),
        "at": request.at,  # type: ignore[attr-defined]
        "version": _version(request),
    }
    try:
        said = _carry_out(request, measurement, decision, step, form)
    except EditedMeanwhileError as problem:
        back = reverse("workspace:review-measurement", args=[measurement.pk])
        return conflict.page(request, problem, version_read=step["version"], back=back)
    except StepRefusedError:
        messages.error(request, _("This was decided on in the meantime. Nothing was changed."))
        return redirect("workspace:review")
    except OwnWorkError:
        raise PermissionDenied("own work") from None
    messages.success(request, said)
    return redirect("workspace:review")


def _carry_out(
    request: HttpRequest, measurement: Measurement, decision: str, step: dict[str, Any], form: ReturnForm
) -> str:
    public_reason = request.POST.get("public_reason", "").strip()[:1000]
    if decision == "return":
        _permit(request, measurement, "return")
        data = form.cleaned_data
        figures.return_measurement(question=data["question"], field=data["field"], due_on=data["due_on"], **step)
        return _("Returned with a question. The focal point will get an e-mail.")
    if decision == "accept":
        _permit(request, measurement, "accept")
        figures.accept_measurement(**step)
        return _("Approved. It is not public yet.")
    if decision == "publish" and measurement.state == "accepted":
        figures.publish_measurement(public_reason=public_reason, **step)
        return _("Published.")
    if decision == "publish":
        _permit(request, measurement, "accept")
        figures.accept_and_publish_measurement(public_reason=public_reason, **step)
        return _("Approved and published.")
    raise PermissionDenied(decision)


def _permit(request: HttpRequest, measurement: Measurement, permission: str) -> None:
    if not request.user.has_perm(Measurement.get_perm(permission), measurement):
        raise PermissionDenied(permission)


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
                version=_version(request),
            )
            messages.success(request, _("Confirmed. Thank you."))
        except EditedMeanwhileError:
            messages.error(request, _("Somebody changed this in the meantime. Read it again before you publish it."))
            return redirect("workspace:confirm", pk=pk)
        except StepRefusedError:
            messages.error(request, _("This was decided on in the meantime. Nothing was changed."))
        return redirect("workspace:tasks")
    context = _review_context(request, measurement, ReturnForm(on=request.on))  # type: ignore[attr-defined]
    return render(request, "reporting/confirm.html", context)
