"""A country in one or two sentences: how many commitments it made, how they stand, and whether its report came."""

from collections.abc import Mapping

from babel.lists import format_list
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext_lazy

from commitments.formats.dates import long_date
from commitments.formats.language import Text, filled
from commitments.formats.numbers import MARKS
from commitments.indicators.enums import Status
from commitments.public.queries.country import CountryPage
from commitments.public.queries.tally import Tally
from commitments.public.wording.counts import language, number
from commitments.register.enums import LifeCycle
from commitments.reporting.enums import Punctuality
from commitments.reporting.punctuality import ReportSquare


def country_sentence(page: CountryPage) -> SafeString:
    """The summary of a country's page: "Costa Rica made 3 commitments. 2 are on track and 1 is at risk. Its …"."""
    said = [*_made(page.country.name_in(language()), page.own), *_reported(page.squares)]
    return format_html_join(" ", "{}", ((sentence,) for sentence in said))


def _made(country: Text, own: Tally) -> list[SafeString | str]:
    if not own.total:
        return [_("No commitment under the Declaration is on record.")]
    pattern = ngettext(
        "%(country)s made %(number)s commitment under the Declaration.",
        "%(country)s made %(number)s commitments under the Declaration.",
        own.total,
    )
    return [filled(pattern, {"country": country, "number": number(own.total)}), f"{_standing(own)}."]


def _standing(own: Tally) -> str:
    """How they stand, as a list: "2 are on track, 1 is at risk and 1 has ended"."""
    ends: dict[LifeCycle, int] = {}
    for (life, _status), count in own.closed.items():
        ends[life] = ends.get(life, 0) + count
    counted = [(_ARE[status], count) for status, count in own.parts]
    counted += [(_ENDED[life], count) for life, count in sorted(ends.items())]
    clauses = [words % {"count": count, "number": number(count)} for words, count in counted]
    return format_list(clauses, locale=MARKS[language()].locale)


# Translators: clauses of a sentence about commitments of a country: "2 are on track and 1 is at risk."
_ARE = {
    Status.FULFILLED: npgettext_lazy(
        "clause about a country's commitments", "%(number)s is fulfilled", "%(number)s are fulfilled", "count"
    ),
    Status.ON_TRACK: npgettext_lazy(
        "clause about a country's commitments", "%(number)s is on track", "%(number)s are on track", "count"
    ),
    Status.AT_RISK: npgettext_lazy(
        "clause about a country's commitments", "%(number)s is at risk", "%(number)s are at risk", "count"
    ),
    Status.OFF_TRACK: npgettext_lazy(
        "clause about a country's commitments", "%(number)s is off track", "%(number)s are off track", "count"
    ),
    Status.NOT_STARTED: npgettext_lazy(
        "clause about a country's commitments", "%(number)s has not started", "%(number)s have not started", "count"
    ),
    Status.NO_DATA: npgettext_lazy(
        "clause about a country's commitments", "%(number)s has no data", "%(number)s have no data", "count"
    ),
}
_ENDED = {
    LifeCycle.SUSPENDED: npgettext_lazy(
        "clause about a country's commitments", "%(number)s is suspended", "%(number)s are suspended", "count"
    ),
    LifeCycle.ENDED: npgettext_lazy(
        "clause about a country's commitments", "%(number)s has ended", "%(number)s have ended", "count"
    ),
    LifeCycle.WITHDRAWN: npgettext_lazy(
        "clause about a country's commitments", "%(number)s is withdrawn", "%(number)s are withdrawn", "count"
    ),
    LifeCycle.SUPERSEDED: npgettext_lazy(
        "clause about a country's commitments", "%(number)s is superseded", "%(number)s are superseded", "count"
    ),
}


def _reported(squares: list[ReportSquare]) -> list[SafeString]:
    """Whether the report asked for last came in time; where none has fallen due yet, when the next one does."""
    fallen = [square for square in squares if square.kind is not Punctuality.NOT_DUE]
    if not squares:
        return []
    last = fallen[-1] if fallen else squares[0]
    return [filled(_report_words(last), _report_parts(last))]


def _report_parts(square: ReportSquare) -> Mapping[str, str | Text]:
    return {
        "cycle": square.report.cycle.name_in(language()),
        "days": number(square.days_late),
        "date": long_date(square.report.due_on, language()),
    }


def _report_words(square: ReportSquare) -> str:
    """The sentence before its parts are filled in."""
    days = square.days_late
    if square.kind is Punctuality.ON_TIME:
        return _("Its %(cycle)s report was received on time.")
    if square.kind is Punctuality.LATE:
        return ngettext(
            "Its %(cycle)s report was received %(days)s day late.",
            "Its %(cycle)s report was received %(days)s days late.",
            days,
        )
    if square.kind is Punctuality.NOT_DUE:
        return _("Its %(cycle)s report is due on %(date)s.")
    if square.is_awaited:
        return ngettext(
            "Its %(cycle)s report is %(days)s day late.", "Its %(cycle)s report is %(days)s days late.", days
        )
    return _("Its %(cycle)s report was not received.")
