"""The matrices in templates: titles of rows, places in a source, words of a cell."""

from collections.abc import Iterable

from django import template

from commitments.formats.language import Text
from commitments.public.queries.matrix import MatrixRow, MemberCell, Related
from commitments.public.wording import matrix

register = template.Library()


@register.filter
def row_title(row: MatrixRow) -> Text:
    """{{ row|row_title }}: a workstream with its number, or a pillar as a whole."""
    return matrix.row_title(row)


@register.filter
def cited(places: Iterable[str]) -> str:
    """{{ group.cited_in|cited }}: "Figure 1, Figure 3, Section 3 · 2023"."""
    return matrix.cited_words(places)


@register.filter
def in_the_paper(place: Text) -> Text:
    """{{ claim.place|in_the_paper }}: a place in the source paper, in the language of the page."""
    return matrix.place_words(place.text)


@register.filter
def groups_counted(related: list[Related]) -> str:
    """{{ cell.related|groups_counted }}: "2 groups"."""
    return matrix.groups_counted(related)


@register.filter
def belongs(cell: MemberCell) -> str:
    """{{ cell|belongs }}: how a country belongs to a mechanism."""
    return matrix.belongs_words(cell)


@register.filter
def member_places(cell: MemberCell) -> str:
    """{{ cell|member_places }}: what a membership rests on."""
    return matrix.member_places(cell)


@register.filter
def claim(said: str) -> str:
    """{{ adherence.figure1_claim|claim }}: what a figure of the paper says."""
    return matrix.claim_words(said)
