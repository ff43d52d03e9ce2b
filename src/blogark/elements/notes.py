"""Footnotes and mathematics."""

import re

from ..canon import as_published, classed, element
from ..parse import Element, make


def _math(tex: str, display: bool) -> Element:
    return make("math", tex.strip(), **({"display": "block"} if display else {}))


@element("math", where=as_published)
def mathml(e: Element) -> Element | None:
    """MathML keeps the TeX it came from in an annotation; else its letters stay."""
    if not len(e) and "display" in e.attrib or e.get("class") == "tex":
        return e
    tex = next((a.text for a in e.iter("annotation") if "tex" in (a.get("encoding") or "").lower()), None)
    if tex or e.get("alttext"):
        return _math(tex or e.get("alttext", ""), e.get("display") == "block")
    e.tag = "span"
    return e


@element("script", where=lambda e: e.get("type", "").startswith("math/tex"))
def mathjax2(e: Element) -> Element:
    return _math(e.text or "", "mode=display" in e.get("type", ""))


@element("span", "div", where=classed("MathJax", "MathJax_Display", "MathJax_Preview", "MJX_Assistive_MathML", "katex-html"))
def typeset(e: Element) -> Element | None:
    """What a script drew from the TeX beside it."""
    return mathml(found) if (found := next(e.iter("math"), None)) is not None else None


@element("span", "div", where=classed("katex", "katex-display"))
def katex(e: Element) -> Element:
    found = next((a.text for a in e.iter("annotation") if "tex" in (a.get("encoding") or "")), None)
    return _math(found, "katex-display" in e.get("class", "")) if found else e


@element("img", where=classed("latex", "tex", "math"))
def drawn(e: Element) -> Element:
    """WordPress draws $latex …$ and keeps the formula as the alt."""
    return _math(e.get("alt", ""), False) if e.get("alt") else e


_NOTE = re.compile(r"#(?:fn|user-content-fn|footnote|_ftn|sdfootnote|note|easy-footnote-bottom|f|ftnt|_edn)[-_:.]?(\w[\w:.-]*)$", re.I)


@element("math")
def math(e: Element) -> Element:
    return e
