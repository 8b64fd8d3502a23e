"""Records in templates: names, statuses and dates of commitments, meetings and groups, in the language of the page."""

from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from commitments.charts import squares
from commitments.formats.addresses import address
from commitments.formats.language import Text, language_of, translated, written_in
from commitments.indicators import method
from commitments.indicators import wording as indicators
from commitments.indicators.drawing import chart_of
from commitments.indicators.models import Baseline, Indicator, Measurement, StatusByHand, Target
from commitments.indicators.queries import IndicatorReading
from commitments.mechanisms.models import AdherenceCount
from commitments.meetings import wording as meetings
from commitments.meetings.models import Meeting
from commitments.public.queries.commitment import CommitmentPage
from commitments.public.queries.country import CountryPage
from commitments.public.queries.groups import GroupLine, role_name
from commitments.public.queries.overview import Overview
from commitments.public.queries.places import Place
from commitments.public.queries.tally import Tally
from commitments.public.wording import commitment as standing
from commitments.public.wording import country, places
from commitments.public.wording import counts as public
from commitments.public.wording import overview as answers
from commitments.public.wording.punctuality import SQUARES, punctuality_words
from commitments.register import wording as commitments
from commitments.register.models import Commitment, Party, ReportedStatus
from commitments.reporting.duties import due_tag
from commitments.reporting.enums import Punctuality
from commitments.reporting.punctuality import ReportSquare
from commitments.templatetags.tracker import language_name
from commitments.working_groups.models import GroupRole

register = template.Library()


@register.filter
def written(thing: Any, name: str) -> Text:
    """{{ commitment|written:"title" }}: a translated field, in the language of the page or else in its own."""
    if name == "unit" and isinstance(thing, Indicator):
        return indicators.unit_text(thing)
    return translated(thing, name, language_of(get_language()))


@register.filter
def recorded(text: str, language: str = "en") -> Text:
    """{{ commitment.notes|recorded }}: a text on record in one language only, English unless named."""
    return written_in(text, language, language_of(get_language()))


@register.filter
def labelled(text: Text) -> SafeString:
    """{{ text|labelled }}: the text, with its language named after it where that is not the page's."""
    if not text.foreign:
        return format_html("{}", text.text)
    spoken = language_name(text.language)
    return format_html(
        '<span lang="{}">{}</span> <span class="language-label">({})</span>', text.html_lang, text, spoken
    )


@register.filter
def marked(text: Text) -> SafeString:
    """{{ text|marked }}: the text with its lang attribute alone, where a label stands nearby already."""
    return format_html('<span lang="{}">{}</span>', text.html_lang, text) if text.foreign else format_html("{}", text)


@register.filter
def task_title(task: Any) -> SafeString:
    """{{ task|task_title }}: what to do, with the language of the thing it is about where that is another."""
    if not task.subject:
        return format_html("{}", task.title)
    return format_html("{}{}{}", task.around[0], marked(task.subject), task.around[1])


@register.filter
def maker(commitment: Commitment) -> Text:
    """Who made a commitment."""
    return commitments.maker_of(commitment)


@register.filter
def party(row: Party) -> Text:
    """The name of another party."""
    return commitments.party_name(row)


@register.filter
def holder(role: GroupRole) -> Text:
    """{{ role|holder|labelled }}: whose role in a group it is."""
    return role_name(role, language_of(get_language()))


@register.filter
def role_link(role: GroupRole) -> SafeString:
    """A country or organization in a group, a country with its page."""
    if role.country is None:
        return marked(role.organization.name_in(language_of(get_language()))) if role.organization else SafeString()
    url = address("public:country", role.country.iso3)
    return format_html('<a href="{}">{}</a>', url, written(role.country, "name"))


@register.filter
def life(commitment: Commitment | None) -> str:
    """Since when, or according to whom, a commitment is closed; empty for an active one, or where there is none."""
    return commitments.life_sentence(commitment) if commitment else ""


@register.filter
def reported(status: ReportedStatus) -> str:
    """What a source says of a commitment."""
    return commitments.reported_sentence(status)


@register.filter
def by_hand_reason(row: StatusByHand) -> Text:
    """Why a status was set by hand, in the language in which it was written."""
    here = language_of(get_language())
    return written_in(row.reason, row.language or here, here)


@register.filter
def tag_of_page(page: CommitmentPage) -> public.StatusTag:
    """The tag of a commitment as worked out today."""
    return standing.tag_of(page.commitment, page.reading)


@register.filter
def stands(page: CommitmentPage) -> str:
    """Where a commitment stands and what that rests on."""
    return standing.stands(page.commitment, page.reading)


@register.filter
def status_word(status: Any) -> str:
    """The word for a delivery status."""
    return indicators.status_word(str(getattr(status, "value", status)))


@register.filter
def explained(reading: IndicatorReading) -> str:
    """The sentence of an indicator's status."""
    return indicators.explain(reading)


@register.filter
def figure_for(row: Measurement | Target | Baseline, indicator: Indicator) -> str:
    """{{ row|figure_for:indicator }}: a stored figure with its word, as its unit wants it."""
    return indicators.figure_of(row, indicator)


@register.filter
def counting(indicator: Indicator) -> str:
    """What a figure of an indicator counts."""
    return method.counting_words(indicator)


@register.filter
def direction(indicator: Indicator) -> str:
    """Which way is better."""
    return method.direction_words(indicator)


@register.filter
def key(counted: Tally) -> list[public.StatusPart]:
    """The key beside the bar of a count."""
    return public.key_of(counted)


@register.filter
def in_words(counted: Tally) -> str:
    """All numbers of a count: "2 on track; 1 at risk"."""
    return public.in_words(counted)


@register.filter
def closed_in_words(counted: Tally) -> list[str]:
    """Closed commitments of a count, apart."""
    return public.counted_closed(counted)


@register.filter
def country_sentence(page: CountryPage) -> SafeString:
    """How many commitments a country made, how they stand, and whether its report came."""
    return country.country_sentence(page)


@register.filter
def commitments_counted(count: int) -> str:
    """{{ 3|commitments_counted }}: "3 commitments"."""
    return public.commitments_counted(count)


@register.filter
def days(meeting: Meeting) -> str:
    """The days of a meeting, no more exact than they are known."""
    return meetings.days_of(meeting)


@register.filter
def place(meeting: Meeting) -> str:
    """Where a meeting takes place."""
    return meetings.place_of(meeting)


@register.filter
def kind(meeting: Meeting) -> Text:
    """The kind of a meeting."""
    return meetings.kind_word(meeting.kind)


@register.filter
def state(meeting: Meeting) -> str:
    """Whether a meeting is planned, was announced, held or cancelled."""
    return meetings.state_word(meeting)


@register.filter
def answer(overview: Overview) -> answers.Answer:
    """What the overview says first."""
    return answers.answer(overview.total, overview.own)


@register.filter
def meanings(overview: Overview) -> list[answers.StatusMeaning]:
    """What each status means, with the thresholds in force."""
    return answers.status_meanings(overview.thresholds)


@register.filter
def blocks(endorsing: list[Place]) -> list[str]:
    """One block for each endorsing country."""
    return list(answers.blocks(endorsing))


@register.filter
def tiles(found: list[Place], late_on: date) -> list[places.Tile]:
    """{{ places|tiles:late_on }}: the squares of the map."""
    return places.tiles(found, late_on)


@register.filter
def later_count(count: AdherenceCount, named: int) -> str:
    """{{ count|later_count:21 }}: "22 by September 2024, the 22nd not named"."""
    return places.later_count(count, named)


@register.filter
def cells(line: GroupLine) -> list[public.Cell]:
    """A workstream by horizon."""
    return public.cells(line)


@register.simple_tag
def trajectory(reading: IndicatorReading, on: date, id: str) -> SafeString:  # noqa: A002
    """{% trajectory reading on=on id="focus" as chart %}: the drawing; empty with fewer than two figures to join."""
    return chart_of(reading, on=on, id=id)


@register.filter
def host_moment(meeting: Meeting) -> str:
    """The start in the host's zone, for the datetime attribute."""
    return meetings.host_moment(meeting)


@register.filter
def report_square(kind: Punctuality) -> SafeString:
    """The square of a report in the row of its cycles."""
    return squares.square(SQUARES[kind])


@register.filter
def punctuality(square: ReportSquare) -> str:
    """Whether a report came in time, in words: "on time", "8 days late", "missing"."""
    return punctuality_words(square)


@register.filter
def days_late(due_on: date, on: date) -> str:
    """{{ entry.due_on|days_late:on }}: "8 days late"."""
    return due_tag(due_on, on).text
