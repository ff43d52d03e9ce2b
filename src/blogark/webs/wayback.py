"""The Wayback Machine as a Web: what is gone, as the Internet Archive captured it.

It is asked through another Web, one thing at a time, no oftener than it bears: its index (CDX) 24 times a minute,
its captures 4 times a second (each may be a redirect and an answer). See https://github.com/internetarchive/wayback
for the index, and for `id_`, which replays the bytes as they were.
"""

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

from .. import urls
from ..errors import FetchError, Missing, Refused
from ..model import Page
from ..web import Web
from ._near import Near
from ._turns import Turns

BASE = "https://web.archive.org"
_INDEX, _CAPTURE = 2.5, 0.25  # seconds from one request to the next
_ROWS = 5000  # of an answer of the index
_PAGES = 40  # answers of the index to one question
_TRIES = 8  # captures of a front page that are looked at for one that is no notice
_SILENT = 3  # failures in a row after which it is left alone for the rest of a run
_REPLAY = r"^(?:https?://)?%s/web/(?:(\d{1,14})?\*?(?:[a-z]{2}_)?/)?(https?:/.+|[\w-]+\.[\w.-]+(?:[:/].*)?)$"
_PICTURES = ("!mimetype:text/html",)  # of the index; what is no page
_NEVER = "99991231235959"
_WHOLE = "20000101000000"  # what completes a time that is not given to the second


@dataclass(frozen=True, slots=True)
class Capture:
    at: str  # YYYYMMDDhhmmss, UTC
    url: str  # as it was captured
    size: int = field(default=0, compare=False)  # bytes that the archive keeps of it; 0 when it does not say

    @property
    def time(self) -> datetime:
        """When it was captured, aware."""
        return datetime.strptime(self.at + _WHOLE[len(self.at) :], "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def parse(address: str, base: str = BASE) -> Capture | None:
    """The capture that an address of the Wayback Machine shows, at '' for no time; None for other addresses."""
    found = re.match(_REPLAY % re.escape(base.partition("://")[2]), address)
    if not found:
        return None
    url = re.sub(r"^(https?:)/+", r"\1//", found[2])
    return Capture(found[1] or "", url if "://" in url else f"http://{url}")


class Wayback:
    """Captures, the newest before `until`. Asks through `web`; nothing about hosts that nobody else can see,
    nor about the host `shy`.
    """

    def __init__(
        self,
        web: Web,
        *,
        base: str = BASE,
        until: str = "",
        shy: str = "",
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._web, self._base, self._until, self._shy = web, base, until, shy
        self._turns = Turns(0.0, sleep, clock)
        self._silent = 0  # failures in a row
        self._held: dict[str, Capture] = {}  # by urls.key: what is known to be captured, of the hosts swept
        self._swept: set[str] = set()  # hosts
        self._near = Near(self._below)

    # as a Web

    def urls(self) -> Iterator[str]:
        return (capture.url for capture in self._held.values())

    def get(self, url: str, *, fresh: bool = False, referer: str = "") -> Page:
        return self._answer(url, None, part=bool(referer))

    def save(self, url: str, to: Path, *, referer: str = "") -> Page:
        return self._answer(url, to)

    def _answer(self, url: str, to: Path | None, part: bool = False) -> Page:
        """The newest capture; where that is none of this page, the one that the index knows to be."""
        known = self._known(url, part)
        if self._until and known.at != self._until:
            with suppress(FetchError):
                page = self.replay(Capture(self._until, known.url), to)
                in_time = page.fetched is None or page.fetched <= Capture(self._until, url).time
                if in_time and urls.domain(page.at) == urls.domain(url):
                    return replace(page, url=url)
        return replace(self.replay(known, to), url=url)

    def open(self, url: str, below: str, until: str, closed: Callable[[Page], bool]) -> Page:
        """The blog's page at `url` as it was last before `until`, or before its host closed.

        From then on all that is captured `below` an address is known. Raises Missing where there is no such page.
        """
        self._until = until
        for capture in reversed(self.captures(url)[-_TRIES:]):
            page = self.replay(capture)
            if not closed(page):
                self._until = self._until or _NEVER
                self.sweep(below)
                return page
            self._until = capture.at
        raise Missing(url, "not in the Wayback Machine")

    def _known(self, url: str, part: bool) -> Capture:
        """`part`: of a page, such as a frame, which may lie elsewhere on a host than all that was swept of it."""
        found = self._held.get(urls.key(url))
        if found is None and (part or urls.host(url) not in self._swept):
            found = next(reversed(self.captures(url)), None)
        if found is None:
            raise Missing(url, "not in the Wayback Machine")
        return found

    def sweep(self, url: str) -> int:
        """Learn all that is captured below `url`, which is all that is asked for of its host; how much that is."""
        for capture in self._index(url, matchType="prefix", collapse="urlkey"):
            key, plain = urls.key(capture.url), urls.clean(capture.url) == capture.url
            if plain or key not in self._held:
                self._held[key] = capture
        self._swept.add(urls.host(url))
        return len(self._held)

    # captures

    def captures(self, url: str, *, prefix: bool = False, pictures: bool = False) -> list[Capture]:
        """Captures of an address, or of all that begin with it, that answered well; the oldest first."""
        more = {"matchType": "prefix"} if prefix else {}
        filters = _PICTURES if pictures else ()
        return list(islice(self._index(url, *filters, collapse="digest", **more), _ROWS))

    def pictures(self, url: str, *, prefix: bool = False) -> list[Capture]:
        """The same of what is no page; by one question for many, where more than one lies near."""
        found = self._near.find(url, prefix)
        return self.captures(url, prefix=prefix, pictures=True) if found is None else found

    def _below(self, url: str) -> tuple[list[Capture], bool]:
        rows, more = self._page(self._query(url, *_PICTURES, collapse="digest", matchType="prefix"), "")
        return rows, not more

    def replay(self, capture: Capture, to: Path | None = None) -> Page:
        """The bytes as they were captured nearest to then; at: the address captured, fetched: when."""
        address = self.address(capture)
        self._may_ask(capture.url)
        self._turns.take(self._base, _CAPTURE)
        with _Counted(self):
            page = self._web.save(address, to) if to else self._web.get(address)
        shown = parse(page.at, self._base) or capture
        return replace(page, url=capture.url, at=shown.url, fetched=shown.time)

    def address(self, capture: Capture) -> str:
        return f"{self._base}/web/{capture.at}id_/{capture.url}"

    def _index(self, url: str, *filters: str, **more: str) -> Iterator[Capture]:
        query, key = self._query(url, *filters, **more), ""
        for _ in range(_PAGES):
            found, key = self._page(query, key)
            yield from found
            if not key:
                return

    def _query(self, url: str, *filters: str, **more: str) -> list[tuple[str, str]]:
        self._may_ask(url)
        query = [("url", url), ("output", "json"), ("fl", "timestamp,original,length"), *more.items()]
        query += [("filter", each) for each in ("!statuscode:[345]..", *filters)]
        query += [("to", self._until)] if self._until and not filters else []  # pictures may be from any time
        return [*query, ("limit", str(_ROWS)), ("showResumeKey", "true")]

    def _page(self, query: list[tuple[str, str]], key: str) -> tuple[list[Capture], str]:
        """What it answers from `key` on, and the key for more; '' when that is all."""
        rows = self._rows([*query, *[("resumeKey", key)] * bool(key)])
        key = rows.pop()[0] if len(rows) > 1 and not rows[-2] else ""
        known = (row for row in rows if len(row) == 3 and row[0].isdigit())
        return [Capture(at, url, int(size) if size.isdigit() else 0) for at, url, size in known], key

    def _rows(self, query: list[tuple[str, str]]) -> list[list[str]]:
        self._turns.take(self._base, _INDEX)
        with _Counted(self):
            page = self._web.get(f"{self._base}/cdx/search/cdx?{urlencode(query)}", fresh=True)
        if b"AccessControlException" in page.body[:2000]:  # its owner, or its robots.txt, wants it unseen
            return []
        try:
            rows: list[list[str]] = json.loads(page.body or b"[]")
        except ValueError as error:
            raise FetchError(page.url, "the index of the Wayback Machine cannot be read") from error
        return rows

    def may_know(self, url: str) -> bool:
        """Whether it may be asked about an address: of a host that all the world sees, and no secrets open."""
        host = urls.host(url)
        return not urls.is_local(url) and "." in host and host != self._shy

    def _may_ask(self, url: str) -> None:
        if not self.may_know(url):
            raise Missing(url, "not asked of the Wayback Machine: not a public address")
        if self._silent >= _SILENT:
            raise Refused(url, "the Wayback Machine does not answer any more in this run")


class _Counted:
    """Counts failures in a row: it asks those to stop who do not let up."""

    def __init__(self, wayback: Wayback) -> None:
        self._wayback = wayback

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if not isinstance(error, FetchError) or (isinstance(error, Missing) and error.status):
            self._wayback._silent = 0
        else:
            self._wayback._silent += _SILENT if isinstance(error, Missing) else 1  # no such host: it will not come up
