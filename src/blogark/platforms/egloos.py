"""Egloos, which closed in 2023: from captures of its interface, and of its pages where that was not captured."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from .. import dates, urls
from ..errors import FetchError, ReadError
from ..model import Claim, Comment, Entry, Page, Post
from ..web import Web
from . import _api, _read
from ._api import Record
from ._atom import paragraphs
from ._item import Item
from ._lesson import Lesson

API = "https://api.egloos.com/"
_POST = re.compile(r"^/(?:m/)?(\d+)$")
_MOST_HOLES = 3  # pages of the list in a row that were not captured


def claims(page: Page) -> Claim:
    return Claim.OURS if urls.host(page.at).endswith(".egloos.com") else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    root, name = urls.root(page.at), urls.host(page.at).partition(".")[0]
    seen = set[str]()
    for each in _api.pages(lambda number: _listed(f"{API}{name}/", number, web), lambda told: _entry(root, told), 1):
        seen.add(each.id)
        yield each
    found = (_POST.search(urls.path(url)) for url in web.urls() if urls.host(url) == urls.host(root))
    numbers = sorted({int(each[1]) for each in found if each} - set(map(int, seen)), reverse=True)
    items = [Item(f"{root}{number}", id=str(number)) for number in numbers]
    lesson = Lesson.of((), items, page)
    yield from (_api.fed(item, lesson=lesson) for item in items)
    yield from () if seen or items else _api.surveyed(page, web)


def post(entry: Entry, web: Web) -> Post:
    api = f"{API}{urls.host(entry.url).partition('.')[0]}/post/{entry.id}"
    told = _api.tried(f"{api}.json", web).get("post")
    if not isinstance(told, dict) or not told.get("post_content"):
        return _read.post(entry, web)
    item, known = _item(entry.url, told), entry.data["item"]
    item = replace(item, title=item.title or known.title, published=item.published or known.published)
    return _read.made(entry, item, tuple(_comments(api, web)) if item.count != 0 else ())


def _listed(api: str, number: int, web: Web) -> tuple[list[Record], int | None]:
    """A page of the list, or the next one that was captured."""
    for page in range(number, number + _MOST_HOLES):
        try:
            told = _api.records(_api.ask(f"{api}post.json?page={page}", web, fresh=True), "post")
        except (FetchError, ReadError):
            continue
        return told, page + 1
    return [], None


def _entry(root: str, told: Record) -> Entry | None:
    number = _api.text(told.get("post_no"))
    return _api.fed(replace(_item(f"{root}{number}", told), html="", id=number)) if number.isdigit() else None


def _item(url: str, told: Record) -> Item:
    tags = _api.text(told.get("post_tags"))
    return Item(
        url,
        _api.text(told.get("post_title")),
        str(told.get("post_content") or ""),
        _api.text(told.get("post_nick")),
        _moment(told.get("post_date_created")),
        _moment(told.get("post_date_modified")),
        count=_api.number(told.get("comment_count")),
        categories=_api.texts([told.get("category_name")]) if tags else (),
        tags=_api.texts(re.split(r"\s*,\s*", tags)) or _api.texts([told.get("category_name")]),
    )


def _moment(told: object) -> date | datetime | None:
    """A moment by the clocks of Seoul, which it does not name."""
    text = _api.text(told)
    return dates.machine(f"{text} +0900") or _api.when(text)


def _comments(api: str, web: Web) -> Iterator[Comment]:
    def read(number: int) -> list[Record]:
        return _api.records(_api.tried(f"{api}/comment.json?page={number}", web), "comment")

    number, seen = 1, set[str]()
    while new := [each for each in read(number) if repr(each) not in seen]:
        seen |= set(map(repr, new))
        number += 1
        for place, told in enumerate(new):
            name = _api.text(told.get("comment_no")) or f"{number}-{place}"
            who = _api.text(told.get("comment_nick") or told.get("comment_writer"))
            said, at = paragraphs(_api.text(told.get("comment_content"))), _moment(told.get("comment_date_created"))
            above = name.partition(".")[0] if "." in name else ""  # 12.01 is the first answer to 12
            yield Comment(name, who, said, at, _api.text(told.get("comment_writer_url")), above)
