"""The house itself as a Django application: it has commands, no models."""

from django.apps import AppConfig


class TrackerConfig(AppConfig):
    """Carries the commands that run and build the whole: up, build_assets, collect_messages."""

    name = "tracker"
