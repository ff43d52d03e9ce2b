"""Export files of WordPress and Blogger: every post with all that the file says of it, whatever the file is called."""

import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import count
from pathlib import Path

import pytest
from handed import ALONE, EXPORTS, files, read, saved, told, zipped
from homemade import PNG
from killed import dies

from blogark import Incomplete, Post, posts
from blogark.errors import ReadError, SourceError
from blogark.events import Failed
from blogark.journal import Journal
from blogark.model import Entry
from blogark.platforms import _export

KST = timezone(timedelta(hours=9))


@pytest.fixture(scope="module")
def wordpress() -> dict[str, Post]:
    return read(EXPORTS / "wordpress.xml")


# WordPress


def test_a_post_of_wordpress_has_all_that_its_item_says(wordpress: dict[str, Post]) -> None:
    post = wordpress["Tea in the rain"]
    assert (post.id, post.url, post.slug) == (
        "11",
        "https://kettle.example/2011/05/16/tea-in-the-rain/",
        "tea-in-the-rain",
    )
    assert (post.author, post.lang, post.summary) == ("하나", "ko-KR", "A day with a kettle.")
    assert post.published == datetime(2011, 5, 16, 15, 5, tzinfo=KST)
    assert post.updated == datetime(2011, 5, 17, 8, 0, tzinfo=KST)
    assert (post.categories, post.tags) == (("여행/일본",), ("Tea & rain",))
    assert post.cover == "https://kettle.example/wp-content/uploads/2011/05/cup.jpg"


def test_line_breaks_of_wordpress_are_paragraphs_and_a_gallery_its_pictures(wordpress: dict[str, Post]) -> None:
    assert wordpress["Tea in the rain"].markdown == (
        "It rained all day.\\\nNobody came.\n\n- one kettle\n- two cups\n\nThen a *letter* ]]> arrived.\n\n"
        "![](https://kettle.example/wp-content/uploads/2011/05/lamp.jpg)\n\n"
        "![](https://kettle.example/wp-content/uploads/2011/05/cup.jpg)\n"
    )


def test_comments_that_were_let_through_are_kept_with_what_they_answer(wordpress: dict[str, Post]) -> None:
    post = wordpress["Tea in the rain"]
    assert [(c.id, c.author, c.parent) for c in post.comments] == [("5", "Bo", ""), ("6", "하나", "5")]
    assert post.comments[0].html == "<p>Was it<br />\ngreen?</p>"
    assert post.comments[0].published == datetime(2011, 5, 16, 18, 0, tzinfo=KST)
    assert post.comment_count == 2


def test_drafts_pages_and_private_posts_are_marked_and_menus_are_none(wordpress: dict[str, Post]) -> None:
    assert list(wordpress) == ["Not yet", "Tea in the rain", "About this place"]
    draft, page = wordpress["Not yet"], wordpress["About this place"]
    assert (draft.draft, draft.published, draft.html.count("<p>")) == (True, date(2012, 2, 3), 1)
    assert (page.kind, page.draft, page.extra, page.author) == ("page", False, {"status": "private"}, "guest")


def test_drafts_and_pages_have_folders_of_their_own(tmp_path: Path) -> None:
    report, _ = saved(EXPORTS / "wordpress.xml", tmp_path / "out")
    assert files(tmp_path / "out") == [
        "drafts/2012-02-03-not-yet.md",
        "pages/about.md",
        "posts/2011/2011-05-16-tea-in-the-rain.md",
    ]
    assert (report.written, report.code, report.blog.url) == (3, 0, "https://kettle.example")
    text = (tmp_path / "out/posts/2011/2011-05-16-tea-in-the-rain.md").read_text("utf-8")
    assert "mail.example" not in text
    again, _ = saved(EXPORTS / "wordpress.xml", tmp_path / "out")
    assert (again.written, again.unchanged) == (0, 3)


def test_an_export_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "backup.dat"
    path.write_bytes((EXPORTS / "wordpress.xml").read_bytes())
    assert len(told(path)) == 3


def test_an_export_in_several_files_is_one_blog(tmp_path: Path) -> None:
    text = (EXPORTS / "wordpress.xml").read_text("utf-8")
    second = text.replace(">11<", ">411<").replace("?p=11", "?p=411").replace("tea-in-the-rain", "more-tea")
    path = zipped(tmp_path / "parts.zip", {"blog.001.xml": text, "blog.002.xml": second, "readme.txt": "hello"})
    assert {post.id for post in told(path)} == {"11", "31", "2", "411"}
    (tmp_path / "parts").mkdir()
    for name, part in (("a.xml", text), ("b.xml", second)):
        (tmp_path / "parts" / name).write_text(part, "utf-8")
    assert {post.id for post in told(tmp_path / "parts")} == {"11", "31", "2", "411"}


def test_another_charset_and_forbidden_characters_are_read(tmp_path: Path) -> None:
    text = (EXPORTS / "wordpress.xml").read_text("utf-8").replace('encoding="UTF-8"', 'encoding="EUC-KR"')
    path = tmp_path / "korean.xml"
    path.write_bytes(text.replace("Only begun", "Only\x0b begun").encode("cp949"))
    post = read(path)["Tea in the rain"]
    assert (post.author, post.categories) == ("하나", ("여행/일본",))
    assert read(path)["Not yet"].markdown == "Only begun.\n"


def test_a_torn_item_costs_no_other(tmp_path: Path) -> None:
    text = (EXPORTS / "wordpress.xml").read_text("utf-8")
    path = tmp_path / "torn.xml"
    path.write_text(text.replace("<title>Not yet</title>", "<title>Not & yet</titel>"), "utf-8")
    found = told(path)
    assert len(found) == 3
    assert [bool(post.partial) for post in found] == [True, False, False]
    assert "line 63" in found[0].partial


def test_a_cdata_section_in_another_loses_no_word(tmp_path: Path) -> None:
    text = (EXPORTS / "wordpress.xml").read_text("utf-8")
    path = tmp_path / "nested.xml"
    path.write_text(text.replace("Only begun.", "Only <![CDATA[ begun ]]> again."), "utf-8")
    assert "<p>Only <![CDATA[ begun ]]> again.</p>" in read(path)["Not yet"].html


def test_where_the_file_ends_within_a_post_is_said(tmp_path: Path) -> None:
    text = (EXPORTS / "wordpress.xml").read_text("utf-8")
    path = tmp_path / "cut.xml"
    path.write_text(text[: text.index("arrived")], "utf-8")
    (post,) = told(path)
    assert post.title == "Tea in the rain"
    assert post.partial == "the export ends in it, on line 19 and behind"
    assert "one kettle" in post.text


def test_an_export_without_posts_says_where_it_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "none.xml"
    path.write_text('<rss xmlns:wp="http://wordpress.org/export/1.2/">\n<channel>\n</chanel></rss>', "utf-8")
    events: list[str] = []
    with pytest.raises(Incomplete):
        list(posts(str(path), ALONE, lambda event: events.append(str(event)) if isinstance(event, Failed) else None))
    assert "line 3" in events[0]
    assert "none.xml" in events[0]


def test_entities_and_doctypes_of_an_export_are_never_followed(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    text = (EXPORTS / "wordpress.xml").read_text("utf-8").replace("<rss", f"{bomb}\n<rss", 1)
    path = tmp_path / "bomb.xml"
    path.write_text(text.replace("<title>Not yet</title>", "<title>Not &x; &b; yet &nbsp;</title>"), "utf-8")
    title = told(path)[0].title
    assert title.startswith("Not")
    assert "lol" not in title
    assert "root" not in title


def test_what_is_no_export_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("milk, bread")
    with pytest.raises(SourceError, match=r"notes\.txt"):
        told(tmp_path / "notes.txt")
    (tmp_path / "half.zip").write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(SourceError, match=r"half\.zip"):
        told(tmp_path / "half.zip")


# Blogger


def test_a_backup_of_blogger_gives_posts_with_their_comments() -> None:
    found = read(EXPORTS / "blogger.xml")
    assert list(found) == ["Half a thought", "Moss grows", "About moss"]
    post = found["Moss grows"]
    assert (post.id, post.url, post.slug) == ("101", "https://moss.example/2011/05/moss-grows.html", "moss-grows")
    assert (post.author, post.tags, post.html) == ("Ann", ("돌", "moss"), "<p>Slowly, <em>slowly</em>.</p>")
    assert post.published == datetime(2011, 5, 16, 15, 5, tzinfo=KST)
    assert [(c.id, c.author, c.parent) for c in post.comments] == [("902", "Bo", ""), ("903", "Ann", "902")]
    assert (post.comment_count, post.draft, found["Half a thought"].draft) == (2, False, True)
    assert found["About moss"].kind == "page"


def takeout(folder: Path, **more: str | bytes) -> Path:
    at = "Takeout/Blogger/Blogs/Moss"
    feed = (EXPORTS / "takeout/feed.atom").read_text("utf-8")
    members = {
        f"{at}/feed.atom": feed,
        f"{at}/theme-classic.html": "<html></html>",
        "Takeout/archive_browser.html": "<html></html>",
        "__MACOSX/Takeout/._x": "",
    }
    return zipped(folder / "takeout.zip", {**members, **more})


def test_a_whole_takeout_is_read(tmp_path: Path) -> None:
    found = read(takeout(tmp_path))
    assert set(found) == {"Half a thought", "Moss grows", "About moss", "Stones"}
    post = found["Moss grows"]
    assert (post.id, post.url) == ("101", "https://moss.example/2011/05/moss-grows.html")
    assert post.published == datetime(2011, 5, 16, 6, 5, tzinfo=UTC)
    assert [(c.id, c.parent) for c in post.comments] == [("902", ""), ("903", "902")]
    assert (post.tags, post.summary, post.comment_count) == (("moss",), "What moss does", 2)
    assert (found["Half a thought"].draft, found["About moss"].kind) == (True, "page")


def test_the_settings_of_takeout_tell_host_and_clock(tmp_path: Path) -> None:
    settings = "blog_subdomain,blog_time_zone,blog_locale\nmossy,Asia/Seoul,ko\n"
    post = read(takeout(tmp_path, **{"Takeout/Blogger/Blogs/Moss/settings.csv": settings}))["Moss grows"]
    assert post.url == "https://mossy.blogspot.com/2011/05/moss-grows.html"
    assert (post.published.isoformat() if post.published else "", post.lang) == ("2011-05-16T15:05:00+09:00", "ko")


def test_pictures_are_taken_from_the_export(tmp_path: Path) -> None:
    path = takeout(tmp_path, **{"Takeout/Blogger/Albums/Moss/moss-on-granite.png": PNG})
    options = ALONE.__class__(delay=0, wayback="never", offline=True)
    report, _ = saved(path, tmp_path / "out", options)
    assert (report.media, report.code) == (1, 0)
    assert [p.read_bytes() for p in (tmp_path / "out/media").iterdir()] == [PNG]


def test_two_blogs_in_a_takeout_are_told_apart(tmp_path: Path) -> None:
    feed = (EXPORTS / "takeout/feed.atom").read_text("utf-8")
    second = feed.replace("blog-77", "blog-78").replace("Stones", "Other stones")
    said = "<blogger:type>COMMENT</blogger:type>"
    remarks = f"<feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'>{said}</feed>"
    more = {"Takeout/Blogger/Blogs/Rock/feed.atom": second, "Takeout/Blogger/Comments/feed.atom": remarks}
    events: list[str] = []
    with pytest.raises(Incomplete):
        for post in posts(str(takeout(tmp_path, **more)), ALONE, lambda event: events.append(str(event))):
            assert post.title != "Other stones"
    assert "Rock/feed.atom" in events[-1]


# several in one folder


def unread(path: Path) -> list[str]:
    """What is told of the files that were left, without the one that was read."""
    events: list[Failed] = []
    with pytest.raises(Incomplete):
        for _ in posts(str(path), ALONE, lambda event: events.append(event) if isinstance(event, Failed) else None):
            pass
    return [url for event in events for url in event.why.rpartition(": ")[2].split(", ")]


def test_exports_of_other_platforms_beside_the_one_that_is_read_are_named() -> None:
    left = "ghost.json", "hatena-diary.xml", "livejournal.xml", "movable-type.txt", "tistory.xml", "wordpress.xml"
    assert sorted(unread(EXPORTS)) == [f"file:///{name}" for name in left]


def test_each_export_that_is_left_is_named_once(tmp_path: Path) -> None:
    ghost, blog = (EXPORTS / "ghost.json").read_text("utf-8"), (EXPORTS / "wordpress.xml").read_text("utf-8")
    other = blog.replace("<wp:base_blog_url>https://kettle", "<wp:base_blog_url>https://lamp")
    for name, text in {"a.xml": blog, "b.xml": other, "c.json": ghost, "d.json": ghost, "e.txt": "milk"}.items():
        (tmp_path / name).write_text(text, "utf-8")
    assert sorted(unread(tmp_path)) == ["file:///b.xml", "file:///c.json", "file:///d.json"]


def test_an_export_is_found_among_any_number_of_other_files(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"a-note-{number}.txt").write_text("milk")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/wordpress.xml").write_bytes((EXPORTS / "wordpress.xml").read_bytes())
    assert len(told(tmp_path)) == 3


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/ghost.json").write_bytes((EXPORTS / "ghost.json").read_bytes())
    (tmp_path / "other.xml").write_bytes((EXPORTS / "wordpress.xml").read_bytes())
    (tmp_path / "in/a.xml").symlink_to(tmp_path / "other.xml")
    (tmp_path / "in/b").symlink_to(tmp_path)
    assert len(told(tmp_path / "in")) == 3


def test_what_is_no_export_beside_one_is_not_spoken_of(tmp_path: Path) -> None:
    table = "title,published,content\nCup,2011-05-16,white\n"
    site = {"_posts/2011-05-16-tea.md": "# Tea\n", "_data/cups.csv": table, "feed.xml": "<rss><channel/></rss>"}
    assert [post.title for post in told(zipped(tmp_path / "site.zip", site))] == ["Tea"]
    assert len(told(takeout(tmp_path, **{"Takeout/Blogger/Profile/profile.csv": "name,about\na,b\n"}))) == 4


# size


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks Linux how much memory a process held")
def test_memory_stays_flat_however_large_the_file(tmp_path: Path) -> None:
    """A file of some 100 MB is listed in a process that may not have half of that."""
    item = (
        "<item><title>t{n}</title><link>https://big.example/{n}/</link><wp:post_id>{n}</wp:post_id>"
        "<wp:post_date>2011-05-16 15:05:00</wp:post_date><wp:post_type>post</wp:post_type>"
        "<content:encoded><![CDATA[{body}]]></content:encoded></item>\n"
    )
    head = (
        '<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        "<channel><link>https://big.example/</link>\n"
    )
    path = tmp_path / "big.xml"
    with path.open("w") as file:
        file.write(head)
        for n in range(100):
            file.write(item.format(n=n, body="<p>word word word</p>" * 50_000))
    code = (  # what resource tells is also of the process that this one was made from
        "import re, sys; from blogark import entries; n = sum(1 for _ in entries(sys.argv[1]));"
        "print(n, int(re.search(r'VmHWM:\\s*(\\d+)', open('/proc/self/status').read())[1]) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    count, megabytes = map(int, done.stdout.split())
    assert path.stat().st_size > 100 << 20
    assert count == 100
    assert megabytes < 100


# what an adversary sends


def test_a_zip_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    text = (EXPORTS / "wordpress.xml").read_text("utf-8")
    path = zipped(tmp_path / "bomb.zip", {"a.xml": text + " " * (100 << 20)})
    with pytest.raises(SourceError, match="unpacks to 104,8"):
        told(path)


def test_names_that_lead_out_of_a_zip_are_passed_over(tmp_path: Path) -> None:
    text = (EXPORTS / "wordpress.xml").read_text("utf-8")
    path = zipped(tmp_path / "out.zip", {"../../a.xml": text, "b.xml": text.replace(">11<", ">12<")})
    assert {post.id for post in told(path)} == {"12", "31", "2"}


def test_a_damaged_member_is_named(tmp_path: Path) -> None:
    path = zipped(tmp_path / "hurt.zip", {"a.xml": (EXPORTS / "wordpress.xml").read_text("utf-8")})
    hurt = bytearray(path.read_bytes())
    hurt[200] ^= 0xFF
    path.write_bytes(hurt)
    with pytest.raises(SourceError, match=r"hurt\.zip/a\.xml"):
        told(path)


def test_an_export_in_sixteen_bits_is_read(tmp_path: Path) -> None:
    text = (EXPORTS / "wordpress.xml").read_text("utf-8").replace("UTF-8", "UTF-16")
    path = tmp_path / "wide.xml"
    path.write_bytes(text.encode("utf-16"))
    assert read(path)["Tea in the rain"].author == "하나"


# Posts are made and written some at a time


def _many(folder: Path, bodies: list[str]) -> Path:
    """An export of these bodies, newest last."""
    path = folder / "many.xml"
    items = "".join(
        f"<item><title>No {n}</title><link>https://kettle.example/no-{n}/</link><wp:post_id>{n}</wp:post_id>"
        f"<wp:post_date>2020-01-{n:02} 10:00:00</wp:post_date><content:encoded><![CDATA[{body}]]></content:encoded>"
        "</item>"
        for n, body in enumerate(bodies, 1)
    )
    path.write_text(
        '<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel>{items}</channel></rss>",
        "utf-8",
    )
    return path


@pytest.mark.parametrize("step", ["blogark.render.canon.canonical", "blogark.markdown.write", "blogark.desk.near"])
def test_a_post_that_cannot_be_written_costs_none_that_is_written_with_it(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = _many(tmp_path, [f"<p>Cup {n}</p>" for n in range(1, 21)])
    real, asked = pkgutil.resolve_name(step), count(1)

    def failing(*given: object) -> object:
        if next(asked) == 5:
            raise RecursionError("too deep")
        return real(*given)

    module, _, name = step.rpartition(".")
    monkeypatch.setattr(pkgutil.resolve_name(module), name, failing)
    report, _ = saved(export, tmp_path / "out")
    assert (report.found, report.written, report.code) == (20, 19, 1)
    assert report.failures == ("https://kettle.example/no-16/: RecursionError: too deep",)
    assert not (tmp_path / "out/posts/2020/2020-01-16-no-16.md").exists()
    monkeypatch.undo()
    again, _ = saved(export, tmp_path / "out")
    assert (again.written, again.unchanged, again.failures) == (1, 19, ())


LINKED = [f'<p><a href="https://kettle.example/no-{n % 20 + 1}/">The next cup</a></p>' for n in range(1, 21)]


def _contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files(folder)}


def test_an_export_whose_run_was_killed_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    export = _many(tmp_path, LINKED)
    saved(export, tmp_path / "whole")
    kills = 0
    while dies(export, tmp_path / "killed", 11 * (kills + 1), media=False, offline=True):
        kills += 1
    assert kills > 2
    whole = _contents(tmp_path / "whole")
    assert _contents(tmp_path / "killed") == whole and len(whole) == 20
    assert b"](2020-01-02-no-2.md)" in whole["posts/2020/2020-01-01-no-1.md"]


def test_a_file_that_a_run_was_killed_behind_is_known_for_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export, written = _many(tmp_path, LINKED), count(1)
    saved(export, tmp_path / "whole")

    def stop(self: Journal, file: Path) -> None:
        if next(written) == 5:
            raise KeyboardInterrupt

    monkeypatch.setattr(Journal, "after", stop)
    with pytest.raises(KeyboardInterrupt):
        saved(export, tmp_path / "killed")
    monkeypatch.undo()
    report, _ = saved(export, tmp_path / "killed")
    assert (report.kept, report.code) == (0, 0)
    assert _contents(tmp_path / "killed") == _contents(tmp_path / "whole")


def test_a_listing_that_breaks_off_gives_all_that_came_before() -> None:
    def entries() -> Iterator[Entry]:
        for n in range(20):
            yield _export.entry(Post(str(n), f"https://kettle.example/{n}/"))
        raise ReadError("kettle.xml", "has no end")

    given = _export.ahead(entries())
    assert [next(given).id for _ in range(20)] == [str(n) for n in range(20)]
    with pytest.raises(ReadError, match="has no end"):
        next(given)


def test_few_posts_are_held_at_once_where_they_are_long() -> None:
    made = count()

    def entries() -> Iterator[Entry]:
        for n in made:
            yield _export.entry(Post(str(n), f"https://kettle.example/{n}/", html="tea " * 50_000))

    next(_export.ahead(entries()))
    assert next(made) == 3
