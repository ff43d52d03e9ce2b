"""What class names, microformats and microdata mark: which elements are posts, bodies, and what stands beside them."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import cast

from .. import data, parse, urls
from ..parse import Element


def _names(table: str) -> frozenset[str]:
    """What themes and engines call one thing, in small letters: a table of marks.json."""
    return frozenset(" ".join(data.table("platforms/marks")[table]).split())


POST = _names("post")
TITLE = _names("title")
BODY = _names("body")
AUTHOR = _names("author")
PUBLISHED = _names("published")
UPDATED = _names("updated")
COMMENTS = _names("comments")
MORE = _names("more")
_ABOUT = _names("about")
_MASTHEAD = _names("masthead")
_OLDER = _names("older")
_NEWER = _names("newer")
_CHROME = re.compile(
    r"(?:(?:post|entry|blog|blogger|jp|wp|site|main|page|article|content|left|right|threaded)[_-]+)*"
    r"(?:sidebar\w*|widget-?area|widget_\w+|nav\w*|menu|breadcrumbs?|comments?|comments-content|respond|disqus\w*|"
    r"shar(?:e|ing)|sharedaddy|social\w*|addtoany\w*|sociable|related\w*|relatedposts|yarpp\w*|pager|pagination|"
    r"popular-?posts?|recent-?posts?|tag-?cloud|about-?author|author-?(?:box|bio|info|card)|subscribe\w*|newsletter|"
    r"ads?|adsense\w*|ads_\w+|adsbygoogle|advert\w*|cookie\w*|reaction-?buttons|icon-action|blogger-post-footer|skip-link|"
    r"screen-reader-text|backlinks|wpa|wpcnt|pd-rating|jp-post-flair)"
    r"(?:[_-]+(?:buttons?|links?|list|area|wrap(?:per)?|container|block\w*|section|box|nav|form|items?|outer|inner|holder|thread|\d+))*\d*",
    re.I,
)
_LIST = re.compile(
    r"/(?:search|label|labels|tags?|categor(?:y|ies)|topics?|author|page|feeds?|login|wp-(?:admin|login)|comments?)(?:/|$|\?)"
    r"|/archives?(?:/(?:cat_[^/]+\.\w+)?)?$|/(?:19|20)\d{2}/(?:\d{2}/?)?(?:index\.\w+)?$|/(?:19|20)\d{2}_\d{2}\.\w+$"
    r"|\d{4}_\d{2}_\d{2}(?:_archive)?\.html?$|/mt-\w+\.cgi$|\.(?:jpe?g|png|gif|pdf|zip|xml|css|js)$",
    re.I,
)
MONTH_ARCHIVE = re.compile(r"/\d{4}(?:/\d{2}(?:/|/index\.html?|\.html?)?$|_\d{2}(?:_\d{2}_archive)?\.html?$|-\d{2}/?$)")


_MARKED = (
    "descendant-or-self::*[@class or @itemprop or @itemtype or @property]"  # few elements are, and lxml finds them fast
)


def tokens(element: Element) -> frozenset[str]:
    """Every name that an element carries: classes, itemprop, the last word of itemtype."""
    kind = element.get("itemtype", "").rpartition("/")[2]
    return _split(f"{element.get('class', '')} {element.get('itemprop', '')} {element.get('property', '')} {kind}")


_MODULE = re.compile(r"([A-Za-z]+)_([A-Za-z-]+)__[\w-]{1,8}")  # CSS modules: Post_body__x1aB2 is a post-body


@lru_cache(4096)
def _split(names: str) -> frozenset[str]:
    plain = (f"{found[1]}-{found[2]}" for name in names.split() if (found := _MODULE.fullmatch(name)))
    return frozenset(f"{names} {' '.join(plain)}".lower().split())


def marked(element: Element) -> Iterator[Element]:
    """Elements within that carry any name, in order."""
    return iter(cast("list[Element]", element.xpath(_MARKED)))


def named(element: Element, names: frozenset[str]) -> Iterator[Element]:
    """Elements within that carry one of these names, in order."""
    return (e for e in marked(element) if not names.isdisjoint(tokens(e)))


def looks_titled(element: Element) -> bool:
    """Whether a name speaks of a title, in some theme's own way: bTitle, itemSubjectBoldfont."""
    return any("title" in name or "subject" in name for name in tokens(element))


def posts(tree: Element) -> list[Element]:
    """The outermost elements that are marked as posts; one name's where several are."""
    every = [(e, tokens(e)) for e in marked(tree)]
    for names in (POST, frozenset({"post"}), frozenset()):
        found = (e for e, own in every if not names.isdisjoint(own)) if names else tree.iter("article")
        outer = _outermost(e for e in found if e.tag not in {"body", "html", "a"})
        if posts := [e for e in outer if _holds_text(e)]:
            return posts
    return []


def _outermost(elements: Iterable[Element]) -> list[Element]:
    found = list(elements)
    every = set(found)
    return [e for e in found if not any(above in every for above in e.iterancestors())]


def _holds_text(element: Element) -> bool:
    return len(parse.words(element)) > 20 or any(True for _ in element.iter("img"))


def body(box: Element) -> Element | None:
    """The element that is marked as a post's body: the outermost with the most text, or what holds all its pieces."""
    outer = _outermost(e for e in named(box, BODY) if e.tag not in {"script", "body", "meta"})
    if not outer:
        return None
    if len(outer) > 1 and len({(e.tag, tokens(e) & BODY) for e in outer}) == 1:
        return _holder(outer)
    found = max(outer, key=lambda e: len(parse.words(e))) if len(outer) > 1 else outer[0]
    inner = _outermost(e for e in named(found, BODY) if e is not found)
    # Themes wrap a body and what stands around it into one more element of such a name.
    if len(inner) != 1 or (2 * len(parse.words(inner[0])) < len(parse.words(found)) and not _heads(found, inner[0])):
        return found
    return inner[0]


def _heads(outer: Element, inner: Element) -> bool:
    """Whether a title stands in an element before a body within it."""
    within = set(inner.iter())
    titles = (e for e in named(outer, TITLE) if e not in within)
    return any(True for _ in titles)


def _holder(pieces: list[Element]) -> Element:
    """The innermost element around all of these."""
    last = set(pieces[-1].iterancestors())
    return next(e for e in pieces[0].iterancestors() if e in last)


def is_chrome(element: Element) -> bool:
    """Whether the element, or one around it short of a body, is marked as something beside the posts."""
    for e in (element, *element.iterancestors()):
        if e.tag in {"nav", "aside", "form"} and not is_note(e):
            return True
        names = tokens(e)
        if e.tag in {"body", "html"} or not BODY.isdisjoint(names):
            return False
        if POST.isdisjoint(names) and _is_beside(f"{e.get('class', '')} {e.get('id', '')}"):
            return True
    return False


def is_beside(element: Element) -> bool:
    """Whether the element itself is marked as something beside the posts."""
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return len(names) > 1 and _is_beside(names)


_JUNK = _names("junk")
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_STATE = re.compile(
    r"(?:has|no|with|is|js|without|hide|open|can)[-_]|.*[-_](?:open|closed|enabled|disabled|on|off)$", re.I
)


def junk(box: Element) -> set[Element]:
    """Small parts of a post's box that some word in their names says to stand beside it."""
    blocks = (e for e in marked(box) if e is not box and e.tag not in {"a", "img", "code", "span"})
    named = [e for e in blocks if _is_junk(e.get("class", ""))]
    most = len(parse.words(box)) / 4 if named else 0
    return {e for e in named if len(parse.words(e)) <= most and BODY.isdisjoint(tokens(e))}


_FLOW = frozenset("p h2 h3 h4 h5 h6 ul ol pre blockquote figure table hr aside".split())
_NOTES = re.compile(r"foot-?notes?|endnotes?|admonition|callout|pull-?quote", re.I)


def is_note(element: Element) -> bool:
    """Whether an <aside> stands in the flow of a text, as a call-out or its notes do, not beside it."""
    if element.tag != "aside":
        return False
    names = f"{element.get('class', '')} {element.get('role', '')}"
    if _NOTES.search(names):
        return True
    around = (element.getprevious(), element.getnext())
    plain = 2 * sum(len(parse.words(a)) for a in element.iter("a")) < len(parse.words(element))
    flowing = all(e is not None and e.tag in _FLOW for e in around)
    return flowing and plain and not _is_junk(names) and not _is_beside(names)


@lru_cache(4096)
def _is_junk(names: str) -> bool:
    told = (name for name in names.split() if not _STATE.match(name))
    return any(part.lower() in _JUNK for name in told for part in _PARTS.findall(name))


_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def is_hidden(element: Element) -> bool:
    """Whether the markup itself says that nobody sees the element."""
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and _HIDDEN.search(style) is not None)


@lru_cache(4096)
def _is_beside(names: str) -> bool:
    return any(map(_CHROME.fullmatch, names.split()))


def is_masthead(element: Element) -> bool:
    """Whether the element stands where the blog says its own name."""
    names = (f"{e.get('class', '')} {e.get('id', '')}".lower() for e in (element, *element.iterancestors()))
    return any(not _MASTHEAD.isdisjoint(each.split()) for each in names)


def is_list(url: str) -> bool:
    """Whether an address is that of a list of posts, a feed or a file, not of a post."""
    return _LIST.search(urls.path(url)) is not None


def is_about(element: Element) -> bool:
    """Whether the element, or one close around it, is marked as what a theme says of a post."""
    near = (element, *islice(element.iterancestors(), 3))
    return any(not _ABOUT.isdisjoint(tokens(e)) and len(parse.words(e)) < 400 for e in near)


def leads_older(a: Element) -> bool:
    """Whether a link is marked as leading to older posts."""
    names = tokens(a)
    parent = a.getparent()
    if parent is not None and len(parent) == 1:
        names |= tokens(parent)
    if not _NEWER.isdisjoint(names):
        return False
    unsaid = a.tag == "link" or not parse.words(a)  # an icon; themes are divided over which way "next" is
    return not _OLDER.isdisjoint(names) or (unsaid and a.get("rel") == "next")
