"""Mathematics, however a page draws it, as TeX."""

import re
from urllib.parse import unquote_plus

from ..build import clean, is_blank, text
from ..canon import as_published, classed, element, having
from ..parse import Element, fragment, make
from ._mathml import redrawn, to_tex


def _math(tex: str, display: bool) -> Element:
    return make("math", clean(tex), **({"display": "block"} if display else {}))


def _tex(e: Element) -> str:
    """The TeX that MathML keeps in an annotation, or that says the same."""
    for note in e.iter("annotation"):
        if "tex" in (note.get("encoding") or "").lower() and not is_blank(note.text):
            return (note.text or "").strip()
    formula = e if e.tag == "math" else next(e.iter("math"), None)
    return "" if formula is None else formula.get("alttext") or to_tex(formula)


@element("math", where=as_published)
def mathml(e: Element) -> Element:
    if not len(e):
        return e
    if tex := _tex(e):
        return _math(tex, e.get("display") == "block")
    e.tag = "span"
    return e


_DATA = re.compile(r"%\s*<!\[CDATA\[|%\s*\]\]>")


@element("script", where=having("type", re.compile("^math/tex")))
def script(e: Element) -> Element:
    """What MathJax 2 draws from, as kramdown too writes it."""
    return _math(_DATA.sub("", e.text or "").strip(), "mode=display" in e.get("type", ""))


@element("mjx-container", "mjx-math", where=as_published)
def mathjax3(e: Element) -> Element:
    """What MathJax 3 or 4 drew: by the TeX or MathML that it kept, else by the drawing, else as it is read aloud."""
    tex = _said(e, "data-latex") or _tex(e) or to_tex(redrawn(e))
    if tex:
        return _math(tex, e.get("display") == "true")
    return make("span", clean(aloud)) if (aloud := _said(e, "aria-label")) and is_blank(text(e)) else e


def _said(e: Element, attribute: str) -> str:
    return next((said for one in e.iter() if (said := one.get(attribute))), "")


@element("span", "div", where=classed(
    *"MathJax MathJax_Display MathJax_Preview MathJax_SVG MathJax_SVG_Display MathJax_CHTML mjx-chtml".split()
))  # fmt: skip
def drawn(e: Element) -> Element | None:
    """What a script drew from the TeX beside it; where only the drawing was saved, its MathML."""
    after = e.getnext() if not e.tail else None
    last = after.getnext() if after is not None and "MathJax" in after.get("class", "") and not after.tail else after
    if last is not None and last.get("type", "").startswith("math/tex"):
        return None
    if "MathJax_Preview" in e.get("class", ""):
        return None if after is not None and "MathJax" in after.get("class", "") else e
    said = e if e.get("data-mathml") else next((inner for inner in e.iter() if inner.get("data-mathml")), None)
    tex = _tex(fragment(said.get("data-mathml", ""))) if said is not None else _tex(e)
    return _math(tex, "Display" in e.get("class", "")) if tex else e


@element("span", "div", where=classed("katex", "katex-display"))
def katex(e: Element) -> Element:
    above = e.getparent()
    said = e.get("data-math") or e.get("data-tex") or (above.get("data-math") if above is not None else "")
    tex = said or _tex(e)
    return _math(tex, "katex-display" in e.get("class", "")) if tex else e


@element("span", "div", where=classed("math", "arithmatex", "kdmath"))
def marked(e: Element) -> Element:
    """TeX between its delimiters, as Pandoc, kramdown and arithmatex leave it to a script."""
    found = _DELIMITED.fullmatch(text(e).strip())
    if len(e) or not found:
        return e
    tex = found["display"] or found["dollars"] or found["inline"] or found["dollar"]
    return _math(tex, bool(found["display"] or found["dollars"]))


_DELIMITED = re.compile(
    r"\\\[(?P<display>.+?)\\\]|\$\$(?P<dollars>.+?)\$\$|\\\((?P<inline>.+?)\\\)|\$(?P<dollar>[^$]+)\$", re.S
)

# --- pictures of formulas

_DRAWERS = re.compile(
    r"latex\.codecogs\.com/\w+(?:\.\w+)?\?(?P<codecogs>.+)|\.wp\.com/latex\.php\?.*?latex=(?P<wp>[^&]+)"
    r"|/(?:mimetex|mathtex)\.cgi\?(?P<cgi>.+)|chart\?.*?cht=tx.*?chl=(?P<chart>[^&]+)"
)


@element("img", where=classed(
    *"latex tex ql-img-inline-formula ql-img-displayed-equation".split(),
    *"mwe-math-fallback-image-inline mwe-math-fallback-image-display".split(),
))  # fmt: skip
def picture_of_tex(e: Element) -> Element | None:
    """WordPress, QuickLaTeX and Wikipedia draw formulas and keep them as the alt."""
    before, tex = e.getprevious(), e.get("alt", "").strip()
    if before is not None and any(formula.text == tex for formula in before.iter("math")):
        return None
    return _math(tex, "display" in e.get("class", "")) if tex else e


@element("img", where=having("src", re.compile("te?x")))  # which all of these say
def picture_by_service(e: Element) -> Element:
    found = _DRAWERS.search(e.get("src", ""))
    said = unquote_plus(next(filter(None, found.groups()), "").replace("+", "%2B")) if found else ""
    tex = re.sub(r"^(?:\\(?:inline|large|small|fn_\w+|dpi\{\d+\}|bg_\w+)\s*)+", "", said).strip()
    return _math(tex, False) if tex else e


@element("math")
def formula(e: Element) -> Element:
    for name in e.keys():  # noqa: SIM118 - an element iterates over its children
        if name != "display":
            del e.attrib[name]
    return e
