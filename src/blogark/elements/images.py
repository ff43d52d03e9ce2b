"""Pictures, and the words around them."""

import re

from .. import images
from ..build import bare, clean, drop, is_unsafe
from ..canon import classed, element, having
from ..parse import Element, make

_DOT = re.compile(r"\s*0*[01](?:\.\d+)?(?:px)?\s*$")
# Hosts whose pictures count readers, and pictures that do nothing else.
_COUNTERS = re.compile(
    r"//(?:pixel|stats|b\.stats)\.(?:wp|wordpress)\.com/|//feeds\.feedburner\.com/~|//(?:\w+\.)*doubleclick\.net/"
    r"|//\w+\.google-analytics\.com/|//(?:www\.)?assoc-amazon\.|//\w+\.(?:scorecardresearch|quantserve)\.com/"
    r"|//blogger\.googleusercontent\.com/tracker/",
    re.I,
)


@element("img", where=classed("wp-smiley", "emoji"))
def smiley(e: Element) -> Element:
    """The sign that the writer typed, of which WordPress made a picture."""
    e.text = clean(e.get("alt", ""))
    return bare(e, "span") if e.text else e


@element("img", "image", "amp-img")
def picture(e: Element) -> Element | None:
    address = clean(images.source(e))
    counts = _COUNTERS.match(address.partition(":")[2] or address) or _is_dot(e)
    nothing = not address and (e.get("src") or not e.get("alt", "").strip())  # a placeholder, and nothing says of what
    if counts or nothing or (is_unsafe(address) and not address.startswith("data:image/")):
        return None
    also = images.sets(e)
    bare(e, "img", "src", "alt", "title")
    for name, said in (("src", address), ("alt", clean(e.get("alt", "")))):
        if said != e.get(name):
            e.set(name, said)
    if also:
        e.set("data-larger", also)  # for who saves pictures; not written
    return e


def _is_dot(e: Element) -> bool:
    return bool(_DOT.match(e.get("width", "")) and _DOT.match(e.get("height", "")))


@element("noscript", where=lambda e: next(e.iter("img"), None) is not None)
def without_script(e: Element) -> Element | None:
    """The picture again, for readers without scripts; kept where it is the only copy."""
    shown = [image for near in (e.getprevious(), e.getnext()) if near is not None for image in near.iter("img")]
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


_BACKGROUND = re.compile(r"background(?:-image)?\s*:[^;]*?url\(\s*['\"]?(?!data:)([^'\")]+)", re.I)
_PATTERN = re.compile(r"(?<!no-)repeat(?:-[xy])?\b", re.I)


@element("div", "figure", "section", "a", where=having("style", _BACKGROUND))
def background(e: Element) -> Element:
    """A picture that style alone shows; patterns are no pictures, and what holds one needs none behind it."""
    style = e.get("style", "")
    found = _BACKGROUND.search(style)
    if found and not _PATTERN.search(style) and next(e.iter("img"), None) is None:
        shown = make("img", src=found[1].strip(), alt="")
        shown.tail, e.text = e.text, None
        e.insert(0, shown)
    return e


@element("div", "span", "td", "dd", where=classed("wp-caption-text", "tr-caption", "gallery-caption", "caption-text"))
def caption(e: Element) -> Element:
    return bare(e, "div")


@element("dl", "ul", "ol", where=classed(
    *"gallery-item wp-block-gallery blocks-gallery-grid gallery wp-block-jetpack-slideshow_swiper-wrapper".split()
))  # fmt: skip
def gallery(e: Element) -> Element:
    """Pictures one after another, not items of a list."""
    for inner in e.iter("dl", "dt", "dd", "ul", "ol", "li"):
        inner.tag = "div"
    return e
