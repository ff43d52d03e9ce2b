"""The net itself: one polite and wary session."""

import math
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from urllib.parse import quote, urldefrag, urlsplit

from ..errors import FetchError, Missing
from ..events import Listener
from ..model import Options, Page
from ..urls import domain, join
from . import _wire
from ._faults import Passing, aside
from ._lane import Ask, Lane, Lanes
from ._robots import Robots
from ._secrets import Secrets
from ._turns import Turns
from .raw import Raw

_ASCII = "".join(map(chr, range(128)))
_MOVED = frozenset({301, 302, 303, 307, 308})
_CROWDED = frozenset({429, 503})  # the whole host has enough, not one picture of it
_SOON = 0.25  # seconds, twice as long before a third try of a picture; the second is at once, since others wait
_SILENCE = 60.0  # seconds in which no picture is asked of a host that does not answer
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
    save_retries: int = 2
    wait: float = 120.0  # seconds; a Retry-After beyond is not sat out
    storm: int = 5  # pages of one domain given up in a row, after which none of it is tried twice
    save_storm: int = 2  # pictures of one host, likewise
    memory_pages: int = 16
    memory_bytes: int = 32 << 20  # bytes
    pause: float = 1.0  # seconds before a second try where a server has too much to do, twice as long before each more


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
        raw: Raw | None = None,
    ) -> None:
        self._options, self._tell, self.sleep, self.clock = options, tell, sleep, clock
        self._limits, self._raw = limits or Limits(), raw
        self._dialling = resolve or _wire.resolve, connect, clock
        self._secrets = Secrets(options, home)
        self._start = home
        self._guarded: bool | None = None  # whether private addresses are refused; None before the start is known
        self._lock = threading.Lock()
        self._lane = self._make_lane()
        self._lanes = Lanes(self._make_lane, sleep, clock)
        self._turns = Turns(options.delay, sleep, clock)
        self._robots = Robots(self._robots_txt)
        self._memory = _Memory(self._limits)
        self._silent: dict[str, tuple[float, FetchError]] = {}  # hosts -> until when no picture is asked of them, why
        self._given_up: Counter[str] = Counter()  # registered domain, of pictures host -> given up in a row

    def urls(self) -> Iterator[str]:
        return iter(())

    def get(self, url: str, *, fresh: bool = False, referer: str = "") -> Page:
        url = urldefrag(_askable(url)).url
        page = None if fresh else self._memory.get(url)
        if page is None and self._raw:
            page = self._raw.recall(url, fresh=fresh)
        if page is None:
            self._begin(url)
            limits, crawl = self._limits, self._options.robots and urlsplit(url).hostname != _LIBRARY
            accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
            tries = limits.retries, limits.storm
            ask = Ask(accept, limits.page_seconds, limits.page_bytes, *tries, page=True, crawl=crawl, referer=referer)
            page = self._follow(url, replace(ask, raw=self._raw))
        self._memory.put(page)
        return page

    def save(self, url: str, to: Path, *, referer: str = "") -> Page:
        if self._raw and (page := self._raw.restore(url, to)):
            return page
        limits = self._limits
        tries = limits.save_retries, limits.save_storm
        ask = Ask("image/*,*/*;q=0.8", limits.save_seconds, limits.save_bytes, *tries, referer=referer, to=to)
        return self._follow(self._begin(url), replace(ask, raw=self._raw if self._options.raw == "all" else None))

    def _robots_txt(self, url: str) -> bytes:
        limits = self._limits
        ask = Ask(
            "text/plain,*/*;q=0.8", limits.page_seconds, limits.robots_bytes, 1, limits.storm, page=True, cut=True
        )
        page = self._follow(url, replace(ask, raw=self._raw))
        self._memory.put(page)  # it names the sitemaps
        return page.body

    def _begin(self, url: str) -> str:
        """`url` as it is asked for: without fragment, if anything is asked at all."""
        if self._options.offline:
            raise Missing(url, "offline")
        url = urldefrag(_askable(url)).url
        with self._lock:
            if self._guarded is None:
                self._guarded = not (self._options.private or self._lane.wire.leads_home(self._start or url))
                self._lane.wire.guarded = self._guarded
        return url

    def _make_lane(self) -> Lane:
        wire = _wire.Wire(*self._dialling)
        wire.guarded = self._guarded is not False
        jar = self._lane.jar if self._guarded is not None else None
        timeout = (self._limits.connect, self._limits.read)
        return Lane(wire, self._secrets, jar, self._tell, self.clock, timeout)

    def _follow(self, url: str, ask: Ask) -> Page:
        """The answer at the end of all redirects; errors are about `url`, wherever they came up."""
        hops = [url]
        try:
            page = self._hop(_askable(url), ask)
            while page.status >= 300:
                hops.append(self._next(hops, page))
                page = self._hop(_askable(hops[-1]), ask)
        except FetchError as error:
            if error.url == url:
                raise
            raise type(error)(url, f"{error.why}: sent on to {error.url}", error.status) from error
        return replace(page, url=url)

    def _hop(self, url: str, ask: Ask) -> Page:
        """One answer; the one that is held, where the server says that it is so still."""
        known = ask.raw.conditions(url) if ask.raw and ask.page else {}
        page = self._persist(url, replace(ask, unless=known))
        if page.status == 304 and known and ask.raw:
            held = ask.raw.unchanged(url)
            return replace(held, at=url) if held else self._persist(url, ask)
        return page

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

    def _persist(self, url: str, ask: Ask) -> Page:
        """One hop, tried again after what may pass; in a storm nothing is, since a blog of it would take days."""
        name = domain(url) if ask.page else urlsplit(url).netloc
        if not ask.page:
            self._pass_by(url, name)
        for attempt in count(1):
            held = _size(ask.to)
            if ask.page:
                self._turns.take(url, self._robots.delay(url) if ask.crawl else 0.0)
            try:
                with nullcontext(self._lane) if ask.page else self._lanes.lent(url) as lane:
                    page = lane.once(url, ask)
            except Missing as missing:
                if not missing.status:
                    self._silent[name] = math.inf, missing
                raise
            except Passing as passing:
                grown = _size(ask.to) > held
                wait = self._pause(passing, attempt, ask, grown)
                most = ask.retries if ask.page or grown else min(ask.retries, passing.hopes)
                if attempt > most or wait > self._limits.wait or self._given_up[name] >= ask.storm:
                    raise self._given(passing, attempt, ask, name) from passing
                if passing.error.status in _CROWDED and not ask.page:
                    self._lanes.rest(url, wait)
                elif wait:
                    self.sleep(wait)
            else:
                self._given_up.pop(name, None)
                return page
        raise AssertionError  # count() does not end

    def _pass_by(self, url: str, name: str) -> None:
        """No picture is asked for where a host does not answer: the others would wait for each of them."""
        until, error = self._silent.get(name, (-math.inf, None))
        if error and self.clock() < until:
            raise type(error)(url, error.why, error.status)

    def _pause(self, passing: Passing, attempt: int, ask: Ask, grown: bool) -> float:
        """Seconds before another try; none for a picture's first, nor for the rest of one of which something came."""
        if passing.error.status in _CROWDED:
            first = self._limits.pause
        else:
            first = 1.0 if ask.page else 0.0 if grown or attempt == 1 else _SOON
        return max(passing.wait, first * 2.0 ** (attempt - 1))

    def _given(self, passing: Passing, attempt: int, ask: Ask, name: str) -> FetchError:
        """The error that it comes to; of a host that is silent in a row nothing is asked for a while."""
        self._given_up[name] += 1
        error = _final(passing, attempt, self._limits.wait)
        if not ask.page and passing.silent and self._given_up[name] >= ask.storm:
            self._silent[name] = self.clock() + _SILENCE, error
        return error


def _size(path: Path | None) -> int:
    """Bytes that are held of a body that is saved."""
    return path.stat().st_size if path and path.exists() else 0


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
