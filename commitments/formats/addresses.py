"""Addresses of pages, each worked out once: a list names the pages of its rows again at every answer."""

from functools import lru_cache

from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language

#: So many addresses are kept by a process, those named last.
MOST = 5_000


def address(name: str, *parts: str | int) -> str:
    """The address of a page in the language of the page, as `reverse` gives it. Raises NoReverseMatch."""
    return _address(name, parts, get_language(), get_urlconf(), get_script_prefix())


@lru_cache(MOST)
def _address(name: str, parts: tuple[str | int, ...], language: str | None, tree: str | None, prefix: str) -> str:
    """Everything that an address depends on is an argument: the tree itself never changes while a process lives."""
    return reverse(name, args=parts)
