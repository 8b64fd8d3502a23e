"""Reminders about figures asked of countries."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.formats.language import Text
from commitments.formats.numbers import format_number
from commitments.indicators.models import Measurement, Series
from commitments.notices.models import Notice
from commitments.register.enums import CLOSED
from commitments.reminders import wording
from commitments.reminders.letters.frame import Words, asked, counted, days_late, letter
from commitments.reminders.sentences import Sentence, say, together
from commitments.reporting.lines import figure_page
from commitments.reporting.models import ReportEntry
from commitments.reporting.models.parts import without_answer


def figure_due(notice: Notice, at: datetime) -> Words:
    """Text 1: a figure is due in 14 or 3 days."""
    entry = _entry(notice)
    indicator, country = _indicator_and_country(entry)
    last = wording.last_figure(entry.series)
    first = say(
        _("One figure is due on %(date)s: %(indicator)s."), date=wording.long(entry.due_on), indicator=indicator
    )
    return letter(
        notice,
        at,
        subject=_("Due %(day)s: %(indicator)s (%(country)s)")
        % {"day": wording.day_and_month(entry.due_on), "indicator": indicator, "country": country},
        paragraph=together(first, *filter(None, [last]), say(_("It takes about 2 minutes.")), *_more(entry)),
        button=_("Update the figure"),
        path=_form_of(entry.series),
        after=say(_("Nothing changed? You can confirm the last figure on the same page.")) if last else None,
    )


def figure_late(notice: Notice, at: datetime) -> Words:
    """Text 2: a figure is late."""
    entry = _entry(notice)
    indicator, country = _indicator_and_country(entry)
    days = days_late(notice, entry.due_on, at)
    pattern = ngettext(
        "%(days)s day late: %(indicator)s (%(country)s)", "%(days)s days late: %(indicator)s (%(country)s)", days
    )
    return letter(
        notice,
        at,
        subject=pattern % {**counted(days), "indicator": indicator, "country": country},
        paragraph=together(
            say(
                _("One figure was due on %(date)s: %(indicator)s."),
                date=wording.long(entry.due_on),
                indicator=indicator,
            ),
            say(_("The public page shows it as late until a figure is sent.")),
            *_more(entry),
        ),
        button=_("Update the figure"),
        path=_form_of(entry.series),
        after=say(_("No figure yet? Reply to this message and say when it will be ready.")),
    )


def figure_question(notice: Notice, at: datetime) -> Words:
    """Text 3: the secretariat asks something about a figure."""
    places = ("series__country", "series__indicator__commitment__maker_country")
    figure = Measurement.objects.select_related(*places).get(pk=notice.object_id)
    about: dict[str, object] = {
        "indicator": wording.title_of_line(figure.series),
        "country": wording.giver_of(figure.series),
    }
    subject = _("One question on your figure: %(indicator)s (%(country)s)") % about
    if figure.question_due_on is not None:
        about["day"] = wording.day_and_month(figure.question_due_on)
        subject = _("One question on your figure, reply by %(day)s: %(indicator)s (%(country)s)") % about
    return letter(
        notice,
        at,
        subject=subject,
        paragraph=asked(figure.question),
        button=_("Answer the question"),
        path=_form_of(figure.series),
    )


def _entry(notice: Notice) -> ReportEntry:
    places = ("report__country", "series__country", "series__indicator__commitment")
    return ReportEntry.objects.select_related(*places).get(pk=notice.object_id)


def _more(entry: ReportEntry) -> list[Sentence]:
    """How many more figures its report asks for: one message a morning tells of them all."""
    others = ReportEntry.objects.filter(without_answer(), report=entry.report).exclude(pk=entry.pk)
    count = others.exclude(series__indicator__commitment__life_cycle__in=CLOSED).count()
    pattern = ngettext(
        "%(count)s more figure is asked for: you find it among your tasks.",
        "%(count)s more figures are asked for: you find them among your tasks.",
        count,
    )
    return [say(pattern, count=format_number(count, wording.language()))] if count else []


def _indicator_and_country(entry: ReportEntry) -> tuple[Text, Text]:
    return wording.title_of_line(entry.series), wording.author_of(entry.report)


def _form_of(series: Series) -> str:
    return figure_page(series)
