"""Translations on public pages: whether one is behind its original."""

from django import template
from django.utils.translation import get_language

from commitments.formats.language import language_of
from commitments.history.languages import outdated_in
from commitments.history.models import TrackedModel

register = template.Library()


@register.simple_tag
def is_behind(*rows: TrackedModel) -> bool:
    """{% is_behind commitment as behind %}: whether a text of these records, as the page shows it, is outdated.

    No query for what was read along with them.
    """
    told = [getattr(row, "is_behind", None) for row in rows]
    if None not in told:
        return any(told)
    return bool(outdated_in(rows, language_of(get_language())))
