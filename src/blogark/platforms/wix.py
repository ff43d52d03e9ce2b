"""Wix: by the sitemap of its blog, which its index does not name, and its feed; posts by their own pages.

Comments are drawn by script only, and are not saved.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from .. import parse, urls
from ..model import Claim, Entry, Page, Post
from ..parse import Element
from ..web import Web
from . import _api, _read

_SIGNS = re.compile(rb"""<meta[^>]+content=["']Wix\.com Website Builder""", re.I)
_POST = re.compile(r"/(?:single-)?post/[^/]+/?$")


def claims(page: Page) -> Claim:
    own = _SIGNS.search(page.body) or urls.host(page.at).endswith(".wixsite.com") or "x-wix-request-id" in page.headers
    return Claim.OURS if own else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    root, first = urls.root(page.at), urls.path(page.at).strip("/").partition("/")[0]
    home = f"{root}{first}/" if urls.host(page.at).endswith(".wixsite.com") and first else root
    maps = [f"{home}blog-posts-sitemap.xml", f"{home}sitemap.xml"]
    yield from _api.first(
        lambda: _api.named([f"{home}blog-feed.xml"], maps, web, _POST), lambda: _api.surveyed(page, web)
    )


def post(entry: Entry, web: Web) -> Post:
    read, tree = _read.post(entry, web), parse.tree(web.get(entry.url))
    body, title = _hook(tree, "post-description"), _hook(tree, "post-title")
    return replace(
        read,
        html=_api.without(body) if body is not None else read.html,
        title=parse.words(title) if title is not None else read.title,
    )


def _hook(tree: Element, name: str) -> Element | None:
    return next((e for e in tree.iter() if e.get("data-hook") == name), None)
