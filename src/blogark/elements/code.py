"""Code, out of whatever a highlighter made of it."""

import re

from ..canon import as_published, bare, classed, dissolve, drop, element, has_blocks, is_blank
from ..parse import Element, make

_LANGUAGE = re.compile(
    r"(?:^|\s)(?:lang(?:uage)?-(?=\S)|highlight-source-|highlight-text-|brush:\s*|sourceCode\s+|highlighter-)([\w+#.-]+)", re.I
)
_NOT_LANGUAGES = {"none", "text", "plain", "plaintext", "plain-text", "nohighlight", "no-highlight", "undefined", "default", "rouge", "null", "auto"}
_NAMES = (
    "data-lang data-language data-enlighter-language data-code-language data-programming-language"
).split()
_GUTTER = classed(
    "gutter", "linenos", "linenodiv", "line-numbers-rows", "crayon-nums", "rouge-gutter", "lineno", "hljs-ln-numbers",
    "line-number", "code-copy", "copy-btn", "btn-clipboard", "toolbar", "line-numbers", "crayon-num", "ln",
)  # fmt: skip
_BLOCKS = {"div", "p", "tr", "li", "pre"}


@element("pre", "listing", "xmp", "plaintext", where=as_published)
def pre(e: Element) -> Element:
    return _fence(e, language(e))


@element("textarea", where=classed("crayon-plain"))
def crayon_source(e: Element) -> None:
    return None


_HIGHLIGHTERS = classed(
    "highlight", "highlighter-rouge", "syntaxhighlighter", "crayon-syntax", "codehilite", "wp_syntax", "sourceCode",
    "EnlighterJSRAW", "enlighter", "code-block", "wp-block-code", "wp-block-syntaxhighlighter-code", "codecolorer-container",
    "dp-highlighter", "highlighttable", "CodeMirror", "gist", "code_syntax", "literal-block-wrapper", "colorscripter-code",
)  # fmt: skip


@element("div", "figure", "table", where=_HIGHLIGHTERS)
def highlighted(e: Element) -> Element:
    """A highlighter's box, with its gutter of numbers beside the code."""
    holders = [p for p in e.iter("pre") if not _is_gutter(p, e)]
    if len(holders) == 1 and e.tag != "figure" and _only(e, holders[0]):
        return _fence(holders[0], language(e) or language(holders[0]), e)
    if not holders and (lines := [c for c in e.iter("td") if "code" in c.get("class", "").split()]):
        return _fence(lines[0], language(e), e)
    if not holders and (lines := [c for c in e.iter("div") if classed("crayon-pre", "enlighter-code", "enlighter")(c)]):
        return _fence(lines[0], language(e), e)
    return e


def _is_gutter(e: Element, top: Element) -> bool:
    return any(_GUTTER(above) for above in [e, *e.iterancestors()] if above is not top)


def _only(e: Element, holder: Element) -> bool:
    """Whether a box holds nothing to read but this code and its numbers."""
    outside = "".join(e.itertext()).replace("".join(holder.itertext()), "", 1)
    return not re.search(r"[^\W\d_]{3,}", re.sub(r"\b(?:copy|code|view|raw|plain|print|text|hosted|with|by|github)\b", "", outside, flags=re.I)) or len(
        outside
    ) < 40


def _fence(e: Element, said: str, put: Element | None = None) -> Element:
    """<pre><code class="language-…"> with the bare text of `e`."""
    for inner in list(e.iter("script", "style", "button")):
        drop(inner)
    for inner in [i for i in e.iter() if i is not e and isinstance(i.tag, str) and _GUTTER(i)]:
        if not re.search(r"[^\W\d_]{4,}", "".join(inner.itertext())):
            drop(inner)
    text = _text(e)
    fence = make("pre")
    fence.append(make("code", text, **({"class": f"language-{said}"} if said else {})))
    return fence


def _text(e: Element) -> str:
    parts: list[str] = [e.text or ""]
    for child in e:
        if child.tag == "br":
            parts.append("\n")
        else:
            inner = _text(child)
            ends = child.tag in _BLOCKS and not inner.endswith("\n") and (child.getnext() is not None or child.tail)
            parts.append(inner + "\n" * bool(ends))
        parts.append(child.tail or "")
    return "".join(parts)


def language(e: Element) -> str:
    """What a block of code says it is written in; '' when nothing."""
    near = [e, *e.iter("code"), *list(e.iterancestors())[:3]]
    for one in near:
        for name in _NAMES:
            if said := one.get(name, "").strip().lower():
                return "" if said in _NOT_LANGUAGES else said
        for found in _LANGUAGE.finditer(one.get("class", "")):
            if found[1].lower() not in _NOT_LANGUAGES:
                return found[1]
    return ""


@element("code", "tt", "samp")
def code(e: Element) -> Element | None:
    """Code within a line; what it links to stays linked."""
    if has_blocks(e):
        dissolve(e)
        return None
    above = e.getparent()
    if above is not None and above.tag == "pre":
        return e
    for inner in list(e):
        if inner.tag not in ("a", "img", "br"):
            dissolve(inner)
    bare(e, "code")
    if not len(e):
        return e
    _split(e)
    return None


def _split(e: Element) -> None:
    for child in list(e):
        tail, child.tail = child.tail, None
        if tail:
            rest = make("code", tail)
            child.addnext(rest)
        if child.tag == "a":
            linked = make("code", "".join(child.itertext()))
            for inner in list(child):
                drop(inner)
            child.text = None
            child.append(linked)
    if not is_blank(e.text):
        e.insert(0, make("code", e.text or ""))
    e.text = None
    dissolve(e)


@element("pre")
def fence(e: Element) -> Element:
    return e
