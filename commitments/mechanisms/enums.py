"""Small fixed sets about states, bodies and their adherence."""

from django.db import models
from django.utils.translation import pgettext_lazy


class CountryKind(models.TextChoices):
    """States and the two territories that the source names."""

    STATE = "state", pgettext_lazy("kind of country", "state")
    TERRITORY = "territory", pgettext_lazy("kind of country", "territory")


class AdherenceKind(models.TextChoices):
    """How a country belongs to a mechanism. The Declaration is endorsed, never signed or joined as a member."""

    ENDORSING = "endorsing", pgettext_lazy("adherence", "Endorsing country")
    OBSERVER = "observer", pgettext_lazy("adherence", "Observer country")
    MEMBER = "member", pgettext_lazy("adherence", "Member country")
