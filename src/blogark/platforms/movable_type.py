"""The text that Movable Type, TypePad and Hatena Blog give: entries of KEY: value lines and sections between dashes.

As in movabletype.org/documentation/appendices/import-export-format.html. Times are the blog's own, without a zone.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import IO

from .. import charsets
from ..errors import ReadError
from ..model import Claim, Entry, Page
from ..web import Web, stream
from . import _export, _mtif

post = _export.post
_SIGN = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:[A-Z][A-Z ]+:[^\n]*\r?\n){2,}")
_ENTRY = b"--------"
_LONGEST = 64 << 20  # bytes of one entry


def claims(page: Page) -> Claim:
    known = _SIGN.match(page.body) and re.search(rb"(?m)^-----\r?\n(?:BODY|COMMENT):", page.body)
    return Claim.EXPORT if known and re.search(rb"(?m)^(?:AUTHOR|TITLE):", page.body) else Claim.NO


def home(page: Page, web: Web) -> str:
    """The blog's host, where an entry says its own address (TypePad does)."""
    found = re.search(rb"(?m)^UNIQUE URL:[ \t]*(https?://[^/\s]+/)", page.body)
    return found[1].decode("utf-8", "replace") if found else ""


def entries(page: Page, web: Web) -> Iterator[Entry]:
    charset = charsets.stated(page.body[:4096]) or _guess(page.body)
    with stream(web, page.url) as file:
        seen: Counter[str] = Counter()
        places: list[tuple[str, int, int, str]] = []
        for offset, data in _entries(file, page.url):
            when = _mtif.sortable(data)
            seen[when] += 1
            name = re.sub(r"\D", "", when) or "undated"
            places.append((when, offset, len(data), f"{name}-{seen[when]}" if seen[when] > 1 else name))
        if not places:
            raise ReadError(page.at, "has no entry: none ends in a line of eight dashes")
        for _, offset, size, number in sorted(places, key=lambda place: place[0], reverse=True):
            file.seek(offset)
            text = _text(file.read(size), charset).lstrip("\ufeff").replace("\r\n", "\n")
            yield _export.entry(_mtif.post(text, page, number))


def _guess(body: bytes) -> str:
    """The charset of what is no UTF-8: where most entries are, that of what is pasted from an old Windows."""
    entries = [each for each in re.split(rb"(?m)^%b\s*$" % _ENTRY, body) if not each.isascii()]
    odd = sum("\ufffd" in each.decode("utf-8", "replace") for each in entries)
    return charsets.guess(body) if 2 * odd >= len(entries) else "cp1252"


def _text(data: bytes, charset: str) -> str:
    """An entry; what older posts were pasted from may have had another charset than the rest of the file."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(charset, "replace")


def _entries(file: IO[bytes], url: str) -> Iterator[tuple[int, bytes]]:
    lines, start, size = list[bytes](), 0, 0
    for line in file:
        if line.rstrip() == _ENTRY:
            if any(map(bytes.strip, lines)):
                yield start, b"".join(lines)
            start, size, lines = start + size + len(line), 0, []
            continue
        lines.append(line)
        size += len(line)
        if size > _LONGEST:
            raise ReadError(url, f"its entry at byte {start:,} has no end")
    if any(map(bytes.strip, lines)):
        yield start, b"".join(lines)
