"""Fixed sets of values of a commitment and the lawful steps of its life."""

from django.db import models
from django.utils.translation import pgettext_lazy


class CommitmentKind(models.TextChoices):
    """Who carries a commitment, or that it is about money."""

    NATIONAL = "national", pgettext_lazy("kind of commitment", "National")
    COLLECTIVE = "collective", pgettext_lazy("kind of commitment", "Collective")
    FINANCIAL = "financial", pgettext_lazy("kind of commitment", "Financial")


class Horizon(models.TextChoices):
    """Short up to 12 months, medium up to 36, long beyond."""

    SHORT = "short", pgettext_lazy("horizon", "Short term")
    MEDIUM = "medium", pgettext_lazy("horizon", "Medium term")
    LONG = "long", pgettext_lazy("horizon", "Long term")


class HorizonBasis(models.TextChoices):
    """How the horizon is known."""

    STATED = "stated", pgettext_lazy("basis of the horizon", "stated by the source")
    COMPUTED = "computed", pgettext_lazy("basis of the horizon", "computed from dates")
    JUDGED = "judged", pgettext_lazy("basis of the horizon", "judged")


class LifeCycle(models.TextChoices):
    """Where a commitment stands in its life. Such records stay on the site; drafts and removed ones are not public."""

    DRAFT = "draft", pgettext_lazy("life of a commitment", "Draft")
    ACTIVE = "active", pgettext_lazy("life of a commitment", "Active")
    SUSPENDED = "suspended", pgettext_lazy("life of a commitment", "Suspended")
    ENDED = "ended", pgettext_lazy("life of a commitment", "Ended")
    WITHDRAWN = "withdrawn", pgettext_lazy("life of a commitment", "Withdrawn")
    SUPERSEDED = "superseded", pgettext_lazy("life of a commitment", "Superseded")
    #: Taken off the site by a published decision, with all that hangs on it: its addresses say so and answer 410.
    REMOVED = "removed", pgettext_lazy("life of a commitment", "Removed")

    @property
    def is_public(self) -> bool:
        """Whether anybody may read the record."""
        return self not in UNSEEN

    @property
    def is_closed(self) -> bool:
        """No colour any more, and nothing is asked: suspended, ended, withdrawn, superseded or removed."""
        return self not in {LifeCycle.DRAFT, LifeCycle.ACTIVE}

    @property
    def may_become(self) -> frozenset["LifeCycle"]:
        """The lawful next steps."""
        shown = frozenset(life for life in LifeCycle if life.is_public)
        return {
            LifeCycle.DRAFT: frozenset({LifeCycle.ACTIVE}),
            LifeCycle.ACTIVE: frozenset(LifeCycle) - {LifeCycle.DRAFT, LifeCycle.ACTIVE},
            LifeCycle.SUSPENDED: frozenset(LifeCycle) - {LifeCycle.DRAFT, LifeCycle.SUSPENDED},
            # Put back where it stood, or where it belongs.
            LifeCycle.REMOVED: shown,
        }.get(self, frozenset({LifeCycle.REMOVED}))


#: Lives of commitments that only the office, and who drafts, may read.
UNSEEN = (LifeCycle.DRAFT, LifeCycle.REMOVED)
#: Lives of commitments of which nothing is asked any more.
CLOSED = tuple(life for life in LifeCycle if life.is_closed)


class ReportedValue(models.TextChoices):
    """What a source says of a commitment; it never changes a colour."""

    IN_PROGRESS = "in_progress", pgettext_lazy("reported status", "in progress")
    COMPLETED = "completed", pgettext_lazy("reported status", "completed")
    SUSPENDED = "suspended", pgettext_lazy("reported status", "suspended")
    ENDED = "ended", pgettext_lazy("reported status", "ended")


class ReportedBasis(models.TextChoices):
    """Whether the source says it or its numbers show it."""

    STATED = "stated", pgettext_lazy("basis of a reported status", "stated by the source")
    DERIVED = "derived", pgettext_lazy("basis of a reported status", "derived from its figures")


class SourceRole(models.TextChoices):
    """Whether the commitment was taken from the document or is only also told there."""

    MAIN = "main", pgettext_lazy("role of a source", "Source")
    FURTHER = "further", pgettext_lazy("role of a source", "Further source")


class LinkKind(models.TextChoices):
    """How two commitments belong together. Never add a part to its whole."""

    PART_OF = "part_of", pgettext_lazy("link between commitments", "part of")
    RELATED = "related", pgettext_lazy("link between commitments", "related to")
