"""Substack: by the interface that its own pages use, twelve posts a request; else by feed and sitemap.

A list may have short pages in its middle: it ends where a page is empty. Paid posts come whole with a subscriber's
cookies, else as their previews.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from .. import parse, urls
from ..model import Claim, Comment, Entry, Page, Post
from ..web import Web
from . import _api, _read
from ._api import Record
from ._atom import paragraphs
from ._item import Item, filled

_SIGNS = re.compile(
    rb"""<link[^>]+rel=["']?preconnect["']?[^>]+substackcdn\.com|window\._preloads\s*=[^<]{0,4000}substack"""
    rb"""|<script[^>]+src=["']https://substackcdn\.com/bundle"""
)
_POST = re.compile(r"^/p/[^/]+$")
_PAID = frozenset({"only_paid", "founding"})
_PREVIEW = 0.9  # of the words that a post is said to have; a body with less is its beginning


def claims(page: Page) -> Claim:
    own = urls.host(page.at).endswith(".substack.com") or _SIGNS.search(page.body)
    return Claim.OURS if own else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    root = urls.root(page.at)
    yield from _api.listed(page, web, _by_api(root, web), [f"{root}feed"], [f"{root}sitemap.xml"], _POST)


def post(entry: Entry, web: Web) -> Post:
    root, item = urls.root(entry.url), entry.data["item"]
    told = _api.tried(f"{root}api/v1/posts/{urls.path(entry.url).rpartition('/')[2]}", web)
    if "body_html" not in told:
        return _cut(_read.post(entry, web), entry.data.get("told") or {})
    merged = filled(_item(told, root), item)
    comments = _comments(root, _api.text(told.get("id")), web) if merged.count else ()
    return _cut(_read.made(entry, merged, comments), told)


def _by_api(root: str, web: Web) -> Iterator[Entry]:
    def read(received: int) -> tuple[list[Record], int]:
        url = urls.query(f"{root}api/v1/archive", sort="new", search="", offset=received, limit=12)
        told = parse.json(web.get(url, fresh=True))
        return _api.needed(told, url), received + len(told)

    def make(told: Record) -> Entry | None:
        if told.get("type") == "restack" or not told.get("slug"):
            return None
        kept = {name: told.get(name) for name in ("audience", "wordcount")}
        return _api.fed(_item(told, root), told=kept)

    yield from _api.pages(read, make, 0)


def _item(told: Record, root: str) -> Item:
    count = (_api.number(told.get(name)) for name in ("comment_count", "child_comment_count"))
    return Item(
        urls.clean(_api.text(told.get("canonical_url")) or f"{root}p/{_api.text(told.get('slug'))}"),
        _api.text(told.get("title")),
        str(told.get("body_html") or ""),
        ", ".join(_api.texts(each.get("name") for each in _api.records(told, "publishedBylines"))),
        _api.when(told.get("post_date")),
        _api.when(told.get("updated_at")),
        count=next(count),
        tags=_api.texts(each.get("name") for each in _api.records(told, "postTags")),
        id=_api.text(told.get("id")),
        summary=_api.text(told.get("subtitle")),
        cover=_api.text(told.get("cover_image")),
    )


def _cut(post: Post, told: Record) -> Post:
    """The post, said to be a preview where it is one: paid, with fewer words than it is said to have."""
    words, said = len(post.text.split()), _api.number(told.get("wordcount")) or 0
    paid = told.get("audience") in _PAID
    return replace(post, partial="paywalled") if paid and (not words or words < said * _PREVIEW) else post


def _comments(root: str, number: str, web: Web) -> tuple[Comment, ...]:
    url = urls.query(f"{root}api/v1/post/{number}/comments", sort="oldest_first")
    told = _api.records(_api.tried(f"{url}&all_comments=true", web), "comments")
    return tuple(_api.threads(told, _comment, "children"))


def _comment(told: Record, parent: str) -> Comment | None:
    body, number = _api.text(told.get("body")), _api.text(told.get("id"))
    made = Comment(number, _api.text(told.get("name")), paragraphs(body), _api.when(told.get("date")), parent=parent)
    return made if body and not told.get("deleted") else None
