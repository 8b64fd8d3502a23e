"""The lines of figures that people give: which of an indicator, under which name, at which address.

Most indicators have one line, that of the whole, and nobody hears of lines. Where countries report line by line, each
is asked for, typed, kept and sent by itself.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from commitments.formats.language import Text
from commitments.indicators.breakdowns import breakdown_words
from commitments.indicators.models import Indicator, Series
from commitments.roles.standing import standing_of

#: The parameter of an address that names a line.
LINE = "line"


def figure_page(series: Series, view: str = "update-indicator") -> str:
    """Where the figure of a line is given."""
    return page_of(series.indicator.code, None if series.is_total else series.pk, view)


def page_of(code: str, line: int | None, view: str = "update-indicator") -> str:
    """The same by the code of the indicator and the id of the line; None for the whole."""
    address = reverse(f"workspace:{view}", args=[code])
    return address if line is None else f"{address}?{LINE}={line}"


def told_apart(rows: QuerySet[Any], series: str = "series_id", indicator: str = "series__indicator") -> QuerySet[Any]:
    """Rows that know whether their indicator has other lines (`has_siblings`): then the name of the line is said."""
    others = Series.objects.filter(indicator=OuterRef(indicator)).exclude(pk=OuterRef(series))
    return rows.annotate(has_siblings=Exists(others)).select_related(*_beside(series))


def _beside(series: str) -> tuple[str, ...]:
    return ("series__country",) if series == "series_id" else ("country",)


def has_siblings(series: Series) -> bool:
    """Whether the indicator of a line has others. One query."""
    return Series.objects.filter(indicator=series.indicator_id).exclude(pk=series.pk).exists()


def line_words(series: Series) -> str:
    """Which part of the whole a line is: a country, a breakdown, or both; empty for the whole."""
    lang = get_language() or "en"
    parts = [series.country.name_in(lang).text] if series.country else []
    return ", ".join([*parts, *([breakdown_words(series.breakdown)] if series.breakdown else [])])


def title_of(row: Any) -> Text:
    """The title of the indicator of an entry or figure out of `told_apart`; with its line where there are others."""
    return line_title(row.series, apart=row.has_siblings)


def line_title(series: Series, *, apart: bool) -> Text:
    """The title of an indicator, with the name of the line where it has to be told apart."""
    title = series.indicator.title_in(get_language() or "en")
    words = line_words(series) if apart else ""
    return Text(f"{title.text} – {words}", title.language, title.foreign) if words else title


def lines_for(user: Any, indicator: Indicator) -> list[Series]:
    """The lines whose figures a person may give, by country. One query.

    All for the secretariat and for the country that answers; for a country that an open cycle asks, those it asks for.
    """
    standing = standing_of(user)
    rows = Series.objects.filter(indicator=indicator).select_related("country")
    if not (standing.is_staff or indicator.country_id_for_rules in standing.countries):
        asked = Q(entries__report__country__in=standing.countries, entries__report__cycle__closed_at=None)
        rows = rows.filter(asked).distinct()
    return list(rows.order_by("country__iso3", "breakdown", "pk"))


def offered(lines: Sequence[Series]) -> list[Series]:
    """Those to choose from: the whole where there is one, else the countries, else whatever there is."""
    whole = [line for line in lines if line.is_total]
    countries = [line for line in lines if line.country_id is not None and not line.breakdown]
    return whole or countries or list(lines)
