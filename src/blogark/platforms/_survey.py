"""Every post of a blog: what its feed, listings, archives and sitemap name, each once, and nothing that is no post."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .. import dates, parse, urls
from ..errors import FetchError, ReadError
from ..model import Entry, Page
from ..parse import Element
from . import _byline, _feed, _harvest, _page, _sitemap, _walk
from ._item import Item, filled
from ._lesson import Lesson
from ._page import Listing
from ._shapes import Shapes, is_other

_MOST_DOORS = 4  # pages called an archive or a blog that are looked into
_MOST_FEEDS = 3  # feeds that are tried until one can be read
_MOST_BODIES = 4 << 20  # characters of bodies that are kept while a feed is read; what comes after keeps its fields
_NOBODY = frozenset({"Unknown", "unknown", "undefined", "null", "None"})  # what engines write into a feed for no name
_LATEST = 10  # posts that a front page may show of many
_IDLE = 2  # pages of labels in a row without a new post
_SHORT = 5  # posts; a listing of fewer has no second page
_LISTS = re.compile(r"(?:.*/)?(?=(?:archives?|page|tags?|category|categories|author|search)/)", re.I)


@dataclass
class Survey(_walk.Walk):
    """A walk that knows what the blog's feed says, and which addresses are like its posts'."""

    told: dict[str, Item] = field(default_factory=dict)  # what the feed says, by urls.key
    shapes: Shapes = field(default_factory=Shapes)
    lesson: Lesson | None = None
    stated: int | None = None
    fed_from: str = ""
    archive: bool = False  # the page at hand is taken for a bare list of posts
    whole: tuple[Page, Listing] | None = None  # the page last read, and all that looks like a post on it

    def _named(self, start: Page) -> Iterator[Entry]:
        """The posts that feed, listing, archives and sitemap name."""
        shown = self._listing(start).items
        own = not shown or {urls.key(item.url) for item in shown} == {urls.key(start.at)}
        self.shapes.under = _scope(_walk.front(start) if own else start.at)
        self._hear(start, shown)
        self.read = None
        self.stated = self.stated or _stated(parse.tree(start), start.at)
        self.lesson = Lesson.of(list(self.told.values()), shown, start)
        yield from self._new(tuple(self.told.values()), self.fed_from)
        yield from self._by_pages(start)
        yield from self._by_sitemap(start)
        yield from self._by_labels(start)

    # the feed

    def _hear(self, start: Page, shown: tuple[Item, ...]) -> None:
        """Take down what the first feed that can be read says of posts of this blog."""
        known = Shapes(self.shapes.under)
        known.add(item.url for item in shown)
        for url in _feed.links(parse.tree(start), start.at)[:_MOST_FEEDS]:
            try:
                items = list(self._fed(url))
            except (FetchError, ReadError):
                continue
            ours = [item for item in items if urls.path(item.url).startswith(self.shapes.under)]
            ours = ours or [item for item in items if known.fit(item.url)]
            for item in _of_host(_dated(ours), start.at, shown):
                self.told.setdefault(urls.key(item.url), item)
            if self.told:
                self.fed_from = url
                self.shapes.add(item.url for item in self.told.values())
                return

    def _fed(self, url: str) -> Iterator[Item]:
        room = _MOST_BODIES
        for feed in _feed.pages(url, self.web):
            self.stated = self.stated or feed.stated
            items, self.order = _page.settle(feed.items, self.order)
            for item in items:
                room -= len(item.html)
                kept = item if room > 0 else replace(item, html="", cut=False)
                named = _byline.is_name(item.author) and item.author not in _NOBODY
                author = item.author if named else ""  # engines put the site's motto there
                yield replace(kept, id="", url=urls.clean(item.url), author=author)

    # pages

    def _by_pages(self, start: Page) -> Iterator[Entry]:
        for page in self._doors(start):
            yield from self.listing(page)
        if not self.turned:
            yield from self._by_doors(start)
        yield from self.left_out()

    def _by_doors(self, start: Page) -> Iterator[Entry]:
        """What pages called an archive list, until one lists all that is known."""
        for url in _harvest.doors(parse.tree(start), start.at, self.shapes.under)[:_MOST_DOORS]:
            page = None if urls.key(url) in self.visited else self._try(url)
            if page is None or urls.key(page.at) in self.visited:
                continue
            before = set(self.seen)
            self.archive = True
            yield from self.listing(page)
            self.archive = False
            if self.turned or (before and before <= {urls.key(item.url) for item in self._listing(page).items}):
                return

    def _listing(self, page: Page) -> Listing:
        """What a page lists, less what is no post; of an archive, and where nothing looks like one, its bare links."""
        if self.read is not None and self.read[0] is page:
            return self.read[1]
        if self.whole is None or self.whole[0] is not page:
            self.whole = page, _page.listing(page)
        listing = self.whole[1]
        items = self._chosen(listing.items)
        if self.archive or not items:
            bare = _harvest.links(parse.tree(page), page.at, self.seen | set(self.told), self.shapes)
            shown = {urls.key(item.url) for item in items}
            items += tuple(item for item in bare if urls.key(item.url) not in shown)
        items = _harvest.apart(parse.tree(page), page.at, items) + items
        lists = self.visited - {urls.key(page.at)}
        items = tuple(item for item in items if urls.key(item.url) not in lists - self.seen)
        self.read = page, replace(listing, items=items)
        return self.read[1]

    def _chosen(self, items: tuple[Item, ...]) -> tuple[Item, ...]:
        """The items that are posts: named by the feed, or dated, or like those; addresses of lists are none."""
        other = [item for item in items if is_other(item.url, self.shapes.under)]
        odd = set(other) if 2 * len(other) < len(items) else set[Item]()
        return tuple(
            item
            for item in items
            if urls.key(item.url) in self.told
            or (item not in odd and (not self.told or item.published or item.printed or self.shapes.fit(item.url)))
        )

    def _new(self, items: tuple[Item, ...], found_in: str) -> Iterator[Entry]:
        merged = tuple(_both(item, self.told.get(urls.key(item.url))) for item in items)
        for entry in super()._new(merged, found_in):
            fed = urls.key(entry.url) in self.told
            if not fed:
                self.shapes.add([entry.url])
            data = {**entry.data, "lesson": self.lesson, "fed": fed}
            yield replace(entry, data=data, stated=self.stated)

    # the sitemap

    def _by_sitemap(self, start: Page) -> Iterator[Entry]:
        """What the sitemap has like the known posts; where other pages may be like them too, they decide."""
        if self._is_complete() or not start.at.startswith("http"):
            return
        lang = _page.language(parse.tree(start))[:2].lower()
        for place in _sitemap.find(start.at, self.web):
            url, twin = urls.clean(place.url), lang and place.lang and place.lang[:2].lower() != lang
            ours = urls.host(url) == urls.host(start.at) and urls.path(url).startswith(self.shapes.under)
            if twin or not ours or urls.key(url) in self.seen or urls.key(url) in self.visited:
                continue
            likely = self.shapes.fit(url) if self.shapes else not is_other(url, self.shapes.under)
            if likely and (self.shapes.tell(url) or self._is_post(url)):
                yield from self._new((Item(url=url),), "sitemap")

    def _by_labels(self, start: Page) -> Iterator[Entry]:
        """Where one page shows but a few posts, and nothing leads further, what the pages of its labels list."""
        if self.turned or self.stated or not 0 < len(self.seen) <= _LATEST or not start.at.startswith("http"):
            return
        idle = 0
        for url in _harvest.labels(parse.tree(start), start.at):
            page = None if urls.key(url) in self.visited or idle >= _IDLE else self._try(url)
            before = len(self.seen)
            if page is not None:
                yield from self.listing(page)
                idle = 0 if len(self.seen) > before else idle + 1

    def _is_complete(self) -> bool:
        """Whether the listing must have shown all: turned to its end, longer than the feed, too short to go on."""
        if self.stated:
            return len(self.seen) >= self.stated
        if not self.told:
            return 0 < len(self.seen) < _SHORT
        return set(self.told) <= self.listed and (self.turned > 0 or len(self.listed) > len(self.told))

    def _is_post(self, url: str) -> bool:
        """Whether a page says of itself that it is a post, or has a day."""
        try:
            page = self.web.get(url)
        except (FetchError, ReadError):
            return False
        self.visited.add(urls.key(url))
        item = _page.post(page)
        return bool(item.html and (item.published or item.printed)) and urls.key(item.url) not in self.seen


def _both(item: Item, told: Item | None) -> Item:
    """An item of a listing with what the feed says, which is more exact and wins."""
    if told is None or told is item:
        return item
    whole = told if told.html and not told.cut else item
    both = filled(told, item, "author", "published", "printed", "count", "tags")
    return replace(both, html=whole.html or told.html, cut=whole.cut)


def _dated(items: list[Item]) -> list[Item]:
    """The items with a day, where most have one: engines put pages into feeds, which have none."""
    dated = [item for item in items if item.published or item.printed]
    return dated if 2 * len(dated) > len(items) else items


def _of_host(items: list[Item], base: str, shown: tuple[Item, ...]) -> list[Item]:
    """The items of this host; a feed that names another one for the very paths of the listing means this one."""
    own = [item for item in items if urls.host(item.url) == urls.host(base)]
    paths = {urls.path(item.url) for item in shown}
    if own or not any(urls.path(item.url) in paths for item in items):
        return own
    return [replace(item, url=urls.join(base, urls.path(item.url))) for item in items]


def _scope(url: str) -> str:
    """The path that a blog lies under, by its listing's address: that of its folder, without lists in it."""
    path = urls.path(url) or "/"
    if not path.endswith("/"):
        path = urls.path(urls.join(url, ".")) if "." in path.rpartition("/")[2] else f"{path}/"
    found = _LISTS.match(path)
    return (found[0] if found else path) or "/"


def _stated(tree: Element, base: str) -> int | None:
    """How many posts the blog says it has, by the counts beside its archives: "May 2011 (12)"; months before years."""
    months, years = Counter[str](), Counter[str]()
    for a in tree.iter("a"):
        url = urls.join(base, a.get("href", ""))
        number = re.search(r"\((\d{1,5})\)\s*$", parse.words(a) + (a.tail or "")[:12].rstrip())
        found = dates.from_url(url + "/") if number else None
        if number and found and found[2] is None:
            months[urls.key(url)] = int(number[1])
        elif number and re.search(r"/(?:19|20)\d\d/?$", url):
            years[urls.key(url)] = int(number[1])
    return max(months.total(), years.total()) or None
