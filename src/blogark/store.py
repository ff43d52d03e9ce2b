"""The archive folder: what is where. The one room that decides what is written into it.

posts/, media/ …         what people read, laid out by a layout
.blogark/archive.json    what the archive is of, and how it is laid out; never a secret
.blogark/posts.jsonl     one Post a line, the last line of an id wins
.blogark/journal.jsonl   what was decided
.blogark/waiting.jsonl   posts that a run holds back until it is known that the blog is itself
.blogark/template.json   what a platform learned of the blog's markup
.blogark/raw.warc.gz     what was answered (webs/raw.py), indexed by raw.cdxj; unfinished.json while a run goes on
.blogark/lock            held by the run that writes
"""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from . import disk, moves
from .cards import Card
from .errors import StoreError
from .events import Event, Kept, Unchanged, Wrote
from .halves import Halves, merged
from .journal import Journal, Place, as_json
from .links import Links
from .model import Media, Post, revive

FORMAT = 1
_OUTSIDE = re.compile(r"(?:^|[/\\])\.{0,2}(?:[/\\]|$)")  # a part of a path that names no file below it


class Store:
    """The folder `root`, to read; StoreError when it cannot be trusted."""

    def __init__(self, root: Path) -> None:
        self.root, self._own = root, root / ".blogark"
        self.spool = self._own / "waiting.jsonl"  # posts that are not to be believed yet
        self.template = self._own / "template.json"  # what was learned of the blog's markup
        self.settings = self._load_settings()
        self.journal = Journal(self._own / "journal.jsonl")
        self.cards: dict[str, Card] = {}  # by post id, in the order they were first added
        self.links = Links(self.settings.get("hosts", ()))
        self._posts = self._own / "posts.jsonl"
        self._lines = disk.Lines(self._posts)
        self._wanted: dict[str, str] = {}  # by id of a post of this run: the path it would have without namesakes
        disk.take(self._posts, self._index)

    @classmethod
    @contextmanager
    def alone(cls, root: Path) -> Iterator[Self]:
        """The folder `root`, to write in; StoreError while another run does. A folder that was made for naught goes."""
        own = root / ".blogark"
        with disk.alone(own / "lock"):
            for name in ("posts.jsonl", "journal.jsonl"):
                disk.mend(own / name)
            store = cls(root)
            moves.finish(root, store.journal)
            try:
                yield store
            finally:
                store.journal.close()
                store._lines.close()
                if not store.settings:
                    disk.drop(own / "lock", root)

    # what it is of

    def _load_settings(self) -> dict[str, Any]:
        path = self._own / "archive.json"
        text = disk.read(path)
        try:
            settings = json.loads(text) if text else {}
        except ValueError as error:
            raise StoreError(f"{path} is damaged ({error}); put it right, or move the folder away") from error
        if not isinstance(settings, dict) or (settings and settings.get("format") != FORMAT):
            raise StoreError(f"{path} was not written by this version of blogark")
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
        told = {name: value for name, value in post.to_dict().items() if name != "markdown"}
        line = as_json(told).encode("utf-8", "replace")
        digest = hashlib.sha256(line).hexdigest()
        if (known := self.cards.get(post.id)) and known.digest == digest:
            return False
        self._note(told, self._lines.add(line), digest)
        return True

    def _index(self, line: str, offset: int) -> None:
        self._note(json.loads(line), offset, _digest(line))

    def _note(self, post: dict[str, Any], offset: int, digest: str) -> None:
        self.cards[post["id"]] = Card.of(post, offset, digest)
        self.links.add(post)

    def post(self, post_id: str) -> Post | None:
        """The post as it was last read."""
        if post_id not in self.cards:
            return None
        with disk.guard(self._posts), self._posts.open("rb") as file:
            file.seek(self.cards[post_id].offset)
            try:
                return revive(Post, json.loads(file.readline()))
            except (ValueError, TypeError, AttributeError) as error:
                raise StoreError(f"{file.name}: the line of post {post_id} is damaged: {error}") from error

    def posts(self) -> Iterator[Post]:
        """Every post as it was last read, in the order they were first added."""
        return (post for post_id in list(self.cards) if (post := self.post(post_id)))

    def __len__(self) -> int:
        return len(self.cards)

    def live(self) -> list[str]:
        """Ids of the posts that are on the blog still, as far as is known."""
        return [post_id for post_id in self.cards if post_id not in self.journal.gone]

    def holds_post(self, post_id: str) -> bool:
        return post_id in self.cards

    def id_at(self, url: str) -> str:
        """The id of the post whose permalink this is; '' for what is no post of this archive."""
        return self.links.at(url)

    def gained(self) -> set[str]:
        """Ids of posts with a link that had no sure target when they were written, and has one now."""
        return {post_id for post_id, pages in self.journal.loose.items() if any(map(self.links.lead, pages))}

    def permalink(self, post_id: str) -> str:
        """The address of a post that is here, as the blog writes it."""
        return self.cards[post_id].url if post_id in self.cards else ""

    def called(self, hosts: Iterable[str]) -> None:
        """The blog goes by these names, hosts as links.site gives them; remembered at once before any post is here."""
        self.links.told |= set(hosts)
        if not self.cards:
            self.remember_names()

    def remember_names(self) -> None:
        """Every link in the files follows the names that the blog goes by."""
        self.remember(hosts=sorted(self.links.told))

    def names_to_settle(self) -> set[str]:
        """Hosts that files may link to as to strangers', though posts of this blog are there."""
        homes, late = self.links.homes, self.links.told - set(self.settings.get("hosts", ()))
        return late | (homes - self.links.told if self.journal.unsettled and len(homes) > 1 else set())

    def is_whole(self, post_id: str, listed: str, key: str = "") -> bool:
        """Whether the post is here, with its file, and the listing says of it what it said then (under `key`)."""
        place, key = self.journal.places.get(post_id) if post_id in self.cards else None, key or post_id
        return place is not None and self.journal.listed.get(key) == listed and disk.holds(self.root / place.path)

    # places

    def place(self, post: Post, wanted: str) -> str:
        """The post's path: where it lies already, else `wanted`, else beside its namesake."""
        self._wanted[post.id] = wanted
        if post.id in self.journal.places:
            return self.journal.places[post.id].path
        taken = self.journal.taken
        path = next(path for path in moves.namesakes(wanted) if taken.get(path.casefold(), post.id) == post.id)
        taken[path.casefold()] = post.id
        return path

    def settle(self, wanted: Callable[[Post], str], beside: Callable[[str], str]) -> set[str]:
        """Number the namesakes of this run by (published, id), never by arrival; the ids that moved.

        `beside` tells where the comments of the post at a path lie.
        """
        groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for post_id in self.journal.unsettled & self.journal.places.keys():
            if moves.has_namesake(self.journal, self.journal.places[post_id].path) and post_id in self.cards:
                groups[self._wish(post_id, wanted)].append((self.cards[post_id].published, post_id))
        moving = dict(move for group in groups.values() for move in moves.renumbered(self.journal, sorted(group)))
        comments = {f"{post_id} comments": beside(path) for post_id, path in moving.items()}
        self.journal.note_moving(moving | {key: to for key, to in comments.items() if key in self.journal.places})
        moves.finish(self.root, self.journal)
        return set(self.journal.moving)

    def _wish(self, post_id: str, wanted: Callable[[Post], str]) -> str:
        if post_id not in self._wanted and (post := self.post(post_id)):
            self._wanted[post_id] = wanted(post)
        return self._wanted.get(post_id, "").casefold()

    # files

    def put(self, key: str, path: str, text: str) -> Iterator[Event]:
        """Write the file that the journal knows by `key`, unless it is as it should be; what a person changed stays."""
        data, before = text.encode("utf-8", "replace"), self.journal.places.get(key)
        target = self._at(path)
        found = disk.content(target)  # nothing where a power cut left the file empty
        ours, wanted = Halves.of(data), hashlib.sha256(data).hexdigest()
        now = Wrote(key, path, wanted, ours.digests)
        if found == data:
            yield Unchanged(key, path) if before and before.sha256 == wanted else now
        elif not found or (before and hashlib.sha256(found).hexdigest() == before.sha256):
            self._replace(target, data)
            yield now
        elif before and any(before.halves):
            yield from self._put_beside(before, now, ours, Halves.of(found))
        else:
            yield Kept(key, path, "edited since it was written" if before else "a file of that name was there")

    def _put_beside(self, before: Place, now: Wrote, ours: Halves, found: Halves) -> Iterator[Event]:
        """Write that half of a file which no person edited, or neither."""
        file, edited = merged(ours, found, before.halves)
        above, below = (old if kept else new for old, new, kept in zip(before.halves, now.halves, edited, strict=True))
        if file.joined() != found.joined():
            self._replace(self._at(now.path), file.joined())
        if (above, below) != before.halves:
            yield replace(now, sha256=before.sha256 if any(edited) else now.sha256, halves=(above, below))
        if whose := " and ".join(name for name, kept in zip(("text", "comments"), edited, strict=True) if kept):
            yield Kept(now.post, now.path, f"its {whose} edited since they were written")

    def withdraw(self, key: str, path: str) -> None:
        """Take away a file that is not wanted any more, if it is as it was written."""
        before = self.journal.places.get(key)
        if before and self.digest(path) in {"", before.sha256}:
            with disk.guard(self.root / path):
                (self.root / path).unlink(missing_ok=True)
            self.journal.note_withdrawn(key)

    def misses_media(self) -> bool:
        """Whether a picture that was saved is not there any more."""
        folders = {Path(path).parent for path in self.journal.by_bytes.values()}
        there = {file for folder in folders if (self.root / folder).is_dir() for file in (self.root / folder).iterdir()}
        return any(self.root / path not in there for path in self.journal.by_bytes.values())

    def write(self, path: str, text: str) -> bool:
        """The file `path`, whole or not at all; False when it held this already."""
        data, target = text.encode("utf-8", "replace"), self._at(path)
        if disk.content(target) == data:
            return False
        self._replace(target, data)
        return True

    def _replace(self, target: Path, data: bytes) -> None:
        disk.replace(target, data)
        self.journal.after(target)

    def adopt(self, part: Path, path: str) -> None:
        """A finished download into its place."""
        target = self.inside(path)
        disk.move(part, target)
        self.journal.after(target)

    def spare(self, key: str) -> Path:
        """A path for a download that is not whole yet; the same in the next run, which goes on there."""
        return self.inside(f".blogark/parts/{_digest(key)[:32]}.part")

    def holds(self, media: Media) -> bool:
        """Whether the file of a picture that was saved is still there."""
        return (self.root / media.path).exists()

    def inside(self, path: str) -> Path:
        """The file at `path`, its folder made; StoreError for what would lie outside the archive."""
        target = self._at(path)
        with disk.guard(target):
            target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def _at(self, path: str) -> Path:
        if _OUTSIDE.search(path):
            raise StoreError(f"{path} would lie outside {self.root}")
        return self.root / path

    def digest(self, path: str) -> str:
        """SHA-256 of a file, hex; '' when it is not there."""
        target = self.root / path
        with disk.guard(target):
            if not target.exists():
                return ""
            with target.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
