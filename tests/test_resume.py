"""Stopping and going on: nothing is lost, doubled or half written, and no page is asked for twice."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import Serve
from homemade import GIF, Told, blog, comment
from killed import dies
from loopback import Answer, Request, Site, ranged, sequence, truncated

from blogark import archive, disk
from blogark.errors import SourceError, StoreError
from blogark.model import Options
from blogark.rewrite import rewrite

POSTS = [
    Told(f"/2011/{name}.html", name.title(), f"2011-05-{day}", body=f"<p>{name} has words. <img src='/{name}.gif'></p>")
    for day, name in enumerate(("one", "two", "three"), 14)
]
PICTURES = {f"{post.title.lower()}.gif": GIF + post.title.encode() for post in POSTS}


@pytest.fixture
def site(serve: Serve) -> Site:
    return serve(blog(*POSTS, **PICTURES))


def files(folder: Path) -> dict[str, bytes]:
    """The tree that people see."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and ".blogark" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_the_second_of_two_runs_stops(serve: Serve, tmp_path: Path) -> None:
    said: list[str] = []

    def second(request: Request) -> str:
        with pytest.raises(StoreError, match="another run is writing there") as caught:
            archive(other.url, tmp_path)
        said.append(str(caught.value))
        return POSTS[1].page()

    other = serve(blog(*POSTS))
    first = serve({**blog(*POSTS), POSTS[1].path: second})
    assert archive(first.url, tmp_path, Options(media=False)).code == 0
    assert len(said) == 1 and str(tmp_path) in said[0]


def test_the_lock_of_a_dead_run_does_not_bar(site: Site, tmp_path: Path) -> None:
    program = """import os, sys
from pathlib import Path
from blogark.store import Store
with Store.alone(Path(sys.argv[1])):
    os._exit(1)
"""
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "out")], check=False, timeout=60)
    assert (tmp_path / "out/.blogark/lock").exists()
    assert archive(site.url, tmp_path / "out").code == 0


def test_a_run_for_naught_leaves_no_folder(serve: Serve, tmp_path: Path) -> None:
    site = serve({"/": Answer(200, "no blog", {"Content-Type": "application/pdf"})})
    with pytest.raises(SourceError):
        archive(site.url, tmp_path / "out" / "deep")
    assert not (tmp_path / "out" / "deep").exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_may_not_be_written_is_named(site: Site, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError, match="Permission denied"):
            archive(site.url, tmp_path / "out")
    finally:
        tmp_path.chmod(0o700)


def test_a_file_in_the_folders_place_is_named(site: Site, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(StoreError, match="out"):
        archive(site.url, tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.parametrize("step", [3, 5])
def test_killed_anywhere_a_run_ends_as_if_it_never_was(site: Site, tmp_path: Path, step: int) -> None:
    archive(site.url, tmp_path / "whole")
    site.requests.clear()
    kills = 0
    while dies(site, tmp_path / "killed", (kills + 1) * step):
        kills += 1
    assert kills > 1
    assert files(tmp_path / "killed") == files(tmp_path / "whole")
    asked = [hit for hit in site.hits if hit.endswith(".html")]
    assert sorted(asked) == sorted(post.path for post in POSTS), "no page is asked for twice"
    report = archive(str(tmp_path / "killed"))
    assert (report.unchanged, report.written, report.code) == (3, 0, 0)


def edit(site: Site) -> None:
    """The first post gets another body, and a comment by which its listing shows that."""
    told = Told(POSTS[0].path, "One", "2011-05-14", body="<p>Another body of words.</p>", count=1)
    site.pages |= blog(told, *POSTS[1:])


def test_a_whole_run_asks_again(site: Site, tmp_path: Path) -> None:
    archive(site.url, tmp_path)
    edit(site)
    site.requests.clear()
    report = archive(site.url, tmp_path)
    assert (report.written, report.unchanged) == (1, 2)
    assert "Another body" in (tmp_path / "posts/2011/2011-05-14-one.md").read_text("utf-8")
    assert site.hits.count(POSTS[0].path) == 1


def test_a_post_that_changed_after_a_kill_is_read_again(site: Site, tmp_path: Path) -> None:
    archive(site.url, tmp_path)
    assert dies(site, tmp_path, 2, refresh=True)
    edit(site)
    archive(site.url, tmp_path)
    assert "Another body" in (tmp_path / "posts/2011/2011-05-14-one.md").read_text("utf-8")


def test_offline_what_was_answered_answers(site: Site, tmp_path: Path) -> None:
    archive(site.url, tmp_path / "a")
    before = files(tmp_path / "a")
    raw = (tmp_path / "a/.blogark/raw.warc.gz").read_bytes()
    site.close()
    report = archive(str(tmp_path / "a"), options=Options(offline=True))
    assert (report.found, report.unchanged, report.code) == (3, 3, 0)
    report = archive(str(tmp_path / "a"), options=Options(offline=True, refresh=True))
    assert (report.found, report.code) == (3, 0)
    assert files(tmp_path / "a") == before
    assert (tmp_path / "a/.blogark/raw.warc.gz").read_bytes() == raw


def test_pictures_are_in_a_whole_raw(site: Site, tmp_path: Path) -> None:
    archive(site.url, tmp_path / "a", Options(raw="all"))
    before = files(tmp_path / "a")
    site.close()
    for picture in (tmp_path / "a/media").iterdir():
        picture.unlink()
    assert archive(str(tmp_path / "a"), options=Options(offline=True)).code == 0
    assert files(tmp_path / "a") == before
    archive(str(tmp_path / "a/.blogark/raw.warc.gz"), tmp_path / "b", Options(offline=True))
    assert files(tmp_path / "b") == before


def test_a_picture_that_came_in_parts_is_whole_in_raw(serve: Serve, tmp_path: Path, patient: None) -> None:
    picture = GIF + bytes(range(256)) * 400
    broken = truncated(picture[:40_000], len(picture))
    site = serve(blog(POSTS[0], **{"one.gif": sequence(broken, ranged(picture))}))
    archive(site.url, tmp_path, Options(raw="all"))
    site.close()
    (saved,) = (tmp_path / "media").iterdir()
    saved.unlink()
    assert archive(str(tmp_path), options=Options(offline=True)).code == 0
    assert saved.read_bytes() == picture
    (tmp_path / ".blogark/raw.cdxj").unlink()
    saved.unlink()
    assert archive(str(tmp_path), options=Options(offline=True)).code == 0, "its index is made again"


def test_nothing_is_kept_raw_when_told_so(site: Site, tmp_path: Path) -> None:
    archive(site.url, tmp_path, Options(raw="none"))
    assert sorted(path.name for path in (tmp_path / ".blogark").iterdir() if path.is_file()) == [
        "archive.json", "journal.jsonl", "lock", "posts.jsonl", "template.json",
    ]  # fmt: skip


def linked() -> list[Told]:
    """Posts that link to each other, two of them namesakes, in the order in which they are listed."""
    paths = ["/2011/memo-c.html", "/2011/memo-b.html", "/2011/memo-a.html", "/2011/other.html"]
    links = "".join(f'<p>See <a href="{path}">this</a> and words.</p>' for path in paths)
    titles = ["Memo", "Memo", "Memo", "Other"]
    told = [Told(path, title, body=f"{links}<p>{path} here.</p>") for path, title in zip(paths, titles, strict=True)]
    return [told[3], *told[:3]]


@pytest.mark.parametrize("step", [1, 2, 4])
def test_links_and_namesakes_survive_kills(serve: Serve, tmp_path: Path, step: int) -> None:
    site = serve(blog(*linked()))
    archive(site.url, tmp_path / "whole", Options(media=False))
    kills = 0
    while dies(site, tmp_path / "killed", (kills + 1) * step, media=False):
        kills += 1
    assert files(tmp_path / "killed") == files(tmp_path / "whole")
    assert not list((tmp_path / "killed").rglob("*.moving"))


def test_links_follow_namesakes_to_their_final_names(serve: Serve, tmp_path: Path) -> None:
    archive(serve(blog(*linked())).url, tmp_path, Options(media=False))
    for path in (tmp_path / "posts/2011").iterdir():
        for name in ("memo-a", "memo-b", "memo-c"):
            text = path.read_text("utf-8")
            assert f"/{name}.html)" not in text
    bodies = {path.name: path.read_text("utf-8") for path in (tmp_path / "posts/2011").iterdir()}
    targets = re.findall(r"\]\(([^)]*)\)", bodies["2011-05-16-other.md"])
    own = [line for name in targets[:3] for line in bodies[name].splitlines() if line.endswith(" here.")]
    assert own == ["/2011/memo-c.html here.", "/2011/memo-b.html here.", "/2011/memo-a.html here."]


FULL = """import resource, sys
from blogark import Options, archive
from blogark.errors import StoreError
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    archive(sys.argv[1], sys.argv[2])
except StoreError as error:
    print(error)
    sys.exit(error.code)
"""


@pytest.mark.skipif(os.name == "nt", reason="no such limit there")
@pytest.mark.parametrize("size", [0, 60, 400, 1500, 2500, 4000])
def test_what_does_not_fit_is_said_and_harms_nothing(site: Site, tmp_path: Path, size: int) -> None:
    """A limit on the size of files refuses what a full disk would."""
    archive(site.url, tmp_path / "whole")
    command = [sys.executable, "-c", FULL, site.url, str(tmp_path / "full"), str(size)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 4 and "File too large" in run.stdout and "Traceback" not in run.stderr
    assert archive(site.url, tmp_path / "full").code == 0
    assert files(tmp_path / "full") == files(tmp_path / "whole")


@pytest.mark.parametrize("began", ["2999-01-01T00:00:00+00:00", "1999-01-01T00:00:00+00:00", "soon"])
def test_a_clock_that_was_set_does_no_harm(site: Site, tmp_path: Path, began: str) -> None:
    archive(site.url, tmp_path)
    note = tmp_path / ".blogark/unfinished.json"
    note.write_text(json.dumps({"raw": 0, "began": began}))
    edit(site)
    assert archive(site.url, tmp_path).written == 1
    assert not note.exists()


# writing again


@pytest.mark.parametrize("reread", [False, True])
@pytest.mark.parametrize("comments", ["inline", "sidecar"])
def test_written_again_the_tree_is_the_same(serve: Serve, tmp_path: Path, reread: bool, comments: Any) -> None:
    talk = comment(1, "Ann", "Well said.") + comment(2, "Bo", "So it is.")
    told = [replace(post, count=2, comments=talk) for post in POSTS] + linked()
    site = serve(blog(*told, **PICTURES))
    archive(site.url, tmp_path, Options(comments=comments))
    before = files(tmp_path)
    assert any(name.endswith(".yaml") for name in before) == (comments == "sidecar")
    site.close()
    shutil.rmtree(tmp_path / "posts")
    (tmp_path / "INDEX.md").unlink()
    report = rewrite(tmp_path, reread=reread)
    assert files(tmp_path) == before
    assert (report.found, report.written, report.code) == (7, 7, 0)
    kept = [(tmp_path / ".blogark" / name).read_bytes() for name in ("posts.jsonl", "journal.jsonl")]
    assert rewrite(tmp_path, reread=reread).unchanged == 7
    assert kept == [(tmp_path / ".blogark" / name).read_bytes() for name in ("posts.jsonl", "journal.jsonl")]


def test_posts_are_derived_again_from_raw(site: Site, tmp_path: Path) -> None:
    archive(site.url, tmp_path)
    before = files(tmp_path)
    site.close()
    lines = tmp_path / ".blogark/posts.jsonl"
    lines.write_text(lines.read_text("utf-8").replace("has words", "had errors"), "utf-8")
    assert rewrite(tmp_path).written == 3
    assert "had errors" in (tmp_path / "posts/2011/2011-05-14-one.md").read_text("utf-8")
    assert rewrite(tmp_path, reread=True).written == 3
    assert files(tmp_path) == before


def test_rereading_adds_and_removes_no_post(site: Site, tmp_path: Path) -> None:
    archive(site.url, tmp_path, Options(limit=2))
    before = files(tmp_path)
    raw = tmp_path / ".blogark/raw.warc.gz"
    assert rewrite(tmp_path, reread=True).found == 2
    assert files(tmp_path) == before
    raw.unlink()
    with pytest.raises(SourceError):
        rewrite(tmp_path, reread=True)
    assert files(tmp_path) == before


def test_writing_again_leaves_what_a_person_edited(site: Site, tmp_path: Path) -> None:
    archive(site.url, tmp_path)
    path = tmp_path / "posts/2011/2011-05-14-one.md"
    path.write_text("mine", "utf-8")
    assert rewrite(tmp_path, reread=True).kept == 1
    assert path.read_text("utf-8") == "mine"


def test_what_is_no_archive_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no archive folder"):
        rewrite(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_files_are_flushed_together_or_where_that_fails_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / name for name in ("a/1.md", "a/2.md", "b/3.md")]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_text("tea", "utf-8")
    asked, alone = list[int](), list[int]()
    monkeypatch.setattr(disk, "_syncfs", lambda: lambda file: int(asked.append(file) is not None))
    monkeypatch.setattr(disk.os, "fsync", alone.append)
    disk.sync([*paths, tmp_path / "gone/4.md"])
    assert (len(asked), len(alone)) == (1, 0)
    monkeypatch.setattr(disk, "_syncfs", lambda: lambda file: -1)
    disk.sync([*paths, tmp_path / "gone/4.md"])
    monkeypatch.setattr(disk, "_syncfs", lambda: None)
    disk.sync(paths)
    assert (len(asked), len(alone)) == (1, 6)
