"""WordPress's own REST interface, wp/v2: posts, their terms and comments by the hundred.

Parameters, page sizes and fields are those of developer.wordpress.org/rest-api/reference.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import chain, islice, repeat
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from .. import dates, parse
from ..errors import FetchError, ReadError
from ..model import Comment, Entry, Page
from ..web import Web
from . import _page, _wp
from ._item import Item
from ._wp import Record

_SIZES = (100, 20, 10)  # of a page; a hundred is the most, and too much for some servers
_PARTS = "author,wp:term,wp:featuredmedia"
_BATCHES = (1, 2, 4)  # pages of posts whose comments are asked for together; later ones by five: addresses stay short


@dataclass
class Site:
    """One blog's interface, and what a run has learned from it."""

    root: str  # address that "wp/v2/posts" is appended to
    web: Web
    lang: str = ""
    total: int | None = None  # posts, as the blog says
    _mute: bool = False  # it does not tell comments
    _whole: bool = False  # it told all of the blog's at once
    _heard: dict[int, list[Comment]] = field(default_factory=dict)  # by post
    _names: dict[str, dict[int, str]] = field(default_factory=dict)  # of users and tags by number; paths of categories
    _clock: Record | None = None  # what it says of the blog's time zone

    def entries(self) -> Iterator[Entry]:
        """Every public post, newest first; FetchError or ReadError where the interface is closed or broken."""
        posts = self._posts()
        for size in chain(_BATCHES, repeat(5)):
            pages = list(islice(posts, size))
            if not pages:
                return
            batch = list(chain.from_iterable(pages))
            heard = self._comments([post["id"] for post in batch if not _is_closed(post)])
            for post in batch:
                told = None if heard is None or _is_closed(post) else tuple(heard.get(post["id"], ()))
                yield self._entry(post, told)

    def since(self, moment: datetime) -> Iterator[Entry]:
        """Posts that were changed, or commented on, since a moment; none where the interface tells no comments."""
        stamp = f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        changed = {post["id"]: post for post in self._latest("posts", "modified", moment, modified_after=stamp)}
        under = {_wp.number(said.get("post")) for said in self._latest("comments", "date", moment, after=stamp)}
        if lacking := sorted(under - {0, *changed}):
            these = ",".join(map(str, lacking[: _SIZES[0]]))
            found = _wp.listed(self._ask("wp/v2/posts", _embed=_PARTS, per_page=_SIZES[0], include=these))
            changed |= {post["id"]: post for post in found if post["id"] in under}
        posts = [post for post in changed.values() if post.get("type", "post") == "post" and post.get("link")]
        heard = self._comments([post["id"] for post in posts if not _is_closed(post)])
        for post in posts if heard is not None else ():
            yield self._entry(post, None if _is_closed(post) else tuple((heard or {}).get(post["id"], ())))

    def _latest(self, what: str, stamp: str, moment: datetime, **asked: str) -> Iterator[Record]:
        """The records with a stamp since a moment, the latest first; an interface that heeds no moment tells others."""
        more = {"_embed": _PARTS} if what == "posts" else {}
        for _, found in self._pages(what, orderby=stamp, order="desc", **asked, **more):
            for each in found:
                at = self._moment(each, stamp)
                if not isinstance(at, datetime) or at < moment:
                    return
                yield each
            if len(found) < _SIZES[0]:
                return

    # what is asked

    def _ask(self, what: str, **values: str | int) -> Page:
        joint = "&" if "?" in self.root else "?"
        return self.web.get(f"{self.root}{what}{joint}{urlencode(values, safe=':,')}", fresh=True)

    def _posts(self) -> Iterator[list[Record]]:
        """Pages of posts; where equal times brought some twice and others not at all, once more by number."""
        seen, came = set[int](), 0
        for order in ({"orderby": "date", "order": "desc"}, {"orderby": "id", "order": "asc"}):
            for page, posts in self._pages("posts", _embed=_PARTS, **order):
                self.total = dates.number(page.headers.get("x-wp-total", "")) if self.total is None else self.total
                yield [p for p in posts if p["id"] not in seen and p.get("type", "post") == "post" and p.get("link")]
                came += len(posts)
                seen |= {post["id"] for post in posts}
            if len(seen) >= (self.total or 0) or came == len(seen):
                return

    def _pages(self, what: str, **asked: str | int) -> Iterator[tuple[Page, list[Record]]]:
        """Page after page until one is empty, brings nothing new, or is refused as beyond the last."""
        seen, received, count, sizes = set[int](), 0, 1, list(_SIZES)
        while True:
            try:
                page = self._ask(f"wp/v2/{what}", per_page=sizes[0], page=count, **asked)
            except FetchError as error:
                if count > 1 and error.status in {400, 404}:
                    return
                if len(sizes) == 1 or (error.status != 400 and error.status < 500):
                    raise
                del sizes[0]
                count = received // sizes[0] + 1
                continue
            found = _wp.listed(page)
            if not {each["id"] for each in found} - seen:
                return
            seen |= {each["id"] for each in found}
            received += len(found)
            yield page, found
            if what != "posts" and len(found) < sizes[0] and count >= _wp.number(page.headers.get("x-wp-totalpages")):
                return
            count += 1

    def _comments(self, posts: Sequence[int]) -> Mapping[int, Sequence[Comment]] | None:
        """What was said under these posts, oldest first; None where the interface does not tell."""
        if posts and not self._whole and not self._mute:
            try:
                for _, found in self._pages("comments", order="asc", post=",".join(map(str, posts))):
                    self._whole |= any(each.get("post") not in posts for each in found)  # it heeds no choice
                    for said in found:
                        self._hear(said)
            except (FetchError, ReadError):
                self._mute = True
        return None if self._mute else self._heard

    def _hear(self, said: Record) -> None:
        if _wp.text(said.get("type", "comment")) in {"comment", ""}:
            told = _wp.comment(said, self._moment(said, "date"), _rendered(said, "content"))
            self._heard.setdefault(_wp.number(said.get("post")), []).append(told)

    # what is told

    def _entry(self, post: Record, comments: Sequence[Comment] | None) -> Entry:
        terms, media = list(_embedded(post, "wp:term")), next(_embedded(post, "wp:featuredmedia"), {})
        published, updated = self._moment(post, "date"), self._moment(post, "modified")
        item = Item(
            url=_wp.text(post["link"]),
            title=_wp.plain(_rendered(post, "title")),
            html=_rendered(post, "content"),
            author=self._author(post, terms),
            published=published,
            updated=updated if updated != published else None,
            count=None if comments is None else len(comments),
            categories=self._categories(post, terms),
            tags=self._tags(post, terms),
            id=str(post["id"]),
            summary=_wp.summary(_rendered(post, "excerpt"), _rendered(post, "content")),
            cover=_wp.text(media.get("source_url")) or _wp.text(post.get("jetpack_featured_media_url")),
            lang=self.lang,
        )
        return _wp.entry(item, comments, self.total, _is_closed(post))

    def _author(self, post: Record, terms: Sequence[Record]) -> str:
        """The byline: of several authors all; where the interface hides its users, the page's."""
        for names in (
            [term.get("name") for term in terms if term.get("taxonomy") == "author"],
            [each.get("display_name") for each in _wp.records(post.get("authors"))],
            [each.get("name") for each in _embedded(post, "author")],
            [_wp.record(post.get("yoast_head_json")).get("author")],
        ):
            if told := _wp.distinct(map(_wp.plain, names)):
                return ", ".join(told)
        known, one = self._names.setdefault("signed", {}), _wp.number(post.get("author"))
        if one not in known:
            known[one] = self._named("users", [one])[0] or self._signed(post["link"])
        return known[one]

    def _signed(self, url: str) -> str:
        try:
            return _page.post(self.web.get(url)).author
        except (FetchError, ReadError):
            return ""

    def _categories(self, post: Record, terms: Sequence[Record]) -> tuple[str, ...]:
        own = {term["id"]: term for term in terms if term.get("taxonomy") == "category" and "id" in term}
        real = [n for n in map(_wp.number, post.get("categories") or own) if not _wp.is_no_category(own.get(n, {}))]
        paths = self._paths() if real else {}
        return _wp.distinct(paths.get(n, _wp.plain(own.get(n, {}).get("name"))) for n in real)

    def _paths(self) -> dict[int, str]:
        if "categories" not in self._names:
            self._names["categories"] = _wp.paths(self._all("categories"))
        return self._names["categories"]

    def _tags(self, post: Record, terms: Sequence[Record]) -> tuple[str, ...]:
        told = [_wp.plain(term.get("name")) for term in terms if term.get("taxonomy") == "post_tag"]
        numbers = [] if terms else [*map(_wp.number, post.get("tags") or ())]
        return _wp.distinct(iter(told or self._named("tags", numbers)))

    def _named(self, what: str, numbers: Sequence[int]) -> list[str]:
        """The names of users or tags that an answer came without."""
        known = self._names.setdefault(what, {})
        if missing := [n for n in numbers if n and n not in known]:
            found = self._all(what, include=",".join(map(str, missing)))
            known |= dict.fromkeys(missing, "") | {each["id"]: _wp.plain(each.get("name")) for each in found}
        return [known.get(n, "") for n in numbers]

    def _all(self, what: str, **asked: str | int) -> list[Record]:
        try:
            return [each for _, found in self._pages(what, **asked) for each in found]
        except (FetchError, ReadError):
            return []

    # when it was

    def _moment(self, told: Record, name: str) -> date | datetime | None:
        """A time at the blog's own offset, which may change twice a year: the wall clock's from UTC's."""
        wall, universal = _wp.naive(told.get(name)), _wp.naive(told.get(f"{name}_gmt"))
        offset = _wp.between(wall, universal)
        if wall and not offset:  # importers leave one of the two as the other
            offset = self._offset(wall, offset)
        return _wp.at(wall, universal, offset)

    def _offset(self, wall: datetime, told: timedelta | None) -> timedelta | None:
        """What the blog's own time zone is from UTC at a moment; what was `told` where it says nothing."""
        if self._clock is None:
            try:
                self._clock = _wp.record(parse.json(self._ask("", _fields="gmt_offset,timezone_string")))
            except (FetchError, ReadError):
                self._clock = {}
        try:
            return wall.replace(tzinfo=ZoneInfo(_wp.text(self._clock.get("timezone_string")))).utcoffset()
        except (ValueError, OSError, LookupError):  # none is said, or this machine does not know it
            hours = self._clock.get("gmt_offset")
        try:
            return told if hours is None else timedelta(hours=float(hours))
        except (ValueError, TypeError):
            return told


def _is_closed(post: Record) -> bool:
    return bool(_wp.record(post.get("content")).get("protected"))


def _rendered(told: Record, name: str) -> str:
    value = told.get(name)
    return _wp.text(value.get("rendered") if isinstance(value, dict) else value)


def _embedded(post: Record, name: str) -> Iterator[Record]:
    """What came along with a post; terms come as a list for each taxonomy, what is refused as an error."""
    found: Any = _wp.record(post.get("_embedded")).get(name)
    for each in found if isinstance(found, list) else ():
        yield from (r for r in (_wp.records(each) or [_wp.record(each)]) if "id" in r)
