"""What running again costs: requests and touched files of a second and third run over blogs where nothing changed,
and of one after a post was added, one edited and one commented on.

    python bench/again.py
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))

import test_sync as doubles  # noqa: E402
import wordpressed  # noqa: E402
from loopback import Site  # noqa: E402

from blogark import Options, Report, archive  # noqa: E402

POSTS = 300
LATER = datetime(2016, 1, 1, tzinfo=UTC)
OPTIONS = Options(media=False, wayback="never")


def main() -> None:
    generic = doubles.Tagged(doubles.listings(doubles.newest_first(*range(POSTS))))
    blogger = doubles.Blogger.of(POSTS)
    wordpress = wordpressed.Double(wordpressed.many(POSTS, said=1))
    with tempfile.TemporaryDirectory() as folder, Site(generic) as a, Site(blogger) as b, Site(wordpress) as c:
        measure("generic, ETags", a.url, Path(folder) / "generic", a, lambda: grow_generic(generic))
        measure("Blogger", b.url, Path(folder) / "blogger", b, lambda: grow_blogger(blogger))
        measure("WordPress", c.url, Path(folder) / "wordpress", c, lambda: grow_wordpress(wordpress))
        sample = str(HERE.parent / "fixtures" / "sample-blog")
        measure("folder of pages", sample, Path(folder) / "sample", None, None)


def measure(name: str, source: str, into: Path, site: Site | None, grow: Callable[[], None] | None) -> None:
    for what in ("first", "again", "once more", "after 3 changes"):
        if what == "after 3 changes" and grow:
            grow()
        elif what == "after 3 changes":
            return
        before, events = files(into), Counter[int]()
        asked = len(site.requests) if site else 0
        report: Report = archive(source, into, OPTIONS, lambda event, seen=events: count(event, seen))
        after = files(into)
        touched = [path for path, said in after.items() if before.get(path) != said]
        own = [path for path in touched if path.startswith(".blogark")]
        requests = len(site.requests) - asked if site else 0
        print(
            f"{name}, {what}: {requests} requests ({events[304]} of them 304), {report.found} posts, "
            f"{len(touched) - len(own)} files written, exit {report.code}; "
            f"of .blogark: {', '.join(Path(path).name for path in own) or 'nothing'}"
        )


def count(event: Any, seen: Counter[int]) -> None:
    seen[getattr(event, "status", 0)] += 1


def files(root: Path) -> dict[str, tuple[int, int]]:
    found = (path for path in root.rglob("*") if path.is_file() and path.name != "lock")
    return {path.relative_to(root).as_posix(): (path.stat().st_mtime_ns, path.stat().st_size) for path in found}


def grow_generic(double: doubles.Tagged) -> None:
    posts = doubles.newest_first(*range(POSTS + 1))
    posts[1] = replace(
        posts[1], body=posts[1].body + "<p>More.</p>", count=1, comments=doubles.comment(1, "Ann", "Oh.")
    )
    posts[2] = replace(posts[2], count=1, comments=doubles.comment(1, "Ann", "Said."))
    double.pages = doubles.listings(posts)


def grow_blogger(double: doubles.Blogger) -> None:
    double.posts[POSTS] = {"published": LATER, "updated": LATER, "body": "<p>A new one of some words.</p>"}
    double.posts[3] |= {"updated": LATER, "body": "<p>An old one, of other words, and of many more of them.</p>"}
    double.said.append((9000, 4, LATER))


def grow_wordpress(double: wordpressed.Double) -> None:
    posts = {post.id: post for post in wordpressed.many(POSTS, said=1)}
    at = LATER.replace(tzinfo=None)
    new = wordpressed.Told(POSTS + 1, "New", at, "<p>A new one of some words.</p>")
    posts[4] = replace(posts[4], html=posts[4].html + "<p>More.</p>", edited=at)
    posts[5] = replace(posts[5], said=(*posts[5].said, wordpressed.Said(99_000, at=at)))
    double.posts = [new, *posts.values()]


if __name__ == "__main__":
    main()
