"""One indicator as its page shows it: every figure on record, whether it counts and why not, how the status follows."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, partial

from django.db.models import Exists, OuterRef, Subquery
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from commitments.formats.language import Text, written_in
from commitments.formats.lazily import lazily
from commitments.formats.partial import PartialDate
from commitments.history.enums import ReportState
from commitments.indicators.agreed import AgreedChange, agreed_changes
from commitments.indicators.breakdowns import breakdown_words
from commitments.indicators.drawing import chart_of
from commitments.indicators.enums import Direction
from commitments.indicators.eras import eras_of
from commitments.indicators.facts import IndicatorFacts
from commitments.indicators.method import on_behalf_words
from commitments.indicators.models import Baseline, Evidence, Indicator, Measurement, Series, Target
from commitments.indicators.queries import IndicatorReading, indicator_reading, measurement_fact
from commitments.indicators.series import first_counting_day
from commitments.indicators.spoken import when_of
from commitments.indicators.wording import day_words, explain, figure_of, language
from commitments.indicators.working import Working, working_of
from commitments.register.enums import SourceRole
from commitments.register.models import Commitment, CommitmentSource
from commitments.roles.enums import Role
from commitments.sources.models import Source


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure that was published until another took its place: what it was, and the public reason."""

    figure: str
    reason: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure in the table: what the source says, of which day, and why it does not count where it does not."""

    measurement: Measurement
    figure: str
    when: str
    is_judged: bool
    not_counted: tuple[Text, ...]
    line: str
    evidence: tuple[Evidence, ...] = ()
    #: Whether the country confirmed what the secretariat entered for it; empty for a figure that it entered itself.
    on_behalf: str = ""
    #: What was published for the same date before it was corrected, newest first.
    corrected: tuple["Correction", ...] = ()
    #: That nobody held the figure against its source; empty where somebody did, or where there is none.
    unchecked: str = ""

    @property
    def counts(self) -> bool:
        """Whether the figure may decide the status."""
        return not self.not_counted


@dataclass(frozen=True, slots=True)
class Level:
    """The baseline or target: figure, date, source or who proposed it; `source_is_own` when not the commitment's."""

    figure: str
    when: str
    note: Text
    source: Source | None
    source_is_own: bool
    proposed: str = ""


@dataclass(frozen=True)
class IndicatorPage:
    """Everything that the page of one indicator shows, each worked out where it is shown: what fails, fails there."""

    indicator: Indicator
    commitment: Commitment | None
    read: Callable[[], IndicatorReading]
    chart: SafeString
    rows: list[FigureRow]
    working: Working
    is_closed: bool
    agreed: list[AgreedChange]
    #: The document that a figure without one of its own is taken from, or who proposed it.
    source: Source | None
    proposed: str

    @property
    def reading(self) -> IndicatorReading:
        """What it was worked out from."""
        return self.read()

    @cached_property
    def sentence(self) -> str:
        """How the status follows from the figures."""
        return explain(self.reading)

    @cached_property
    def revised_on(self) -> str:
        """The day since which another baseline or target holds than on the day of the figure that is judged."""
        result = self.reading.result
        if result.as_of is None or result.expected is None:
            return ""
        days = [era.until for era in eras_of(self.reading) if result.as_of.last_day < era.until]
        return day_words(PartialDate(days[-1])) if days else ""

    @cached_property
    def baseline(self) -> Level | None:
        """The baseline of the whole."""
        total = self.reading.total
        return self._level(total.baseline) if total and total.baseline else None

    @cached_property
    def target(self) -> Level | None:
        """The target of the whole."""
        total = self.reading.total
        return self._level(total.target) if total and total.target else None

    def _level(self, row: Baseline | Target) -> Level:
        return level_of(row, self.indicator, self.source, self.proposed)

    @property
    def has_source(self) -> bool:
        """Whether a document is named for the baseline or the target."""
        return any(level is not None and level.source is not None for level in (self.baseline, self.target))


def indicator_page(indicator: Indicator, *, on: date) -> IndicatorPage:
    """Read one published indicator. The number of queries does not depend on how many figures it has."""
    read = cache(partial(indicator_reading, indicator, on=on))
    corrected = cache(lambda: corrected_in(read()) if getattr(indicator, "has_corrected", True) else [])
    commitment = indicator.commitment
    is_loaded = indicator.reference_id is not None
    return IndicatorPage(
        indicator=indicator,
        commitment=commitment,
        read=read,
        chart=lazily(lambda: chart_of(read(), on=on, id="trajectory", corrected=corrected(), is_broad=True)),
        rows=lazily(lambda: figure_rows(read(), on, corrected())),
        working=lazily(lambda: working_of(read().result, read().facts, indicator)),
        is_closed=bool(commitment and commitment.life_cycle not in {"active", "draft"}),
        agreed=lazily(lambda: agreed_changes(read(), on) if getattr(indicator, "has_agreed", True) else []),
        source=main_source(commitment) if commitment and is_loaded else None,
        proposed="" if is_loaded else proposed_by(indicator),
    )


def main_source(commitment: Commitment) -> Source | None:
    """The document that the commitment was taken from. One query."""
    links = CommitmentSource.objects.filter(commitment=commitment, role=SourceRole.MAIN).select_related("source")
    link = links.order_by("position", "id").first()
    return link.source if link else None


def proposed_by(indicator: Indicator) -> str:
    """Who proposed an indicator that no document gave, as its history has it. One query."""
    words = {
        Role.FOCAL_POINT.value: _("Proposed by the country, accepted by the secretariat"),
        Role.LEAD.value: _("Proposed by the working group, accepted by the secretariat"),
        Role.SECRETARIAT.value: _("Set by the secretariat"),
    }
    first = (
        Indicator.history.filter(id=indicator.pk).order_by("history_id").values_list("actor_role", flat=True).first()
    )
    return words.get(first or "", "")


def corrected_in(reading: IndicatorReading) -> list[Measurement]:
    """The figures that were published once and then corrected, newest first, with the public reason. One query."""
    past = Measurement.history.filter(id=OuterRef("pk"))
    why = past.filter(state=ReportState.CORRECTED).order_by("-history_id").values("public_reason")[:1]
    rows = Measurement.objects.filter(
        Exists(past.filter(state=ReportState.PUBLISHED)),
        state=ReportState.CORRECTED,
        series__in=[line.series.pk for line in reading.lines],
    )
    return list(rows.annotate(why=Subquery(why)).order_by("-as_of", "-pk"))


def figure_rows(reading: IndicatorReading, on: date, corrected: Sequence[Measurement] = ()) -> list[FigureRow]:
    """All figures on record, newest first, those without a date last; what was corrected stands beside what is."""
    before = defaultdict(list)
    for old in corrected:
        before[old.series_id, old.as_of].append(
            Correction(figure_of(old, reading.indicator), getattr(old, "why", "") or "")
        )
    judged = set(reading.result.measurement_ids)
    lines = {line.series.pk: line.series for line in reading.lines}
    documents = evidence_of(reading) if getattr(reading.indicator, "has_evidence", True) else {}
    rows = []
    for row in reading.measurements:
        series = lines[row.series_id]
        parts = [series.country.name_in(language()).text] if series.country else []
        parts += [breakdown_words(series.breakdown)] if series.breakdown else []
        rows.append(
            FigureRow(
                measurement=row,
                figure=figure_of(row, reading.indicator),
                when=when_of(row),
                is_judged=row.pk in judged,
                not_counted=(*reasons_against(row, reading.facts, on), *_beside_the_whole(series, reading)),
                line=", ".join(parts),
                evidence=tuple(documents.get(row.pk, ())),
                on_behalf=on_behalf_words(row),
                unchecked=unchecked_words(row),
                corrected=tuple(before[row.series_id, row.as_of]) if row.is_used else (),
            )
        )
    return rows


def _beside_the_whole(series: Series, reading: IndicatorReading) -> list[Text]:
    """That nothing is judged; or that the status rests on the whole, of a breakdown, or of a country beside a whole."""
    if reading.facts.direction is Direction.OBSERVE:
        return [_said(_("Shown for context; never judged."))]
    is_part = series.breakdown or (series.country_id is not None and reading.facts.coverage is None)
    return [_said(_("The status rests on the figures of the whole."))] if is_part else []


def unchecked_words(row: Measurement) -> str:
    """That a figure was not verified; of one that a person entered, only that nobody held it against its source yet."""
    if row.is_verified:
        return ""
    if row.entered_by_id is None:
        return _("Not verified")
    return _("Not checked against its source yet") if row.source_id else ""


def evidence_of(reading: IndicatorReading) -> dict[int, list[Evidence]]:
    """The documents that show a figure beside its source, by figure. One query."""
    shown = Evidence.objects.filter(measurement__in=[row.pk for row in reading.measurements])
    found: dict[int, list[Evidence]] = {}
    for link in shown.select_related("source", "file").order_by("id"):
        found.setdefault(link.measurement_id or 0, []).append(link)
    return found


def reasons_against(row: Measurement, facts: IndicatorFacts, on: date) -> list[Text]:
    """Why a figure is listed and never judged; none where it counts."""
    fact, start = measurement_fact(row), first_counting_day(facts)
    reasons = []
    if not row.is_comparable:
        reasons.append(written_in(row.not_comparable_because, "en", language()))
    if not row.is_used:
        reasons.append(_said(_("Another source is used for the same date.")))
    if fact.low is None:
        reasons.append(_said(_("The source gives words, not a figure.")))
    if fact.as_of is None:
        reasons.append(_said(_("The date it speaks of is not stated.")))
    elif fact.as_of.first_day > on:
        reasons.append(_said(_("It speaks of a day that lies ahead.")))
    elif start is not None and fact.as_of.last_day < start:
        before = (
            _("It speaks of a day before the baseline.")
            if facts.baseline
            else _("It speaks of a day before the commitment was made.")
        )
        reasons.append(_said(before))
    return reasons


def level_of(row: Baseline | Target, indicator: Indicator, default: Source | None, proposed: str) -> Level:
    """A baseline or target with its source; without one of its own, the commitment's, or who proposed it."""
    return Level(
        figure=figure_of(row, indicator),
        when=day_words(row.day),
        note=written_in(" ".join(filter(None, [row.note, getattr(row, "date_note", "")])), "en", language()),
        source=row.source or default,
        source_is_own=row.source is not None,
        proposed=proposed,
    )


def _said(words: str) -> Text:
    return Text(words, language(), foreign=False)
