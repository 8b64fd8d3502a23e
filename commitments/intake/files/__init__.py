"""Files that people upload: judged by name and by content before anything of them is kept.

`read_upload` returns what may be kept, or raises RefusedFile with a sentence for the person.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from commitments.intake.files.kinds import ACCEPT, Kind, looks_like
from commitments.intake.files.names import checked_name, kind_by_name
from commitments.intake.files.office import check_office
from commitments.intake.files.pdf import check_pdf
from commitments.intake.files.pictures import rewritten
from commitments.intake.files.refusals import LARGEST, Refusal, RefusedFile, too_big
from commitments.intake.files.tables import check_table

__all__ = ["ACCEPT", "LARGEST", "CheckedFile", "Kind", "Refusal", "RefusedFile", "read_upload"]

#: The text by which scanners are tried out: whoever sends it must see it refused. In two halves, or this file were one.
_TRIAL_VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!"


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be kept: its name for people, its kind, and the content as it will be stored."""

    name: str
    kind: Kind
    content: bytes
    sha256: str
    is_stripped: bool

    @property
    def size(self) -> int:
        """In bytes, as stored."""
        return len(self.content)

    @property
    def media_type(self) -> str:
        """What it is served as."""
        return self.kind.media_type

    @property
    def carries_names(self) -> bool:
        """Whether it may still hold the name of whoever wrote it: worth a warning."""
        return self.kind.carries_names


def read_upload(upload: Any) -> CheckedFile:
    """Check an uploaded file. Raises RefusedFile.

    `upload` is an UploadedFile of Django's. Its name is taken as the browser sent it where that is known: Django
    itself would silently drop a path.
    """
    size = upload.size or 0
    if size > LARGEST:
        raise too_big(size, LARGEST)
    sent = getattr(upload, "sent_name", None)
    name = checked_name(str(upload.name or "") if sent is None else sent)
    kind = kind_by_name(name)
    upload.seek(0)
    content = upload.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise too_big(len(content), LARGEST)
    if not content:
        raise RefusedFile(Refusal.EMPTY)
    stored = _checked_content(content, kind)
    if len(stored) > LARGEST:
        raise too_big(len(stored), LARGEST)
    return CheckedFile(name, kind, stored, hashlib.sha256(stored).hexdigest(), kind.is_picture)


def _checked_content(content: bytes, kind: Kind) -> bytes:
    """The content as it may be stored. Raises RefusedFile."""
    if _TRIAL_VIRUS in content:
        raise RefusedFile(Refusal.INFECTED)
    if kind is Kind.CSV:
        check_table(content)
        return content
    if kind in {Kind.PDF, Kind.JPEG, Kind.PNG} and kind.value not in looks_like(content):
        raise RefusedFile(Refusal.MISMATCH, ending=f".{kind.value}")
    if kind is Kind.PDF:
        check_pdf(content)
    elif kind.is_picture:
        return rewritten(content, kind)
    else:
        check_office(content, kind)
    return content
