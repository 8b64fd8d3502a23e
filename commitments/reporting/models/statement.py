"""What a country itself says on its page."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.formats.language import Text, translated
from commitments.history.models import TrackedModel
from commitments.mechanisms.models import Country
from commitments.roles.rules import is_appointed, is_focal_point, is_focal_point_of


class CountryStatement(TrackedModel):
    """A short text that a country controls and that stands on its page, labelled as its own words.

    Right of reply: what the country publishes or takes back is public at once; the secretariat does not edit it.
    """

    country = models.OneToOneField(Country, on_delete=models.PROTECT, related_name="statement")
    text = models.TextField(_("statement"), blank=True)
    said_on = models.DateField()

    class Meta:
        ordering = ("country",)
        rules_permissions: dict[str, Any] = {"view": is_appointed, "add": is_focal_point, "change": is_focal_point_of}

    def __str__(self) -> str:
        return str(self.country_id)

    @property
    def country_id_for_rules(self) -> int | None:
        """The country that speaks."""
        return self.country_id

    def text_in(self, language: str) -> Text:
        """The statement, with the language it is really in."""
        return translated(self, "text", language)
