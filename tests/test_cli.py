"""The shell command as a user runs it: in a process of its own, in an empty folder."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from conftest import Serve
from homemade import GIF, PNG, Told, blog
from loopback import Answer

Run = Callable[..., subprocess.CompletedProcess[str]]
SAMPLE = Path(__file__).parents[1] / "fixtures" / "sample-blog"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """run(argument…) -> the finished process, which started in an empty folder."""
    here = tmp_path / "here"
    here.mkdir()

    def start(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "blogark", *map(str, arguments)]
        return subprocess.run(command, cwd=here, capture_output=True, text=True, timeout=60, check=False)

    return start


def test_saves_a_folder_of_saved_pages_under_its_own_name(run: Run, tmp_path: Path) -> None:
    done = run(SAMPLE)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0].startswith("14 of 14 posts · 12 of 12 pictures · ")
    assert done.stdout.splitlines()[1] == "open sample.example/INDEX.md"
    assert len(list((tmp_path / "here/sample.example/posts").rglob("*.md"))) == 14
    again = run("sample.example")
    assert again.returncode == 0 and again.stdout.startswith("14 of 14 posts")


def test_saves_a_live_blog_where_it_is_told_to(run: Run, serve: Serve, tmp_path: Path) -> None:
    site = serve(blog(Told("/a.html", "One"), Told("/b.html", "Two")))
    assert run(site.url, "-o", "out").returncode == 0
    assert sorted(path.name for path in (tmp_path / "here/out/posts/2011").iterdir()) == [
        "2011-05-16-one.md",
        "2011-05-16-two.md",
    ]
    assert run(site.url.removeprefix("http://")).returncode == 0, "the scheme may be left out"
    assert (tmp_path / "here" / site.url.removeprefix("http://").replace(":", "_") / "INDEX.md").exists()


def test_of_several_sources_a_tape_is_called_by_its_blog(run: Run, serve: Serve, tmp_path: Path) -> None:
    site = serve(blog(Told("/a.html", "One")))
    assert run(site.url, "-o", tmp_path / "first", "--no-media").returncode == 0
    tape = tmp_path / "some.warc.gz"
    (tmp_path / "first/.blogark/raw.warc.gz").rename(tape)
    assert run(tape, site.url + "/a.html", "-o", "all", "--no-media", "--wayback", "never").returncode == 0
    name = site.url[7:].replace(":", "_")
    assert {folder.name for folder in (tmp_path / "here/all").iterdir()} == {name, f"{name}-2"}


def test_several_sources_have_a_parent(run: Run, serve: Serve, tmp_path: Path) -> None:
    sites = [serve(blog(Told("/a.html", "One"))).url for _ in range(2)]
    assert run(*sites, "-o", "all").returncode == 0
    assert sorted(path.name for path in (tmp_path / "here/all").iterdir()) == sorted(
        s[7:].replace(":", "_") for s in sites
    )


def test_a_lost_post_is_named_and_the_exit_explained(run: Run, serve: Serve) -> None:
    site = serve({**blog(Told("/a.html", "One"), Told("/b.html", "Two")), "/b.html": Answer(404)})
    done = run(site.url, "-o", "out")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[0].startswith("1 of 2 posts")
    assert any("/b.html" in line and "not found" in line for line in lines)
    assert lines[-1].startswith("exit 1: ")


def test_json_is_json_and_nothing_else(run: Run, serve: Serve) -> None:
    done = run(serve(blog(Told("/a.html", "제목"))).url, "--json", "-o", "out")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert {event["event"] for event in events} == {"fetched", "found", "wrote"} and "제목" in done.stdout


def test_ls_lists_and_writes_nothing(run: Run, serve: Serve, tmp_path: Path) -> None:
    site = serve(blog(Told("/a.html", "One", count=3), Told("/b.html", "Two", "2010-02-01")))
    done = run("ls", site.url)
    assert done.returncode == 0 and [line.split()[:3] for line in done.stdout.splitlines()] == [
        ["2011-05-16", "3", "One"],
        ["2010-02-01", "0", "Two"],
    ]
    rows = [json.loads(line) for line in run("ls", site.url, "--json", "--limit", "1").stdout.splitlines()]
    assert rows == [
        {"id": rows[0]["id"], "title": "One", "date": "2011-05-16", "source": f"{site.url}/a.html", "comment_count": 3}
    ]
    assert list((tmp_path / "here").iterdir()) == []


def test_comment_mode_is_remembered(run: Run, serve: Serve, tmp_path: Path) -> None:
    site = serve(
        blog(
            Told(
                "/a.html", "One", count=1, comments='<li class="comment" id="c1"><p class="comment-content">Hi</p></li>'
            )
        )
    )
    run(site.url, "-o", "out", "--comments", "sidecar")
    assert run("out").returncode == 0
    (sidecar,) = (tmp_path / "here/out").rglob("*.comments.yaml")
    assert yaml.safe_load(sidecar.read_text("utf-8")) == [{"id": "1", "text": "Hi"}]


def test_terminal_escapes_are_not_shown(run: Run, serve: Serve) -> None:
    done = run("ls", serve(blog(Told("/a.html", "\x1b[31mred \u202egnp"))).url)
    assert "red" in done.stdout and not {"\x1b", "\u202e"} & set(done.stdout)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("nosuchthing",), "no file or folder here, and no address"),
        (("verfy", "x"), "did you mean `blogark verify`"),
        (("http://127.0.0.1:9/",), "cannot be read"),
        (("http://no.such.host.invalid/",), "no such host"),
        (("ftp://some.blog/",), "only http and https"),
        (("--since", "yesterday", "x.example"), "write it as 2011-05-16"),
        (("--offline", "--refresh", "x.example"), "choose one"),
        (("--platform", "geocities", str(SAMPLE)), "no platform is called 'geocities'"),
        (("--header", "nonsense", "x.example"), "Name: value"),
        (("--redirects", str(SAMPLE)), "choose a generator with --for"),
        (("many", "x"), "not yet"),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, arguments: tuple[str, ...], says: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2 and says in done.stderr and "Traceback" not in done.stderr


def test_verify_names_what_is_not_as_it_was_saved(run: Run, serve: Serve, tmp_path: Path) -> None:
    pictures = '<p>Here.</p><img src="/gone.png"><img src="/a.png"><img src="/b.gif"><p>There.</p>'
    site = serve({**blog(Told("/a.html", "One", body=pictures), Told("/b.html", "Two")), "/a.png": PNG, "/b.gif": GIF})
    run(site.url, "-o", "out")
    folder = tmp_path / "here/out"
    done = run("verify", "out")
    assert done.returncode == 3 and done.stdout.splitlines() == [
        f"lost {site.url}/gone.png: not found (404), in posts/2011/2011-05-16-one.md",
        "2 of 2 posts · 2 pictures · 0 comments",
        "of what the blog sent, the files hold: 100 % of the words, 100 % of the pictures",
        "exit 3: every post is here, but parts of them were lost: `blogark out` tries again to get what is lost",
    ]
    (folder / "posts/2011/2011-05-16-one.md").write_text("mine", "utf-8")
    next(folder.glob("media/*.png")).write_bytes(b"torn")
    next(folder.glob("media/*.gif")).unlink()
    done = run("verify", "out", "--json")
    *faults, summary = map(json.loads, done.stdout.splitlines())
    assert [fault["kind"] for fault in faults] == ["edited", "invalid", "damaged", "missing", "lost"]
    assert summary["kind"] == "summary" and done.returncode == summary["code"] == 4
    assert (summary["posts"], summary["files"], summary["pictures"]) == (2, 2, 0)
    assert 0 < summary["fidelity"]["words"] < 1 and summary["worst"][0][0].endswith("one.md")
    said = run("verify", "out").stdout.splitlines()
    assert any("0 of 2 words, not Here, There; 0 of 3 pictures, not" in line for line in said)
    assert said[-1].startswith("exit 4: files are missing, or are not as they were saved: ")
    assert run("verify", "nowhere").returncode == 4


def test_what_verify_advises_is_what_helps(run: Run, tmp_path: Path) -> None:
    run(SAMPLE, "-o", "out")
    folder = tmp_path / "here/out"
    next(folder.rglob("posts/*/*.md")).unlink()
    next(folder.glob("media/*")).unlink()
    (folder / "INDEX.md").unlink()
    assert run("verify", "out").returncode == 4
    run("write", "out")
    assert run("verify", "out").returncode == 4
    run("out")
    assert run("verify", "out").returncode == 0


def test_verify_of_a_whole_archive_says_so(run: Run) -> None:
    run(SAMPLE, "-o", "out")
    done = run("verify", "out")
    assert done.returncode == 0 and done.stdout.splitlines() == [
        "14 of 14 posts · 12 pictures · 39 comments",
        "of what the blog sent, the files hold: 100 % of the words, 100 % of the headings, 100 % of the links, "
        "100 % of the pictures",
        "all is there, whole",
    ]


def test_help(run: Run) -> None:
    bare, helped = run(), run("--help")
    assert bare.returncode == helped.returncode == 0 and bare.stdout == helped.stdout
    for flag in (
        "--output",
        "--since",
        "--tag",
        "--comments",
        "--no-media",
        "--wayback",
        "--mine",
        "--cookies",
        "--accept",
    ):
        assert flag in helped.stdout


def test_a_folder_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "here/file").write_text("in the way")
    done = run(SAMPLE, "-o", "file/out")
    assert done.returncode == 4 and "file" in done.stderr and "Traceback" not in done.stderr
