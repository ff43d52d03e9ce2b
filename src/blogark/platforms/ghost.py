"""Ghost: by its Content API (docs.ghost.org/content-api), with the key in its pages, else by feed, sitemap, pages."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import count
from typing import Any

from .. import dates, names, parse, urls
from ..errors import FetchError, ReadError
from ..model import Claim, Entry, Page, Post
from ..web import Web
from . import _feed, _page, _read, _sitemap
from ._atom_json import records
from ._item import Item
from ._walk import Walk, entry

_SIGNS = re.compile(
    rb"""<meta(?=[^>]+name=["']?generator)[^>]+content=["']?Ghost\b | \sdata-ghost=["'] | /ghost/api/content\b
       | \sdata-sodo-search=["'] | /public/ghost-(?:sdk|url)""",
    re.VERBOSE | re.IGNORECASE,
)
_GATE = re.compile(rb"gh-post-upgrade-cta|<!--members-only-->")


def claims(page: Page) -> Claim:
    return Claim.OURS if _SIGNS.search(page.body) else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    found = False
    try:
        for each in _by_api(page, web):
            found = True
            yield each
    except (FetchError, ReadError):
        if found:  # the key was right, so this passes
            raise
    if not found:
        yield from _by_pages(page, web)


def post(entry: Entry, web: Web) -> Post:
    known: Post | None = (entry.data or {}).get("post")
    if known and (known.html or known.partial):
        return known
    read = _read.post(entry, web)
    return replace(read, partial="paywalled") if _GATE.search(web.get(entry.url).body) else read


def _by_api(page: Page, web: Web) -> Iterator[Entry]:
    (api, key), lang, seen = _door(page), _page.language(parse.tree(page)), set[str]()
    for number in count(1) if key else ():
        url = urls.query(f"{api}posts/", key=key, limit=100, page=number, include="authors,tags", formats="html")
        data = parse.json(web.get(url, fresh=True))
        if not isinstance(data, dict) or "posts" not in data:
            raise ReadError(url, "is no answer of Ghost's Content API")
        new = [post for each in records(data["posts"]) if (post := _made(each, lang)).id not in seen and post.url]
        if not new:
            return
        seen |= {post.id for post in new}
        paging = (data.get("meta") or {}).get("pagination") or {}
        for p in new:
            yield Entry(p.id, p.url, p.title, p.published, p.updated, None, {"post": p}, paging.get("total"))
        if paging.get("next", number) is None:
            return


def _door(page: Page) -> tuple[str, str]:
    """The API's address and its key, '' where the page has none."""
    for e in parse.tree(page).iter("script", "meta"):
        site, at = e.get("data-ghost") or e.get("data-sodo-search"), e.get("data-api")
        named = e.get("content") if e.get("name") == "ghost-content-api-key" else None
        if key := named or ((site or at) and e.get("data-key")):
            at = at or f"{(site or urls.root(page.at)).rstrip('/')}/ghost/api/content"
            return urls.join(page.at, f"{at.rstrip('/')}/"), key
    return "", ""


def _made(told: Mapping[str, Any], lang: str) -> Post:
    url = urls.clean(str(told.get("url") or ""))
    tags = (str(tag.get("name") or "") for tag in records(told.get("tags")) if tag.get("visibility") != "internal")
    gated = told.get("access") is False or (told.get("visibility", "public") != "public" and not told.get("html"))
    return Post(
        id=str(told.get("id") or urls.key(url)),
        url=url,
        slug=names.own_slug(url),
        title=str(told.get("title") or ""),
        html=str(told.get("html") or ""),
        summary=str(told.get("custom_excerpt") or ""),
        author=", ".join(str(author.get("name")) for author in records(told.get("authors")) if author.get("name")),
        published=dates.machine(str(told.get("published_at") or "")),
        updated=dates.machine(str(told.get("updated_at") or "")),
        tags=tuple(tag for tag in tags if tag and not tag.startswith("#")),
        lang=lang,
        cover=str(told.get("feature_image") or ""),
        partial="paywalled" if gated else "",
        found_in=("api",),
    )


# by feed, sitemap and pages


def _by_pages(page: Page, web: Web) -> Iterator[Entry]:
    """What sitemap and feed name, with what the feed tells of each; where there is neither, what the listings show."""
    feed = next(iter(_feed.links(parse.tree(page), page.at)), f"{urls.root(page.at)}rss/")
    items: dict[str, Item] = {}
    with suppress(FetchError, ReadError):
        for each in _feed.pages(feed, web):
            items |= {urls.key(item.url): replace(item, id="") for item in each.items if item.url}
    for place in _sitemap.read(urls.join(feed, "../sitemap-posts.xml"), web):
        items.setdefault(urls.key(place.url), Item(place.url))
    yield from (entry(item, "", feed) for item in items.values())
    yield from () if items else Walk(web).everything(page)
