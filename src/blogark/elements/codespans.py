"""Code within a line."""

from ..build import bare, dissolve, drop, has_blocks, is_blank, text
from ..canon import element
from ..parse import Element, make


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
