"""What tests of export files share: posts by title, and zips made of what lies in fixtures/exports."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from blogark import Options, Post, archive, posts
from blogark.events import Event
from blogark.model import Report

EXPORTS = Path(__file__).parents[1] / "fixtures" / "exports"
ALONE = Options(delay=0, media=False, wayback="never", offline=True)


def read(path: Path) -> dict[str, Post]:
    """The posts of an export by title, in the order that it lists them."""
    return {post.title: post for post in posts(str(path), ALONE)}


def told(path: Path) -> list[Post]:
    return list(posts(str(path), ALONE))


def saved(path: Path | str, into: Path, options: Options = ALONE) -> tuple[Report, list[Event]]:
    events: list[Event] = []
    return archive(str(path), into, options, events.append), events


def files(folder: Path) -> list[str]:
    """What people read of an archive."""
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*.md") if p.name != "INDEX.md")


def zipped(path: Path, members: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return path
