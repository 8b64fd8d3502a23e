"""Pieces of public pages made once for a version of the record: the frame, rows of lists, parts of the overview."""

from collections.abc import Iterable
from itertools import count
from typing import Any

from django import template
from django.core.paginator import Page
from django.db.models import QuerySet
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from commitments.history.kept import each_kept, kept_under
from commitments.public.queries.cards import of_these
from commitments.public.wording.cards import card_of
from commitments.register.models import Commitment

register = template.Library()
#: Templates are read once by a process: each place in them has a number of its own.
_numbers = count()


class _Unfit(Exception):
    """What was made is for this page alone: a part of it has failed."""

    def __init__(self, made: SafeString) -> None:
        super().__init__()
        self.made = made


class Keep(template.Node):
    """What stands between the tags, by the language and by what the tag names."""

    child_nodelists = ("nodelist",)

    def __init__(self, names: list[FilterExpression], nodelist: NodeList) -> None:
        self.names = names
        self.nodelist = nodelist
        self.number = next(_numbers)

    def render(self, context: template.Context) -> SafeString:
        """The piece as it was made before, else made now."""
        named = tuple(name.resolve(context) for name in self.names)
        try:
            return kept_under(("piece", self.number, get_language(), named), lambda: self._made(context))
        except _Unfit as unfit:
            return unfit.made

    def _made(self, context: template.Context) -> SafeString:
        made = self.nodelist.render(context)
        if getattr(getattr(context, "request", None), "has_failed_part", False):
            raise _Unfit(made)
        return made


@register.tag
def keep(parser: Parser, token: Token) -> Keep:
    """{% keep on section %}…{% endkeep %}: made once for a version of the record, a language and these values.

    Whatever the piece shows must come from the record, the language and the values named: nothing else of the request.
    """
    names = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    return Keep(names, nodelist)


@register.filter
def rows(commitments: Iterable[Commitment], without: str = "") -> list[SafeString]:
    """{{ page|rows:"group" }}: commitments as rows of a list, without what the page says already."""
    found: Any = commitments.object_list if isinstance(commitments, Page) else commitments
    row: Any = get_template("public/_commitment_row.html")

    def make(keys: list[int]) -> dict[int, SafeString]:
        return {
            commitment.pk: row.template.render(template.Context({"card": card_of(commitment, without)}))
            for commitment in of_these(found, keys)
        }

    keys = getattr(commitments, "keys", None)
    wanted = _keys(found) if keys is None else keys
    return list(each_kept(("row", get_language(), without), wanted, make).values())


def _keys(found: Any) -> list[int]:
    """The keys of commitments in their order; of rows not yet read, the keys alone are read."""
    if isinstance(found, QuerySet) and found._result_cache is None:
        return list(found.values_list("pk", flat=True))
    return [commitment.pk for commitment in found]
