"""Whether the inputs of a build step have changed since it last ran."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


class Stamp:
    """A file that remembers the fingerprint of what a step was built from."""

    def __init__(self, path: Path, inputs: Iterable[Path], *words: str) -> None:
        self.path = path
        self.fingerprint = _fingerprint(inputs, words)

    def is_current(self, outputs: Iterable[Path]) -> bool:
        """Whether the step may be left out: same inputs, and every output still there."""
        return (
            self.path.is_file()
            and self.path.read_text() == self.fingerprint
            and all(output.exists() for output in outputs)
        )

    def write(self) -> None:
        """Remember the step as done."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.fingerprint)


def _fingerprint(inputs: Iterable[Path], words: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for word in words:
        digest.update(word.encode() + b"\0")
    for path in sorted(inputs):
        digest.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
