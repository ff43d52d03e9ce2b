"""The title of the post that a page is of, from its headings and what its head says.

Of single rules a heading that <title> begins with is right most often, a lone <h1> next,
then JSON-LD's headline, og:title and what is left of <title> without the site's name.
"""

import re
from collections.abc import Iterator, Set

from .. import parse, urls
from ..parse import Element
from . import _head, _marks
from ._blocks import squash

_HEADINGS = ("h1", "h2", "h3")
_LONG = 20  # letters that do not stand within a title by chance
_APART = re.compile(r"\s+[|\-–—:»«·•/~<>]+\s+|\s*(?:::|\|)\s*|:\s+|\s*[—_«»]\s*|(?<=\w)\s*[｜：]\s*")


def heading(tree: Element, base: str, head: _head.Head) -> Element | None:
    """The heading that the page's title begins with, or is a part of; else its only <h1>."""
    site = squash(head.site)
    usable = [(text, e) for e in tree.iter(*_HEADINGS) if (text := squash(parse.words(e))) not in {"", site}]
    said = {text: e for text, e in reversed(usable) if could_be(e, base)}
    wholes = list(map(squash, head.titles))
    parts = {squash(part) for title in head.titles for part in _APART.split(title)}
    begins = (text for text, _ in usable if text in said and any(whole.startswith(text) for whole in wholes))
    within = (text for text in said if text in parts or (len(text) > _LONG and any(text in whole for whole in wholes)))
    if found := next(begins, next(within, "")):
        return said[found]
    sole = [e for e in said.values() if e.tag == "h1"]
    return sole[0] if len(sole) == 1 else None


def told(tree: Element, base: str, head: _head.Head) -> str:
    """The title that the page's head says, without the name of the site; '' where it says that name alone."""
    return head.headline or next(filter(None, (bare(title, tree, base, head.site) for title in head.titles)), "")


def bare(title: str, tree: Element, base: str, site: str = "") -> str:
    """A title without the site's name before or behind it."""
    names = {squash(site), squash(urls.host(base).removeprefix("www.").partition(".")[0]), ""}
    pieces = [(start, end) for start, end in _pieces(title) if squash(title[start:end]) not in names]
    above = _names_above(tree, base, {squash(title[start:end]) for start, end in pieces})
    kept = [(start, end) for start, end in pieces if squash(title[start:end]) not in above]
    if not kept:
        return ""
    if len(kept) == len(list(_pieces(title))) > 1 and len(title[slice(*kept[0])].split()) > 1:
        kept = kept[:-1]
    return title[kept[0][0] : kept[-1][1]].strip()


def _pieces(title: str) -> Iterator[tuple[int, int]]:
    start = 0
    for sign in _APART.finditer(title):
        yield start, sign.start()
        start = sign.end()
    yield start, len(title)


def _names_above(tree: Element, base: str, among: Set[str]) -> set[str]:
    """Which of these are said by a link to a folder above the page: the name of the blog."""
    said = ((squash(parse.words(a)), a) for a in tree.iter("a") if a.get("href"))
    own = urls.key(base)
    links = ((text, urls.key(urls.join(base, a.get("href", "")))) for text, a in said if text in among)
    return {text for text, url in links if own != url and own.startswith(url)}


def could_be(element: Element, base: str) -> bool:
    beside = _marks.is_chrome(element) or _marks.is_masthead(element)
    return not beside and not _leads_away(element, base)


def _leads_away(element: Element, base: str) -> bool:
    """Whether a heading links to something else than this page: the blog's own name, another post."""
    links = [*element.iter("a"), *element.iterancestors("a")]
    return any(urls.key(urls.join(base, a.get("href", ""))) != urls.key(base) for a in links if a.get("href"))
