"""Readings put off until somebody looks: what fails in one of them fails where it is shown."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.utils.functional import SimpleLazyObject

R = TypeVar("R")


def lazily(read: Callable[[], R]) -> R:
    """What `read` gives, read once, when it is first asked for. Only its truth tells whether it is None."""
    found: Any = SimpleLazyObject(read)
    return cast("R", found)
