"""LiveJournal and Dreamwidth: by their calendars, a month a request; else as any blog. Posts in the site's plain style.

Their printed times are those of who wrote, without an offset: they tell a day.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from .. import dates, parse, urls
from ..model import Claim, Entry, Page, Post
from ..web import Web
from . import _api, _journal, _read
from ._item import Item

_HOSTS = frozenset({"livejournal.com", "dreamwidth.org"})
_POST = re.compile(r"/(\d+)\.html$")
_WHEN = re.compile(r"/((?:19|20)\d\d)(?:/(\d\d))?(?:/(\d\d))?/?$")
_BODY = ("b-singlepost-body", "aentry-post__text", "entry-content", "entry_text")
_TITLES = ("b-singlepost-title", "aentry-post__title", "entry-title")
_TAGS = ("b-singlepost-tags-items", "b-singlepost-tags", "aentry-tags", "ljtags", "tag")
_LIGHT = {"livejournal.com": "format", "dreamwidth.org": "style"}
_UNTITLED = re.compile(r"\(?no (?:subject|title)\)?", re.I)


def claims(page: Page) -> Claim:
    return Claim.OURS if urls.domain(page.at) in _HOSTS else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    root, user = urls.root(page.at), urls.path(page.at).strip("/").partition("/")[0]
    shared = urls.host(page.at).partition(".")[0] in {"users", "community"}
    home = f"{root}{user}/" if shared else root
    yield from _api.listed(page, web, _by_calendar(home, web))


def post(entry: Entry, web: Web) -> Post:
    light = {_LIGHT.get(urls.domain(entry.url), "format"): "light"}
    page = web.get(urls.query(entry.url, **light))
    tree = parse.tree(page)
    item: Item = entry.data["item"]
    body = _api.one(tree, *_BODY)
    read = _read.from_page(page, entry, item)
    if body is None:
        return read
    title, tags = _api.one(tree, *_TITLES), _api.one(tree, *_TAGS)
    comments, count = _journal.comments(page, urls.path(entry.url), web)
    moment = _api.number(_journal.told(page, "entry").get("eventtime"))
    printed = dates.find(parse.words(e)) if (e := _api.one(tree, "dt-published", "datetime")) is not None else None
    day = datetime.fromtimestamp(moment, UTC).date() if moment else printed.day if printed else None
    return replace(
        read,
        html=_api.without(body, "b-singlepost-tags", "lj-like"),
        title=item.title or (parse.words(title) if title is not None else read.title),
        published=day or read.published,
        tags=_api.texts(parse.words(a) for a in tags.iter("a")) if tags is not None else read.tags,
        comments=comments or read.comments,
        comment_count=(len(comments) or read.comment_count) if count is None else count,
    )


def _by_calendar(home: str, web: Web) -> Iterator[Entry]:
    """Every post by year and month, the newest first; by days, where a month does not name its posts."""
    seen = set[str]()
    for year in _years(home, web):
        linked = list(_links(year, web))
        whens = {found.groups() for url, _ in linked if (found := _WHEN.search(urls.path(url))) and found[2]}
        for month in sorted({(y, m) for y, m, _ in whens}, reverse=True):
            named = [each for each in _links(f"{home}{'/'.join(month)}/", web) if _POST.search(urls.path(each[0]))]
            days = sorted({d for y, m, d in whens if (y, m) == month and d}, reverse=True) if not named else []
            every = [each for d in days for each in _links(f"{home}{'/'.join(month)}/{d}/", web)]
            for url, title in named or every:
                found = _POST.search(urls.path(url))
                if found and url.startswith(home) and found[1] not in seen:
                    seen.add(found[1])
                    known = "" if _UNTITLED.fullmatch(title) or not named else title
                    yield _api.fed(Item(url, known, id=found[1]))


def _years(home: str, web: Web) -> list[str]:
    name = "archive" if urls.domain(home) == "dreamwidth.org" else "calendar"
    found = (_WHEN.search(urls.path(url)) for url, _ in _links(home + name, web))
    return [f"{home}{year}/" for year in sorted({each[1] for each in found if each}, reverse=True)]


def _links(url: str, web: Web) -> Iterator[tuple[str, str]]:
    page = web.get(url, fresh=True)
    for a in parse.tree(page).iter("a"):
        yield urls.clean(urls.join(page.at, a.get("href", ""))), parse.words(a)
