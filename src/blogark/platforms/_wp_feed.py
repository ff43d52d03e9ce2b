"""WordPress's feed: its numbers of posts and comments, its names, its time."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from ..errors import ArchiveError, FetchError, ReadError
from ..web import Web
from . import _feed, _page, _wp
from ._feed import Feed
from ._item import Item


def pages(addresses: Sequence[str], web: Web) -> Iterator[Feed]:
    """The first of these feeds that is one, to its end; the first one's error where none is."""
    fault: ArchiveError | None = None
    for url in addresses:
        told = False
        try:
            for feed in _feed.pages(url, web):
                told = True
                yield replace(feed, items=tuple(_item(item, feed) for item in feed.items))
        except (FetchError, ReadError) as error:
            if told:
                raise
            fault = fault or error
        if told:
            return
    if fault:
        raise fault


def _item(item: Item, feed: Feed) -> Item:
    """The number is in the guid. That of comments is left out only where there are none and can be none."""
    number = re.search(r"[?&]p=(\d+)", item.id)
    by_wordpress = "wordpress" in feed.generator.lower()
    return replace(
        item,
        id=number[1] if number else "",
        count=0 if item.count is None and by_wordpress else item.count,
        tags=_wp.told(item.tags),
        lang=item.lang or feed.lang,
    )


def counts(addresses: Sequence[str], web: Web) -> Iterator[tuple[str, int | None]]:
    """(address of a post, its comments) as far as the feed can be had."""
    try:
        yield from ((item.url, item.count) for feed in pages(addresses, web) for item in feed.items)
    except (FetchError, ReadError):
        return


def zone(item: Item, web: Web) -> tzinfo | None:
    """The blog's own offset, by what the page of a post says of the moment that feeds tell in UTC."""
    try:
        own = _page.post(web.get(item.url), item).published
    except (FetchError, ReadError):
        return None
    if not (isinstance(own, datetime) and isinstance(item.published, datetime)):
        return None
    return own.tzinfo if abs(own - item.published) < timedelta(minutes=1) else None


def moved(item: Item, to: tzinfo | None) -> Item:
    """The item with its moment at another offset, where one is known."""
    return (
        replace(item, published=item.published.astimezone(to)) if to and isinstance(item.published, datetime) else item
    )
