"""What an address may hold where it names a record: `<code:…>`, known to every tree that imports this."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class Code(StringConverter):
    """A code as records have it: letters, digits, hyphens. Anything else is no page, and never reaches the database."""

    regex = "[A-Za-z0-9-]{1,50}"


register_converter(Code, "code")
