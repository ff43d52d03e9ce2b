"""Is everything there, whole and unchanged? What is lost? Asks nobody, changes nothing that a person sees."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .errors import StoreError
from .model import Media
from .store import Store


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was saved; `edited` files are a person's own doing."""

    kind: Literal["missing", "edited", "damaged", "lost"]
    what: str  # a path in the archive; of what is lost its address, or the part of a post in words
    why: str = ""
    post: bool = False  # it is a whole post

    def __str__(self) -> str:
        return f"{self.kind} {self.what}{f': {self.why}' if self.why else ''}"


def verify(folder: Path) -> Iterator[Fault]:
    """Every file held against its hash: the posts', then the pictures'; then what was lost already when it was saved.

    Raises StoreError for a folder that is no archive.
    """
    if not (folder / ".blogark" / "archive.json").is_file():
        raise StoreError(f"{folder} is no archive folder")
    store = Store(folder)
    yield from _posts(store)
    yield from _media(store)
    for post, losses in store.journal.lost.items():
        whole = post not in store.journal.places
        yield from (Fault("lost", what, why, whole) for what, why in losses.items())


def _posts(store: Store) -> Iterator[Fault]:
    beside = store.settings.get("comments") == "sidecar"
    for key, place in store.journal.places.items():
        found = store.digest(place.path) if beside or not key.endswith(" comments") else place.sha256
        if found != place.sha256:
            yield Fault("edited" if found else "missing", place.path, post=True)


def _media(store: Store) -> Iterator[Fault]:
    by_path: dict[str, Media] = {media.path: media for media in store.journal.media.values()}
    for path, media in by_path.items():
        if (found := store.digest(path)) != media.sha256:
            yield Fault("damaged" if found else "missing", path, f"from {media.from_}")
