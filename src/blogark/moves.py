"""Posts of one name: numbered, and brought to the paths that their numbers give them."""

import re
from collections.abc import Iterator
from pathlib import Path

from . import disk, names
from .events import Wrote
from .journal import Journal


def namesakes(path: str, number: int = 1) -> Iterator[str]:
    """path.md, path-2.md, path-3.md … from this number on; as long as a name may be."""
    folder, slash, name = path.rpartition("/")
    stem, dot, extension = name.rpartition(".")
    while True:
        tail = f"-{number}{dot}{extension}"
        yield folder + slash + names.fit(stem, tail) if number > 1 else path
        number += 1


def has_namesake(journal: Journal, path: str) -> bool:
    first = re.sub(r"-\d+(\.\w+)$", r"\1", path)
    return path != first or next(namesakes(first, 2)).casefold() in journal.taken


def renumbered(journal: Journal, group: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Of posts, (published, id) each, those whose path changes when the paths that they have go to them in order."""
    held = {post_id: journal.places[post_id].path for _, post_id in group}
    for (post_id, old), new in zip(held.items(), sorted(held.values(), key=lambda p: (len(p), p)), strict=True):
        if old != new:
            yield post_id, new


def finish(root: Path, journal: Journal) -> None:
    """Bring every file that is to move to its path: all out of the way first, wherever a kill left them."""
    places, moving = journal.places, journal.moving
    for key, path in moving.items() if not journal.lifted else ():
        if places[key].path != path and not disk.holds(root / f"{path}.moving"):
            _move(root / places[key].path, root / f"{path}.moving")
    journal.note_lifted()
    for key, path in moving.items():
        _move(root / f"{path}.moving", root / path)
        journal.hear(Wrote(key, path, places[key].sha256, places[key].halves))


def _move(file: Path, to: Path) -> None:
    if file.exists():
        disk.move(file, to)
