"""Where pages come from: one protocol, answered by the net, a folder, a WARC, the Wayback Machine."""

from collections import OrderedDict
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO, Protocol, cast

from .errors import Missing
from .model import Page

_RECENT = 12  # pages, each with its tree, that a run keeps at hand


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


DIRECTORY = "inode/directory"  # the kind of a page whose body names the files of a folder or zip, one a line


def stream(web: Web, url: str) -> IO[bytes]:
    """The body at `url`, of any size, as a file that can be read from anywhere in it; FetchError where there is none.

    A web of files opens them; any other answers with what it can hold in memory.
    """
    opened = getattr(web, "open", None)
    return cast(IO[bytes], opened(url)) if opened else BytesIO(web.get(url).body)


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


class Fresh:
    """A web that is not answered from memory: for a page that is known to have changed."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self.save, self.urls, self.open = web.save, web.urls, partial(stream, web)

    def get(self, url: str, *, fresh: bool = False, referer: str = "") -> Page:
        return self._web.get(url, fresh=True, referer=referer)


class Recent:
    """A web that remembers the last pages of this run: each is asked for once, and parsed once."""

    def __init__(self, web: Web, *pages: Page) -> None:
        self._web = web
        self._pages: OrderedDict[str, Page] = OrderedDict()
        for page in pages:
            self._put(page, page.url)

    def get(self, url: str, *, fresh: bool = False, referer: str = "") -> Page:
        page = None if fresh else self._pages.get(_bare(url))
        if page is None:
            page = self._web.get(url, fresh=fresh, referer=referer)
        self._put(page, url)
        return page

    def _put(self, page: Page, url: str) -> None:
        for name in {_bare(url), _bare(page.at)}:
            self._pages[name] = page
            self._pages.move_to_end(name)
        while len(self._pages) > _RECENT:
            self._pages.popitem(last=False)

    def save(self, url: str, to: Path, *, referer: str = "") -> Page:
        return self._web.save(url, to, referer=referer)

    def urls(self) -> Iterator[str]:
        return self._web.urls()


def _bare(url: str) -> str:
    return url.partition("#")[0]
