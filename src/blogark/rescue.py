"""Pictures and attachments: each asked for where its original may be, kept once by its bytes, else looked up where
the web is archived. Threads move bytes; what they bring is judged, told and kept on the caller's thread, in order.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import Path

from . import images, lookup, names, originals
from .choose import Layout
from .errors import FetchError, ReadError
from .events import Listener, Lost, Rescued, Saved
from .hands import Hands
from .images import Wanted
from .model import Media, Page, Post
from .store import Store
from .web import Web
from .webs.wayback import Capture, Wayback

_HEAD = 512  # bytes that tell a picture
_LARGEST_DRAWING = 16 << 20  # bytes of an SVG, which is read whole


@dataclass(frozen=True, slots=True)
class Got:
    """A download that is what was wanted, not yet in its place."""

    part: Path
    page: Page
    kind: str  # media type
    sha256: str  # hex
    size: int  # bytes
    from_: str = ""  # the capture's address, where one answered
    captured: datetime | None = None  # aware


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why it could not be had."""

    why: str
    status: int = 0  # HTTP


class Rescue:
    """The pictures of one run; `library` holds captures of what is gone, and is asked first when it `leads`."""

    def __init__(
        self,
        web: Web,
        store: Store,
        layout: Layout,
        tell: Listener,
        library: Wayback | None = None,
        *,
        leads: bool = False,
    ) -> None:
        self._web, self._store, self._layout, self._tell = web, store, layout, tell
        self._library, self._leads = library, leads
        self._lost: dict[str, Nothing] = {}  # by address: lost in this run, and not asked for again in it

    def fetch(self, wanted: Iterable[Wanted], post: Post) -> None:
        """Have them all in the archive, or tell which are lost. What is here is not asked for again."""
        by_url: dict[str, Wanted] = {}
        for each in wanted:
            if not by_url.setdefault(each.url, each).larger:
                by_url[each.url] = each
        groups: dict[str, list[Wanted]] = {}  # by the address that is tried first: sizes of one picture
        for each in by_url.values():
            if not originals.is_ignored(each.url) and not self._is_here(each, post):
                groups.setdefault(_tries(each)[0], []).append(each)
        with Hands[Got | Nothing]() as hands:
            tasks = []
            for first, group in groups.items():
                host = first.partition("://")[2].partition("/")[0]
                task = hands.take(host, partial(self._first, _merged(group), post.url))
                tasks.append((group, task))
            for group, task in tasks:
                self._settle(group, task.result(), post)

    def _is_here(self, wanted: Wanted, post: Post) -> bool:
        """Whether its file is; also where another post names the same by another address."""
        journal, url = self._store.journal, images.short(wanted.url)
        known = journal.media.get(url) or journal.by_source.get(_tries(wanted)[0])
        if known is None or not self._store.holds(known):
            return False
        if known.url != url:
            self._tell(Saved(replace(known, url=url)))
        journal.note_found(post.id, url)
        return True

    def _settle(self, group: list[Wanted], got: Got | Nothing, post: Post) -> None:
        """Keep what was had, after a look where the web is archived for what was not."""
        merged = _merged(group)
        if isinstance(got, Nothing) and images.short(merged.url) not in self._lost:
            got = self._captured(merged, got, post)
            if isinstance(got, Nothing) and self._leads and self._library:
                got = self._download(merged, post.url)
        if isinstance(got, Got):
            got = self._made_inert(got)
        for number, each in enumerate(group):
            if isinstance(got, Got):
                self._keep(each, got, post, number == 0)
            else:
                self._lost[images.short(each.url)] = got
                self._tell(Lost(post.id, images.short(each.url), got.why, got.status))

    def _captured(self, wanted: Wanted, lost: Nothing, post: Post) -> Got | Nothing:
        """Its best capture; why it was lost, where there is none."""
        if self._library is None or not self._library.may_know(wanted.url):
            return lost
        why = "no capture of it in the Wayback Machine"
        try:
            captures = self._captures(wanted, self._library, post)
        except FetchError as error:
            captures, why = (), error.why
        for capture in captures:
            part = self._store.spare(f"{wanted.url} {capture.at} {capture.url}")
            try:
                page = self._library.replay(capture, part)
            except FetchError as error:
                why = error.why
                continue
            if isinstance(found := examine(part, page, wanted), Got):
                return replace(found, from_=self._library.address(capture), captured=page.fetched)
        return Nothing(f"{lost.why}; {why}", lost.status)

    def _captures(self, wanted: Wanted, library: Wayback, post: Post) -> tuple[Capture, ...]:
        known = self._store.journal.captures.get(wanted.url)
        if known is not None:
            return tuple(Capture(*each) for each in known)
        found = lookup.captures(wanted.url, _tries(wanted), library, post.day)
        self._store.journal.note_captures(wanted.url, ((each.at, each.url) for each in found))
        return found

    # on a thread of its own

    def _first(self, wanted: Wanted, post: str) -> Got | Nothing:
        """What is asked before all else: nobody about what is lost already, or when captures lead."""
        if known := self._lost.get(images.short(wanted.url)):
            return known
        if wanted.url.startswith("data:"):
            return self._unpacked(wanted)
        return Nothing("not captured") if self._leads and self._library else self._download(wanted, post)

    def _download(self, wanted: Wanted, post: str) -> Got | Nothing:
        """The first of the addresses that answers with what was wanted; why the last did not."""
        failure = Nothing("its host is gone")
        for url, referer in _attempts(wanted, post):
            if referer is None and failure.status != 403:
                continue
            part = self._store.spare(f"{wanted.url} {url}")
            try:
                found = examine(part, self._web.save(url, part, referer=referer or ""), wanted)
            except FetchError as error:
                failure = Nothing(error.why, error.status)
                continue
            if isinstance(found, Got):
                for other in _tries(wanted):
                    if other != url:
                        self._store.spare(f"{wanted.url} {other}").unlink(missing_ok=True)
                return found
            failure = found
        return failure

    def _unpacked(self, wanted: Wanted) -> Got | Nothing:
        part = self._store.spare(wanted.url)
        part.write_bytes(images.data(wanted.url))
        return examine(part, Page(images.short(wanted.url)), wanted)

    # on the caller's thread

    def _made_inert(self, got: Got) -> Got | Nothing:
        """A drawing without what would run if it were opened."""
        if got.kind != "image/svg+xml":
            return got
        try:
            drawing = got.part.read_bytes()
            still = images.inert(drawing) if got.size <= _LARGEST_DRAWING else b""
        except ReadError:
            still = b""
        if not still:
            got.part.unlink()
            return Nothing("a drawing that cannot be read")
        if still != drawing:
            got.part.write_bytes(still)
        return replace(got, sha256=hashlib.sha256(still).hexdigest(), size=len(still))

    def _keep(self, wanted: Wanted, got: Got, post: Post, mine: bool) -> None:
        """`mine`: the download is this one's; others of its group find it in its place."""
        url, journal = images.short(wanted.url), self._store.journal
        path = journal.by_bytes.get(got.sha256) or self._free(wanted, got)
        if mine:
            if (self._store.root / path).exists():
                got.part.unlink()
            else:
                _set_time(got.part, got.page)
                self._store.adopt(got.part, path)
        media = Media(url, got.from_ or got.page.at, path, got.sha256, got.size, got.kind, got.captured)
        self._tell(Rescued(media) if got.captured else Saved(media))
        journal.note_found(post.id, url)

    def _free(self, wanted: Wanted, got: Got) -> str:
        """The picture's path; longer where another one has the same stem and first digits."""
        end = images.extension(got.kind, wanted.url)
        paths = (self._layout.media(names.media(wanted.url, got.sha256, end, digits)) for digits in (8, 16, 64))
        return next(path for path in paths if self._store.digest(path) in ("", got.sha256))


def _merged(group: list[Wanted]) -> Wanted:
    """One picture of which a post shows several sizes: the first of them, with what the others know."""
    others = [url for each in group[1:] for url in (*each.larger, each.url)]
    return replace(group[0], larger=(*group[0].larger, *others))


def _tries(wanted: Wanted) -> tuple[str, ...]:
    if wanted.url.startswith("data:"):
        return (images.short(wanted.url),)
    return originals.candidates(*wanted.larger, wanted.url)


def _attempts(wanted: Wanted, post: str) -> Iterator[tuple[str, str | None]]:
    """(address, Referer) in the order they are tried; None after a refusal only: without Referer."""
    for url in _tries(wanted):
        if not originals.is_dead(url):
            yield url, (referer := originals.referer(url, post))
            if url == wanted.url and referer:
                yield url, None


def examine(part: Path, page: Page, wanted: Wanted) -> Got | Nothing:
    """Whether what was sent is what was wanted; when it is not, it is thrown away."""
    with part.open("rb") as file:
        head = file.read(_HEAD)
        kind, size = images.kind(head, wanted), file.seek(0, os.SEEK_END)
        file.seek(0)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest() if kind else ""
    none = "what was sent is no picture" if head else "nothing was sent"
    why = originals.placeholder(sha256, page.url, page.at) if kind else none
    promised = page.headers.get("x-archive-orig-content-length", "")  # as the captured server said
    if kind and promised.isdigit() and int(promised) > size and "x-archive-orig-content-encoding" not in page.headers:
        why = f"cut short: {size:,} of {int(promised):,} bytes"
    if kind is None or why:
        part.unlink()
        return Nothing(why, page.status)
    return Got(part, page, kind, sha256, size)


def _set_time(part: Path, page: Page) -> None:
    """The time at which its server says that the picture was made."""
    said = page.headers.get("x-archive-orig-last-modified") or page.headers.get("last-modified", "")
    with suppress(ValueError, TypeError, OverflowError, OSError):
        moment = parsedate_to_datetime(said).timestamp()
        os.utime(part, (moment, moment))
