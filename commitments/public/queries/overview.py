"""The overview: whether the Declaration is being delivered, by whom, and what needs attention."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from commitments.formats.language import Text
from commitments.formats.lazily import lazily
from commitments.history.enums import ReportState
from commitments.history.kept import kept
from commitments.history.together import together
from commitments.indicators.counting import counted_at_a_glance
from commitments.indicators.facts import Thresholds
from commitments.indicators.models import Face, Indicator, Measurement, Target
from commitments.indicators.queries import IndicatorReading, indicator_reading, thresholds_on
from commitments.mechanisms.models import AdherenceCount, Country
from commitments.meetings.enums import MeetingState
from commitments.meetings.models import Meeting
from commitments.public.queries.cards import needing_attention
from commitments.public.queries.groups import PillarLines, pillar_lines, without_pillar
from commitments.public.queries.places import DECLARATION, Place, countries, later_counts, places, with_lateness
from commitments.public.queries.tally import Tally, tallies, tally
from commitments.register.enums import LifeCycle
from commitments.register.models import Commitment
from commitments.reporting.punctuality import late_reports

LATE, ATTENTION, UPDATES, MEETINGS = 4, 6, 3, 3
#: How many of the latest figures are looked through for one that can be drawn.
LOOKED_THROUGH = 12


@dataclass(frozen=True, slots=True)
class LateReport:
    """Whose report is late, and since when: a country, or a group by its slug."""

    name: Text
    since: date
    iso3: str = ""
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that the overview shows."""

    total: int
    own: Tally
    places: list[Place]
    pillars: list[PillarLines]
    without_pillar: Tally
    attention: list[Commitment]
    updates: list[Measurement]
    focus: IndicatorReading | None
    meetings: list[Meeting]
    later_count: AdherenceCount | None
    thresholds: Thresholds
    #: Reports of real cycles that are late.
    late_reports: int
    on: date
    #: The day by which lateness is told.
    late_on: date

    @property
    def late(self) -> list[LateReport]:
        """The countries and groups whose reports have been late for longest, one row each."""
        late = [LateReport(row.name, row.late_since, iso3=row.country.iso3) for row in self.places if row.late_since]
        lines = [line for pillar in self.pillars for line in pillar.lines]
        late += [LateReport(line.name, line.late_since, slug=line.slug) for line in lines if line.late_since]
        return sorted(late, key=lambda row: row.since)[:LATE]

    @property
    def any_late(self) -> bool:
        """Whether a square of the map carries the mark of lateness."""
        return any(place.late_since for place in self.endorsing)

    @property
    def meetings_ahead(self) -> bool:
        """Whether the meetings shown lie ahead."""
        return any(meeting.start >= self.on for meeting in self.meetings)

    @property
    def behind(self) -> list[Commitment]:
        """Active commitments that are off track or at risk."""
        return [row for row in self.attention if row.life_cycle == LifeCycle.ACTIVE]

    @property
    def behind_at_end(self) -> list[Commitment]:
        """Closed ones that were off track or at risk at their last figure."""
        return [row for row in self.attention if row.life_cycle != LifeCycle.ACTIVE]

    @property
    def with_commitment(self) -> int:
        """How many endorsing countries have one on record."""
        return len(self.endorsing) - len(self.without_commitment)

    @property
    def endorsing(self) -> list[Place]:
        """The endorsing countries, in the alphabet of the language."""
        return [place for place in self.places if place.is_endorsing]

    @property
    def without_commitment(self) -> list[Place]:
        """Endorsing countries that have none on record."""
        return [place for place in self.endorsing if not place.counted.total]


def overview(*, on: date, late_on: date, language: str) -> Overview:
    """Read the overview. The number of queries does not depend on the size of the record."""
    counts = counted_at_a_glance()
    work = [row for row in counts if row["face"] == Face.WORK]
    own = [row for row in counts if row["face"] == Face.MAKER]
    own_work = [row for row in work if row["mechanism__code"] == DECLARATION]
    found = places(_countries(late_on), language, tallies(own, "maker_country_id"))
    names = {place.country.pk: place.name for place in found}
    beside = lazily(lambda: _beside(on, sum(place.is_endorsing for place in found)))
    latest = lazily(lambda: beside.figures)
    focus = lazily(lambda: _focus(latest, on))
    return Overview(
        total=sum(row["number"] for row in work),
        own=tally(own),
        places=found,
        pillars=lazily(lambda: pillar_lines(language, names, late_on=late_on, counts=own_work)),
        without_pillar=without_pillar(own_work),
        attention=lazily(lambda: beside.attention),
        updates=lazily(lambda: _one_each(latest)[:UPDATES]),
        focus=focus,
        meetings=lazily(lambda: beside.meetings),
        later_count=lazily(lambda: beside.later_count),
        thresholds=lazily(lambda: focus.facts.thresholds if focus else thresholds_on(on).get(None, Thresholds())),
        late_reports=found[0].country.late_reports if found else 0,
        on=on,
        late_on=late_on,
    )


@kept
def _countries(late_on: date) -> list[Country]:
    """Every country, since when its report is late, and how many reports are late in all. One query."""
    return list(with_lateness(countries().annotate(late_reports=late_reports(late_on)), late_on))


@dataclass(frozen=True, slots=True)
class Beside:
    """The few rows that stand beside the counts: commitments, figures and meetings, each in their order."""

    attention: list[Commitment]
    figures: list[Measurement]
    meetings: list[Meeting]
    later_count: AdherenceCount | None


@kept
def _beside(on: date, named: int) -> Beside:
    """What needs attention, what came last, when people meet, and who else endorsed. One query.

    The keys alone are sorted inside it, and only the few rows that are shown are read whole.
    """
    read = together(
        attention=needing_attention(ATTENTION),
        figures=latest_figures(),
        meetings=meetings_at_hand(on),
        later=later_counts(named),
    )
    meetings = sorted(read["meetings"], key=lambda meeting: _next_first(meeting, on))
    return Beside(
        attention=sorted(read["attention"], key=lambda row: (row.behind, row.order)),
        figures=sorted(read["figures"], key=newest_last, reverse=True),
        meetings=[meeting for meeting in meetings if _is_ahead(meeting, on)] or meetings,
        later_count=next(iter(read["later"]), None),
    )


def latest_figures() -> QuerySet[Measurement]:
    """The figures of the Declaration's own commitments published last, `has_target` beside each."""
    targets = Target.objects.filter(series=OuterRef("series"), valid_until__isnull=True)
    rows = Measurement.objects.published().filter(
        is_example=False,
        series__indicator__state=ReportState.PUBLISHED,
        series__indicator__is_example=False,
        series__indicator__commitment__mechanism__code=DECLARATION,
        series__indicator__commitment__life_cycle__in=[life for life in LifeCycle if life.is_public],
    )
    newest = (F("published_at").desc(nulls_last=True), F("as_of").desc(nulls_last=True), "-pk")
    ids = rows.order_by(*newest).values("pk")[:LOOKED_THROUGH]
    found: QuerySet[Measurement] = Measurement.objects.filter(pk__in=ids).annotate(has_target=Exists(targets))
    return found.select_related("series__indicator__commitment__maker_country", "source")


def newest_last(row: Measurement) -> tuple[Any, ...]:
    """The newest last; without a moment or a day first."""
    return row.published_at is not None, row.published_at, row.as_of is not None, row.as_of or date.min, row.pk


def _one_each(latest: list[Measurement]) -> list[Measurement]:
    """The latest figure of each indicator."""
    by_indicator: dict[int, Measurement] = {}
    for row in latest:
        by_indicator.setdefault(row.series.indicator_id, row)
    return list(by_indicator.values())


def _focus(latest: list[Measurement], on: date) -> IndicatorReading | None:
    """The indicator of the latest figure that can be held against a target, of a commitment still active."""
    for row in latest:
        indicator: Indicator = row.series.indicator
        commitment = indicator.commitment
        with_target: Any = getattr(row, "has_target", False)
        if with_target and commitment is not None and commitment.life_cycle == LifeCycle.ACTIVE:
            return indicator_reading(indicator, on=on)
    return None


def meetings_at_hand(on: date) -> QuerySet[Meeting]:
    """The meetings that come next, then the latest on record."""
    is_ahead = Q(state=MeetingState.PLANNED, start__gte=on)
    rows = Meeting.objects.filter(is_ahead | Q(start__lte=on), is_example=False)
    next_first = Case(When(is_ahead, then=F("start"))).asc(nulls_last=True)
    ids = rows.order_by(next_first, "-start", "slug").values("pk")[:MEETINGS]
    found: QuerySet[Meeting] = Meeting.objects.filter(pk__in=ids).select_related("mechanism", "country")
    return found


def _is_ahead(meeting: Meeting, on: date) -> bool:
    return meeting.state == MeetingState.PLANNED and meeting.start >= on


def _next_first(meeting: Meeting, on: date) -> tuple[Any, ...]:
    """The order of meetings: the next ones as they come, then the latest first."""
    days = meeting.start.toordinal()
    is_ahead = _is_ahead(meeting, on)
    return not is_ahead, days if is_ahead else -days, meeting.slug
