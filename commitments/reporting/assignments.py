"""Reports that wait for a person: to write, to answer about, to confirm."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from commitments.formats.dates import short_date
from commitments.formats.language import Text
from commitments.formats.numbers import format_number
from commitments.history.enums import ReportState
from commitments.reporting.actions.sections import REPORT_FORM
from commitments.reporting.duties import Task, due_tag
from commitments.reporting.models import Draft, ProgressReport
from commitments.reporting.waiting import reports_on_behalf, reports_owed
from commitments.roles.standing import Standing


def reports_to_write(user: Any, standing: Standing, on: date) -> list[Task]:
    """Reports of the own countries and groups, and the secretariat's own: not sent yet, or back with questions."""
    rows = reports_owed(standing, on).select_related("country", "group", "cycle").prefetch_related("questions")
    saved: dict[str, date] = {}
    for draft in Draft.objects.filter(user_id=user.pk, form=REPORT_FORM).order_by("saved_at"):
        saved[draft.key.partition(":")[0]] = timezone.localdate(draft.saved_at)
    return [_task(row, saved.get(str(row.pk)), on, standing) for row in rows.order_by("due_on", "id")]


def _task(report: ProgressReport, saved_on: date | None, on: date, standing: Standing) -> Task:
    returned = report.state == ReportState.RETURNED
    tag = due_tag(report.due_on, on)
    minutes = 30 if report.group_id else 20
    facts = [short_date(report.due_on, language())] if tag.kind != "calm" and not returned else []
    if returned and report.question_due_on:
        facts = [_("Reply by %(date)s") % {"date": short_date(report.question_due_on, language())}]
    if saved_on is not None:
        facts.append(_("Draft saved %(date)s") % {"date": short_date(saved_on, language())})
    waiting = [question for question in report.questions.all() if question.is_open]
    objected = any(question.is_objection for question in waiting)
    begun = saved_on is not None or report.state == ReportState.DRAFT
    return Task(
        sentence=_sentence(
            returned=returned, objected=objected, own=report.country_id in standing.countries, count=len(waiting)
        ),
        subject=report_subject(report),
        why=report.cycle.name_in(language()) if report.group_id else None,
        question="\n".join(question.text for question in waiting),
        url=report_page(report),
        action=_action(returned=returned and not objected, begun=begun),
        due_on=report.question_due_on if returned else report.due_on,
        kind="returned" if returned else tag.kind,
        due=_returned(objected=objected) if returned else tag.text,
        facts=(*facts, _("About 30 minutes") if report.group_id else _("About 20 minutes")),
        minutes=minutes,
    )


def _sentence(*, returned: bool, objected: bool, own: bool, count: int) -> str:
    if objected and not own:
        return _("Put the report right: %(indicator)s")
    return _to_answer(count) if returned and not objected else _("Write the report: %(indicator)s")


def _returned(*, objected: bool) -> str:
    return _("Not confirmed") if objected else _("Returned to you")


def _to_answer(count: int) -> str:
    """What to do with a returned report: one question or several, still with the place for its name."""
    pattern = ngettext("Answer %(count)s question: %(indicator)s", "Answer %(count)s questions: %(indicator)s", count)
    kept = {"count": format_number(count, language()), "indicator": "%(indicator)s"}
    return pattern % kept if count > 1 else _("Answer a question: %(indicator)s")


def _action(*, returned: bool, begun: bool) -> str:
    if returned:
        return pgettext("task", "Answer")
    return pgettext("task", "Continue") if begun else pgettext("task", "Write")


def report_subject(report: ProgressReport) -> Text:
    """The name of a report: a group's by the group; a country's report by its cycle and, in brackets, the country."""
    if report.group is not None:
        return report.group.name_in(language())
    cycle = report.cycle.name_in(language())
    whose = report.country.name_in(language()).text if report.country else pgettext("whose report", "Secretariat")
    return Text(f"{cycle} ({whose})", cycle.language, cycle.foreign)


def report_page(report: ProgressReport) -> str:
    """The page on which its author writes a report, and reads it once it is sent."""
    view = "workspace:group-report" if report.group_id else "workspace:country-report"
    return reverse(view, args=[report.pk])


def reports_to_confirm(standing: Standing) -> list[Task]:
    """Reports that the secretariat wrote for the own countries."""
    rows = reports_on_behalf(standing).select_related("country", "cycle").order_by("sent_at", "id")
    return [
        Task(
            sentence=_("Confirm: %(indicator)s"),
            subject=report_subject(row),
            why=Text(_("The secretariat wrote a report for your country."), language(), foreign=False),
            url=reverse("workspace:confirm-report", args=[row.pk]),
            action=pgettext("task", "Check and confirm"),
            facts=(_("About 5 minutes"),),
            minutes=5,
        )
        for row in rows
    ]


def language() -> str:
    """The language of the page."""
    return get_language() or "en"
