"""What the secretariat does about cycles: chase what is overdue, close what is over, translate what is out."""

from datetime import date

from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from commitments.indicators.counting import CHECK
from commitments.mechanisms.queries import office_settings
from commitments.notices.models import Heartbeat
from commitments.reporting import gathering
from commitments.reporting.duties import Task, due_tag
from commitments.reporting.translating import count_wanted


def chores(on: date, late_on: date) -> list[Task]:
    """The secretariat chases what is overdue, and closes what is over: one task for each cycle."""
    tasks = _counts()
    for cycle, number in gathering.late_by_cycle(late_on):
        sentence = ngettext(
            "%(count)s report is late: send a reminder", "%(count)s reports are late: send reminders", number
        )
        tasks.append(
            Task(
                sentence=sentence % {"count": number},
                why=cycle.name_in(_lang()),
                url=f"{reverse('workspace:cycle', args=[cycle.slug])}?show=overdue",
                action=pgettext("task", "Remind"),
                kind="late",
                due=due_tag(cycle.due_on, late_on).text if cycle.due_on < late_on else "",
                facts=(_("About 2 minutes"),),
            )
        )
    tasks += [
        Task(
            sentence=_("Close the cycle"),
            why=cycle.name_in(_lang()),
            url=reverse("workspace:close-cycle", args=[cycle.slug]),
            action=pgettext("task", "Look at the list"),
            due_on=cycle.closes_on,
            facts=(_("About 5 minutes"),),
            minutes=5,
        )
        for cycle in gathering.cycles_to_close(on)
    ]
    return tasks + _translations(on)


def _counts() -> list[Task]:
    """The nightly check found kept counts that are not what the record says: whoever runs the site has to know."""
    if not Heartbeat.objects.filter(job=CHECK, is_ok=False).exists():
        return []
    return [
        Task(
            sentence=_("Counts on the public pages differ from the record: tell whoever runs the site"),
            url=reverse("public:totals"),
            action=pgettext("task", "Look at the totals"),
            kind="late",
            facts=(_("Found by the nightly check; its log names each count."),),
        )
    ]


def _translations(on: date) -> list[Task]:
    """Summaries of published reports that are wanted in another language: one task for all."""
    count = count_wanted(office_settings(on).languages)
    if not count:
        return []
    sentence = ngettext("Translate %(count)s summary", "Translate %(count)s summaries", count)
    return [
        Task(
            sentence=sentence % {"count": count},
            url=reverse("workspace:translations"),
            action=pgettext("task", "Translate"),
            facts=(_("About 5 minutes"),),
            minutes=5,
        )
    ]


def _lang() -> str:
    return get_language() or "en"
