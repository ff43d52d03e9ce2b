"""Tistory: by the interface of its mobile pages, twenty posts a request; else by feed and sitemap; else as any blog.

Posts are read from their own pages, whose body has the same wrapper in every skin.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from .. import parse, urls
from ..errors import FetchError, ReadError, Withheld
from ..model import Claim, Comment, Entry, Page, Post
from ..web import Web
from . import _api, _read
from ._api import Record
from ._atom import paragraphs
from ._item import Item

_SIGNS = re.compile(rb"window\.T\.config\s*=|window\.TistoryBlog\b|tistory\d\.daumcdn\.net/tistory/\d+/skin/")
_ASKS = re.compile(rb"entry_?\d*_?password")
_POST = re.compile(r"^/(?:\d+|entry/[^/]+)$")
_BODY = ("tt_article_useless_p_margin", "article", "entry-content", "area_view")
_BESIDE = ("container_postbtn", "another_category", "revenue_unit_wrap", "kakao_ad_area", "adfit", "adsbygoogle")


def claims(page: Page) -> Claim:
    own = urls.host(page.at).endswith(".tistory.com") or _SIGNS.search(page.body)
    return Claim.OURS if own else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    root = urls.root(page.at)
    yield from _api.listed(page, web, _by_api(root, web), [f"{root}rss"], [f"{root}sitemap.xml"], _POST)


def post(entry: Entry, web: Web) -> Post:
    tree = parse.tree(page := web.get(entry.url))
    if _ASKS.search(page.body) and _api.one(tree, *_BODY[:1]) is None:
        raise Withheld(entry.url, "is kept behind a password")
    read, body = _read.post(entry, web), _api.one(tree, *_BODY)
    number = (entry.data or {}).get("number") or entry.url.rpartition("/")[2]
    comments, count = _comments(urls.join(entry.url, "/m/api/"), number, web)
    return replace(
        read,
        html=_api.without(body, *_BESIDE) if body is not None else read.html,
        author=_api.meta(tree, "by", "og:article:author") or read.author,
        comments=comments or read.comments,
        comment_count=read.comment_count if count is None else count,
    )


def _by_api(root: str, web: Web) -> Iterator[Entry]:
    def read(page: int) -> tuple[list[Record], int | None]:
        url = urls.query(f"{root}m/api/entry/0/POST", page=page, size=20)
        data = _api.ask(url, web, fresh=True)
        stated.append(_api.number(_api.at(data, "data", "totalItems")))
        last = _api.at(data, "data", "isLast") is True
        return _api.needed(data, url, "data", "items"), None if last else _api.at(data, "data", "nextPage") or page + 1

    def make(told: Record) -> Entry:
        number = _api.text(told.get("id"))
        url = urls.join(root, _api.text(told.get("path")) or f"/{number}")
        item = Item(url, _api.text(told.get("title")), published=_api.when(told.get("published")), id=number)
        return _api.fed(item, stated[-1], number=number)

    stated: list[int | None] = []
    yield from _api.pages(read, make, 0)


def _comments(api: str, number: str, web: Web) -> tuple[tuple[Comment, ...], int | None]:
    """A post's comments, and how many it says there are; those that only its author may read are left out."""
    found: dict[str, Comment] = {}
    count, mark, url = None, "", f"{api}{number}/comment"
    try:
        while number.isdigit():
            data = _api.ask(urls.query(url, startId=mark) if mark else url, web).get("data")
            count = _api.number(_api.at(data, "totalItems")) if count is None else count
            before = len(found)
            found |= {
                each.id: each for each in _api.threads(_api.records(data, "items"), _comment, "children", "replies")
            }
            mark = _api.text(_api.at(data, "nextId"))
            if _api.at(data, "isLast") is not False or not mark or len(found) == before:
                break
    except (FetchError, ReadError):
        pass  # what the page shows of them has to do
    return tuple(found.values()), count


def _comment(told: Record, parent: str) -> Comment | None:
    said = _api.text(told.get("content") or told.get("comment"))
    made = Comment(
        _api.text(told.get("id")),
        _api.text(_api.at(told, "writer", "name")),
        said if said.startswith("<") else paragraphs(said),
        _api.when(told.get("written"), _api.SEOUL),
        _api.text(_api.at(told, "writer", "homepage")),
        parent,
    )
    return None if told.get("isSecret") else made
