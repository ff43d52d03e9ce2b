"""Blogs that real engines make, served on loopback, archived, and held against what their authors wrote.

An engine that is not installed is skipped; `tests/engines/install` and the extra `engines` bring most of them.
Figures, and every difference: `PYTHONPATH=src:tests python -m engines.score -v [NAME …]`.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

pytest.importorskip("mdit_py_plugins", reason="needs the extra `engines`")

from engines import ENGINES, build
from engines.compare import KINDS, OPTIONS, Score, f1, score, shape
from engines.content import POSTS
from engines.site import Absent, Blog

from blogark import posts

pytestmark = [pytest.mark.engines, pytest.mark.timeout(400)]
Held = tuple[Blog, Score, Path]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Held]]:
    """made(name) -> the engine's blog, what its archive scored, and the archive's folder; built once a run."""
    with ExitStack() as open_, pytest.MonkeyPatch.context() as patch:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            patch.delenv(name, raising=False)

        @cache
        def make(name: str) -> Held | str:
            folder = tmp_path_factory.mktemp(name)
            try:
                blog = build(name, folder)
            except Absent as absent:
                return str(absent)
            open_.callback(blog.site.close)
            open_.callback(blog.close)
            return blog, score(blog, folder / "archive"), folder / "archive"

        def held(name: str) -> Held:
            found = make(name)
            if isinstance(found, str):
                pytest.skip(found)
            return found

        yield held


@pytest.fixture(params=ENGINES)
def held(request: pytest.FixtureRequest, made: Callable[[str], Held]) -> Score:
    return made(request.param)[1]


def test_every_post_is_found_and_nothing_else(held: Score) -> None:
    assert held.missing == []
    assert held.extra == []
    assert held.code == 0


def test_title_author_and_date_are_right(held: Score) -> None:
    fields = ("title", "author", "day", "instant")
    assert [told for told in held.wrong if told.startswith(fields)] == []


def test_tags_and_categories_are_right(held: Score) -> None:
    assert held.mean("tags") >= 0.99, held.told("tags")
    assert held.mean("category") >= 0.99, held.told("category")


def test_every_comment_is_counted_and_kept(held: Score) -> None:
    assert held.told("comments") == []
    assert held.told("remarks") == []


def test_bodies_are_whole(held: Score) -> None:
    assert held.mean("body") >= 0.99, held.told("body")
    assert min(held.right["body"]) >= 0.9, held.told("body")


@pytest.mark.parametrize("kind", KINDS)
def test_structure_is_kept(held: Score, kind: str) -> None:
    assert held.mean(kind) >= 0.99, held.told(kind)


def test_nothing_of_the_theme_leaks(held: Score) -> None:
    assert held.leaks == []


def test_few_requests_are_made(held: Score) -> None:
    assert held.requests <= held.allowed


def test_the_command_writes_what_the_library_writes(made: Callable[[str], Held], tmp_path: Path) -> None:
    blog, _, archive = made("pelican")
    command = [sys.executable, "-m", "blogark", blog.url, "-o", str(tmp_path / "own"), "--wayback", "never", "-q"]
    subprocess.run(command, check=True, timeout=120)
    assert _tree(tmp_path / "own") == _tree(archive)


def test_posts_are_streamed_as_they_are_archived(made: Callable[[str], Held]) -> None:
    blog, _, _ = made("pelican")
    assert sorted(post.title for post in posts(blog.url, OPTIONS)) == sorted(post.title for post in POSTS)


def test_running_again_changes_nothing(made: Callable[[str], Held], tmp_path: Path) -> None:
    _, _, archive = made("pelican")
    again = tmp_path / "again"
    shutil.copytree(archive, again)
    subprocess.run([sys.executable, "-m", "blogark", str(again), "-q"], check=True, timeout=120)
    assert _tree(again) == _tree(archive)


def _tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and ".blogark" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


# -- the comparer itself -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "written", "read"),
    [
        ("headings", "## A day", "### A day"),
        ("links", "[here](post:a)", "[here](post:b)"),
        ("pictures", "![a](media:a.png)", "![a](media:b.png)"),
        ("code", "```python\nx = 1\n```", "```\nx = 1\n```"),
        ("rows", "| a | b |\n| - | - |\n| 1 | 2 |", "| a | b |\n| - | - |\n| 1 2 | |"),
        ("items", "- a\n    - b", "- a\n- b"),
        ("quotes", "> a\n>\n> b", "> a\n\nb"),
        ("notes", "a[^1]\n\n[^1]: b", "a^1\n\n1. b"),
    ],
)
def test_the_comparer_sees_a_lost_structure(kind: str, written: str, read: str) -> None:
    told, got = shape(written, str, str), shape(read, str, str)
    assert f1(told.parts[kind], told.parts[kind]) == 1
    assert f1(got.parts[kind], told.parts[kind]) < 1
