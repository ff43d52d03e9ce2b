"""Tumblr: by the first version of its interface, which needs no key, fifty posts a request; else by sitemap and feed.

Notes are no comments, and are not counted.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from .. import parse, urls
from ..model import Claim, Entry, Page, Post
from ..web import Web
from . import _api, _read, _tumblr
from ._api import Record
from ._item import Item

_SIGNS = re.compile(
    rb"""px\.srvcs\.tumblr\.com|<meta[^>]+name=["']tumblr-theme|assets\.tumblr\.com/assets/(?:html|scripts)"""
)
_POST = re.compile(r"^/post/\d+")
_FARTHEST = timedelta(hours=14)  # that any clock is from UTC


def claims(page: Page) -> Claim:
    own = urls.domain(page.at) == "tumblr.com" or "x-tumblr-user" in page.headers or _SIGNS.search(page.body)
    return Claim.OURS if own else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    root, first = urls.root(page.at), urls.path(page.at).strip("/").partition("/")[0]
    if urls.host(page.at) == "tumblr.com":
        root = f"https://{first.removeprefix('@')}.tumblr.com/"
    yield from _api.listed(page, web, _by_api(root, web), [f"{root}rss"], [f"{root}sitemap.xml"], _POST)


def post(entry: Entry, web: Web) -> Post:
    return _read.made(entry, entry.data["item"]) if entry.data.get("whole") else _read.post(entry, web)


def _by_api(root: str, web: Web) -> Iterator[Entry]:
    def read(received: int) -> tuple[list[Record], int]:
        url = f"{root}api/read/json?num=50&start={received}"
        page = web.get(url, fresh=True)
        start, end = page.body.find(b"{"), page.body.rfind(b"}")  # var tumblr_api_read = {…};
        data = parse.json(replace(page, body=page.body[start : end + 1])) if start >= 0 else None
        told = _api.needed(data, url, "posts")
        stated.append(_api.number(_api.at(data, "posts-total")))
        return told, received + len(told)

    def make(told: Record) -> Entry | None:
        return _api.fed(_item(told), stated[-1], whole=True) if told.get("id") and told.get("url") else None

    stated: list[int | None] = []
    yield from _api.pages(read, make, 0)


def _item(told: Record) -> Item:
    tags = told.get("tags")
    titles = ("regular-title", "link-text", "conversation-title")
    return Item(
        urls.clean(_api.text(told.get("url-with-slug") or told.get("url"))),
        next((parse.words(parse.fragment(said)) for name in titles if (said := _api.text(told.get(name)))), ""),
        _tumblr.body(told),
        _api.text(_api.at(told, "tumblelog", "name")),
        _moment(told),
        tags=_api.texts(tags if isinstance(tags, list) else ()),
        id=_api.text(told.get("id")),
    )


def _moment(told: Record) -> date | datetime | None:
    """When it was published, on the blog's own clock: it prints that beside the moment."""
    moment, local = _api.when(told.get("unix-timestamp")), _api.text(told.get("date"))
    try:
        shown = datetime.strptime(local, "%a, %d %b %Y %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return moment
    apart = shown - moment if isinstance(moment, datetime) else _FARTHEST
    return moment.astimezone(timezone(apart)) if isinstance(moment, datetime) and abs(apart) < _FARTHEST else moment
