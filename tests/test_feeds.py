"""Feeds of every kind as posts, page by page; where a page names its feeds; sitemaps."""

import ast
import gzip
import html
import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import Serve
from loopback import Servable

from blogark import Options, charsets, parse
from blogark.errors import Missing, ReadError
from blogark.model import Page
from blogark.platforms import _feed, _sitemap
from blogark.platforms._feed import Feed
from blogark.platforms._item import Item
from blogark.web import Web
from blogark.webs.live import Live

SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:thr="http://purl.org/syndication/thread/1.0" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"'
)
WORDS = "<p>The ferry left at nine, and we stood at the rail until the town was gone.</p>"


def rss(*items: str, head: str = "") -> str:
    entries = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0"?><rss version="2.0" {SPACES}><channel><title>Sea</title>{head}{entries}</channel></rss>'
    )


def atom(*entries: str, head: str = "", more: str = "") -> str:
    told = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {SPACES} {more}><title>Sea</title>{head}{told}</feed>'


def read(source: str | bytes, at: str = "https://sea.test/feed/", kind: str = "application/xml") -> Feed:
    return _feed.read(Page(at, source.encode() if isinstance(source, str) else source, {"content-type": kind}))


def item(source: str | bytes) -> Item:
    (found,) = read(source).items
    return found


# -- one post ---------------------------------------------------------------------------------


def test_rss_as_wordpress_writes_it() -> None:
    one = item(
        rss(
            "<title>Fog &amp;#8211; and a bell</title><link>https://sea.test/fog/?utm_source=rss</link>"
            "<dc:creator><![CDATA[Ada]]></dc:creator><pubDate>Mon, 02 May 2011 21:05:00 +0000</pubDate>"
            "<category><![CDATA[Travel]]></category><category><![CDATA[fog &amp; bells]]></category>"
            '<guid isPermaLink="false">https://sea.test/?p=12</guid>'
            "<description><![CDATA[<p>The ferry left at nine, and we stood [&#8230;]</p>]]></description>"
            f"<content:encoded><![CDATA[{WORDS}<p>The post <a href='https://sea.test/fog/'>Fog</a> appeared first on "
            "<a href='https://sea.test'>Sea</a>.</p>]]></content:encoded><slash:comments>3</slash:comments>",
            head="<language>en-US</language><generator>https://wordpress.org/?v=6.4</generator>",
        )
    )
    assert (one.title, one.url, one.author, one.id) == (
        "Fog – and a bell",
        "https://sea.test/fog/",
        "Ada",
        "https://sea.test/?p=12",
    )
    assert str(one.published) == "2011-05-02 21:05:00+00:00" and one.count == 3
    assert one.tags == ("Travel", "fog & bells") and one.categories == ()
    assert (one.html, one.cut, one.summary) == (WORDS, False, "")


def test_atom_keeps_offsets_and_reads_markup() -> None:
    one = item(
        atom(
            "<id>tag:sea.test,2011:7</id><title type='html'>Salt &lt;em&gt;and&lt;/em&gt; sand</title>"
            "<link rel='replies' type='text/html' href='/salt#comments' thr:count='4'/><link href='/salt'/>"
            "<published>2011-05-02T06:05:00+09:00</published><updated>2011-05-03T06:05:00+09:00</updated>"
            "<author><name>Bo</name><email>bo@sea.test</email></author><author><name>Cy</name></author>"
            "<category term='sand' label='Sand and stones'/><summary>Of salt, by one who swam.</summary>"
            "<content type='xhtml' xml:base='/salt/'><h:div xmlns:h='http://www.w3.org/1999/xhtml'><h:p>The ferry "
            "<h:img src='rail.jpg'/> left <h:a href='#n1'>at nine</h:a>.</h:p></h:div></content>"
        )
    )
    assert (one.title, one.url, one.author) == ("Salt and sand", "https://sea.test/salt", "Bo, Cy")
    assert (str(one.published), str(one.updated)) == ("2011-05-02 06:05:00+09:00", "2011-05-03 06:05:00+09:00")
    assert one.html == '<p>The ferry <img src="https://sea.test/salt/rail.jpg"> left <a href="#n1">at nine</a>.</p>'
    assert (one.tags, one.count, one.summary) == (("Sand and stones",), 4, "Of salt, by one who swam.")


def test_rdf_and_the_date_at_the_blogs_own_offset() -> None:
    one = item(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        f'{SPACES}><channel rdf:about="https://sea.test/"><title>Sea</title><items/></channel>'
        '<item rdf:about="https://sea.test/archives/12.html"><title>Fog</title><dc:subject>Travel</dc:subject>'
        "<link>https://sea.test/archives/12.html</link><dc:date>2005-10-26T23:33:37+09:00</dc:date>"
        "<description>The ferry left at nine</description></item></rdf:RDF>"
    )
    assert (one.title, str(one.published), one.tags) == ("Fog", "2005-10-26 23:33:37+09:00", ("Travel",))
    assert one.cut and one.html == "The ferry left at nine" and one.id == one.url


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("<author>ada@sea.test (Ada L.)</author>", "Ada L."),
        ("<author>Ada &lt;ada@sea.test&gt;</author>", "Ada"),
        ("<author>ada@sea.test</author>", ""),
        ("<author>ada@sea.test</author><dc:creator>Ada</dc:creator>", "Ada"),
        ("<dc:creator>Ada</dc:creator><dc:creator>Bo</dc:creator>", "Ada, Bo"),
        ("<atom:author><atom:name>Ada</atom:name></atom:author>", "Ada"),
        ("", ""),
    ],
)
def test_authors(told: str, name: str) -> None:
    assert item(rss(f"<link>/a</link>{told}")).author == name


def test_an_author_of_the_whole_feed() -> None:
    whole = "<author><name>Ada</name></author>"
    assert [
        i.author for i in read(atom("<id>1</id>", "<id>2</id><author><name>Bo</name></author>", head=whole)).items
    ] == ["Ada", "Bo"]


LONG = "<p>" + " ".join(["The ferry left at nine, and we stood at the rail until the town was gone."] * 25) + "</p>"


@pytest.mark.parametrize(
    ("told", "cut"),
    [
        (f"<content:encoded><![CDATA[{WORDS}]]></content:encoded>", False),
        (f"<description><![CDATA[{WORDS}]]></description>", True),  # may be all, may be not
        (f"<description><![CDATA[{LONG}]]></description>", False),
        (f"<description><![CDATA[{LONG} And then…]]></description>", True),
        ("<content:encoded><![CDATA[<p>The ferry left [...]</p>]]></content:encoded>", True),
        ("<content:encoded><![CDATA[<p>Left.</p><p><a href='/a#more'>On it goes</a></p>]]></content:encoded>", True),
        (
            "<content:encoded><![CDATA[<p>Left.</p><a href='https://sea.test/a'>Read more »</a>]]></content:encoded>",
            True,
        ),
        ("<content:encoded><![CDATA[<p>Left. <a href='/b'>Read more</a></p>]]></content:encoded>", False),  # of another
        ("", True),
    ],
)
def test_what_is_cut_is_said(told: str, cut: bool) -> None:
    assert item(rss(f"<title>Fog</title><link>/a</link>{told}")).cut is cut


def test_what_feed_services_add_is_left_out() -> None:
    button = '<a href="https://feeds.sea.test/~ff/fog?i=1"><img src="https://feeds.sea.test/~ff/fog?d=1"></a>'
    named = '<p>I read <a href="https://feeds.sea.test/fog">its feed</a>.</p>'
    footer = "<p>El cargo <a href='/fog'>Fog</a> apareció primero en <a href='/'>Sea</a>.</p>"
    pixel = '<img src="https://pixel.sea.test/b.gif?post=12" width="1" height="1">'
    told = f"<link>/fog</link><content:encoded><![CDATA[{WORDS}{named}{footer}{button}{pixel}]]></content:encoded>"
    assert item(rss(told)).html == WORDS + named


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ('<br>Ablage: <a href="/c/t/">Travel</a> Tagged: <a href="/t/f/">fog</a>, <a href="/t/b/">bells</a>', ""),
        ('<p><br>Ships, and <a href="/bells/">bells</a></p>', '<p><br>Ships, and <a href="/bells/">bells</a></p>'),
        ('<br>See: <a href="/s/">Ships</a>', '<br>See: <a href="/s/">Ships</a>'),
    ],
)
def test_a_last_line_of_labels_is_left_out(line: str, kept: str) -> None:
    labels = "".join(f"<category>{name}</category>" for name in ("Travel", "fog", "bells"))
    told = f"<link>/fog</link>{labels}<content:encoded><![CDATA[{WORDS}{line}]]></content:encoded>"
    assert item(rss(told)).html == WORDS + kept


def test_short_descriptions_beside_a_long_one_are_whole() -> None:
    short, long = (
        f"<link>/{n}</link><description><![CDATA[{text}]]></description>" for n, text in enumerate([WORDS, LONG])
    )
    assert [i.cut for i in read(rss(short, long)).items] == [False, False]


def test_categories_are_apart_where_the_feed_tells() -> None:
    one = item(
        rss("<category domain='https://sea.test/category'>Travel</category><category domain='tag'>fog</category>")
    )
    assert (one.categories, one.tags) == (("Travel",), ("fog",))
    term = "<category term='%s' scheme='https://sea.test/%s/x/'/>"
    hexo = item(atom("<id>1</id>" + term % ("Travel", "categories") + term % ("fog", "tags")))
    assert (hexo.categories, hexo.tags) == (("Travel",), ("fog",))
    alone = item(rss("<category domain='https://sea.test/category'>Travel</category>"))
    assert (alone.categories, alone.tags) == ((), ("Travel",))


@pytest.mark.parametrize(
    ("told", "cover"),
    [
        ("<media:content medium='image' url='https://sea.test/lead.jpg'/>", "https://sea.test/lead.jpg"),
        ("<media:thumbnail url='https://sea.test/lead.jpg'/>", "https://sea.test/lead.jpg"),
        ("<enclosure url='https://sea.test/lead.jpg' type='image/jpeg' length='1'/>", "https://sea.test/lead.jpg"),
        ("<enclosure url='https://sea.test/talk.mp3' type='audio/mpeg' length='1'/>", ""),
        ("<media:thumbnail url='https://sea.test/rail-150x150.jpg'/>", ""),  # shown in the body
        ("<media:content medium='image' url='https://secure.test/avatar/12?s=96'/>", ""),
    ],
)
def test_covers(told: str, cover: str) -> None:
    body = "<content:encoded><![CDATA[<p>A rail. <img src='/rail.jpg'></p>]]></content:encoded>"
    assert item(rss(f"<link>/a</link>{body}{told}")).cover == cover


@pytest.mark.parametrize(
    ("told", "when"),
    [
        ("Mon, 02 May 2011 06:05:00 +0900", "2011-05-02 06:05:00+09:00"),
        ("2011-05-02 오후 11:23:56", "2011-05-02"),
        ("Пн, 2 мая 2011 06:05:00 +0300", "2011-05-02"),
        ("2011/05/02 06:05", "2011-05-02"),
        ("02/05/2011", "None"),  # or the fifth of February
        ("yesterday", "None"),
    ],
)
def test_dates_as_feeds_write_them(told: str, when: str) -> None:
    assert str(item(rss(f"<link>/a</link><pubDate>{told}</pubDate>")).published) == when


def test_the_page_that_a_feed_is_of() -> None:
    assert read(rss(head="<link>https://sea.test/blog/</link>")).home == "https://sea.test/blog/"
    assert (read(rss()).home, read(rss()).next) == ("", "")


def test_a_feed_that_only_says_when_entries_changed() -> None:
    (one,) = read(atom("<id>1</id><updated>2011-05-03T06:05:00+09:00</updated>")).items
    assert one.published == one.updated and str(one.published) == "2011-05-03 06:05:00+09:00"


@pytest.mark.parametrize(
    ("content", "html"),
    [
        ("<content>Salt &amp; sand\n\nare <!-- x -->two</content>", "<p>Salt &amp; sand</p>\n<p>are two</p>"),
        ("<content>&lt;p&gt;Salt&lt;/p&gt;</content>", "<p>Salt</p>"),  # not what it says, but what is meant
        ("<content type='text/html' mode='escaped'>&lt;p&gt;Salt&lt;/p&gt;</content>", "<p>Salt</p>"),
        ("<content type='text/html' mode='base64'>PHA+U2FsdDwvcD4=</content>", "<p>Salt</p>"),
    ],
)
def test_content_of_every_type(content: str, html: str) -> None:
    assert item(atom(f"<id>1</id>{content}")).html == html


def test_a_json_feed() -> None:
    told = {
        "version": "https://jsonfeed.org/version/1",
        "title": "Sea",
        "language": "ko",
        "next_url": "https://sea.test/2.json",
        "author": {"name": "Ada"},
        "items": [
            {"id": 1, "url": "/fog", "content_text": "A < B", "tags": ["fog"], "image": "https://sea.test/lead.jpg"},
            {"id": "2", "url": "/bell", "content_html": WORDS, "date_published": "2011-05-02T06:05:00+09:00"},
            "what is this",
        ],
    }
    feed = read(json.dumps(told), kind="application/feed+json")
    assert (feed.title, feed.lang, feed.next) == ("Sea", "ko", "https://sea.test/2.json")
    first, second = feed.items
    assert (first.id, first.url, first.html, first.tags) == ("1", "https://sea.test/fog", "<p>A &lt; B</p>", ("fog",))
    assert (first.author, first.cover, first.cut) == ("Ada", "https://sea.test/lead.jpg", False)
    assert (second.html, str(second.published)) == (WORDS, "2011-05-02 06:05:00+09:00")


@pytest.mark.parametrize("encoding", ["utf-8", "euc-kr", "utf-16", "utf-16-be", "utf-8-sig"])
def test_feeds_in_any_charset(encoding: str) -> None:
    declared = f"<?xml version='1.0' encoding='{encoding.removesuffix('-be').removesuffix('-sig')}'?>"
    source = rss("<title>발로 뛰겠다는 어느 통신사</title>").replace('<?xml version="1.0"?>', declared)
    assert item(source.encode(encoding)).title == "발로 뛰겠다는 어느 통신사"


# -- what is hardly a feed --------------------------------------------------------------------------


def test_a_torn_feed_is_read_as_far_as_it_goes() -> None:
    source = rss(f"<title>Fog</title><link>/fog</link><description>{html.escape(WORDS)}</description>") * 2
    torn = re.sub("</channel></rss>$", "", "<br />\n<b>Warning</b>: not found in <b>/var/www/x.php</b><br />" + source)
    found = read(torn).items
    assert found[0].title == "Fog" and "The ferry" in found[0].html


def test_undeclared_prefixes_and_entities() -> None:
    told = "<title>Caf&eacute;&nbsp;noir &#146;12</title><dc:creator>Ada</dc:creator>"
    one = item(f"<rss><channel><item>{told}</item></channel></rss>")
    assert (one.title, one.author) == ("Café noir ’12", "Ada")


def test_what_keeps_a_reader_busy_is_left_soon() -> None:
    one = item(rss(f"<title>{'&lt;b ' * 50_000}</title><author>{'a@' * 50_000}</author><link>/a</link>"))
    assert one.url == "https://sea.test/a" and one.author == ""
    assert len(read("<rss><channel>" + "<item>" * 400_000).items) <= 1  # too long for feedparser


def test_a_bomb_of_entities_is_not_set_off() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">{laughs}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    source = rss("<title>&l9;&f;</title>").replace('<?xml version="1.0"?>', bomb)
    assert len(item(source).title) < 100 and "root:" not in item(source).title


@pytest.mark.parametrize(
    "source",
    [
        "",
        " \n",
        "<!doctype html><html><body><p>Not found</p></body></html>",
        "<urlset/>",
        "Not found",
        "{}",
        "[]",
        "{",
        "<",
    ],
)
def test_what_is_no_feed(source: str) -> None:
    with pytest.raises(ReadError, match=r"no feed|not JSON|empty"):
        read(source)


# -- page by page --------------------------------------------------------------------------------


def page_of(*names: str, head: str = "") -> str:
    return rss(*(f"<title>{n}</title><link>/{n}</link><guid>{n}</guid>" for n in names), head=head)


def titles(web: Web, url: str) -> list[str]:
    return [item.title for feed in _feed.pages(url, web) for item in feed.items]


@pytest.fixture
def live(serve: Serve) -> Callable[..., tuple[Live, str]]:
    def start(pages: dict[str, Servable]) -> tuple[Live, str]:
        return Live(Options(), lambda event: None, sleep=lambda seconds: None), serve(pages).url

    return start


Start = Callable[..., tuple[Live, str]]


@pytest.mark.parametrize("rel", ["next", "prev-archive"])
def test_pages_that_the_feed_names(live: Start, rel: str) -> None:
    older = f"<atom:link rel='self' href='/f'/><atom:link rel='{rel}' href='/%s'/>"
    pages = {"/f": page_of("a", "b", head=older % "g"), "/g": page_of("b", "c", head=older % "h"), "/h": page_of("d")}
    web, at = live(pages)
    assert titles(web, f"{at}/f") == ["a", "b", "c", "d"]


def test_a_page_that_the_feed_names_must_be_there(live: Start) -> None:
    web, at = live({"/f": page_of("a", head="<atom:link rel='next' href='/g'/>")})
    with pytest.raises(Missing):
        titles(web, f"{at}/f")


def test_pages_that_name_each_other_are_left(live: Start) -> None:
    web, at = live(
        {
            "/f": page_of("a", head="<atom:link rel='next' href='/g'/>"),
            "/g": page_of("b", head="<atom:link rel='next' href='/f'/>"),
        }
    )
    assert titles(web, f"{at}/f") == ["a", "b"]


@pytest.mark.parametrize("end", [None, page_of(), page_of("c"), "<html><body>Nothing here</body></html>"])
def test_pages_as_wordpress_numbers_them(live: Start, end: str | None) -> None:
    pages: dict[str, Servable] = {
        "/feed/": page_of("a", "b"),
        "/feed/?paged=2": page_of("c"),
        "/feed/?paged=3": end or b"",
    }
    if end is None:
        pages["/feed/"] = lambda request: page_of("a", "b") if request.path == "/feed/" else None
        del pages["/feed/?paged=3"]
    web, at = live(pages)
    assert titles(web, f"{at}/feed/") == ["a", "b", "c"]


def test_other_feeds_are_one_page(serve: Serve) -> None:
    made = "<generator>Hugo</generator>"
    site = serve({"/index.xml": page_of("a"), "/feed/": page_of("b", head=made), "/robots.txt": ""})
    web = Live(Options(), lambda event: None)
    assert titles(web, f"{site.url}/index.xml") + titles(web, f"{site.url}/feed/") == ["a", "b"]
    assert site.hits == ["/robots.txt", "/index.xml", "/feed/"]


def test_posts_of_one_guid_are_several(live: Start) -> None:
    shared = "<guid isPermaLink='false'>https://sea.test</guid>"
    web, at = live({"/f": rss(*(f"<title>{n}</title><link>/{n}</link>{shared}" for n in "ab"))})
    assert titles(web, f"{at}/f") == ["a", "b"]


# -- where it is ---------------------------------------------------------------------------------


def named(head: str, base: str = "https://sea.test/", body: str = "") -> tuple[str, ...]:
    return _feed.links(parse.document(f"<html lang='en'><head>{head}</head><body>{body}</body></html>"), base)


def link(href: str, title: str = "", kind: str = "application/rss+xml", more: str = "") -> str:
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{href}" {more}>'


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (link("/feed/", "Sea » Feed") + link("/comments/feed/", "Sea » Comments Feed"), ["/feed/"]),
        (link("/feed/", "No Comments » Feed") + link("/c/", "No Comments » Comments Feed"), ["/feed/"]),
        (link("/feed/", "Sea") + link("/category/fog/feed/", "Sea » fog Category Feed"), ["/feed/"]),
        (link("/rss.xml") + link("/atom.xml", kind="application/atom+xml"), ["/atom.xml", "/rss.xml"]),
        (link("/summary.xml", "Summaries") + link("/full.xml", "Full"), ["/full.xml", "/summary.xml"]),
        (link("/fr.xml", more="hreflang=fr") + link("/en.xml", more="hreflang=en"), ["/en.xml", "/fr.xml"]),
        (link("/code/feed/", "Code") + link("/feed/", "All"), ["/feed/", "/code/feed/"]),
        (link("/f1.xml", "Sea Categories Feed") + link("/f2.xml", "Sea Feed"), ["/f2.xml", "/f1.xml"]),
        (link("/wp-json/wp/v2/posts/1", "JSON", "application/json"), []),
        (link("/feed.json", "Sea", "application/json"), ["/feed.json"]),
        ("<link rel='stylesheet' type='application/rss+xml' href='/x'>" + link(""), []),
    ],
)
def test_feeds_that_a_page_names(head: str, found: list[str]) -> None:
    assert named(head) == tuple(f"https://sea.test{path}" for path in found)


def test_a_blog_within_a_site_has_its_own_feed_first() -> None:
    head = link("/news/rss.xml") + link("/rss.xml") + link("/blog/rss.xml")
    assert named(head, "https://sea.test/blog/fog/")[:2] == (
        "https://sea.test/blog/rss.xml",
        "https://sea.test/rss.xml",
    )
    assert named(link("https://comments.test/feed/")) == ("https://comments.test/feed/",)


def test_the_feed_of_one_posts_comments_is_not_the_blogs() -> None:
    head = link("/feed/", "Sea » Feed") + link("/2011/05/fog/feed/", "Sea » Fog")
    assert named(head, "https://sea.test/2011/05/fog/") == ("https://sea.test/feed/",)


def test_links_in_the_page_stand_in_for_those_in_the_head() -> None:
    paths = "/fog/ /rss.xml https://reader.test/feed/ /comments/feed/".split()
    body = "".join(f"<a href='{path}'>a link</a>" for path in paths)
    assert named("", body=body) == ("https://sea.test/rss.xml",)
    assert named(link("/own/feed/"), body=body) == ("https://sea.test/own/feed/",)


def test_guesses_begin_in_the_blogs_own_folder() -> None:
    found = _feed.guesses("https://sea.test/blog/")
    assert found[0] == "https://sea.test/blog/feed/" and "https://sea.test/rss.xml" in found
    assert (
        len(set(found))
        == len(found)
        == 2 * len(_feed.guesses("https://sea.test/"))
        - len(
            [url for url in _feed.guesses("https://sea.test/") if "/blog/" in url and url in found[: len(found) // 2]]
        )
    )


# -- sitemaps ---------------------------------------------------------------------------------------


def sitemap(*places: str, index: bool = False) -> str:
    outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    told = "".join(f"<{inner}><loc> {place} </loc><lastmod>2011-05-02</lastmod></{inner}>" for place in places)
    return f'<?xml version="1.0"?><{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{told}</{outer}>'


def places(web: Web, base: str) -> list[str]:
    return [place.url.removeprefix(base) for place in _sitemap.find(f"{base}/", web)]


def test_sitemaps_that_robots_txt_names(live: Start) -> None:
    robots = "User-agent: *\nDisallow: /x\n# Sitemap: /no.xml\nSitemap: /maps/a.xml.gz\nsitemap:/maps/b.txt\n"
    packed = gzip.compress(sitemap("/fog", "/bell").encode())
    web, at = live(
        {"/robots.txt": robots, "/maps/a.xml.gz": packed, "/maps/b.txt": "https://sea.test/salt\nno address\n"}
    )
    assert places(web, at) == ["/fog", "/bell", "https://sea.test/salt"]


def test_a_robots_txt_that_names_what_is_gone(live: Start) -> None:
    web, at = live({"/robots.txt": "Sitemap: /old.xml", "/sitemap.xml": sitemap("/fog")})
    assert places(web, at) == ["/fog"]


def test_robots_txt_is_asked_for_once(serve: Serve) -> None:
    site = serve({"/robots.txt": "Sitemap: /s.xml", "/s.xml": sitemap("/fog"), "/": "<p>Sea</p>"})
    web = Live(Options(), lambda event: None, sleep=lambda seconds: None)
    web.get(f"{site.url}/")
    assert places(web, site.url) == ["/fog"] and site.hits.count("/robots.txt") == 1


@pytest.mark.parametrize("name", ["/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml", "/sitemap-0.xml"])
def test_sitemaps_at_usual_places(live: Start, name: str) -> None:
    web, at = live({name: sitemap("/fog")})
    (place,) = _sitemap.find(f"{at}/", web)
    assert place.url == f"{at}/fog" and place.lastmod == date(2011, 5, 2)


def test_an_index_is_followed_to_posts_not_to_tags(serve: Serve) -> None:
    parts = ["/post-sitemap.xml", "/page-sitemap.xml", "/post_tag-sitemap.xml", "/author-sitemap.xml", "/sitemap.xml"]
    site = serve(
        {
            "/sitemap.xml": sitemap(*parts, index=True),
            "/post-sitemap.xml": sitemap("/fog"),
            "/page-sitemap.xml": sitemap("/about"),
        }
    )
    web = Live(Options(), lambda event: None, sleep=lambda seconds: None)
    assert places(web, site.url) == ["/fog"]
    assert site.hits.count("/sitemap.xml") == 1 and "/post_tag-sitemap.xml" not in site.hits


def test_translations_are_known_apart_and_pictures_left_out(live: Start) -> None:
    twins = "".join(f'<x:link rel="alternate" hreflang="{lang}" href="/{lang}/fog"/>' for lang in ("en", "ko"))
    picture = "<i:image><i:loc>/fog.jpg</i:loc></i:image>"
    spaces = 'xmlns:x="http://www.w3.org/1999/xhtml" xmlns:i="http://www.google.com/schemas/sitemap-image/1.1"'
    urls = "".join(f"<url><loc>/{lang}/fog</loc>{twins}{picture}</url>" for lang in ("en", "ko"))
    web, at = live({"/sitemap.xml": f"<urlset {spaces}>{urls}</urlset>"})
    english, korean = _sitemap.find(f"{at}/", web)
    assert (english.lang, korean.lang, dict(korean.twins)["en"]) == ("en", "ko", english.url)


@pytest.mark.parametrize("body", ["", "<html><body><p>Not here</p></body></html>", "<", b"\x1f\x8bno gzip", "{}"])
def test_what_is_no_sitemap_names_nothing(live: Start, body: str | bytes) -> None:
    web, at = live({"/sitemap.xml": body})
    assert places(web, at) == []


# -- saved real ones --------------------------------------------------------------------------------


@pytest.mark.corpora
@pytest.mark.parametrize(
    ("charset", "file", "words"),
    [
        ("EUC-KR", "kina.egloos.com.xml", "요새~ 왠일로 손에 신경쓰게되네.."),
        ("EUC-JP", "arclamp.jp.xml", "あなたには選択権がある（フリーランスのススメ2）"),
        ("GB2312", "jjgod.3322.org.xml", "Wordpress 2.0"),
        ("windows-1251-russian", "blog.mlmaster.com.xml", "С НГ!"),
    ],
)
def test_saved_feeds_in_their_charsets(corpus: Callable[[str], Path], charset: str, file: str, words: str) -> None:
    folder = corpus("encodings-real-blog-feeds") / charset
    assert read((folder / file).read_bytes()).items[0].title == words
    for path in folder.glob("*.xml"):
        if not path.name.startswith("_"):
            feed = read(path.read_bytes())
            text = "".join(i.title + i.html for i in feed.items)
            assert text.count("\ufffd") <= len(text) / 500, path


_CLAIM = re.compile(r"(entries\[0\]|feed)\['(\w+)'\](?:\[0\])?(?:\['(\w+)'\])?\s*==\s*(.+?)(?=\s+and\s|$)", re.S)


def _told(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())


def _agrees(feed: Feed, scope: str, name: str, part: str, want: Any) -> tuple[str, bool] | None:
    """What a claim is about and whether it holds; None for what is no concern of a blog's posts."""
    if scope == "feed":
        return ("blog", _told(str(want)) == _told(feed.title)) if name == "title" and not part else None
    one = next(iter(feed.items), Item())
    if name in {"description", "summary", "content"} and part in {"", "value"} and isinstance(want, str):
        return "body", _told(want) in _told(one.html) or _told(want) in one.summary
    if name in {"published_parsed", "created_parsed", "updated_parsed"}:
        when = one.updated if name == "updated_parsed" else one.published
        parts = tuple((when.astimezone(UTC) if isinstance(when, datetime) else when or date.min).timetuple())
        return "date", parts[:6] == tuple(want)[:6]
    held = {"title": _told(one.title), "link": one.url, "id": one.id, "guid": one.id, "author": one.author}
    return (name, held[name] == (_told(want) if name == "title" else want)) if name in held and not part else None


@pytest.mark.corpora
@pytest.mark.filterwarnings("ignore:Some characters could not be decoded")
def test_two_thousand_feeds_with_what_is_expected_of_them(corpus: Callable[[str], Path]) -> None:
    """Most of the rest are markup that is kept here and cleaned later, formats of the nineties, DTD entities."""
    root, held, unread = corpus("feeds-feedparser-tests"), Counter[tuple[str, bool]](), []
    for path in sorted(root.rglob("*.*ml")) + sorted(root.rglob("*.json")):
        body = path.read_bytes()
        headers = {
            m[1].decode().lower(): m[2].decode() for m in re.finditer(rb"(?m)^Header:\s*([\w-]+):\s*(.*)$", body)
        }
        try:
            feed = _feed.read(Page("http://example.com/feed", body, headers))
        except ReadError:
            unread.append(path.name)
            continue
        expected = re.search(r"Expect:\s*(.*?)\s*(?:-->|\n\n)", charsets.decode(body), re.S)
        for scope, name, part, value in _CLAIM.findall(
            expected[1].replace('"]', "']").replace('["', "['") if expected else ""
        ):
            try:
                want = ast.literal_eval(value.strip())
            except (SyntaxError, ValueError):
                continue
            if told := _agrees(feed, scope, name, part, want):
                held[told] += 1
    assert unread == ["bozo_invalid-bytes-with-bom.xml", "rss_empty_document.xml"]
    right, wrong = ({name: n for (name, ok), n in held.items() if ok is side} for side in (True, False))
    assert right == {"blog": 317, "body": 603, "title": 62, "link": 14, "id": 12, "date": 10, "author": 6, "guid": 3}, (
        wrong
    )
