"""What readers are told of changes to the site itself: dated notes in four languages, the newest first."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Note:
    """What changed for readers on one day."""

    on: date
    words: tuple[str | Promise, ...]


#: A new note goes on top; one that was published is not rewritten.
NOTES = (
    Note(
        date(2026, 11, 26),
        (
            _("Each commitment shows its dates on a timeline, with a table and a file."),
            _("Countries against pillars, and workstreams against the other mechanisms, are drawn as matrices."),
            _("Charts can be shown on other sites, and saved as drawings and pictures with their source and day."),
            _("The whole public record can be downloaded as open data, in tables with a dictionary."),
            _("What changed in the record can be followed day by day, for one country too, and as a feed."),
            _("The site can be searched in four languages, and countries or workstreams compared side by side."),
            _("What is late or off track stands on one page, and anybody can report a mistake on any page."),
            _("If a part of a page cannot be shown, the page says so and shows the rest."),
        ),
    ),
    Note(date(2026, 11, 25), (_("Counts of commitments by status stand on one page and in one file."),)),
    Note(
        date(2026, 11, 24),
        (
            _("The record of commitments was opened in four languages, with the source of every figure."),
            _("Statuses follow one published rule, from published figures alone."),
        ),
    ),
)
