"""The tables of a database that is kept as one JSON file of any size: a record at a time."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from ..errors import ReadError

_PIECE = 1 << 20  # bytes
_LONGEST = 96 << 20  # bytes of one record
_SPACE = re.compile(r"[\s,]*")


@dataclass(frozen=True, slots=True)
class Record:
    table: str
    offset: int  # bytes before it
    data: bytes

    def value(self) -> dict[str, Any]:
        found = json.loads(self.data.decode("utf-8", "replace"), strict=False)
        return found if isinstance(found, dict) else {}


def records(file: IO[bytes], start: str, url: str = "") -> Iterator[Record]:
    """Every record of every list within the object that follows `start` (a regular expression); ReadError where torn.

    Bytes are taken for characters one to one, so that positions are those in the file.
    """
    text = _Text(file, url)
    text.find(re.compile(start))
    while (sign := text.peek()) == '"':
        name, _ = text.value()
        text.expect(":")
        if text.peek() != "[":
            text.value()
            continue
        text.expect("[")
        while text.peek() not in ("]", ""):
            _, (begin, data) = text.value()
            yield Record(str(name), begin, data)
        text.expect("]")
    if sign != "}":
        raise ReadError(url, f"its JSON is broken at byte {text.place:,}")


class _Text:
    def __init__(self, file: IO[bytes], url: str) -> None:
        self._file, self._url, self._text = file, url, ""
        self._base = self._at = 0
        self._decode = json.JSONDecoder(strict=False).raw_decode

    @property
    def place(self) -> int:
        return self._base + self._at

    def find(self, sign: re.Pattern[str]) -> None:
        while not (found := sign.search(self._text)):
            if not self._more(keep=len(sign.pattern) + 4096):
                raise ReadError(self._url, "has no tables of a blog")
        self._at = found.end()

    def peek(self) -> str:
        while True:
            found = _SPACE.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def expect(self, sign: str) -> None:
        if self.peek() != sign:
            raise ReadError(self._url, f"its JSON is broken at byte {self.place:,}")
        self._at += 1

    def value(self) -> tuple[Any, tuple[int, bytes]]:
        """What stands next, with where it begins and its bytes."""
        self.peek()
        while True:
            try:
                found, end = self._decode(self._text, self._at)
                if end < len(self._text):
                    break
            except (ValueError, RecursionError) as error:
                if len(self._text) - self._at > _LONGEST:
                    raise ReadError(self._url, f"its JSON is broken at byte {self.place:,}") from error
            if not self._more():
                raise ReadError(self._url, f"its JSON is broken in what begins at byte {self.place:,}")
        begin, data = self.place, self._text[self._at : end].encode("latin-1")
        self._at = end
        return found, (begin, data)

    def _more(self, keep: int = 0) -> bool:
        """Read on; what is before the place that is looked at goes."""
        first = max(0, len(self._text) - keep) if keep else self._at
        piece = self._file.read(max(_PIECE, len(self._text) - first))
        if piece:
            self._text = self._text[first:] + piece.decode("latin-1")
            self._base, self._at = self._base + first, max(0, self._at - first)
        return bool(piece)
