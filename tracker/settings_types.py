"""Settings for the type checker alone: without modeltranslation, whose patched models it cannot read."""

from tracker.settings import *  # noqa: F403
from tracker.settings import INSTALLED_APPS as _APPS

INSTALLED_APPS = [app for app in _APPS if app != "modeltranslation"]
