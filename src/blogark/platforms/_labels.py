"""What a post is filed under, by the links beside it and by its page's head."""

import re
from collections.abc import Collection, Iterator, Sequence

from .. import parse, urls
from ..parse import Element
from . import _head, _marks

_TAG = re.compile(
    r"/(?:tags?|tagged|labels?|keywords?|topics?|taxonomy/term|schlagwort|etiqueta|mot-cle)(?:/(?:[^/#]+/?|#.+)|:[^/#]+/?)$|[?&]tag=[^&]+$",
    re.I,
)
_CATEGORY = re.compile(r"/(?:categor(?:y|ies|ia|ias|ie)|kategorien?)/.+|[?&]cat(?:egory)?=[^&]+$", re.I)
_SEARCH = re.compile(r"[?&](?:q|s|search)=[^&]+$")  # a label, where the link's words begin with a #
_MOST = 20  # labels of one post; what has more is a cloud


def read(tree: Element, base: str) -> tuple[str, ...]:
    """Tags: those the head names (ogp.me article:tag), else the first row of links to tags, else to categories."""
    named = [m.get("content", "").strip() for m in tree.iter("meta") if m.get("property") == "article:tag"]
    return tuple(dict.fromkeys(filter(None, named))) or next(rows(tree, base), ()) or keywords(tree)


def keywords(tree: Element) -> tuple[str, ...]:
    """What the page's head calls keywords, in JSON-LD or a meta element; of a site they are the same on every page."""
    told = _head.keywords(tree)
    return told if len(told) <= _MOST else ()


Row = tuple[str, ...]


def filed(
    tree: Element, base: str, clouds: Collection[Row] = (), column: Collection[Row] | None = None
) -> tuple[Row, Row]:
    """Tags and categories that stand beside the post, without the rows that stand on every page.

    `column`: those rows of the menus and sidebars around, where these have the post's own categories too.
    """
    tags, categories = (
        next((row for row in _rows(tree, base, form) if row not in clouds), ()) for form in (_TAG, _CATEGORY)
    )
    around = _rows(tree, base, _CATEGORY, around=True) if column is not None and not categories else ()
    return tags, next((row for row in around if row not in (column or ())), categories)


def column(pages: Sequence[tuple[Element, str]]) -> frozenset[Row] | None:
    """The rows of categories that menus and sidebars have on every page, where most have one more, the post's own."""
    found = [set(_rows(tree, base, _CATEGORY, around=True)) for tree, base in pages]
    always = frozenset.intersection(*map(frozenset, found)) if found else frozenset()
    own = sum(len(rows - always) == 1 for rows in found)
    beside = any(filed(tree, base)[1] for tree, base in pages)
    return None if beside or own < max(3, 0.8 * len(pages)) else always


def rows(tree: Element, base: str) -> Iterator[Row]:
    """The words of links to lists of posts, row by row: to tags first, then to categories."""
    for form in (_TAG, _CATEGORY):
        yield from _rows(tree, base, form)


def _rows(tree: Element, base: str, form: re.Pattern[str], around: bool = False) -> Iterator[Row]:
    found: dict[Element | None, list[Element]] = {}
    for a in tree.iter("a"):
        if form.search(href := a.get("href", "")) or (form is _TAG and _SEARCH.search(href) and _is_hashed(a)):
            box = next(a.iterancestors("ul", "ol", "p", "div", "footer", "section", "dl"), None)
            found.setdefault(box, []).append(a)
    for links in found.values():
        ours = urls.host(urls.join(base, links[0].get("href", ""))) == urls.host(base)
        if len(links) <= _MOST and ours and _is_site(links[0]) == around:
            words = (parse.words(a).lstrip("#").strip(" ,;") for a in links)
            if row := tuple(dict.fromkeys(filter(None, words))):
                yield row


def _is_hashed(a: Element) -> bool:
    return re.match(r"#\w", parse.words(a)) is not None


def _is_site(a: Element) -> bool:
    """Whether a link stands in what all pages have: a menu, a sidebar, the blog's own header or footer."""
    around = [e for e in a.iterancestors() if isinstance(e.tag, str)]
    tags = [e.tag for e in around]
    if "article" in tags:
        return False
    if "main" in tags:
        tags = tags[: tags.index("main")]
    elif tags[-3:-2] in (["header"], ["footer"]):
        return True
    return not {"nav", "aside"}.isdisjoint(tags) or _marks.is_chrome(a)
