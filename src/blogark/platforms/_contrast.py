"""Who wrote, where nothing says so but that it differs: a name at one place of every page, of a few that come again."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from .. import dates, parse
from ..parse import Element
from ..template import squash, ways
from . import _about, _byline, _marks
from ._item import Item

_FEWEST = 4  # pages that show what differs
_SHARE = 0.8  # of the pages, on which a place has a name
_NAME = 40  # characters
_TOPIC = re.compile(r"cat|tag|topic|label|section|kicker|title|filed|series|kind|type", re.I)


def authors(pages: Sequence[tuple[Element, Item]]) -> tuple[str, ...]:
    """For each page the name at the place where most have one, '' for none; () where no place is like an author's."""
    if len(pages) < _FEWEST:
        return ()
    others = {squash(word) for _, item in pages for word in (*item.tags, *item.categories, item.title)}
    votes: Counter[str] = Counter()
    for tree, _ in pages:
        found = [e for e in _likely(tree) if squash(parse.words(e)) not in others]
        votes.update({way for e in found for way in ways(e)})
    for way, count in votes.most_common():
        if count < _SHARE * len(pages):
            break
        said = tuple(_sole(way, tree) for tree, _ in pages)
        if _is_a_few([name for name in said if name], len(pages)):
            return said
    return ()


def _sole(way: str, tree: Element) -> str:
    nodes = parse.xpath(way)(tree)
    name = parse.words(nodes[0]) if len(nodes) == 1 else ""
    return name if _byline.is_written_like_a_name(name) else ""


def _is_a_few(names: Sequence[str], pages: int) -> bool:
    """Whether names stand there on most pages, of several people some of whom wrote more than one."""
    distinct = set(names)
    whole = sum(len(name.split()) > 1 or not name.isascii() for name in distinct)
    return len(names) >= _SHARE * pages and 2 <= len(distinct) < len(names) and 2 * whole >= len(distinct)


def _likely(tree: Element) -> Iterator[Element]:
    """Elements that say no more than a name, beside a date or by the picture of who is called so."""
    yield from _about.portrayed(tree)
    for time in tree.iter("time"):
        top = time
        while (parent := top.getparent()) is not None and parse.words(parent) == parse.words(time):
            top = parent
        for e in (*top.itersiblings(preceding=True), *top.itersiblings()):
            names = f"{e.get('class', '')} {e.get('rel', '')}"
            if isinstance(e.tag, str) and _is_name(e) and not (_TOPIC.search(names) or _marks.is_chrome(e)):
                yield e


def _is_name(e: Element) -> bool:
    """Whether an element says a name and nothing else, and leads nowhere."""
    text = parse.words(e)
    linked = e.tag == "a" or next(e.iter("a"), None) is not None
    return 1 < len(text) <= _NAME and not linked and _byline.is_written_like_a_name(text) and not dates.find(text)
