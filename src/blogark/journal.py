"""The listener that remembers: what was decided, and is true of the tree.

A line is news: an unchanged run appends none. It follows the file that it speaks of at once, so that a run that
is killed is behind by one file at most; a batch at a time, files first, both are synced against a power cut.
"""

import json
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import disk
from .events import Event, Failed, Gone, Lost, Rescued, Saved, Withheld, Wrote
from .model import Media, revive

_BATCH = 64  # lines between two syncs


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post lies."""

    path: str  # posix, relative to the archive folder
    sha256: str  # hex, of the file as written
    halves: tuple[str, str] = ("", "")  # likewise, of its body and of its comments; ("", "") in old journals


class Journal:
    """The file `path`, a decision a line; StoreError for a line that cannot be read."""

    def __init__(self, path: Path) -> None:
        self.places: dict[str, Place] = {}  # by post id
        self.listed: dict[str, str] = {}  # by post id: what the listing said when the post was last read
        self.media: dict[str, Media] = {}  # by address as the posts name it
        self.by_bytes: dict[str, str] = {}  # path of a picture by its SHA-256
        self.by_source: dict[str, Media] = {}  # by address that answered
        self.captures: dict[str, tuple[tuple[str, str], ...]] = {}  # by address: captures of it, (time, address) each
        self.lost: dict[str, dict[str, str]] = {}  # by post id: what could not be had, and why
        self._untold: set[tuple[str, str]] = set()  # post ids and what was lost of them, in a run that gave no account
        self.withheld: dict[str, tuple[str, str]] = {}  # by post id: address and why, of posts that are not public
        self.loose: dict[str, frozenset[str]] = {}  # by post id: pages of the blog it links to that are no post here
        self.gone: dict[str, str] = {}  # by post id: what the blog answered in place of a post that it had
        self.whole: dict[str, int | None] | None = None  # what a listing to its end stated; None: posts may be missing
        self.taken: dict[str, str] = {}  # post id by folded path
        self.unsettled: set[str] = set()  # ids of posts whose path may still change
        self.moving: dict[str, str] = {}  # by key of a file: the path that it goes to, or went to in this run
        self.lifted = False  # whether all of these files are out of each other's way
        self._path, self._lines = path, disk.Lines(path)
        self._unsynced_lines = 0
        self._unsynced: list[Path] = []
        self._syncing = ThreadPoolExecutor(1, "blogark-sync")
        self._synced: Future[None] | None = None  # of the batch before
        disk.take(path, lambda line, offset: self._remember(json.loads(line)))

    def hear(self, event: Event) -> None:
        """Keep the events that are decisions, where they are news."""
        match event:
            case Wrote(post, path, sha256, halves) if self.places.get(post) != Place(path, sha256, halves):
                self._note(event.to_dict() | ({"halves": halves} if any(halves) else {}))
            case Gone(post, _, why) if post not in self.gone:
                self._note({"event": "gone", "post": post, "why": why})
            case Saved(media) | Rescued(media) if self.media.get(media.url) != media:
                self._note(event.to_dict())
            case Lost(post, what) if what not in self.lost.get(post, ()):
                self._note(event.to_dict())
            case Failed(url, why, post) if post and url not in self.lost.get(post, ()):
                self._note({"event": "lost", "post": post, "what": url, "why": why})
            case Withheld(url, why, post) if self.withheld.get(post) != (url, why):
                self._note(event.to_dict())

    def hear_gains(self, event: Event) -> None:
        """The same where nobody may be asked: what is not at hand is not lost for that."""
        if not isinstance(event, Lost | Failed):
            self.hear(event)

    def note_listed(self, post: str, listed: str) -> None:
        """What the listing said of a post that was read whole."""
        if self.listed.get(post) != listed:
            self._note({"event": "listed", "post": post, "listed": listed})

    def note_found(self, post: str, what: str) -> None:
        """What was lost before is here now."""
        if what in self.lost.get(post, ()):
            self._note({"event": "regained", "post": post, "what": what})

    @property
    def told(self) -> dict[str, dict[str, str]]:
        """What of `lost` an earlier run's account told of."""
        return {
            post: {what: why for what, why in losses.items() if (post, what) not in self._untold}
            for post, losses in self.lost.items()
        }

    def note_told(self) -> None:
        """The account of a run tells of all that is lost."""
        if self._untold:
            self._note({"event": "told"})

    def note_back(self, post: str) -> None:
        """What was gone is there again."""
        if post in self.gone:
            self._note({"event": "back", "post": post})

    def note_whole(self, stated: int | None) -> None:
        """A listing named every post, as many as the blog states, and all are here."""
        if self.whole != {"stated": stated}:
            self._note({"event": "whole", "stated": stated})

    def note_partial(self) -> None:
        """Not every post of the blog may be here."""
        if self.whole is not None:
            self._note({"event": "partial"})

    def note_captures(self, url: str, captures: Iterable[tuple[str, str]]) -> None:
        """What the Wayback Machine answered about a picture: it is not asked again."""
        if url not in self.captures:
            self._note({"event": "captures", "url": url, "captures": [list(each) for each in captures]})

    def note_loose(self, post: str, pages: frozenset[str]) -> None:
        """The links of a post into its blog that have no target yet, by urls.key."""
        if self.loose.get(post, frozenset()) != pages:
            self._note({"event": "loose", "post": post, "pages": sorted(pages)})

    def note_moving(self, paths: dict[str, str]) -> None:
        """The files known by these keys are about to go to these paths."""
        if paths:
            self._note({"event": "moving", "posts": paths})

    def note_lifted(self) -> None:
        """None of the files that go elsewhere is in the way of another."""
        if self.moving and not self.lifted:
            self._note({"event": "lifted"})

    def note_withdrawn(self, key: str) -> None:
        """The file known by this key is not wanted any more, and not there."""
        if key in self.places:
            self._note({"event": "withdrawn", "post": key})

    def note_settled(self) -> None:
        """The paths of all posts are final, and all links follow them."""
        if self.unsettled or self.moving:
            self._note({"event": "settled"})

    def after(self, file: Path) -> None:
        """Sync this file with the lines to come."""
        self._unsynced.append(file)

    def sync(self) -> None:
        """Begin to bring files to the disk, then the lines that speak of them; the batch before is there now."""
        synced, self._synced = self._synced, None
        if synced:
            synced.result()
        if self._unsynced_lines:
            self._synced = self._syncing.submit(disk.sync, [*self._unsynced, self._path])
        self._unsynced.clear()
        self._unsynced_lines = 0

    def close(self) -> None:
        """Have all of it on the disk."""
        try:
            self.sync()
            self.sync()
        finally:
            self._syncing.shutdown()
            self._lines.close()

    def _note(self, line: dict[str, Any]) -> None:
        self._remember(line)
        self._lines.add(as_json(line))
        self._unsynced_lines += 1
        if self._unsynced_lines >= _BATCH:
            self.sync()

    def _remember(self, line: dict[str, Any]) -> None:
        match line:
            case {"event": "wrote", "post": post, "path": path, "sha256": sha256}:
                above, below = line.get("halves", ("", ""))
                self._place(post, Place(path, sha256, (above, below)))
                self.withheld.pop(post, None)
            case {"event": "saved" | "rescued", "media": media}:
                self.media[media["url"]] = revive(Media, media)
                self.by_bytes[media["sha256"]] = media["path"]
                self.by_source[media["from_"]] = self.media[media["url"]]
            case {"event": "captures", "url": url, "captures": captures}:
                self.captures[url] = tuple((at, original) for at, original in captures)
            case {"event": "listed", "post": post, "listed": listed}:
                self.listed[post] = listed
            case {"event": "lost", "post": post, "what": what, "why": why}:
                self.lost.setdefault(post, {})[what] = why
                self._untold.add((post, what))
            case {"event": "regained", "post": post, "what": what}:
                self.lost[post].pop(what, None)
                self._untold.discard((post, what))
                if not self.lost[post]:
                    del self.lost[post]
            case {"event": "told"}:
                self._untold.clear()
            case list() | str() | int() | float() | None:
                raise ValueError("it is no object")
            case _:
                self._remember_blog(line)

    def _remember_blog(self, line: dict[str, Any]) -> None:
        match line:
            case {"event": "withheld", "post": post, "url": url, "why": why}:
                self.withheld[post] = url, why
            case {"event": "gone", "post": post, "why": why}:
                self.gone[post] = why
            case {"event": "back", "post": post}:
                self.gone.pop(post, None)
            case {"event": "whole" | "partial"}:
                self.whole = {"stated": line["stated"]} if "stated" in line else None
            case {"event": "loose", "post": post, "pages": pages}:
                self.loose[post] = frozenset(pages)
            case {"event": "moving", "posts": posts}:
                self.moving.update(posts)
                self.lifted = False
            case {"event": "withdrawn", "post": post}:
                self._withdraw(post)
            case {"event": "lifted"}:
                self.lifted = True
            case {"event": "settled"}:
                self.unsettled.clear()
                self.moving.clear()

    def _place(self, post: str, place: Place) -> None:
        if post in self.places:
            self._leave(post)
        else:
            self.unsettled.add(post)
        self.places[post] = place
        self.taken[place.path.casefold()] = post

    def _leave(self, post: str) -> None:
        folded = self.places[post].path.casefold()
        if self.taken.get(folded) == post:
            del self.taken[folded]

    def _withdraw(self, post: str) -> None:
        self._leave(post)
        del self.places[post]
        self.unsettled.discard(post)
        self.moving.pop(post, None)


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def as_json(value: Any) -> str:
    """`value` on one line, Unicode as it is."""
    return _JSON.encode(value)
