"""Small fixed sets about the words of the glossary."""

from django.db import models
from django.utils.translation import pgettext_lazy


class TermKind(models.TextChoices):
    """What a word stands for: an idea that needs a common meaning, or people whom the policy paper names."""

    CONCEPT = "concept", pgettext_lazy("kind of term", "Concept")
    VULNERABLE_GROUP = "vulnerable_group", pgettext_lazy("kind of term", "People in vulnerable situations")
    POPULATION_GROUP = "population_group", pgettext_lazy("kind of term", "People on the move")

    @property
    def is_people(self) -> bool:
        """Whether the word names people."""
        return self is not TermKind.CONCEPT


class Agreement(models.TextChoices):
    """How far the countries of the Declaration agree on a definition."""

    AGREED = "agreed", pgettext_lazy("definition of a term", "Agreed")
    UNDER_DISCUSSION = "under_discussion", pgettext_lazy("definition of a term", "Under discussion")
    ONE_MECHANISM = "one_mechanism", pgettext_lazy("definition of a term", "Used by one mechanism")
    NONE = "none", pgettext_lazy("definition of a term", "No agreed definition yet")
