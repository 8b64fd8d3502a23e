"""What a record rests on: one document, page or statement."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.history.models import TrackedModel
from commitments.roles.rules import is_appointed, is_focal_point, is_secretariat, leads_a_group


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


class Withdrawable(models.Model):
    """What can be taken off the site after it was published: a date and a public reason stand in its place.

    What stood there stays in the history, for the workspace alone.
    """

    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(_("reason of the withdrawal, published"), blank=True)
    #: The language that the reason is written in.
    withdrawn_language = models.CharField(max_length=2, blank=True)

    class Meta:
        abstract = True


class StoredFile(TrackedModel):
    """A file that somebody uploaded: kept by the hash of its content outside the web root, private until published.

    `name` is what people see and save it under; nothing of it ever becomes a path.
    """

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    #: Whether the file was written anew without the data that cameras and programs leave in pictures.
    is_stripped = models.BooleanField(default=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ("-uploaded_at", "id")
        rules_permissions = {
            "view": is_appointed,
            "add": is_secretariat | is_focal_point | leads_a_group,
            "change": is_secretariat,
        }

    def __str__(self) -> str:
        return self.name
