"""A word of the glossary."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.formats.language import Text, translated
from commitments.glossary.enums import Agreement, TermKind
from commitments.history.models import TrackedModel
from commitments.mechanisms.models import REFERENCE_PERMISSIONS, Mechanism
from commitments.sources.models import Source
from commitments.working_groups.models import Pillar


class Term(TrackedModel):
    """A word that needs a common meaning: what it says in plain words, and how far a definition is agreed."""

    code = models.SlugField(max_length=40, unique=True)
    slug = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=16, choices=TermKind)
    name = models.CharField(_("name"), max_length=200)
    #: One sentence for readers. It explains; it is never the definition itself.
    sentence = models.TextField(_("in plain words"), blank=True)
    #: Empty where nobody speaks of a definition: people whom the policy paper names.
    agreement = models.CharField(max_length=16, choices=Agreement, blank=True)
    #: The mechanism that uses the definition alone.
    mechanism = models.ForeignKey(Mechanism, null=True, blank=True, on_delete=models.PROTECT, related_name="terms")
    #: The wording as its source has it, in the languages in which the source is on record.
    definition = models.TextField(_("definition"), blank=True)
    definition_source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: Where in the source it stands: an article, a paragraph.
    definition_place = models.CharField(max_length=100, blank=True)
    #: The pillar whose aims the word is about.
    pillar = models.ForeignKey(Pillar, null=True, blank=True, on_delete=models.PROTECT, related_name="terms")
    #: Why the word stands here, and whether the policy paper says so or it follows from it.
    why = models.TextField(blank=True)
    is_explicit = models.BooleanField(default=True)
    cited_in = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("term")
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(agreement=Agreement.ONE_MECHANISM) | Q(mechanism__isnull=False),
                name="term_used_by_a_named_mechanism",
            )
        ]
        rules_permissions = {**REFERENCE_PERMISSIONS}

    def __str__(self) -> str:
        return self.code

    def name_in(self, language: str) -> Text:
        """The word in a language."""
        return translated(self, "name", language)
