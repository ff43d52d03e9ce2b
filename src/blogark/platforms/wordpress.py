"""WordPress, on one's own server or at WordPress.com: by its interface, a hundred posts a request.

Where that is closed, by its feed, page by page; where that is too, by sitemap, listings and archives.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo

from .. import parse, urls
from ..errors import ArchiveError, FetchError, Missing, ReadError, Withheld
from ..model import Claim, Comment, Entry, Page, Post
from ..web import Web
from . import _comments, _feed, _page, _parts, _read, _sitemap, _walk, _wp, _wp_com, _wp_feed, _wp_rest
from ._item import Item
from ._walk import Walk

_SIGNS = re.compile(
    rb"""<meta(?=[^>]*\bname\s*=\s*["']?generator\b)[^>]*\bcontent\s*=\s*["']?(?:WordPress|WooCommerce|Elementor)\b
       | <link(?=[^>]*\brel\s*=\s*["']?https://api\.w\.org/)
       | <link(?=[^>]*\brel\s*=\s*["']?EditURI\b)[^>]*/xmlrpc\.php\?rsd
       | <generator>https?://wordpress\.(?:org|com)/ | <!--\ generator="?wordpress
       | <(?:link|script)\b[^>]*\b(?:href|src)\s*=\s*["']?(?:https?:)?//s[0-2]?\.wp\.com/(?:_static|wp-content|i/)""",
    re.VERBOSE | re.IGNORECASE,
)
_ASSET = re.compile(
    rb"""<(?:link|script)\b[^>]*\b(?:href|src)\s*=\s*["']?([^"'\s>]*/(?:wp-includes|wp-content/(?:themes|plugins|cache))/)""",
    re.IGNORECASE,
)
_API_HEADER = re.compile(r"<([^>]+)>\s*;[^,]*rel=[\"']?https://api\.w\.org/")
_COM = re.compile(
    rb"""\bcontent\s*=\s*["']WordPress\.com\b|//stats\.wp\.com/|//s[0-2]?\.wp\.com/_static|rel=["']shortlink["'][^>]*//wp\.me/""",
    re.I,
)
_POST_MAPS = re.compile(r"/(?:wp-sitemap-posts-post-|post-sitemap|sitemap-pt-post-)[\w-]*\.xml", re.I)
_CLOSED = "it asks for a password"
_MAPS = ("wp-sitemap.xml", "sitemap_index.xml", "sitemap.xml")


def claims(page: Page) -> Claim:
    """Ours by what only its own software leaves in a page; a picture out of some WordPress says nothing."""
    own = urls.host(page.at).endswith(".wordpress.com") or _API_HEADER.search(page.headers.get("link", ""))
    return Claim.OURS if own or _SIGNS.search(page.body) or _assets(page) else Claim.NO


def _assets(page: Page) -> bool:
    """Whether styles or scripts of WordPress come from the page's own domain."""
    named = (urls.join(page.at, found[1].decode("utf-8", "replace")) for found in _ASSET.finditer(page.body))
    return any(urls.domain(url) == urls.domain(page.at) for url in named)


def entries(page: Page, web: Web) -> Iterator[Entry]:
    found = _Found()
    for way in _interfaces(page, web):
        yield from found.by(_counted(way, page, web))
        if found.keys and not found.broken:
            if len(found.keys) < found.stated:
                yield from found.by(_by_sitemap(page, web))
            return
    yield from found.by(_by_feed(page, web, found))
    by_feed = len(found.keys)
    yield from found.by(_by_sitemap(page, web))
    if not found.paged and len(found.keys) == by_feed:
        yield from found.by(Walk(web).everything(page))
    if not found.keys:
        raise found.fault or ReadError(page.at, "neither interface, feed, sitemap nor pages name any post")


@dataclass
class _Found:
    """What the ways so far have given."""

    keys: set[str] = field(default_factory=set)  # urls.key of posts
    stated: int = 0
    paged: bool = False  # the feed went on after its first page, and so to the end
    broken: bool = False  # the last way
    fault: ArchiveError | None = None  # the first one

    def by(self, way: Iterator[Entry]) -> Iterator[Entry]:
        """What this way has that no other had; where it breaks, others may go on."""
        self.broken = False
        try:
            for entry in way:
                if urls.key(entry.url) not in self.keys:
                    self.keys.add(urls.key(entry.url))
                    self.stated = entry.stated or self.stated
                    yield entry
        except (FetchError, ReadError) as error:
            self.broken, self.fault = True, self.fault or error


def post(entry: Entry, web: Web) -> Post:
    data = entry.data or {}
    item, comments = data.get("item") or Item(url=entry.url, title=entry.title), data.get("comments")
    if data.get("closed"):
        raise Withheld(entry.url, _CLOSED)
    if data.get("found_in") == "feed" and _is_whole(item) and item.count == 0:
        comments = ()
    if comments is not None:
        return _made(entry, item, comments)
    return _with_comments(entry, item, web) if data.get("found_in") == "api" else _by_page(entry, item, web)


def _made(entry: Entry, item: Item, comments: Sequence[Comment], count: int | None = None) -> Post:
    post = _read.made(entry, replace(item, tags=_wp.told(item.tags)), tuple(comments))
    return post if count is None else replace(post, comment_count=count)


def _is_whole(item: Item) -> bool:
    return bool(item.html) and not item.cut


def news(page: Page, web: Web, since: datetime) -> Iterator[Entry]:
    """Posts that were changed, or commented on, since a moment, as far as the blog's own interface says."""
    lang = _page.language(parse.tree(page))
    for root in _roots(page, urls.host(page.at).endswith(".wordpress.com"))[:1]:
        with suppress(FetchError, ReadError):
            yield from _wp_rest.Site(root, web, lang).since(since)


# by interface


def _interfaces(page: Page, web: Web) -> Iterator[Iterator[Entry]]:
    """WordPress.com's for its own blogs; else the blog's, and WordPress.com's where it has to do with the blog."""
    lang, host = _page.language(parse.tree(page)), urls.host(page.at)
    at_com = host.endswith(".wordpress.com")
    if at_com:
        yield _wp_com.Site(host, web, lang).entries()
    for root in _roots(page, at_com):
        yield _wp_rest.Site(root, web, lang).entries()
    if not at_com and _COM.search(page.body) and not urls.is_local(page.at):
        yield _wp_com.Site(host, web, lang).entries()


def _roots(page: Page, at_com: bool) -> list[str]:
    """Where the page says that the interface is; where it says nothing, where it usually is."""
    told = [found[1] for found in [_API_HEADER.search(page.headers.get("link", ""))] if found]
    told += [link.get("href", "") for link in parse.tree(page).iter("link") if link.get("rel") == "https://api.w.org/"]
    guesses = [] if told or at_com else [f"{_home(page)}wp-json/", f"{_home(page)}?rest_route=/"]
    return list(dict.fromkeys(urls.join(page.at, root) for root in [*told[:1], *guesses]))


def _home(page: Page) -> str:
    """The blog's front page, which may lie in a folder: what its interface, feed or RSD link is within."""
    tree = parse.tree(page)
    named = [_API_HEADER.sub(r"\1", page.headers.get("link", "")), *_feed.links(tree, page.at)]
    named += [urls.join(page.at, e.get("href", "")) for e in tree.iter("link") if e.get("rel") == "EditURI"]
    homes = (re.sub(r"(?:wp-json|feed|xmlrpc\.php|index\.php|\?).*", "", url) for url in named)
    return next(
        (url for url in homes if url.endswith("/") and urls.host(url) == urls.host(page.at)), urls.root(page.at)
    )


def _counted(way: Iterator[Entry], page: Page, web: Web) -> Iterator[Entry]:
    """Entries whose comments the interface does not tell, with the numbers of them that the feed tells."""
    told, known = _wp_feed.counts(_feeds(page), web), dict[str, int | None]()
    for entry in way:
        key = urls.key(entry.url)
        if entry.comment_count is None and not entry.data["closed"]:
            while key not in known and (one := next(told, None)):
                known[urls.key(one[0])] = one[1]
            count = known.get(key)
            entry = replace(entry, comment_count=count, data=entry.data | {"comments": () if count == 0 else None})
        yield entry


def _with_comments(entry: Entry, item: Item, web: Web) -> Post:
    """What the interface told, with the comments that only the post's page shows."""
    try:
        page = web.get(entry.url)
    except (FetchError, ReadError):
        return _made(entry, item, ())
    comments = _parts.comments(page, web)
    return _made(entry, item, comments, _count(page, _page.post(page, item).count, comments))


def _count(page: Page, stated: int | None, comments: Sequence[Comment]) -> int | None:
    """How many comments the page states, less the mentions by other blogs that it counts among them."""
    pings = _comments.pings(parse.tree(page)) if stated else 0
    return max(stated - pings, len(comments)) if stated is not None else len(comments) or None


# by feed


def _by_feed(page: Page, web: Web, found: _Found) -> Iterator[Entry]:
    zone: tzinfo | None = None
    for n, feed in enumerate(_wp_feed.pages(_feeds(page), web)):
        found.paged = n > 0
        zone = _wp_feed.zone(feed.items[0], web) if not n else zone
        for item in feed.items:
            entry = _walk.entry(_wp_feed.moved(item, zone), "", "feed")
            yield replace(entry, data=entry.data | {"closed": _wp.asks_password(item.html)})


def _feeds(page: Page) -> list[str]:
    """Where the blog's feed is: what the page names, else where it usually is."""
    usual = [urls.join(_home(page), at) for at in ("feed/", "?feed=rss2")]
    return list(dict.fromkeys([*_feed.links(parse.tree(page), page.at)[:1], *usual]))


# by sitemap and pages


def _by_sitemap(page: Page, web: Web) -> Iterator[Entry]:
    """Posts that a sitemap of posts names: those of WordPress itself and of its plugins part posts from pages."""
    for name in _MAPS:
        told = False
        for url in (place.url for place in _sitemap.read(f"{_home(page)}{name}", web, _POST_MAPS)):
            told = True
            if not urls.is_front(url):  # some name the blog's listing of posts first
                yield Entry(urls.key(url), urls.clean(url), data={"item": Item(url=url), "found_in": "sitemap"})
        if told:
            return


def _by_page(entry: Entry, item: Item, web: Web) -> Post:
    """The post's own page, with the pages that it and its comments go on to; what a feed told whole stays."""
    try:
        page = web.get(entry.url)
    except Missing:
        return _read.post(entry, web)
    if _wp.asks_password(parse.text(page)):
        raise Withheld(entry.url, _CLOSED)
    made, comments = _read.from_page(page, entry, item, both=True), _parts.comments(page, web)
    html = _parts.body(page, made.html, item, web)
    return replace(
        made,
        html=item.html if _is_whole(item) and html == made.html else html,
        tags=_wp.told(made.tags if made.categories else made.tags or item.tags),
        categories=_wp.told(made.categories),
        summary=made.summary or item.summary,
        lang=made.lang or item.lang,
        comments=comments,
        comment_count=_count(page, made.comment_count, comments),
    )
