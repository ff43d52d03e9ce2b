"""An export saved into an archive of the same blog, before and after the blog itself: one post of what both tell."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from conftest import Serve
from handed import files, saved
from homemade import Told, blog, comment

from blogark import Options, Post
from blogark.errors import StoreError
from blogark.merge import merged
from blogark.model import Comment
from blogark.store import Store

LIVE = Options(delay=0, media=False, wayback="never")
BODY = "<p>The quick brown fox looked at the lazy dog and went on sleeping in the sun.</p>"


def wxr(home: str, *items: str) -> str:
    return (
        '<?xml version="1.0"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
        f"<title>A blog</title><link>{home}</link><wp:base_blog_url>{home}</wp:base_blog_url>"
        f"{''.join(items)}</channel></rss>"
    )


def item(number: int, url: str, title: str, status: str = "publish", body: str = BODY, more: str = "") -> str:
    return (
        f"<item><title>{title}</title><link>{url}</link><dc:creator>bo</dc:creator><content:encoded><![CDATA[{body}]]>"
        f"</content:encoded><wp:post_id>{number}</wp:post_id><wp:post_date>2011-05-16 15:05:00</wp:post_date>"
        f"<wp:post_date_gmt>2011-05-16 06:05:00</wp:post_date_gmt><wp:status>{status}</wp:status>"
        f"<wp:post_type>post</wp:post_type>{more}</item>"
    )


def said(number: int, author: str, text: str) -> str:
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>{author}</wp:comment_author>"
        f"<wp:comment_content>{text}</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment>"
    )


@pytest.fixture
def live(serve: Serve) -> str:
    first = Told("/2011/first.html", "First", body=BODY, count=1, comments=comment(1, "Ann", "Nice fox"), tags=("fox",))
    return serve(blog(first, Told("/2011/second.html", "Second", day="2011-05-17", body=BODY))).url.rstrip("/")


def export(folder: Path, live: str) -> Path:
    path = folder / "backup.xml"
    more = said(1, "Ann", "Nice fox") + said(2, "Cy", "Poor dog")
    items = (
        item(11, f"{live}/2011/first.html", "First", more=more),
        item(13, f"{live}/?p=13", "Third, unfinished", "draft"),
    )
    path.write_text(wxr(live, *items), "utf-8")
    return path


def check(out: Path, live: str) -> None:
    """What the archive holds in the end, whichever came first."""
    assert files(out) == [
        "drafts/2011-05-16-third-unfinished.md",
        "posts/2011/2011-05-16-first.md",
        "posts/2011/2011-05-17-second.md",
    ]
    held = {post.title: post for post in Store(out).posts()}
    first = held["First"]
    assert [c.author for c in first.comments] == ["Ann", "Cy"]
    assert (first.comment_count, first.tags) == (2, ("fox",))
    assert isinstance(first.published, datetime)
    settings = Store(out).settings
    assert settings["source"].rstrip("/") == live
    assert settings["platform"] == "generic"


def test_an_export_adds_to_the_archive_of_its_blog(tmp_path: Path, live: str) -> None:
    saved(live, tmp_path / "out", LIVE)
    saved(export(tmp_path, live), tmp_path / "out")
    check(tmp_path / "out", live)


def test_a_blog_adds_to_the_archive_of_its_export(tmp_path: Path, live: str) -> None:
    saved(export(tmp_path, live), tmp_path / "out")
    saved(live, tmp_path / "out", LIVE)
    check(tmp_path / "out", live)


def test_neither_undoes_the_other_when_it_is_saved_again(tmp_path: Path, live: str) -> None:
    out, backup = tmp_path / "out", export(tmp_path, live)
    saved(live, out, LIVE)
    saved(backup, out)
    before = {path: path.read_bytes() for path in out.rglob("*.md")}
    for source, options in ((live, LIVE), (backup, LIVE), (live, replace(LIVE, refresh=True))):
        saved(source, out, options)
        assert {path: path.read_bytes() for path in out.rglob("*.md")} == before
    report, _ = saved(out, out, LIVE)
    assert (report.written, report.code) == (0, 0)
    check(out, live)


def test_an_export_of_another_blog_is_refused(tmp_path: Path, live: str) -> None:
    saved(live, tmp_path / "out", LIVE)
    other = tmp_path / "other.xml"
    other.write_text(wxr("https://other.example", item(1, "https://other.example/x", "X")), "utf-8")
    with pytest.raises(StoreError, match="another blog"):
        saved(other, tmp_path / "out")


# of two posts one

HELD = Post("1", "https://a.example/x", title="X", html="<p>a few words</p>", published=date(2011, 5, 16))


def test_the_richer_field_wins() -> None:
    told = Post(
        "1",
        "file:///x/1",
        title="X!",
        html="<p>a few more words</p>",
        author="Bo",
        published=datetime(2011, 5, 16, 6, 5, tzinfo=UTC),
        tags=("t",),
        draft=True,
        comments=(Comment("c", "Cy", "hm"),),
    )
    found = merged(HELD, told)
    assert (found.url, found.title, found.author, found.tags) == (HELD.url, "X", "Bo", ("t",))
    assert (found.html, found.published, found.draft) == (told.html, told.published, False)
    assert (found.comment_count, found.comments) == (1, told.comments)
    assert merged(found, told) == found
    assert merged(found, HELD) == found


@pytest.mark.parametrize("order", [1, -1])
def test_a_whole_body_wins_over_a_longer_cut_one_and_the_later_over_both(order: int) -> None:
    cut = replace(HELD, html="<p>many many words, but not all of them</p>", partial="cut")
    assert merged(*[HELD, cut][::order]).html == HELD.html
    early = replace(HELD, html="<p>as it was before, with more words</p>", updated=datetime(2011, 1, 1, tzinfo=UTC))
    late = replace(HELD, updated=datetime(2012, 1, 1, tzinfo=UTC))
    assert merged(*[early, late][::order]).html == late.html
