"""The charts that may stand elsewhere: each as a picture with its source and day, and as a page for a frame."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commitments.charts.picture import Drawer, Sheet, counted_bar
from commitments.charts.plot import Size
from commitments.charts.timeline import timeline, timeline_pair
from commitments.formats.dates import long_date
from commitments.formats.language import Text, translated
from commitments.indicators.cuts import CountryChart
from commitments.indicators.drawing import chart_of
from commitments.indicators.models import UnitType
from commitments.indicators.queries import CommitmentReading, IndicatorReading
from commitments.indicators.wording import explain, figure_of, status_word, unit_words
from commitments.mechanisms.models import Country, Mechanism
from commitments.public.queries.commitment import Around
from commitments.public.queries.tally import ORDER, Tally
from commitments.public.wording.counts import in_words, language, shape_of, status_noun
from commitments.public.wording.timeline import dates_of, timeline_of
from commitments.register.models import Commitment
from commitments.register.wording import cited, ended_words, maker_of
from commitments.reporting.punctuality import ReportSquare
from commitments.sources.models import Source
from commitments.working_groups.models import Pillar, WorkingGroup

#: Where the chart of a body stands.
PAGE_OF = {"group": "public:working-group", "pillar": "public:pillar", "mechanism": "public:mechanism"}


def title_of(place: object, title: object) -> str:
    """What a chart is called, after whose it is."""
    return pgettext("title of a chart", "%(place)s: %(title)s") % {"place": place, "title": title}


@dataclass(frozen=True, slots=True)
class Shown:
    """One chart wherever it stands: its words, its page, the addresses under which it can be had, and its drawing."""

    kind: str
    code: str
    title: Text
    sentence: str
    source: Text | None
    on: date
    page: str
    chart: str = ""
    figure: str = ""
    counted: Tally | None = None
    status: str = ""
    drawer: Drawer | None = None
    #: Who made the commitment that it belongs to, and how that is no longer active: the key, and its word with the day.
    place: Text | None = None
    life: str = ""
    ended: str = ""
    #: What of the record it shows, where that is not all: the key of a breakdown.
    cut: str = ""
    #: Reports with their words, or small charts with a name and a figure: shown as lists on the page for a frame.
    reports: Sequence[ReportSquare] = ()
    countries: Sequence[CountryChart] = ()
    #: The document that its source is, where it is one.
    document: Source | None = None

    @property
    def shape(self) -> str:
        """The shape of its status."""
        return shape_of(self.status)

    @property
    def word(self) -> str:
        """The word of its status."""
        return status_word(self.status)

    @property
    def named(self) -> str:
        """Its title, after whose commitment it is."""
        return title_of(self.place, self.title) if self.place else self.title.text

    @property
    def standing(self) -> str:
        """The word of its status, and of the end of its commitment, as a sentence."""
        said = " · ".join(filter(None, [self.word if self.status else "", self.ended]))
        return f"{said}." if said else ""

    @property
    def day(self) -> str:
        """Of when the data are."""
        return _("Data as of %(day)s") % {"day": long_date(self.on, language())}

    def address(self, form: str) -> str:
        """Where it can be had: as "embed", "svg" or "png"."""
        return reverse(f"public:{form}-{self.kind}", args=[part for part in (self.code, self.cut) if part])

    @property
    def sheet(self) -> Sheet:
        """Its picture."""
        source = _("Source: %(source)s") % {"source": self.source} if self.source else ""
        place = f"{settings.SITE_URL}{self.page}".split("://", 1)[-1]
        return Sheet(
            language=language(),
            title=self.named,
            sentence=" ".join(filter(None, [self.standing, self.sentence])),
            foot=(" · ".join(filter(None, [source, self.day])), place),
            site=_("Los Angeles Declaration Tracker"),
            drawing=self.drawer,
            figure=self.figure,
            title_language=self.title.html_lang if self.title.foreign else "",
        )


def of_indicator(reading: IndicatorReading, *, on: date) -> Shown:
    """An indicator: its course, its figure alone where there is one, else what the record says of it."""
    indicator, latest = reading.indicator, reading.latest
    chart = chart_of(reading, on=on, id="chart")
    unit = f" {unit_words(indicator)}" if indicator.unit_type == UnitType.COUNT else ""
    figure = f"{figure_of(latest, indicator)}{unit}" if latest and latest.value is not None else ""

    def draw(width: int, height: int) -> str:
        return chart_of(reading, on=on, id="drawn", size=Size(width, height, "wide", longest_label=width * 0.6))

    return Shown(
        kind="indicator",
        code=indicator.code,
        title=indicator.title_in(language()),
        sentence=explain(reading),
        source=cited(latest.source) if latest and latest.source else None,
        document=latest.source if latest else None,
        on=on,
        page=reverse("public:indicator", args=[indicator.code]),
        chart=chart,
        figure="" if chart else figure,
        status=reading.result.status.value,
        drawer=draw if chart else None,
        **_whose(indicator.commitment),
    )


def _whose(commitment: Commitment | None) -> dict[str, Any]:
    """Who made a commitment, and how and since when it is no longer active."""
    if commitment is None:
        return {}
    ended = ended_words(commitment)
    return {"place": maker_of(commitment), "life": commitment.life_cycle if ended else "", "ended": ended}


def of_commitment(commitment: Commitment, reading: CommitmentReading, around: Around, *, on: date) -> Shown:
    """The dates of a commitment: when it was made, what falls due, what is reported, who meets."""
    chart = timeline_of(commitment, dates_of(commitment, reading, around, on=on), on=on)

    def draw(width: int, height: int) -> str:
        assert chart is not None  # noqa: S101  # drawn only where there is one
        return timeline(chart, id="drawn", size=Size(width, height, "wide", longest_label=width * 0.6))

    return Shown(
        kind="commitment",
        code=commitment.code,
        title=translated(commitment, "title", language()),
        sentence=chart.description if chart else _("No further date is on record."),
        source=own_words(_("the published record of this tracker")),
        on=on,
        page=reverse("public:commitment", args=[commitment.code]),
        chart=timeline_pair(chart, id="chart") if chart else "",
        drawer=draw if chart else None,
        **_ended_without_a_day(commitment),
    )


def _ended_without_a_day(commitment: Commitment) -> dict[str, Any]:
    """Who made it; and that it is no longer active, where no date among those of its chart says so."""
    whose = _whose(commitment)
    return whose if commitment.life_cycle_date is None else {"place": whose["place"]}


def of_status(counted: Tally, *, on: date) -> Shown:
    """How many of the Declaration's commitments stand where."""
    title = own_words(_("Commitments under the Declaration by status"))
    return _of_counts(counted, on, title, kind="status", code="", page=reverse("public:overview"))


def of_body(kind: str, code: str, body: WorkingGroup | Pillar | Mechanism, counted: Tally, *, on: date) -> Shown:
    """How many commitments of a working group, a pillar or a mechanism stand where."""
    title, page = own_words(_("Commitments by status")), reverse(PAGE_OF[kind], args=[code])
    found = _of_counts(counted, on, title, kind=kind, code=code, page=page)
    return replace(found, place=body.name_in(language()))


def of_country(country: Country, counted: Tally, *, on: date) -> Shown:
    """How many of a country's commitments under the Declaration stand where."""
    title = pgettext("title of a chart", "%(country)s: commitments under the Declaration by status")
    named = own_words(title % {"country": country.name_in(language())})
    page = reverse("public:country", args=[country.iso3])
    return _of_counts(counted, on, named, kind="country", code=country.iso3, page=page)


def _of_counts(counted: Tally, on: date, title: Text, *, kind: str, code: str, page: str) -> Shown:
    labels = {status.value: status_noun(status.value, counted.counts.get(status.value, 0)) for status in ORDER}
    return Shown(
        kind=kind,
        code=code,
        title=title,
        sentence=in_words(counted) if counted.parts else _("No commitments on record yet."),
        source=own_words(_("the published record of this tracker")),
        on=on,
        page=page,
        counted=counted,
        drawer=counted_bar(counted.counts, labels) if counted.parts else None,
    )


def own_words(text: str) -> Text:
    """A text in the language of the page."""
    return Text(text, language(), foreign=False)
