"""The one password of all invented people: given from outside, or made up once and kept for the owner alone."""

import os
import secrets
from pathlib import Path

#: A third of a byte each: 96 bits, typed by hand now and then.
BYTES = 12


def kept_password(file: Path) -> str:
    """The password kept in a file, made up when there is none; only its owner may read it (mode 0600)."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        file.chmod(0o600)
        return file.read_text("utf-8").strip()
    with os.fdopen(handle, "w", encoding="utf-8") as page:
        password = secrets.token_urlsafe(BYTES)
        page.write(f"{password}\n")
    return password
