"""Posts that wait until it is known that they may be written: a blog that changed wholesale is not believed."""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Set
from pathlib import Path

from . import disk
from .journal import as_json
from .model import Post, revive

SHARE = 0.1  # of the known posts, beyond which a run is held back
LEAST = 5  # posts, likewise
_SHRUNK = 0.5  # of a post's letters


class Waiting:
    """Posts on disk, in the file `path`, each with what its listing said."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.drop()

    def add(self, post: Post, listed: str) -> None:
        disk.append(self._path, as_json({"post": post.to_dict(), "listed": listed}))

    def __iter__(self) -> Iterator[tuple[Post, str]]:
        return (
            (revive(Post, line["post"]), line["listed"])
            for _, _, text in disk.lines(self._path)
            for line in [json.loads(text)]
        )

    def drop(self) -> None:
        with disk.guard(self._path):
            self._path.unlink(missing_ok=True)


class Suspicion:
    """What became of the known posts in one run."""

    def __init__(self, known: int) -> None:
        self._known = known
        self._shrunk: set[str] = set()  # ids
        self._saying: dict[str, list[str]] = defaultdict(list)  # ids of posts that changed, by digest of their text

    def compare(self, old: Post, new: Post) -> None:
        """Hear of a known post that was read again."""
        was, now = old.text, new.text
        if now == was:
            return
        if len(now) < len(was) * _SHRUNK:
            self._shrunk.add(new.id)
        self._saying[_digest(new, now)].append(new.id)

    def verdict(self, vanished: Set[str]) -> str:
        """Why this run is not to be believed; '' when it may be."""
        alike = {post for posts in self._saying.values() if len(posts) > 1 for post in posts}
        parts = {"vanished": vanished, "shrank below half": self._shrunk, "became alike": alike}
        struck = set().union(*parts.values())
        if len(struck) < LEAST or len(struck) <= self._known * SHARE:
            return ""
        told = ", ".join(f"{len(posts):,} {what}" for what, posts in parts.items() if posts)
        return f"of {self._known:,} posts {told}; --accept if that is how the blog is now"


def _digest(post: Post, text: str) -> str:
    """The same for pages that say the same but for a title, an address or a number."""
    said = re.sub(r"https?://\S+|\d+", "", text.replace(post.title, "") if post.title else text)
    return hashlib.sha256(" ".join(said.split()).encode("utf-8", "replace")).hexdigest()
