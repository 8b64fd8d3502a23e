"""Lists in templates: their other pages, and the files that hold the same rows."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.core.paginator import Page

from commitments.formats.addresses import address
from commitments.intake.filters import SafeFilterSet

register = template.Library()


@dataclass(frozen=True, slots=True)
class PageLinks:
    """The ways to the other pages of a list: queries, empty where there is no such page."""

    previous: str
    numbered: list[tuple[int | str, str]]
    next: str


@register.simple_tag(takes_context=True)
def page_links(context: template.Context, page: Page[Any]) -> PageLinks:
    """{% page_links page as to %}: the pages around this one and at both ends; an ellipsis for those between, no link.

    The query of the address is kept, and read once for all of them.
    """
    query = context["request"].GET.copy()
    query.pop("page", None)
    start = f"?{query.urlencode()}&page=" if query else "?page="
    numbers = page.paginator.get_elided_page_range(page.number)
    return PageLinks(
        previous=f"{start}{page.number - 1}" if page.has_previous() else "",
        numbered=[(number, f"{start}{number}" if isinstance(number, int) else "") for number in numbers],
        next=f"{start}{page.number + 1}" if page.has_next() else "",
    )


@register.inclusion_tag("components/file_links.html")
def file_links(
    name: str, number: int, filters: SafeFilterSet | None = None, figures: str = "", *, is_cut: bool = False
) -> dict[str, Any]:
    """{% file_links "commitments" count filters %}: the filtered list as CSV and XLSX; nothing for no rows.

    `is_cut`: there are more than `number`, nobody counted how many; the files hold all of them.
    """
    query = _query(filters)
    return {
        "number": number,
        "is_cut": is_cut,
        **_forms(name, query),
        "figures": _forms(figures, query) if figures else None,
    }


def _forms(name: str, query: str) -> dict[str, str]:
    return {form: address(f"public:{name}-file", form) + query for form in ("csv", "xlsx")}


def _query(filters: SafeFilterSet | None) -> str:
    """The filters in force, as a query; what is no filter (the page, the view) is no part of a file."""
    if filters is None:
        return ""
    query = filters.data.copy()
    for beside in filters.beside:
        query.pop(beside, None)
    return f"?{query.urlencode()}" if query else ""
