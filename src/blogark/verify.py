"""Is everything there, whole and unchanged? What is lost? Asks nobody, changes nothing."""

import hashlib
import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote

from . import choose, comments, disk, fidelity, render
from .choose import Layout
from .desk import COMMENTS, lead, near
from .errors import StoreError
from .events import NESTING
from .fidelity import Fidelity, Written
from .journal import Place
from .layouts import _front
from .model import Media, Post
from .store import Store

_WORST = 10  # posts named
_LOCAL = re.compile(r"(?![a-z][a-z0-9+.-]*:|//|#|$)", re.I)
Kind = Literal["missing", "edited", "damaged", "invalid", "dead", "lost", "partial", "withheld", "orphan"]
_CODES: Mapping[Kind, int] = {"lost": 3, "partial": 3, "withheld": 0, "orphan": 0}  # all others: 4
_GRAVEST = (4, 1, 3, 0)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was saved, or was not saved; `edited` is a person's own doing, or a disk's."""

    kind: Kind
    what: str  # a path in the archive, an address, or the part of a post in words
    why: str = ""
    post: bool = False  # it is a whole post
    file: str = ""  # where it is missed

    @property
    def code(self) -> int:
        """The exit status that it asks for."""
        if self.what == NESTING:
            return 0
        return 1 if self.kind == "lost" and self.post else _CODES.get(self.kind, 4)

    def __str__(self) -> str:
        found = f", in {self.file}" if self.file else ""
        return f"{self.kind} {self.what}{f': {self.why}' if self.why else ''}{found}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What there is, and how true it is to what the blog said."""

    posts: int  # with their files
    known: int  # posts that were found, here or lost
    files: int  # of posts and of comments beside them
    pictures: int  # and attachments, whole
    comments: int  # texts
    stated: int | None  # posts, as the blog said last
    faults: Mapping[str, int]  # by kind
    fidelity: Mapping[str, float]  # words, headings, links, pictures: the mean over posts that have any, 0 to 1
    worst: tuple[tuple[str, Fidelity], ...]  # by path, the worst first; none that is perfect
    code: int  # exit status


def verify(folder: Path, tell: Callable[[Fault], None]) -> Verdict:
    """Every file held against its hash, every post against its file; then what was lost when it was saved.

    Raises StoreError for a folder that is no archive, or whose memory cannot be read.
    """
    if not (folder / ".blogark" / "archive.json").is_file():
        raise StoreError(f"{folder} is no archive folder")
    check = _Check(Store(folder))
    for fault in check.all():
        check.faults[fault.kind] += 1
        check.codes.add(fault.code)
        tell(fault)
    return check.verdict()


@dataclass
class _Check:
    store: Store
    faults: Counter[str] = field(default_factory=Counter)
    codes: set[int] = field(default_factory=set)
    posts: int = 0
    files: int = 0
    pictures: int = 0
    texts: int = 0
    sums: dict[str, list[float]] = field(default_factory=lambda: defaultdict(lambda: [0.0, 0]))
    worst: list[tuple[float, str, Fidelity]] = field(default_factory=list)

    @property
    def layout(self) -> Layout:
        return choose.layout(self.store.settings.get("layout", "plain"))

    def all(self) -> Iterator[Fault]:
        yield from self._memory()
        for post in self.store.posts():
            yield from self._post(post)
        for key, place in self.store.journal.places.items():
            if not self.store.holds_post(key):
                yield from self._other(key, place)
        yield from self._index()
        yield from self._media()
        yield from self._losses()

    def verdict(self) -> Verdict:
        lost = sum(post not in self.store.journal.places for post in self.store.journal.lost)
        means = {name: total / count for name, (total, count) in self.sums.items()}
        code = next(code for code in _GRAVEST if code in self.codes | {0 if self.posts else 1})
        worst = tuple((path, found) for _, path, found in sorted(self.worst, key=lambda row: row[:2])[:_WORST])
        kinds, stated = dict(sorted(self.faults.items())), self.store.settings.get("stated")
        known = max(self.posts, len(self.store)) + lost
        return Verdict(self.posts, known, self.files, self.pictures, self.texts, stated, kinds, means, worst, code)

    # what the archive remembers

    def _memory(self) -> Iterator[Fault]:
        own = ".blogark/"
        for name in ("posts.jsonl", "journal.jsonl"):
            path = self.store.root / own / name
            if not path.exists():
                yield Fault("missing", own + name)
            elif disk.is_torn(path):
                yield Fault("damaged", own + name, "its last line is cut short; the next run mends it")
        held = self.store.journal.places
        unknown = sum(not self.store.holds_post(key.removesuffix(" comments")) and not _is_map(key) for key in held)
        if unknown:
            yield Fault("damaged", f"{own}posts.jsonl", f"nothing in it is of {unknown:,} files that are here")

    # posts

    def _post(self, post: Post) -> Iterator[Fault]:
        place = self.store.journal.places.get(post.id)
        if place is None:
            yield Fault("missing", post.url, "read, and not written yet", post=True)
            return
        if post.partial:
            yield Fault("partial", post.url, post.partial, file=place.path)
        yield from self._comments(post, place.path)
        data, faults = self._file(place.path, place.sha256)
        yield from faults
        if data is None:
            return
        self.posts += 1
        head, body = _front.split(data.decode("utf-8", "replace"), self.layout.MARKS)
        wrong = _front_faults(head, post, place.path, self.layout, bool(faults))
        yield from (Fault("invalid", place.path, why) for why in wrong)
        body, _, below = body.partition(comments.MARK)
        made, thread = fidelity.read(body), fidelity.read(below)
        self._measure(post, place.path, made)
        yield from self._dead(place.path, made.addresses | thread.addresses, post)

    def _file(self, path: str, sha256: str) -> tuple[bytes | None, list[Fault]]:
        """Its bytes, None for a file that is not there, and what is wrong with them."""
        try:
            data = (self.store.root / path).read_bytes()
        except OSError as error:
            there = not isinstance(error, FileNotFoundError)
            fault = Fault("damaged", path, str(error.strerror), True) if there else Fault("missing", path, post=True)
            return None, [fault]
        self.files += 1
        changed = hashlib.sha256(data).hexdigest() != sha256
        return data, [Fault("edited", path, post=True)] if changed else []

    def _comments(self, post: Post, path: str) -> Iterator[Fault]:
        """What the blog counts, held against the texts that are here."""
        self.texts += len(post.comments)
        missing = (post.comment_count or 0) - len(post.comments)
        if missing > 0 and self.store.settings.get("comments") != "none":
            yield Fault("lost", COMMENTS, f"{missing:,} of {post.comment_count:,} are not here", file=path)

    def _other(self, key: str, place: Place) -> Iterator[Fault]:
        """Comments beside a post, or a post that is not remembered."""
        if key.endswith(" comments") and self.store.settings.get("comments") != "sidecar":
            return
        data, faults = self._file(place.path, place.sha256)
        self.posts += data is not None and not (key.endswith(" comments") or _is_map(key))
        yield from faults

    def _measure(self, post: Post, path: str, made: Written) -> None:
        found = fidelity.compare(post.html, post.url, made, lambda url: self._held(url, path, post))
        for name, share in found:
            if share.value is not None:
                self.sums[name][0] += share.value
                self.sums[name][1] += 1
        if found.value < 1:
            self.worst.append((found.value, path, found))
        if len(self.worst) > 2 * _WORST:
            self.worst = sorted(self.worst, key=lambda row: row[:2])[:_WORST]

    # links

    def _dead(self, path: str, addresses: Iterable[str], post: Post | None = None) -> Iterator[Fault]:
        """Links into the archive that lead to nothing there."""
        local = sorted(filter(_LOCAL.match, addresses))
        known: set[str] | None = None
        for address in local:
            target = unquote(re.split("[?#]", address, maxsplit=1)[0])
            inside = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            if not inside.startswith(("..", "/")) and (self.store.root / inside).exists():
                continue
            known = self._known(post, path) if known is None and post else known
            if address not in (known or ()):
                yield Fault("dead", address, "nothing is there", file=path)

    def _known(self, post: Post, path: str) -> set[str]:
        """How the layout writes what the post links to, where that is there, or is of a disk that never was."""
        tree = render.draft(post, "inline")
        told = (*tree.links(), *(wanted.url for wanted in tree.wanted()))
        strange = {url.removeprefix("file://") for url in told if url.startswith("file://")}
        return strange.union(*(self._held(url, path, post) for url in told))

    def _held(self, url: str, path: str, post: Post) -> Iterator[str]:
        """What stands in the file `path` for an address of the post, when the archive holds what is there."""
        there, address = lead(self.store, self.layout, url, path, near(post))
        if there and (self.store.root / there).exists():
            yield address

    def _index(self) -> Iterator[Fault]:
        try:
            text = (self.store.root / self.layout.INDEX).read_text("utf-8", "replace")
        except OSError:
            yield Fault("missing", self.layout.INDEX)
            return
        yield from self._dead(self.layout.INDEX, fidelity.read(text).addresses)

    # pictures

    def _media(self) -> Iterator[Fault]:
        by_path: dict[str, Media] = {media.path: media for media in self.store.journal.media.values()}
        for path, media in by_path.items():
            found = self.store.digest(path)
            self.pictures += found == media.sha256
            if found != media.sha256:
                yield Fault("damaged" if found else "missing", path, f"it came from {media.from_}")
        known = by_path.keys() | {place.path for place in self.store.journal.places.values()}
        for folder in sorted({(self.store.root / path).parent for path in by_path}):
            for file in sorted(folder.iterdir() if folder.is_dir() else ()):
                path = file.relative_to(self.store.root).as_posix()
                if path not in known and file.is_file() and not path.endswith(".md"):
                    yield Fault("orphan", path, "nothing here says what it is of")

    # what was lost already when it was saved

    def _losses(self) -> Iterator[Fault]:
        journal = self.store.journal
        for post, losses in journal.lost.items():
            place = journal.places.get(post)
            for what, why in losses.items():
                if what != COMMENTS or not self.store.holds_post(post):
                    yield Fault("lost", what, why, post=place is None, file=place.path if place else "")
        for url, why in journal.withheld.values():
            yield Fault("withheld", url, why, post=True)
        stated, lost = self.store.settings.get("stated") or 0, sum(post not in journal.places for post in journal.lost)
        if (missing := stated - len(self.store) - lost - len(journal.withheld)) > 0:
            yield Fault(
                "lost", f"{missing:,} posts", f"the blog says it has {stated:,}; nothing names these", post=True
            )


def _is_map(key: str) -> bool:
    return key.startswith("redirects ")


def _front_faults(head: str, post: Post, path: str, layout: Layout, edited: bool) -> Iterator[str]:
    """What is wrong with front matter: it cannot be read, a value is no such value, one that is known is not there."""
    try:
        said = _front.parse(head, layout.MARKS)
    except ValueError as error:
        yield f"its front matter cannot be read: {error}"
        return
    for name, value in layout.front(post, path).items():
        if name in said and value is not None and not isinstance(said[name], _kinds(value, layout)):
            yield f"its front matter has {name}: {said[name]!r}"
        elif name not in said and not edited and value is not None and value is not False and value not in ("", (), {}):
            yield f"its front matter lacks {name}"


def _kinds(value: Any, layout: Layout) -> tuple[type, ...]:
    """What a value may be read back as."""
    if layout.MARKS == ("", ""):
        return (str,)
    if isinstance(value, tuple | list):
        return (list,)
    return (dict,) if isinstance(value, Mapping) else (date,) if isinstance(value, date) else (type(value),)
