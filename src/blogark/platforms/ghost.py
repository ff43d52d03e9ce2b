"""Ghost: by its Content API with the key that its own pages carry, else by feed, sitemap and pages.

API: docs.ghost.org/content-api; at most 100 posts a request since Ghost 6. Comments are for members only, so none are
counted.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count
from typing import Any

from .. import dates, names, parse, urls
from ..errors import ArchiveError, FetchError, ReadError
from ..model import Claim, Entry, Page, Post
from ..web import Web
from . import _feed, _page, _read, _sitemap
from ._item import Item
from ._walk import Walk, entry

_SIGNS = re.compile(
    rb"""<meta(?=[^>]+name=["']?generator)[^>]+content=["']?Ghost\b | \sdata-ghost=["'] | /ghost/api/content\b
       | \sdata-sodo-search=["'] | /public/ghost-(?:sdk|url)""",
    re.VERBOSE | re.IGNORECASE,
)
_KEY = re.compile(r"""(?:data-key|content-?api-?key)["']?\s*[:=]\s*["']([0-9a-f]{10,64})["']""", re.I)
_GATE = re.compile(rb"gh-post-upgrade-cta|<!--members-only-->")
PAYWALLED = "paywalled"


def claims(page: Page) -> Claim:
    return Claim.OURS if _SIGNS.search(page.body) else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    found = False
    try:
        for each in _by_api(page, web):
            found = True
            yield each
    except (FetchError, ReadError):
        if found:  # half of a blog is none: the key was right, so this passes
            raise
    if not found:
        yield from _by_pages(page, web)


def post(entry: Entry, web: Web) -> Post:
    known: Post | None = (entry.data or {}).get("post")
    if known and (known.html or known.partial):
        return known
    read = _read.post(entry, web)
    gated = not read.partial and _GATE.search(web.get(entry.url).body)
    return replace(read, partial=PAYWALLED) if gated else read


# by API


def _by_api(page: Page, web: Web) -> Iterator[Entry]:
    api, key = _door(page)
    lang, seen = _page.language(parse.tree(page)), set[str]()
    for number in count(1) if key else ():
        url = urls.query(f"{api}posts/", key=key, limit=100, page=number, include="authors,tags", formats="html")
        data = parse.json(web.get(url, fresh=True))
        told = data.get("posts") if isinstance(data, dict) else None
        if not isinstance(told, list):
            raise ReadError(url, "is no answer of Ghost's Content API")
        new = [each for each in told if isinstance(each, dict) and each.get("url") and str(each.get("id")) not in seen]
        if not new:
            return
        seen |= {str(each.get("id")) for each in new}
        paging = (data.get("meta") or {}).get("pagination") or {}
        for each in new:
            made = _made(each, lang)
            yield Entry(
                made.id, made.url, made.title, made.published, made.updated, None, {"post": made}, paging.get("total")
            )


def _door(page: Page) -> tuple[str, str]:
    """The API's address and its key, '' where the page has none."""
    tree = parse.tree(page)
    for e in tree.iter("script", "meta"):
        own = e.get("data-key") or (e.get("content", "") if "api-key" in (e.get("name") or "") else "")
        if own and (api := e.get("data-api") or _below(e.get("data-ghost") or e.get("data-sodo-search") or page.at)):
            return urls.join(page.at, f"{api.rstrip('/')}/"), own
    said = _KEY.search(parse.text(page))
    return _below(page.at), said[1] if said else ""


def _below(site: str) -> str:
    return f"{(site if urls.is_web(site) else '').rstrip('/')}/ghost/api/content"


def _made(told: Mapping[str, Any], lang: str) -> Post:
    url = urls.clean(str(told["url"]))
    tags = (tag for tag in told.get("tags") or () if tag.get("visibility") != "internal")
    gated = told.get("access") is False or (told.get("visibility", "public") != "public" and not told.get("html"))
    return Post(
        id=str(told.get("id") or urls.key(url)),
        url=url,
        slug=names.own_slug(url),
        title=str(told.get("title") or ""),
        html=str(told.get("html") or ""),
        summary=str(told.get("custom_excerpt") or ""),
        author=", ".join(str(author.get("name")) for author in told.get("authors") or () if author.get("name")),
        published=dates.machine(str(told.get("published_at") or "")),
        updated=dates.machine(str(told.get("updated_at") or "")),
        tags=tuple(name for tag in tags if not (name := str(tag.get("name") or "")).startswith("#") and name),
        lang=lang,
        cover=str(told.get("feature_image") or ""),
        partial=PAYWALLED if gated else "",
        found_in=("api",),
    )


# by feed, sitemap and pages


def _by_pages(page: Page, web: Web) -> Iterator[Entry]:
    """What sitemap and feed name, with what the feed tells of each; where there is neither, what the listings show."""
    feed = next(iter(_feed.links(parse.tree(page), page.at)), f"{urls.root(page.at)}rss/")
    items = {urls.key(item.url): item for item in _by_feed(feed, web)}
    for place in _sitemap.read(urls.join(feed, "../sitemap-posts.xml"), web):
        items.setdefault(urls.key(place.url), Item(place.url))
    yield from (entry(item, "", feed) for item in items.values())
    walk = Walk(web)
    if not items:
        yield from walk.everything(page)
    if walk.fault:
        raise walk.fault


def _by_feed(url: str, web: Web) -> Iterator[Item]:
    """The fifteen newest, and of a Ghost that numbers its feed's pages the others."""
    seen: set[str] = set()
    for number in count(1):
        try:
            feed = _feed.read(web.get(url if number == 1 else f"{url.rstrip('/')}/{number}/", fresh=True))
        except ArchiveError:
            return
        new = [item for item in feed.items if item.url and item.url not in seen]
        if not new:
            return
        seen |= {item.url for item in new}
        yield from new
