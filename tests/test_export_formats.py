"""Exports of the other platforms: each in its own shape, with all that it says of a post."""

import struct
import zlib
from base64 import b64encode
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from handed import ALONE, EXPORTS, files, read, saved, told, zipped
from homemade import PNG

from blogark import Incomplete, Options
from blogark.platforms import _hatena_marks, _markdown

KST = timezone(timedelta(hours=9))


# Ghost


def test_ghost_gives_posts_of_all_its_formats() -> None:
    found = read(EXPORTS / "ghost.json")
    assert list(found) == ["Three", "Two", 'One "x" 시장']
    one = found['One "x" 시장']
    assert (one.id, one.slug, one.author, one.tags, one.summary, one.lang) == (
        "aa",
        "one",
        "Ann",
        ("Rain", "Tea"),
        "ex",
        "ko",
    )
    assert one.published == datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert found["Two"].markdown == (
        "*it*\\\n[link](http://x.example) end & co\n\n# Hi\n\n- a\n\n![](file:///ghost.json/a.png)\n\ncap\n\n- x\n"
    )
    assert found["Three"].markdown == "**bold**\\\n[y](http://y.example)\n\n## H\n\n```py\na<b\n```\n\n1. i\n"
    assert (found["Two"].kind, found["Two"].draft, found["Two"].extra) == ("page", True, {"visibility": "paid"})
    assert found["Three"].extra == {"status": "scheduled"}


def test_pictures_of_ghost_lie_in_its_zip(tmp_path: Path) -> None:
    text = (EXPORTS / "ghost.json").read_text("utf-8")
    path = zipped(tmp_path / "g.zip", {"data/ghost.json": text, "content/images/2020/x.png": PNG})
    report, _ = saved(path, tmp_path / "out", Options(delay=0, wayback="never", offline=True, limit=3))
    assert report.media == 1
    body = (tmp_path / "out/posts/2020/2020-01-02-one.md").read_text("utf-8")
    assert "../../media/x-" in body
    assert "file:" not in body


def test_json_that_is_torn_is_named(tmp_path: Path) -> None:
    path = tmp_path / "torn.json"
    text = (EXPORTS / "ghost.json").read_text("utf-8")
    path.write_text(text[: text.index('"id":"cc"')], "utf-8")
    with pytest.raises(Incomplete, match=r"torn\.json.*byte \d"):
        told(path)


# Medium

STORY = """<!DOCTYPE html><html><head><title>Tea in the rain</title></head><body><article class="h-entry">
<header><h1 class="p-name">Tea in the rain</h1></header>
<section data-field="subtitle" class="p-summary">A day with a kettle</section>
<section data-field="body" class="e-content"><section class="section"><div class="section-divider">
<hr class="section-divider"></div><div class="section-content">
<h3 class="graf graf--h3 graf--title">Tea in the rain</h3>
<p class="graf">It <em>rained</em>.</p></div></section></section>
<footer>{foot}</footer></article></body></html>"""
FOOT = """<p>By <a href="https://medium.com/@bo" class="p-author h-card">Bo</a> on
<a href="https://medium.com/p/1a2b3c4d5e6f"><time class="dt-published" datetime="2018-08-11T11:23:34.123Z">August 11,
2018</time></a>.</p><p><a
href="https://medium.com/@bo/tea-in-the-rain-1a2b3c4d5e6f" class="p-canonical">Canonical link</a></p>"""


def test_medium_gives_posts_and_drafts(tmp_path: Path) -> None:
    members = {
        "posts/2018-08-11_Tea-in-the-rain-1a2b3c4d5e6f.html": STORY.format(foot=FOOT),
        "posts/draft_Not-yet-aabbccddeeff.html": STORY.format(foot="").replace("Tea in the rain", "Not yet"),
        "profile/profile.html": '<a class="u-url" href="https://medium.com/@bo">Profile</a>',
        "bookmarks/bookmarks-0001.html": "<p>others</p>",
    }
    found = read(zipped(tmp_path / "medium.zip", members))
    assert set(found) == {"Tea in the rain", "Not yet"}
    post = found["Tea in the rain"]
    assert (post.id, post.slug, post.author) == ("1a2b3c4d5e6f", "tea-in-the-rain", "Bo")
    assert (post.summary, post.markdown) == ("A day with a kettle", "It *rained*.\n")
    assert post.published == datetime(2018, 8, 11, 11, 23, 34, tzinfo=UTC)
    assert (found["Not yet"].draft, found["Not yet"].id) == (True, "aabbccddeeff")


# Substack


def test_substack_gives_posts_by_its_table_and_leaves_its_readers_alone(tmp_path: Path) -> None:
    rows = (
        "post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url\n"
        "11.tea,2019-07-26T20:48:19.814Z,true,,newsletter,only_paid,Tea &amp; rain,A day,\n"
        "12.about,2019-07-20T20:48:19.814Z,true,,page,everyone,About,,\n"
        "13.later,2020-01-01T00:00:00.000Z,false,,newsletter,everyone,Later,,\n"
        "14,2020-01-02T00:00:00.000Z,true,,restack,everyone,,,\n"
    )
    link = '<p><a href="https://tea.substack.com/subscribe?">Subscribe</a></p>'
    members = {
        "posts.csv": rows,
        "posts/11.tea.html": f"<p>It rained.</p>{link}",
        "posts/12.about.html": link,
        "posts/13.later.html": "<p>x</p>",
        "email_list.csv": "email\nreader@mail.example\n",
    }
    path = zipped(tmp_path / "substack.zip", members)
    found = read(path)
    assert list(found) == ["Later", "Tea & rain", "About"]
    post = found["Tea & rain"]
    assert (post.id, post.url, post.summary) == ("11", "https://tea.substack.com/p/tea", "A day")
    assert (post.extra, found["Later"].draft, found["About"].kind) == ({"visibility": "only_paid"}, True, "page")
    saved(path, tmp_path / "out")
    held = b"".join(each.read_bytes() for each in (tmp_path / "out").rglob("*") if each.is_file())
    assert b"reader@mail.example" not in held


# Movable Type


def test_movable_type_gives_entries_with_their_sections() -> None:
    found = read(EXPORTS / "movable-type.txt")
    assert list(found) == ["Not yet", "Tea: in the rain"]
    post = found["Tea: in the rain"]
    assert (post.author, post.slug, post.published) == ("hana", "tea", date(2011, 5, 16))
    assert (post.categories, post.tags) == (("Tea", "비"), ("kettle", "rain, all day"))
    assert (post.summary, post.cover) == ("A day", "https://kettle.example/cup.jpg")
    assert post.markdown == "It rained all day.\\\nNobody came.\n\nURL: is no header here\n\nThen it stopped.\n"
    assert [(c.author, c.url, c.published) for c in post.comments] == [("Bo", "http://bo.example", date(2011, 5, 16))]
    assert post.comments[0].html == "<p>Was it<br />\ngreen?</p>"
    assert (post.comment_count, found["Not yet"].draft) == (1, True)


def test_movable_type_in_an_old_charset(tmp_path: Path) -> None:
    path, words = (
        tmp_path / "export.txt",
        "雨の日の紅茶について書きました。今日は一日中雨が降っていたので、家で本を読んでいました。",
    )
    text = (EXPORTS / "movable-type.txt").read_text("utf-8").replace("비", "紅茶").replace("Nobody came.", words)
    path.write_bytes(text.encode("euc-jp"))
    post = read(path)["Tea: in the rain"]
    assert (post.categories[1], words in post.text) == ("紅茶", True)


def test_one_entry_of_movable_type_in_another_charset_costs_no_other(tmp_path: Path) -> None:
    text = (EXPORTS / "movable-type.txt").read_text("utf-8").replace("Nobody came.", "Nobody\u2019s there, 아무도.")
    path = tmp_path / "export.txt"
    other = text.replace("16/tea", "16/other").replace("in the rain", "\u201cr\u00e9sum\u00e9\u201d")
    path.write_bytes(text.encode() + text.encode() + other.encode("cp1252", "ignore"))
    found = read(path)
    assert "Nobody’s there, 아무도." in found["Tea: in the rain"].text
    assert "Tea: “résumé”" in found


# Tistory


def large_png() -> bytes:
    """A picture of 40 by 40 dots."""
    rows = zlib.compress(b"".join(b"\0" + bytes(range(120)) for _ in range(40)))
    parts = [b"IHDR" + struct.pack(">IIBBBBB", 40, 40, 8, 2, 0, 0, 0), b"IDAT" + rows, b"IEND"]
    return PNG[:8] + b"".join(struct.pack(">I", len(p) - 4) + p + struct.pack(">I", zlib.crc32(p)) for p in parts)


def test_a_backup_of_tistory_gives_posts_threads_and_pictures(tmp_path: Path) -> None:
    found = read(EXPORTS / "tistory.xml")
    assert list(found) == ["혼자", "첫 글 & 사진", "알림"]
    post = found["첫 글 & 사진"]
    assert (post.id, post.slug, post.published) == ("12", "첫-글", datetime(2011, 5, 16, 15, 5, tzinfo=KST))
    assert (post.categories, post.tags) == (("여행/일본",), ("비", "차"))
    assert [(c.author, c.parent) for c in post.comments] == [("보", ""), ("주인", "1")]
    assert post.comment_count == 2
    assert (found["혼자"].extra, found["혼자"].markdown) == ({"status": "private"}, "한 줄\n\n두 줄\n")
    assert found["알림"].kind == "page"
    picture, path = large_png(), tmp_path / "backup.xml"
    held = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVQI12P4//8/AAX+Av6nmg49AAAAAElFTkSuQmCC"
    text = (EXPORTS / "tistory.xml").read_text("utf-8")
    path.write_text(text.replace(held, b64encode(picture).decode()), "utf-8")
    saved(path, tmp_path / "out", Options(delay=0, wayback="never", offline=True))
    assert [each.read_bytes() for each in (tmp_path / "out/media").iterdir()] == [picture]
    body = (tmp_path / "out/posts/2011/2011-05-16-첫-글-사진.md").read_text("utf-8")
    assert "](../../media/" in body
    assert "컵 하나" in body


def test_a_zip_of_tistory_gives_posts_with_their_pictures(tmp_path: Path) -> None:
    page = (
        '<html><head><title>t</title></head><body><h2 class="title-article">비 오는 날</h2><div class="box-info">'
        '<p class="category">여행/일본</p><p class="date">2021-05-16 15:05:00</p></div><div class="article-view">'
        '<div class="contents_style"><p>차를 마셨다. <img src="./img/cup.png"></p></div></div>'
        '<div class="tags">#비 #차</div></body></html>'
    )
    path = zipped(tmp_path / "moss-1.zip", {"12/12-비-오는-날.html": page, "12/img/cup.png": PNG, "12/style.css": ""})
    post = read(path)["비 오는 날"]
    assert (post.id, post.categories, post.tags) == ("12", ("여행/일본",), ("비", "차"))
    assert post.published == datetime(2021, 5, 16, 15, 5, tzinfo=KST)
    report, _ = saved(path, tmp_path / "out", Options(delay=0, wayback="never", offline=True))
    assert (report.media, report.lost) == (1, ())


# Hatena Diary


def test_hatena_diary_gives_the_entries_of_each_day() -> None:
    found = read(EXPORTS / "hatena-diary.xml")
    assert list(found) == ["Only a day", "Soup", "Tea in the rain"]
    tea, soup, day = found["Tea in the rain"], found["Soup"], found["Only a day"]
    assert (tea.tags, tea.id, tea.published) == (
        ("茶", "雨の日"),
        "20110516-1305525900",
        datetime(2011, 5, 16, 15, 5, tzinfo=KST),
    )
    assert (soup.slug, soup.published, day.published) == ("soup", date(2011, 5, 16), date(2011, 5, 17))
    assert [(c.author, c.html, c.published) for c in tea.comments] == [
        ("bo", "<p>Was it<br>green?</p>", datetime(2011, 5, 16, 18, 0, tzinfo=KST))
    ]
    assert (tea.comment_count, soup.comment_count) == (1, 0)
    assert soup.markdown == "Hot & good, <http://some.example/soup>\n"
    assert day.markdown == "No entry of its own.\n"


def test_the_notation_of_hatena_is_what_it_stands_for() -> None:
    assert read(EXPORTS / "hatena-diary.xml")["Tea in the rain"].markdown == (
        "It rained [all day](http://some.example/rain) (and *all* night).\n\n"
        "![](https://cdn-ak.f.st-hatena.com/images/fotolife/h/hana/20110516/20110516150500.jpg)\n\n"
        "### A list\n\n- one kettle\n  - small\n- two cups\n- first\n\n"
        "> <http://some.example/book>\n>\n> Nobody came.\n\n"
        '```python\nif a < b:\n    print("- no list")\n```\n\n'
        "| Cup | Tea |\n| --- | --- |\n| white | green |\n"
    )


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("><div class='x'>\nhi\n</div><", "<div class='x'>\n<p>hi</p>\n</div>"),
        (">|\nplain <b>x</b>|<\nafter", "<pre><code>plain <b>x</b></code></pre>\n<p>after</p>"),
        (">||\nnever closed", "<p>>||</p>\n<p>never closed</p>"),
        ("-a\n---b\n-c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("<a href='http://a.example'>http://a.example</a>", "<p><a href='http://a.example'>http://a.example</a></p>"),
        ("[http://a.example/x:title=A:b]", '<p><a href="http://a.example/x">A:b</a></p>'),
    ],
)
def test_what_a_diary_in_hatenas_notation_may_hold(written: str, shown: str) -> None:
    assert _hatena_marks.html(written) == shown


# LiveJournal


def test_livejournal_gives_entries_with_their_threads() -> None:
    first, post = told(EXPORTS / "livejournal.xml")
    assert (first.extra, first.published) == ({"status": "friends"}, date(2004, 3, 5))
    assert (post.id, post.title, post.tags) == ("41", "Snow & soup", ("snow", "soup"))
    assert post.extra == {"mood": "warm", "music": "Kettle song"}
    assert post.markdown == "It snowed.\\\n[old_friend](https://old-friend.livejournal.com/) made soup. And bread.\n"
    assert [(c.id, c.author, c.parent, c.html) for c in post.comments] == [
        ("7", "bo", "", "<p>Which soup?</p>"),
        ("8", "ann", "7", "<p>Leek.</p>"),
    ]


# Tumblr

TUMBLR = """<?xml version="1.0" encoding="UTF-8"?><tumblr version="1.0"><posts>
<post id="1234567" url="https://t.example/post/1234567" url-with-slug="https://t.example/post/1234567/tea" slug="tea"
 type="regular" unix-timestamp="1305525900" state="published"><regular-title>Tea</regular-title>
<regular-body>&lt;p&gt;It
 rained.&lt;/p&gt;</regular-body><tag>rain</tag><tag>tea</tag></post>
<post id="1234568" url="https://t.example/post/1234568" type="photo" unix-timestamp="1305612300">
<photo-caption>&lt;p&gt;A cup&lt;/p&gt;</photo-caption>
<photo-url max-width="1280">https://64.media.tumblr.com/x/cup_lamp_1280.png</photo-url>
<photo-url max-width="75">https://64.media.tumblr.com/x/cup_75.png</photo-url></post></posts></tumblr>"""


def test_tumblr_gives_posts_of_all_types(tmp_path: Path) -> None:
    members = {
        "posts/posts.xml": TUMBLR,
        "posts/html/1234567.html": "<p>x</p>",
        "posts/html/1234568.html": "",
        "media/cup_lamp_1280.png": PNG,
    }
    path = zipped(tmp_path / "tumblr.zip", members)
    photo, text = told(path)
    assert (text.id, text.title, text.slug, text.tags) == ("1234567", "Tea", "tea", ("rain", "tea"))
    assert text.published == datetime(2011, 5, 16, 6, 5, tzinfo=UTC)
    assert photo.markdown == "![](https://64.media.tumblr.com/x/cup_lamp_1280.png)\n\nA cup\n"
    report, _ = saved(path, tmp_path / "out", Options(delay=0, wayback="never", offline=True))
    assert report.media == 1


def test_tumblr_without_its_table_gives_its_pages(tmp_path: Path) -> None:
    page = (
        "<html><body><h1>Tea</h1><p>It rained.</p><div id='footer'><span id='timestamp'>May 16th, 2011 3:05pm</span>"
        "<span class='tag'>rain</span></div></body></html>"
    )
    (post,) = told(zipped(tmp_path / "t.zip", {"posts/html/1234567.html": page, "media/1.png": PNG}))
    assert (post.title, post.tags, post.markdown) == ("Tea", ("rain",), "It rained.\n")
    assert post.published == date(2011, 5, 16)


# tables


def test_posts_in_a_table_are_known_by_their_columns(tmp_path: Path) -> None:
    rich = (
        '{"nodes":[{"type":"HEADING","headingData":{"level":2},"nodes":[{"type":"TEXT","textData":{"text":"H"}}]},'
        '{"type":"PARAGRAPH","nodes":[{"type":"TEXT","textData":{"text":"see","decorations":[{"type":"LINK","linkData":'
        '{"link":{"url":"https://x.example"}}}]}}]},{"type":"IMAGE","imageData":{"image":{"src":{"id":"a~mv2.jpg"}}}}]}'
    )
    path = tmp_path / "wix.csv"
    quoted = rich.replace('"', '""')
    path.write_text(
        "\ufeffTitle,Slug,Published Date,Main Category,Tags,Cover Image,Rich Content,Post Page URL,Internal ID\n"
        f'Old,old,2020-01-01T00:00:00Z,Tea,"[""x""]",wix:image://v1/c~mv2.jpg/c.jpg#o,"{quoted}",/post/old,i1\n'
        'New,new,2021-01-01T00:00:00Z,Tea,,,"{""nodes"":[]}",/post/new,i2\nDraft,draft,,,,,,,i3\n',
        "utf-8",
    )
    found = read(path)
    assert list(found) == ["New", "Old", "Draft"]
    old = found["Old"]
    assert (old.id, old.slug, old.tags, old.categories) == ("i1", "old", ("x",), ("Tea",))
    assert old.cover == "https://static.wixstatic.com/media/c~mv2.jpg"
    assert old.markdown == ("## H\n\n[see](https://x.example)\n\n![](https://static.wixstatic.com/media/a~mv2.jpg)\n")
    assert found["Draft"].draft


def test_a_main_category_is_one_of_the_categories(tmp_path: Path) -> None:
    path = tmp_path / "wix.csv"
    path.write_text(
        "Title,Published Date,Main Category,Categories,Plain Content\nA,2020-01-01,Tea,Rain;Tea,x\n", "utf-8"
    )
    (post,) = told(path)
    assert post.categories == ("Tea", "Rain")


def test_a_table_whose_texts_lie_beside_it_gives_both(tmp_path: Path) -> None:
    table = "id,subject,publish_date,slug\ni1,Tea in the rain,2023-01-02 16:55:00+00:00,tea\ni2,Not yet,,not-yet\n"
    members = {
        "emails.csv": table,
        "emails/tea.md": "<!-- buttondown-editor-mode: plaintext --># It *rained*\n",
        "emails/not-yet.md": "Later.\n",
    }
    found = read(zipped(tmp_path / "letters.zip", members))
    assert list(found) == ["Tea in the rain", "Not yet"]
    tea = found["Tea in the rain"]
    assert (tea.id, tea.slug, tea.published) == ("i1", "tea", datetime(2023, 1, 2, 16, 55, tzinfo=UTC))
    assert (tea.markdown, found["Not yet"].markdown, found["Not yet"].draft) == ("# It *rained*\n", "Later.\n", True)


# Markdown

JEKYLL = """---
layout: post
title: "Tea: in the rain"
date: 2011-05-16 15:05:00 +0900
categories: travel japan
tags: [tea, rain]
author: Bo
rating: 5
---
It *rained* all day, see [the soup](2012-01-02-soup.md).

![A cup](/assets/cup.png)

{% highlight python %}
print("tea")
{% endhighlight %}

| a | b |
|---|---|
| 1 | 2 |

{{< youtube dQw4w9WgXcQ >}}
"""


def test_a_site_in_markdown_keeps_front_matter_body_and_pictures(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for name, content in {
        "_config.yml": "url: https://tea.example\nbaseurl: /blog\n",
        "_posts/2011-05-16-tea-in-the-rain.md": JEKYLL,
        "_posts/2012-01-02-soup.md": "+++\ntitle = 'Soup'\ntags = ['leek']\ndraft = true\n+++\nHot.\n",
        "about.md": "---\ntitle: About\npermalink: /about/\n---\nUs.\n",
        "README.md": "# how to build",
        "_layouts/post.html": "<html>{{ content }}</html>",
    }.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(content, "utf-8")
    (site / "assets").mkdir()
    (site / "assets/cup.png").write_bytes(PNG)
    found = read(site)
    assert list(found) == ["Soup", "Tea: in the rain", "About"]
    post = found["Tea: in the rain"]
    assert post.published == datetime(2011, 5, 16, 15, 5, tzinfo=KST)
    assert (post.author, post.tags, post.categories) == ("Bo", ("tea", "rain"), ("travel", "japan"))
    assert post.extra == {"rating": "5"}
    assert (found["Soup"].draft, found["Soup"].tags, found["Soup"].published) == (True, ("leek",), date(2012, 1, 2))
    assert (found["About"].kind, found["About"].url) == ("page", "https://tea.example/blog/about/")
    report, _ = saved(site, tmp_path / "out", Options(delay=0, wayback="never", offline=True))
    assert (report.media, report.code) == (1, 0)
    assert files(tmp_path / "out") == [
        "drafts/2012-01-02-soup.md",
        "pages/about.md",
        "posts/2011/2011-05-16-tea-in-the-rain.md",
    ]
    body = (tmp_path / "out/posts/2011/2011-05-16-tea-in-the-rain.md").read_text("utf-8").partition("---\n\n")[2]
    assert "It *rained* all day, see [the soup](../../drafts/2012-01-02-soup.md).\n\n![A cup](../../media/cup-" in body
    assert '```python\nprint("tea")\n```\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n' in body
    assert "https://www.youtube.com/watch?v=dQw4w9WgXcQ" in body


def test_jekyll_adds_up_one_category_and_several(tmp_path: Path) -> None:
    (tmp_path / "_posts").mkdir()
    head = "---\ntitle: T\ncategory: Slow tea\ncategories: rain soup\ntag: a b\ntags: [c]\n---\nx\n"
    (tmp_path / "_posts/2011-05-16-t.md").write_text(head, "utf-8")
    (post,) = told(tmp_path)
    assert (post.categories, post.tags) == (("Slow tea", "rain", "soup"), ("a b", "c"))


@pytest.mark.parametrize(
    "text",
    [
        "# One\n\nText with `code`, *em*, **strong**, ~~gone~~.\n",
        "- a\n  - b\n- c\n\n1. x\n2. y\n",
        "> quoted\n\n```js\nlet x = 1\n```\n",
        "![a picture](pic.png) and [a link](other.md)\n",
        "| a | b |\n| --- | --- |\n| 1 | 2 |\n",
    ],
)
def test_markdown_comes_out_as_it_went_in(text: str) -> None:
    from blogark import to_markdown

    assert to_markdown(_markdown.html(text)) == text


# pages in one file each


def test_a_page_saved_in_one_file_gives_its_post(tmp_path: Path) -> None:
    page = (
        "<!DOCTYPE html><html><head>"
        "<!--\n Page saved with SingleFile \n url: https://some.example/2011/05/tea.html \n-->"
        "<title>Tea in the rain - A blog</title></head><body><h1><a href='/'>A blog</a></h1><div class='post'>"
        "<h2 class='entry-title'>Tea in the rain</h2><p>by Bo | May 16, 2011 | 0 comments</p>"
        "<div class='entry-content'>"
        f"<p>It rained all day long and nobody came.</p><img src='data:image/png;base64,{b64encode(PNG).decode()}'>"
        "</div></div></body></html>"
    )
    path = tmp_path / "tea.html"
    path.write_text(page, "utf-8")
    (post,) = told(path)
    assert (post.url, post.title, post.author) == ("https://some.example/2011/05/tea.html", "Tea in the rain", "Bo")
    assert post.published == date(2011, 5, 16)


MHT = """From: <Saved by Blink>
Snapshot-Content-Location: https://some.example/2011/05/tea.html
Subject: Tea
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----b"

------b
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://some.example/2011/05/tea.html

<html><head><title>Tea in the rain - A blog</title></head><body><h1><a href=3D"/">A blog</a></h1><div class=3D"post">=
<h2 class=3D"entry-title">Tea in the rain</h2><p>by Bo | May 16, 2011 | 0 comments</p><div class=3D"entry-content"><p>=
It rained all day long and nobody came.</p><img src=3D"https://some.example/cup.png"></div></div></body></html>

------b
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://some.example/cup.png

{png}
------b--
"""


def test_a_page_saved_as_mhtml_gives_its_post_and_its_pictures(tmp_path: Path) -> None:
    path = tmp_path / "tea.mhtml"
    path.write_text(MHT.format(png=b64encode(PNG).decode()).replace("\n", "\r\n"), "utf-8")
    (post,) = told(path)
    assert (post.url, post.title) == ("https://some.example/2011/05/tea.html", "Tea in the rain")
    report, _ = saved(path, tmp_path / "out", Options(delay=0, wayback="never", offline=True))
    assert (report.media, report.code) == (1, 0)


def test_pictures_that_a_page_names_by_their_part_of_the_message_are_found(tmp_path: Path) -> None:
    path, mail = tmp_path / "tea.mht", MHT.replace("https://some.example/cup.png", "cid:cup%40mhtml.blink")
    mail = mail.replace("Content-Location: cid:cup%40mhtml.blink", "Content-ID: <cup@mhtml.blink>")
    path.write_text(mail.format(png=b64encode(PNG).decode()).replace("\n", "\r\n"), "utf-8")
    report, _ = saved(path, tmp_path / "out", Options(delay=0, wayback="never", offline=True))
    assert (report.media, report.code) == (1, 0)
    assert "](../../media/cup-" in next((tmp_path / "out/posts").rglob("*.md")).read_text("utf-8")


@pytest.mark.parametrize("sign", ["", "<!-- Mirrored from some.example/{0} by HTTrack Website Copier/3.x -->"])
def test_a_mirror_is_read_as_the_host_that_it_is_of(tmp_path: Path, sign: str) -> None:
    posts_ = {f"2011/{n}.html": f"Post number {n}" for n in (1, 2)}
    root = tmp_path / "mirror" / "some.example"
    links = "".join(f'<div><h2><a href="{name}">{title}</a></h2></div>' for name, title in posts_.items())
    pages = {"index.html": f"<html><head><title>A blog</title></head><body>{links}</body></html>"}
    for name, title in posts_.items():
        pages[name] = (
            f"<html><head><title>{title} - A blog</title></head><body><h1><a href='../index.html'>A blog</a></h1>"
            f"<div><h2>{title}</h2><p>by Bo | 2011-05-1{name[5]} | 0 comments</p>"
            f"<p>It rained all day, {title}.</p></div>"
            "</body></html>"
        )
    for name, page in pages.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(page + sign.format(name), "utf-8")
    if sign:
        (tmp_path / "mirror/index.html").write_text("<html><body>Index of locally available sites</body></html>")
    found = read(tmp_path / "mirror")
    assert {post.url for post in found.values()} == {f"http://some.example/{name}" for name in posts_}


def test_an_archive_of_an_export_is_named_after_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "my-backup.xml"
    path.write_bytes((EXPORTS / "wordpress.xml").read_bytes())
    from blogark import archive

    report = archive(str(path), None, ALONE, lambda event: None)
    assert report.folder.name == "my-backup"
