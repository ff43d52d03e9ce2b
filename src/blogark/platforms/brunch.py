"""Brunch: by the interface of its pages, some twenty posts a request; else by feed. Posts by their own pages."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from .. import parse, urls
from ..errors import ReadError
from ..model import Claim, Comment, Entry, Page, Post
from ..parse import Element
from ..web import Web
from . import _api, _read
from ._api import Record
from ._atom import paragraphs
from ._item import Item

HOME, API = "https://brunch.co.kr/", "https://api.brunch.co.kr/v2/"
_USER = re.compile(r"/@([\w.-]+)")
_NUMBER = re.compile(rb"/rss/(@@\w+)")


def claims(page: Page) -> Claim:
    return Claim.OURS if urls.host(page.at) == "brunch.co.kr" else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    user, number = _USER.search(urls.path(page.at)), _NUMBER.search(page.body)
    if not user:
        raise ReadError(page.at, f"names no one's blog; write it as {HOME}@NAME")
    name, feeds = user[1], [f"{HOME}rss/{number[1].decode()}"] if number else []
    yield from _api.listed(page, web, _by_api(name, web), feeds, is_post=re.compile(r"^/@+[\w.-]+/\d+$"))


def post(entry: Entry, web: Web) -> Post:
    page, item = web.get(entry.url), entry.data["item"]
    tree, number = parse.tree(page), _NUMBER.search(page.body)
    body = _api.one(tree, "wrap_body")
    if body is None:
        return _read.post(entry, web)
    item = replace(
        item,
        html=_api.without(body),
        title=item.title or _api.meta(tree, "og:title"),
        author=_api.meta(tree, "og:article:author", "article:author") or item.author,
        published=_registered(tree) or item.published,
        tags=_tags(tree) or item.tags,
    )
    comments = _comments(f"{API}{number[1].decode()}/{entry.url.rpartition('/')[2]}/comments", web) if number else ()
    return _read.made(entry, item, comments if item.count != 0 else ())


def _by_api(name: str, web: Web) -> Iterator[Entry]:
    def read(url: str) -> tuple[list[Record], str | None]:
        data = _api.ask(url, web, HOME, fresh=True)
        told = [each.get("article") or each for each in _api.needed(data, url, "data", "list")]
        following = _api.text(_api.at(data, "data", "nextUrl"))
        last = _api.text(told[-1].get("publishTime")) if told else ""
        return told, urls.join(url, following) if following else urls.query(start, lastTime=last) if last else None

    def make(told: Record) -> Entry | None:
        number = _api.text(told.get("no"))
        item = Item(
            f"{HOME}@{name}/{number}",
            _api.text(told.get("title")),
            published=_api.when(told.get("publishTime"), _api.SEOUL),
            count=_api.number(told.get("commentCount")),
            id=number,
            summary=_api.text(told.get("subTitle")),
        )
        return _api.fed(item) if number and told.get("status", "publish") == "publish" else None

    start = urls.query(f"{API}article/@{name}", thumbnail="Y", membershipContent="false")
    yield from _api.pages(read, make, start)


def _registered(tree: Element) -> datetime | None:
    """YYYYMMDDhhmmss by the clocks of Seoul."""
    told = _api.meta(tree, "og:regDate")
    whole = re.fullmatch(r"\d{14}", told)
    return datetime.strptime(told, "%Y%m%d%H%M%S").replace(tzinfo=_api.SEOUL) if whole else None


def _tags(tree: Element) -> tuple[str, ...]:
    listed = _api.one(tree, "list_keyword", "wrap_keyword")
    return _api.texts(parse.words(a).lstrip("#") for a in listed.iter("a")) if listed is not None else ()


def _comments(url: str, web: Web) -> tuple[Comment, ...]:
    told = _api.records(_api.tried(url, web, HOME), "data", "list")
    return tuple(_api.threads(told, _comment, "children.list"))


def _comment(told: Record, parent: str) -> Comment | None:
    said = _api.text(told.get("message"))
    made = Comment(
        _api.text(told.get("no")),
        _api.text(told.get("commentUserName")),
        paragraphs(said),
        _api.when(told.get("createTime"), _api.SEOUL),
        parent=_api.text(told.get("parentNo")) or parent,
    )
    return made if said else None
