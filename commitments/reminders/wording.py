"""Names and phrases of the reminders, in the active language."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _

from commitments.appointments.models import Appointment
from commitments.formats.dates import long_date, long_moment, short_date
from commitments.formats.language import Text
from commitments.formats.partial import PartialDate, Precision
from commitments.indicators.models import Indicator, Measurement, Series
from commitments.indicators.wording import figure_of
from commitments.mechanisms.models import Country
from commitments.meetings.models import Meeting
from commitments.reminders.queries import zone_of_meeting
from commitments.reminders.sentences import Sentence, Strong, say
from commitments.reporting.lines import has_siblings, line_words
from commitments.reporting.models import ProgressReport
from commitments.roles.enums import Role
from commitments.working_groups.models import WorkingGroup


def language() -> str:
    """The language of the letter."""
    return get_language() or "en"


def long(day: date) -> Strong:
    """The day that the message is about."""
    return Strong(long_date(day, language()))


def day_and_month(day: date) -> str:
    """A near day for a subject line, without its year: 30 Nov · 30 nov. · 1º dez."""
    return short_date(day, language()).removesuffix(f" {day.year}")


def month_of(report: ProgressReport) -> str:
    """How people call a report: by the month in which it is due."""
    return long_date(PartialDate(report.due_on.replace(day=1), Precision.MONTH), language())


def title_of(thing: Indicator | Meeting) -> Text:
    """A title in the language it is really in; that of an example says so, once."""
    title = thing.title_in(language())
    if not thing.is_example or _says_example(title):
        return title
    return Text(_("Example: %(title)s") % {"title": title}, title.language, title.foreign)


def _says_example(title: Text) -> bool:
    """Whether a title carries the mark of an example already, in its own language."""
    with override(title.language):
        mark = _("Example: %(title)s") % {"title": ""}
    return "".join(title.text.split()).startswith("".join(mark.split()))


def title_of_line(series: Series, *, apart: bool | None = None) -> Text:
    """The title of an indicator, with the name of the line where it has several (looked up where that is not known)."""
    title = title_of(series.indicator)
    is_apart = not series.is_total and (has_siblings(series) if apart is None else apart)
    words = line_words(series) if is_apart else ""
    return Text(f"{title} – {words}", title.language, title.foreign) if words else title


def country_of(series: Series) -> Country | None:
    """The country that reports a series; none for a figure of the whole region."""
    commitment = series.indicator.commitment
    return (commitment.answering_country if commitment else None) or series.country


def name_of(place: Country | WorkingGroup | None) -> Text:
    """The name of a country or group, in the language it is really in; empty for the whole region."""
    return place.name_in(language()) if place else Text("", language(), foreign=False)


def giver_of(series: Series) -> Text:
    """Who gives a figure: the country, or the secretariat where no country does."""
    country = country_of(series)
    return name_of(country) if country else _the_office()


def figure_and_country(row: Any, country: Country | None) -> str:
    """What a message about an entry or figure is about, in one line; the row knows whether there are other lines."""
    title = title_of_line(row.series, apart=row.has_siblings)
    return f"{title} ({name_of(country)})" if country else str(title)


def report_name(report: ProgressReport) -> str:
    """What a message about a report is about, in one line."""
    return f"{author_of(report)}, {month_of(report)}"


def author_of(report: ProgressReport) -> Text:
    """Who owes a report."""
    if report.is_of_secretariat:
        return _the_office()
    return name_of(report.group or report.country)


def _the_office() -> Text:
    """The secretariat as who owes a report, by the same word as in its tasks."""
    return Text(pgettext("whose report", "Secretariat"), language(), foreign=False)


def last_figure(series: Series) -> Sentence | None:
    """What the country reported last, or what is on record from elsewhere; None when there is nothing."""
    row = Measurement.objects.accepted().used().filter(series=series, as_of__isnull=False).order_by("-as_of").first()
    if row is None or row.day is None:
        return None
    said = {"value": figure_of(row, series.indicator), "day": long_date(row.day, language())}
    if row.entered_by_id is not None and not row.is_on_behalf and row.day.precision is Precision.DAY:
        return say(_("Last time you reported %(value)s on %(day)s."), **said)
    # Translators: a figure and, in brackets, the date it speaks of, which may be only a month or a year.
    return say(_("The last figure on record is %(value)s (%(day)s)."), **said)


def meeting_time(meeting: Meeting) -> Strong:
    """When a meeting is, as exactly as it is known: the host's time with its distance from UTC."""
    if meeting.start_at is None:
        return long(meeting.start)
    return Strong(long_moment(meeting.start_at, zone_of_meeting(meeting), language()))


def your_time(meeting: Meeting, yours: ZoneInfo) -> Sentence | None:
    """The same moment by the reader's own clock, where that shows another time."""
    start, hosts = meeting.start_at, zone_of_meeting(meeting)
    if start is None or start.astimezone(yours).utcoffset() == start.astimezone(hosts).utcoffset():
        return None
    return say(_("In your time zone: %(moment)s."), moment=long_moment(start, yours, language()))


def why_you(post: Appointment | None) -> Sentence | None:
    """Why this person gets the message."""
    if post is None:
        return None
    if post.role == Role.SECRETARIAT:
        return say(_("You receive this message because you belong to the secretariat."))
    stands_in = post.deputy_of_id is not None
    if post.role == Role.FOCAL_POINT:
        pattern = (
            _("You receive this message because you stand in for the focal point: %(country)s.")
            if stands_in
            else _("You receive this message because you are the focal point: %(country)s.")
        )
        return say(pattern, country=name_of(post.country))
    pattern = (
        _("You receive this message because you stand in for the lead of the working group: %(group)s.")
        if stands_in
        else _("You receive this message because you lead the working group: %(group)s.")
    )
    return say(pattern, group=name_of(post.group))
