"""Lists in templates: the files that hold the same rows."""

from typing import Any

from django import template
from django.urls import reverse

from commitments.intake.filters import SafeFilterSet

register = template.Library()


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
    return {form: reverse(f"public:{name}-file", args=[form]) + query for form in ("csv", "xlsx")}


def _query(filters: SafeFilterSet | None) -> str:
    """The filters in force, as a query; what is no filter (the page, the view) is no part of a file."""
    if filters is None:
        return ""
    query = filters.data.copy()
    for beside in filters.beside:
        query.pop(beside, None)
    return f"?{query.urlencode()}" if query else ""
