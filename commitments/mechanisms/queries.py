"""Which settings hold on a day."""

from datetime import date

from commitments.mechanisms.models import OfficeSettings


def office_settings(on: date) -> OfficeSettings:
    """How the secretariat works on a day; the defaults, unsaved, before anything was decided. One query."""
    in_force = OfficeSettings.objects.filter(valid_from__lte=on).order_by("-valid_from").first()
    return in_force if isinstance(in_force, OfficeSettings) else OfficeSettings(valid_from=on)
