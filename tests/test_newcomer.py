"""What a newcomer does first and gets wrong: an old blog, a folder chosen badly, a closed pipe."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import Serve
from homemade import Told, blog

from blogark import Options, Post, archive, cli, posts
from blogark.errors import SourceError, StoreError

TEXTS_ONLY = Options(media=False, wayback="never")
SAMPLE = Path(__file__).parents[1] / "fixtures" / "sample-blog"


def _weblog(entries: str) -> str:
    months = "".join(f'<a href="/archives/2004_{month}.html">2004, {month}</a><br>' for month in ("06", "05"))
    side = f'<div id="links"><div class="sidetitle">Archives</div><div class="side">{months}</div></div>'
    return (
        f'<html><head><title>Chez Odile</title></head><body><div id="banner"><h1><a href="/">Chez Odile</a></h1></div>'
        f'<div id="content"><div class="blog">{entries}</div></div>{side}</body></html>'
    )


def _logged(number: int, title: str, day: str, text: str, own: str) -> str:
    """As Movable Type wrote them before 2006: a day above, a title that leads nowhere, the address below."""
    below = f'{own} | <a href="/cgi-bin/mt-tb.cgi?__mode=view&entry_id={number}">TrackBack (0)</a>'
    return (
        f'<h2 class="date">{day}</h2><div class="blogbody"><a name="{number:06}"></a><h3 class="title">{title}</h3>'
        f'<p>{text}</p><div class="posted">Posted by Odile {below}</div></div>'
    )


_CLOCK = 'at <a href="/archives/{0:06}.html">06:40 PM</a>'
_TALK = 'at 06:40 PM | <a href="/archives/{0:06}.html#comments">Comments (0)</a>'


@pytest.mark.parametrize("own", [_CLOCK, _TALK], ids=["clock", "comments"])
def test_posts_whose_titles_lead_nowhere_are_not_taken_for_their_months(serve: Serve, own: str) -> None:
    told = [
        (12, "Strawberry tart", "June 16, 2004", "A short crust, strawberries and no gelatine at all, really."),
        (11, "Col de la Croix", "June 2, 2004", 'Wind. See <a href="/archives/000010.html">the other time</a>.'),
        (10, "First entry", "May 30, 2004", "Good day to everybody. This is a notebook about food and hills."),
    ]
    made = [_logged(*each, own.format(each[0])) for each in told]
    pages = {
        "/": _weblog("".join(made[:2])),
        "/archives/2004_06.html": _weblog("".join(made[:2])),
        "/archives/2004_05.html": _weblog(made[2]),
        **{f"/archives/{each[0]:06}.html": _weblog(_logged(*each, "")) for each in told},
    }
    found = {post.url.rpartition("/")[2]: post for post in posts(serve(pages).url, TEXTS_ONLY)}
    assert {name: post.title for name, post in found.items()} == {f"{n:06}.html": title for n, title, *_ in told}
    assert str(found["000010.html"].day) == "2004-05-30"
    assert _body(found["000012.html"]) == told[0][3]


def _body(post: Post) -> str:
    return post.markdown.strip()


def test_an_archive_is_not_made_of_the_folder_that_it_is_read_from(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "index.html").write_text(Told("/a.html").page(), "utf-8")
    for into in (pages, pages / "out"):
        with pytest.raises(StoreError, match="inside its own source"):
            archive(str(pages), into, TEXTS_ONLY)
    assert [path.name for path in pages.iterdir()] == ["index.html"]


def test_an_archive_moved_over_its_source_says_so(serve: Serve, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    archive(serve(blog(Told("/a.html"))).url, folder, TEXTS_ONLY)
    settings = folder / ".blogark" / "archive.json"
    told = json.loads(settings.read_text("utf-8"))
    settings.write_text(json.dumps({**told, "source": str(folder)}), "utf-8")
    with pytest.raises(SourceError, match="other than itself"):
        archive(str(folder), None, TEXTS_ONLY)


def test_a_reader_of_events_who_leaves_stops_the_run_and_loses_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "blogark", str(SAMPLE), "-o", "out", "--wayback", "never"]
    with subprocess.Popen([*command, "--json"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout and run.stderr and run.stdout.readline()
        run.stdout.close()
        assert run.stderr.read() == b"", "it goes as quietly as its reader"
        assert run.wait() != 0
    told = "".join(path.read_text("utf-8") for path in (tmp_path / "out/.blogark").glob("*.jsonl"))
    assert "Pipe" not in told, "no post is lost by that"
    again = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert again.stdout.startswith("14 of 14 posts · 12 of 12 pictures"), again.stdout
    verified = subprocess.run(
        [*command[:3], "verify", "out"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert verified.returncode == 0, verified.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("backup.xml",), "no file or folder here"),
        (("my-blog.2011.json",), "no file or folder here"),
        (("write", "out", "--for", "obsidian", "-o", "vault", "--redirects"), "obsidian are none"),
        (("--cookies", "cookies.txt", str(SAMPLE)), "no cookies in Netscape's format"),
    ],
)
def test_what_was_mistaken_is_named(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    (tmp_path / "cookies.txt").write_text("none", "utf-8")
    archive(str(SAMPLE), tmp_path / "out", TEXTS_ONLY)
    command = [sys.executable, "-m", "blogark", *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert says in done.stderr and done.stderr.endswith("exit 2: nothing was read or written\n"), done.stderr


@pytest.mark.parametrize(("command", "code"), [("verify", 4), ("ls", 2), ("get", 2)])
def test_a_folder_that_may_not_be_read_is_named(monkeypatch: pytest.MonkeyPatch, command: str, code: int) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "posts/2011")

    monkeypatch.setattr("blogark.verify.verify", refuse)
    monkeypatch.setattr(sys.modules["blogark.archive"], "open_source", refuse)
    done = CliRunner().invoke(cli.main, [command, str(SAMPLE)])
    assert done.exit_code == code and "blogark: posts/2011: Permission denied" in done.output
