"""What the update form of a figure needs to know before it asks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, Value, When
from django.utils.translation import get_language

from commitments.formats.collation import sort_key
from commitments.formats.partial import PartialDate
from commitments.history.enums import ReportState
from commitments.indicators import progress, trial
from commitments.indicators.cuts import line_facts
from commitments.indicators.enums import Counting, Qualifier, Status
from commitments.indicators.facts import IndicatorFacts, Result
from commitments.indicators.lines import Line
from commitments.indicators.models import Figure, Indicator, Measurement, Series
from commitments.indicators.queries import Audience, IndicatorReading, indicator_reading, measurement_fact
from commitments.reporting.lines import figure_page, line_words
from commitments.reporting.models import Draft, ReportEntry
from commitments.reporting.models.cycle import in_open_cycle
from commitments.reporting.models.parts import waiting_figures, without_answer

#: A move larger than this part of the last figure is worth a word of explanation.
BIG_MOVE = Decimal("0.25")


@dataclass(frozen=True, slots=True)
class UpdateTask:
    """All that the update form of one line of an indicator rests on."""

    indicator: Indicator
    series: Series
    reading: IndicatorReading
    entry: ReportEntry | None
    #: Sent or returned and not decided on yet: it is changed, not doubled.
    open_measurement: Measurement | None
    on: date
    #: Taken up by the secretariat: nobody changes these, nor sends another one for their dates.
    in_review: Sequence[Measurement] = ()
    #: Whether the person may give other lines of it too.
    has_choice: bool = False

    @property
    def key(self) -> str:
        """The key of what is typed for it."""
        return Draft.of_figure(self.series)

    @property
    def page(self) -> str:
        """Where it is asked for."""
        return figure_page(self.series)

    def page_of(self, view: str) -> str:
        """Another of its pages."""
        return figure_page(self.series, view)

    @property
    def line_words(self) -> str:
        """Which line it is, where the indicator has others; empty where nobody has to know."""
        return line_words(self.series) if len(self.reading.lines) > 1 else ""

    @property
    def line(self) -> Line:
        """The line with what is on record of it."""
        found = next((line for line in self.reading.lines if line.series.pk == self.series.pk), None)
        return found or Line(self.series)

    @property
    def measurements(self) -> list[Measurement]:
        """What is on record of the line, newest first; figures without a date come last."""
        rows = self.line.measurements
        return sorted(rows, key=lambda row: (row.as_of is not None, row.as_of or date.min, row.pk), reverse=True)

    @property
    def judged(self) -> IndicatorFacts | None:
        """What its status rests on: the whole, or a target of its own; None where all lines make the whole."""
        if self.series.is_total:
            return self.reading.facts
        return line_facts(self.reading, self.line) if self.line.target is not None else None

    @property
    def drawn(self) -> IndicatorReading:
        """What the figures so far are drawn from: the line alone, unless it is the whole."""
        if self.series.is_total:
            return self.reading
        facts = line_facts(self.reading, self.line)
        return IndicatorReading(self.indicator, (self.line,), facts, progress.status(facts, self.on))

    @property
    def country_id(self) -> int | None:
        """The country that the figure is asked of, else the one that answers for the commitment; None: no country."""
        asked = self.entry.report.country_id if self.entry is not None else None
        return asked or self.indicator.country_id_for_rules

    def is_of(self, countries: Collection[int]) -> bool:
        """Whether one of these countries gives the figure, or none does: then nobody enters it on behalf of one."""
        return self.country_id is None or bool({self.country_id, self.indicator.country_id_for_rules} & {*countries})

    @property
    def last(self) -> Measurement | None:
        """The newest accepted figure."""
        return next((row for row in self.measurements if row.is_used), None)

    @property
    def is_asked(self) -> bool:
        """Whether figures are asked for: not of a commitment that is closed."""
        commitment = self.indicator.commitment
        return commitment is None or not commitment.is_closed

    @property
    def returned(self) -> Measurement | None:
        """The figure that the secretariat returned with a question."""
        pending = self.open_measurement
        return pending if pending is not None and pending.state == ReportState.RETURNED else None

    def changed_by(self, figure: Figure | None) -> Measurement | None:
        """The pending figure that this one changes: the returned one, or one sent for the same date."""
        pending = self.open_measurement
        if pending is None or figure is None or pending == self.returned:
            return pending
        return pending if pending.as_of == figure.as_of.first else None

    def is_in_review(self, day: date) -> bool:
        """Whether the secretariat is reviewing a figure for a date."""
        return any(row.as_of == day for row in self.in_review)

    @property
    def question(self) -> str:
        """The secretariat's question on a returned figure; empty when there is none."""
        return self.returned.question if self.returned else ""

    @property
    def asks_for_period(self) -> bool:
        """Whether the figure is an amount in a period rather than a level or total at a date."""
        return self.indicator.counting == Counting.FLOW

    @property
    def proposed_day(self) -> date:
        """The day filled in for the person: the end of the cycle's period, else the end of last month."""
        if self.entry is not None and self.entry.report.cycle.period_end <= self.on:
            return self.entry.report.cycle.period_end
        return self.on.replace(day=1) - timedelta(days=1)

    @property
    def proposed_start(self) -> date:
        """The first day of the period filled in for the person."""
        if self.entry is not None and self.entry.report.cycle.period_end <= self.on:
            return self.entry.report.cycle.period_start
        return self.proposed_day.replace(day=1)

    def facts_with(self, figure: Figure) -> IndicatorFacts:
        """What the status would rest on with this figure; nothing is stored."""
        row = Measurement(series=self.series, **figure.columns())
        own = self.judged
        if own is None:
            return trial.with_figure(self.reading, row, on=self.on).facts
        fact = measurement_fact(row)
        others = tuple(known for known in own.measurements if known.as_of != fact.as_of)
        return replace(own, measurements=(*others, fact))

    def preview(self, figure: Figure) -> Result:
        """What the status would be with this figure."""
        return progress.status(self.facts_with(figure), self.on)

    def needs_reason(self, figure: Figure, result: Result) -> bool:
        """Below what was expected, a big move, a falling total or a correction: the public asks why.

        What all lines make together is not one country's to explain.
        """
        if self.judged is not None and result.status in {Status.AT_RISK, Status.OFF_TRACK}:
            return True
        return self.is_correction(figure) or self.falls(figure) or self.moves_far(figure)

    def word_for(self, value: Decimal) -> str:
        """The word before a figure ("more than") that nothing changed since: it stays as its source put it."""
        known = (row for row in (self.open_measurement, self.last) if row is not None and row.value == value)
        return next((row.qualifier for row in known), Qualifier.EXACT.value)

    def is_correction(self, figure: Figure) -> bool:
        """Whether there is an accepted figure for the same date with another value."""
        same = [m for m in self.measurements if m.is_used and m.as_of == figure.as_of.first]
        return any(m.value != figure.value for m in same)

    def falls(self, figure: Figure) -> bool:
        """Whether a running total would go down."""
        before = self.last_before(figure.as_of)
        running = self.indicator.counting == Counting.CUMULATIVE
        return bool(running and before is not None and before.value is not None and figure.value < before.value)

    def moves_far(self, figure: Figure) -> bool:
        """Whether the figure differs from the last one by more than a quarter of it."""
        before = self.last_before(figure.as_of)
        if before is None or not before.value:
            return False
        return bool(abs(figure.value - before.value) > abs(before.value) * BIG_MOVE)

    def later_than(self, day: PartialDate) -> Measurement | None:
        """A figure on record for a later date, if any: the new one is then kept as an earlier value."""
        later = [m for m in self.measurements if m.is_used and m.as_of and m.as_of > day.last_day]
        return later[0] if later else None

    def last_before(self, day: PartialDate) -> Measurement | None:
        """The newest figure on record before a date."""
        before = [m for m in self.measurements if m.is_used and m.as_of and m.as_of < day.first]
        return before[0] if before else None


def update_task(indicator: Indicator, series: Series, *, on: date, has_choice: bool = False) -> UpdateTask:
    """Gather what the update form of a line needs, in a constant number of queries."""
    reading = indicator_reading(indicator, on=on, audience=Audience.WORKSPACE)
    series.indicator = indicator
    entry = waiting_figures(on).filter(series=series).select_related("report__cycle").order_by("due_on", "pk").first()
    undecided = [ReportState.SENT, ReportState.IN_REVIEW, ReportState.RETURNED]
    waiting = (
        Measurement.objects.filter(series=series, state__in=undecided)
        .select_related("source", "series__indicator__commitment", "entered_by")
        # A question comes first, then the newest.
        .order_by(Case(When(state=ReportState.RETURNED, then=Value(0)), default=Value(1)), "-pk")
    )
    in_review = [row for row in waiting if row.state == ReportState.IN_REVIEW]
    pending = next((row for row in waiting if row.state != ReportState.IN_REVIEW), None)
    return UpdateTask(indicator, series, reading, entry, pending, on, in_review, has_choice)


@dataclass(frozen=True, slots=True)
class LineChoice:
    """One line that a person may give: its name, its form, what was given last, and what is asked for now."""

    name: str
    url: str
    last: Measurement | None
    due_on: date | None
    has_draft: bool


def line_choices(user: Any, indicator: Indicator, lines: Sequence[Series], *, on: date) -> list[LineChoice]:
    """The lines of an indicator to choose from, in the order of their names. Constant number of queries."""
    figures: dict[int, Measurement] = {}
    used = Measurement.objects.accepted().used().filter(series__in=[line.pk for line in lines], as_of__isnull=False)
    for row in used.order_by("as_of", "pk"):
        figures[row.series_id] = row
    entries = ReportEntry.objects.filter(
        without_answer(), in_open_cycle(on, "report__cycle"), series__in=[line.pk for line in lines]
    )
    due = dict(entries.order_by("-due_on").values_list("series_id", "due_on"))
    drafts = {*Draft.objects.filter(user_id=user.pk, form="update").values_list("key", flat=True)}
    for line in lines:
        line.indicator = indicator
    found = [
        LineChoice(
            name=line_words(line),
            url=figure_page(line),
            last=figures.get(line.pk),
            due_on=due.get(line.pk),
            has_draft=Draft.of_figure(line) in drafts,
        )
        for line in lines
    ]
    return sorted(found, key=lambda choice: sort_key(choice.name, get_language() or "en"))
