"""How files come in: counted as they arrive, kept in memory up to the limit, dropped beyond it, named as sent.

Set in settings as the one upload handler, before any form looks at a request (the check against forged requests reads
the body first). A file over the limit costs no memory and no disk; its size is still known, for the sentence about it.
"""

import html
import io
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http.multipartparser import MultiPartParser
from django.utils.datastructures import MultiValueDict

from commitments.intake.files.refusals import LARGEST, MEGABYTE

#: Beyond this nothing is read at all: no file that somebody chose by mistake has to be waited for.
MOST_SENT = 100 * MEGABYTE


class ReceivedFile(InMemoryUploadedFile):
    """A file as it came in. `size` is what was sent, even where less was kept; `sent_name` still has its path."""

    sent_name = ""


class BoundedUploadHandler(FileUploadHandler):
    """Keeps files in memory, none longer than the limit."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.sent_name = ""
        self._is_inner = False

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803  # Django's name
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> tuple[Any, MultiValueDict[str, Any]] | None:
        """Read the body with a parser that keeps the names of files as they were sent."""
        if content_length > MOST_SENT:
            raise RequestDataTooBig("The files of one form are larger than may be sent.")
        if self._is_inner:
            return None
        self._is_inner = True
        return _NameKeepingParser(META, input_data, [self], encoding).parse()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self._content = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """A piece of it: kept while the file stays within the limit."""
        if start + len(raw_data) <= LARGEST:
            self._content.write(raw_data)

    def file_complete(self, file_size: int) -> ReceivedFile:
        """The file, with the size that was counted."""
        self._content.seek(0)
        received = ReceivedFile(
            file=self._content,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
        received.sent_name = self.sent_name
        return received


class _NameKeepingParser(MultiPartParser):
    """Django's parser, telling the handler the name of a file before paths and controls are dropped from it."""

    _upload_handlers: list[BoundedUploadHandler]

    def sanitize_file_name(self, file_name: str) -> str:
        """A safe name, never none: Django leaves out a file whose name is nothing but a path."""
        for handler in self._upload_handlers:
            handler.sent_name = html.unescape(file_name)
        return super().sanitize_file_name(file_name) or "-"
