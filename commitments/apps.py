"""The domain as one Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitmentsConfig(AppConfig):
    """Registers at start what lower rooms may not import."""

    name = "commitments"
    verbose_name = _("Commitments")

    def ready(self) -> None:
        """Tell the gate how posts are found, the write path who follows it, the ledger which messages exist."""
        from commitments.appointments import kinds as people
        from commitments.appointments.queries import standing_on
        from commitments.history.following import follow
        from commitments.indicators import counting
        from commitments.notices import registry
        from commitments.reminders import kinds as reminders
        from commitments.roles.standing import register_loader
        from commitments.search.actions import keep_up

        register_loader(standing_on)
        follow(keep_up)
        counting.register()
        for kind in (people.INVITATION, people.PASSWORD_RESET, *reminders.KINDS):
            registry.register(kind)
