"""Words, paragraphs, lists and quotes."""

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
from ..canon import SILENT, Reading, classed, element
from ..parse import Element, make

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LISTS = ("ul", "ol", "menu", "dir")


@element(*SILENT)
def silent(e: Element) -> None:
    return None


@element("ins", where=classed("adsbygoogle"))
def advertisement(e: Element) -> None:
    return None


@element("p", "div", "article", "aside", "main", "header", "footer", "nav", "center", "address", "form", "fieldset")
@element("section", "hgroup", "legend", "dialog", "search", "figcaption", "body", "html", "multicol")
def paragraph(e: Element) -> Reading:
    if has_blocks(e):
        wrap_runs(e, lambda: make("p"))
        dissolve(e)
        return None
    if e.tag != "p" and _fills_item(e):
        dissolve(e)
        return None
    return bare(e, "p")


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


_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.I)
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.I)
_STRUCK = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.I)
_LIGHT = re.compile(r"font-weight\s*:\s*(?:normal|lighter|[1-4]00)", re.I)
_UPRIGHT = re.compile(r"font-style\s*:\s*normal", re.I)
_STYLES = ((_BOLD, "strong"), (_ITALIC, "em"), (_STRUCK, "del"))


@element("span", "font", where=lambda e: e.get("style") is not None)
def styled(e: Element) -> Element:
    """Bold that is said by style alone."""
    style = e.get("style", "")
    tags = [tag for pattern, tag in _STYLES if pattern.search(style)]
    for tag in tags[1:]:
        wrap(e, make(tag))
    return bare(e, tags[0] if tags else "span")


@element("b", "strong", where=lambda e: bool((said := e.get("style")) and _LIGHT.search(said)))
@element("i", "em", where=lambda e: bool((said := e.get("style")) and _UPRIGHT.search(said)))
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
    e.set("href", clean(address))
    if has_blocks(e):
        spread(e)
        return None
    for inner in list(e.iter("a"))[1:] if len(e) else ():
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


@element(*HEADINGS)
def heading(e: Element) -> Element | None:
    if has_blocks(e):
        wrap_runs(e, lambda: make(e.tag))
        for child in e:
            if child.tag == "p":
                child.tag = e.tag
        dissolve(e)
        return None
    if (e.attrib or len(e)) and is_blank(text(e)) and next(e.iter("img"), None) is None:
        return None
    return bare(e)


_DEEPEST = 40  # lists and quotes within each other; what is nested deeper was nested by mistake


def _too_deep(e: Element) -> bool:
    return sum(1 for _ in e.iterancestors("ul", "ol", "menu", "dir", "dl", "blockquote", "details")) > _DEEPEST


@element("blockquote", "details")
def quote(e: Element) -> Reading:
    return paragraph(e) if _too_deep(e) else bare(e)


@element("input")
def checkbox(e: Element) -> Element | None:
    """A task's box, where a task list can have it."""
    above = e.getparent()
    item = above.getparent() if above is not None and above.tag in ("p", "label") else above
    if e.get("type", "").lower() != "checkbox" or item is None or item.tag != "li" or e.getprevious() is not None:
        return None
    return bare(e, "", "type", "checked")


@element("hr")
def rule(e: Element) -> Element:
    return bare(e)


@element("li", where=lambda e: (above := e.getparent()) is not None and above.tag not in LISTS)
def orphans(e: Element) -> Element:
    """Items without a list: the first becomes one and takes its fellows in."""
    wrap(e, make("li"))
    e.tag = "ul"
    while is_blank(e.tail) and (after := e.getnext()) is not None and after.tag == "li":
        e.append(after)
        e.tail, after.tail = after.tail, None
    return e


@element("li")
def item(e: Element) -> Element:
    return bare(e, "", "value")


@element("ul", "ol", "menu", "dir")
def items(e: Element) -> Reading:
    if _too_deep(e):
        for child in e.iterchildren("li"):
            child.tag = "p"
        return paragraph(e)
    start = e.get("start") or next((child.get("value") for child in e if child.get("value")), None)
    bare(e, "ol" if e.tag == "ol" else "ul")
    if e.tag == "ol" and start and re.fullmatch(r"\d{1,9}", start) and int(start) != 1:
        e.set("start", str(int(start)))
    wrap_runs(e, lambda: make("li"))
    for child in list(e):
        if child.tag == "li":
            bare(child)
        else:
            _into_item(child)
    return e if len(e) else None


def _into_item(e: Element) -> None:
    """A list right within a list belongs to the item before it, as anything else is an item itself."""
    before = e.getprevious()
    if before is None or e.tag not in ("ul", "ol"):
        before = make("li")
        e.addprevious(before)
    e.tail = None
    last = before[-1] if len(before) else None
    if last is not None and last.tag == e.tag and is_blank(last.tail):
        last.extend(list(e))
        drop(e)
    else:
        before.append(e)


@element("dl")
def definitions(e: Element) -> Reading:
    """A list of strong terms, their meanings listed within."""
    if _too_deep(e):
        for child in e.iterchildren("dt", "dd"):
            child.tag = "p"
        return paragraph(e)
    wrap_runs(e, lambda: make("dt"))
    terms = make("ul")
    for child in list(e):
        if child.tag == "dd" and len(terms):
            if not len(terms[-1]) or terms[-1][-1].tag != "ul":
                terms[-1].append(make("ul"))
            terms[-1][-1].append(_as_item(child))
        else:
            if child.tag == "dt" and not has_blocks(child):
                wrap(child, make("strong"))
            terms.append(_as_item(child))
    return terms if len(terms) else None


def _as_item(e: Element) -> Element:
    if e.tag in ("dt", "dd"):
        return bare(e, "li")
    item = make("li")
    item.append(e)
    return item


@element("dt", "dd")
def definition(e: Element) -> Reading:
    above = e.getparent()
    return bare(e) if above is not None and above.tag == "dl" else paragraph(e)


@element("summary")
def summary(e: Element) -> Element:
    return bare(e)
