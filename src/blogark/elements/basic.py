"""Words, paragraphs, links and headings."""

import re

from ..build import (
    bare,
    clean,
    dissolve,
    drop,
    has_blocks,
    is_blank,
    is_empty,
    is_unsafe,
    spread,
    text,
    wrap,
    wrap_runs,
)
from ..canon import SILENT, Reading, element, having
from ..parse import Element, make

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LISTS = ("ul", "ol", "menu", "dir")


@element(*SILENT, "col", "colgroup")
def silent(e: Element) -> None:
    return None


@element("p", "div", "article", "aside", "main", "header", "footer", "nav", "center", "address", "form", "fieldset")
@element("section", "hgroup", "legend", "dialog", "search", "figure", "figcaption", "body", "html", "multicol")
def paragraph(e: Element) -> Reading:
    if len(e) and has_blocks(e):
        wrap_runs(e, lambda: make("p"))
        dissolve(e)
        return None
    if e.tag != "p":
        if _fills_item(e):
            dissolve(e)
            return None
        e.tag = "p"
    if e.keys():
        e.attrib.clear()
    return e


def _fills_item(e: Element) -> bool:
    """Whether it is all that a list item holds, apart from a list within."""
    item = e.getparent()
    if item is None or item.tag not in ("li", "dd", "dt", "td", "th", "summary") or not is_blank(item.text):
        return False
    return all(other is e or other.tag in LISTS for other in item) and e.getprevious() is None and is_blank(e.tail)


@element("span", "font", "big", "small", "u", "nobr", "bdi", "bdo", "time", "data", "label", "output", "wbr")
@element("source", "track", "area", "map")  # libxml2 puts what follows a <source> within it
@element("noscript", "picture", "slot", "rb", "rtc", "basefont", "blink", "marquee")
def nothing(e: Element) -> None:
    dissolve(e)


_BOLD = re.compile(r"font-weight(?<!-font-weight)\s*:\s*(?:bold|bolder|[6-9]00)")
_ITALIC = re.compile(r"font-style(?<!-font-style)\s*:\s*(?:italic|oblique)")
_STRUCK = re.compile(r"text-decoration(?<!-text-decoration)[\w-]*\s*:[^;]*line-through")
_LIGHT = re.compile(r"font-weight(?<!-font-weight)\s*:\s*(?:normal|lighter|[1-4]00)")
_UPRIGHT = re.compile(r"font-style(?<!-font-style)\s*:\s*normal")
_STYLES = ((_BOLD, "strong"), (_ITALIC, "em"), (_STRUCK, "del"))


@element("span", "font", where=having("style"))
def styled(e: Element) -> Element:
    """Bold that is said by style alone."""
    style = e.get("style", "").lower()
    tags = [tag for pattern, tag in _STYLES if pattern.search(style)]
    for tag in tags[1:]:
        wrap(e, make(tag))
    return bare(e, tags[0] if tags else "span")


@element("p", "div", where=having("style", _BOLD))
def bold(e: Element) -> Element:
    """A paragraph that is bold by style alone."""
    if next(e.iter(*HEADINGS, "table"), None) is None:
        wrap(e, make("strong"))
    return e


@element("b", "strong", where=having("style", _LIGHT))
@element("i", "em", where=having("style", _UPRIGHT))
def unstyled(e: Element) -> Element:
    """Google Docs wraps a whole post into <b style="font-weight:normal">."""
    return bare(e, "span")


_NAMES = {
    "b": "strong", "i": "em", "cite": "em", "dfn": "em", "var": "em", "s": "del", "strike": "del",
}  # fmt: skip


@element("em", "strong", "del", *_NAMES)
@element("sub", "sup", "kbd", "mark", "ins", "ruby", "rt", "rp")
def style(e: Element) -> Element | None:
    tag = _NAMES.get(e.tag, e.tag)
    bare(e, tag, "data-footnote")
    if not len(e):
        return e
    if tag == "sup" and len(e) == 1 and e[0].get("data-footnote"):
        dissolve(e)
        return None
    if has_blocks(e):
        spread(e)
        return None
    return e


@element("abbr", "acronym")
def abbreviation(e: Element) -> Element | None:
    if not e.get("title") or has_blocks(e):
        dissolve(e)
        return None
    return bare(e, "abbr", "title")


_QUOTED = re.compile(r"\s*[\"'“„«‚‘「『»]")


@element("q")
def quotation(e: Element) -> None:
    before = e.getprevious()
    ahead = before.tail if before is not None else above.text if (above := e.getparent()) is not None else ""
    if _QUOTED.match(text(e)) or (ahead and _QUOTED.match(ahead[-1])):
        dissolve(e)
        return
    e.text = "“" + (e.text or "")
    if len(e):
        e[-1].tail = (e[-1].tail or "") + "”"
    else:
        e.text += "”"
    dissolve(e)


@element("a")
def link(e: Element) -> Element | None:
    address = e.get("href")
    if address is None or is_unsafe(address):
        dissolve(e)
        return None
    if is_empty(e) and len(e.attrib) > 1 + ("title" in e.attrib):  # an icon, an anchor's handle
        return None
    bare(e, "a", "href", "title")
    if (cleaned := clean(address)) != address:
        e.set("href", cleaned)
    if not len(e):
        return e
    if has_blocks(e):
        spread(e)
        return None
    for inner in list(e.iter("a"))[1:]:
        dissolve(inner)
    return e


@element("br")
def line_break(e: Element) -> Element | None:
    """Two breaks are how editors end a paragraph: an empty one says where."""
    after = e.getnext()
    if after is None or after.tag not in ("br", "p") or not is_blank(e.tail):
        return bare(e)
    if after.tag == "p":
        return None
    after.tag = "p"
    return None


@element(*HEADINGS, where=lambda e: len(e) > 0 and next(e.iter("a"), None) is not None)
def linked(e: Element) -> Element:
    """A heading that leads to itself, whole or by a sign beside it."""
    own = {"#" + name for inner in e.iter() if (name := inner.get("id") or inner.get("name"))}
    for a in list(e.iter("a")):
        if a.get("href", "") in own:
            bare(a, "span")
            if not re.search(r"\w", text(a)) and next(a.iter("img"), None) is None:
                drop(a)
    return e


@element(*HEADINGS)
def heading(e: Element) -> Element | None:
    if has_blocks(e):
        wrap_runs(e, lambda: make(e.tag))
        for child in e:
            if child.tag == "p":
                child.tag = e.tag
        dissolve(e)
        return None
    blank = (e.attrib or len(e) or e.text) and is_blank(e.text) and is_blank(text(e))
    if blank and next(e.iter("img"), None) is None:
        return None
    return bare(e)
