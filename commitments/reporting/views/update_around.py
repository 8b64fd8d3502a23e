"""What stands around the update form, and the page that stands in its place where nothing is asked any more."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from commitments.formats.language import translated
from commitments.indicators.wording import day_words, figure_of, unit_words
from commitments.register.wording import life_sentence
from commitments.reporting import actions
from commitments.reporting.duties import due_tag
from commitments.reporting.updating import UpdateTask

#: The field of the form that says: a figure for the time before the commitment was closed.
BEFORE = "before"


def frame_of(task: UpdateTask) -> dict[str, Any]:
    """The names around the form, in the person's language or labelled as another."""
    lang = get_language() or "en"
    commitment = task.indicator.commitment
    country = commitment.answering_country if commitment else None
    last = task.last
    is_due = task.entry is not None and task.entry.is_open and not task.entry.report.is_excused
    return {
        "title": task.indicator.title_in(lang).text,
        "indicator_title": task.indicator.title_in(lang),
        "commitment_title": commitment.title_in(lang) if commitment else "",
        "maker": country.name_in(lang) if country else "",
        "line_words": task.line_words,
        "form_url": task.page,
        "definition": translated(task.indicator, "definition", lang),
        "unit": unit_words(task.indicator),
        "last_figure": figure_of(last, task.indicator) if last else "",
        "last_date": day_words(last.day) if last else "",
        "due": due_tag(task.entry.due_on, task.on) if is_due and task.entry else None,
    }


def ended_page(
    request: HttpRequest, task: UpdateTask, *, form: str, typed: Sequence[tuple[str, str]] = ()
) -> HttpResponse | None:
    """The answer that the commitment is closed, in place of its form; None where there is something to write.

    What was sent and not decided on can still be put right, and a figure for the time before the end can be given.
    `typed` are the texts that came with the form, to copy; then the status is 409.
    """
    if task.is_asked or task.open_measurement is not None:
        return None
    draft = actions.draft_of(user_id=request.user.pk or 0, form=form, key=task.key)
    said = {*request.GET, *request.POST, *(draft.fields if draft else ())}
    if _may_tell_of_before(task) and BEFORE in said:
        return None
    context = {
        "task": task,
        "sentence": life_sentence(task.indicator.commitment) if task.indicator.commitment else "",
        "before": _before(task) if _may_tell_of_before(task) else "",
        "typed": typed,
        **frame_of(task),
    }
    return render(request, "reporting/update_ended.html", context, status=409 if typed else 200)


def _before(task: UpdateTask) -> str:
    """Where a figure for the time before the end is given."""
    return f"{task.page}{'&' if '?' in task.page else '?'}{BEFORE}=1"


def _may_tell_of_before(task: UpdateTask) -> bool:
    """Whether what is asked for, or was, reaches back to a day before the commitment was closed."""
    day = task.indicator.commitment.life_cycle_date if task.indicator.commitment else None
    return day is None or task.entry is None or task.entry.report.cycle.period_start <= day.last_day
