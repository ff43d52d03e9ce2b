"""Pages, feeds and sitemaps made to harm who reads them: what they say is read as far as it goes, and no further."""

import gzip
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from conftest import Serve
from homemade import Told, blog

from blogark import Options, archive, to_markdown
from blogark.elements import code
from blogark.errors import ArchiveError, Missing
from blogark.layouts import _front, plain
from blogark.model import Page, Post
from blogark.parse import document, make
from blogark.platforms import _feed, _page, _sitemap
from blogark.template import ways

URL = "http://some.blog.example/"
ILLEGAL = ("\x01", "\x1b[31m", "\ufffe", "&#1;", "&#x1F;", "&#xD800;", "&#55296;", "&#0;", "&#x110000;", "&#xFFFE;")
ILLEGAL += ("&#" + "9" * 5000 + ";", "&#x" + "f" * 5000 + ";")


class Said:
    """A web that answers every address alike, or by a function; and counts."""

    def __init__(self, body: bytes | str) -> None:
        self.body, self.asked = body.encode() if isinstance(body, str) else body, list[str]()

    def get(self, url: str, *, fresh: bool = False, referer: str = "") -> Page:
        self.asked.append(url)
        return Page(url, self.answer(url))

    def answer(self, url: str) -> bytes:
        return self.body

    def save(self, url: str, to: Path, *, referer: str = "") -> Page:
        raise Missing(url, "no", 404)

    def urls(self) -> Iterator[str]:
        return iter(())


# -- characters that no tree may hold


@pytest.mark.parametrize("odd", ILLEGAL, ids=lambda odd: ascii(odd)[:12])
def test_a_page_with_characters_that_are_none_is_read(odd: str) -> None:
    head = f"<h2><a href='/a{odd}'>One{odd} more</a></h2><p>by Ann{odd} | 2011-05-16</p>"
    post = f"<div>{head}<p>Words{odd}<br>here</p></div>"
    page = Page(URL, f"<html><body title='{odd}'>{post * 2}</body></html>".encode())
    _page.settle(_page.listing(page).items)
    item = _page.post(page)
    assert "Words" in item.html and not set(item.html) & set("\x01\x1b\ufffe")
    assert "Words" in to_markdown(post, URL)


@pytest.mark.parametrize("torn", ["", "<item><title>Two"], ids=["whole", "torn"])
@pytest.mark.parametrize("odd", ILLEGAL, ids=lambda odd: ascii(odd)[:12])
def test_a_feed_with_characters_that_are_none_is_read(odd: str, torn: str) -> None:
    item = f"<item><title>One{odd}</title><link>{URL}1</link><description>Words{odd} &lt;b&gt;here</description></item>"
    feed = _feed.read(Page(URL, f"<rss><channel><title>T</title>{item}{torn}</channel></rss>".encode()))
    assert feed.items[0].title.startswith("One") and "Words" in feed.items[0].html


@pytest.mark.parametrize("name", ["x:y:z", "a:", "a:1", "\ufeffa", "ä"])
def test_a_feed_with_names_that_are_none_is_read(name: str) -> None:
    body = f'<div xmlns="http://www.w3.org/1999/xhtml"><{name}>Words</{name}><p>more</p></div>'
    entry = f'<entry><title>One</title><content type="xhtml">{body}</content></entry>'
    feed = _feed.read(Page(URL, f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'.encode()))
    assert "more" in feed.items[0].html


def test_attributes_that_cannot_be_written_are_left_out() -> None:
    assert to_markdown("<p>a <img src='/a.png' {}pan=1 {x=2 }='3' =4> b</p>", URL) == f"a ![]({URL}a.png) b\n"


def test_elements_with_prefixes_lie_on_no_way_by_their_names() -> None:
    """<g:plusone>, <fb:like>: to XPath, prefixes that nobody declared."""
    root = document("<body><div class='a'><fb:like><g:b><p>x</p></g:b></fb:like></div><p:q>y</p:q></body>")
    (node,) = root.iter("p")
    found = list(ways(node))
    assert found and all(node in root.xpath(way) for way in found)  # type: ignore[operator]
    assert not list(ways(next(root.iter("p:q"))))


# -- bombs

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
BOMBS = {
    "laughs": ('<!ENTITY l0 "lol">' + LAUGHS, "&l11;"),
    "quadratic": (f'<!ENTITY a "{"a" * 100_000}">', "&a;" * 10_000),
    "loop": ('<!ENTITY a "&b;"><!ENTITY b "&a;">', "&a;"),
    "file": ('<!ENTITY f SYSTEM "file:///etc/passwd">', "&f;"),
    "net": ('<!ENTITY n SYSTEM "http://169.254.169.254/">', "&n;"),
    "parameter": ('<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;', "x"),
}
ENTRY = "<title>T {0}</title><link>/1</link><description>{0}</description><content>{0}</content>"
WRAPS = {
    "rss": ("rss", f"<rss><channel><item>{ENTRY}</item></channel></rss>"),
    "atom": ("feed", f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{ENTRY}</entry></feed>'),
    "sitemap": ("urlset", "<urlset><url><loc>http://a.example/{0}</loc></url></urlset>"),
}


@pytest.mark.parametrize("wrap", WRAPS)
@pytest.mark.parametrize("bomb", BOMBS)
def test_no_entity_is_believed(bomb: str, wrap: str) -> None:
    (told, used), (root, form) = BOMBS[bomb], WRAPS[wrap]
    source = f'<?xml version="1.0"?><!DOCTYPE {root} [{told}]>{form.format(used)}'
    if wrap == "sitemap":
        read = "".join(place.url for place in _sitemap.read(f"{URL}sitemap.xml", Said(source)))
    else:
        feed = _feed.read(Page(URL, source.encode()))
        read = "".join(item.title + item.html for item in feed.items)
    assert len(read) <= 2 * len(used) + 100 and "root:" not in read


def test_a_doctype_in_html_is_nothing(tmp_path: Path) -> None:
    source = f"<!DOCTYPE html [{BOMBS['file'][0]}{BOMBS['laughs'][0]}]><p>&f; &l11; words</p>"
    said = to_markdown(source)
    assert "words" in said and "root:" not in said and len(said) < len(source)


# -- as long as they like


TEN_MEGABYTES = "Word " * (2 << 20)


def test_a_title_of_ten_megabytes_is_a_title() -> None:
    post = Post("1", f"{URL}2011/05/1.html", title=TEN_MEGABYTES, author=TEN_MEGABYTES, published=date(2011, 5, 4))
    assert plain.path(post).startswith("posts/2011/2011-05-04-word-word") and len(plain.path(post).encode()) <= 131
    front = _front.front_matter(plain.front(post), plain.MARKS)
    assert len(front) < 3 * len(TEN_MEGABYTES) and front.count("\n") == 6
    item = f"<item><title>{TEN_MEGABYTES}</title><link>/1</link></item>"
    (read,) = _feed.read(Page(URL, f"<rss><channel>{item}</channel></rss>".encode())).items
    assert read.title == TEN_MEGABYTES.strip()


def test_a_long_title_costs_its_post_no_more_than_its_length(serve: Serve, tmp_path: Path) -> None:
    long = Told("/2011/05/1.html", "Word " * (1 << 16))
    report = archive(serve(blog(long, Told("/2011/05/2.html", "Other"))).url, tmp_path, Options(wayback="never"))
    assert (report.written, report.code) == (2, 0)
    assert all(len(path.name.encode()) <= 120 for path in tmp_path.rglob("*.md"))


# -- sitemaps

MANY = """import resource, sys
from itertools import count
from blogark.layouts import _front, plain
from blogark.model import Page, Post
from blogark.platforms import _sitemap
body = b"<urlset>" + b"".join(b"<url><loc>http://a.example/%d</loc></url>" % n for n in range(200_000)) + b"</urlset>"
class Web:
    def get(self, url, **_):
        return Page(url, body)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
places = sum(1 for _ in _sitemap.read("http://a.example/sitemap.xml", Web()))
print(places, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured otherwise there")
def test_a_sitemap_of_any_length_is_a_stream() -> None:
    """No tree and no list of it is held, which would take 90 MiB here; a million take five times as long."""
    said = subprocess.run([sys.executable, "-c", MANY], capture_output=True, text=True, check=True).stdout
    places, more = map(int, said.split())
    assert places == 200_000 and more < 45


def endless(url: str) -> bytes:
    """An index of ten indexes, each of ten others, and so on."""
    inner = "".join(f"<sitemap><loc>{url}/{n}</loc></sitemap>" for n in range(10))
    return f"<sitemapindex>{inner}</sitemapindex>".encode()


def test_indexes_without_end_end() -> None:
    web = Said("")
    web.answer = endless  # type: ignore[method-assign]
    assert list(_sitemap.read(f"{URL}sitemap.xml", web)) == []
    assert len(web.asked) == 1000 == len(set(web.asked))


@pytest.mark.parametrize("kind", ["urlset", "sitemapindex"])
def test_a_sitemap_that_is_the_same_at_every_address_is_read_once(kind: str) -> None:
    web = Said(f"<{kind}>{''.join(f'<u><loc>{URL}s.xml?page={n}</loc></u>' for n in range(1, 5))}</{kind}>")
    assert len(list(_sitemap.read(f"{URL}s.xml?page=1", web))) == (4 if kind == "urlset" else 0)
    assert len(web.asked) <= 4


@pytest.mark.parametrize(
    "packed", [gzip.compress(bytes(200 << 20), 1), gzip.compress(b"<urlset>" + b" " * (200 << 20), 1)]
)
def test_a_packed_sitemap_is_no_bomb(packed: bytes) -> None:
    assert list(_sitemap.read(f"{URL}sitemap.xml.gz", Said(packed))) == []


DEEP = ("<math>" + "<mrow>" * 240 + "<mi>words</mi>",
        "<table><tr><td>" * 60 + "<math><mi>x</mi></math>words",
        "<div>" * 100_000 + "words", "<b>" * 50_000 + "words", "<blockquote>" * 20_000 + "words",
        "<ul><li>" * 20_000 + "words", "<table><tr><td>" * 5_000 + "words", "<font>" * 100_000 + "words")  # fmt: skip


@pytest.mark.parametrize("html", DEEP, ids=lambda html: html[:8])
def test_what_is_nested_without_end_is_read(html: str) -> None:
    assert "words" in to_markdown(html)
    assert _page.listing(Page(URL, html.encode())) is not None


def test_a_json_without_end_is_no_json() -> None:
    with pytest.raises(ArchiveError):
        _feed.read(Page(URL, b'{"items":' + b"[" * 200_000))


# -- what fuzzing found


def test_of_numbered_lines_only_lines_lose_their_numbers() -> None:
    lines = "".join(f"<div><span>{n}</span><b>code {n}</b></div>" for n in (1, 2))
    assert to_markdown(f"<pre>{lines}<i></i><i><b>more</b></i></pre>") == "```\ncode 1\ncode 2\nmore\n```\n"


def test_what_stands_beside_code_is_read_however_deep() -> None:
    top = inner = make("div", "above")
    for _ in range(700):
        inner.append(made := make("span"))
        inner = made
    inner.text = "words"
    assert code._beside(top, []).split() == ["above", "words"]
