"""blogark verify: what is not as it was, what is lost, and how much of a post its file holds."""

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import Serve
from homemade import GIF, PNG, Told, blog, comment
from loopback import Answer

from blogark import Options, StoreError, archive, fidelity
from blogark.events import Withheld
from blogark.journal import Journal
from blogark.model import plain
from blogark.rewrite import rewrite
from blogark.store import Store
from blogark.verify import Fault, Verdict, verify

BODY = (
    '<h2>By the sea</h2><p>Seven words of it, <a href="/b.html">another</a>, <a href="http://x.example/">far</a>.</p>'
    '<p><img src="/a.png"><img src="/b.gif"></p>'
)
ONE = Told("/a.html", "One", body=BODY, count=1, comments=comment(1, "Ann", "Nice."))
TWO = Told("/b.html", "Two")
FILE = "posts/2011/2011-05-16-one.md"


@pytest.fixture
def root(serve: Serve, tmp_path: Path) -> Path:
    """An archive of two posts, with two pictures and a comment."""
    site = serve({**blog(ONE, TWO), "/a.png": Answer(200, PNG), "/b.gif": Answer(200, GIF)})
    assert archive(site.url, tmp_path / "out", Options(wayback="never")).code == 0
    return tmp_path / "out"


def judged(root: Path) -> tuple[list[Fault], Verdict]:
    faults: list[Fault] = []
    return faults, verify(root, faults.append)


def add_line(root: Path, name: str, **line: Any) -> None:
    with (root / ".blogark" / name).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def change_post(root: Path, **changes: Any) -> None:
    """A newer line for the first post, its file as it is."""
    store = Store(root)
    post = next(post for post in store.posts() if post.title == "One")
    add_line(root, "posts.jsonl", **plain(replace(post, **changes)))


def settle(root: Path, **settings: Any) -> None:
    path = root / ".blogark/archive.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **settings}), "utf-8")


def test_a_whole_archive(root: Path) -> None:
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in root.rglob("*") if path.is_file()}
    faults, found = judged(root)
    assert faults == [] and found.code == 0 and found.worst == ()
    assert (found.posts, found.known, found.files, found.pictures, found.comments) == (2, 2, 2, 2, 1)
    assert found.fidelity == {"words": 1, "headings": 1, "links": 1, "pictures": 1}
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in root.rglob("*") if path.is_file()} == before


def rewrite_file(old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        text = (root / FILE).read_text("utf-8")
        assert old in text
        (root / FILE).write_text(text.replace(old, new), "utf-8")

    return change


def tear(name: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        path = root / ".blogark" / name
        path.write_text(f'{path.read_text("utf-8")}{{"id', "utf-8")

    return change


def picture(root: Path) -> Path:
    return next(root.glob("media/*.png"))


Break = Callable[[Path], Any]
BROKEN: dict[str, tuple[Break, list[str], int]] = {
    "a post's file is gone": (lambda root: (root / FILE).unlink(), ["missing", "dead"], 4),
    "a picture is gone": (lambda root: picture(root).unlink(), ["dead", "missing"], 4),
    "a picture is torn": (lambda root: picture(root).write_bytes(b"torn"), ["damaged"], 4),
    "a person wrote into a file": (rewrite_file("Seven", "Eight"), ["edited"], 4),
    "a person linked to nothing": (rewrite_file("Seven", "[S](../x.md)"), ["edited", "dead"], 4),
    "a person linked to a file": (rewrite_file("Seven", "[S](2011-05-16-two.md#a)"), ["edited"], 4),
    "front matter is no YAML": (rewrite_file("title: One", "title: [One"), ["edited", "invalid"], 4),
    "a count is no number": (rewrite_file("comment_count: 1", "comment_count: one"), ["edited", "invalid"], 4),
    "tags are no list": (lambda root: change_post(root, tags=("a",)), ["invalid"], 4),
    "the index is gone": (lambda root: (root / "INDEX.md").unlink(), ["missing"], 4),
    "a line of the posts is torn": (tear("posts.jsonl"), ["damaged"], 4),
    "a line of the journal is torn": (tear("journal.jsonl"), ["damaged"], 4),
    "the posts are gone": (lambda root: (root / ".blogark/posts.jsonl").unlink(), ["missing", "damaged"], 4),
    "the journal is gone": (
        lambda root: (root / ".blogark/journal.jsonl").unlink(),
        ["missing", "missing", "missing"],
        4,
    ),
    "a post is lost": (
        lambda r: add_line(r, "journal.jsonl", event="lost", post="9", what="http://x/9", why="gone"),
        ["lost"],
        1,
    ),
    "the blog has more posts": (lambda root: settle(root, stated=5), ["lost"], 1),
    "the blog has fewer posts": (lambda root: settle(root, stated=1), [], 0),
    "the blog counts more comments": (lambda root: change_post(root, comment_count=4), ["lost"], 3),
    "its comments are not wanted": (
        lambda root: (settle(root, comments="none"), change_post(root, comment_count=1, comments=())),
        [],
        0,
    ),
    "a body is cut": (lambda root: change_post(root, partial="paywalled"), ["partial", "invalid"], 4),
    "a picture that nobody knows": (lambda root: (root / "media/x.png").write_bytes(PNG), ["orphan"], 0),
    "a file of a person's own": (lambda root: (root / "posts/notes.txt").write_text("mine"), [], 0),
    "nesting that nobody follows": (
        lambda r: add_line(r, "journal.jsonl", event="lost", post="9", what="nesting", why="too deep"),
        ["lost"],
        0,
    ),
}


@pytest.mark.parametrize(("damage", "kinds", "code"), BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_named(root: Path, damage: Break, kinds: list[str], code: int) -> None:
    damage(root)
    faults, found = judged(root)
    assert [fault.kind for fault in faults] == kinds and found.code == code
    assert sum(found.faults.values()) == len(faults)
    assert all(fault.what in str(fault) for fault in faults)


def test_comments_that_the_blog_counts_and_does_not_show(serve: Serve, tmp_path: Path) -> None:
    told = replace(ONE, count=3, body="<p>Some words of it, and then a few more of them.</p>")
    archive(serve(blog(told, TWO)).url, tmp_path, Options(wayback="never"))
    faults, found = judged(tmp_path)
    assert list(map(str, faults)) == [f"lost comments: 2 of 3 are not here, in {FILE}"] and found.code == 3


def test_a_picture_that_was_lost_names_its_post(serve: Serve, tmp_path: Path) -> None:
    site = serve({**blog(ONE, TWO), "/a.png": Answer(200, PNG)})
    archive(site.url, tmp_path, Options(wayback="never"))
    faults, found = judged(tmp_path)
    assert list(map(str, faults)) == [f"lost {site.url}/b.gif: not found (404), in {FILE}"]
    assert found.code == 3 and found.fidelity["pictures"] == 1, "its address still stands in the file"


def test_posts_that_are_not_public_are_no_fault(root: Path) -> None:
    with closing(Journal(root / ".blogark/journal.jsonl")) as journal:
        for _ in range(2):
            journal.hear(Withheld("http://some.blog/secret", "it asks for a password", "77"))
    settle(root, stated=3)
    faults, found = judged(root)
    assert list(map(str, faults)) == ["withheld http://some.blog/secret: it asks for a password"] and found.code == 0


@pytest.mark.parametrize("name", ["posts.jsonl", "journal.jsonl"])
@pytest.mark.parametrize("line", ["}{", "7", '{"event":"wrote","id":1,"url":null}', '["id"]'])
def test_a_memory_that_cannot_be_read_is_told(root: Path, name: str, line: str) -> None:
    path = root / ".blogark" / name
    path.write_text(f"{line}\n{path.read_text('utf-8')}", "utf-8")
    if name == "posts.jsonl" or not line.startswith("{"):
        with pytest.raises(StoreError, match=f"{name}, line 1 is damaged"):
            judged(root)


def test_a_post_whose_line_is_no_post(root: Path) -> None:
    add_line(root, "posts.jsonl", id="9", url="http://x.example/9", colour="red")
    with pytest.raises(StoreError, match="line of post 9 is damaged"):
        judged(root)


def test_no_archive(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is no archive folder"):
        judged(tmp_path)


def test_the_index_gives_the_same_account_to_a_person(root: Path) -> None:
    before = (root / "INDEX.md").read_bytes()
    rewrite(root)
    assert (root / "INDEX.md").read_bytes() == before, "of a whole archive it lists the posts alone"
    change_post(root, partial="paywalled", comment_count=4)
    add_line(root, "journal.jsonl", event="lost", post="9", what="http://some.blog/9", why="gone [for good]")
    with closing(Journal(root / ".blogark/journal.jsonl")) as journal:
        journal.hear(Withheld("http://some.blog/8", "it asks for a password", "8"))
    settle(root, stated=5)
    for _ in range(2):
        rewrite(root)
        title, account, *lines = (root / "INDEX.md").read_text("utf-8").replace("\n\n", "\n").splitlines()
        assert (title, account) == ("# A blog", "2 of the 5 posts that the blog says it has.")
        assert lines == [
            "## 2011",
            "- 2011-05-16 [Two](posts/2011/2011-05-16-two.md)",
            f"- 2011-05-16 [One]({FILE})",
            "## Cut short",
            f"- 2011-05-16 [One]({FILE}): paywalled",
            "## Comments that are counted, and not here",
            f"- 2011-05-16 [One]({FILE}): 3 of 4 are not here",
            "## Lost",
            "- <http://some.blog/9>: gone [for good]",
            "## Not public, and not saved",
            "- <http://some.blog/8>: it asks for a password",
        ]


# how much of a post its file holds

NEAR: dict[str, tuple[str, str, dict[str, tuple[str, ...]]]] = {
    "the same": ("<p>One <b>two</b>, three.</p>", "One **two**, three.", {}),
    "a word less": ("<p>One two two three.</p>", "One two three.", {"words": ("two",)}),
    "a word within an address is none": ("<p>One two</p>", "One [](http://x.example/two)", {"words": ("two",)}),
    "a word of a picture's description is none": ("<p>One two</p>", "One ![two](a.png)", {"words": ("two",)}),
    "signs within a word": ("<p>H<i>ell</i>o a*b*c [1]d</p>", r"H*ell*o a\*b\*c [1]d", {}),
    "letters of Japanese": ("<p>日本語の本</p>", "日**本語**の", {"words": ("本",)}),
    "code": ("<pre>a*b &amp;amp; _x_ ](y)</pre>", "```\na*b &amp; _x_ ](y)\n```", {}),
    "a heading that became text": ("<h2>Sea <i>x</i></h2>", "Sea *x*", {"headings": ("Sea x",)}),
    "a heading in a fence is code": ("<h2>Sea</h2>", "```\n## Sea\n```", {"headings": ("Sea",)}),
    "a heading in a quote": ("<blockquote><h2>Sea</h2></blockquote>", "> ## Sea", {}),
    "a link less": ('<a href="http://x.example/(1)">x</a>', "x", {"links": ("http://x.example/(1)",)}),
    "a link with brackets": ('<a href="http://x.example/(1)">x</a>', "[x](http://x.example/(1))", {}),
    "a link by its other scheme": ('<a href="https://x.example/">x</a>', "[x](<http://x.example/>)", {}),
    "a link that is held": ('<a href="/two.html">x</a>', "[x](two.md)", {}),
    "a link within the post": ('<a href="#n1">x</a>', "x[^1]", {}),
    "a link that says nothing": ('<p><a href="http://x.example/"> </a>x</p>', "x", {}),
    "a picture less": ('<p>x<img src="/a.png"></p>', "x", {"pictures": ("https://b.example/a.png",)}),
    "a picture that is held": ('<img src="/one.png" alt="">', "![](media/one.png)", {}),
    "a lazy picture": ('<img src="/blank.gif" data-src="/one.png">', "![](media/one.png)", {}),
    "a linked thumbnail": ('<a href="/large.png"><img src="/one.png"></a>', "[![](media/one.png)](media/one.png)", {}),
    "a counter": ('<p>x<img src="/t.gif" width="1" height="1"></p>', "x", {}),
    "scripts and sharing": ('<p>x</p><script>y</script><div class="sharedaddy">Tweet<div>z</div></div>', "x", {}),
    "a table that stays HTML": ("<table><tr><td>a<td>b</table>", "<table><tr><td>a</td><td>b</td></tr></table>", {}),
    "markup that Python's parser gives up on": ("<p>a<![foo[x]]> b</p>", "a b", {}),
    "nothing": ("", "", {}),
}
HELD = {"https://b.example/two.html": ["two.md"], "https://b.example/one.png": ["media/one.png"]}


@pytest.mark.parametrize(("html", "markdown", "missing"), NEAR.values(), ids=NEAR)
def test_fidelity(html: str, markdown: str, missing: dict[str, tuple[str, ...]]) -> None:
    made = fidelity.read(markdown)
    found = fidelity.compare(html, "https://b.example/p.html", made, lambda url: HELD.get(url, []))
    assert {name: share.missing for name, share in found if share.missing} == missing
    assert (found.value < 1) == bool(missing)


def test_the_least_true_posts_are_named(root: Path) -> None:
    for old, new in (("## By the sea", "By the sea"), ("Seven", ""), ("[far](http://x.example/)", "far")):
        rewrite_file(old, new)(root)
    _, found = judged(root)
    ((path, shares),) = found.worst
    assert path == FILE and dict(shares)["words"].missing == ("Seven",)
    assert dict(shares)["links"].missing == ("http://x.example/",) and dict(shares)["pictures"].value == 1
    assert found.fidelity["headings"] == 0 and 0 < found.fidelity["words"] < 1


def test_ten_of_many_are_named(serve: Serve, tmp_path: Path) -> None:
    archive(serve(blog(*(Told(f"/{n}.html", f"T {n}") for n in range(25)))).url, tmp_path, Options(wayback="never"))
    for n in range(25):
        (path,) = tmp_path.rglob(f"*-t-{n}.md")
        path.write_text(path.read_text("utf-8").replace("The quick brown fox"[: n // 2], ""), "utf-8")
    _, found = judged(tmp_path)
    values = [post.value for _, post in found.worst]
    assert len(values) == 10 and values == sorted(values) and values[0] < values[-1] < 1


def test_what_a_site_generator_s_layout_links_to_is_no_dead_link(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its links are not paths of files: they are asked of the layout."""
    from blogark.layouts import plain as layout

    rewrite_file("2011-05-16-two.md", "/blog/two/")(root)
    assert [fault.kind for fault in judged(root)[0]] == ["edited", "dead"]
    monkeypatch.setattr(layout, "link", lambda from_, to, url="": "/blog/two/" if "two" in to else "x")
    assert [fault.kind for fault in judged(root)[0] if "/blog/" in fault.what] == []
