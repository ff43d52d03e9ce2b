"""The law of the writer: canonical HTML → Markdown → the same HTML, by two readers, with no raw HTML."""

import random
import re
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from markdown_it import MarkdownIt

from blogark import build, canon, markdown, parse

SPEC = Path(__file__).parent.parent.parent / "shared" / "bench" / "data"
EXTENSIONS = ["table", "strikethrough", "tasklist", "autolink"]
_md = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def convert(html: str) -> str:
    return markdown.write(canon.canonical(parse.fragment(html)))


def by_markdown_it(text: str) -> str:
    html = _md.render(text).replace("<s>", "<del>").replace("</s>", "</del>")
    return re.sub(r' style="text-align:(\w+)"', r' align="\1"', html)


def by_cmark(text: str) -> str:
    return cmarkgfm.markdown_to_html_with_extensions(text, Options.CMARK_OPT_UNSAFE, EXTENSIONS[:2])


Shape = tuple[str, tuple[tuple[str, str], ...], tuple[object, ...]]


def shape(e: parse.Element, pre: bool = False) -> Shape:
    """An element as a value: white space folded outside <pre>, and dropped beside blocks and breaks."""
    pre = pre or e.tag == "pre"
    parts: list[Shape | str] = [e.text or ""]
    for child in e:
        parts += [shape(child, pre), child.tail or ""]
    if not pre:
        around = [e.tag, *(part[0] if isinstance(part, tuple) else "" for part in parts), e.tag]
        parts = [
            fold(part, around[i], around[i + 2]) if isinstance(part, str) else part for i, part in enumerate(parts)
        ]
    attributes = tuple(sorted((str(name), str(value)) for name, value in e.attrib.items()))
    return str(e.tag), attributes, tuple(part for part in parts if part)


SPACELESS = build.BLOCK | {"br", "body"}


def fold(text: str, before: str, after: str) -> str:
    text = re.sub(r"[ \t\r\n]+", " ", text)
    text = text.lstrip(" ") if before in SPACELESS else text
    return text.rstrip(" ") if after in SPACELESS else text


def same(rendered: str, html: str) -> bool:
    return shape(parse.fragment(rendered)) == shape(parse.fragment(html))


def has_raw_html(text: str) -> bool:
    tokens = _md.parse(text)
    return any(t.type in ("html_block", "html_inline") for token in tokens for t in [token, *(token.children or ())])


# --- random trees

_WORDS = "river stone 日本 amber quiet 글 falcon ember north winter lantern grey harbour".split()
_SIGNS = [
    *"* _ ** __x__ a_b 2*3 ` `` ~ ~~ ~~~ [a] [b](c) ![d] ]( <e> </f> &amp; &lt; &#35; \\ \\* # ## > - + =".split(),
    *"=== --- :-- 1. 2) | a|b $1 $x$ ! !! @ a@b.cd [ ] [x] (g) “h” … 「i」 it's 50% {j} k: [^1] <!-- l -->".split(),
]
_CODES = ["x", "a`b", "``", "` `", "a|b", "*", "\\", "&amp;", "a  b"]
_ADDRESSES = ["/u", "https://a.b/c_d?e=1&f=2", "/g(h)", "/i(j", "/k%20l", "#m", "/n*o*p"]


class Grammar:  # a method per kind of block; `depth` counts the containers around it
    """Documents that Markdown can say, and that try to be misread."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.pick = self.random.choice

    def word(self) -> str:
        return escape(self.pick(_SIGNS if self.random.random() < 0.25 else _WORDS), quote=False)

    def atom(self, around: str) -> str:
        kind = self.random.random()
        if kind < 0.65 or around.count(" ") > 3:
            return self.word()
        if kind < 0.82:
            tag = self.pick([tag for tag in ("em", "strong", "del") if tag not in around] or ["em"])
            # A delimiter run must be able to flank its words.
            inner = self.words(f"{around} {tag}")
            return f"<{tag}>{self.pick(_WORDS)} {inner} {self.pick(_WORDS)}</{tag}>"
        if kind < 0.88:
            return f"<code>{escape(self.pick(_CODES), quote=False)}</code>"
        if kind < 0.95 and " a" not in around:
            return f'<a href="{escape(self.pick(_ADDRESSES))}">{self.words(around + " a")}</a>'
        return f'<img src="{escape(self.pick(_ADDRESSES))}" alt="{escape(self.word())}">'

    def words(self, around: str = "") -> str:
        return " ".join(self.atom(around) for _ in range(self.random.randint(1, 5)))

    def line(self) -> str:
        return "<br>".join(
            f"{self.pick(_WORDS)} {self.words()} {self.pick(_WORDS)}" for _ in range(self.pick([1, 1, 1, 2]))
        )

    def block(self, depth: int = 0) -> str:
        kinds = [self.paragraph, self.heading, self.pre]
        return self.pick(kinds + ([self.quote, self.list, self.table][: 3 if not depth else 2] if depth < 3 else []))(
            depth
        )

    def blocks(self, depth: int) -> str:
        return "".join(self.block(depth) for _ in range(self.random.randint(1, 3)))

    def paragraph(self, depth: int) -> str:
        return f"<p>{self.line()}</p>"

    def heading(self, depth: int) -> str:
        level = self.random.randint(1, 6)
        return f"<h{level}>{self.words()}</h{level}>"

    def pre(self, depth: int) -> str:
        code = self.pick(["x\n", "```\ny\n```\n", "\tz\n\n  &lt;b&gt;\n", "# a\n- b\n", "\n\nc\n"])
        language = self.pick(["", ' class="language-py"'])
        return f"<pre><code{language}>{code}</code></pre>"

    def quote(self, depth: int) -> str:
        return f"<blockquote>{self.blocks(depth + 1)}</blockquote>"

    def list(self, depth: int) -> str:
        tag, loose = self.pick(["ul", "ol", 'ol start="7"' if not depth else "ol"]), self.random.random() < 0.4
        items = [
            f"<p>{self.line()}</p>{self.paragraph(depth)}" if loose else self.line()
            for _ in range(self.random.randint(2, 3))
        ]
        inner = [self.list(depth + 1) if depth < 2 and self.random.random() < 0.3 else "" for _ in items]
        inner = [re.sub(r' start="\d+"', "", text) for text in inner]
        return f"<{tag}>{''.join(f'<li>{a}{b}</li>' for a, b in zip(items, inner, strict=True))}</{tag[:2]}>"

    def table(self, depth: int) -> str:
        width = self.random.randint(2, 3)
        align = [self.pick(["", ' align="right"']) for _ in range(width)]
        row = lambda cell: f"<tr>{''.join(f'<{cell}{a}>{self.words()}</{cell}>' for a in align)}</tr>"  # noqa: E731
        return f"<table><thead>{row('th')}</thead><tbody>{row('td')}{row('td')}</tbody></table>"


@pytest.mark.parametrize("seed", range(8))
def test_random_trees_come_back(seed: int) -> None:
    grammar = Grammar(seed)
    for _ in range(100):
        html = grammar.blocks(0)
        text = convert(html)
        assert same(by_markdown_it(text), html), f"{html}\n{text}\n{by_markdown_it(text)}"
        assert same(by_cmark(text), html), f"{html}\n{text}\n{by_cmark(text)}"
        assert not has_raw_html(text), text


def test_nothing_is_said_of_nothing() -> None:
    assert convert("") == convert("<p> </p>") == convert("<div><br></div>") == ""


# --- the specifications' own examples


def examples(name: str) -> Iterator[tuple[str, str]]:
    path = SPEC / name
    if not path.exists():
        pytest.skip(f"{path} is not here: the specification's text is CC-BY-SA and stays out of this repository")
    fence = "`" * 32
    found = re.findall(rf"^{fence} example[^\n]*\n(.*?)^\.\n(.*?)^{fence}$", path.read_text("utf-8"), re.M | re.S)
    for source, html in found:
        yield source.replace("→", "\t"), html.replace("→", "\t")


@pytest.mark.corpora
@pytest.mark.parametrize(
    ("name", "render"),
    [("commonmark-spec.txt", by_markdown_it), ("commonmark-spec.txt", by_cmark), ("gfm-extensions.txt", by_cmark)],
)
def test_specification_comes_back(name: str, render: Callable[[str], str]) -> None:
    failed = []
    for source, html in examples(name):
        if has_raw_html(source) or not same(render(source), html):
            continue  # raw HTML in the Markdown, or an example that this reader itself reads otherwise
        text = convert(html)
        if not same(render(text), html) or has_raw_html(text):
            failed.append((source, html, text))
    assert not failed
