"""WARC files (ISO 28500) as a Web: ours, and those of wget, Heritrix and their like.

A record is read by its offset alone, so that a file of any size takes little memory.
"""

import gzip
import logging
import re
import shutil
import sys
import weakref
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, cast
from urllib.parse import quote, urldefrag

from urllib3.exceptions import DecodeError
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataException, ChunkedDataReader

from .. import urls
from ..errors import FetchError, Missing, ReadError, SourceError
from ..model import Page
from ..parse import tree
from ._cdxj import Capture, Index
from ._coded import PIECE, can_unpack, unpacked
from ._faults import Passing, judge
from ._members import is_one_piece, is_packed, is_whole, members, plain

logging.getLogger("warcio").addHandler(logging.NullHandler())  # else what a record says reaches the terminal as it is
_ASCII = "".join(map(chr, range(128)))
_REDIRECTS = 10
_LOOKED_AT = 30  # pages
_MOVED = frozenset({301, 302, 303, 307, 308})
_PAGE_BYTES = 64 << 20  # bytes, packed and unpacked, as for pages from the net
_SAVE_BYTES = 4 << 30  # bytes


class Warc:
    """The Web of what the file `path` holds; what `index` knows of it is not read through.

    Raises SourceError for what is no WARC of records that can be read one by one.
    """

    def __init__(self, path: Path, index: Index | None = None) -> None:
        self.path = path
        self.index = Index(alike=True) if index is None else index
        self._file = path
        if index is None:
            if is_one_piece(path):
                self._file = self._unpack()
            for capture in scan(self._file):
                self.index.add(capture)
            if not len(self.index):
                raise SourceError(f"{path}: this is no WARC file, or one without an answer from the web")

    def _unpack(self) -> Path:
        """The file unpacked, for as long as this web is in use: what was packed as one cannot be read in its middle."""
        folder = TemporaryDirectory()
        weakref.finalize(self, folder.cleanup)
        file = Path(folder.name) / "unpacked.warc"
        with suppress(EOFError, OSError, zlib.error), gzip.open(self.path) as whole, file.open("wb") as out:
            shutil.copyfileobj(whole, out)
        return file

    def urls(self) -> Iterator[str]:
        """Its pages: what it holds whole, as HTML."""
        return (each.url for each in self.index if each.status == 200 and "html" in each.kind)

    def get(self, url: str, *, fresh: bool = False, referer: str = "") -> Page:
        with self._answer(url) as (page, record):
            if (record.payload_length or 0) > _PAGE_BYTES:
                raise FetchError(url, f"larger than {_PAGE_BYTES:,} bytes")
            return replace(page, body=b"".join(_bounded(url, _body(record, page), _PAGE_BYTES)))

    def save(self, url: str, to: Path, *, referer: str = "") -> Page:
        with self._answer(url) as (page, record), to.open("wb") as out:
            for piece in _bounded(url, _body(record, page), _SAVE_BYTES):
                out.write(piece)
            return page

    def start(self) -> str:
        """The page to start from: the first, unless most pages link to another and not to it; '' when it has none.

        Crawlers begin with their seed; where that was a list of posts, the front page is what all link to.
        """
        pages = list(islice(self.urls(), _LOOKED_AT))
        linked = Counter(link for page in pages for link in self._links(page) - {urls.key(page)})
        first = next(iter(pages), "")
        if linked[urls.key(first)] * 2 >= len(pages) - 1:
            return first
        held = {urls.key(url): url for url in self.urls()}
        best = max((key for key in linked if key in held), key=lambda key: (linked[key], -len(key)), default="")
        return held.get(best, first)

    def _links(self, url: str) -> set[str]:
        try:
            root = tree(self.get(url))
        except (FetchError, ReadError):
            return set()
        return {urls.key(urls.join(url, a.get("href", ""))) for a in root.iter("a")}

    @contextmanager
    def _answer(self, url: str) -> Iterator[tuple[Page, Any]]:
        """The answer at the end of all redirects, without its body, and warcio's record of it."""
        at = url
        for _ in range(_REDIRECTS + 1):
            capture = self.index.find(at)
            if capture is None:
                raise Missing(url, f"not in {self.path.name}" + (f": sent on to {at}" if at != url else ""), 404)
            with self.record(capture) as record:
                page = _page(url, capture.url if self.index.alike else at, capture, record)
                if error := judge(url, page.status, page.headers):
                    raise error.error if isinstance(error, Passing) else error
                if page.status not in _MOVED:
                    yield page, record
                    return
            at = urldefrag(urls.join(page.at, quote(page.headers.get("location", ""), safe=_ASCII))).url
        raise FetchError(url, f"more than {_REDIRECTS} redirects")

    @contextmanager
    def record(self, capture: Capture) -> Iterator[Any]:
        """warcio's record of a capture; FetchError when it cannot be read."""
        try:
            with self._file.open("rb") as file:
                file.seek(capture.offset)
                whole = not is_packed(self._file) or is_whole(self._file, capture.offset, capture.length)
                if not whole or (record := _read(file)) is None:
                    raise FetchError(capture.url, f"{self.path.name} is damaged at byte {capture.offset:,}")
                yield record
        except (OSError, DecodeError, ChunkedDataException, zlib.error) as error:
            raise FetchError(capture.url, f"its body in {self.path.name} is damaged: {error}") from error


def _page(url: str, at: str, capture: Capture, record: Any) -> Page:
    said = record.http_headers.headers if record.http_headers else [("content-type", capture.kind)]
    headers = {name.lower(): value for name, value in said if name.lower() != "set-cookie"}
    fetched = re.sub(r"Z$", "+00:00", record.rec_headers.get_header("WARC-Date") or "")
    return Page(url, b"", headers, capture.status, at, _moment(fetched))


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _body(record: Any, page: Page) -> Iterator[bytes]:
    """The payload, its transfer-coding undone where a crawler left it in, and its content-coding."""
    stream = record.raw_stream
    if "chunked" in page.headers.get("transfer-encoding", "").lower():
        stream = ChunkedDataReader(stream)  # one that is not chunked is read as it is
    coding = page.headers.get("content-encoding", "")
    if not can_unpack(coding):
        raise FetchError(page.url, f"packed as {coding}, for which a package is missing here")
    pieces = iter(lambda: cast(bytes, stream.read(PIECE)), b"")
    first = next(pieces, b"")
    if "gzip" in coding and not first.startswith(b"\x1f\x8b"):
        coding = ""  # unpacked by the crawler, whatever the header says still
    return unpacked(chain([first] if first else [], pieces), coding)


def _bounded(url: str, pieces: Iterator[bytes], most: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise FetchError(url, f"larger than {most:,} bytes")
        yield piece


def scan(path: Path, start: int = 0) -> Iterator[Capture]:
    """What answers for addresses in the file, from the record at this offset (bytes) on; a torn end is left out."""
    originals: dict[str, Capture] = {}  # by digest of the payload
    for record, offset, length in _records(path, start):
        capture = _capture(record, offset, length)
        if record.rec_type == "revisit":
            first = originals.get(capture.digest) if capture else None
            capture = replace(first, url=capture.url, at=capture.at) if first and capture else None
        elif capture and capture.digest:
            originals.setdefault(capture.digest, capture)
        if capture:
            yield capture


def _capture(record: Any, offset: int, length: int) -> Capture | None:
    """What a record answers for; None for what is no answer from the web."""
    header = record.rec_headers.get_header
    url, kind, status = header("WARC-Target-URI") or "", record.content_type or "", "200"
    if record.rec_type not in {"response", "resource", "revisit"} or not url.startswith(("http://", "https://")):
        return None
    if record.http_headers:
        kind = record.http_headers.get_header("content-type") or ""
        status = record.http_headers.get_statuscode()
    elif record.rec_type == "response":
        return None
    at = re.sub(r"\D", "", header("WARC-Date") or "")[:14]
    kind = sys.intern(kind.partition(";")[0].strip().lower())
    number = int(status) if re.fullmatch(r"[1-5]\d\d", status) else 0
    return Capture(url, at, number, kind, header("WARC-Payload-Digest") or "", offset, length)


def _records(path: Path, start: int) -> Iterator[tuple[Any, int, int]]:
    """(record, offset, length in bytes) of each whole record."""
    with path.open("rb") as file:
        spans = members(path, start) if is_packed(path) else plain(file, path.stat().st_size)
        for offset, length in spans:
            with path.open("rb") as there:
                there.seek(offset)
                if record := _read(there):
                    yield record, offset, length


def _read(file: IO[bytes]) -> Any:
    """warcio's record of what begins here; None for what is none."""
    try:
        return next(iter(ArchiveIterator(file)))
    except Exception:  # of a damaged one warcio may raise anything
        return None
