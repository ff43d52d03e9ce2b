"""Code, out of whatever a highlighter made of it."""

import re

from ..build import bare, dissolve, drop, has_blocks, is_blank, text
from ..canon import Test, as_published, classed, element
from ..parse import Element, make

_LANGUAGE = re.compile(
    r"(?:^|\s)(?:lang(?:uage)?-(\S+)"
    r"|(?:highlight-source-|highlight-text-|brush:\s*|sourceCode\s+|syntaxhighlighter\s+(?:nogutter\s+)?)([\w+#.-]+))",
    re.I,
)
_SAYS = ("data-lang", "data-language", "data-enlighter-language", "data-code-language", "data-programming-language")
_NO_LANGUAGE = frozenset("none text plain plaintext plain-text nohighlight no-highlight undefined default auto".split())

_GUTTER = classed(
    *"gutter linenos linenodiv line-numbers-rows crayon-nums rouge-gutter lineno hljs-ln-numbers".split(),
    *"line-number code-copy copy-btn btn-clipboard toolbar crayon-num".split(),
)
_HIGHLIGHTERS = classed(
    *"highlight highlighter-rouge syntaxhighlighter crayon-syntax codehilite wp_syntax sourceCode".split(),
    *"EnlighterJSRAW enlighter code-block wp-block-code codecolorer-container dp-highlighter".split(),
    *"highlighttable rouge-table CodeMirror gist colorscripter-code".split(),
)
_HOLDERS: tuple[tuple[str, Test], ...] = (
    ("td", classed("code", "rouge-code", "crayon-code", "blob-code")),
    ("div", classed("crayon-pre", "enlighter-code")),
)
_PARTS = 9  # pieces of code in one box; more is an article that is styled as code
_LINES = frozenset("div p tr li pre".split())
_FURNITURE = re.compile(r"\b(?:copy|code|view|raw|plain|print|text|hosted|with|by|github|love)\b|[\W\d_]+", re.I)


@element("pre", "listing", "xmp", "plaintext", where=as_published)
def pre(e: Element) -> Element | None:
    if _GUTTER(e) and _is_furniture(text(e)):
        return None
    return _fence(e, language(e))


@element("div", "figure", "table", where=_HIGHLIGHTERS)
def highlighted(e: Element) -> Element:
    """A highlighter's box, with its numbers and buttons around the code."""
    found = [p for p in e.iter("pre") if not any(_hides(box) for box in _above(p, e)) and not _GUTTER(p)]
    for tag, holds in _HOLDERS if not found else ():
        found = found or [holder for holder in e.iter(tag) if holds(holder)]
    if not found or len(found) > _PARTS or not _is_furniture(_beside(e, found)):
        return e
    said = language(e) or language(found[0])
    return _code("\n".join(_lines(holder).removesuffix("\n") for holder in found) + "\n", said)


def _hides(box: Element) -> bool:
    return box.tag == "pre" or _GUTTER(box)


def _above(e: Element, top: Element) -> list[Element]:
    """What stands between an element and the box it is in."""
    above = list(e.iterancestors())
    return above[: above.index(top)]


def _beside(e: Element, found: list[Element]) -> str:
    """The words of a box outside the code, its numbers and its buttons."""
    if e in found or _GUTTER(e) or e.tag in ("button", "script", "style", "textarea"):
        return ""
    return (e.text or "") + "".join(_beside(child, found) + (child.tail or "") for child in e)


def _is_furniture(words: str) -> bool:
    return not _FURNITURE.sub("", words)


def _fence(e: Element, said: str) -> Element:
    for inner in list(e.iter("script", "style", "button")):
        drop(inner)
    return _code(_lines(e), said)


def _code(content: str, said: str) -> Element:
    fence = make("pre")
    fence.append(make("code", content, **({"class": f"language-{said}"} if said else {})))
    return fence


def _lines(e: Element) -> str:
    """The text of code, a line for each thing that stands on its own line."""
    parts: list[str] = [e.text or ""]
    for child in e:
        if child.tag == "br":
            parts.append("\n")
        elif not (_GUTTER(child) and _is_furniture(text(child))):
            inner = _lines(child)
            ended = inner.endswith("\n") or (child.getnext() is None and not child.tail)
            parts.append(inner + "\n" if child.tag in _LINES and not ended else inner)
        parts.append(child.tail or "")
    return "".join(parts)


def language(e: Element) -> str:
    """What a block of code says it is written in; '' when nothing."""
    for one in [e, *e.iter("code"), *list(e.iterancestors())[:3]]:
        says = [one.get(name, "").strip().lower() for name in _SAYS]
        says += [dashed or brush for dashed, brush in _LANGUAGE.findall(one.get("class", ""))]
        for said in says:
            if said and said.lower() not in _NO_LANGUAGE:
                return said
    return ""


@element("pre")
def fence(e: Element) -> Element:
    return e


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
    """Code around links, pictures and breaks, which no code span can hold."""
    for child in list(e):
        tail, child.tail = child.tail, None
        if tail:
            child.addnext(make("code", tail))
        if child.tag == "a":
            linked = make("code", text(child))
            for inner in list(child):
                drop(inner)
            child.text = None
            child.append(linked)
    if not is_blank(e.text):
        e.insert(0, make("code", e.text or ""))
    e.text = None
    dissolve(e)
