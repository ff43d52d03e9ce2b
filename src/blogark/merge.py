"""An export saved into an archive of its blog, and the other way round: one post of what both tell of it.

The blog itself stays what the archive is of; an export adds what the blog does not show, or no longer has.
"""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from . import urls
from .choose import Platform
from .errors import StoreError
from .links import site
from .model import Comment, Entry, Post
from .names import default_name
from .source import Source
from .store import Store

_SAMPLE = 100  # posts by which an export that does not say whose it is is known
_NAMELESS = "nameless"


class Side:
    """Where a source stands towards an archive: it is the blog, or an export of it."""

    def __init__(self, source: Source, store: Store) -> None:
        self._source, self._store = source, store
        self._held = store.settings
        self._titles: dict[tuple[str, date], str] | None = None  # ids of posts that only the other side has told of
        self._paired = {""}  # ids of posts that an entry was known to be
        self.url = source.home or source.page.at
        self._here = default_name(self.url) if self.url.startswith("http") else source.name

    def platform(self, wanted: str) -> str:
        """The platform to be read by: of an archive its own, but not where one side is an export; '' for any."""
        return wanted or self._source.export or ("" if self._held.get("export") else self._held.get("platform", ""))

    def settings(self, platform: Platform, name: str) -> dict[str, Any]:
        """What the archive is of from now on; StoreError when it is of another blog."""
        held = self._held.get("blog", "")
        if held and held not in (self._here, self._source.name) and not self._is_known(platform):
            raise StoreError(f"{self._store.root} holds another blog ({held}); choose another folder with -o")
        source = self._source.typed if self._is_moved() else self._held.get("source", self._source.typed)
        if self._source.export and held:
            return {"source": source, "blog": held, "platform": self._held.get("platform"), "merged": True}
        export = {"export": self._source.home or _NAMELESS} if self._source.export else {}
        if self._held.get("export") and not export:
            return {"source": self._source.typed, "blog": self._here, "platform": name, "export": ""}
        return {"source": source, "blog": held or self._here, "platform": name, **export}

    def _is_moved(self) -> bool:
        """Whether what the archive is of lay on the disk, and does no more where it did, while this source does."""
        paths = [Path(self._held.get("source", "")), Path(self._source.typed)]
        return all(path.is_absolute() for path in paths) and [path.exists() for path in paths] == [False, True]

    def _is_known(self, platform: Platform) -> bool:
        """Whether an export that does not say which blog it is of has a post that the other side has too."""
        told = self._source.home if self._source.export else self._held.get("export") != _NAMELESS
        if told:
            return False
        sample = islice(platform.entries(self._source.page, self._source.web), _SAMPLE)
        return any(self._store.id_at(entry.url) or self._twin(entry) for entry in sample)

    @property
    def mixed(self) -> bool:
        """Whether posts of the archive may come from two sides."""
        return bool(self._source.export) or "export" in self._held or "merged" in self._held

    def key(self, post_id: str) -> str:
        """What a listing of this side says of a post is remembered by this."""
        return f"{post_id} export" if self._source.export else post_id

    def known(self, entry: Entry) -> str:
        """The id of the post that this entry names: by permalink, number, else title and day; '' for a new one."""
        found = self._store.id_at(entry.url)
        if not found and self.mixed and not self._store.holds_post(entry.id):
            found = self._store.links.once_at(entry.url) or self._twin(entry)
        self._paired.add(found)
        return found

    def _twin(self, entry: Entry) -> str:
        day, title = _day(entry.published), _title(entry.title)
        if self._titles is None:
            self._titles = {}
            for post in self._store.posts():
                if (on := _day(post.published)) and self.key(post.id) not in self._store.journal.listed:
                    key = _title(post.title), on
                    self._titles[key] = "" if key in self._titles else post.id
        near = (day, day - timedelta(1), day + timedelta(1)) if day and title else ()
        found = {each: self._titles.get((title, each), "") for each in near}
        free = {each: twin for each, twin in found.items() if twin not in self._paired}
        return next((twin for each, twin in free.items() if each == day or not self._is_beside(twin, entry)), "")

    def _is_beside(self, twin: str, entry: Entry) -> bool:
        """Whether both are at one site: then the next day's post of the same title is the next of a series."""
        return site(urls.key(self._store.permalink(twin))) == site(urls.key(entry.url)) != ""

    def merged(self, post: Post) -> Post:
        """The post with what the other side told of it."""
        held = self._store.post(post.id) if self.mixed else None
        other = post.id if self._source.export else f"{post.id} export"
        return merged(held, post) if held and other in self._store.journal.listed else post


def _title(title: str) -> str:
    return " ".join(title.split()).casefold()


def _day(moment: date | datetime | None) -> date | None:
    return moment.astimezone(UTC).date() if isinstance(moment, datetime) else moment


def merged(held: Post, told: Post) -> Post:
    """One post of two: of every field what is richer, of equals what is held."""
    values = {f.name: getattr(held, f.name) or getattr(told, f.name) for f in fields(Post)}
    body = _whole(held, told)
    comments = tuple(_comments(held, told))
    url = next((each.url for each in (held, told) if each.url.startswith("http")), held.url)
    also = {urls.key(each): each for each in (*held.also, held.url, *told.also, told.url) if urls.is_web(each)}
    counts = [each.comment_count for each in (held, told) if each.comment_count is not None]
    return replace(
        Post(**values),
        url=url,
        also=tuple(each for key, each in also.items() if key != urls.key(url)),
        html=body.html,
        partial=body.partial,
        published=_precise(held.published, told.published),
        updated=max(filter(None, (held.updated, told.updated)), key=_instant, default=None),
        categories=max(held.categories, told.categories, key=len),
        tags=max(held.tags, told.tags, key=len),
        kind="page" if "page" in (held.kind, told.kind) else "post",
        draft=held.draft and told.draft,
        comments=comments,
        comment_count=max([*counts, len(comments)]) if counts or comments else None,
        found_in=tuple(dict.fromkeys(held.found_in + told.found_in)),
        extra={**told.extra, **held.extra},
        markdown="",
    )


def _whole(held: Post, told: Post) -> Post:
    """The one with the body: what is not cut, then what was updated later, then what has more words."""
    if bool(held.partial) != bool(told.partial):
        return told if held.partial else held
    if not (held.html and told.html):
        return held if held.html else told
    newer = _instant(told.updated) - _instant(held.updated) if held.updated and told.updated else 0.0
    if abs(newer) > 1:
        return told if newer > 0 else held
    return told if len(told.text) > len(held.text) else held


def _instant(moment: date | datetime | None) -> float:
    if isinstance(moment, datetime):
        return moment.timestamp()
    return datetime(moment.year, moment.month, moment.day, tzinfo=UTC).timestamp() if moment else 0.0


def _precise(held: date | datetime | None, told: date | datetime | None) -> date | datetime | None:
    """A moment before a day, of two moments the one at the blog's own offset."""
    return max((held, told), key=lambda each: (each is not None, isinstance(each, datetime), _is_local(each)))


def _is_local(moment: date | datetime | None) -> bool:
    return isinstance(moment, datetime) and bool(moment.utcoffset())


def _comments(held: Post, told: Post) -> Iterator[Comment]:
    """All that either has; one comment has the same number on both sides."""
    ours = {comment.id for comment in held.comments}
    more = [comment for comment in told.comments if comment.id not in ours]
    said = {(c.author, " ".join(c.html.split())) for c in held.comments}
    new = [c for c in more if (c.author, " ".join(c.html.split())) not in said]
    both = [*held.comments, *new]
    yield from sorted(both, key=lambda c: _instant(c.published)) if new and all(c.published for c in both) else both
