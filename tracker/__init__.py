"""Settings, addresses and the task runner of the tracker: knows everybody, known by nobody."""

from tracker.celery import app as celery_app

__all__ = ["celery_app"]
