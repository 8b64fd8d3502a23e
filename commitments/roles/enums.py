"""The roles a person can be appointed to, and the doors a change can come through."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    """What a person may do; each appointment carries exactly one."""

    ADMINISTRATOR = "administrator", pgettext_lazy("role", "administrator")
    SECRETARIAT = "secretariat", pgettext_lazy("role", "secretariat")
    LEAD = "lead", pgettext_lazy("role", "working-group lead")
    FOCAL_POINT = "focal_point", pgettext_lazy("role", "focal point")
    READER = "reader", pgettext_lazy("role", "reader")

    @property
    def needs_country(self) -> bool:
        """Whether an appointment to this role names a country."""
        return self is Role.FOCAL_POINT

    @property
    def needs_group(self) -> bool:
        """Whether an appointment to this role names a working group."""
        return self is Role.LEAD


class Door(models.TextChoices):
    """Through which door a change came in."""

    WEB = "web", _("website")
    API = "api", _("programming interface")
    IMPORT = "import", _("import")
    TASK = "task", _("background task")
    COMMAND = "command", _("command")
