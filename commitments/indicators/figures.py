"""One indicator as its page shows it: every figure on record, whether it counts and why not, how the status follows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Subquery
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from commitments.formats.language import Text, written_in
from commitments.formats.lazily import lazily
from commitments.formats.numbers import format_percent
from commitments.formats.partial import PartialDate
from commitments.history.enums import ReportState
from commitments.indicators.agreed import AgreedChange, agreed_changes
from commitments.indicators.breakdowns import breakdown_words
from commitments.indicators.drawing import chart_of
from commitments.indicators.enums import Counting
from commitments.indicators.facts import IndicatorFacts, MeasurementFact, Result
from commitments.indicators.method import on_behalf_words, rule_in_words
from commitments.indicators.models import Baseline, Evidence, Indicator, Measurement, Series, Target
from commitments.indicators.queries import IndicatorReading, indicator_reading, measurement_fact
from commitments.indicators.series import first_counting_day, has_path, period_of
from commitments.indicators.spoken import short_spoken, spoken, when_of
from commitments.indicators.wording import amount, day_words, explain, figure_of, language
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


@dataclass(frozen=True, slots=True)
class Working:
    """How the status follows: the rule, and value, expected value and share, each only where there is one."""

    number: int
    words: str
    value: str
    value_when: str
    expected: str
    share: str
    formula: str
    sum: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """Everything that the page of one indicator shows."""

    indicator: Indicator
    commitment: Commitment | None
    reading: IndicatorReading
    sentence: str
    chart: SafeString
    rows: list[FigureRow]
    baseline: Level | None
    target: Level | None
    working: Working
    is_closed: bool
    agreed: list[AgreedChange]

    @property
    def has_source(self) -> bool:
        """Whether a document is named for the baseline or the target."""
        return any(level is not None and level.source is not None for level in (self.baseline, self.target))


def indicator_page(indicator: Indicator, *, on: date) -> IndicatorPage:
    """Read one published indicator. The number of queries does not depend on how many figures it has."""
    reading = indicator_reading(indicator, on=on)
    commitment = indicator.commitment
    is_loaded = indicator.reference_id is not None
    default = main_source(commitment) if commitment and is_loaded else None
    proposed = "" if is_loaded else proposed_by(indicator)
    total = reading.total
    corrected = corrected_in(reading) if getattr(indicator, "has_corrected", True) else []
    return IndicatorPage(
        indicator=indicator,
        commitment=commitment,
        reading=reading,
        sentence=explain(reading),
        chart=lazily(lambda: chart_of(reading, on=on, id="trajectory", corrected=corrected, is_broad=True)),
        rows=lazily(lambda: figure_rows(reading, on, corrected)),
        baseline=level_of(total.baseline, indicator, default, proposed) if total and total.baseline else None,
        target=level_of(total.target, indicator, default, proposed) if total and total.target else None,
        working=lazily(lambda: working_of(reading.result, reading.facts, indicator)),
        is_closed=bool(commitment and commitment.life_cycle not in {"active", "draft"}),
        agreed=lazily(lambda: agreed_changes(reading, on) if getattr(indicator, "has_agreed", True) else []),
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
    """That the status rests on the whole, of a breakdown, or of a country where the whole has figures of its own."""
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


def working_of(result: Result, facts: IndicatorFacts, indicator: Indicator) -> Working:
    """The rule that decided, and the figures it was given."""
    value = amount(result.value, indicator) if result.value is not None else ""
    added = [fact for fact in facts.measurements if set(fact.ids) & set(result.measurement_ids) and fact.as_of]
    added.sort(key=lambda fact: fact.as_of or PartialDate(result.on))
    first = period_of(added[0]) if added and facts.counting is Counting.FLOW else None
    expected = amount(round(result.expected, 1), indicator) if result.expected is not None else ""
    edges = (facts.thresholds.at_risk_from, facts.thresholds.on_track_from)
    share = format_percent(result.share, language(), edges=[*edges, 1]) if result.share is not None else ""
    formula = ""
    if share and result.baseline is not None:
        base = amount(result.baseline, indicator)
        formula = f"({value} − {base}) ÷ ({expected} − {base}) = {share}"
    return Working(
        number=result.rule,
        words=rule_in_words(result.rule, facts.thresholds),
        value=value,
        value_when=spoken(result.as_of, first[0] if first else None) if result.as_of else "",
        expected=expected,
        share=share,
        formula=formula,
        sum=_sum_of(added, value, indicator) if facts.counting is Counting.FLOW and has_path(facts) else "",
    )


def _sum_of(added: Sequence[MeasurementFact], value: str, indicator: Indicator) -> str:
    """6,320 (Oct 2022 to Sep 2023) + about 25,360 (Oct 2023 to Sep 2024) = 31,680; empty for a single period."""
    if len(added) < 2:
        return ""
    parts = [
        f"{figure_of(fact, indicator)} ({short_spoken(fact.as_of, fact.period_start)})" for fact in added if fact.as_of
    ]
    return f"{' + '.join(parts)} = {value}"


def _said(words: str) -> Text:
    return Text(words, language(), foreign=False)
