"""What an address may hold: `<code:…>` of a record, `<file_form:…>` of a list; known to trees that import this."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class Code(StringConverter):
    """A code as records have it: letters, digits, hyphens. Anything else is no page, and never reaches the database."""

    regex = "[A-Za-z0-9-]{1,50}"


class FileForm(StringConverter):
    """How a list is sent as a file."""

    regex = "csv|xlsx"


register_converter(Code, "code")
register_converter(FileForm, "file_form")
