"""Roles in a group, and how groups of different mechanisms match."""

from django.db import models
from django.utils.translation import pgettext_lazy


class GroupRoleKind(models.TextChoices):
    """What a country or organization does in a group."""

    LEAD = "lead", pgettext_lazy("role in a group", "Lead")
    CO_LEAD = "co_lead", pgettext_lazy("role in a group", "Co-lead")
    PARTICIPANT = "participant", pgettext_lazy("role in a group", "Participant")


class AlignmentKind(models.TextChoices):
    """How a group of another mechanism matches the Declaration."""

    WORKSTREAM = "workstream", pgettext_lazy("alignment", "matches a workstream")
    PILLAR = "pillar", pgettext_lazy("alignment", "matches a pillar as a whole")
    NOT_IN_DECLARATION = "not_in_declaration", pgettext_lazy("alignment", "on a topic the Declaration does not cover")
    NOT_PLACED = "not_placed", pgettext_lazy("alignment", "not placed by the source")
