"""The net itself: one polite and wary session."""

import io
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import IO
from urllib.parse import quote, urldefrag, urlsplit

import requests

from ..errors import FetchError, Missing
from ..events import Fetched, Listener
from ..model import Options, Page
from ..urls import domain, join
from . import _wire
from ._faults import Passing, aside, judge, mapped
from ._part import Part
from ._robots import Robots
from ._secrets import Secrets
from ._turns import Turns

_ASCII = "".join(map(chr, range(128)))
_MOVED = frozenset({301, 302, 303, 307, 308})
_LIBRARY = "web.archive.org"  # looking up captures is not crawling a blog


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of an adversary's web is borne."""

    connect: float = 10.0  # seconds
    read: float = 30.0  # seconds without a byte
    page_seconds: float = 120.0  # seconds for a whole answer
    save_seconds: float = 3600.0  # seconds; what is cut goes on in the next run
    page_bytes: int = 64 << 20  # bytes after decompression
    save_bytes: int = 4 << 30  # bytes
    robots_bytes: int = 512 << 10  # bytes; what is beyond is not read
    redirects: int = 10
    retries: int = 3
    wait: float = 120.0  # seconds; a Retry-After beyond is not sat out
    storm: int = 5  # pages of one domain given up in a row, after which none of it is tried twice
    memory_pages: int = 16
    memory_bytes: int = 32 << 20  # bytes


@dataclass(frozen=True, slots=True)
class _Ask:
    """How something is asked for: what pages, pictures and robots.txt differ in."""

    accept: str
    seconds: float
    most: int  # bytes
    retries: int
    page: bool = False  # takes turns
    crawl: bool = False  # robots.txt has a say
    cut: bool = False  # bytes beyond `most` are left unread, not an error
    referer: str = ""
    to: Path | None = None  # the file for the body


class Live:
    """A Web over HTTP. Pages of one domain take turns; pictures are asked for at once.

    `home` is where the run started: when it is public, no private address is asked, and its host alone gets
    secrets. Without it the first address asked is the start, and nobody gets secrets. `resolve` answers for
    names; `connect` opens what `resolve` found and the guard let pass.
    """

    def __init__(
        self,
        options: Options,
        tell: Listener,
        *,
        home: str = "",
        resolve: _wire.Resolve | None = None,
        connect: _wire.Connect = socket.create_connection,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        limits: Limits | None = None,
    ) -> None:
        self._options, self._tell, self._sleep, self._clock = options, tell, sleep, clock
        self._limits = limits or Limits()
        self._wire = _wire.Wire(resolve or _wire.resolve, connect, clock)
        self._session = _wire.session(self._wire)
        self._secrets, self._jar = Secrets(options, home), self._session.cookies
        self._start = home
        self._judged = False  # whether the wire knows if the start is public
        self._turns = Turns(options.delay, sleep, clock)
        self._robots = Robots(self._robots_txt)
        self._memory = _Memory(self._limits)
        self._given_up: Counter[str] = Counter()  # registered domain -> pages given up in a row

    def urls(self) -> Iterator[str]:
        return iter(())

    def get(self, url: str, *, fresh: bool = False, referer: str = "") -> Page:
        url = self._begin(url)
        page = None if fresh else self._memory.get(url)
        if page is None:
            limits, crawl = self._limits, self._options.robots and urlsplit(url).hostname != _LIBRARY
            accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
            ask = _Ask(accept, limits.page_seconds, limits.page_bytes, limits.retries, True, crawl, referer=referer)
            page = self._follow(url, ask)
            self._memory.put(page)
        return page

    def save(self, url: str, to: Path, *, referer: str = "") -> Page:
        limits = self._limits
        ask = _Ask("image/*,*/*;q=0.8", limits.save_seconds, limits.save_bytes, limits.retries, referer=referer, to=to)
        return self._follow(self._begin(url), ask)

    def _robots_txt(self, url: str) -> bytes:
        limits = self._limits
        ask = _Ask("text/plain,*/*;q=0.8", limits.page_seconds, limits.robots_bytes, 1, page=True, cut=True)
        page = self._follow(url, ask)
        self._memory.put(page)  # it names the sitemaps
        return page.body

    def _begin(self, url: str) -> str:
        """`url` as it is asked for: without fragment, if anything is asked at all."""
        if self._options.offline:
            raise Missing(url, "offline")
        url = urldefrag(_askable(url)).url
        if not self._judged:
            self._start, self._judged = self._start or url, True
            self._wire.guarded = not (self._options.private or self._wire.leads_home(self._start))
        return url

    def _follow(self, url: str, ask: _Ask) -> Page:
        """The answer at the end of all redirects; errors are about `url`, wherever they came up."""
        hops = [url]
        try:
            page = self._persist(_askable(url), ask)
            while page.status >= 300:
                hops.append(self._next(hops, page))
                page = self._persist(_askable(hops[-1]), ask)
        except FetchError as error:
            if error.url == url:
                raise
            raise type(error)(url, f"{error.why}: sent on to {error.url}", error.status) from error
        return replace(page, url=url)

    def _next(self, hops: list[str], page: Page) -> str:
        """Where a redirect leads. Twice to one place may be for a cookie, oftener is a loop."""
        # http.client reads headers as latin-1, whatever they are: bytes beyond ASCII are percent-encoded as they came.
        location = quote(page.headers.get("location", ""), safe=_ASCII, encoding="latin-1")
        to = urldefrag(join(page.url, location)).url if page.status in _MOVED and location else ""
        why = aside(to)
        if not to:
            why = "a redirect that does not say where"
        elif hops.count(to) > 1:
            why = "redirects in a loop: " + " -> ".join([*hops[hops.index(to) + 1 :], to])
        elif len(hops) > self._limits.redirects:
            why = f"more than {self._limits.redirects} redirects"
        if why:
            raise FetchError(to or page.url, why, page.status)
        return to

    def _persist(self, url: str, ask: _Ask) -> Page:
        """One hop, tried again after what may pass; in a storm nothing is, since a blog of it would take days."""
        name = domain(url)
        for attempt in count(1):
            if ask.page:
                self._turns.take(url, self._robots.delay(url) if ask.crawl else 0.0)
            try:
                page = self._once(url, ask)
            except Passing as passing:
                wait = max(passing.wait, 2.0 ** (attempt - 1))
                if attempt > ask.retries or wait > self._limits.wait or self._given_up[name] >= self._limits.storm:
                    self._given_up[name] += 1
                    raise _final(passing, attempt, self._limits.wait) from passing
                self._sleep(wait)
            else:
                del self._given_up[name]
                return page
        raise AssertionError  # count() does not end

    def _once(self, url: str, ask: _Ask) -> Page:
        began, part = self._clock(), Part(url, ask.to) if ask.to else None
        self._wire.begin(url, ask.seconds)
        with self._send(url, ask, part) as response:
            status, headers = response.status_code, _headers(response)
            good = status < 300 and (part is None or part.fits(status, headers))
            sink: AbstractContextManager[IO[bytes]] = nullcontext(io.BytesIO())
            if part and good:
                sink = part.opened(status, headers)
            with sink as out:
                start = out.tell()
                try:
                    self._receive(url, response, out, ask if good else _NOTICE)
                finally:
                    self._tell(Fetched(url, status, out.tell() - start, self._clock() - began))
                body = out.getvalue() if isinstance(out, io.BytesIO) else b""
        if part and not good and status in {206, 416}:
            raise part.drop(status)
        if error := judge(url, status, headers):
            raise error
        return Page(url, body, headers, status, url, datetime.now(UTC))

    def _send(self, url: str, ask: _Ask, part: Part | None) -> requests.Response:
        """The answer's head. Secrets go to the blog's own host; what it sets in return stays in their jar."""
        headers: dict[str, str | bytes] = {"Accept": ask.accept}
        headers |= {"Referer": requests.utils.requote_uri(ask.referer)} if ask.referer else {}
        headers |= part.wanted if part else {}
        headers |= self._secrets.headers(url)
        self._session.cookies = self._secrets.jar if url in self._secrets else self._jar
        timeout = (self._limits.connect, self._limits.read)
        with mapped(url):
            return self._session.get(url, headers=headers, timeout=timeout, stream=True, allow_redirects=False)

    def _receive(self, url: str, response: requests.Response, out: IO[bytes], ask: _Ask) -> None:
        """The body, unpacked, into `out`; of what is not wanted only a little, so that the connection can be kept."""
        too_large = FetchError(url, f"larger than {ask.most:,} bytes", response.status_code)
        try:
            if not ask.cut and out.tell() + (response.raw.length_remaining or 0) > ask.most:
                raise too_large  # by what the server says itself
            for chunk in _chunks(url, response):
                out.write(chunk[: ask.most - out.tell()] if ask.cut else chunk)
                if ask.cut and out.tell() >= ask.most:
                    return
                if out.tell() > ask.most:
                    raise too_large
        except (FetchError, Passing):
            if ask is not _NOTICE:
                raise


_NOTICE = _Ask("", 0.0, 1 << 16, 0, cut=True)  # for the bodies of errors and redirects


def _chunks(url: str, response: requests.Response) -> Iterator[bytes]:
    with mapped(url):
        yield from response.iter_content(1 << 14)


def _headers(response: requests.Response) -> dict[str, str]:
    """As the server sent them, without what may be a secret."""
    return {k.lower(): v for k, v in response.headers.items() if k.lower() != "set-cookie"}


def _final(passing: Passing, tries: int, patience: float) -> FetchError:
    """The error that a passing fault comes to when it does not pass."""
    error = passing.error
    why = error.why + (f", {tries} times" if tries > 1 else "")
    if passing.wait > patience:
        why += f"; the server asks to wait {passing.wait:,.0f} s"
    return type(error)(error.url, why, error.status)


def _askable(url: str) -> str:
    try:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0:
            return url
    except ValueError:  # a port beyond 65535, half an IPv6 address
        pass
    raise FetchError(url, "this is no address on the web")


class _Memory:
    """The last few pages, so that a front page is asked for once in a run, from wherever it was sent on."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._pages: list[Page] = []  # in the order they came

    def get(self, url: str) -> Page | None:
        found = next((p for p in self._pages if _rooted(url) in {_rooted(p.url), _rooted(p.at)}), None)
        return found if found is None or found.url == url else replace(found, url=url)

    def put(self, page: Page) -> None:
        self._pages = [p for p in self._pages if p.url != page.url] + [page]
        while len(self._pages) > self._limits.memory_pages or self._size() > self._limits.memory_bytes:
            del self._pages[0]

    def _size(self) -> int:
        return sum(len(page.body) for page in self._pages)


def _rooted(url: str) -> str:
    """http://host and http://host/ are asked for alike."""
    return url + "/" if url.count("/") == 2 else url
