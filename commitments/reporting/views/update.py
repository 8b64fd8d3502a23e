"""Updating an indicator: the form, its autosave and live line, the check page, the receipt."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from commitments.charts.plot import NARROW
from commitments.formats.dates import last_day_at
from commitments.formats.numbers import bare_number
from commitments.history import conflict
from commitments.history.actions import EditedMeanwhileError
from commitments.indicators.actions import StepRefusedError
from commitments.indicators.drawing import chart_of
from commitments.indicators.models import BehalfBasis, Evidence, Measurement
from commitments.indicators.wording import (
    figure_of,
    sentence,
    status_word,
)
from commitments.mechanisms.queries import office_settings
from commitments.reporting import actions
from commitments.reporting.documents import evidence_of_figure
from commitments.reporting.flags import figure_text, personal_flags
from commitments.reporting.forms import UpdateForm
from commitments.reporting.models import Draft
from commitments.reporting.tasklist import due_tasks
from commitments.reporting.updating import UpdateTask
from commitments.reporting.views import attaching, saving, sharing
from commitments.reporting.views.update_around import BEFORE, ended_page, frame_of
from commitments.reporting.views.update_line import of_line
from commitments.roles import gate
from commitments.roles.actor import Actor
from commitments.roles.standing import standing_of
from commitments.sources.models import StoredFile

FORM = "update"
#: What a draft keeps of a form, and how much of each answer.
KEPT = {*UpdateForm.base_fields, "value", "reading", "version", "unchanged", "later", BEFORE} - {"document"}
LONGEST = 5_000


def _typed(request: HttpRequest) -> dict[str, Any]:
    """What was typed, as typed; "Nothing changed" without script fills the figure in.

    Only the form's own fields, each of a bounded length and without the NUL that a database refuses.
    """
    told = {name: value for name, value in request.POST.items() if name in KEPT}
    fields: dict[str, Any] = {name: str(value).replace("\x00", "")[:LONGEST] for name, value in told.items()}
    if unchanged := fields.pop("unchanged", ""):
        fields["value"] = unchanged
        fields.pop("reading", None)
    return fields


def _draft(request: HttpRequest, task: UpdateTask) -> dict[str, Any]:
    draft = _kept(request, task)
    if draft is not None:
        return dict(draft.fields)
    shared = sharing.draft_of_another(request, task, FORM)
    if shared is not None:
        return dict(shared.fields)
    pending = task.open_measurement
    if pending is None or pending.value is None:
        return {}
    given = pending.as_of == task.proposed_day
    return {
        "value": bare_number(pending.value, get_language() or "en"),
        "date_choice": "given" if given else "other",
        "other_date": "" if given or pending.as_of is None else pending.as_of.isoformat(),
        "period_start": pending.period_start.isoformat() if pending.period_start else "",
        "source_choice": "same",
        "reason": pending.reason,
        "version": str(pending.version),
        "behalf_basis": pending.behalf_basis,
        "behalf_on": pending.behalf_on.isoformat() if pending.behalf_on else "",
        "behalf_words": pending.behalf_words,
    }


def _keep(request: HttpRequest, task: UpdateTask, fields: dict[str, Any]) -> None:
    version = task.open_measurement.version if task.open_measurement else 0
    read = str(fields.get("version") or version)
    actions.keep_draft(
        user_id=request.user.pk or 0,
        form=FORM,
        key=task.key,
        fields=fields,
        version_read=int(read) if read.isdecimal() and len(read) < 9 else 0,
        at=request.at,  # type: ignore[attr-defined]
        turn=request.POST.get("turn", ""),
    )


@of_line
def update_indicator(request: HttpRequest, task: UpdateTask) -> HttpResponse:
    """Ask for the figure; a valid answer goes on to the check page, an invalid one comes back as typed."""
    if (late := _cannot_write(request, task)) is not None:
        return late
    if request.method != "POST":
        draft = _draft(request, task)
        return _form_page(request, task, _form(request, task, draft or None), draft)
    fields = _typed(request)
    form = _form(request, task, fields, request.FILES)
    form.is_valid()
    fields |= attaching.keep_chosen(request, form, _kept(request, task), by=_author(request, task))
    _keep(request, task, fields)
    refused = "document" in form.errors
    if "later" in fields and not refused:
        return redirect("workspace:tasks")
    if "unchanged" not in request.POST and form.is_valid():
        return redirect(task.page_of("check-update"))
    return _form_page(request, task, form, fields, show_errors="unchanged" not in request.POST or refused)


def _cannot_write(request: HttpRequest, task: UpdateTask) -> HttpResponse | None:
    """Nothing is asked for any more, or the country itself gave a figure: said, with what was typed; else None."""
    form = _form(request, task, _typed(request) if request.method == "POST" else None)
    typed = conflict.typed_in(form) if request.method == "POST" else []
    if (ended := ended_page(request, task, form=FORM, typed=typed)) is not None:
        return ended
    if not _is_the_countrys(request, task):
        return None
    there = reverse("workspace:review-measurement", args=[task.open_measurement.pk])  # type: ignore[union-attr]
    words = _("The country gave a figure itself in the meantime, which waits for review. Nothing was changed.")
    return conflict.not_done(request, words, form=form, back=there) if typed else redirect(there)


def _form(request: HttpRequest, task: UpdateTask, *typed: Any) -> UpdateForm:
    return UpdateForm(*typed, task=task, on_behalf=_on_behalf(request, task))


def _kept(request: HttpRequest, task: UpdateTask) -> Draft | None:
    return actions.draft_of(user_id=request.user.pk or 0, form=FORM, key=task.key)


def _author(request: HttpRequest, task: UpdateTask) -> Actor:
    return gate.actor(request, country_id=task.country_id)


def _form_page(
    request: HttpRequest, task: UpdateTask, form: UpdateForm, draft: dict[str, Any], *, show_errors: bool = False
) -> HttpResponse:
    if form.is_bound:
        form.is_valid()
    context = {
        "task": task,
        "form": form,
        "show_errors": show_errors,
        "draft": draft,
        "version": draft.get("version") or (task.open_measurement.version if task.open_measurement else 0),
        "chart": chart_of(task.drawn, on=task.on, id="so-far", size=NARROW),
        "earlier": [(row.day, figure_of(row, task.indicator)) for row in task.measurements[:3]],
        "on_behalf": _on_behalf(request, task),
        "document": attaching.kept_file(request, draft),
        "documents": evidence_of_figure(task.open_measurement) if task.open_measurement else [],
        "draft_of": sharing.draft_of_another(request, task, FORM),
        "review_days": office_settings(task.on).review_days,
        "autosave_url": task.page_of("autosave-update"),
        "preview_url": task.page_of("preview-update"),
        "reason_needed": bool(form.figure and form.result and task.needs_reason(form.figure, form.result)),
        **frame_of(task),
        **_live_line(form),
    }
    return render(request, "reporting/update.html", context)


def _live_line(form: UpdateForm) -> dict[str, Any]:
    result, figure = form.result, form.figure
    if result is None or figure is None:
        return {"live": None}
    task = form.task
    return {
        "live": {
            "status": result.status.value,
            "key": result.status.value.replace("_", ""),
            "word": status_word(result.status),
            "sentence": sentence(result, task.facts_with(figure), task.indicator),
            "is_of_all": task.judged is None and task.series.country_id is not None,
            "later": task.later_than(figure.as_of),
        }
    }


@of_line
@require_POST
def autosave_update(request: HttpRequest, task: UpdateTask) -> HttpResponse:
    """Keep what is typed as a private draft and say when it was kept."""
    _keep(request, task, _typed(request) | attaching.carried(_kept(request, task)))
    return saving.saved(request)


@of_line
@require_POST
def preview_update(request: HttpRequest, task: UpdateTask) -> HttpResponse:
    """The line under the figure: which status it will show and why."""
    form = _form(request, task, _typed(request))
    form.is_valid()
    return render(request, "reporting/_live_line.html", _live_line(form))


@of_line
def check_update(request: HttpRequest, task: UpdateTask) -> HttpResponse:
    """Show what will be sent, and send it."""
    if (ended := ended_page(request, task, form=FORM)) is not None:
        return ended
    if _is_the_countrys(request, task):
        return redirect(task.page)
    draft = _kept(request, task)
    if draft is None:
        return redirect(task.page_of("update-receipt")) if request.method == "POST" else redirect(task.page)
    form = _form(request, task, draft.fields)
    if not form.is_valid():
        return _form_page(request, task, form, dict(draft.fields), show_errors=True)
    document = attaching.kept_file(request, draft.fields)
    if request.method == "POST" and saving.is_what_was_read(request, draft):
        return _send(request, task, form, draft.version_read, document)
    assert form.figure is not None  # noqa: S101  # the form is valid
    context = {"task": task, "form": form, "figure": form.figure, "on_behalf": _on_behalf(request, task)}
    context["draft"] = draft
    context |= {"document": document, "basis": str(dict(BehalfBasis.choices).get(form.figure.behalf_basis, ""))}
    shown = [Evidence(file=document)] if document else []
    sent = Measurement(series=task.series, **form.figure.columns())
    context |= {"personal": personal_flags(figure_text(sent, shown)), "shown_figure": figure_of(sent, task.indicator)}
    return render(request, "reporting/check.html", {**context, **frame_of(task), **_live_line(form)})


def _send(
    request: HttpRequest, task: UpdateTask, form: UpdateForm, version: int, document: StoredFile | None
) -> HttpResponse:
    figure, pending = form.figure, task.changed_by(form.figure)
    assert figure is not None  # noqa: S101  # the form is valid
    step: dict[str, Any] = {
        "figure": figure,
        "document": document,
        "on_behalf": _on_behalf(request, task),
        "by": _author(request, task),
        "at": request.at,  # type: ignore[attr-defined]
    }
    try:
        if pending is not None:
            answer = form.cleaned_data.get("answer", "")
            actions.answer_question(measurement=pending, answer=answer, version=version, **step)
        else:
            unchanged = task.last is not None and task.last.value == figure.value
            actions.send_figure(series=task.series, unchanged=unchanged, **step)
    except EditedMeanwhileError as problem:
        typed = EditedMeanwhileError(problem.current, figure.columns())
        fields = {name: str(value) for name, value in form.data.items()}
        return conflict.page(request, typed, version_read=version, back=task.page, action=task.page, fields=fields)
    except StepRefusedError:  # taken up meanwhile: the form says so, with everything typed
        return redirect(task.page)
    except actions.AlreadySentError:
        pass
    return redirect(task.page_of("update-receipt"))


@of_line
@require_GET
def update_receipt(request: HttpRequest, task: UpdateTask) -> HttpResponse:
    """What was received, under which reference, and what happens next."""
    mine = Measurement.objects.filter(series=task.series, entered_by_id=request.user.pk, entered_at__isnull=False)
    newest = mine.order_by("-entered_at", "-pk").first()
    if newest is None:
        return redirect(task.page)
    tasks = due_tasks(request.user, on=task.on, late_on=last_day_at(request.at))  # type: ignore[attr-defined]
    context = {
        "task": task,
        "measurement": newest,
        "shown_figure": figure_of(newest, task.indicator),
        "next_task": next(iter(tasks), None),
        "review_days": office_settings(task.on).review_days,
        **frame_of(task),
    }
    return render(request, "reporting/receipt.html", context)


def _on_behalf(request: HttpRequest, task: UpdateTask) -> bool:
    """The secretariat writes for a country, rather than the country itself."""
    return not task.is_of(standing_of(request.user).countries)


def _is_the_countrys(request: HttpRequest, task: UpdateTask) -> bool:
    """A figure of the country itself waits: the secretariat reviews it and does not write over it."""
    pending = task.open_measurement
    return pending is not None and not pending.is_on_behalf and _on_behalf(request, task)
