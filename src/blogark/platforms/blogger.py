"""Blogger: by its feed, 150 posts a request; where that is short or off, by sitemap, archives and pages.

Post and comment numbers are those in the feed's ids, "tag:blogger.com,1999:blog-B.post-P".
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from .. import dates, urls
from ..errors import ArchiveError, FetchError, ReadError
from ..model import Claim, Comment, Entry, Page, Post
from ..web import Web
from . import _feed, _read, _said, _sitemap
from ._atom import Atom, plain_title
from ._item import Item
from ._walk import Walk

PAGE = 150  # entries; the server cuts larger pages down to this since 2015
_LABEL = "http://www.blogger.com/atom/ns#"
_POST_PATH = re.compile(r"/\d{4}/\d{2}/[^/]+\.html?$")
_SIGNS = re.compile(
    rb"""<meta[^>]+content=["']blogger["'][^>]+name=["']generator|<meta[^>]+name=["']generator["'][^>]+content=["']blogger
       | blogger\.com/feeds/\d+/posts | resources\.blogblog\.com | blogger\.com/static/v1/widgets
       | _WidgetManager\._ | tag:blogger\.com,1999:blog- | blogger\.com/(?:comment|post-edit|rearrange)\.g\?""",
    re.VERBOSE | re.IGNORECASE,
)
_BLOG_ID = re.compile(rb"blogger\.com/feeds/(\d+)/posts|targetBlogID=(\d+)|blogID=(\d+)|'blogId': ?'(\d+)'")
_DYNAMIC = re.compile(  # every theme's settings name the folder of these scripts; only this one loads them
    rb"""<script[^>]+src=["'][^"']*blogblog\.com/dynamicviews/|Name:\s*Dynamic\ Views
       | content=["']dynamic["']\ name=["']blogger-template""",
    re.VERBOSE,
)


_MOVED = re.compile(rb"""<meta\s(?=[^>]*\bgenerator\b)[^>]*\bcontent=["']WordPress""", re.IGNORECASE)


def claims(page: Page) -> Claim:
    """Ours by any of its signs, but for those that posts took along when their blog moved away."""
    if _MOVED.search(page.body):
        return Claim.NO
    return Claim.OURS if _SIGNS.search(page.body) or urls.host(page.at).endswith(".blogspot.com") else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    found: set[str] = set()
    stated, fault = None, None
    try:
        for entry in _by_feed(page, web):
            found.add(urls.key(entry.url))
            stated = entry.stated
            yield entry
    except (FetchError, ReadError) as error:
        fault = error
    if fault is None and found and len(found) >= (stated or 0):
        return
    missed = _by_sitemap(page, web, found)
    yield from missed
    if not found or len(found) < (stated or 0):
        yield from _by_pages(page, web, found)
    if not found:
        raise _explained(page, fault)


def post(entry: Entry, web: Web) -> Post:
    atom = (entry.data or {}).get("atom")
    if atom is None:
        return _by_page(entry, web)
    if atom["short"]:
        read = _by_page(entry, web)
        return _of_feed(entry, read.html, read.comments or _said.comments_of(entry, web), read)
    return _of_feed(entry, atom["html"], _said.comments_of(entry, web))


# by feed


def _by_feed(page: Page, web: Web) -> Iterator[Entry]:
    """Every entry of the blog's own feed, else of the one that blogger.com keeps for it."""
    for url in _feeds(page):
        try:
            first = web.get(url, fresh=True)
            _feed.atoms(first)
        except (FetchError, ReadError) as error:
            fault = error
            continue
        yield from _entries(url, first, web)
        return
    raise fault


def _feeds(page: Page) -> list[str]:
    own = urls.root(page.at)
    found = [
        urls.query(f"{own}feeds/posts/default", alt="json", orderby="published", max_results=PAGE, redirect="false")
    ]
    number = _BLOG_ID.search(page.body)
    if number and not urls.is_local(own):
        blog = next(filter(None, number.groups())).decode()
        found.append(urls.query(f"https://www.blogger.com/feeds/{blog}/posts/default", alt="json", max_results=PAGE))
    return found


def _entries(url: str, first: Page, web: Web) -> Iterator[Entry]:
    def get(address: str) -> Page:
        return first if address == url else web.get(address, fresh=True)

    pages = _said.series(url, get, lambda received, _: urls.query(url, start_index=received + 1))
    sweep: bool | None = None
    for head, atoms in pages:
        stated = dates.number(head.text("totalResults"))
        if sweep is None:
            sweep = _sweeps(atoms, stated)
        for atom in atoms:
            yield _entry(atom, stated, sweep, urls.root(url))


def _sweeps(atoms: Sequence[Atom], stated: int | None) -> bool:
    """Whether reading all the blog's comments costs fewer requests than asking for each post's."""
    counts = [dates.number(atom.text("total")) or 0 for atom in atoms]
    every = sum(counts) * max(1, (stated or 0) / max(1, len(counts)))
    return every / _said.COMMENTS_PAGE + 2 < sum(count > 0 for count in counts)


def _entry(atom: Atom, stated: int | None, sweep: bool, root: str) -> Entry:
    html = atom.text("content")
    data = {
        "html": html,
        "short": "content" not in atom.values or bool(_BROKEN.search(html)),
        "author": atom.author,
        "labels": [c.get("term", "") for c in atom.categories if c.get("scheme", _LABEL) == _LABEL],
        "comments": atom.link("replies", "application/atom+xml"),
    }
    url = urls.clean(atom.link("alternate", "text/html") or atom.link("alternate"))
    return Entry(
        _said.number(atom.text("id")) or urls.key(url) or atom.identity,
        url or root,
        plain_title(atom.text("title")),
        dates.machine(atom.text("published")),
        dates.machine(atom.text("updated")),
        dates.number(atom.text("total")),
        {"atom": data, "root": root, "sweep": sweep},
        stated,
    )


# A feed "until jump break" ends in a link to the rest of the post.
_BROKEN = re.compile(r"<a\s[^>]*href=[\"'][^\"']+#more[\"'][^>]*>(?:(?!</a>).)*</a>(?:\s|<[^>]+>)*$", re.I | re.S)


def _of_feed(entry: Entry, html: str, comments: tuple[Comment, ...], read: Post | None = None) -> Post:
    atom = entry.data["atom"]
    item = Item(html=html, author=atom["author"], tags=tuple(dict.fromkeys(atom["labels"])))
    made = replace(_read.made(entry, item, comments), found_in=("feed",))
    if read is None:
        return made
    count = read.comment_count if entry.comment_count is None else entry.comment_count
    return replace(made, lang=read.lang, comment_count=count, partial=read.partial)


# what changed


def news(page: Page, web: Web, since: datetime) -> Iterator[Entry]:
    """Posts that were updated, or commented on, since a moment, as far as the feeds say."""
    for feed in _feeds(page):
        told, root = set[str](), urls.root(feed)
        with suppress(FetchError, ReadError):
            for entry in _updated(feed, web, since):
                told.add(entry.id)
                yield entry
            for number in dict.fromkeys(_said.since(root, web, since)):
                if number not in told:
                    (_, (atom,)) = _feed.atoms(web.get(f"{root}feeds/posts/default/{number}?alt=json", fresh=True))
                    yield _entry(atom, None, False, root)
            return


def _updated(feed: str, web: Web, since: datetime) -> Iterator[Entry]:
    """The last updated first; none where the server does not heed the moment."""
    url = urls.query(feed, orderby="updated", updated_min=f"{since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
    pages = _said.series(url, lambda u: web.get(u, fresh=True), lambda n, _: urls.query(url, start_index=n + 1))
    received = 0
    for head, atoms in pages:
        for atom in atoms:
            entry = _entry(atom, None, False, urls.root(feed))
            if not isinstance(entry.updated, datetime) or entry.updated < since:
                return
            yield entry
        received += len(atoms)
        if received >= (dates.number(head.text("totalResults")) or 0):
            return


# by sitemap and pages


def _by_sitemap(page: Page, web: Web, found: set[str]) -> Iterator[Entry]:
    for url in (place.url for place in _sitemap.read(f"{urls.root(page.at)}sitemap.xml", web)):
        if _POST_PATH.search(urls.path(url)) and urls.key(url) not in found:
            found.add(urls.key(url))
            yield Entry(urls.key(url), urls.clean(url), data={"item": Item(url=url), "found_in": "sitemap"})


def _by_pages(page: Page, web: Web, found: set[str]) -> Iterator[Entry]:
    for entry in Walk(web).everything(page):
        if urls.key(entry.url) not in found and _POST_PATH.search(urls.path(entry.url)):
            found.add(urls.key(entry.url))
            yield entry


def _by_page(entry: Entry, web: Web) -> Post:
    """The post's own page; its mobile form where the theme shows posts by script only."""
    try:
        return _read.post(entry, web)
    except ReadError:
        page = web.get(urls.query(entry.url, m=1))
        return _read.from_page(page, entry, Item(url=entry.url, title=entry.title))


def _explained(page: Page, fault: ArchiveError | None) -> ArchiveError:
    if _DYNAMIC.search(page.body):
        return ReadError(
            page.at, "this blog shows its posts by script only (Dynamic Views), and its feed cannot be read"
        )
    return fault or ReadError(page.at, "no posts were found: neither feed, sitemap, archives nor front page names any")
