"""Blogger's feeds, page by page, and the comments they tell: of the whole blog, or of one post."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from weakref import WeakKeyDictionary

from .. import dates, parse, urls
from ..errors import FetchError, ReadError
from ..model import Comment, Entry
from ..web import Web
from . import _comments, _feed
from ._atom import Atom

COMMENTS_PAGE = 500  # entries


def series(first: str, get: Any, following: Any) -> Iterator[tuple[Atom, list[Atom]]]:
    """Feed after feed until one is empty or brings nothing new, never stopping for a short one.

    `get(url)` gives a Page; `following(received, entries)` the address after so many entries.
    """
    seen: set[str] = set()
    url, received = first, 0
    while True:
        head, entries = _feed.atoms(get(url))
        new = [entry for entry in entries if entry.identity not in seen]
        if not new:
            return
        seen |= {entry.identity for entry in new}
        received += len(entries)
        yield head, new
        url = following(received, entries)


def number(tag: str) -> str:
    return tag.rpartition("-")[2] if "-" in tag else tag


_swept: WeakKeyDictionary[Web, dict[str, tuple[Comment, ...]]] = WeakKeyDictionary()


def comments_of(entry: Entry, web: Web) -> tuple[Comment, ...]:
    """The post's comments: of the blog's whole comments feed, else of its own, else of its page."""
    if not entry.comment_count:
        return ()
    atom = entry.data["atom"]
    found: tuple[Comment, ...] = ()
    if entry.data["sweep"]:
        if web not in _swept:
            _swept[web] = _sweep(entry.data["root"], web)
        found = _swept[web].pop(entry.id, ())
    if len(found) < entry.comment_count and atom["comments"]:
        own = tuple(comment for _, comment in comment_feed(atom["comments"], web))
        found = max(found, own, key=len)
    if len(found) < entry.comment_count:
        found = max(found, _shown(entry, web), key=len)
    return found


def _shown(entry: Entry, web: Web) -> tuple[Comment, ...]:
    try:
        page = web.get(entry.url)
    except (FetchError, ReadError):
        return ()
    return _comments.read(parse.tree(page), page.at)


def _sweep(root: str, web: Web) -> dict[str, tuple[Comment, ...]]:
    """Every comment of the blog by the post it stands under, oldest first."""
    found: dict[str, list[Comment]] = defaultdict(list)
    for under, comment in comment_feed(f"{root}feeds/comments/default", web):
        found[under].append(comment)
    return {under: tuple(reversed(comments)) for under, comments in found.items()}


def comment_feed(url: str, web: Web) -> Iterator[tuple[str, Comment]]:
    """(post, comment) for each entry; what cannot be read of it is left out."""
    first = urls.query(url, alt="json", max_results=COMMENTS_PAGE)
    try:
        for _, atoms in series(
            first, lambda u: web.get(u, fresh=True), lambda n, _: urls.query(first, start_index=n + 1)
        ):
            for atom in atoms:
                yield number(atom.answers), _comment(atom)
    except (FetchError, ReadError):
        return


def since(root: str, web: Web, moment: datetime) -> Iterator[str]:
    """Numbers of the posts that were commented on since a moment, the latest first."""
    stamp = f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    for under, comment in comment_feed(f"{root}feeds/comments/default?published-min={stamp}", web):
        if not isinstance(comment.published, datetime) or comment.published < moment:
            return
        yield under


def _comment(atom: Atom) -> Comment:
    parent = re.search(r"/comments/default/(\d+)", atom.link("related"))
    return Comment(
        number(atom.text("id")),
        atom.author,
        atom.text("content") or atom.text("summary"),
        dates.machine(atom.text("published")),
        atom.link("alternate", "text/html") or atom.link("alternate"),
        parent[1] if parent else "",
    )
