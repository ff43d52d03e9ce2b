"""Pictures, and the words around them."""

import re

from .. import images
from ..canon import Reading, bare, classed, drop, element, is_unsafe
from ..parse import Element
from .basic import paragraph

_DOT = re.compile(r"\s*0*[01](?:\.\d+)?(?:px)?\s*$")
_COUNTERS = re.compile(
    r"//(?:pixel|stats|b\.stats)\.(?:wp|wordpress)\.com/|/~r/[^/]+/~4/|feeds\.feedburner\.com/~|"
    r"doubleclick\.net/|google-analytics\.com/|googlesyndication\.com/|/b\.gif\?|blogger\.googleusercontent\.com/tracker/|"
    r"feedsportal\.com/|//(?:www\.)?assoc-amazon\.|scorecardresearch\.com/|quantserve\.com/|hits\.io/|fusion\.google\.com/add",
    re.I,
)


@element("img", "image", "amp-img")
def picture(e: Element) -> Element | None:
    address = images.source(e)
    if _COUNTERS.search(address) or (_DOT.match(e.get("width", "")) and _DOT.match(e.get("height", ""))):
        return None
    if is_unsafe(address) and not address.startswith("data:image/"):
        return None
    if not address and e.get("src") is None and not (e.get("alt") or "").strip():
        return None
    if not address and e.get("src"):
        return None  # a placeholder, and nothing says of what
    bare(e, "img", "alt", "title")
    e.set("src", address)
    e.set("alt", e.get("alt", ""))
    return e


@element("noscript", where=lambda e: next(e.iter("img"), None) is not None)
def without_script(e: Element) -> Element | None:
    """The picture again, for readers without scripts; kept where it is the only copy."""
    before = e.getprevious()
    shown = (
        [before]
        if before is not None and before.tag == "img"
        else list(before.iter("img"))
        if before is not None
        else []
    )
    after = e.getnext()
    shown += list(after.iter("img")) if after is not None else []
    here = {_stem(images.source(image)) for image in e.iter("img")}
    if here <= {_stem(images.source(image)) for image in shown}:
        return None
    for image in shown:
        if not images.source(image):
            drop(image)
    return bare(e, "span")


def _stem(address: str) -> str:
    """The picture's own name, its size left out."""
    return re.sub(r"-\d+x\d+(?=\.\w+$)|\?.*$", "", address).rpartition("/")[2]


@element("figure")
def figure(e: Element) -> Reading:
    """A figure is its paragraphs: the picture, then its caption."""
    return paragraph(e)


@element("div", "span", "td", "dd", where=classed("wp-caption-text", "tr-caption", "gallery-caption", "caption-text"))
def caption(e: Element) -> Element:
    return bare(e, "div")
