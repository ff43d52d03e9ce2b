"""Footnotes and mathematics."""

import re

from ..build import bare, clean, drop, is_blank, text
from ..canon import as_published, classed, element
from ..parse import Element, make

# --- footnotes, as Markdown Extra, Pandoc, Hugo, GitHub, WordPress, Word, Ghost and Substack write them

_REFERENCE = re.compile(
    r"[^#]*#(?:user-content-)?(?:fn|footnote|note|ftn|_ftn|_edn|sdfootnote|easy-footnote-bottom|f|_)(?!ref|-?anchor)[-_:.]?[\w:.-]*$",
    re.I,
)
_NUMBER = re.compile(r"\s*[\[(]?\s*([\w*†‡§]{1,4})\s*[\])]?\s*$")
_LEADING = re.compile(r"\s*[\[(]?[\d*†‡§]{1,3}[\])]?[.:)]?\s+")
_BACK = re.compile(r"[\s↩︎↑^⏎⤴🔝\ufe0e\ufe0f\u200d]*$")
_HOLDERS = ("footnote", "li", "p", "div", "td", "dd", "aside", "section")


@element("a", where=lambda e: "#" in e.get("href", "") and bool(_REFERENCE.match(e.get("href", ""))))
def reference(e: Element) -> Element:
    """A number that leads to a note; the note goes to the end of the post."""
    number, name = _NUMBER.match(text(e)), e.get("href", "").partition("#")[2]
    holder = _holder(e, name) if number else None
    if holder is None or number is None:
        return e
    label = holder.get("data-footnote") or re.sub(r"\W", "", number[1]) or "note"
    if holder.tag != "footnote":
        _take(holder, name, label)
    return make("sup", label, **{"data-footnote": label})


def _holder(e: Element, name: str) -> Element | None:
    """The block that holds the note which `e` refers to."""
    found: list[Element] = e.getroottree().xpath("//*[@id=$name or @name=$name]", name=name)  # type: ignore[assignment]
    for above in [found[0], *found[0].iterancestors()] if found else ():
        if above.tag in _HOLDERS:
            return None if any(inner is e for inner in above.iter("a")) else above
    return None


def _take(e: Element, name: str, label: str) -> None:
    """Move a note, without its number and the way back, to where Markdown has notes."""
    for a in list(e.iter("a")):
        back = "#" in a.get("href", "") and (_BACK.match(text(a)) or "ref" in a.get("href", "").lower())
        if back or ((a.get("id") or a.get("name")) and _NUMBER.match(text(a))):
            drop(a)
    if e.tag != "li" and not is_blank(e.text):
        e.text = _LEADING.sub("", e.text or "", count=1)
    note = make("footnote", e.text or "", id=clean(name), **{"data-footnote": label})
    for child in list(e):
        note.append(child)
    top = e.getroottree().getroot()
    body = top.find("body")
    (top if body is None else body).append(note)
    drop(e)


@element("footnote")
def kept(e: Element) -> Element:
    return bare(e, "", "data-footnote")


@element(
    "hr",
    where=lambda e: (above := e.getparent()) is not None and classed("footnotes", "footnote", "footnotes-sep")(above),
)
def separator(e: Element) -> None:
    return None


# --- mathematics


def _math(tex: str, display: bool) -> Element:
    return make("math", clean(tex), **({"display": "block"} if display else {}))


def _tex(e: Element) -> str:
    """The TeX that MathML keeps in an annotation."""
    return next((a.text or "" for a in e.iter("annotation") if "tex" in (a.get("encoding") or "").lower()), "")


@element("math", where=as_published)
def mathml(e: Element) -> Element:
    if tex := _tex(e) or e.get("alttext"):
        return _math(tex, e.get("display") == "block")
    e.tag = "span"
    return e


@element("script", where=lambda e: e.get("type", "").startswith("math/tex"))
def mathjax(e: Element) -> Element:
    """MathJax 2 leaves the TeX in a script and draws beside it."""
    return _math(e.text or "", "mode=display" in e.get("type", ""))


@element("mjx-container", where=as_published)
def mathjax3(e: Element) -> Element:
    found = next(e.iter("math"), None)
    return _math(tex, e.get("display") == "true") if found is not None and (tex := _tex(found)) else e


@element(
    "span", "div", where=classed("MathJax", "MathJax_Display", "MathJax_Preview", "MJX_Assistive_MathML", "MathJax_SVG")
)
def drawn(e: Element) -> None:
    """What a script drew from the TeX beside it."""
    return


@element("span", "div", where=classed("katex", "katex-display"))
def katex(e: Element) -> Element:
    tex = _tex(e)
    return _math(tex, "katex-display" in e.get("class", "")) if tex else e


@element("img", where=classed("latex", "tex", "mwe-math-fallback-image-inline", "mwe-math-fallback-image-display"))
def picture_of_tex(e: Element) -> Element:
    """WordPress draws $latex …$ and keeps the formula as the alt."""
    return _math(e.get("alt", ""), False) if e.get("alt") else e


@element("math")
def math(e: Element) -> Element:
    return bare(e, "", "display")
