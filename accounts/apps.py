"""People who sign in, as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Accounts: knows nothing of countries or roles."""

    name = "accounts"
    verbose_name = _("Accounts")
