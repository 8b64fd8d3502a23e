"""The figures of the register as a table, a row for each public indicator."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commitments.formats.language import Text
from commitments.indicators.models import Indicator
from commitments.indicators.queries import CommitmentReading, IndicatorReading, commitment_readings, indicator_readings
from commitments.indicators.wording import reason_words, status_word, unit_text
from commitments.public.exports.commitments import batches
from commitments.public.exports.table import Row, Table
from commitments.public.wording.counts import language
from commitments.register.models import Commitment

#: How many commitments or indicators are read at once: keeps memory flat at any size.
AT_ONCE = 400


def figures_table(ids: list[int], site: str, *, on: date) -> Table:
    """The public indicators of these commitments as they stand on a day; a commitment without any has a row too."""
    return Table(_figures_heads(), _figures_rows(ids, site, on))


def indicators_table(ids: list[int], site: str, *, on: date) -> Table:
    """These indicators in their order as they stand on a day."""
    return Table(_figures_heads(), _indicator_rows(ids, site, on))


def _indicator_rows(ids: list[int], site: str, on: date) -> Iterator[Row]:
    page = site + reverse("public:indicator", args=["CODE"])
    shown = Indicator.objects.select_related("commitment__mechanism", "commitment__maker_country")
    for some in batches(ids, AT_ONCE):
        rows = {row.pk: row for row in shown.filter(pk__in=some)}
        readings = indicator_readings([rows[pk] for pk in some if pk in rows], on=on)
        for reading in readings.values():
            commitment = reading.indicator.commitment
            country = commitment.maker_country if commitment else None
            yield _figure_row(commitment.code if commitment else "", country.iso3 if country else "", reading, page)


def _figures_heads() -> tuple[str, ...]:
    return (
        *(_("Commitment (code)"), _("Indicator (code)"), _("Indicator"), _("Country (code)"), _("Key indicator")),
        *(
            _("Value"),
            _("Lowest value"),
            _("Highest value"),
            _("Unit"),
            _("Date of the figure"),
            _("First day of the period"),
        ),
        *(_("Starting value"), _("Date of the starting value"), _("Target"), _("Date of the target")),
        *(_("Expected by now"), _("Share of what was expected")),
        *(_("Status (code)"), _("Status"), _("Number of the rule"), _("Reason (code)"), _("Reason")),
        *(_("Source"), _("Address of the source"), _("Verified"), pgettext("invented record", "Example"), _("Page")),
    )


def _figures_rows(ids: list[int], site: str, on: date) -> Iterator[Row]:
    page = reverse("public:indicator", args=["CODE"])
    shown = Commitment.objects.select_related("mechanism", "maker_country")
    for some in batches(ids, AT_ONCE):
        rows = {row.pk: row for row in shown.filter(pk__in=some)}
        readings = commitment_readings([rows[pk] for pk in some if pk in rows], on=on)
        for pk in some:
            if pk in readings:
                yield from _figures_of(readings[pk], site + page)


def _figures_of(reading: CommitmentReading, page: str) -> Iterator[Row]:
    country = reading.commitment.maker_country
    iso3 = country.iso3 if country else ""
    width = len(_figures_heads())
    if not reading.indicators:
        code = reading.commitment.code
        yield (code, None, None, iso3, *[None] * (width - 4))
    for one in reading.indicators:
        yield _figure_row(reading.commitment.code, iso3, one, page)


def _figure_row(code: str, iso3: str, one: IndicatorReading, page: str) -> Row:
    indicator, result, latest = one.indicator, one.result, one.latest
    source = latest.source if latest else None
    unit: Text = unit_text(indicator)
    return (
        *(code, indicator.code, indicator.title_in(language()).text, iso3, one.is_key),
        *((latest.value, latest.value_min, latest.value_max) if latest else (None, None, None)),
        *(unit.text, *((latest.day, latest.period_start) if latest else (None, None))),
        *(result.baseline, result.baseline_date, result.target, result.target_date),
        *(result.expected, result.share),
        *(result.status.value, status_word(result.status.value), result.rule),
        *(result.reason.value, reason_words(result.reason)),
        *((source.title, source.url) if source else ("", "")),
        *(latest.is_verified if latest else None, indicator.is_example),
        page.replace("CODE", indicator.code),
    )
