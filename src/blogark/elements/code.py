"""Blocks of code, out of whatever a highlighter made of them."""

import re
from itertools import islice

from ..build import drop, is_blank, text
from ..canon import Reading, Test, as_published, classed, element, having
from ..parse import Element, make
from ._languages import is_language, language

_GUTTER = classed(
    *"gutter linenos linenodiv line-numbers-rows crayon-nums rouge-gutter lineno hljs-ln-numbers lnt ln".split(),
    *"line-number line-numbers line_numbers linenumber react-syntax-highlighter-line-number hljs-ln-n".split(),
    *"blob-num crayon-num code-copy copy-btn btn-clipboard copy-button toolbar bar code__header code-header".split(),
)
_HIGHLIGHTERS = classed(
    *"highlight highlighter-rouge syntaxhighlighter crayon-syntax codehilite wp_syntax sourceCode code-toolbar".split(),
    *"EnlighterJSRAW enlighter enlighter-default code-block wp-block-code codecolorer-container dp-highlighter".split(),
    *"highlighttable rouge-table lntable hljs-ln CodeMirror gist colorscripter-code se-code-source".split(),
)
# What holds the code where no <pre> does: all of it, or a line each.
_HOLDERS: tuple[tuple[str, Test], ...] = (
    ("td", classed("code", "rouge-code", "crayon-code", "blob-code", "hljs-ln-code")),
    ("div", classed("crayon-pre", "enlighter-code", "enlighter", "cm-content", "__se_code_view", "container")),
    ("ol", lambda e: e.get("class", "").startswith("dp-")),
)
_MANY = 400  # paragraphs in one block of code
_PARTS = 9  # pieces of code in one box; more is an article that is styled as code
_LINES = frozenset("div p tr li pre".split())
_FURNITURE = re.compile(
    r"\b(?:copy|copied|code|view|raw|plain|print|text|hosted|with|by|github|love|cs|colored|color|scripter"
    r"|expand|collapse|download|wrap|toggle)\b|[\W\d_]+",
    re.I,
)


@element("pre", "listing", "xmp", "plaintext", where=as_published)
def pre(e: Element) -> Element | None:
    if _GUTTER(e) and _is_furniture(text(e)):
        return None
    e.text = (e.text or "").removeprefix("\n")  # as HTML has it: https://html.spec.whatwg.org/#the-pre-element
    said = language(e)
    for inner in [*e.iter("script", "style", "button")]:
        drop(inner)
    content = next((inner for inner in e.iter("div") if _CONTENT(inner)), e)
    beside = _beside(e, [content]).split() if content is not e else []
    named = next((word.lower() for word in beside if is_language(word)), "")
    if not _is_furniture(" ".join(word for word in beside if word.lower() not in (said, named))):
        content = e
    elif not said:
        said = named
    return fenced(_lines(content, said), said)


_CONTENT = classed("cm-content", "code-content")


def _is_named(e: Element) -> bool:
    """Whether it is named after its language, with the <pre> right in it, as VitePress makes."""
    return e.get("class", "").startswith("language-") and e.find("pre") is not None


@element("div", "figure", "table", where=_HIGHLIGHTERS)
@element("div", "figure", "table", where=_is_named)
def highlighted(e: Element) -> Reading:
    """A highlighter's box, with its numbers and buttons around the code."""
    before, said = e.getprevious(), language(e)
    if before is not None and before.tag == "pre" and "enlighter" in e.get("class", "") and is_blank(before.tail):
        return None  # drawn from the <pre>
    found = _holders(e)
    meta = next((inner for inner in e.iter("div") if inner.get("class") == "gist-meta"), None)
    named = [] if meta is None else [a for a in meta.iter("a") if not _is_furniture(text(a))]
    beside = _beside(e, found if meta is None else [*found, meta])
    if not found or not _is_furniture(" ".join(word for word in beside.split() if word.lower() != said)):
        return e
    said = said or language(found[0])
    pieces = [_lines(holder, said).removesuffix("\n") for holder in found]
    code = "\n".join(piece for piece in pieces if piece or found[0].tag != "pre")
    fence = fenced((code if found[0].tag == "pre" else code.replace("\xa0", " ")) + "\n", said)
    return [fence, *(_line(a) for a in named)]


def _line(a: Element) -> Element:
    line = make("p")
    line.append(make("a", text(a).strip(), href=a.get("href", "")))
    return line


def _holders(e: Element) -> list[Element]:
    found = [p for p in e.iter("pre") if not any(_hides(box) for box in _above(p, e)) and not _GUTTER(p)]
    if found:
        return found if len(found) <= _PARTS else []
    for tag, holds in _HOLDERS:
        if found := [holder for holder in e.iter(tag) if holds(holder)]:
            return found if tag == "td" else found[:1]
    cells = [cell for cell in e.iter("td") if cell.find(".//table") is None]
    return [max(cells, key=lambda cell: len(text(cell)))] if 1 < len(cells) <= _PARTS else []


def _hides(box: Element) -> bool:
    return box.tag == "pre" or _GUTTER(box)


def _above(e: Element, top: Element) -> list[Element]:
    """What stands between an element and the box it is in."""
    above = list(e.iterancestors())
    return above[: above.index(top)]


def _beside(e: Element, found: list[Element]) -> str:
    """The words of a box outside the code, its numbers and its buttons."""
    said: list[str] = []
    left: list[Element | str] = [e]
    while left:
        each = left.pop()
        if isinstance(each, str):
            said.append(each)
        elif not (
            each in found
            or (_GUTTER(each) and _is_furniture(text(each)))
            or each.tag in ("button", "script", "style", "textarea")
        ):
            said.append(each.text or "")
            for child in reversed(each):
                left += (child.tail or "", child)
    return " ".join(said)


def _is_furniture(words: str) -> bool:
    return not _FURNITURE.sub("", words)


def fenced(content: str, said: str) -> Element:
    fence = make("pre")
    fence.append(make("code", content, **({"class": f"language-{said}"} if said else {})))
    return fence


def _lines(e: Element, said: str = "") -> str:
    """The text of code, a line for each thing that stands on its own line."""
    parts: list[str] = [e.text or ""]
    if not len(e):
        return parts[0]
    numbered = _is_numbered(e)
    for child in e:
        if child.tag == "br":
            parts.append("\n")
        elif not _is_beside(child, said):
            if numbered and child.tag in _LINES:
                drop(child[0])
            inner = _lines(child, said)
            if child.tag in _LINES and not inner.endswith("\n") and (child.tail or child.getnext() is not None):
                inner += "\n"
            parts.append(inner)
        parts.append(child.tail or "")
    return "".join(parts)


def _is_beside(e: Element, said: str) -> bool:
    """Whether it is a line's number, a button, or the name of the language."""
    if not _GUTTER(e) and "user-select" not in e.get("style", ""):
        return False
    words = text(e)
    return _is_furniture(words) or words.strip().lower() == said


def _is_numbered(e: Element) -> bool:
    """Whether its lines count themselves: 1 in the first, 2 in the second …"""
    lines = [child for child in e if child.tag in _LINES]
    return len(lines) > 1 and all(
        len(line) > 1 and text(line[0]).strip() == str(number) for number, line in enumerate(lines, 1)
    )


@element("pre")
def fence(e: Element) -> Element:
    return e


# --- code that no <pre> holds

_MONO = re.compile(r"monospace|courier|consolas|menlo|monaco")
_CODED = re.compile(
    r"[;{}]\s*$|^(?:\s|\xa0){2,}\S|^\s*(?://|#|<|/\*|\$ |>>>|--|@|def |import |public |private "
    r"|function\b|var |let |const |for\b|if\b|return\b|class |else\b|end\b|echo |print)"
    r"|\w\([^)]*\)\s*;?\s*$|\s[=:]=?\s",
    re.M,
)  # fmt: skip


@element("code", "tt", "samp", where=lambda e: len(e) > 0)
def broken(e: Element) -> Element:
    """Code whose lines are <br> or blocks."""
    lined = any(inner.tag in _LINES or inner.tag == "br" for inner in e)
    if not lined or not (_stands_alone(e) or any(inner.tag in _LINES for inner in e)):
        return e
    if e.find(".//pre") is not None:
        return e
    return fenced(_lines(e).replace("\xa0", " ").rstrip() + "\n", language(e))


def _stands_alone(e: Element) -> bool:
    """Whether a block holds nothing else."""
    above = e.getparent()
    if above is None or above.tag in ("span", "font", "b", "strong", "em", "i", "a", "sub", "sup"):
        return False
    beside = [above.text, *(other.tail for other in above)]
    return all(map(is_blank, beside)) and all(other is e or other.tag == "br" for other in above)


@element("p", "div", where=having("style", _MONO))
def typed(e: Element) -> Reading:
    """Blogger's and Naver's code: paragraphs, a line each or more, in a typewriter's letters."""
    before = next((one for one in islice(e.itersiblings(preceding=True), 9) if not is_blank(text(one))), None)
    if before is not None and before.tag == e.tag and before.get("style") == e.get("style") and is_blank(before.tail):
        return e  # the first one has decided
    run = [e]
    while (after := run[-1].getnext()) is not None and is_blank(run[-1].tail) and _is_like(e, after):
        run.append(after)
        if len(run) > _MANY:
            break
    if any(box.find(".//" + tag) is not None for box in run for tag in ("pre", "img", "table", "iframe", "h2", "h3")):
        return e
    lines = "".join(_lines(box).replace("\xa0", " ").rstrip("\n") + "\n" for box in run).rstrip().split("\n")
    written = [line for line in lines if not is_blank(line)]
    if len(written) < 2 or 2 * sum(1 for line in written if _CODED.search(line)) < len(written):
        return e
    for box in run[1:]:
        drop(box)
    return fenced("\n".join(map(str.rstrip, lines)) + "\n", "")


def _is_like(e: Element, after: Element) -> bool:
    return after.tag == e.tag and (after.get("style") == e.get("style") or is_blank(text(after)))


def _coded_after(e: Element | None) -> Element | None:
    after = e.getnext() if e is not None and is_blank(e.tail) else None
    return after if after is not None and _is_coded(after) else None


def _begins_lines(e: Element) -> bool:
    above = e.getparent()
    return above is not None and _is_coded(above) and _coded_after(above) is not None


@element("code", "tt", where=_begins_lines)
def aligned(e: Element) -> Element:
    """Paragraphs that are code and nothing else, one after another, are the lines of one block."""
    said, lines = language(e), [_lines(e)]
    while (after := _coded_after(e.getparent())) is not None:
        lines.append(_lines(after[0]))
        drop(after)
    return fenced("\n".join(line.replace("\xa0", " ").strip("\n") for line in lines) + "\n", said)


def _is_coded(e: Element) -> bool:
    return (
        e.tag in ("p", "div")
        and len(e) == 1
        and e[0].tag in ("code", "tt")
        and is_blank(e.text)
        and is_blank(e[0].tail)
        and e.find(".//a") is None
    )
