"""A blog pointed at by its feed: Atom, RSS or JSON Feed; what that leaves out by the blog's own pages."""

from collections.abc import Iterator
from dataclasses import replace

from .. import urls
from ..errors import Missing, ReadError
from ..model import Claim, Entry, Page, Post
from ..web import Web
from . import _feed, _read
from ._item import Item
from ._walk import Walk, entry


def claims(page: Page) -> Claim:
    try:
        return Claim.GENERIC if page.kind not in {"", "text/html"} and _feed.atoms(page) else Claim.NO
    except ReadError:
        return Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    home, found = "", set[str]()
    for feed in _feed.pages(page.at, web):
        home = feed.home
        for item in feed.items:
            if item.url and urls.key(item.url) not in found:
                found.add(urls.key(item.url))
                yield entry(replace(item, id=""), "", page.at)  # as the pages, which may name it in another run
    try:
        front = web.get(home, fresh=True) if urls.host(home) == urls.host(page.at) else None
    except Missing:
        return
    if front:
        yield from (each for each in Walk(web).everything(front) if urls.key(each.url) not in found)


def post(entry: Entry, web: Web) -> Post:
    """What the feed tells whole is taken from it, unless there are comments to fetch."""
    item: Item = entry.data["item"]
    if item.cut or not item.html or item.count or not item.published:
        return _read.post(entry, web)
    return _read.made(entry, item)
