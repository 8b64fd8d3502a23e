"""Fixed sets of values of cycles and reports."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CycleState(models.TextChoices):
    """Where a cycle stands; computed from its dates and whether it was closed, never stored."""

    PLANNED = "planned", pgettext_lazy("state of a cycle", "Planned")
    OPEN = "open", pgettext_lazy("state of a cycle", "Open")
    CLOSED = "closed", pgettext_lazy("state of a cycle", "Closed")


class Timeliness(models.TextChoices):
    """Whether what is owed has come; computed from dates, never stored. It says nothing about delivery."""

    ON_TIME = "on_time", pgettext_lazy("timeliness of a report", "On time")
    LATE = "late", pgettext_lazy("timeliness of a report", "Received late")
    MISSING = "missing", pgettext_lazy("timeliness of a report", "Not received")
    NOT_DUE = "not_due", pgettext_lazy("timeliness of a report", "Not due yet")

    @classmethod
    def of(cls, *, due_on: date, received_on: date | None, on: date) -> "Timeliness":
        """How a thing stands on a day that was owed on another; the due day itself is in time."""
        if received_on is not None:
            return cls.ON_TIME if received_on <= due_on else cls.LATE
        return cls.MISSING if due_on < on else cls.NOT_DUE


class Answer(models.TextChoices):
    """What is said of one commitment in a report: each of the three is an answer."""

    PROGRESS = "progress", pgettext_lazy("answer about a commitment", "There is progress to report")
    UNCHANGED = "unchanged", pgettext_lazy("answer about a commitment", "Nothing changed")
    CANNOT = "cannot", pgettext_lazy("answer about a commitment", "Cannot report")


class CannotReport(models.TextChoices):
    """Why a figure or a report cannot be given. Words may follow each; the last one needs them."""

    NOT_YET = "not_yet", _("The figure exists and will come later")
    NOT_COLLECTED = "not_collected", _("Nobody collects this figure")
    ELSEWHERE = "elsewhere", _("Another institution holds it and has not answered")
    CONFIDENTIAL = "confidential", _("It may not be published")
    NO_LONGER = "no_longer", _("The programme has ended")
    OTHER = "other", _("Another reason")


class Section(models.TextChoices):
    """A part of a report that is written, asked about and answered by itself."""

    PROGRESS = "progress", pgettext_lazy("section of a report", "Progress by commitment")
    FIGURES = "figures", pgettext_lazy("section of a report", "Indicators")
    OBSTACLES = "obstacles", pgettext_lazy("section of a report", "Obstacles and support needed")
    PRACTICE = "practice", pgettext_lazy("section of a report", "Good practice")
    COHERENCE = "coherence", pgettext_lazy("section of a report", "National coherence")
    DOCUMENTS = "documents", pgettext_lazy("section of a report", "Documents")
    PURPOSE = "purpose", pgettext_lazy("section of a report", "Purpose and outcomes")
    SYNTHESIS = "synthesis", pgettext_lazy("section of a report", "What happened")


#: The sections of a country's report and of the secretariat's own, in their order; then those of a group's.
COUNTRY_SECTIONS = (
    Section.PROGRESS,
    Section.FIGURES,
    Section.OBSTACLES,
    Section.PRACTICE,
    Section.COHERENCE,
    Section.DOCUMENTS,
)
GROUP_SECTIONS = (Section.PURPOSE, Section.FIGURES, Section.SYNTHESIS, Section.OBSTACLES, Section.DOCUMENTS)
#: The columns of a report in which the words of a section stand.
SECTION_COLUMNS: dict[str, tuple[str, ...]] = {
    Section.OBSTACLES: ("obstacles",),
    Section.PRACTICE: ("practice",),
    Section.COHERENCE: ("coherence", "coherence_words"),
    Section.PURPOSE: ("purpose", "outcomes"),
    Section.SYNTHESIS: ("summary",),
}


class SectionState(models.TextChoices):
    """How far a section of a report is; computed from what is in it, never stored."""

    NOT_STARTED = "not_started", pgettext_lazy("state of a section", "Not started")
    IN_PROGRESS = "in_progress", pgettext_lazy("state of a section", "In progress")
    DONE = "done", pgettext_lazy("state of a section", "Done")
    QUESTION = "question", pgettext_lazy("state of a section", "Question to answer")


class Coherence(models.TextChoices):
    """Whether national policy points the same way as the commitments, in the country's own judgement."""

    SAME = "same", pgettext_lazy("national coherence", "Yes, the same way")
    PARTLY = "partly", pgettext_lazy("national coherence", "Partly")
    OPPOSITE = "opposite", pgettext_lazy("national coherence", "No, another way")
    UNCLEAR = "unclear", pgettext_lazy("national coherence", "Not examined yet")


class Waiting(models.TextChoices):
    """A kind of thing that waits for the secretariat."""

    FIGURE = "figure", pgettext_lazy("waits for review", "Figure")
    COUNTRY = "country", pgettext_lazy("waits for review", "Country report")
    GROUP = "group", pgettext_lazy("waits for review", "Group report")
    SECRETARIAT = "secretariat", pgettext_lazy("waits for review", "The secretariat’s own report")
    PROPOSAL = "proposal", pgettext_lazy("waits for review", "Proposed indicator")
    REVISION = "revision", pgettext_lazy("waits for review", "Proposed revision")
    CORRECTION = "correction", pgettext_lazy("waits for review", "Correction of a report")
    DRAFT = "draft", pgettext_lazy("waits for review", "Draft commitment")


class PrintState(models.TextChoices):
    """Where a file asked for stands."""

    WAITING = "waiting", pgettext_lazy("state of a file", "Being made")
    MADE = "made", pgettext_lazy("state of a file", "Ready")
    FAILED = "failed", pgettext_lazy("state of a file", "Could not be made")


class Punctuality(models.TextChoices):
    """Whether a report came when it was due; computed from its dates, never stored."""

    ON_TIME = "on_time", pgettext_lazy("punctuality of a report", "on time")
    LATE = "late", pgettext_lazy("punctuality of a report", "late")
    MISSING = "missing", pgettext_lazy("punctuality of a report", "missing")
    NOT_DUE = "not_due", pgettext_lazy("punctuality of a report", "not due yet")
