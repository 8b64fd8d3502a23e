"""Reading the letters that the tests have sent."""

import re
from collections.abc import Callable
from email.message import EmailMessage

from django.conf import settings

#: Sends what is owed now and gives the letters to one address.
PostOffice = Callable[[str], list[EmailMessage]]
LINK = re.compile(re.escape(settings.SITE_URL) + r"(/\S+)")


def text_of(letter: EmailMessage) -> str:
    """The plain text of a letter."""
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def html_of(letter: EmailMessage) -> str:
    """The HTML of a letter."""
    part = letter.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def link_in(letter: EmailMessage) -> str:
    """The path of the first link in a letter; every link begins with the site's own address."""
    found = LINK.search(text_of(letter))
    assert found is not None
    return found.group(1)
