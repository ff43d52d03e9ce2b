"""A listed post read: from its own page, by the blog's template where that was learned, else from what listed it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from .. import names, parse, urls
from ..errors import Missing, ReadError
from ..model import Comment, Entry, Page, Post
from ..parse import Element
from ..template import squash
from ..web import Web
from . import _comments, _head, _labels, _lesson, _page
from ._item import Item, filled
from ._lesson import FIELDS, Learned

_RICHER = 1.1  # times the words, from which a feed's body is taken to hold what its page lacks
_QUOTES = str.maketrans("‘’“”", "''\"\"")


def post(entry: Entry, web: Web) -> Post:
    """The post; its own page is asked, as it alone has comments and labels for certain."""
    known = _data(entry).get("item") or Item(url=entry.url, title=entry.title)
    learned = lesson(entry, web)
    page = learned.pages.pop(urls.key(entry.url), None) if learned else None
    try:
        page = page or web.get(entry.url)
    except Missing:
        if known.cut or not known.html:
            raise
        return made(entry, known)
    if learned and entry.data["lesson"].memory.before and not _fits(learned, page):
        learned = _lesson.again(entry.data["lesson"], web, entry.data.get("order", ""))
    return from_page(page, entry, known, learned)


def _fits(learned: Learned, page: Page) -> bool:
    """Whether what an earlier run learned finds the title and the body that this page has."""
    tree = parse.tree(page)
    found, alone = _lesson.read(learned, tree), _page.post(page)
    pairs = {"body": (found.html, alone.html), "title": (found.title, alone.title)}
    return all(read or not shown for name, (read, shown) in pairs.items() if learned.template.rule(name))


def lesson(entry: Entry, web: Web) -> Learned | None:
    """What the blog's sample posts taught, learned now if it was not before; None where nothing could."""
    told = _data(entry).get("lesson")
    return _lesson.learned(told, web, _data(entry).get("order", "")) if told else None


def explain(entry: Entry, web: Web) -> dict[str, Any]:
    """What is believed for each field, as JSON holds it: {"samples": …, "fields": {name: evidence}, "drop": XPaths}."""
    learned = lesson(entry, web)
    if learned is None:
        return {"samples": 0, "fields": {name: {"evidence": "each page by itself"} for name in FIELDS}, "drop": []}
    return _lesson.explained(learned, _data(entry).get("fed", False))


def from_page(page: Page, entry: Entry, known: Item, learned: Learned | None = None, both: bool = False) -> Post:
    """The post that its own page shows, with what only feed or listing knew.

    `both`: the blog files posts under categories, and under tags besides.
    """
    tree, order, fed = parse.tree(page), _data(entry).get("order", ""), _data(entry).get("fed", False)
    found = _lesson.read(learned, tree) if learned else Item()
    own = _sure(page, tree, known, found) if learned and learned.whole else None
    own = own or filled(found, _lesson.alone(page, known))
    if learned:
        own = _lesson.purged(own, learned)
    if not own.html and not own.title and not known.html:
        raise ReadError(entry.url, "no post is on this page")
    if known.html and not known.cut and (not own.html or (fed and _is_richer(known.html, own.html))):
        own = replace(own, html=known.html)
    own = replace(
        own, lang=own.lang or known.lang or _page.language(tree), cover=own.cover or _cover(tree, page, learned)
    )
    (merged,), _ = _page.settle([_merged(own, known, found, fed)], order)
    shown = _labels.filed(tree, page.at, *((learned.clouds, learned.column) if learned else ()))
    merged = _lesson.filed(merged, shown, both or (learned is not None and learned.both))
    post = made(entry, replace(merged, id=known.id), _comments.read(tree, page.at, order))
    post = replace(post, also=_others(post, (*_head.addresses(tree, page.at), page.at)))
    if known.cut and not own.html:
        return replace(post, html=known.html, partial="only the beginning could be found on its page")
    return post


def _data(entry: Entry) -> Mapping[str, Any]:
    return entry.data or {}


def _sure(page: Page, tree: Element, known: Item, found: Item) -> Item | None:
    """What the template alone read, where it found title and body, and the title is that of the listing."""
    same = not known.title or _page.is_cut(known.title) or squash(known.title) == squash(found.title)
    if not (found.html and found.title and same):
        return None
    head = _head.read(tree)
    updated = head.updated if head.updated != head.published else None
    published = _exacter(found.published, head.published)
    return replace(found, url=urls.clean(_page.canonical(tree, page.at)), updated=updated, published=published)


def _is_richer(told: str, own: str) -> bool:
    words, has = (len(parse.words(parse.fragment(html)).split()) for html in (told, own))
    return words > _RICHER * has


def _cover(tree: Element, page: Page, learned: Learned | None) -> str:
    """The picture that the head shows for this post, unless other posts of the blog have it too."""
    url = _lesson.picture(tree, page.at) if learned else ""
    return url if learned and url not in learned.pictures else ""


def _merged(own: Item, known: Item, found: Item, fed: bool) -> Item:
    """Of two that show one post: a feed's word before what was read off by shape, its own page's before a listing's."""
    first, second = (known, own) if fed else (own, known)
    count = found.count if found.count is not None else first.count
    told = _is_alike(known.author, found.author or own.author)
    return replace(
        own,
        title=own.title if own.title and _page.is_cut(known.title) else known.title or own.title,
        author=(known.author if told else "") or found.author or first.author or second.author,
        published=_exacter(first.published, second.published),
        printed=own.printed or known.printed,
        updated=first.updated or second.updated,
        count=count if count is not None else second.count,
        categories=known.categories or own.categories,
        tags=first.tags or second.tags,
        summary=known.summary or own.summary,
        cover=known.cover or own.cover,
    )


def _others(post: Post, addresses: tuple[str, ...]) -> tuple[str, ...]:
    """The post's other addresses, with these; each page once, and none that says nothing of this post alone."""
    by_key = {urls.key(url): url for url in reversed((*post.also, *addresses)) if urls.is_web(url)}
    return tuple(url for key, url in reversed(by_key.items()) if key != urls.key(post.url) and not urls.is_front(url))


def _is_alike(name: str, shown: str) -> bool:
    """Whether a page shows a name that a feed tells, with the quotes that typographers set."""
    return squash(name) == squash(shown.translate(_QUOTES))


def _exacter(first: date | datetime | None, second: date | datetime | None) -> date | datetime | None:
    """The first, unless the second tells the same day to the moment, or the same moment with its own offset."""
    if not isinstance(second, datetime) or first is None:
        return first or second
    if isinstance(first, datetime):
        return second if first == second and not first.utcoffset() else first
    return second if abs(second.date() - first) <= timedelta(days=1) else first


def made(entry: Entry, item: Item, comments: tuple[Comment, ...] = ()) -> Post:
    """The post that an item shows; what it does not tell is the listing's."""
    count = item.count if item.count is not None else entry.comment_count
    post = Post(
        id=entry.id,
        url=entry.url,
        slug=names.own_slug(entry.url),
        title=item.title or entry.title,
        html=item.html,
        summary=item.summary,
        author=item.author,
        published=item.published or entry.published,
        updated=item.updated or entry.updated,
        categories=item.categories,
        tags=item.tags,
        lang=item.lang,
        cover=item.cover,
        comment_count=count if count is not None else len(comments) or None,
        comments=comments,
        found_in=tuple(filter(None, [_data(entry).get("found_in", "")])),
    )
    return replace(post, also=_others(post, (item.id,)))  # feeds give addresses as ids
