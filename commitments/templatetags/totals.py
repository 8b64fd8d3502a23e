"""Totals in templates: headings, addresses and cells of their tables; how much a list holds."""

from typing import Any

from django import template
from django.core.paginator import Page

from commitments.public.queries.tally import Tally
from commitments.public.queries.totals import TotalsPage
from commitments.public.wording import counts, totals

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
def count_cells(counted: Tally, page: TotalsPage) -> list[tuple[str, str]]:
    """{{ counted|count_cells:page }}: the numbers of a row, each with the word over it."""
    return totals.cells(counted, page)


@register.filter
def commitments_found(page: Page[Any]) -> str:
    """{{ page|commitments_found }}: "12 commitments", of a long list "More than 10,000 commitments"."""
    return counts.commitments_found(page)
