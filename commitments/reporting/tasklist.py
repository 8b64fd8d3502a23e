"""What waits for a person: figures and reports due, questions to answer, values to confirm, things to review."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from commitments.appointments.queries import without_deputy
from commitments.formats.dates import short_date
from commitments.formats.language import Text
from commitments.indicators.models import Indicator
from commitments.indicators.proposals import returned_proposals
from commitments.indicators.revising import returned_revisions
from commitments.mechanisms.queries import office_settings
from commitments.reporting.actions.drafts import DEPUTY_REQUEST
from commitments.reporting.assignments import reports_to_confirm, reports_to_write
from commitments.reporting.chased import late_by_cycle
from commitments.reporting.chores import chores
from commitments.reporting.duties import SOON, Task, TaskList, due_tag
from commitments.reporting.lines import figure_page, title_of, told_apart
from commitments.reporting.models import Draft, ReportEntry
from commitments.reporting.underway import underway
from commitments.reporting.waiting import figures_due, figures_returned, figures_to_confirm, to_review
from commitments.roles.enums import Role
from commitments.roles.standing import Standing, standing_of

#: What somebody who asks for a deputy tells of them.
ASKED = ("name", "email", "valid_from", "valid_until", "note")


def task_list(user: Any, *, on: date, late_on: date) -> TaskList:
    """Everything that waits for a person, in groups. Constant number of queries."""
    tasks = TaskList()
    standing = standing_of(user)
    for task in sorted(due_tasks(user, on=on, late_on=late_on), key=lambda task: task.sort_key):
        if task.kind in {"late", "returned"}:
            tasks.first.append(task)
        elif task.due_on is None or task.due_on <= on + timedelta(days=SOON):
            tasks.soon.append(task)
        else:
            tasks.later.append(task)
    tasks.waiting, tasks.done = underway(standing, on=on)
    if standing.is_staff:
        tasks.reminded = [row for row in late_by_cycle(on, late_on) if row.is_waiting]
    return tasks


def due_tasks(user: Any, *, on: date, late_on: date) -> list[Task]:
    """What a person has to do, of all their posts, on their day.

    `late_on` is the due day that ends next in public: what was due before it is late for the office.
    """
    standing = standing_of(user)
    tasks: list[Task] = []
    if standing.countries:
        tasks += _to_confirm(standing) + reports_to_confirm(standing)
    if standing.countries or standing.is_staff:
        tasks += _returned(standing) + _entries(user, standing, on)
    if standing.countries or standing.groups:
        answerable = returned_proposals(standing).select_related("commitment").order_by("code")
        tasks += [_question_task(row, row.question, None, "propose-again") for row in answerable]
    if standing.countries or standing.groups or standing.is_staff:
        tasks += [_question_task(r.indicator, r.question, None, "revision", r.pk) for r in returned_revisions(standing)]
        tasks += reports_to_write(user, standing, on)
    if standing.is_staff:
        tasks += _reviews(user, on) + chores(on, late_on)
    if standing.holds(Role.ADMINISTRATOR):
        tasks += _deputies_asked_for(on)
    return tasks


def _deputies_asked_for(on: date) -> list[Task]:
    """Posts whose holder asked for a deputy and has none yet."""
    asked = {int(row.key): row for row in Draft.objects.filter(form=DEPUTY_REQUEST)}
    return [
        Task(
            sentence=_("Appoint a deputy: %(indicator)s"),
            subject=Text(str(post.user), _lang(), foreign=False),
            question=" · ".join(str(asked[post.pk].fields[name]) for name in ASKED if asked[post.pk].fields.get(name)),
            url=reverse("workspace:appoint-deputy", args=[post.user_id, post.pk]),
            action=pgettext("task", "Appoint"),
            facts=(_("About 2 minutes"),),
        )
        for post in without_deputy(asked, on=on)
    ]


def _entries(user: Any, standing: Standing, on: date) -> list[Task]:
    rows = told_apart(figures_due(standing, on)).select_related("series__indicator__commitment", "report__cycle")
    entries = list(rows.order_by("due_on", "id"))
    typed = Draft.objects.filter(user_id=user.pk, form="update") if entries else ()
    drafts = {draft.key: draft for draft in typed}
    # A figure asked for in two cycles is typed for the one that is due first.
    return [_entry_task(entry, drafts.pop(Draft.of_figure(entry.series), None), on) for entry in entries]


def _entry_task(entry: ReportEntry, draft: Draft | None, on: date) -> Task:
    indicator = entry.series.indicator
    tag = due_tag(entry.due_on, on)
    facts = [short_date(entry.due_on, _lang())] if tag.kind != "calm" else []
    if draft is not None:
        facts.append(_("Draft saved %(date)s") % {"date": short_date(timezone.localdate(draft.saved_at), _lang())})
    facts.append(_("About 2 minutes"))
    return Task(
        sentence=_("Update: %(indicator)s"),
        subject=title_of(entry),
        why=indicator.commitment.title_in(_lang()) if indicator.commitment else None,
        url=figure_page(entry.series),
        action=pgettext("task", "Continue") if draft else pgettext("task", "Update"),
        due_on=entry.due_on,
        kind=tag.kind,
        due=tag.text,
        facts=tuple(facts),
    )


def _returned(standing: Standing) -> list[Task]:
    rows = told_apart(figures_returned(standing)).select_related("series__indicator__commitment")
    return [
        replace(
            _question_task(row.series.indicator, row.question, row.question_due_on, "update-indicator"),
            subject=title_of(row),
            url=figure_page(row.series),
        )
        for row in rows.order_by("question_due_on", "id")
    ]


def _question_task(indicator: Indicator, question: str, due_on: date | None, view: str, key: int = 0) -> Task:
    reply = [_("Reply by %(date)s") % {"date": short_date(due_on, _lang())}] if due_on else []
    return Task(
        sentence=_("Answer a question: %(indicator)s"),
        subject=indicator.title_in(_lang()),
        why=indicator.commitment.title_in(_lang()) if indicator.commitment else None,
        question=question,
        url=reverse(f"workspace:{view}", args=[key or indicator.code]),
        action=pgettext("task", "Answer"),
        due_on=due_on,
        kind="returned",
        due=_("Returned to you"),
        facts=(*reply, _("About 5 minutes")),
        minutes=5,
    )


def _to_confirm(standing: Standing) -> list[Task]:
    rows = told_apart(figures_to_confirm(standing)).select_related("series__indicator__commitment")
    return [
        Task(
            sentence=_("Confirm: %(indicator)s"),
            subject=title_of(row),
            why=Text(_("The secretariat logged a figure for your country."), _lang(), foreign=False),
            url=reverse("workspace:confirm", args=[row.pk]),
            action=pgettext("task", "Check and confirm"),
            facts=(_("About 1 minute"),),
            minutes=1,
        )
        for row in rows.order_by("entered_at", "id")
    ]


def _reviews(user: Any, on: date) -> list[Task]:
    """The secretariat reviews: one task for each kind of thing that waits."""
    waiting = {kind: rows.count() for kind, rows in to_review(user).items()}
    figures, reports, proposals = waiting["figures"], waiting["reports"], waiting["proposals"]
    changes, drafts, put_right = waiting["revisions"], waiting["drafts"], waiting["corrections"]
    accepted, approved = waiting["accepted"], waiting["accepted_reports"]
    lines = (
        (figures, ngettext("Review %(count)s figure", "Review %(count)s figures", figures)),
        (reports, ngettext("Review %(count)s report", "Review %(count)s reports", reports)),
        (proposals, ngettext("Review %(count)s proposed indicator", "Review %(count)s proposed indicators", proposals)),
        (changes, ngettext("Review %(count)s proposed change", "Review %(count)s proposed changes", changes)),
        (drafts, ngettext("Review %(count)s draft commitment", "Review %(count)s draft commitments", drafts)),
        (put_right, ngettext("Review %(count)s correction", "Review %(count)s corrections", put_right)),
        (accepted, ngettext("Publish %(count)s accepted figure", "Publish %(count)s accepted figures", accepted)),
        (approved, ngettext("Publish %(count)s accepted report", "Publish %(count)s accepted reports", approved)),
    )
    days = office_settings(on).review_days
    within = ngettext("Answer within %(days)s working day", "Answer within %(days)s working days", days)
    return [
        Task(
            sentence=text % {"count": count},
            url=reverse("workspace:review"),
            action=pgettext("task", "Review"),
            facts=(within % {"days": days},),
            minutes=5,
        )
        for count, text in lines
        if count
    ]


def _lang() -> str:
    return get_language() or "en"
