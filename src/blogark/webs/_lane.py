"""A lane: one connection's worth of asking, by one thread at a time; lanes for pictures are lent, four to a host."""

import io
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.cookiejar import Cookie
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast
from urllib.parse import urlsplit

import requests
from requests.cookies import RequestsCookieJar

from ..errors import FetchError
from ..events import Fetched, Listener
from ..model import Page
from . import _wire
from ._coded import PIECE, can_unpack, exchange, unpacked
from ._faults import Passing, judge, mapped
from ._part import Part
from ._secrets import Secrets
from .raw import Raw

_TO_A_HOST = 4  # connections for pictures, as browsers had them for decades
_SPOOLED = 1 << 20  # bytes kept in memory of what is recorded
_PACKED = 64 << 20  # bytes that a picture may grow to when it comes packed, which nobody asked for
_PACKAGED = re.compile(r"\b(?:br|zstd)\b", re.I)
_IDLE = 16  # connections kept for another picture, of all hosts


@dataclass(frozen=True, slots=True)
class Ask:
    """How something is asked for: what pages, pictures and robots.txt differ in."""

    accept: str
    seconds: float
    most: int  # bytes
    retries: int
    storm: int  # given up in a row, after which nothing of its kind is tried twice
    page: bool = False  # takes turns
    crawl: bool = False  # robots.txt has a say
    cut: bool = False  # bytes beyond `most` are left unread, not an error
    referer: str = ""
    to: Path | None = None  # the file for the body
    raw: Raw | None = None  # who keeps the answer as it came
    unless: Mapping[str, str] = field(default_factory=dict)  # headers that say what is held of it


class Lane:
    """A session over a wire of its own."""

    def __init__(
        self,
        wire: _wire.Wire,
        secrets: Secrets,
        jar: RequestsCookieJar | None,
        tell: Listener,
        clock: Callable[[], float],
        timeout: tuple[float, float],
    ) -> None:
        """`jar` holds what hosts set, one of its own when None; `timeout`: seconds to connect, and between bytes."""
        self.wire, self._session = wire, _wire.session(wire)
        self._secrets, self._tell, self._clock, self._timeout = secrets, tell, clock, timeout
        self.jar = self._session.cookies if jar is None else jar

    def close(self) -> None:
        self._session.close()

    def once(self, url: str, ask: Ask) -> Page:
        """The answer to one request; Passing for what another try may mend, FetchError for what none will."""
        began, part = self._clock(), Part(url, ask.to) if ask.to else None
        self.wire.begin(url, ask.seconds)
        with self._send(url, ask, part) as response, SpooledTemporaryFile(_SPOOLED) as copy:
            status, headers = response.status_code, _headers(response)
            good = status < 300 and (part is None or part.fits(status, headers))
            unfit = part is not None and not good and status in {206, 416}
            error = judge(url, status, headers)
            raw = None if unfit or status == 304 or isinstance(error, Passing) else ask.raw
            sink: AbstractContextManager[IO[bytes]] = nullcontext(io.BytesIO())
            if part and good:
                sink = part.opened(status, headers)
            with sink as out:
                start = out.tell()
                try:
                    whole = self._receive(url, response, out, ask if good else _NOTICE, copy if raw else None)
                    if raw:
                        raw.hear(exchange(response, copy, whole, self._secrets.names, self._secrets.told))
                finally:
                    self._tell(Fetched(url, status, max(out.tell() - start, 0), self._clock() - began))
                body = out.getvalue() if isinstance(out, io.BytesIO) else b""
        if part and unfit:
            raise part.drop(status)
        if raw and ask.to and status == 206:
            raw.keep(url, ask.to, headers.get("content-type", ""))
        if error:
            raise error
        return Page(url, body, headers, status, url, datetime.now(UTC))

    def _send(self, url: str, ask: Ask, part: Part | None) -> requests.Response:
        """The answer's head. Secrets go to the blog's own host; what it sets in return stays in their jar."""
        headers: dict[str, str | bytes] = {"Accept": ask.accept}
        headers |= {"Referer": requests.utils.requote_uri(ask.referer)} if ask.referer else {}
        headers |= {**(part.wanted if part else {}), **ask.unless}
        headers |= self._secrets.headers(url)
        self._session.cookies = self._secrets.jar if url in self._secrets else self.jar
        with mapped(url):
            got = self._session.get(url, headers=headers, timeout=self._timeout, stream=True, allow_redirects=False)
        _trim(self.jar)
        return got

    def _receive(self, url: str, response: requests.Response, out: IO[bytes], ask: Ask, copy: IO[bytes] | None) -> bool:
        """The body, unpacked, into `out`, and as it came into `copy`; whether that is all of it.

        Of what is not wanted only a little, so that the connection can be kept.
        """
        packed = response.headers.get("content-encoding", "identity").lower() not in {"", "identity"}
        most = min(ask.most, _PACKED) if packed and ask.to else ask.most
        try:
            if not ask.cut and out.tell() + (response.raw.length_remaining or 0) > most:
                raise _too_large(url, most, response, out)  # by what the server says itself
            for chunk in _chunks(url, response, copy):
                out.write(chunk[: most - out.tell()] if ask.cut else chunk)
                if ask.cut and out.tell() >= most:
                    return False
                if out.tell() > most:
                    raise _too_large(url, most, response, out)
        except (FetchError, Passing):
            if ask is not _NOTICE:
                raise
            return False
        return True


def _too_large(url: str, most: int, response: requests.Response, out: IO[bytes]) -> FetchError:
    """What will never fit is not kept to go on with."""
    out.seek(0)
    out.truncate()
    return FetchError(url, f"larger than {most:,} bytes", response.status_code)


def _trim(jar: RequestsCookieJar) -> None:
    """As many cookies as RFC 6265 §6.1 wants remembered: of 4,096 bytes each, the latest 3,000."""
    with cast(Any, jar)._cookies_lock:
        held = cast("list[Cookie]", [*jar])
        for cookie in [*(each for each in held if len(each.value or "") > 4096), *held[:-3000]]:
            with suppress(KeyError):
                jar.clear(cookie.domain, cookie.path, cookie.name)


_NOTICE = Ask("", 0.0, 1 << 16, 0, 0, cut=True)  # for the bodies of errors and redirects


def _chunks(url: str, response: requests.Response, copy: IO[bytes] | None) -> Iterator[bytes]:
    with mapped(url):
        coding = response.headers.get("content-encoding", "")
        if not can_unpack(coding) and _PACKAGED.search(coding):
            raise FetchError(url, f"packed as {coding}, for which a package is missing here", response.status_code)
        yield from unpacked(response.raw.stream(PIECE, decode_content=False), coding, copy)


def _headers(response: requests.Response) -> dict[str, str]:
    """As the server sent them, without what may be a secret."""
    return {k.lower(): v for k, v in response.headers.items() if k.lower() != "set-cookie"}


class Lanes:
    """Lanes for pictures. A host that says it has too many requests is left alone by all of them for a while."""

    def __init__(self, make: Callable[[], Lane], sleep: Callable[[float], None], clock: Callable[[], float]) -> None:
        self._make, self._sleep, self._clock = make, sleep, clock
        self._lock = threading.Lock()
        self._room: dict[str, threading.BoundedSemaphore] = {}  # by host
        self._rests: dict[str, float] = {}  # by host: when it may be asked again
        self._idle: list[tuple[str, Lane]] = []  # with their hosts, the last used last

    @contextmanager
    def lent(self, url: str) -> Iterator[Lane]:
        """A lane to the host of `url`, when there is room and it rests no more."""
        host = urlsplit(url).netloc
        with self._lock:
            room = self._room.setdefault(host, threading.BoundedSemaphore(_TO_A_HOST))
        with room:
            if (wait := self._rests.get(host, 0.0) - self._clock()) > 0:
                self._sleep(wait)
            lane = self._take(host)
            try:
                yield lane
            finally:
                self._give_back(host, lane)

    def rest(self, url: str, seconds: float) -> None:
        """Ask the host of `url` for nothing in this time."""
        host = urlsplit(url).netloc
        with self._lock:
            self._rests[host] = max(self._rests.get(host, 0.0), self._clock() + seconds)

    def _take(self, host: str) -> Lane:
        with self._lock:
            for number in reversed(range(len(self._idle))):
                if self._idle[number][0] == host:
                    return self._idle.pop(number)[1]
        return self._make()

    def _give_back(self, host: str, lane: Lane) -> None:
        with self._lock:
            self._idle.append((host, lane))
            spare = self._idle.pop(0)[1] if len(self._idle) > _IDLE else None
        if spare:
            spare.close()
