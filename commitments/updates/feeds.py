"""What changed as an Atom feed: of everything, or of one country."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commitments.formats.language import HTML_LANG
from commitments.mechanisms.models import Country
from commitments.updates.queries import Wanted, events
from commitments.updates.wording import Line, in_full, in_one_line, language, lines

MOST = 50

if TYPE_CHECKING:  # takes type parameters for the checker only
    Base = Feed[Line, "Subject"]
else:
    Base = Feed


@dataclass(frozen=True, slots=True)
class Subject:
    """What a feed is about: the changes that are wanted, and the country where it is of one."""

    wanted: Wanted
    country: Country | None
    path: str


class ChangesFeed(Base):
    """The newest changes. An entry keeps its id for ever, whatever the language and the address of the feed."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Subject:
        """What the feed is about, from its address."""
        on = cast("Any", request).on
        code = kwargs.get("iso3", "")
        country = get_object_or_404(Country, iso3=code) if code else None
        self.language = HTML_LANG[language()]  # an attribute of the class for Django, of this one answer for us
        return Subject(Wanted(on=on, country=code), country, request.path)

    def title(self, subject: Subject) -> str:
        """The name of the feed."""
        site = _("Los Angeles Declaration Tracker")
        if subject.country is None:
            return _("What changed – %(site)s") % {"site": site}
        return _("What changed: %(country)s – %(site)s") % {
            "country": subject.country.name_in(language()).text,
            "site": site,
        }

    def subtitle(self, subject: Subject) -> str:
        """What stands in it."""
        return _("Published figures, new commitments, corrections, reports and cycles, as they become public.")

    def link(self, subject: Subject) -> str:
        """The page that says the same."""
        query = f"?country={subject.country.iso3}" if subject.country else ""
        return f"{settings.SITE_URL}{reverse('public:changes')}{query}"

    def feed_url(self, subject: Subject) -> str:
        """The feed's own address."""
        return f"{settings.SITE_URL}{subject.path}"

    def feed_guid(self, subject: Subject) -> str:
        """What the feed is known by for ever."""
        return _tag(f"changes-{get_language()}" + (f"-{subject.country.iso3}" if subject.country else ""))

    def author_name(self, subject: Subject) -> str:
        """Who publishes it."""
        return _("Los Angeles Declaration Tracker")

    def items(self, subject: Subject) -> list[Line]:
        """The newest changes in words."""
        return lines(events(subject.wanted, most=MOST))

    def item_title(self, item: Line) -> str:
        """What happened to what."""
        return in_one_line(item)

    def item_description(self, item: Line) -> str | None:  # type: ignore[override]
        """How it was, how it is and why; entries are read as HTML. None where the title says it all."""
        return escape(in_full(item)) or None

    def item_link(self, item: Line) -> str:
        """The history of the record."""
        return f"{settings.SITE_URL}{item.url}"

    def item_guid(self, item: Line) -> str:
        """What the change is known by for ever."""
        return _tag(item.anchor)

    def item_pubdate(self, item: Line) -> datetime:
        """When it happened."""
        return item.at

    def item_updateddate(self, item: Line) -> datetime:
        """The same: what happened does not change."""
        return item.at


def _tag(name: str) -> str:
    """A lasting id in the form of RFC 4151."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{name}"
