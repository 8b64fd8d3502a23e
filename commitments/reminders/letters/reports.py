"""Reminders about reports: of countries, of working groups, and the secretariat's own."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.formats.numbers import format_number
from commitments.notices.models import Notice
from commitments.reminders import wording
from commitments.reminders.letters.frame import Words, asked, counted, days_late, letter, question_subject
from commitments.reminders.queries import objection_to, questions_of
from commitments.reminders.sentences import Sentence, say, together
from commitments.reporting.models import ProgressReport
from commitments.reporting.queries import places_of


def report_due(notice: Notice, at: datetime) -> Words:
    """A report is due in 14 or 3 days."""
    report = _report(notice)
    author = wording.author_of(report)
    return letter(
        notice,
        at,
        subject=_("Due %(day)s: progress report (%(group)s)")
        % {"day": wording.day_and_month(report.due_on), "group": author},
        paragraph=together(say(_first_due(report), date=wording.long(report.due_on), group=author), *_size_of(report)),
        button=_("Write the report"),
        path=_page(report),
        after=_easy(report),
    )


def report_late(notice: Notice, at: datetime) -> Words:
    """A report is late."""
    report = _report(notice)
    author, days = wording.author_of(report), days_late(notice, report.due_on, at)
    pattern = ngettext(
        "%(days)s day late: progress report (%(group)s)", "%(days)s days late: progress report (%(group)s)", days
    )
    return letter(
        notice,
        at,
        subject=pattern % {**counted(days), "group": author},
        paragraph=together(say(_first_late(report), date=wording.long(report.due_on), group=author), *_open_in(report)),
        button=_("Write the report"),
        path=_page(report),
        after=_easy(report),
    )


def report_question(notice: Notice, at: datetime) -> Words:
    """Text 3, about a report; or, to the secretariat, that a country does not confirm what was written for it."""
    report = _report(notice)
    if objection := objection_to(report):
        return _not_confirmed(notice, at, report, objection)
    return letter(
        notice,
        at,
        subject=question_subject(report, questions_of(report).count("\n") + 1),
        paragraph=asked(questions_of(report)),
        button=_("Answer the question"),
        path=_place_of_question(report),
    )


def _not_confirmed(notice: Notice, at: datetime, report: ProgressReport, objection: str) -> Words:
    place = wording.author_of(report)
    words = _("The focal point does not confirm the report that the secretariat wrote: “%(words)s”")
    return letter(
        notice,
        at,
        subject=_("Not confirmed: %(month)s report (%(country)s)")
        % {"month": wording.month_of(report), "country": place},
        paragraph=say(words, words=" ".join(objection.split())),
        button=_("See the report"),
        path=_page(report),
    )


def _first_due(report: ProgressReport) -> str:
    if report.group_id:
        return _("The progress report of your group is due on %(date)s: %(group)s.")
    if report.country_id:
        return _("The progress report of your country is due on %(date)s: %(group)s.")
    return _("The secretariat’s own progress report is due on %(date)s.")


def _first_late(report: ProgressReport) -> str:
    if report.group_id:
        return _("The progress report of your group was due on %(date)s: %(group)s.")
    if report.country_id:
        return _("The progress report of your country was due on %(date)s: %(group)s.")
    return _("The secretariat’s own progress report was due on %(date)s.")


def _size_of(report: ProgressReport) -> list[Sentence]:
    """What the report asks for; its figures have no reminders of their own while it is not sent."""
    return [say(_("It is one page, with the figures filled in."))] if report.group_id else _open_in(report)


def _open_in(report: ProgressReport) -> list[Sentence]:
    """What still waits in a country's report, or the secretariat's; a group's is not counted."""
    if report.group_id:
        return []
    parts = sum(part.is_asked and not part.is_answered for part in report.parts.all())
    figures = sum(entry.is_asked and not entry.is_answered for entry in report.entries.all())
    sentences = []
    if parts:
        pattern = ngettext(
            "%(count)s commitment has no answer yet.", "%(count)s commitments have no answer yet.", parts
        )
        sentences.append(say(pattern, count=format_number(parts, wording.language())))
    if figures:
        pattern = ngettext("%(count)s figure is still asked for.", "%(count)s figures are still asked for.", figures)
        sentences.append(say(pattern, count=format_number(figures, wording.language())))
    return sentences


def _easy(report: ProgressReport) -> Sentence | None:
    if report.group_id:
        return None
    return say(_("Nothing changed? You can say so with one tap, and what cannot be given needs only a reason."))


def _page(report: ProgressReport) -> str:
    view = "workspace:group-report" if report.group_id else "workspace:country-report"
    return reverse(view, args=[report.pk])


def _place_of_question(report: ProgressReport) -> str:
    """The very place of a single question; the report where there are several."""
    questions = [question for question in report.questions.all() if question.is_open]
    if report.group_id or len(questions) != 1:
        return _page(report)
    [question] = questions
    if question.part_id is not None:
        return reverse("workspace:report-place", args=[report.pk, question.section, question.part_id])
    return reverse("workspace:report-section", args=[report.pk, question.section])


def _report(notice: Notice) -> ProgressReport:
    reports = ProgressReport.objects.select_related("group", "country")
    return reports.prefetch_related(*places_of(), "questions").get(pk=notice.object_id)
