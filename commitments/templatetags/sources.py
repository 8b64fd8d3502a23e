"""Documents in templates: who publishes one, and what it is called inside a line, in the language that it is in."""

from django import template
from django.utils.translation import get_language

from commitments.formats.language import Text, language_of, written_in
from commitments.register import wording
from commitments.sources.models import Source

register = template.Library()


@register.filter
def publisher(source: Source) -> Text:
    """{{ source|publisher|marked }}: who publishes a document, in the language of the document."""
    return written_in(source.publisher, source.language, language_of(get_language()))


@register.filter
def briefly(source: Source) -> Text:
    """{{ source|briefly|marked }}: a document by who publishes it, else by its title."""
    return wording.cited(source)
