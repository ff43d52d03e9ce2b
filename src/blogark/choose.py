"""Which platform reads a page, and which layout writes it: both found by being there."""

import pkgutil
from collections.abc import Container, Iterator, Mapping
from contextlib import suppress
from functools import cache
from heapq import nsmallest
from importlib import import_module
from typing import Any, Protocol, cast

from . import known, layouts, platforms
from .errors import FetchError, SourceError
from .model import Claim, CommentMode, Entry, Page, Post
from .web import Web

_LOOKED = 200  # files of a folder or zip that are looked into for an export
_EXPORTS = (".xml", ".atom", ".json", ".csv")
_PAGES = (".html", ".htm", ".md", ".jpg", ".jpeg", ".png", ".gif", ".webp", ".css", ".js", ".svg", ".mp4", ".mp3")


class Platform(Protocol):
    """A module under `platforms/`, or under the entry-point group "blogark.platforms".

    It may also have `news(page, web, since) -> Iterator[Entry]`, what was changed since a moment, as far as it knows;
    `learned(page)` and `teach(page, told)`, what it learned of a blog's markup as JSON holds it; `explain(entry, web)`.
    """

    def claims(self, page: Page) -> Claim:
        """Whether `page`, the one a person pointed at, is this platform's."""
        ...

    def entries(self, page: Page, web: Web) -> Iterator[Entry]:
        """Everything that is a post, newest first where it can be, by the fewest requests."""
        ...

    def post(self, entry: Entry, web: Web) -> Post:
        """One of those, read. An error here costs one post, not the blog."""
        ...


class Layout(Protocol):
    """A module under `layouts/`: how a file looks and where it lies. Paths are posix, relative to the folder."""

    MARKS: tuple[str, str]  # around the front matter: --- for YAML, +++ for TOML, '' for lines `Name: value`
    COMMENTS: CommentMode  # where comments go unless a person says otherwise
    INDEX: str  # where the index that a person reads lies
    REDIRECTS: tuple[str, str] | None  # path and first lines of the file _redirects; None where there is no site
    HTML: str  # the setting without which the generator drops HTML in Markdown; '' where it needs none

    MORE: str  # what stands where a list of posts cuts one; '' where the generator has no sign

    def path(self, post: Post) -> str:
        """Where a post should lie."""
        ...

    def front(self, post: Post, path: str) -> Mapping[str, Any]:
        """The front matter of the post that lies at `path`; unknown values are left out when written."""
        ...

    def media(self, name: str) -> str:
        """Where a picture lies."""
        ...

    def comments(self, path: str) -> str:
        """Where the comments of the post at `path` lie, when they have a file of their own."""
        ...

    def link(self, from_: str, to: str, url: str = "") -> str:
        """What the file `from_` writes to lead to `to`; `url` is the permalink of the post there, '' for a picture."""
        ...

    def body(self, markdown: str) -> str:
        """The Markdown as this generator takes it."""
        ...


class _Modules(Mapping[str, Platform]):
    """Modules by name, each loaded when it is asked for."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self._places = dict(sorted(places.items()))

    def __getitem__(self, name: str) -> Platform:
        return cast(Platform, import_module(self._places[name]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


@cache
def all_platforms() -> Mapping[str, Platform]:
    """Every platform by name."""
    from importlib.metadata import entry_points  # costs a fifth of `import blogark`

    found = {name: f"{platforms.__name__}.{name}" for name in _modules(platforms.__path__)}
    return _Modules(found | {point.name: point.value for point in entry_points(group="blogark.platforms")})


def platform(page: Page, name: str = "") -> tuple[str, Platform]:
    """The platform named, or the one that claims the page most surely; SourceError for none or two."""
    there = all_platforms()
    if name:
        if name not in there:
            raise SourceError(f"no platform is called {name!r}; there are {', '.join(there)}")
        return name, there[name]
    claims = {key: each.claims(page) for key, each in there.items()}
    best = max(claims.values())
    tied = [key for key, claim in claims.items() if claim == best]
    if best == Claim.NO:
        raise SourceError(f"{page.at}: nothing reads this ({page.kind or 'no type said'}, {len(page.body):,} bytes)")
    if len(tied) > 1:
        raise SourceError(f"{page.at}: {' and '.join(tied)} both claim this; choose with --platform")
    return tied[0], there[tied[0]]


def export(web: Web, start: str, names: bool) -> tuple[Page, str] | None:
    """The first of a web's files that is an export, and whose; None where none is, SourceError where one may be.

    `start` is where the names of all files are; `names`: only they are asked, no file is looked into.
    """
    fault: FetchError | None = None
    for url in [start, *(_likely(web) if not names else ())]:
        try:
            page = web.get(url)
        except FetchError as error:
            fault = error if error.status != 404 else fault
            continue
        claims = _claiming(page)
        if len(claims) > 1:
            raise SourceError(f"{page.at}: {' and '.join(sorted(claims))} both claim this; choose with --platform")
        if claims:
            return page, claims.pop()
    if fault:
        raise SourceError(str(fault))
    return None


def unread(web: Web, read: Container[str], table: bool) -> Iterator[str]:
    """Those of a web's files that are exports, and not among those `read`; `table`: also what may be any table."""
    for url in _likely(web):
        with suppress(FetchError):
            if url not in read and _claiming(web.get(url)) - (set() if table else {"posts_csv"}):
                yield url


def _likely(web: Web) -> list[str]:
    """The files that are looked into: by their endings, the uppermost first."""
    files = (url for url in web.urls() if not url.lower().endswith(_PAGES))
    return nsmallest(_LOOKED, files, key=lambda url: (not url.lower().endswith(_EXPORTS), url.count("/")))


def _claiming(page: Page) -> set[str]:
    there = all_platforms()
    asked = known.of_files() & there.keys() | there.keys() - known.all_modules()  # of others' modules nothing is known
    return {name for name in asked if there[name].claims(page) is Claim.EXPORT}


def layout(name: str) -> Layout:
    """The layout of that name; SourceError that lists what there is."""
    known = list(_modules(layouts.__path__))
    if name not in known:
        raise SourceError(f"no layout is called {name!r} yet; there is {', '.join(known)}")
    return cast(Layout, import_module(f"{layouts.__name__}.{name}"))


def _modules(path: Any) -> Iterator[str]:
    return (name for _, name, _ in pkgutil.iter_modules(path) if not name.startswith("_"))
