"""Foreign markup: readable cases in fixtures/elements, and what must hold for any of it."""

import json
import re
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from blogark import canon, images, markdown, parse
from blogark.elements import notes

CASES = Path(__file__).parent.parent / "fixtures" / "elements"
CANONICAL = {
    *"p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code hr table thead tbody tfoot tr th td".split(),
    *"a img em strong del br".split(),
    *"input sub sup kbd mark ins ruby rt rp abbr details summary math footnote".split(),
}  # fmt: skip


def convert(html: str, base: str = "") -> str:
    return markdown.write(canon.canonical(parse.fragment(html), base))


def cases() -> Iterator[tuple[str, str, str]]:
    for path in sorted(CASES.glob("*.md")):
        parts = re.split(r"^\.\n", path.read_text(encoding="utf-8"), flags=re.M)
        for title, html, expected in zip(parts[::3], parts[1::3], parts[2::3], strict=False):
            yield f"{path.stem}: {title.strip()}", html, expected


ALL = list(cases())
by_case = pytest.mark.parametrize(("html", "expected"), [case[1:] for case in ALL], ids=[case[0] for case in ALL])


@by_case
def test_case(html: str, expected: str) -> None:
    assert convert(html.removesuffix("\n")) == expected


@by_case
def test_canonical_html_is_a_short_list(html: str, expected: str) -> None:
    assert {e.tag for e in canon.canonical(parse.fragment(html)).iter()} - {"body"} <= CANONICAL


@by_case
def test_markdown_of_our_markdown_is_the_same(html: str, expected: str) -> None:
    if "$" in expected or "[^" in expected:
        pytest.skip("plain CommonMark renders neither mathematics nor footnotes")
    if "](</" in expected:
        pytest.skip("rendering writes a space in an address as %20")
    rendered = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(expected)
    assert convert(rendered) == expected.replace("[ ]", "\\[ ]").replace("[x]", "\\[x]")


class Running(HTMLParser):
    """Finds what would run or restyle the page."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "style", "iframe", "object", "embed", "form", "svg", "link", "meta", "base"}
        for name, value in attrs:
            assert not name.startswith("on") and name != "style"
            scheme = re.sub(r"[\x00-\x20]", "", value or "").lower()
            assert not scheme.startswith(("javascript:", "vbscript:", "data:text"))


VECTORS = (CASES / "vectors.txt").read_text(encoding="utf-8").splitlines()
RENDER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render


@pytest.mark.parametrize("html", VECTORS)
def test_what_comes_out_is_inert(html: str) -> None:
    running = Running()
    running.feed(RENDER(convert(html)))
    running.close()


def bad_input(folder: Path) -> Iterator[str]:
    """XSS vectors, naughty strings, and whatever html5lib's tests feed to parsers, whole and in a paragraph."""
    for path in sorted((folder / "bleach-xss").glob("*.test")):
        yield path.read_text(encoding="utf-8").partition("\n--\n")[0]
    yield from json.loads((folder / "blns" / "blns.json").read_text(encoding="utf-8"))
    for path in sorted((folder / "html5lib-tests").rglob("*.test")):
        found = json.loads(path.read_text(encoding="utf-8"))
        for test in found.get("tests", []) + found.get("xmlViolationTests", []):
            source = test["input"] if isinstance(test["input"], str) else json.dumps(test["input"])
            yield source.encode("utf-8", "replace").decode("utf-8")
    for path in sorted((folder / "html5lib-tests").rglob("*.dat")):
        yield from path.read_bytes().decode("utf-8", "replace").split("#data\n")


@pytest.mark.corpora
def test_bad_input_is_inert(corpus: Callable[[str], Path]) -> None:
    inputs = list(bad_input(corpus("bad-input")))
    assert len(inputs) > 1000
    for source in inputs:
        for html in (source, f"<p>{source}</p>", f"<table><tr><td colspan=2>{source}</table>"):
            running = Running()
            running.feed(RENDER(convert(html)))
            running.close()


@pytest.mark.parametrize("tag", "div span b a ul ol blockquote table font li td dl details".split())
def test_ten_thousand_levels(tag: str) -> None:
    started = time.monotonic()
    assert "word" in convert(f"<{tag}>" * 10_000 + "word" + f"</{tag}>" * 10_000)
    assert time.monotonic() - started < 10


FLOODS = [
    *(unit * 20_000 for unit in ("<br>", "a<br>", "*a", "~a", "$a ", "[", "_", "<li>a", "<hr>", "- ", "&nbsp;")),
    "<p>" + "<em>a</em>b" * 5_000,
    "<p>" + "<em>(a)</em>b" * 3_000,
    "<p>" + "<em>a<strong>b" * 100,
    "<b>" * 200 + "<p>a</p>" * 2_000,
    "<table><tr>" + "<td>a" * 10_000,
    "".join(f"<p>[<a href='#n{i}' id='r{i}'>{i}</a>]</p>" for i in range(1_000))
    + "".join(f"<p id='n{i}'><a href='#r{i}'>{i}</a> a</p>" for i in range(1_000)),
    "<p>" + "<sup><a href='#n' id='r'>1</a></sup>" * 10_000 + "<p id='n'>1 a",
    "<p style='font-family:monospace'>prose</p><p></p>" * 3_000,
    "<p style='mso-list:l0 level9'>1. a</p>" * 3_000,
    "<p>a " + "<button>b</button>" * 5_000,
    *(unit * 10_000 for unit in ("\\(", "\\alpha $", "[caption a]", "[embed]http://a ", "<p>·&nbsp; a</p>")),
]


@pytest.mark.parametrize("html", FLOODS, ids=range(len(FLOODS)))
def test_time_stays_bounded(html: str) -> None:
    started = time.monotonic()
    convert(html)
    assert time.monotonic() - started < 10


def test_addresses_are_absolute_and_can_be_repointed() -> None:
    tree = canon.canonical(
        parse.fragment('<a href="b?x">w</a><img src="//c/d.jpg"><a href="#e">f</a>'), "https://a/p/q"
    )
    assert [address for _, _, address in canon.addresses(tree)] == ["https://a/p/b?x", "https://c/d.jpg", "#e"]
    canon.repoint(tree, str.upper)
    assert markdown.write(tree) == "[w](HTTPS://A/P/B?X)![](HTTPS://C/D.JPG)[f](#E)\n"


def test_two_plain_readers_of_one_tag_are_an_error() -> None:
    def other(e: parse.Element) -> None:
        return None

    convert("<p>all readers are loaded now</p>")
    with pytest.raises(ValueError, match=r"<p> is read by both .*paragraph and .*other"):
        canon.element("p")(other)


def test_no_tree_is_kept() -> None:
    convert("<p>a<sup><a href='#n' id='r'>1</a></sup></p><p id='n'>1 b <a href='#r'>back</a></p>")
    assert notes._names.cache_info().currsize == 0


def dot(size: int) -> str:
    """A picture of that many pixels in its page: the head of a PNG."""
    head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + size.to_bytes(4) * 2
    return f"data:image/png;base64,{b64encode(head).decode()}"


@pytest.mark.parametrize(
    ("html", "address"),
    [
        ('<img src="/a.jpg" srcset="/b.jpg 2x">', "/a.jpg"),
        ('<img src="data:image/gif;base64,R0lGOD" data-src="/a.jpg">', "/a.jpg"),
        ('<img src="/img/blank.gif" data-original="/a.jpg">', "/a.jpg"),
        ('<img src="/spacer.png" data-srcset="/s.jpg 100w, /l,1.jpg 900w">', "/l,1.jpg"),
        ('<picture><source srcset="/a.webp 1x, /b.webp 2x"><img></picture>', "/b.webp"),
        ('<img data-orig-file="/o.jpg" data-src="/s.jpg">', "/o.jpg"),
        ('<img src="data:image/gif;base64,R0lGOD">', ""),
        (f'<img src="{dot(1)}">', ""),
        (f'<img src="{dot(16)}">', dot(16)),
        (f'<img aria-hidden="true" src="{dot(16)}">', ""),
        ('<img src="data:image/svg+xml,%3Csvg%3E%3Crect/%3E%3C/svg%3E">', ""),
        (
            '<img src="data:image/svg+xml,%3Csvg%3E%3Cpath/%3E%3C/svg%3E">',
            "data:image/svg+xml,%3Csvg%3E%3Cpath/%3E%3C/svg%3E",
        ),
    ],
)
def test_which_address_is_the_picture(html: str, address: str) -> None:
    assert images.source(next(parse.fragment(html).iter("img"))) == address
