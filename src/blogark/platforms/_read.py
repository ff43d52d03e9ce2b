"""A listed post read: from its own page, else from a listing that showed it whole."""

from dataclasses import replace

from .. import names, parse
from ..errors import Missing, ReadError
from ..model import Comment, Entry, Page, Post
from ..web import Web
from . import _comments, _page
from ._item import Item


def post(entry: Entry, web: Web) -> Post:
    """The post; its own page is asked, as it alone has comments and labels for certain."""
    known = (entry.data or {}).get("item") or Item(url=entry.url, title=entry.title)
    try:
        page = web.get(entry.url)
    except Missing:
        if known.cut or not known.html:
            raise
        return _made(entry, known, "", ())
    return from_page(page, entry, known)


def from_page(page: Page, entry: Entry, known: Item) -> Post:
    """The post that its own page shows, with what only the listing knew."""
    order = (entry.data or {}).get("order", "")
    (own,), _ = _page.settle([_page.post(page, known)], order)
    if not own.html and not own.title and not known.html:
        raise ReadError(entry.url, "no post is on this page")
    if not own.html and known.html and not known.cut:
        own = replace(own, html=known.html)
    tree = parse.tree(page)
    made = _made(entry, _merged(own, known), _page.language(tree), _comments.read(tree, page.at, order))
    if known.cut and not own.html:
        return replace(made, html=known.html, partial="only the beginning could be found on its page")
    return made


def _merged(own: Item, known: Item) -> Item:
    """Of two that show one post, the own page's word, and the listing's where that says nothing.

    A moment is more precise than a day, and what the listing prints is the same theme's.
    """
    published = own.published if hasattr(own.published, "hour") else known.published or own.published
    return replace(
        own,
        title=own.title if own.title and _page.is_cut(known.title) else known.title or own.title,
        author=own.author or known.author,
        published=published if hasattr(published, "hour") or not hasattr(known.published, "hour") else known.published,
        updated=own.updated or known.updated,
        count=own.count if own.count is not None else known.count,
        tags=own.tags or known.tags,
    )


def _made(entry: Entry, item: Item, lang: str, comments: tuple[Comment, ...]) -> Post:
    count = item.count if item.count is not None else entry.comment_count
    return Post(
        id=entry.id,
        url=entry.url,
        slug=names.own_slug(entry.url),
        title=item.title or entry.title,
        html=item.html,
        author=item.author,
        published=item.published or entry.published,
        updated=item.updated or entry.updated,
        tags=item.tags,
        lang=lang,
        comment_count=count if count is not None else len(comments) or None,
        comments=comments,
        found_in=tuple(filter(None, [(entry.data or {}).get("found_in", "")])),
    )
