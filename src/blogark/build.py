"""What readers of foreign markup build with: moves on a tree that lose no word."""

import re
from collections.abc import Callable
from operator import itemgetter

from .parse import UNSEEN, Element, make

BLOCK = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre hr table thead tbody tfoot tr th td caption "
    "details summary footnote dl dt dd box".split()
)
_BOXES = frozenset("body box div article aside main header footer nav center section form fieldset figure".split())


def clean(value: str) -> str:
    """An attribute's value with what cannot be seen, or set, left out."""
    return value.strip() if value.isprintable() else UNSEEN.sub("", value).strip()


_SCRIPTED = re.compile(r"(?:javascript|vbscript|livescript|mocha|data):", re.I)
_IGNORED = re.compile("[\x00-\x20\x7f-\xa0\u200b\ufeff]+")  # browsers do, in a scheme


def is_unsafe(address: str) -> bool:
    """Whether following it would run or show something of the page's own making."""
    if address.startswith(("http://", "https://")):
        return False
    return ":" in address and bool(_SCRIPTED.match(_IGNORED.sub("", address[:64])))


def text(e: Element) -> str:
    """All text within, as it stands."""
    return "".join(e.itertext())  # type: ignore[arg-type]  # the stubs allow for bytes


def is_blank(text: str | None) -> bool:
    return not text or text.isspace()


children: Callable[[Element], list[Element]] = itemgetter(slice(None))  # list(e), at a third of its cost


def has_blocks(e: Element) -> bool:
    for child in children(e):  # noqa: SIM110 - asked of every element, and any() costs twice as much
        if child.tag in BLOCK:
            return True
    return False


def is_empty(e: Element) -> bool:
    """Whether there is nothing in it but white space."""
    return len(e) == 0 and is_blank(e.text)


def bare(e: Element, tag: str = "", *kept: str) -> Element:
    """The element under another name, with no attributes but the kept ones."""
    if tag and tag != e.tag:  # to set it costs more than to ask
        e.tag = tag
    if names := e.keys():
        attributes = e.attrib
        if not kept:
            attributes.clear()
            return e
        try:
            for name in names:
                if name not in kept:
                    del attributes[name]
        except (KeyError, ValueError):  # pages hold names that lxml reads, and cannot write
            known = [(name, e.get(name, "")) for name in kept if name in names]
            attributes.clear()
            for name, value in known:
                e.set(name, value)
    return e


_LONG = 5000  # characters; moved again for each element before them, they would take time by the square


def drop(e: Element) -> None:
    """Take an element out; the text behind it stays."""
    tail, parent = e.tail, e.getparent()
    if parent is None:
        return
    if tail and len(tail) > _LONG:
        e.clear(keep_tail=True)  # type: ignore[call-arg]  # the stubs are older than it
        e.tag = "gone"
        return
    if tail:
        before = e.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    e.tail = None
    parent.remove(e)


def dissolve(e: Element) -> None:
    """Put an element's content in its place.

    What would take long to move stays where it is, under a name that canon takes away everywhere at once: <gone>
    before a long text; <box> around the blocks of a container in a container, that else move as often as it is deep.
    """
    above, tail = e.getparent(), e.tail
    if above is None:
        return
    if e.tag in _BOXES and e.tag != "box" and above.tag in _BOXES and has_blocks(e):
        e.tag = "box"
        return
    if tail and len(tail) > _LONG and not has_blocks(e):
        e.tag = "gone"
        return
    if content := e.text:
        before = e.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + content
        else:
            above.text = (above.text or "") + content
    for child in children(e):
        e.addprevious(child)
    drop(e)


def wrap_runs(e: Element, new: Callable[[], Element]) -> None:
    """Put each run of inline content among the blocks of `e` into a new element."""
    run: Element | None = None
    if not is_blank(e.text):
        run = new()
        run.text, e.text = e.text, None
        e.insert(0, run)
    for child in children(e)[run is not None :]:
        if child.tag in BLOCK:
            run = None
            if (tail := child.tail) and not tail.isspace():
                run = new()
                run.text, child.tail = tail, None
                child.addnext(run)
        else:
            if run is None:
                run = new()
                child.addprevious(run)
            run.append(child)


def wrap(e: Element, new: Element) -> Element:
    """Put all content of `e` into `new`, and that into `e`."""
    new.text, e.text = e.text, None
    for child in list(e):
        new.append(child)
    e.append(new)
    return new


def clone(e: Element) -> Element:
    """Another of the same, empty."""
    return make(e.tag, **{str(name): clean(str(value)) for name, value in e.attrib.items()})


def spread(e: Element) -> None:
    """Bring an inline element that holds blocks into each of these blocks."""
    wrap_runs(e, lambda: clone(e))
    for child in e:
        if child.tag in BLOCK:
            _push(child, e)
    dissolve(e)


def _push(block: Element, e: Element) -> None:
    if block.tag in ("pre", "hr"):
        return
    if has_blocks(block):
        wrap_runs(block, lambda: clone(e))
        for child in block:
            if child.tag in BLOCK:
                _push(child, e)
    elif not is_empty(block) and not (len(block) == 1 and block[0].tag == e.tag and is_blank(block.text)):
        wrap(block, clone(e))
