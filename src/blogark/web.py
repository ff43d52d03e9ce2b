"""Where pages come from: one protocol, answered by the net, a folder, a WARC, the Wayback Machine."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from .errors import Missing
from .model import Page


class Web(Protocol):
    """Anything that can answer for a URL."""

    def get(self, url: str, *, fresh: bool = False, referer: str = "") -> Page:
        """The page at `url`, or a FetchError.

        `fresh` asks a web that remembers not to answer from memory: for listings,
        which grow. A web that only replays ignores it.
        """
        ...

    def save(self, url: str, to: Path, *, referer: str = "") -> Page:
        """The body at `url`, of any size, into the file `to`; the Page comes without its body."""
        ...

    def urls(self) -> Iterator[str]:
        """Every address this web can answer for without asking anyone."""
        ...


class First:
    """Several webs as one: each is asked in turn until one has the page."""

    def __init__(self, *webs: Web) -> None:
        self._webs = webs

    def get(self, url: str, *, fresh: bool = False, referer: str = "") -> Page:
        for web in self._webs[:-1]:
            try:
                return web.get(url, fresh=fresh, referer=referer)
            except Missing:
                continue
        return self._webs[-1].get(url, fresh=fresh, referer=referer)

    def save(self, url: str, to: Path, *, referer: str = "") -> Page:
        for web in self._webs[:-1]:
            try:
                return web.save(url, to, referer=referer)
            except Missing:
                continue
        return self._webs[-1].save(url, to, referer=referer)

    def urls(self) -> Iterator[str]:
        for web in self._webs:
            yield from web.urls()
