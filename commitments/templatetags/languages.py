"""Languages of texts on pages: whether a translation is behind, in which one a reason is written."""

from django import template
from django.utils.translation import get_language

from commitments.formats.language import Text, language_of, written_in
from commitments.history.languages import language_kept, outdated_in
from commitments.history.models import TrackedModel
from commitments.register.models import Commitment

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


@register.filter
def life_reason(commitment: Commitment) -> Text:
    """{{ commitment|life_reason }}: why it ended or rests, in the language it was written in. One query if it did."""
    reason = commitment.life_cycle_reason
    written = language_kept(commitment, "life_cycle_reason") if reason else ""
    return written_in(reason, written, language_of(get_language()))
