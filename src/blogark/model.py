"""The nouns. All frozen, all picklable; none knows how it was made or what becomes of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import IntEnum
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Literal, TypeVar


class Claim(IntEnum):
    """How sure a platform is that a page is its own."""

    NO = 0
    GENERIC = 1  # could read it, as it could read most blogs
    OURS = 2  # carries this platform's signature
    EXPORT = 3  # is what this platform gives those who leave it


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Page:
    """One answered request, from wherever it was answered.

    Of an export file of more than 4 MiB the body is its beginning; `web.stream` has the rest. Of a folder or zip
    (web.DIRECTORY) it is the names of its files, a line each.
    """

    url: str  # as asked: absolute, without fragment
    body: bytes = b""  # payload, content-encoding undone
    headers: Mapping[str, str] = field(default_factory=dict)  # names in lower case
    status: int = 200  # HTTP status; 200 for files
    at: str = ""  # where the answer was found after redirects; url itself when left out
    fetched: datetime | None = None  # aware, UTC

    def __post_init__(self) -> None:
        if not self.at:
            object.__setattr__(self, "at", self.url)

    @property
    def kind(self) -> str:
        """The media type that the headers declare: lower case, no parameters, '' when undeclared."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Entry:
    """What a listing knows of a post: enough for filters, dedupe, `ls` and stopping."""

    id: str  # unique within the blog, the same in every run
    url: str  # permalink, absolute
    title: str = ""  # plain text
    published: date | datetime | None = None  # day, or aware instant: as precise as the listing is
    updated: date | datetime | None = None
    comment_count: int | None = None  # comments, as the listing states it
    data: Any = None  # whatever the platform needs to read the post; picklable
    stated: int | None = None  # posts in the whole blog, where the listing says so


@dataclass(frozen=True, slots=True)
class Comment:
    id: str  # unique within the post
    author: str  # plain text, '' when unknown
    html: str  # as published
    published: date | datetime | None = None
    url: str = ""  # its own address, or its author's where it has none; '' when unknown
    parent: str = ""  # id of the comment answered; '' for the post itself


@dataclass(frozen=True, slots=True)
class Post:
    """One post as its platform published it: the narrow waist of the whole program."""

    id: str  # unique within the blog, the same in every run
    url: str  # permalink, absolute
    slug: str = ""  # the permalink's own last word, undecoded words and all; '' when it has none
    title: str = ""  # plain text, may be empty
    html: str = ""  # body as published
    summary: str = ""  # plain text
    author: str = ""  # plain text, '' when unknown
    published: date | datetime | None = None  # day, or aware instant: as precise as known
    updated: date | datetime | None = None
    categories: tuple[str, ...] = ()  # paths, where the blog has both categories and tags
    tags: tuple[str, ...] = ()
    kind: Literal["post", "page"] = "post"
    draft: bool = False
    lang: str = ""  # BCP 47
    cover: str = ""  # absolute URL of the lead picture
    comment_count: int | None = None  # comments, as the blog states it
    comments: tuple[Comment, ...] = ()
    partial: str = ""  # why the body is known to be cut; '' when it is whole
    found_in: tuple[str, ...] = ()  # addresses of the listings that named it
    also: tuple[str, ...] = ()  # other addresses that lead to it, as its page and feed say
    extra: Mapping[str, str] = field(default_factory=dict, hash=False)  # goes to front matter as it is
    markdown: str = ""  # filled by posts() only, never stored

    @property
    def day(self) -> date | None:
        """The day of publication at the post's own offset; always comparable."""
        return self.published.date() if isinstance(self.published, datetime) else self.published

    @property
    def text(self) -> str:
        """The words of the body, without markup."""
        reader = _Words()
        reader.feed(MARKED.sub("", self.html))
        reader.close()
        return " ".join("".join(reader.words).split())

    def to_dict(self) -> dict[str, Any]:
        """Every field flat, as JSON would hold it: dates as ISO strings, comments as dicts."""
        return {name: plain(getattr(self, name)) for name in _names(Post)}


def plain(value: Any) -> Any:
    """`value` with dataclasses, dates, paths and tuples as what JSON can hold."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return value.as_posix()
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    if hasattr(value, "__dataclass_fields__"):
        noun: Any = type(value)
        return {name: plain(getattr(value, name)) for name in _names(noun)}
    return value


@cache
def _names(noun: type[Any]) -> tuple[str, ...]:
    return tuple(f.name for f in fields(noun))


Noun = TypeVar("Noun")
_MOMENTS = frozenset({"published", "updated", "captured"})


def revive(noun: type[Noun], values: Mapping[str, Any]) -> Noun:
    """The noun that `plain` made these values of."""
    return noun(**{name: _revive(name, value) for name, value in values.items()})


def _revive(name: str, value: Any) -> Any:
    if name in _MOMENTS and value:
        return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if name == "comments":
        return tuple(revive(Comment, comment) for comment in value)
    return tuple(value) if isinstance(value, list) else value


MARKED = re.compile(r"<!\[[^>]*>?")  # Word's conditions, CDATA: comments to HTML, errors to HTMLParser


class _Words(HTMLParser):
    """The text of an HTML fragment, block ends as spaces, scripts and styles left out."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"script", "style"}
        if tag not in _INLINE:
            self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style"} and self._silent > 0
        if tag not in _INLINE:
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


_INLINE = frozenset("a abbr b cite code em font i mark q s small span strong sub sup u".split())


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or attachment that was saved."""

    url: str  # as the post names it, absolute
    from_: str  # the address that really answered: the same, an original, a capture
    path: str  # posix, relative to the archive folder
    sha256: str  # hex, of the bytes at path
    size: int  # bytes
    kind: str  # media type, as sniffed
    captured: datetime | None = None  # aware; when a capture answered


@dataclass(frozen=True, slots=True)
class Blog:
    url: str
    title: str
    platform: str  # name of the module under blogark.platforms
    stated: int | None = None  # posts, as the blog itself says


Wayback = Literal["auto", "always", "never"]
CommentMode = Literal["inline", "sidecar", "none"]
Raw = Literal["pages", "all", "none"]


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may choose. Defaults are what a polite stranger would do."""

    layout: str = "plain"
    redirects: bool = False  # write maps from old addresses to new ones
    since: date | None = None  # inclusive, at the post's own offset
    until: date | None = None  # inclusive
    tags: tuple[str, ...] = ()  # posts with any of them; () means all
    authors: tuple[str, ...] = ()
    limit: int = 0  # newest posts to save; 0 means all
    comments: CommentMode | None = None  # None: what the archive remembers, else inline
    media: bool = True
    wayback: Wayback = "auto"
    raw: Raw = "pages"  # which answers to keep as they came; all: pictures too
    delay: float | None = None  # seconds between page requests to one host; None: 0.5, on loopback 0
    robots: bool = True
    cookies: str = ""
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # may hold secrets
    offline: bool = False
    refresh: bool = False
    private: bool = False
    accept: bool = False
    platform: str = ""  # force this platform; '' lets the page decide

    @property
    def chooses(self) -> bool:
        """Whether they ask for some of the posts only."""
        return bool(self.since or self.until or self.tags or self.authors or self.limit)


@dataclass(frozen=True, slots=True)
class Job:
    """One archive to make; `into` is left to the default folder when None."""

    source: str
    into: Path | None = None
    options: Options = Options()


@dataclass(frozen=True, slots=True)
class Report:
    """The account of one run, honest to the post."""

    blog: Blog
    stated: int | None  # posts, as the blog says
    found: int  # posts listed and chosen by the filters
    written: int  # files
    unchanged: int  # files
    kept: int  # files left alone because a person edited them
    gone: int  # posts known before that the blog no longer has
    media: int  # pictures and attachments the posts refer to and the archive holds
    rescued: int  # of these, from captures
    lost: tuple[str, ...]  # pictures and comments lost in this run, each with why
    failures: tuple[str, ...]  # posts lost, each with why
    seconds: float
    code: int = 0  # exit status
    folder: Path = Path()  # the archive
    index: str = "INDEX.md"  # of all posts, relative to the folder
    withheld: tuple[str, ...] = ()  # posts seen and not saved, as they are not public, each with why
