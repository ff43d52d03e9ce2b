"""Lists, quotes and whatever else holds blocks within blocks."""

import re

from ..build import bare, drop, has_blocks, is_blank, wrap, wrap_runs
from ..canon import Reading, classed, element
from ..parse import Element, make
from .basic import LISTS, paragraph

_DEEPEST = 40  # lists and quotes within each other; what is nested deeper was nested by mistake


def _too_deep(e: Element) -> bool:
    return sum(1 for _ in e.iterancestors("ul", "ol", "menu", "dir", "dl", "blockquote", "details")) > _DEEPEST


def _flat(e: Element) -> Reading:
    for child in e.iterchildren("li", "dt", "dd"):
        child.tag = "p"
    return paragraph(e)


@element("blockquote", "details")
def quote(e: Element) -> Reading:
    return paragraph(e) if _too_deep(e) else bare(e)


_TITLES = classed("markdown-alert-title", "callout-title", "admonition-title")


@element("div", "aside", where=classed("markdown-alert", "callout", "admonition"))
def boxed(e: Element) -> Element:
    """A note, tip or warning in a box of its own: a quote, its title strong."""
    title = next((inner for inner in e.iter("p", "div") if _TITLES(inner)), None)
    if title is None or e.find(".//h2") is not None:
        return e
    wrap(title, make("strong"))
    return bare(e, "blockquote")


@element("input")
def checkbox(e: Element) -> Element | None:
    """A task's box, where a task list can have it."""
    above = e.getparent()
    item = above.getparent() if above is not None and above.tag in ("p", "label") else above
    if e.get("type", "").lower() != "checkbox" or item is None or item.tag != "li" or e.getprevious() is not None:
        return None
    e.tail = " " + (e.tail or "").lstrip()  # without a space the box is no box
    return bare(e, "", "type", "checked")


@element("hr", "summary")
def plain(e: Element) -> Element:
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
        return _flat(e)
    start = e.get("start") or next((child.get("value") for child in e), None)
    bare(e, "ol" if e.tag == "ol" else "ul")
    wrap_runs(e, lambda: make("li"))
    for child in list(e):
        if child.tag != "li":
            _into_item(child)
    _count(e, start)
    return e if len(e) else None


def _count(e: Element, start: str | None) -> None:
    """Where the numbers of its items jump, another list begins."""
    into, number = e, _number(start, 1)
    _begin(e, number)
    for child in list(e):
        said = _number(child.get("value"), number)
        if said != number and child.getprevious() is not None and e.tag == "ol":
            into.addnext(another := make("ol"))
            another.tail, into.tail = into.tail, None
            _begin(another, number := said)
            into = another
        bare(child)
        if into is not e:
            into.append(child)
        number += 1


def _number(said: str | None, otherwise: int) -> int:
    return int(said) if said and re.fullmatch(r"\d{1,9}", said) else otherwise


def _begin(e: Element, number: int) -> None:
    if e.tag == "ol" and number != 1:
        e.set("start", str(number))


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
        return _flat(e)
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
