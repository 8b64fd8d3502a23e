"""Collect every text that people read into the translators' catalogues."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Adds new messages, drops those that are gone, leaves translations as they are."""

    help = "Collect the texts of code and templates into tracker/locale/*/LC_MESSAGES/django.po."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Update each language and say what is left to translate."""
        from tracker.assets import catalogues, messages

        found = messages.collect(settings.BASE_DIR)
        (locale_dir,) = settings.LOCALE_PATHS
        for language in catalogues.PLURALS:
            number, missing = messages.update(language, found, locale_dir)
            self.stdout.write(f"{language}: {number} messages, {missing} to translate.")
