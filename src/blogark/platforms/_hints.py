"""What the markup of one post names: its fields."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from .. import dates, parse, urls
from ..dates import Printed
from ..parse import Element
from . import _byline, _marks
from ._item import Item
from ._marks import tokens

_COMMENT = re.compile(r"(?:^|\s)comments?(?:$|[\s_-]block|-list)")
_TO_COMMENTS = re.compile(
    r"#(?:comments?|respond|disqus_thread|isso-thread|comment-form)$|comment\.g\?|/comment/reply/"
)
# Blogger and WordPress mark the place where a body was cut by its fragment.
_JUMP = re.compile(r"#more(?:-\d+)?$")
_POST_ID = re.compile(r"\d{12,20}")  # Blogger's; shorter numbers may be anything's
_TEASER = re.compile(r"excerpt|summary|teaser|snippet")
WRITER = re.compile(r"/(?:authors?|autor|writers?|users?|contributors?|by)/[^/?#]+/?$|^/?@[\w.-]+$", re.I)
_NAMED = frozenset({"fn", "name", "p-name"})
_OWN_ADDRESS = frozenset({"timestamp-link", "u-url"})

Marked = Sequence[tuple[Element, frozenset[str]]]


def read(box: Element, base: str) -> Item:
    """What the markup of one post says of it; comments are not asked."""
    elements = list(_outside_comments(box))
    marked = [(e, names) for e in elements if (names := tokens(e))]
    links = [e for e in elements if e.tag == "a"]
    body = _marks.body(box)
    quoted = set(body.iter()) if body is not None else set()  # an infobox in it may name people and days of its own
    beside = [(e, names) for e, names in marked if e not in quoted]
    return Item(
        url=_bookmark(links, base),
        id=_post_id(elements),
        author=_author(beside, [a for a in links if a not in quoted]),
        published=_moment(beside, _marks.PUBLISHED) or _time([e for e in elements if e not in quoted]),
        updated=_moment(beside, _marks.UPDATED),
        printed=_printed([e for e in elements if e not in quoted]),
        count=_count(marked, links),
        tags=_tags(links),
        cut=_is_cut(marked, links),
    )


def _outside_comments(box: Element) -> Iterator[Element]:
    inside: set[Element] = set()
    for e in box.iter():
        if e.getparent() in inside or _COMMENT.search(f"{e.get('class', '')} {e.get('id', '')}"):
            inside.add(e)
        elif isinstance(e.tag, str):
            yield e


def _is_cut(marked: Marked, links: Iterable[Element]) -> bool:
    jumps = (a for a in links if _JUMP.search(a.get("href", "")) and len(parse.words(a)) < 60)
    named = (e for e, names in marked if not _marks.MORE.isdisjoint(names) and e.find(".//a") is not None)
    teasers = (e for e, names in marked if any(map(_TEASER.search, names)))
    return any(any(True for _ in each) for each in (jumps, named, teasers))


def _bookmark(links: Iterable[Element], base: str) -> str:
    for a in links:
        if "bookmark" in a.get("rel", "") or not tokens(a).isdisjoint(_OWN_ADDRESS):
            url = urls.join(base, a.get("href") or "#")
            if urls.domain(url) == urls.domain(base):
                return urls.clean(url)
    return ""


def _post_id(elements: Iterable[Element]) -> str:
    for e in elements:
        told = e.get("content", "") if e.get("itemprop") == "postId" else e.get("name", "") if e.tag == "a" else ""
        for value in (told, e.get("id", "").rpartition("-")[2]):
            if _POST_ID.fullmatch(value):
                return value
    return ""


def _author(marked: Marked, links: Iterable[Element]) -> str:
    by_name = [e for e, names in marked if not _marks.AUTHOR.isdisjoint(names)]
    by_link = [a for a in links if "author" in a.get("rel", "").split() or WRITER.search(a.get("href", ""))]
    for e in [*by_name, *by_link]:
        for each in [*_marks.named(e, _NAMED), e]:
            text = each.get("content", "") if each.tag == "meta" else parse.words(each)
            line = _byline.read(text)
            name = line.author or ("" if line.says else text)
            if _byline.is_name(name):
                return name
    return ""


def _moment(marked: Marked, wanted: frozenset[str]) -> date | datetime | None:
    for e, names in marked:
        if not wanted.isdisjoint(names):
            for each in (e, *e.iter("time", "abbr", "meta")):
                for value in (each.get("datetime"), each.get("title"), each.get("content")):
                    if value and (found := dates.machine(value)):
                        return found
    return None


def _time(elements: Iterable[Element]) -> date | datetime | None:
    times = (dates.machine(e.get("datetime", "")) for e in elements if e.tag == "time")
    return next(filter(None, times), None)


def _printed(elements: Iterable[Element]) -> Printed | None:
    named = (e for e in elements if e.tag == "time" or not _marks.PUBLISHED.isdisjoint(tokens(e)))
    return next(filter(None, (dates.find(parse.words(e)[:120]) for e in named)), None)


def _count(marked: Marked, links: Iterable[Element]) -> int | None:
    by_name = [e for e, names in marked if not _marks.COMMENTS.isdisjoint(names)]
    linked = [a for a in links if _TO_COMMENTS.search(a.get("href", ""))]
    for e in [*by_name, *linked]:
        text = parse.words(e) or e.get("content", "")
        found = dates.count(text)
        number = found.number if found else dates.number(text) if e in by_name else None
        if number is not None:
            return number
    return None


def _tags(links: Sequence[Element]) -> tuple[str, ...]:
    marked = (a for a in links if "tag" in a.get("rel", "").split() or "p-category" in tokens(a))
    found = [text.lstrip("# ") for a in marked if not _byline.says_more(text := parse.words(a))]  # as Drupal marks it
    found = found or [parse.words(a) for a in links if "/search/label/" in a.get("href", "")]
    return tuple(dict.fromkeys(filter(None, found)))
