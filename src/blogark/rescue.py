"""Pictures and attachments: each address asked once, kept once by its bytes."""

import hashlib
from pathlib import Path

from . import images, names
from .choose import Layout
from .errors import FetchError
from .events import Listener, Lost, Saved
from .model import Media, Post
from .store import Store
from .web import Web

_CHUNK = 1 << 20  # bytes


def fetch(url: str, post: Post, web: Web, store: Store, layout: Layout, tell: Listener) -> None:
    """Have the picture at `url` in the archive, or tell that it is lost. What is here is not asked for again."""
    known = store.journal.media.get(url)
    if known and (store.root / known.path).exists():
        return
    part = store.spare()
    try:
        page = web.save(url, part, referer=post.url)
    except FetchError as error:
        part.unlink(missing_ok=True)
        tell(Lost(post.id, url, error.why))
        return
    kind = images.sniff(_head(part))
    if kind is None:
        part.unlink(missing_ok=True)
        tell(Lost(post.id, url, "what was sent is no picture"))
        return
    sha256, size = _digest(part)
    path = store.journal.by_bytes.get(sha256) or layout.media(names.media(url, sha256, images.EXTENSIONS[kind]))
    store.adopt(part, path)
    tell(Saved(Media(url, page.at, path, sha256, size, kind)))
    store.journal.note_found(post.id, url)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(512)


def _digest(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size
