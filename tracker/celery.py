"""The task runner. Celery only wakes what the database says is due; it holds no truth of its own."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

app = Celery("tracker")
app.config_from_object("django.conf:settings", namespace="CELERY")
# Tasks live in subject packages, which autodiscovery by application does not reach: each is listed.
app.autodiscover_tasks(
    [f"commitments.{room}" for room in ("notices", "reminders", "reporting", "indicators", "search", "exchange")],
    related_name="tasks",
    force=False,
)
