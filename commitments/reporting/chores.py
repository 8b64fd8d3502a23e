"""What the secretariat does about cycles: chase what is overdue, close what is over, translate what is out."""

from datetime import date

from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from commitments.indicators.counting import CHECK
from commitments.mechanisms.queries import office_settings
from commitments.notices.models import Heartbeat
from commitments.reporting import gathering
from commitments.reporting.chased import Chased, late_by_cycle
from commitments.reporting.duties import Task, due_tag
from commitments.reporting.translating import count_wanted


def chores(on: date, late_on: date) -> list[Task]:
    """The secretariat chases what is overdue, and closes what is over: one task for each cycle.

    Where everybody was reminded today nothing is left to do: the list of tasks tells it among what waits for others.
    """
    tasks = [*_counts(), *(_chase(row, late_on) for row in late_by_cycle(on, late_on) if not row.is_waiting)]
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


def _chase(row: Chased, late_on: date) -> Task:
    """Remind whoever was not reminded today; else say where nobody is appointed, which is no matter of minutes."""
    to_remind = ngettext(
        "%(count)s report is late: send a reminder", "%(count)s reports are late: send reminders", row.to_remind
    )
    nobody = ngettext(
        "%(count)s report is late, and nobody is appointed who could be reminded",
        "%(count)s reports are late, and nobody is appointed who could be reminded",
        row.unappointed,
    )
    facts = [_("Reminded today: %(count)s") % {"count": row.reminded}] if row.reminded else []
    if row.to_remind and row.unappointed:
        facts.append(_("Nobody appointed: %(count)s") % {"count": row.unappointed})
    facts.append(_("About 2 minutes") if row.to_remind else _("An administrator appoints people"))
    return Task(
        sentence=to_remind % {"count": row.to_remind} if row.to_remind else nobody % {"count": row.unappointed},
        why=row.cycle.name_in(_lang()),
        url=f"{reverse('workspace:cycle', args=[row.cycle.slug])}?show=overdue",
        action=pgettext("task", "Remind") if row.to_remind else pgettext("task", "Look at the list"),
        kind="late" if row.to_remind else "calm",
        due=due_tag(row.cycle.due_on, late_on).text if row.to_remind and row.cycle.due_on < late_on else "",
        facts=tuple(facts),
    )


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
