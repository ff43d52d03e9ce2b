"""Hatena Blog: by its archive, thirty posts a page; else by its sitemap of months. Posts by their own pages."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from .. import parse, urls
from ..errors import Missing
from ..model import Claim, Entry, Page, Post
from ..parse import Element
from ..web import Web
from . import _api, _read
from ._api import Record
from ._item import Item

_HOSTS = re.compile(r"(?:^|\.)(?:hatenablog\.(?:com|jp)|hatenadiary\.(?:com|jp)|hateblo\.jp)$")
_SIGNS = re.compile(rb"""\sdata-brand=["']hatenablog["']|<meta[^>]+content=["']Hatena Blog""")
_POST = re.compile(r"^/entry/")


def claims(page: Page) -> Claim:
    return Claim.OURS if _HOSTS.search(urls.host(page.at)) or _SIGNS.search(page.body) else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    root = urls.root(page.at)
    maps = [f"{root}sitemap_index.xml", f"{root}sitemap.xml"]
    yield from _api.listed(page, web, _by_archive(root, web), [f"{root}feed"], maps, _POST)


def post(entry: Entry, web: Web) -> Post:
    read, tree = _read.post(entry, web), parse.tree(web.get(entry.url))
    article = _api.one(tree, "entry")
    body = _api.one(tree if article is None else article, "entry-content")
    if article is None or body is None:
        return read
    author, labels = _api.one(article, "fn"), _api.one(article, "categories")
    moment = next((each for e in article.iter("time") if (each := _local(e.get("datetime"), entry.url))), None)
    return replace(
        read,
        html=_api.without(body, "hatena-asin-detail-button"),
        author=parse.words(author) if author is not None else read.author,
        published=moment or read.published,
        tags=_api.texts(parse.words(a) for a in labels.iter("a")) if labels is not None else read.tags,
        comment_count=len(read.comments) if read.comment_count is None else read.comment_count,
    )


def _by_archive(root: str, web: Web) -> Iterator[Entry]:
    def read(number: int) -> tuple[list[Record], int | None]:
        try:
            tree = parse.tree(page := web.get(f"{root}archive?page={number}", fresh=True))
        except Missing:
            if number == 1:
                raise
            return [], None
        links = [a for a in tree.iter("a") if "entry-title-link" in (a.get("class") or "").split()]
        told: list[Record] = [
            {"url": urls.join(page.at, a.get("href", "")), "title": parse.words(a), "at": _day(a)} for a in links
        ]
        return told, number + 1 if _api.one(tree, "pager-next") is not None else None

    def make(told: Record) -> Entry:
        return _api.fed(Item(urls.clean(told["url"]), told["title"], published=told["at"]))

    yield from _api.pages(read, make, 1)


def _day(link: Element) -> date | None:
    """The day that the archive shows beside a title."""
    section = next((e for e in link.iterancestors("section")), None)
    times = list(section.iter("time")) if section is not None else []
    found = _api.when(times[0].get("datetime", "")[:10]) if times else None
    return found.date() if isinstance(found, datetime) else found


def _local(told: str | None, url: str) -> date | datetime | None:
    """A moment, which is told in UTC, on the blog's clock: that of Tokyo, unless its address has another day."""
    moment, day = _api.when(told), re.search(r"/entry/(\d{4})/(\d\d)/(\d\d)/", url)
    if not isinstance(moment, datetime) or moment.utcoffset():
        return moment
    there = moment.astimezone(_api.TOKYO)
    return moment if day and f"{there:%Y%m%d}" != "".join(day.groups()) else there
