"""The domain as one Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitmentsConfig(AppConfig):
    """Registers at start what lower rooms may not import."""

    name = "commitments"
    verbose_name = _("Commitments")

    def ready(self) -> None:
        """Tell the gate how posts are found, and the ledger which kinds of message exist."""
        from commitments.appointments import kinds as people
        from commitments.appointments.queries import standing_on
        from commitments.notices import registry
        from commitments.reminders import kinds as reminders
        from commitments.roles.standing import register_loader

        register_loader(standing_on)
        for kind in (people.INVITATION, people.PASSWORD_RESET, *reminders.KINDS):
            registry.register(kind)
