"""A post's file in two: what its author wrote, and from the mark on what others said; each may be edited alone."""

import hashlib
import re
from dataclasses import dataclass

from .comments import MARK

_SIGN = MARK.encode()
_MARK = re.compile(rb"^" + _SIGN + rb"\r?$", re.M)


@dataclass(frozen=True, slots=True)
class Halves:
    """The bytes above the last line that is the mark, and those from it on; space between them is nobody's."""

    above: bytes
    below: bytes = b""

    @classmethod
    def of(cls, data: bytes) -> "Halves":
        start = data.rfind(_SIGN)
        while start >= 0 and not _MARK.match(data, start):
            start = data.rfind(_SIGN, 0, start + len(_SIGN) - 1)
        return cls(data, b"") if start < 0 else cls(data[:start], data[start:])

    @property
    def digests(self) -> tuple[str, str]:
        """SHA-256 of each, hex; '' for comments that are not there."""
        return _digest(self.above.rstrip()), _digest(self.below) if self.below else ""

    def joined(self) -> bytes:
        return self.above.rstrip() + b"\n\n" + self.below if self.below else self.above


def merged(ours: Halves, found: Halves, before: tuple[str, str]) -> tuple[Halves, tuple[bool, bool]]:
    """A file as it should be, and which halves a person edited: theirs stay, the others are ours.

    `before`: digests of what was written last.
    """
    pairs = zip(ours.digests, found.digests, before, strict=True)
    above, below = (there not in (new, old) for new, there, old in pairs)
    return Halves(found.above if above else ours.above, found.below if below else ours.below), (above, below)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
