"""The page of totals in templates: headings, addresses and cells of its tables."""

from django import template

from commitments.public.queries.tally import Tally
from commitments.public.wording import totals

register = template.Library()


@register.simple_tag
def table_words(by: str) -> tuple[str, str, str]:
    """{% table_words "pillar" as words %}: heading, first column, and the row of those that belong to none."""
    return totals.headings(by)


@register.simple_tag
def row_address(by: str, key: str) -> str:
    """{% row_address "country" "COL" as url %}: the page of what a row counts."""
    return totals.address(by, key)


@register.filter
def count_cells(counted: Tally) -> list[tuple[str, str]]:
    """{{ counted|count_cells }}: the numbers of a row, each with the word over it."""
    return totals.cells(counted)
