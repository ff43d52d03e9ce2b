"""What all export files have in common: a post is made as it is listed, and goes with its entry."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from .. import names, torn
from ..errors import FetchError, ReadError
from ..model import Entry, Page, Post
from ..web import Web
from ._fragments import Where

_NEVER = (".html", ".htm", ".md", ".jpg", ".jpeg", ".png", ".gif", ".webp", ".css", ".js", ".svg", ".mp4", ".mp3")
_AHEAD, _LETTERS = 64, 1 << 19  # posts made before the first of them is asked for, and letters of them
_OF_POST = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Told:
    """A post as its entry has it; what is shown of it, and so compared from run to run, is a digest."""

    post: Post = field(repr=False)
    said: str  # hex


def _digest(post: Post) -> str:
    said = (post.html, post.summary, post.author, post.cover, post.partial, post.kind, str(post.draft))
    more = (str(post.extra), *post.categories, *post.tags, *(text for c in post.comments for text in (c.id, c.html)))
    return hashlib.sha256("\x1f".join((*said, *more)).encode("utf-8", "replace")).hexdigest()[:16]


def entry(post: Post, fault: str = "", place: Where | None = None) -> Entry:
    """A post that is read; `fault` says how its XML is torn, `place` where the file has it."""
    if place and not place.whole:
        post = replace(post, partial=f"the export ends in it, on line {place.line:,} and behind")
    elif place and fault:
        post = replace(post, partial=f"mended: the export is torn at line {place.line:,} ({fault})")
    told = Told(post, _digest(post))
    return Entry(post.id, post.url, post.title, post.published, post.updated, post.comment_count, told)


def ahead(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The same, made some at a time: what makes them stays at hand in the processor."""
    made: list[Entry] = []
    try:
        for each in entries:
            made.append(each)
            if len(made) == _AHEAD or sum(len(one.data.post.html) for one in made) > _LETTERS:
                yield from made
                made = []
    except ReadError:
        yield from made
        raise
    yield from made


def post(entry: Entry, web: Web) -> Post:
    told: Post = entry.data.post
    return replace(told, id=entry.id) if entry.id != told.id else told


def nothing(page: Page, name: str) -> str:
    """Why an export has no post, with where it is broken if it is."""
    fault = torn.fault(page)
    return f"no post or page is in this export: it has no <{name}>{f'; {fault}' if fault else ''}"


def address(page: Page, name: str) -> str:
    """What stands for the permalink of a post that has none: a place in its export, the same in every run."""
    return f"{page.url.rstrip('/')}/{_OF_POST.sub('-', name)}"


def slug(url: str) -> str:
    """The permalink's own last word; '' where a number says which post it is."""
    return names.own_slug(url) if url.startswith("http") and "?" not in url else ""


def files(
    page: Page, web: Web, claims: Callable[[Page], bool], blog: re.Pattern[bytes] | None = None
) -> Iterator[Page]:
    """The export's files of one kind, by what is in them: a blog may come in several.

    `blog` finds which one a file is of: ReadError, behind those of the first, that names the files of others.
    """
    yield page
    others: list[str] = []
    for other in sound((url for url in web.urls() if url != page.url and not url.lower().endswith(_NEVER)), web):
        if claims(other) and (blog is None or _named(blog, other) == _named(blog, page)):
            yield other
        elif claims(other):
            others.append(other.url)
    if others:
        raise ReadError(page.url, f"other blogs lie beside it, each to be read alone: {', '.join(others)}")


def sound(urls: Iterable[str], web: Web) -> Iterator[Page]:
    """The files that can be read; behind them the FetchError of the first that cannot, which names all others."""
    lost: list[FetchError] = []
    yield from whole(urls, web, lost)
    tell(lost)


def tell(lost: list[FetchError]) -> None:
    """Raises the first, which then names all others."""
    if lost:
        more = f"; so are {', '.join(error.url for error in lost[1:])}" if lost[1:] else ""
        raise FetchError(lost[0].url, lost[0].why + more)


def whole(urls: Iterable[str], web: Web, lost: list[FetchError]) -> Iterator[Page]:
    """The files that can be read; why others cannot goes into `lost`."""
    for url in urls:
        try:
            page = web.get(url)
        except FetchError as error:
            lost.append(error)
        else:
            yield page


def _named(blog: re.Pattern[bytes], page: Page) -> bytes:
    found = blog.search(page.body)
    return found[1] if found else b""


def sortable(moment: date | datetime | None) -> str:
    return moment.isoformat() if moment else ""
