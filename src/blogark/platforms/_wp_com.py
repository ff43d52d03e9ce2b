"""WordPress.com's interface, v1.1, which its blogs have instead of their own, and others by way of Jetpack.

Fields and parameters are those of developer.wordpress.com/docs/api/1.1/get/sites/$site/posts/.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from .. import dates, parse
from ..errors import FetchError, ReadError
from ..model import Comment, Entry
from ..web import Web
from . import _wp
from ._item import Item
from ._wp import Record

API = "https://public-api.wordpress.com/rest/v1.1/sites/"
PAGE = 100  # posts or comments, the most


@dataclass
class Site:
    host: str
    web: Web
    lang: str = ""
    _heard: dict[int, list[Comment]] = field(default_factory=dict)  # by post
    _paths: dict[int, str] | None = None  # of categories by number

    def entries(self) -> Iterator[Entry]:
        """Every public post, newest first; FetchError or ReadError where the blog is not to be had here."""
        seen, handle, said = set[int](), "", self._comments()
        while True:
            answer = self._ask("posts/", number=PAGE, order_by="date", order="DESC", type="post", page_handle=handle)
            posts = [
                post for post in _wp.records(answer.get("posts")) if post.get("ID") not in seen and post.get("URL")
            ]
            if not posts:
                return
            seen |= {_wp.number(post.get("ID")) for post in posts}
            self._hear(posts, said)
            yield from (self._entry(post, answer.get("found")) for post in posts)
            handle = _wp.text(_wp.record(answer.get("meta")).get("next_page"))
            if not handle:
                return

    def _ask(self, what: str, **values: str | int) -> Record:
        asked = urlencode({name: value for name, value in values.items() if value != ""})
        page = self.web.get(f"{API}{self.host}/{what}?{asked}", fresh=True)
        answer = parse.json(page)
        if not isinstance(answer, dict) or "error" in answer:
            raise ReadError(page.url, "is no answer")
        return answer

    def _hear(self, posts: Sequence[Record], said: Iterator[Record]) -> None:
        """Listen to the blog's comments, newest first, until those posts have all that they count."""
        lacking = {_wp.number(post.get("ID")): _count(post) or 0 for post in posts}
        lacking = {post: n - len(self._heard.get(post, ())) for post, n in lacking.items()}
        while any(n > 0 for n in lacking.values()) and (told := next(said, None)):
            under = _wp.number(_wp.record(told.get("post")).get("ID"))
            self._heard.setdefault(under, []).append(_comment(told))
            lacking[under] = lacking.get(under, 0) - 1

    def _comments(self) -> Iterator[Record]:
        seen, page = set[int](), 1
        try:
            while True:
                answer = self._ask("comments/", number=PAGE, page=page, order="DESC", type="comment")
                new = [c for c in _wp.records(answer.get("comments")) if c.get("ID") and c["ID"] not in seen]
                if not new:
                    return
                seen |= {each["ID"] for each in new}
                yield from new
                page += 1
        except (FetchError, ReadError):
            return

    def _entry(self, post: Record, stated: Any) -> Entry:
        count, published = _count(post), dates.machine(_wp.text(post.get("date")))
        updated = dates.machine(_wp.text(post.get("modified")))
        comments = sorted(self._heard.pop(_wp.number(post.get("ID")), ()), key=lambda c: int(c.id))
        body = _wp.text(post.get("content"))
        item = Item(
            url=_wp.text(post["URL"]),
            title=_wp.plain(post.get("title")),
            html=body,
            author=_wp.plain(_wp.record(post.get("author")).get("name")),
            published=published,
            updated=updated if updated != published else None,
            count=count,
            categories=self._categories(_wp.record(post.get("categories"))),
            tags=_wp.distinct(map(_wp.plain, _wp.record(post.get("tags")))),
            id=str(post.get("ID")),
            summary=_wp.summary(_wp.text(post.get("excerpt")), body),
            cover=_wp.text(post.get("featured_image")),
            lang=self.lang,
        )
        told = tuple(comments) if count is not None and len(comments) >= count else None
        return _wp.entry(item, told, _wp.number(stated) or None, _wp.asks_password(body))

    def _categories(self, terms: Mapping[str, Any]) -> tuple[str, ...]:
        """Names are the keys; where one lies within another, the blog's whole tree is asked for once."""
        own = _wp.records(list(terms.values()))
        if self._paths is None and any(term.get("parent") for term in own):
            try:
                answer = self._ask("categories", number=1000)
                self._paths = _wp.paths(_wp.records(answer.get("categories")), "ID")
            except (FetchError, ReadError):
                self._paths = {}
        real = [term for term in own if not _wp.is_no_category(term)]
        known = self._paths or {}
        return _wp.distinct(known.get(_wp.number(term.get("ID"))) or _wp.plain(term.get("name")) for term in real)


def _count(post: Record) -> int | None:
    count = _wp.record(post.get("discussion")).get("comment_count")
    return count if isinstance(count, int) else None


def _comment(told: Record) -> Comment:
    author, parent = _wp.record(told.get("author")), _wp.record(told.get("parent"))
    return Comment(
        str(told["ID"]),
        _wp.plain(author.get("name")),
        _wp.text(told.get("content")),
        dates.machine(_wp.text(told.get("date"))),
        _wp.text(told.get("URL")) or _wp.text(author.get("URL")),
        str(_wp.number(parent.get("ID")) or ""),
    )
