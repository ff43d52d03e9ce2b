"""Hashnode: by sitemap and feed, each post by the data in its own page.

Its GraphQL answers only for who pays since 2026. Responses are counted, not saved.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from .. import parse, urls
from ..errors import ReadError
from ..model import Claim, Entry, Page, Post
from ..web import Web
from . import _api, _markdown, _read
from ._item import Item

_SIGNS = re.compile(rb"cdn\.hashnode\.com")
_PUBLICATION = re.compile(rb'"publication":\{')
_OTHERS = "archive|newsletter|members|badges?|recommendations|search|preview|graphql|p"
_POST = re.compile(rf"^/(?!(?:{_OTHERS})/?$)[^/.]+/?$")


def claims(page: Page) -> Claim:
    own = urls.host(page.at).endswith(".hashnode.dev")
    return Claim.OURS if own or (_SIGNS.search(page.body) and _PUBLICATION.search(page.body)) else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    root = urls.root(page.at)
    yield from _api.first(
        lambda: _api.named([f"{root}rss.xml"], [f"{root}sitemap.xml"], web, _POST),
        lambda: _api.surveyed(page, web),
    )


def post(entry: Entry, web: Web) -> Post:
    props = _props(web.get(entry.url))
    told = _api.at(props, "post") or _api.at(props, "page") or _api.at(props, "staticPage")
    html = str(_api.at(told, "content", "html") or "")
    html = html or _markdown.shown(str(_api.at(told, "content", "markdown") or _api.at(told, "contentMarkdown") or ""))
    if not html:
        return _read.post(entry, web)
    item = Item(
        entry.url,
        _api.text(told.get("title")),
        html,
        _api.text(_api.at(told, "author", "name")),
        _api.when(told.get("publishedAt") or told.get("dateAdded")),
        _api.when(told.get("updatedAt")),
        count=_api.number(told.get("responseCount")),
        tags=_api.texts(tag.get("name") for tag in _api.records(told, "tags")),
        cover=_api.text(_api.at(told, "coverImage", "url")),
    )
    return replace(_read.made(entry, item), kind="post" if _api.at(props, "post") else "page")


def _props(page: Page) -> Any:
    script = next((e for e in parse.tree(page).iter("script") if e.get("id") == "__NEXT_DATA__"), None)
    try:
        data = parse.json(replace(page, body=(script.text or "").encode(), headers={})) if script is not None else None
    except ReadError:
        return None
    return _api.at(data, "props", "pageProps")
