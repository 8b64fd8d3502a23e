"""Uploaded files in templates: what they are, how large, and where everybody finds them."""

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from commitments.reporting.documents import KEY
from commitments.sources import wording
from commitments.sources.models import StoredFile, Withdrawable

register = template.Library()


@register.filter
def file_kind(file: StoredFile) -> str:
    """{{ file|file_kind }} is PDF."""
    return wording.kind_of_file(file)


@register.filter
def file_size(file: wording.Measured) -> str:
    """{{ file|file_size }} is 340 kB."""
    return wording.size_of_file(file)


@register.filter
def carries_names(file: StoredFile) -> bool:
    """Whether the file may hold the name of whoever wrote it."""
    return wording.carries_names(file)


@register.filter
def public_address(file: StoredFile) -> str:
    """Where a published file lies, for everybody."""
    return reverse("file", args=[file.sha256[:KEY], file.name])


@register.filter
def withdrawn_words(row: Withdrawable) -> SafeString:
    """{{ document|withdrawn_words }} is Withdrawn on 24 November 2026: it held a name."""
    return wording.withdrawn_words(row)
