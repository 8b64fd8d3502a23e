"""What a record rests on: one document, page or statement."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.history.models import TrackedModel
from commitments.roles.rules import is_appointed, is_secretariat


class Source(TrackedModel):
    """A document that says something: title, address, publisher, date as printed, language."""

    title = models.CharField(_("title"), max_length=500)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    #: The day as the source prints it: a day, a month or a year; empty when it prints none.
    published = models.CharField(_("published"), max_length=10, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    #: Addresses of the same document in other languages, by language code.
    other_languages = models.JSONField(_("other languages"), default=dict, blank=True)
    note = models.TextField(_("note"), blank=True)
    is_example = models.BooleanField(default=False)

    class Meta:
        ordering = ("title", "id")
        indexes = [models.Index(fields=["title", "url"])]
        rules_permissions = {"view": is_appointed, "add": is_secretariat, "change": is_secretariat}

    def __str__(self) -> str:
        return self.title
