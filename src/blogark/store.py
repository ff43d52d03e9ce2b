"""The archive folder: what is where, and what was done. The only room that writes into it.

    posts/, media/ …         what people read, laid out by a layout
    .blogark/archive.json    what the archive is of, and how it is laid out; never a secret
    .blogark/posts.jsonl     one Post a line, the last line of an id wins
    .blogark/journal.jsonl   what was decided and is true of the tree; an unchanged run appends nothing

A file is written beside its place and renamed. Journal lines wait until the files they
speak of are on disk, a batch at a time, so that no line is ever ahead of the truth.
"""

import hashlib
import json
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from . import disk, urls
from .errors import StoreError
from .events import Event, Failed, Kept, Lost, Rescued, Saved, Unchanged, Wrote
from .model import Media, Post, revive

FORMAT = 1
_BATCH = 64  # files between two syncs


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post lies."""

    path: str  # posix, relative to the archive folder
    sha256: str  # of the file as written


class Store:
    """The folder `root`, made if need be; StoreError when it cannot be trusted or written."""

    def __init__(self, root: Path) -> None:
        self.root, self._own = root, root / ".blogark"
        self.places: dict[str, Place] = {}  # by post id
        self.listed: dict[str, str] = {}  # by post id: what the listing said when it was last read
        self.media: dict[str, Media] = {}  # by address as the posts name it
        self.lost: dict[tuple[str, str], str] = {}  # (post id, what could not be had): why
        self._lines: dict[str, tuple[int, str]] = {}  # by post id: offset in posts.jsonl, digest of the line
        self._links: dict[str, str] = {}  # by urls.key: post id
        self._taken: dict[str, str] = {}  # folded path: post id
        self._unsettled: set[str] = set()  # ids whose path may still change (see settle)
        self._pending: list[dict[str, Any]] = []  # journal lines whose files are not synced yet
        self._unsynced: list[Path] = []
        self.settings = self._load_settings()
        self._load()

    # what it is of

    def _load_settings(self) -> dict[str, Any]:
        path = self._own / "archive.json"
        with disk.guard(path):
            if not path.exists():
                return {}
            text = path.read_text("utf-8", "replace")
        try:
            settings = json.loads(text)
        except ValueError as error:
            raise StoreError(f"{path} is damaged ({error}); put it right, or move the folder away") from error
        if not isinstance(settings, dict) or settings.get("format") != FORMAT:
            raise StoreError(f"{path}: format {settings.get('format')!r} was written by another version of blogark")
        return settings

    def remember(self, **settings: Any) -> None:
        """Keep these in archive.json, where they differ from what stands there."""
        wanted = {"format": FORMAT, **self.settings, **settings}
        if wanted != self.settings:
            disk.replace(self._own / "archive.json", json.dumps(wanted, ensure_ascii=False, indent=2) + "\n")
            self.settings = wanted

    # posts

    def add(self, post: Post) -> bool:
        """Keep the post; False when the same stands already."""
        line = _json({name: value for name, value in post.to_dict().items() if name != "markdown"})
        digest = _digest(line)
        if self._lines.get(post.id, (0, ""))[1] == digest:
            return False
        self._lines[post.id] = disk.append(self._own / "posts.jsonl", [line]), digest
        self._links[urls.key(post.url)] = post.id
        return True

    def post(self, post_id: str) -> Post | None:
        """The post as it was last read."""
        if post_id not in self._lines:
            return None
        with (self._own / "posts.jsonl").open("rb") as file:
            file.seek(self._lines[post_id][0])
            return revive(Post, json.loads(file.readline()))

    def posts(self) -> Iterator[Post]:
        """Every post, newest line of each, in the order they were first added."""
        for post_id in list(self._lines):
            if post := self.post(post_id):
                yield post

    def __len__(self) -> int:
        return len(self._lines)

    def __contains__(self, post_id: str) -> bool:
        return post_id in self._lines

    def path_of(self, url: str) -> str:
        """Where the post at this address lies; '' for what is no post of this archive."""
        place = self.places.get(self._links.get(urls.key(url), ""))
        return place.path if place else ""

    def is_whole(self, post_id: str, listed: str) -> bool:
        """Whether the post is here as the listing says it is, with its file and all that belongs to it."""
        place = self.places.get(post_id)
        return (
            place is not None
            and self.listed.get(post_id) == listed
            and not any(owner == post_id for owner, _ in self.lost)
            and (self.root / place.path).exists()
        )

    def place(self, post: Post, wanted: str) -> str:
        """The post's path: where it lies already, else `wanted`, else beside its namesake."""
        if post.id in self.places:
            return self.places[post.id].path
        path = next(path for path in _namesakes(wanted) if self._taken.get(path.casefold(), post.id) == post.id)
        self._taken[path.casefold()] = post.id
        self._unsettled.add(post.id)
        return path

    def settle(self, wanted: Callable[[Post], str]) -> set[str]:
        """Number the namesakes of this run by (published, id), never by arrival; the ids that moved."""
        groups: dict[str, list[Post]] = defaultdict(list)
        for post_id in self._unsettled & self.places.keys():
            if self._has_namesake(self.places[post_id].path) and (post := self.post(post_id)):
                groups[wanted(post).casefold()].append(post)
        moved = {post_id for posts in groups.values() for post_id in self._renumber(posts)}
        if self._unsettled:
            self._note({"event": "settled"})
        return moved

    def _has_namesake(self, path: str) -> bool:
        return any(next(_namesakes(re.sub(r"-\d+(\.\w+)$", r"\1", path), n)).casefold() in self._taken for n in (1, 2))

    def _renumber(self, posts: list[Post]) -> set[str]:
        paths = sorted((self.places[post.id].path for post in posts), key=lambda path: (len(path), path))
        posts.sort(key=lambda post: (post.published.isoformat() if post.published else "", post.id))
        moves = {post.id: path for post, path in zip(posts, paths, strict=True) if self.places[post.id].path != path}
        for post_id in moves:
            with disk.guard(self.root / self.places[post_id].path):
                (self.root / self.places[post_id].path).rename(self.root / f"{self.places[post_id].path}.moving")
        for post_id, path in moves.items():
            with disk.guard(self.root / path):
                (self.root / f"{self.places[post_id].path}.moving").rename(self.root / path)
            self.hear(Wrote(post_id, path, self.places[post_id].sha256))
        return set(moves)

    # files

    def put(self, post: Post, path: str, text: str) -> Event:
        """Write the post's file unless it is as it should be, or a person has changed it."""
        wanted, before = _digest(text), self.places.get(post.id)
        found = self.digest(path)
        if found == wanted:
            return Unchanged(post.id, path) if before and before.sha256 == wanted else Wrote(post.id, path, wanted)
        if found and (before is None or found != before.sha256):
            return Kept(post.id, path, "edited since it was written" if before else "a file of that name was there")
        self.write(path, text)
        return Wrote(post.id, path, wanted)

    def write(self, path: str, text: str) -> bool:
        """The file `path`, whole or not at all; False when it held this already."""
        if self.digest(path) == _digest(text):
            return False
        disk.replace(self.inside(path), text)
        self._unsynced.append(self.inside(path))
        return True

    def inside(self, path: str) -> Path:
        """The file at `path`, its folder made; StoreError for what would lie outside the archive."""
        target = self.root / path
        if Path(os.path.normpath(target)) != target or path.startswith(("/", "..")):
            raise StoreError(f"{path} would lie outside {self.root}")
        with disk.guard(target):
            target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def digest(self, path: str) -> str:
        """SHA-256 of a file, hex; '' when it is not there."""
        target = self.root / path
        with disk.guard(target):
            return hashlib.sha256(target.read_bytes()).hexdigest() if target.exists() else ""

    def spare(self) -> Path:
        """A path for a download that is not whole yet."""
        return self.inside(".blogark/download.part")

    def adopt(self, part: Path, path: str) -> None:
        """A finished download into its place."""
        target = self.inside(path)
        with disk.guard(target):
            part.replace(target)
        self._unsynced.append(target)

    def media_path(self, sha256: str) -> str:
        """Where these bytes lie already; '' when they do not."""
        return next((media.path for media in self.media.values() if media.sha256 == sha256), "")

    # journal

    def hear(self, event: Event) -> None:
        """The journal is a listener: it keeps the events that are decisions, where they are news."""
        match event:
            case Wrote(post, path, sha256) if self.places.get(post) != Place(path, sha256):
                self._note(event.to_dict())
            case Saved(media) | Rescued(media) if self.media.get(media.url) != media:
                self._note(event.to_dict())
            case Lost(post, what, _) if (post, what) not in self.lost:
                self._note(event.to_dict())
            case Failed(url, why, post) if post and (post, url) not in self.lost:
                self._note({"event": "lost", "post": post, "what": url, "why": why})

    def note_listed(self, post_id: str, listed: str) -> None:
        """Remember what the listing said of a post that was read whole."""
        if self.listed.get(post_id) != listed:
            self._note({"event": "listed", "post": post_id, "listed": listed})

    def note_found(self, post_id: str, what: str) -> None:
        """What was lost before is here now."""
        if (post_id, what) in self.lost:
            self._note({"event": "regained", "post": post_id, "what": what})

    def _note(self, line: dict[str, Any]) -> None:
        self._remember(line)
        self._pending.append(line)
        if len(self._pending) >= _BATCH:
            self.sync()

    def _remember(self, line: dict[str, Any]) -> None:
        match line:
            case {"event": "wrote", "post": post, "path": path, "sha256": sha256}:
                if old := self.places.get(post):
                    self._taken.pop(old.path.casefold(), None)
                else:
                    self._unsettled.add(post)
                self.places[post] = Place(path, sha256)
                self._taken[path.casefold()] = post
            case {"event": "saved" | "rescued", "media": media}:
                self.media[media["url"]] = revive(Media, media)
            case {"event": "listed", "post": post, "listed": listed}:
                self.listed[post] = listed
            case {"event": "lost", "post": post, "what": what, "why": why}:
                self.lost[post, what] = why
            case {"event": "regained", "post": post, "what": what}:
                self.lost.pop((post, what), None)
            case {"event": "settled"}:
                self._unsettled.clear()

    def sync(self) -> None:
        """Files to disk, then the journal lines that speak of them."""
        disk.sync(self._unsynced)
        self._unsynced.clear()
        if self._pending:
            disk.append(self._own / "journal.jsonl", map(_json, self._pending), sync=True)
            self._pending.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.sync()

    def _load(self) -> None:
        for name, take in (("journal.jsonl", self._take_note), ("posts.jsonl", self._take_post)):
            for number, offset, text in disk.lines(self._own / name):
                try:
                    take(text, offset)
                except (ValueError, KeyError, TypeError) as error:
                    raise StoreError(f"{self._own / name}, line {number} is damaged: {error}") from error

    def _take_note(self, text: str, offset: int) -> None:
        self._remember(json.loads(text))

    def _take_post(self, text: str, offset: int) -> None:
        post = json.loads(text)
        self._lines[post["id"]] = offset, _digest(text)
        self._links[urls.key(post["url"])] = post["id"]


def _namesakes(path: str, number: int = 1) -> Iterator[str]:
    """path.md, path-2.md, path-3.md … from this number on."""
    stem, dot, extension = path.rpartition(".")
    while True:
        yield f"{stem}-{number}{dot}{extension}" if number > 1 else path
        number += 1


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
