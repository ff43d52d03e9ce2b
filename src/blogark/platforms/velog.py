"""Velog: by its GraphQL, fifty posts a request, which it also answers where a GET asks; else by its feed.

What it keeps is Markdown, in which a new line is one. Dates are told in UTC, and shown as in Seoul.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from .. import urls
from ..errors import FetchError, ReadError
from ..model import Claim, Comment, Entry, Page, Post
from ..web import Web
from . import _api, _markdown, _read
from ._api import Record
from ._item import Item

HOME, API, OLD = "https://velog.io/", "https://v3.velog.io/graphql", "https://v2.velog.io/graphql"
_USER = re.compile(r"/@([\w.-]+)")
_LIST = """query velogPosts($input: GetPostsInput!) { posts(input: $input) { id title short_description thumbnail
url_slug released_at updated_at tags is_private comments_count user { username profile { display_name } } } }"""
_ONE = """query readPost($input: ReadPostInput!) { post(input: $input) { id title body is_markdown released_at
updated_at tags comments_count user { username profile { display_name } } } }"""
_SAID = "id text created_at deleted user { username profile { display_name } }"
_COMMENTS = f"""query comments($id: ID!) {{ post(id: $id) {{ comments_count comments {{ {_SAID}
replies {{ {_SAID} replies {{ {_SAID} }} }} }} }} }}"""


def claims(page: Page) -> Claim:
    return Claim.OURS if urls.host(page.at) in {"velog.io", "v2.velog.io"} else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    user = _USER.search(urls.path(page.at))
    if not user:
        raise ReadError(page.at, "names no one's blog; write it as https://velog.io/@NAME")
    name = user[1]
    feeds = [f"https://v2.velog.io/rss/@{name}", f"https://v2.velog.io/rss/{name}"]
    yield from _api.listed(page, web, _by_api(name, web), feeds, is_post=re.compile("^/@"))


def post(entry: Entry, web: Web) -> Post:
    item: Item = entry.data["item"]
    user, slug = entry.data.get("user"), entry.data.get("slug")
    if not slug:
        return _read.made(entry, item) if item.html else _read.post(entry, web)  # a feed of whole posts
    told = _api.at(_asked(API, _ONE, {"input": {"username": user, "url_slug": slug}}, web), "post")
    body = str(_api.at(told, "body") or "")
    if not isinstance(told, dict) or not body:
        return _read.post(entry, web)
    html = body if told.get("is_markdown") is False else _markdown.shown(body, breaks=True)
    count = _api.number(told.get("comments_count"))
    item = replace(item, html=html, count=item.count if count is None else count)
    return _read.made(entry, item, _comments(entry.id, web) if item.count else ())


def _asked(api: str, query: str, variables: Record, web: Web, fresh: bool = False) -> Any:
    """What GraphQL answers to a GET; ReadError where it answers with errors alone."""
    url = f"{api}?query={quote(' '.join(query.split()))}&variables={quote(json.dumps(variables, ensure_ascii=False))}"
    data = _api.ask(url, web, HOME, fresh)
    if not isinstance(data.get("data"), dict):
        raise ReadError(url, f"answers {_api.text(_api.at(data, 'errors', 0, 'message')) or 'nothing'}")
    return data["data"]


def _by_api(name: str, web: Web) -> Iterator[Entry]:
    def read(cursor: str) -> tuple[list[Record], str]:
        asked = {"username": name, "limit": 50, "cursor": cursor or None, "tag": ""}
        told = _api.needed(_asked(API, _LIST, {"input": asked}, web, fresh=True), API, "posts")
        return told, _api.text(told[-1].get("id")) if told else ""

    def make(told: Record) -> Entry:
        slug, user = _api.text(told.get("url_slug")), _api.at(told, "user")
        item = Item(
            f"{HOME}@{name}/{quote(slug)}",
            _api.text(told.get("title")),
            author=_api.text(_api.at(user, "profile", "display_name") or _api.at(user, "username")) or name,
            published=_local(told.get("released_at")),
            updated=_local(told.get("updated_at")),
            count=_api.number(told.get("comments_count")),
            tags=_api.texts(_api.at(told, "tags") or ()),
            id=_api.text(told.get("id")),
            cover=_api.text(told.get("thumbnail")),
        )
        return _api.fed(item, user=name, slug=slug)

    yield from _api.pages(read, make, "")


def _local(told: Any) -> date | datetime | None:
    moment = _api.when(told)
    return moment.astimezone(_api.SEOUL) if isinstance(moment, datetime) else moment


def _comments(number: str, web: Web) -> tuple[Comment, ...]:
    try:
        told = _asked(OLD, _COMMENTS, {"id": number}, web)
    except (FetchError, ReadError):
        return ()
    return tuple(_api.threads(_api.records(told, "post", "comments"), _comment, "replies"))


def _comment(told: Record, parent: str) -> Comment | None:
    said, user = _api.text(told.get("text")), _api.at(told, "user")
    name = _api.text(_api.at(user, "profile", "display_name") or _api.at(user, "username"))
    made = Comment(
        _api.text(told.get("id")), name, _markdown.shown(said, True), _local(told.get("created_at")), "", parent
    )
    return made if said and not told.get("deleted") else None
