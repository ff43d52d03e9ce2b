"""Elements of one name out of an XML file of any size, each as its own bytes: memory holds one at a time.

No entity, no DTD is ever seen by a parser, and what is torn costs one element, not the file.
"""

import codecs
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from .. import charsets, torn
from ..errors import ReadError
from ..model import Page
from ..parse import Element
from ..web import Web, stream

_PIECE = 1 << 20  # bytes
_LONGEST = 96 << 20  # bytes of one element
_CLOSED_BY = {b"<![CDATA[": b"]]>", b"<!--": b"-->"}
_HEAD = 4096  # bytes in which a file says its charset
_MARGIN = 64  # bytes that a sign may be cut in


@dataclass(frozen=True, slots=True)
class Fragment:
    """An element as it stands in the file."""

    data: bytes
    offset: int  # bytes before it
    line: int  # it begins on, from 1
    whole: bool = True  # False when the file ends in it


def fragments(file: IO[bytes], name: str, url: str = "") -> Iterator[Fragment]:
    """Every element of that name, whatever its prefix, that lies in none of its kind; ReadError for an endless one."""
    window = _Window(file, f"<{name}>", url)
    for sign in _signs(window, name.encode()):
        if sign[:2] == b"</" and window.start >= 0:
            yield window.fragment(window.at)
            window.start = -1
        elif sign[:2] != b"</" and window.start < 0:
            window.start = window.at - len(sign)
    if window.start >= 0:
        yield window.fragment(None)


def _signs(window: "_Window", tag: bytes) -> Iterator[bytes]:
    """Where the element begins and ends, as written, outside of CDATA and comments."""
    find = re.compile(rb"<!\[CDATA\[|<!--|<(?:[\w.-]+:)?%b(?=[\s>])|</(?:[\w.-]+:)?%b\s*>" % (tag, tag)).search
    while sign := window.search(find):
        if until := _CLOSED_BY.get(sign):
            if not window.skip(until):
                return
        else:
            yield sign


@contextmanager
def opened(web: Web, url: str) -> Iterator[IO[bytes]]:
    """The file at `url`, of any size; through a copy where it is not in UTF-8, as XML is unless it says otherwise."""
    with stream(web, url) as file:
        name = charsets.stated(file.read(_HEAD))
        file.seek(0)
        if name.startswith("utf-8") or not name:
            yield file
            return
        with tempfile.TemporaryFile() as copy:
            text = codecs.getreader(name)(file, "replace")
            while piece := text.read(_PIECE):
                copy.write(piece.encode("utf-8", "replace"))
            copy.seek(0)
            yield copy


class _Window:
    """The part of a file that is looked at; positions are those in the file."""

    def __init__(self, file: IO[bytes], name: str, url: str) -> None:
        self._file, self._name, self._url = file, name, url
        self.at = self._base = self._counted = 0
        self.start = -1  # of the element that is open
        self._data, self._line = b"", 1

    def search(self, find: Callable[[bytes, int], re.Match[bytes] | None]) -> bytes:
        """The next sign, and `at` behind it; b"" at the end of the file."""
        while True:
            if found := find(self._data, self.at - self._base):
                self.at = self._base + found.end()
                return found[0]
            self.at = max(self.at, self._base + len(self._data) - _MARGIN)
            if not self._more():
                return b""

    def skip(self, until: bytes) -> bool:
        while (end := self._data.find(until, self.at - self._base)) < 0:
            self.at = max(self.at, self._base + len(self._data) - len(until) + 1)
            if not self._more():
                return False
        self.at = self._base + end + len(until)
        return True

    def fragment(self, end: int | None) -> Fragment:
        data = self._data[self.start - self._base : None if end is None else end - self._base]
        return Fragment(data, self.start, self._line_of(self.start), end is not None)

    def _line_of(self, position: int) -> int:
        """Its line, from 1; never asked for one before the last."""
        self._line += self._data.count(b"\n", self._counted - self._base, position - self._base)
        self._counted = position
        return self._line

    def _more(self) -> bool:
        """Read on, with what is still wanted in front; False at the end."""
        first = self.start if self.start >= 0 else self.at
        self._line_of(max(first, self._counted))
        if self._base + len(self._data) - first > _LONGEST:
            raise ReadError(self._url, f"its {self._name} on line {self._line:,} has no end")
        piece = self._file.read(max(_PIECE, self._base + len(self._data) - first))
        if piece:
            self._data, self._base = self._data[first - self._base :] + piece, first
        return bool(piece)


@dataclass(frozen=True, slots=True)
class Where:
    """Where an element is, before it is read: an export may begin at either end of a blog, or at none."""

    order: str  # what it is sorted by
    offset: int
    size: int
    line: int
    whole: bool


def where(found: Fragment, order: str) -> Where:
    return Where(order, found.offset, len(found.data), found.line, found.whole)


def read(file: IO[bytes], place: Where) -> bytes:
    file.seek(place.offset)
    return file.read(place.size)


def root(head: bytes) -> bytes:
    """The opening tag of a document, which holds the namespaces of all that is in it."""
    found = re.search(rb"<(?![?!])[^>]*>", head)
    return found[0] if found else b"<root>"


def elements(page: Page, web: Web, name: str, order: re.Pattern[bytes]) -> Iterator[tuple[Element, str, Where]]:
    """Every element of that name, newest first by what `order` finds in it, with how it is torn and where it was."""
    with opened(web, page.url) as file:
        places = []
        for each in fragments(file, name, page.url):
            found = order.search(each.data)
            places.append(where(each, found[1].decode("utf-8", "replace").strip() if found else ""))
        file.seek(0)
        top = root(file.read(_HEAD * 4))
        for place in sorted(places, key=lambda place: place.order, reverse=True):
            yield *torn.element(read(file, place), top), place
