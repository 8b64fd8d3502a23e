"""Parts of a public page that fail alone: the rest of the page is shown, and nothing keeps a page with a gap."""

import logging
from typing import Any

from django import template
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from commitments.history.kept import forget
from commitments.intake.filters import BadFilter

log = logging.getLogger(__name__)
register = template.Library()
#: What concerns the whole page: it has answers of its own, as has a database that is away.
OF_THE_PAGE = (Http404, PermissionDenied, BadFilter, OperationalError, InterfaceError)


class Part(template.Node):
    """What stands between the tags; where making it fails, a line that says so."""

    child_nodelists = ("nodelist",)

    def __init__(self, heading: FilterExpression, nodelist: NodeList) -> None:
        self.heading = heading
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        """The part, or its error state."""
        try:
            return self.nodelist.render(context)
        except OF_THE_PAGE:
            raise
        except Exception:
            request: Any = getattr(context, "request", None)
            if request is None or not getattr(settings, "PARTS_FAIL_ALONE", True):
                raise
            request.has_failed_part = True
            forget()  # what failed may have been read for all pages of this version
            mark = getattr(request, "mark", "")
            log.exception("A part of %s cannot be shown (%s).", request.path, mark)
            said = {"heading": self.heading.resolve(context), "reference": mark}
            if not said["heading"]:
                return SafeString("")
            return SafeString(render_to_string("components/part_failed.html", said))


@register.inclusion_tag("components/on_this_page.html")
def on_this_page(*anchors: str) -> dict[str, Any]:
    """{% on_this_page "sources" _("Sources") … %}: on a telephone, the way to the sections of a long page."""
    return {
        "sections": [{"id": place, "label": label} for place, label in zip(anchors[::2], anchors[1::2], strict=True)]
    }


@register.tag
def part(parser: Parser, token: Token) -> Part:
    """{% part _("Meetings") %}…{% endpart %}: a part of a page under this heading, which may fail alone.

    {% part "" %}…{% endpart %}: a few words inside another part, or in the head of the page: they are left out.
    """
    words = token.split_contents()
    if len(words) != 2:
        raise template.TemplateSyntaxError("A part has one heading.")
    nodelist = parser.parse(("endpart",))
    parser.delete_first_token()
    return Part(parser.compile_filter(words[1]), nodelist)
