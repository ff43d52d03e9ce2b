"""Laws of the archive folder: what is written, what is left alone, what a run says of itself."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Serve
from homemade import GIF, PNG, Told, blog, comment
from hypothesis import given, settings
from hypothesis import strategies as st
from loopback import Answer, Site, drop, garbage, sequence

from blogark import Incomplete, Options, SourceError, StoreError, archive, entries, posts
from blogark.events import Event, Failed, Fetched, Found, Kept, Lost, Wrote
from blogark.layouts import _front
from blogark.model import Post

THREE = (
    Told(
        "/2011/05/third.html",
        "Third",
        "2011-05-16",
        count=2,
        tags=("sea",),
        comments=comment(1, "Ann", "Nice.") + comment(2, "Cy", "Very."),
    ),
    Told(
        "/2011/04/second.html",
        "Second",
        "2011-04-02",
        author="Cy",
        body='<p>See <a href="/2011/05/third.html">the third</a>, and <a href="/2010/01/first.html">the first</a>.</p>',
    ),
    Told(
        "/2010/01/first.html",
        "First",
        "2010-01-30",
        body='<p>A picture of that day: <img src="/img/a.png" alt="A">, the same again <img src="/img/copy.png"></p>',
        tags=("sea", "sky"),
    ),
)
PICTURES = {"/img/a.png": Answer(200, PNG, {"Content-Type": "image/png"}), "/img/copy.png": Answer(200, PNG)}
SAMPLE = Path(__file__).parents[1] / "fixtures" / "sample-blog"


def tree(root: Path) -> dict[str, tuple[int, bytes]]:
    """Every file with the time it was written and its bytes."""
    return {
        p.relative_to(root).as_posix(): (p.stat().st_mtime_ns, p.read_bytes()) for p in root.rglob("*") if p.is_file()
    }


def names(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*.md"))


def front(path: Path) -> dict[str, Any]:
    values: dict[str, Any] = yaml.safe_load(path.read_text("utf-8").split("---\n")[1])
    return values


@pytest.fixture
def site(serve: Serve) -> Site:
    return serve({**blog(*THREE), **PICTURES})


def test_one_file_per_post(site: Site, tmp_path: Path) -> None:
    report = archive(site.url, tmp_path / "a")
    assert (report.found, report.written, report.media, report.failures, report.lost, report.code) == (
        3,
        3,
        2,
        (),
        (),
        0,
    )
    assert names(tmp_path / "a") == [
        "INDEX.md",
        "posts/2010/2010-01-30-first.md",
        "posts/2011/2011-04-02-second.md",
        "posts/2011/2011-05-16-third.md",
    ]
    text = (tmp_path / "a/posts/2011/2011-05-16-third.md").read_text("utf-8")
    assert text.startswith(f"---\ntitle: Third\nauthor: Bo\ndate: 2011-05-16\nsource: {site.url}/2011/05/third.html\n")
    assert front(tmp_path / "a/posts/2011/2011-05-16-third.md")["comment_count"] == 2
    assert "<!-- comments -->\n\n## Comments\n\n- **Ann**" in text
    assert "Read more" not in text and "comments:" not in text


def test_links_between_posts_and_to_pictures_are_relative(site: Site, tmp_path: Path) -> None:
    archive(site.url, tmp_path)
    second = (tmp_path / "posts/2011/2011-04-02-second.md").read_text("utf-8")
    assert "[the third](2011-05-16-third.md)" in second
    assert "[the first](../2010/2010-01-30-first.md)" in second
    first = (tmp_path / "posts/2010/2010-01-30-first.md").read_text("utf-8")
    pictures = re.findall(r"\(\.\./\.\./(media/[\w-]+\.png)\)", first)
    assert len(pictures) == 2 and len(set(pictures)) == 1, "the same bytes lie there once"
    assert (tmp_path / pictures[0]).read_bytes() == PNG


def test_a_second_run_touches_nothing(site: Site, tmp_path: Path) -> None:
    archive(site.url, tmp_path)
    before, asked = tree(tmp_path), len(site.hits)
    again = archive(str(tmp_path))
    assert (again.found, again.written, again.unchanged, again.code) == (3, 0, 3, 0)
    assert tree(tmp_path) == before
    assert set(site.hits[asked:]) <= {"/robots.txt", "/"}


def test_new_and_edited_posts_are_taken_in(serve: Serve, tmp_path: Path) -> None:
    old, new = Told("/a.html", "Old", body="<p>As it was on the first day.</p>"), Told("/b.html", "New", "2012-01-01")
    edited = Told("/a.html", "Old", body="<p>As it is now, rather longer.</p>", count=1)
    front_pages = sequence(blog(old)["/"], blog(new, edited)["/"])
    site = serve({"/": front_pages, "/a.html": sequence(old.page(), edited.page()), "/b.html": new.page()})
    archive(site.url, tmp_path)
    report = archive(site.url, tmp_path)
    assert (report.found, report.written, report.unchanged) == (2, 2, 0)
    assert "rather longer" in (tmp_path / "posts/2011/2011-05-16-old.md").read_text("utf-8")
    lines = (tmp_path / ".blogark/posts.jsonl").read_text("utf-8").splitlines()
    assert sum("As it was on the first day" in line for line in lines) == 1, "the former version stays"


def test_a_file_that_a_person_edited_is_kept(serve: Serve, tmp_path: Path) -> None:
    changed = Told("/a.html", "Title", body="<p>Changed at the source.</p>", count=3)
    site = serve(
        {
            "/": sequence(blog(Told("/a.html", "Title"))["/"], blog(changed)["/"]),
            "/a.html": sequence(Told("/a.html", "Title").page(), changed.page()),
        }
    )
    archive(site.url, tmp_path)
    path = tmp_path / "posts/2011/2011-05-16-title.md"
    path.write_text("mine now", "utf-8")
    events: list[Event] = []
    report = archive(site.url, tmp_path, listen=events.append)
    assert report.kept == 1 and path.read_text("utf-8") == "mine now"
    assert [event.path for event in events if isinstance(event, Kept)] == ["posts/2011/2011-05-16-title.md"]


def test_comments_beside_a_post_are_as_much_the_persons(serve: Serve, tmp_path: Path) -> None:
    one = Told("/a.html", "T", count=1, comments=comment(1, "Ann", "One."))
    two = Told("/a.html", "T", count=2, comments=comment(1, "Ann", "One.") + comment(2, "Bo", "Two."))
    site = serve({"/": sequence(blog(one)["/"], blog(two)["/"]), "/a.html": sequence(one.page(), two.page())})
    archive(site.url, tmp_path, Options(comments="sidecar"))
    path = tmp_path / "posts/2011/2011-05-16-t.comments.yaml"
    path.write_text("mine", "utf-8")
    events: list[Event] = []
    archive(site.url, tmp_path, listen=events.append)
    assert path.read_text("utf-8") == "mine" and any(isinstance(event, Kept) for event in events)


def test_comments_that_move_into_the_post_leave_no_file(site: Site, tmp_path: Path) -> None:
    archive(site.url, tmp_path, Options(comments="sidecar"))
    asked = len(site.hits)
    archive(site.url, tmp_path, Options(comments="inline"))
    assert not list(tmp_path.rglob("*.yaml"))
    assert "Nice." in (tmp_path / "posts/2011/2011-05-16-third.md").read_text("utf-8")
    assert set(site.hits[asked:]) <= {"/robots.txt", "/"}, "no post is asked for again"


def test_pictures_that_are_gone_from_the_folder_are_fetched_again(site: Site, tmp_path: Path) -> None:
    archive(site.url, tmp_path)
    (picture,) = (tmp_path / "media").iterdir()
    picture.unlink()
    assert archive(site.url, tmp_path).code == 0
    assert picture.read_bytes() == PNG


def test_posts_that_are_gone_from_memory_are_read_again(site: Site, tmp_path: Path) -> None:
    archive(site.url, tmp_path)
    (tmp_path / ".blogark/posts.jsonl").unlink()
    report = archive(site.url, tmp_path, Options(limit=2))
    assert (report.found, report.code) == (2, 0)


def test_a_folder_of_saved_pages_may_move(tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    saved.mkdir()
    for path, page in blog(*THREE[:2]).items():
        file = saved / (path.rpartition("/")[2] or "index.html")
        file.write_text(re.sub(r'href="/[\d/]*', 'href="', str(page)), "utf-8")
    assert archive(str(saved), tmp_path / "out").found == 2
    before = tree(tmp_path / "out/posts")
    (tmp_path / "elsewhere").mkdir()
    saved.rename(tmp_path / "elsewhere/saved")
    assert archive(str(tmp_path / "elsewhere/saved"), tmp_path / "out").unchanged == 2
    assert tree(tmp_path / "out/posts") == before
    assert str(tmp_path) not in (tmp_path / "out/.blogark/posts.jsonl").read_text("utf-8")


def test_a_deleted_file_comes_back(site: Site, tmp_path: Path) -> None:
    archive(site.url, tmp_path)
    path = tmp_path / "posts/2011/2011-05-16-third.md"
    text = path.read_bytes()
    path.unlink()
    assert archive(site.url, tmp_path).written == 1
    assert path.read_bytes() == text


@pytest.mark.parametrize("after", range(1, 4))
def test_stopping_anywhere_leaves_whole_files_and_running_again_ends_the_same(
    site: Site, tmp_path: Path, after: int
) -> None:
    def stop(event: Event) -> None:
        stop.seen += isinstance(event, Wrote)  # type: ignore[attr-defined]
        if stop.seen == after:  # type: ignore[attr-defined]
            raise KeyboardInterrupt

    stop.seen = 0  # type: ignore[attr-defined]
    archive(site.url, tmp_path / "whole")
    with pytest.raises(KeyboardInterrupt):
        archive(site.url, tmp_path / "torn", listen=stop)
    assert len(names(tmp_path / "torn")) == after
    archive(site.url, tmp_path / "torn")
    visible = [
        {p: b for p, (_, b) in tree(tmp_path / name).items() if not p.startswith(".")} for name in ("whole", "torn")
    ]
    assert visible[0] == visible[1]


def test_lines_that_a_crash_tore_are_cut_off(site: Site, tmp_path: Path) -> None:
    archive(site.url, tmp_path)
    before = {name: (tmp_path / ".blogark" / name).read_bytes() for name in ("posts.jsonl", "journal.jsonl")}
    for name in before:
        with (tmp_path / ".blogark" / name).open("ab") as file:
            file.write(b'{"event": "wro')
    assert archive(site.url, tmp_path).unchanged == 3
    assert {name: (tmp_path / ".blogark" / name).read_bytes() for name in before} == before


def test_namesakes_are_numbered_by_day_and_id_not_by_arrival(serve: Serve, tmp_path: Path) -> None:
    same = [Told(f"/blog-post_{n}.html", "Memo") for n in (3, 1, 2)]
    archive(serve(blog(*same)).url, tmp_path)
    sources = {name: front(tmp_path / name)["source"][-6:] for name in names(tmp_path) if name != "INDEX.md"}
    assert sources == {
        "posts/2011/2011-05-16-memo.md": "1.html",
        "posts/2011/2011-05-16-memo-2.md": "2.html",
        "posts/2011/2011-05-16-memo-3.md": "3.html",
    }


def test_comments_beside_a_post_move_with_it(serve: Serve, tmp_path: Path) -> None:
    told = [
        Told("/blog-post_2.html", "Memo", count=1, comments=comment(7, "Ann", "Second.")),
        Told("/blog-post_1.html", "Memo"),
    ]
    archive(serve(blog(*told)).url, tmp_path, Options(comments="sidecar"))
    assert [path.name for path in tmp_path.rglob("*.yaml")] == ["2011-05-16-memo-2.comments.yaml"]


def test_names_that_look_numbered_are_not_mixed_up(serve: Serve, tmp_path: Path) -> None:
    archive(serve(blog(Told("/z/top-2.html", "Z"), Told("/b/top.html", "B"), Told("/a/top.html", "A"))).url, tmp_path)
    sources = {
        name.rpartition("16-")[2]: front(tmp_path / name)["title"] for name in names(tmp_path) if name != "INDEX.md"
    }
    assert sources == {"top.md": "A", "top-2.md": "Z", "top-3.md": "B"}


def test_names_that_differ_in_case_alone_do_not_meet(serve: Serve, tmp_path: Path) -> None:
    archive(serve(blog(Told("/Read-Me.html", "One"), Told("/read-me.html", "Two"))).url, tmp_path)
    written = [name.casefold() for name in names(tmp_path)]
    assert len(written) == len(set(written)) == 3


NASTY = (
    "../../../etc/passwd",
    "a/b\\c",
    "CON",
    "\u202egnp.exe",
    "x" * 300,
    "가" * 200,
    "😀",
    ". .",
    "a\nb",
    "q\"uo'te: yes # no",
    "<script>",
    "-",
    "2011",
    "null",
)


def test_nasty_titles_stay_in_the_folder(serve: Serve, tmp_path: Path) -> None:
    told = [Told(f"/{2000 + n}.html", title) for n, title in enumerate(NASTY)]
    report = archive(serve(blog(*told)).url, tmp_path / "in")
    assert report.written == len(NASTY)
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    for path in (tmp_path / "in/posts").rglob("*.md"):
        assert len(path.name.encode()) <= 120 and re.fullmatch(r"[\w.-]+", path.name)
        assert isinstance(front(path)["title"], str)


def test_posts_without_a_date_lie_apart(serve: Serve, tmp_path: Path) -> None:
    archive(serve(blog(Told("/some-words.html", "Some words", day="undated"))).url, tmp_path)
    assert "posts/undated/some-words.md" in names(tmp_path)
    assert "date" not in front(tmp_path / "posts/undated/some-words.md")


@pytest.mark.parametrize(
    ("options", "chosen"),
    [
        (Options(since=date(2011, 4, 2)), {"Third", "Second"}),
        (Options(until=date(2011, 4, 2)), {"Second", "First"}),
        (Options(since=date(2011, 1, 1), until=date(2011, 5, 1)), {"Second"}),
        (Options(tags=("SEA",)), {"Third", "First"}),
        (Options(authors=("cy",)), {"Second"}),
        (Options(limit=2), {"Third", "Second"}),
        (Options(limit=1, tags=("sky",)), {"First"}),
    ],
)
def test_filters_choose(site: Site, tmp_path: Path, options: Options, chosen: set[str]) -> None:
    report = archive(site.url, tmp_path, options)
    assert report.found == report.written == len(chosen)
    assert {front(tmp_path / name)["title"] for name in names(tmp_path) if name != "INDEX.md"} == chosen
    assert {post.title for post in posts(site.url, options)} == chosen
    assert archive(site.url, tmp_path, options).unchanged == len(chosen)


def test_entries_are_listed_without_reading_posts(site: Site) -> None:
    assert [entry.title for entry in entries(site.url)] == ["Third", "Second", "First"]
    assert site.hits == ["/robots.txt", "/"] or site.hits == ["/"]


def test_comments_go_where_they_are_wanted(site: Site, tmp_path: Path) -> None:
    for mode in ("inline", "sidecar", "none"):
        archive(site.url, tmp_path / mode, Options(comments=mode))  # type: ignore[arg-type]
    here = "posts/2011/2011-05-16-third"
    assert [(tmp_path / mode / f"{here}.comments.yaml").exists() for mode in ("inline", "sidecar", "none")] == [
        False,
        True,
        False,
    ]
    assert [
        ("Nice." in (tmp_path / mode / f"{here}.md").read_text("utf-8")) for mode in ("inline", "sidecar", "none")
    ] == [True, False, False]
    kept = yaml.safe_load((tmp_path / "sidecar" / f"{here}.comments.yaml").read_text("utf-8"))
    assert [(row["id"], row["author"], row["text"]) for row in kept] == [("1", "Ann", "Nice."), ("2", "Cy", "Very.")]
    again = archive(str(tmp_path / "sidecar"))
    assert again.unchanged == 3, "the archive remembers its comment mode"


def test_threads_nest(serve: Serve, tmp_path: Path) -> None:
    thread = comment(1, "Ann", "First.", comment(2, "Bo", "Answer.", comment(3, "Ann", "Thanks.")))
    archive(serve(blog(Told("/a.html", "T", count=3, comments=thread))).url, tmp_path)
    text = (
        (tmp_path / "posts/2011/2011-05-16-t.md").read_text("utf-8")
        if (tmp_path / "posts/2011/2011-05-16-t.md").exists()
        else next((tmp_path / "posts").rglob("*.md")).read_text("utf-8")
    )
    assert re.search(r"\n- \*\*Ann\*\*.*\n  - \*\*Bo\*\*.*\n    - \*\*Ann\*\*", text, re.S)


def test_what_is_lost_is_named_and_told_once(serve: Serve, tmp_path: Path) -> None:
    body = (
        "<p>Here: "
        + "".join(f'<img src="/{n}">, ' for n in ("gone.png", "page.png", "empty.gif", "ok.gif"))
        + "and.</p>"
    )
    pages = {
        **blog(Told("/a.html", "T", body=body)),
        "/page.png": "<html>not found</html>",
        "/empty.gif": b"",
        "/ok.gif": GIF,
    }
    site = serve(pages)
    events: list[Event] = []
    report = archive(site.url, tmp_path, listen=events.append)
    assert report.code == 3 and len(report.lost) == 3 and report.media == 1
    assert {event.what.rpartition("/")[2] for event in events if isinstance(event, Lost)} == {
        "gone.png",
        "page.png",
        "empty.gif",
    }
    text = next((tmp_path / "posts").rglob("*.md")).read_text("utf-8")
    assert f"({site.url}/gone.png)" in text and re.search(r"\.\./\.\./media/ok-\w{8}\.gif", text)
    assert "gone.png" in (tmp_path / "INDEX.md").read_text("utf-8")
    assert archive(site.url, tmp_path).code == 0


def test_what_is_nested_too_deep_is_told_and_no_word_is_lost(serve: Serve, tmp_path: Path) -> None:
    deep = f"{'<div>' * 300}<p>Words in the deep, many of them.</p>{'</div>' * 300}"
    deep = f"<p>Words in front.</p>{deep}<p>And behind.</p>"
    site = serve(blog(Told("/a.html", "Deep", body=deep), Told("/b.html", "Flat", body="<p>A flat post of words.</p>")))
    events: list[Event] = []
    report = archive(site.url, tmp_path, listen=events.append)
    assert [(event.post, event.what) for event in events if isinstance(event, Lost)] == [
        (site.url.removeprefix("http://") + "/a.html", "nesting")
    ]
    assert report.code == 0 and f"nesting of {site.url}/a.html" in report.lost[0]
    text = (tmp_path / "posts").rglob("*deep.md")
    assert "Words in front.\n\nWords in the deep, many of them.\n\nAnd behind." in next(text).read_text("utf-8")
    assert "nesting" in (tmp_path / "INDEX.md").read_text("utf-8")
    events.clear()
    assert archive(site.url, tmp_path, listen=events.append).code == 0
    assert not [event for event in events if isinstance(event, Lost | Wrote)]
    list(posts(site.url, listen=events.append))
    assert [event.what for event in events if isinstance(event, Lost)] == ["nesting"]


def test_a_picture_that_comes_back_is_saved(serve: Serve, tmp_path: Path) -> None:
    pages = blog(Told("/a.html", "T", body='<p>Here it is: <img src="/late.gif" alt="x"></p>'))
    site = serve({**pages, "/late.gif": sequence(Answer(404), GIF)})
    assert archive(site.url, tmp_path).code == 3
    assert archive(site.url, tmp_path).code == 0
    assert "media/late-" in next((tmp_path / "posts").rglob("*.md")).read_text("utf-8")
    assert "late" not in (tmp_path / "INDEX.md").read_text("utf-8")


def test_pictures_are_left_where_they_are_when_told_so(site: Site, tmp_path: Path) -> None:
    archive(site.url, tmp_path, Options(media=False))
    assert not (tmp_path / "media").exists()
    assert f"({site.url}/img/a.png)" in (tmp_path / "posts/2010/2010-01-30-first.md").read_text("utf-8")


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("fault", [Answer(500), drop(), garbage(), sequence(Answer(500), drop(), garbage())])
def test_one_bad_post_costs_one_post(serve: Serve, tmp_path: Path, fault: Any) -> None:
    site = serve({**blog(*THREE), **PICTURES, "/2011/04/second.html": fault})
    events: list[Event] = []
    report = archive(site.url, tmp_path, Options(delay=0), events.append)
    assert (report.found, report.written, report.code) == (3, 2, 1)
    (failed,) = [event for event in events if isinstance(event, Failed)]
    assert failed.url == f"{site.url}/2011/04/second.html" and failed.why
    assert "second.html" in report.failures[0]
    with pytest.raises(Incomplete, match=r"second\.html"):
        list(posts(site.url, Options(delay=0)))


def test_found_before_written_and_every_event_is_json(site: Site, tmp_path: Path) -> None:
    events: list[Event] = []
    archive(site.url, tmp_path, listen=events.append)
    lines = [json.loads(json.dumps(event.to_dict())) for event in events]
    assert {line["event"] for line in lines} == {"fetched", "found", "saved", "wrote"}
    order = [type(event) for event in events if isinstance(event, Found | Wrote)]
    assert order == [*[Found, Wrote] * 3, Wrote], "the last one mends a link that gained its target"
    assert all(str(event) for event in events) and any(isinstance(event, Fetched) for event in events)


def test_an_archive_folder_is_read_without_asking_anyone(site: Site, tmp_path: Path) -> None:
    archive(site.url, tmp_path)
    asked = len(site.hits)
    read = {post.title: post for post in posts(str(tmp_path))}
    assert set(read) == {"Third", "Second", "First"} and len(site.hits) == asked
    assert read["Third"].day == date(2011, 5, 16) and "quick brown fox" in read["Third"].markdown
    assert read["Third"].to_dict()["comments"][0]["author"] == "Ann"


def test_a_folder_of_another_blog_is_refused(site: Site, serve: Serve, tmp_path: Path) -> None:
    archive(site.url, tmp_path)
    before = tree(tmp_path)
    with pytest.raises(StoreError, match="holds another blog"):
        archive(serve(blog(Told("/x.html"))).url, tmp_path)
    assert tree(tmp_path) == before


def test_a_folder_inside_its_own_source_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(str(blog(Told("/x.html"))["/"]), "utf-8")
    with pytest.raises(StoreError, match="own source"):
        archive(str(tmp_path), tmp_path / "out")


@pytest.mark.parametrize("text", ["{", '{"format": 99}', "[]"])
def test_a_damaged_archive_is_not_touched(site: Site, tmp_path: Path, text: str) -> None:
    archive(site.url, tmp_path)
    (tmp_path / ".blogark/archive.json").write_text(text, "utf-8")
    with pytest.raises((StoreError, SourceError), match=r"archive\.json"):
        archive(site.url, tmp_path)


def test_nothing_there_is_said(serve: Serve, tmp_path: Path) -> None:
    empty = serve({"/": "<html><body><h1>Closed</h1></body></html>"})
    assert archive(empty.url, tmp_path / "a").code == 1
    with pytest.raises(SourceError, match="cannot be read"):
        archive(serve({}).url, tmp_path / "b")
    with pytest.raises(SourceError, match="no file or folder"):
        archive("nosuchthing", tmp_path / "c")


def test_secrets_are_kept_out_of_the_folder(site: Site, tmp_path: Path) -> None:
    archive(site.url.replace("//", "//user:pass@"), tmp_path, Options(headers=(("X-Key", "sesame"),)))
    written = b"".join(content for _, content in tree(tmp_path).values())
    assert b"sesame" not in written and b"user:pass" not in written


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(max_examples=300, deadline=None)
@given(title=texts, author=texts, tags=st.lists(texts.filter(bool), max_size=3), count=st.none() | st.integers(0, 9999))
def test_front_matter_reads_back_as_it_was_written(title: str, author: str, tags: list[str], count: int | None) -> None:
    from blogark.layouts import plain

    post = Post(
        "1",
        "https://some.blog/a",
        title=title,
        author=author,
        tags=tuple(tags),
        comment_count=count,
        published=date(2011, 5, 4),
    )
    text = _front.front_matter(plain.front(post), plain.MARKS)
    assert text.startswith("---\n") and text.endswith("---\n")
    read = yaml.safe_load(text.removeprefix("---\n").removesuffix("---\n"))
    wanted = {
        "title": title,
        "author": author,
        "date": date(2011, 5, 4),
        "source": "https://some.blog/a",
        "comment_count": count,
        "tags": tags,
    }
    assert read == {name: value for name, value in wanted.items() if value not in ("", None, [])}
