"""What the net answered, as it came: written into a WARC (ISO 28500, version 1.1), indexed, and played back.

Each answer lies in a gzip member of its own, after the one with its request; a line of the index follows it. So
a crash tears at most the end, which is cut off when the tape is opened again.
"""

import os
import re
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from .. import disk, urls
from ..errors import FetchError, StoreError
from . import _cdxj
from ._cdxj import Capture, Index
from ._coded import Exchange
from ._members import is_packed, members
from .warc import Warc, scan

_ASCII = "".join(map(chr, range(128)))
# Secrets, and what is not true any more of a body without its transfer-coding.
_LEFT_OUT = frozenset(
    "cookie set-cookie authorization proxy-authorization host transfer-encoding content-length".split()
)
_SPEC = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"


class Tape:
    """The WARC at `path`, made with its first record, and its index beside it; `web` plays it back.

    `about` goes into the record that says how the following ones came about. StoreError when it cannot be written.
    """

    def __init__(self, path: Path, about: Mapping[str, str] | None = None) -> None:
        self.path, self._about = path, {"format": "WARC File Format 1.1", "conformsTo": _SPEC, **(about or {})}
        self._lines = path.with_name(path.name.partition(".")[0] + ".cdxj")
        self._lock, self._began = threading.Lock(), False
        with disk.guard(path):
            self.index = self._open()
        self.web = Warc(path, self.index)

    def hear(self, exchange: Exchange) -> None:
        """Keep an answer, unless the same stands there as the latest one."""
        with self._lock, self._undone_on_error() as out:
            writer = WARCWriter(out, warc_version="1.1")
            answer = _answer(writer, exchange)
            if self._stands(exchange, answer):
                return
            if not self._began:
                writer.write_record(writer.create_warcinfo_record(self.path.name, self._about))
            writer.write_record(_request(writer, exchange, answer))
            start = out.tell()
            writer.write_record(answer)
            self._add(_capture(exchange, answer, start, out.tell() - start))
            self._began = True

    def keep(self, url: str, file: Path, kind: str) -> None:
        """Keep what a file holds as what is at an address, although no one answer was that."""
        kind = sys.intern(kind.partition(";")[0].strip().lower() or "application/octet-stream")
        with self._lock, self._undone_on_error() as out, file.open("rb") as body:
            writer = WARCWriter(out, warc_version="1.1")
            record = writer.create_warc_record(
                url, "resource", payload=body, length=file.stat().st_size, warc_content_type=kind
            )
            start = out.tell()
            writer.write_record(record)
            at = re.sub(r"\D", "", _said(record, "WARC-Date"))[:14]
            digest = _said(record, "WARC-Payload-Digest")
            self._add(Capture(url, at, 200, kind, digest, start, out.tell() - start))

    def cut(self, size: int) -> None:
        """Forget all answers from this byte on."""
        with self._lock, disk.guard(self.path):
            kept = [text for _, _, text in disk.lines(self._lines) if _cdxj.read(text).offset < size]
            if self.path.exists() and size < self.path.stat().st_size:
                os.truncate(self.path, size)
                disk.replace(self._lines, "".join(f"{text}\n" for text in kept))
            self.index = Index()
            for text in kept:
                self.index.add(_cdxj.read(text))
            self.web = Warc(self.path, self.index)

    def _stands(self, exchange: Exchange, answer: Any) -> bool:
        old = self.index.find(exchange.url)
        if old is None or (old.status, old.digest) != (exchange.status, _said(answer, "WARC-Payload-Digest")):
            return False
        with suppress(FetchError), self.web.record(old) as record:
            there, here = record.http_headers.get_header("location"), answer.http_headers.get_header("location")
            return bool(there == here)
        return False

    def _add(self, capture: Capture) -> None:
        disk.append(self._lines, _cdxj.line(capture, self.path.name))
        self.index.add(capture)

    @contextmanager
    def _undone_on_error(self) -> Iterator[IO[bytes]]:
        """The file, to add to; as long as it was when something goes wrong, a full disk for one."""
        with disk.guard(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            size = self.path.stat().st_size if self.path.exists() else 0
            try:
                with self.path.open("ab") as out:
                    yield out
            except BaseException:
                with suppress(OSError):
                    os.truncate(self.path, size)
                raise

    def _open(self) -> Index:
        """What the file holds: its torn end cut off, its index made again where it does not fit."""
        if not self.path.exists():
            self._lines.unlink(missing_ok=True)
            return Index()
        index, size = self._held(), self.path.stat().st_size
        whole = max((offset + length for offset, length in members(self.path, index.end)), default=index.end)
        if not whole and size and not is_packed(self.path):
            raise StoreError(f"{self.path} was not written by blogark; put it right, or move it away")
        if whole < size:
            os.truncate(self.path, whole)
        for capture in scan(self.path, index.end):
            disk.append(self._lines, _cdxj.line(capture, self.path.name))
            index.add(capture)
        return index

    def _held(self) -> Index:
        """What the lines beside the file say, when they can be read and speak of this file."""
        found: list[Capture] = []
        index = Index()

        def add(line: str, offset: int) -> None:
            found[:] = [_cdxj.read(line)]
            index.add(found[0])

        with suppress(StoreError):
            disk.mend(self._lines)
            disk.take(self._lines, add)
            if all(self._lies(capture) for capture in found):
                return index
        self._lines.unlink(missing_ok=True)
        return Index()

    def _lies(self, capture: Capture) -> bool:
        """Whether the file has this record there."""
        with suppress(FetchError), Warc(self.path, Index()).record(capture) as record:
            return _said(record, "WARC-Target-URI") == capture.url
        return False


def _answer(writer: WARCWriter, exchange: Exchange) -> Any:
    body = exchange.body
    size = body.seek(0, os.SEEK_END)
    body.seek(0)
    kept = [each for each in exchange.headers if each[0].lower() not in _LEFT_OUT]
    headers = [(name, quote(value, safe=_ASCII, encoding="latin-1")) for name, value in kept]
    http = StatusAndHeaders(
        f"{exchange.status} {exchange.reason}", [*headers, ("Content-Length", str(size))], "HTTP/1.1"
    )
    more = {} if exchange.whole else {"WARC-Truncated": "length"}
    return writer.create_warc_record(
        exchange.url, "response", payload=body, length=size, http_headers=http, warc_headers_dict=more
    )


def _request(writer: WARCWriter, exchange: Exchange, answer: Any) -> Any:
    parts = urls.split(exchange.url)
    line = f"GET {parts.path or '/'}{'?' if parts.query else ''}{parts.query} HTTP/1.1"
    headers = [("Host", parts.netloc), *(each for each in exchange.asked if each[0].lower() not in _LEFT_OUT)]
    http = StatusAndHeaders(line, headers, is_http_request=True)
    more = {"WARC-Concurrent-To": _said(answer, "WARC-Record-ID"), "WARC-Date": _said(answer, "WARC-Date")}
    return writer.create_warc_record(exchange.url, "request", http_headers=http, warc_headers_dict=more)


def _capture(exchange: Exchange, answer: Any, offset: int, length: int) -> Capture:
    at = re.sub(r"\D", "", _said(answer, "WARC-Date"))[:14]
    kind = (answer.http_headers.get_header("content-type") or "").partition(";")[0].strip().lower()
    digest = _said(answer, "WARC-Payload-Digest")
    return Capture(exchange.url, at, exchange.status, sys.intern(kind), digest, offset, length)


def _said(record: Any, name: str) -> str:
    return str(record.rec_headers.get_header(name) or "")
