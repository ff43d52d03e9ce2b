"""The law of the writer: canonical HTML → Markdown → the same HTML, by two readers, with no raw HTML."""

import json
import random
import re
import subprocess
import sys
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


# --- bounds: whatever comes in, an answer within time (a test here has 120 s) and memory


@pytest.mark.parametrize(
    ("html", "text"),
    [("<i>t </i> <b> </b> x", "*t* x\n"), ("a<b><i>t </i> </b> b", "a<strong>*t*</strong> b\n")],
)
def test_spaces_that_leave_styles_are_one_space(html: str, text: str) -> None:
    assert convert(html) == text


@pytest.mark.parametrize("tag", "div span b a ul ol blockquote table font li td dl details".split())
def test_ten_thousand_levels(tag: str) -> None:
    text = convert(f"<{tag}>" * 10_000 + "word" + f"</{tag}>" * 10_000 + "<p>after</p>")
    assert text.count("word") == text.count("after") == 1


MANY = {
    "span": "<span>word</span>",
    "link": "<a href='/x'>word</a>",
    "anchor": "<a name='x'>word</a>",
    "break": "word<br>",
    "item": "<li>word</li>",
    "spaces at its edges": "<em> word </em>",
    "unknown": "<word-s>word</word-s>",
    "abbreviation": "<abbr>word</abbr>",
    "quotation": "<q>word</q>",
    "code": "<code>word</code>",
    "footnote's number": "<a href='#fn1'>1</a>word",
    "script": "<script>0</script>word",
}


@pytest.mark.parametrize("html", MANY.values(), ids=MANY)
def test_fifty_thousand_in_one_paragraph(html: str) -> None:
    assert convert(f"<p>{html * 50_000}</p>").count("word") == 50_000


def test_deep_containers_are_opened_at_once() -> None:
    assert convert("<div>" * 200 + "<p>word</p>" * 20_000).count("word") == 20_000


def grown(script: str) -> dict[str, float]:
    """What a script prints as JSON in a process of its own; `mib()` there is the most memory it has had."""
    head = """
import json, resource
from blogark import to_markdown
def mib(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
to_markdown("<p>all readers are loaded now</p>")
"""
    run = subprocess.run([sys.executable, "-c", head + script], capture_output=True, text=True, check=True)
    return dict(json.loads(run.stdout))


BIG = {
    "one paragraph": "'<p>' + 'word ' * 10_000_000 + '</p>'",
    "many paragraphs": "('<p>' + 'word ' * 200 + '</p>') * 50_000",
    "one attribute": "'<p title=\"' + 'said ' * 10_000_000 + '\">word</p>'",
    "one address": "'<a href=\"/' + 'said' * 12_500_000 + '\">word</a>'",
}


@pytest.mark.parametrize("html", BIG.values(), ids=BIG)
def test_fifty_megabytes(html: str) -> None:
    told = grown(f"""
html = {html}
before = mib()
text = to_markdown(html)
print(json.dumps({{"wanted": html.count("word"), "words": text.count("word"), "mib": mib() - before}}))
""")
    assert told["words"] == told["wanted"]
    assert told["mib"] < 1000


def test_memory_stays_flat() -> None:
    told = grown("""
html = "<div><p>A <a href='/x'>link</a>, <b>bold</b>.<ul><li>an <code>item</code></ul>" + "<p>words</p>" * 20 + "</div>"
for n in range(2_000): to_markdown(f"<p id='{n}'>{n}</p>{html}")
before = mib()
for n in range(20_000): to_markdown(f"<p id='{n}'>{n}</p>{html}")
print(json.dumps({"mib": mib() - before}))
""")
    assert told["mib"] < 10


CONTROLS = [*range(1, 9), 11, *range(14, 32), 127, 0x200B, 0xFEFF, 0xFFFE, 0xFFFF]


@pytest.mark.parametrize("code", CONTROLS, ids=hex)
def test_what_cannot_be_seen_is_not_written(code: int) -> None:
    for said in (chr(code), f"&#{code};", f"&#x{code:x};", f"&#X00{code:X};"):
        text = convert(
            f"<p>a<b>{said}b</b>{said}<i>{said}</i><a href='/{said}x' title='{said}'>c</a></p><pre>{said}d</pre>"
        )
        assert text == "a**b**[c](/x)\n\n```\nd\n```\n"


def test_no_reference_hides_in_another() -> None:
    assert convert("<p>a&#\x0115;b &#&#1;15; c</p>") == "ab &amp;#15; c\n"


@pytest.mark.parametrize(
    "odd", ["\f", "&#12;", "\ud800", "\udfff x", "\x00", "&#xD800;", "&#x110000;", "&#99999999999;", "\x85", "\u2028"]
)
def test_no_character_is_an_error(odd: str) -> None:
    text = convert(f"<p>a {odd} <em>{odd}b</em> <code>{odd}</code> <img alt='{odd}' src='/{odd}'></p>")
    assert text.encode("utf-8").startswith(b"a ")
