"""Squarespace: by the JSON that each of its pages also is, twenty posts a request; else as any blog.

Its robots.txt forbids that JSON as it comes, so who does not say --mine is read by feed, sitemap and pages.
"""

import re
from collections.abc import Iterator
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo

from .. import urls
from ..model import Claim, Entry, Page, Post
from ..web import Web
from . import _api, _read
from ._api import Record
from ._item import Item

_SIGNS = re.compile(rb"<!-- This is Squarespace\. -->|Static\.SQUARESPACE_CONTEXT\s*=")


def claims(page: Page) -> Claim:
    own = _SIGNS.search(page.body) or urls.host(page.at).endswith(".squarespace.com")
    return Claim.OURS if own else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    yield from _api.listed(page, web, _by_json(page, web))


def post(entry: Entry, web: Web) -> Post:
    whole = entry.data.get("whole")
    return _read.made(entry, entry.data["item"]) if whole else _read.post(entry, web)


def _by_json(page: Page, web: Web) -> Iterator[Entry]:
    def read(url: str) -> tuple[list[Record], str | None]:
        data = _api.ask(url, web, fresh=True)
        zone.append(_zone(_api.text(_api.at(data, "website", "timeZone"))))
        stated.append(_api.number(_api.at(data, "collection", "itemCount")))
        following = _api.text(_api.at(data, "pagination", "nextPageUrl"))
        url = urls.query(urls.join(page.at, following), format="json") if following else ""
        return _api.needed(data, url or page.at, "items"), url or None

    def make(told: Record) -> Entry | None:
        item = _item(told, page.at, zone[-1])
        return _api.fed(item, stated[-1], whole=bool(item.html)) if item.published and item.url else None

    zone: list[tzinfo] = []
    stated: list[int | None] = []
    yield from _api.pages(read, make, urls.query(page.at.partition("?")[0], format="json"))


def _item(told: Record, base: str, zone: tzinfo) -> Item:
    count = told.get("publicCommentCount", told.get("commentCount"))
    categories, tags = (_api.texts(told.get(name) or ()) for name in ("categories", "tags"))
    return Item(
        urls.join(base, _api.text(told.get("fullUrl"))) if told.get("fullUrl") else "",
        _api.text(told.get("title")),
        str(told.get("body") or ""),
        _api.text(_api.at(told, "author", "displayName")),
        _api.when(told.get("publishOn"), zone),
        _api.when(told.get("updatedOn"), zone),
        count=_api.number(count),
        categories=categories if tags else (),
        tags=tags or categories,
        id=_api.text(told.get("id")),
    )


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return UTC
