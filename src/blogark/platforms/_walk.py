"""Every post that a blog's own pages lead to: its listing page by page, then the archives of what that left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .. import dates, parse, urls
from ..errors import ArchiveError, FetchError, Missing, ReadError, Refused
from ..model import Entry, Page
from ..web import Web
from . import _marks, _page
from ._item import Item
from ._page import Listing

_MOST_PAGES = 20_000  # of one listing; no blog has more, a trap has any number
_MOST_IDLE = 30  # pages in a row that bring no new post: empty months of a calendar, or a circle
_SESSION = re.compile(r"(?<=[?&;])(?:(?:php|j|asp)?sess(?:ion)?_?(?:id)?|sid)=[^&#]*&?", re.I)
_BEGINNING = 200  # characters of a body that tell two posts of one title and day apart


@dataclass
class Walk:
    """One pass over a blog's pages. What could not be had is kept while other ways are tried."""

    web: Web
    order: str = ""  # of day and month in printed dates, once the blog has shown it
    seen: set[str] = field(default_factory=set)  # urls.key of posts found
    visited: set[str] = field(default_factory=set)  # urls.key of pages asked for
    months: set[str] = field(default_factory=set)  # "2011/05" of posts found
    archives: dict[str, str] = field(default_factory=dict)  # month archives named on the way, by urls.key
    shown: set[tuple[str, str, str]] = field(default_factory=set)  # title and address, day and beginning of posts found
    read: tuple[Page, Listing] | None = None  # the page last read
    listed: set[str] = field(default_factory=set)  # urls.key of posts that listings showed
    looks: set[tuple[str, str, str]] = field(default_factory=set)  # title, day and beginning of what listings showed
    idle: int = 0  # pages in a row without news
    turned: int = 0  # listing pages behind a first one
    refused: ArchiveError | None = None  # a way that robots.txt or the server forbids: others may lead there too
    fault: ArchiveError | None = None  # a page that could not be had, and with it what only it names

    def everything(self, start: Page) -> Iterator[Entry]:
        """The posts that pages and a folder name; of none, the page itself. Raises at last what could not be had."""
        yield from self._named(start)
        yield from self._held()
        if not self.seen:
            yield from self._itself(start)
        if fault := self.fault or (None if self.archives else self.refused):
            raise fault

    def _named(self, start: Page) -> Iterator[Entry]:
        """The posts that listing, front page and archives name."""
        for page in self._doors(start):
            yield from self.listing(page)
        yield from self.left_out()

    def _doors(self, start: Page) -> Iterator[Page]:
        """The page that a person pointed at; of a post's own page first the front of its blog."""
        items = self._listing(start).items
        own = not items or {urls.key(item.url) for item in items} == {urls.key(start.at)}
        above = front(start)
        elsewhere = urls.key(above) != urls.key(start.at)
        if own and elsewhere and (page := self._try(above)):
            yield page
        if urls.key(start.at) not in self.seen | self.visited:
            yield start
        if not own and elsewhere and len(self.seen) <= 1 and (page := self._try(above)):
            yield page

    def listing(self, start: Page) -> Iterator[Entry]:
        """The posts of a listing, page by page to its end."""
        page: Page | None = start
        while page is not None and len(self.visited) < _MOST_PAGES:
            self.visited |= {urls.key(page.url), urls.key(page.at)}
            shown = self._listing(page)
            for url in shown.archives:
                self.archives.setdefault(urls.key(url), url)
            news = self._news(shown.items)
            yield from self._new(shown.items, page.at)
            older = next((url for url in shown.older if urls.key(url) not in self.visited), "")
            self.idle = 0 if news else self.idle + 1
            if older and self.idle >= _MOST_IDLE:
                self.fault = self.fault or ReadError(older, "the pager goes on without new posts")
                older = ""
            page = self._get(older) if older and (news or not shown.items) else None
            self.turned += page is not None

    def _news(self, items: tuple[Item, ...]) -> set[str]:
        """By urls.key, those that no listing showed yet; what looks the same at another address is no news."""
        looks = {urls.key(item.url): _look(item) for item in items}
        news = {key for key, look in looks.items() if key not in self.listed and not (all(look) and look in self.looks)}
        self.listed |= looks.keys()
        self.looks |= set(looks.values())
        return news

    def _listing(self, page: Page) -> Listing:
        if self.read is None or self.read[0] is not page:
            self.read = page, _page.listing(page)
        return self.read[1]

    def left_out(self) -> Iterator[Entry]:
        """The posts of those archives of which the listing showed nothing, or not all."""
        broken, oldest, asked = self.refused or self.fault, min(self.months, default=""), set[str]()
        self.idle = 0
        while waiting := [
            url for url in self.archives.values() if url not in asked and urls.key(url) not in self.visited
        ]:
            url = max(waiting, key=urls.path)
            asked.add(url)
            month = _month(url)
            if (month not in self.months or (broken and month <= oldest)) and (page := self._get(url)):
                yield from self.listing(page)
            if self.idle >= _MOST_IDLE:
                self.fault = self.fault or ReadError(url, "the archives go on without new posts")
                return

    def _get(self, url: str) -> Page | None:
        try:
            return self.web.get(url, fresh=True)
        except Refused as error:
            self.refused = self.refused or error
        except FetchError as error:
            if not (isinstance(error, Missing) and any(True for _ in self.web.urls())):
                self.fault = self.fault or error  # a folder holds what was saved: what it lacks was never promised
        return None

    def _try(self, url: str) -> Page | None:
        try:
            return self.web.get(url, fresh=True)
        except FetchError:
            return None  # where the front page is gone, the page that a person pointed at has to do

    def _held(self) -> Iterator[Entry]:
        """Posts among the pages that a folder holds without a listing that leads to them."""
        for url in self.web.urls():
            new = urls.key(url) not in self.seen | self.visited
            if new and (page := self._get(url)) and page.body.strip() and "html" in (page.kind or "html"):
                several = len(self._listing(page).items) > 1
                yield from self.listing(page) if several else (e for e in self._itself(page) if e.published)

    def _itself(self, page: Page) -> Iterator[Entry]:
        """The page as one post, where it reads as one; the front of a host is none."""
        item = _page.post(page)
        front = urls.key(page.at) == urls.key(urls.root(page.at))
        if not front and item.html and parse.words(parse.fragment(item.html)):
            yield from self._new((item,), page.at)

    def _new(self, items: tuple[Item, ...], found_in: str) -> Iterator[Entry]:
        settled, self.order = _page.settle(items, self.order)
        for item in settled:
            again = (alike := _beginning(item)) in self.shown
            if (key := urls.key(item.url)) not in self.seen and not (again and all(alike)):
                self.seen.add(key)
                self.shown.add(alike)
                if month := dates.from_url(item.url):
                    self.months.add(f"{month[0]:04}/{month[1]:02}")
                yield entry(item, self.order, found_in)


def _beginning(item: Item) -> tuple[str, str, str]:
    """What is the same of a post under a second address, such as one with a session's number in it."""
    start = parse.words(parse.fragment(item.html))[:_BEGINNING] if item.html else ""
    return f"{item.title} {_SESSION.sub('', item.url)}", str(item.published or ""), start


def _look(item: Item) -> tuple[str, str, str]:
    words = re.sub(r"<[^>]*>", "", item.html[: 5 * _BEGINNING])[:_BEGINNING]
    return item.title, str(item.published or item.printed or ""), words


def front(page: Page) -> str:
    """The front page of a page's blog: the nearest folder above it that it links to, else the host's."""
    linked = {urls.key(urls.join(page.at, a.get("href", ""))) for a in parse.tree(page).iter("a")}
    above, root = urls.join(page.at, "."), urls.root(page.at)
    while above != root and (urls.key(above) not in linked or _marks.is_list(above) or above == page.at):
        above, below = urls.join(above, ".."), above
        if above == below:  # an address whose host is none
            break
    return above


def _month(url: str) -> str:
    """ "2011/05" for an archive of that month, "2011" for one of a year."""
    found = re.search(r"(?<!\d)((?:19|20)\d{2})(?:[/_-](\d{2}))?(?!\d)", urls.path(url))
    return "/".join(filter(None, found.groups())) if found else ""


def entry(item: Item, order: str = "", found_in: str = "") -> Entry:
    """A listing's item as an entry; what its own page may lack goes along as data."""
    data = {"item": item, "order": order, "found_in": found_in}
    return Entry(item.id or urls.key(item.url), item.url, item.title, item.published, item.updated, item.count, data)
