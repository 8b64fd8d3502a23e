"""Readings about the people who sign in."""

from accounts.models import User


def is_demonstration() -> bool:
    """Whether this instance was filled with invented people by `load_demo`."""
    return User.objects.filter(is_demonstration=True).exists()
