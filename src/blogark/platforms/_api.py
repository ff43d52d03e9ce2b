"""What platforms with interfaces of their own have in common: ways tried in turn, lists page by page, JSON."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any, TypeVar

from .. import dates, parse, urls
from ..errors import FetchError, ReadError
from ..model import Comment, Entry, Page
from ..parse import Element
from ..web import Web
from . import _feed, _sitemap
from ._item import Item
from ._survey import Survey
from ._walk import entry

Record = Mapping[str, Any]
Mark = TypeVar("Mark")
SEOUL = TOKYO = timezone(timedelta(hours=9))
_MOST_PAGES = 20_000  # of one list
_MILLISECONDS = 10**11  # since 1970; as seconds that would be in the year 5138


# lists


def first(*ways: Callable[[], Iterator[Entry]]) -> Iterator[Entry]:
    """What the first of these ways gives that gives anything; where it breaks off, what the next ones give too.

    Raises at last what made it break off, and what the last way raises where none gave anything.
    """
    fault: FetchError | ReadError | None = None
    for way in ways:
        found = False
        try:
            for each in way():
                found = True
                yield each
        except (FetchError, ReadError) as error:
            fault = fault or (error if found or way is ways[-1] else None)
        else:
            if found:
                break
    if fault:
        raise fault


def pages(
    read: Callable[[Mark], tuple[Sequence[Record], Mark | None]], make: Callable[[Record], Entry | None], mark: Mark
) -> Iterator[Entry]:
    """The entries of a list, page by page, until a page is empty or brings nothing new.

    `read(mark)` gives a page's records and what the next one is asked by, None after the last. `make` gives None
    for a record that is no post.
    """
    seen = set[str]()
    following: Mark | None = mark
    for _ in range(_MOST_PAGES):
        if following is None:
            return
        found, following = read(following)
        made = {each.id if (each := make(record)) else repr(record): each for record in found}
        if made.keys() <= seen:
            return
        yield from (each for name, each in made.items() if each and name not in seen)
        seen |= made.keys()


def named(feeds: Iterable[str], sitemaps: Iterable[str], web: Web, is_post: re.Pattern[str]) -> Iterator[Entry]:
    """What feeds tell, the first readable one of them, and sitemaps name, of paths that `is_post` finds."""
    items: dict[str, Item] = {}
    for feed in feeds:
        try:
            told = [item for each in _feed.pages(feed, web) for item in each.items]
        except (FetchError, ReadError):
            continue
        items |= {urls.key(item.url): replace(item, id="") for item in told}
        break
    for place in (each for sitemap in sitemaps for each in _sitemap.read(sitemap, web)):
        items.setdefault(urls.key(place.url), Item(urls.clean(place.url)))
    yield from (fed(item) for item in items.values() if is_post.search(urls.path(item.url)))


def surveyed(page: Page, web: Web) -> Iterator[Entry]:
    """What any blog's pages, feed and sitemap name."""
    return Survey(web).everything(page)


def listed(
    page: Page,
    web: Web,
    own: Iterator[Entry],
    feeds: Sequence[str] = (),
    sitemaps: Sequence[str] = (),
    is_post: re.Pattern[str] = re.compile(""),
) -> Iterator[Entry]:
    """What a platform's `own` way gives, else what `named` does, else what any blog's pages name."""
    return first(lambda: own, lambda: named(feeds, sitemaps, web, is_post), lambda: surveyed(page, web))


def fed(item: Item, stated: int | None = None, **data: Any) -> Entry:
    """An entry of which the list's word goes before what the post's page looks like."""
    made = entry(item)
    return replace(made, data={**made.data, "fed": True, **data}, stated=stated)


# answers


def ask(url: str, web: Web, referer: str = "", fresh: bool = False) -> Record:
    """The object that an interface answers; ReadError for anything else."""
    data = parse.json(web.get(url, fresh=fresh, referer=referer))
    if not isinstance(data, dict):
        raise ReadError(url, "answers no object")
    return data


def tried(url: str, web: Web, referer: str = "") -> Record:
    """The object that an interface answers; {} where it cannot be had."""
    try:
        return ask(url, web, referer)
    except (FetchError, ReadError):
        return {}


def at(data: Any, *names: str | int) -> Any:
    """What lies within objects and lists under these names; None where it does not."""
    for name in names:
        try:
            data = data[name]
        except (LookupError, TypeError):
            return None
    return data


def records(data: Any, *names: str | int) -> list[Record]:
    """The objects in a list there, [] for none."""
    found = at(data, *names)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def needed(data: Any, url: str, *names: str | int) -> list[Record]:
    """The objects in a list there; ReadError where there is no list: the interface is not what it was."""
    if not isinstance(at(data, *names), list):
        raise ReadError(url, f"answers without {'.'.join(map(str, names))}")
    return records(data, *names)


def text(value: Any) -> str:
    return parse.clean(str(value)).strip() if isinstance(value, str | int | float) else ""


def texts(values: Iterable[Any]) -> tuple[str, ...]:
    """Each of them once, in order, without what is empty."""
    return tuple(dict.fromkeys(filter(None, map(text, values))))


def number(value: Any) -> int | None:
    """A count, however it is written; None for none."""
    return int(value) if str(value).isdecimal() else None


def when(value: Any, zone: tzinfo = UTC) -> date | datetime | None:
    """A moment as machines count or write it, the day of one as people do; `zone` for one counted since 1970."""
    count = number(value)
    with suppress(ValueError, OverflowError, OSError):  # beyond the years that there are
        if count:
            return datetime.fromtimestamp(count / 1000 if count > _MILLISECONDS else count, zone)
    told = text(value)
    found = dates.machine(told)
    printed = dates.find(told[:60]) if told and found is None else None
    return printed.day if printed else found


def threads(
    told: Iterable[Record], make: Callable[[Record, str], Comment | None], *answers: str, parent: str = ""
) -> Iterator[Comment]:
    """Comments, each before those that answer it, which lie in it under one of these names ("a.b" for b in a).

    `make(record, parent)` gives None for one that is not shown.
    """
    for each in told:
        made = make(each, parent)
        yield from [made] if made else ()
        below = next(filter(None, (records(each, *name.split(".")) for name in answers)), [])
        yield from threads(below, make, *answers, parent=made.id if made else parent)


# pages


def one(tree: Element, *classes: str) -> Element | None:
    """The first element of the first of these classes that there is one of."""
    for name in classes:
        for e in tree.iter():
            if isinstance(e.tag, str) and name in (e.get("class") or "").split():
                return e
    return None


def without(body: Element, *classes: str) -> str:
    """What is within an element, without what carries one of these classes, as HTML."""
    own = parse.fragment(parse.html(body, inner=True))
    for e in [e for e in own.iter() if not set((e.get("class") or "").split()).isdisjoint(classes)]:
        parse.drop(e)
    return parse.html(own, inner=True).strip()


def meta(tree: Element, *names: str) -> str:
    """The content of the first of these meta elements that says anything."""
    said = {(m.get("property") or m.get("name") or ""): m.get("content", "") for m in tree.iter("meta")}
    return next((said[name].strip() for name in names if said.get(name, "").strip()), "")
