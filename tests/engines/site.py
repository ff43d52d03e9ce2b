"""A blog that an engine made: served, and what is true of it."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path

from loopback import Answer, Request, Served, Site, in_folder

from . import content
from .content import POSTS, Told

EVERYTHING = frozenset({"author", "instant", "tags", "category", "language"})


class Absent(Exception):
    """The engine is not here; the reason is its text."""


@dataclass(frozen=True)
class Remark:
    """A comment as its author wrote it; `parent` is the text of the one it answers."""

    author: str
    text: str
    parent: str = ""


@dataclass
class Blog:
    """A served blog and what is true of it."""

    site: Site
    paths: Mapping[str, str]  # slug -> permalink's path, not percent-encoded
    tells: frozenset[str] = EVERYTHING  # which fields the pages or feeds say
    listings: int = 1  # pages that list posts, archives and feed included: the bound on requests
    bound: int = 0  # page requests allowed in all; 0: every post, every listing page and ten more
    zone: tzinfo | None = None  # days and moments are said in this zone; None: in each post's own
    posts: tuple[Told, ...] = POSTS
    bodies: Mapping[str, str] = field(default_factory=dict)  # slug -> Markdown, where it is not the content's own
    remarks: Mapping[str, tuple[Remark, ...]] = field(default_factory=dict)  # slug -> its comments
    optional: frozenset[str] = frozenset()  # paths of posts that may be found or not: nobody can read them whole
    pictures: Mapping[str, bytes] = field(default_factory=content.pictures)  # name -> bytes
    close: Callable[[], None] = lambda: None

    @property
    def url(self) -> str:
        return self.site.url + "/"

    @property
    def allowed(self) -> int:
        return self.bound or len(self.posts) + self.listings + 10


class Static:
    """A Site for a folder that is not built yet: engines want to know their address first."""

    def __init__(self) -> None:
        self.root = Path()
        self.site = Site(self.answer)

    def answer(self, request: Request) -> Served | None:
        found = in_folder(self.root, request.path)
        bare = request.path.partition("?")[0]
        if found and found.name == "index.html" and not bare.endswith(("/", ".html")):
            return Answer(301, headers={"Location": f"{bare}/"})
        return found


def run(*command: str | Path, cwd: Path, seconds: float = 240, env: Mapping[str, str] | None = None) -> None:
    """The command, or RuntimeError with what it said last."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, timeout=seconds, text=True, env=env)
    if done.returncode:
        raise RuntimeError(f"{command}: {(done.stdout + done.stderr)[-3000:]}")


def tool(name: str) -> str:
    """The path of a command, of this virtual environment first."""
    own = Path(sys.executable).parent / name
    found = str(own) if own.exists() else shutil.which(name)
    if not found:
        raise Absent(f"{name} is not installed")
    return found


def write(path: Path, text: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


def write_pictures(folder: Path) -> None:
    for name, data in content.pictures().items():
        write(folder / name, data)


def listed(per_page: int) -> int:
    return -(-len(POSTS) // per_page)


def fill(name: str, folder: Path, url: str) -> None:
    """Writes the files of `sites/NAME` into the folder, with @URL@, @TITLE@, @TAGLINE@ and PARTS in their places."""
    said = {**content.PARTS, "url": url, "title": content.TITLE, "tagline": content.TAGLINE, "about": content.ABOUT}
    sites = Path(__file__).parent / "sites" / name
    for path in sorted(p for p in sites.rglob("*") if p.is_file()):
        text = re.sub(r"@([A-Z]+)@", lambda m: said[m[1].lower()], path.read_text("utf-8"))
        write(folder / path.relative_to(sites), text)
