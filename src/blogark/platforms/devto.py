"""dev.to, and other sites of Forem: by its API (developers.forem.com/api/v1), a thousand posts a request."""

import re
from collections.abc import Iterator
from dataclasses import replace

from .. import parse, urls
from ..errors import FetchError, ReadError
from ..model import Claim, Comment, Entry, Page, Post
from ..web import Web
from . import _api, _read
from ._api import Record
from ._item import Item

_SIGNS = re.compile(
    rb"""<meta[^>]+name=["']forem:(?:name|domain)["']|<body[^>]+data-(?:user-status|app-domain)=[^>]+forem"""
)
_SIZE = 1000


def claims(page: Page) -> Claim:
    return Claim.OURS if urls.host(page.at) == "dev.to" or _SIGNS.search(page.body) else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    root, user = urls.root(page.at), urls.path(page.at).strip("/").partition("/")[0]
    if not user:
        raise ReadError(page.at, f"names no one's blog; write it as {root}NAME")
    own = re.compile(f"^/{re.escape(user)}/")
    yield from _api.listed(page, web, _by_api(root, user, web), [f"{root}feed/{user}"], is_post=own)


def post(entry: Entry, web: Web) -> Post:
    item: Item = entry.data["item"]
    if not item.id:
        return _read.post(entry, web)
    root = urls.root(entry.url)
    told = _api.ask(f"{root}api/articles/{item.id}", web)
    if not told.get("body_html"):
        return _read.post(entry, web)
    return _read.made(entry, replace(item, html=str(told["body_html"])), _comments(root, item, web))


def _by_api(root: str, user: str, web: Web) -> Iterator[Entry]:
    def read(number: int) -> tuple[list[Record], int]:
        url = urls.query(f"{root}api/articles", username=user, page=number)
        url += f"&per_page={_SIZE}"
        return _api.needed(parse.json(web.get(url, fresh=True)), url), number + 1

    def make(told: Record) -> Entry:
        tags = told.get("tag_list")
        item = Item(
            urls.clean(_api.text(told.get("url")) or urls.join(root, _api.text(told.get("path")))),
            _api.text(told.get("title")),
            author=_api.text(_api.at(told, "user", "name")),
            published=_api.when(told.get("published_at") or told.get("published_timestamp")),
            updated=_api.when(told.get("edited_at")),
            count=_api.number(told.get("comments_count")),
            tags=_api.texts(tags if isinstance(tags, list) else _api.text(tags).split(", ")),
            id=_api.text(told.get("id")),
            cover=_api.text(told.get("cover_image")),
        )
        return _api.fed(item)

    yield from _api.pages(read, make, 1)


def _comments(root: str, item: Item, web: Web) -> tuple[Comment, ...]:
    url = f"{root}api/comments?a_id={item.id}"
    try:
        told = _api.records(parse.json(web.get(url))) if item.count else []
    except (FetchError, ReadError):
        return ()
    return tuple(_api.threads(told, _comment, "children"))


def _comment(told: Record, parent: str) -> Comment | None:
    said, number = str(told.get("body_html") or ""), _api.text(told.get("id_code"))
    name = _api.text(_api.at(told, "user", "name"))
    return Comment(number, name, said, _api.when(told.get("created_at")), parent=parent) if said else None
