"""A post that goes on: the pages that it, or the comments below it, are spread over, as WordPress numbers them."""

import re
from collections.abc import Iterator

from .. import parse, urls
from ..errors import FetchError
from ..model import Comment, Page
from ..web import Web
from . import _comments, _page
from ._item import Item

_BODY = re.compile(r"/(\d{1,4})$|(?<=[?&])page=(\d{1,4})(?:&|$)")
_COMMENTS = re.compile(r"/comment-page-(\d{1,4})$|(?<=[?&])cpage=(\d{1,4})(?:&|$)")
_LABEL = 30  # characters beside the links to a post's parts: "Pages:", the number of the part at hand
_MOST = 500  # pages of one post; its links name no more that is new, a trap's do


def body(page: Page, html: str, known: Item, web: Web) -> str:
    """`html`, what `page` shows of the post, with what its further pages show."""
    further = list(_further(page, _BODY, web))
    if not further:
        return html
    ways = {urls.key(each.at) for each in (page, *further)}
    return "\n".join(_without(ways, each, page.at) for each in (html, *(_page.post(e, known).html for e in further)))


def _without(ways: set[str], html: str, base: str) -> str:
    """A part's HTML less the line of links to the others."""
    tree = parse.fragment(html)
    for a in [a for a in tree.iter("a") if urls.key(urls.join(base, a.get("href", ""))) in ways]:
        line = a
        for above in a.iterancestors():
            linked = sum(len(parse.words(each)) for each in above.iter("a"))
            if above is tree or len(parse.words(above)) - linked > _LABEL:
                break
            line = above
        if line is not a:
            parse.drop(line)
    return parse.html(tree, inner=True).strip()


def comments(page: Page, web: Web, order: str = "") -> tuple[Comment, ...]:
    """All comments that the post's pages show; in the order of their numbers where they are on several."""
    pages = [page, *_further(page, _COMMENTS, web)]
    found = {c.id: c for each in pages for c in _comments.read(parse.tree(each), each.at, order)}
    told = found.values()
    return tuple(sorted(told, key=lambda c: int(c.id)) if len(pages) > 1 else told)


def _further(first: Page, shape: re.Pattern[str], web: Web) -> Iterator[Page]:
    """The pages that those before them lead to, by number; one that cannot be had ends them."""
    told = urls.key(_page.canonical(parse.tree(first), first.at).partition("#")[0])
    base = _COMMENTS.sub("", told).rstrip("?&")  # block themes name the page of the comments at hand
    had = {int(found[1] or found[2]) for found in [_COMMENTS.search(told)] if found and shape is _COMMENTS}
    named = _named(first, base, shape)
    while (left := sorted(set(named) - had)) and len(had) < _MOST:
        had.add(left[0])
        try:
            page = web.get(named[left[0]])
        except FetchError:
            continue
        yield page
        named = _named(page, base, shape) | named


def _named(page: Page, base: str, shape: re.Pattern[str]) -> dict[int, str]:
    """Links to further pages of the post at `base`, by their number."""
    named: dict[int, str] = {}
    for a in parse.tree(page).iter("a", "link"):
        url = urls.join(page.at, a.get("href", "")).partition("#")[0]
        key = urls.key(url)
        found = shape.search(key)
        if found and shape.sub("", key).rstrip("?&") == base:
            named.setdefault(int(found[1] or found[2]), url)
    return named
