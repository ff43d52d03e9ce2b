"""note.com: by the interface of its own pages, which nobody documented; else by feed, and each post's own page.

Of a paid post only what stands before the paywall is answered, but to who bought it.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from .. import urls
from ..errors import FetchError, ReadError
from ..model import Claim, Comment, Entry, Page, Post
from ..web import Web
from . import _api, _read
from ._api import Record
from ._atom import paragraphs
from ._item import Item

HOME = "https://note.com/"
_MOST = 1000  # pages of comments
_KEY = re.compile(r"/n/(n[0-9a-z]+)$")


def claims(page: Page) -> Claim:
    return Claim.OURS if urls.host(page.at) == "note.com" else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    user = urls.path(page.at).strip("/").partition("/")[0]
    if not user:
        raise ReadError(page.at, f"names no one's blog; write it as {HOME}NAME")
    yield from _api.listed(page, web, _by_api(user, web), [f"{HOME}{user}/rss"], is_post=_KEY)


def post(entry: Entry, web: Web) -> Post:
    key = _KEY.search(urls.path(entry.url))
    told = _api.at(_api.tried(f"{HOME}api/v3/notes/{key[1]}", web), "data") if key else None
    if not isinstance(told, dict) or "body" not in told:
        return _read.post(entry, web)
    item = _item(told, "")
    said = tuple(_comments(f"{HOME}api/v3/notes/{key[1]}/", web)) if key and item.count else ()
    post = _read.made(entry, replace(item, url=entry.url, title=item.title or entry.title), said)
    return replace(post, partial="paywalled") if told.get("can_read") is False else post


def _by_api(user: str, web: Web) -> Iterator[Entry]:
    def read(number: int) -> tuple[list[Record], int | None]:
        url = urls.query(f"{HOME}api/v2/creators/{user}/contents", kind="note", page=number)
        data = _api.ask(url, web, fresh=True)
        last = _api.at(data, "data", "isLastPage") is True
        stated.append(_api.number(_api.at(data, "data", "totalCount")))
        return _api.needed(data, url, "data", "contents"), None if last else number + 1

    def make(told: Record) -> Entry | None:
        item = _item(told, user)
        return _api.fed(item, stated[-1]) if item.url else None

    stated: list[int | None] = []
    yield from _api.pages(read, make, 1)


def _comments(place: str, web: Web) -> Iterator[Comment]:
    """What was said, each thread's answers behind it; posts from before there were threads have a list of their own."""
    with suppress(FetchError, ReadError):
        roots = _listed(f"{place}note_comments?per_page=100", web)
        for root in roots or _listed(f"{place}comments?per_page=100", web):
            yield _comment(root)
            if roots and _api.number(root.get("reply_count")):
                thread = f"note_comments?per_page=100&parent_key={quote(_api.text(root.get('key')))}&order=oldest"
                yield from (_comment(each, _api.text(root.get("key"))) for each in _listed(place + thread, web))


def _listed(url: str, web: Web) -> list[Record]:
    found: list[Record] = []
    for number in range(1, _MOST):
        told = _api.ask(f"{url}&page={number}", web)
        found += _api.needed(told, url, "data")
        if not told.get("next_page"):
            break
    return found


def _comment(told: Record, parent: str = "") -> Comment:
    name = _api.text(_api.at(told, "user", "nickname") or _api.at(told, "user", "urlname"))
    said, when = told.get("comment"), _api.when(told.get("created_at"))
    return Comment(_api.text(told.get("key")), name, paragraphs(_words(said)), when, parent=parent)


def _words(said: Any) -> str:
    """A comment as text: it is that, or a tree of elements."""
    if isinstance(said, str):
        return said
    inner = "".join(map(_words, _api.records(said, "children"))) or str(_api.at(said, "value") or "")
    tag = _api.at(said, "tag_name")
    return f"{inner}\n\n" if tag == "p" else f"{inner}\n" if tag == "br" else inner


def _item(told: Record, user: str) -> Item:
    key, tags = _api.text(told.get("key")), _api.records(told, "hashtags") or _api.records(told, "hashtag_notes")
    return Item(
        _api.text(told.get("noteUrl")) or (f"{HOME}{user}/n/{key}" if key else ""),
        _api.text(told.get("name")),
        str(told.get("body") or ""),
        _api.text(_api.at(told, "user", "nickname")),
        _api.when(told.get("publishAt") or told.get("publish_at")),
        count=_api.number(told.get("commentCount", told.get("comment_count"))),
        tags=_api.texts(_api.text(_api.at(tag, "hashtag", "name")).lstrip("#") for tag in tags),
        id=_api.text(told.get("id")),
        cover=_api.text(told.get("eyecatch")),
    )
