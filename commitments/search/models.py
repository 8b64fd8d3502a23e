"""The index of what can be found."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What is found, in the order in which equal results stand."""

    COUNTRY = "country", pgettext_lazy("kind of a search result", "Country")
    COMMITMENT = "commitment", pgettext_lazy("kind of a search result", "Commitment")
    INDICATOR = "indicator", pgettext_lazy("kind of a search result", "Indicator")
    GROUP = "group", pgettext_lazy("kind of a search result", "Workstream or group")
    MECHANISM = "mechanism", pgettext_lazy("kind of a search result", "Mechanism")
    MEETING = "meeting", pgettext_lazy("kind of a search result", "Meeting")
    TERM = "term", pgettext_lazy("kind of a search result", "Glossary")


PLACES = {kind.value: place for place, kind in enumerate(Kind)}


class SearchEntry(models.Model):
    """The folded words of one public record, in all four languages.

    Derived, so not tracked: written in the transaction of every change of the record, by `search.actions` alone. Each
    database keeps its own index of the words by itself (see the migration that made this table).
    """

    kind = models.CharField(max_length=12, choices=Kind)
    record = models.BigIntegerField()
    place = models.PositiveSmallIntegerField()
    #: What orders equal results: the code, or what the address ends with.
    sort = models.CharField(max_length=80)
    #: The code and the names, each as one word (`folding.one_word`): what is asked for by exactly this stands first.
    exact = models.TextField()
    title_words = models.TextField()
    other_words = models.TextField(blank=True)

    class Meta:
        #: In the order of results, so that the first ones of very many are found without a look at the others.
        indexes = [models.Index("place", "sort", "id", name="entries_in_their_order")]
        constraints = [models.UniqueConstraint(fields=["kind", "record"], name="one_entry_a_record")]

    def __str__(self) -> str:
        return f"{self.kind} {self.sort}"
