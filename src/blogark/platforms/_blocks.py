"""A stretch of a page as its blocks in reading order, and the body cut out of it.

A block is what stands on lines of its own: an element without block elements inside, or
one that belongs together (list, table, quote, code, figure). Loose text between blocks is
put into a <div>, as browsers do (CSS 2.1, 9.2.1.1: anonymous block boxes); so is what two
line breaks set apart.
"""

import copy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from .. import parse
from ..parse import Element
from . import _marks

BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr iframe li main menu nav ol p pre section table tbody td tfoot th thead "
    "tr ul".split()
)
_WHOLE = frozenset("ul ol dl table blockquote pre figure form iframe nav aside details".split())
_SHOWN = frozenset("img iframe video audio object embed picture svg canvas hr".split())  # says something without words
SILENT = frozenset("script style template link meta ins button select textarea".split())


@dataclass(frozen=True, eq=False)
class Block:
    element: Element

    @cached_property
    def text(self) -> str:
        """Its words, with a space where one element ends and another begins."""
        return " ".join(" ".join(map(str, self.element.itertext())).split())

    @cached_property
    def lines(self) -> list[str]:
        """Its words line by line, as line breaks and blocks within set them."""
        whole = copy.deepcopy(self.element)
        for e in whole.iter("br", *BLOCKS):
            e.text, e.tail = f"\n{e.text or ''}", f"\n{e.tail or ''}"
        text = " ".join(map(str, whole.itertext()))
        return [line for part in text.split("\n") if (line := " ".join(part.split()))]

    @cached_property
    def links(self) -> list[Element]:
        return list(self.element.iter("a")) or [*filter(leads, self.element.iterancestors("a"))][:1]

    @cached_property
    def linked(self) -> int:
        """Characters of its text within links."""
        return len(self.text) if self.is_card else sum(len(parse.words(a)) for a in self.links)

    @property
    def is_card(self) -> bool:
        """Whether it stands within a link that leads somewhere."""
        return any(map(leads, self.element.iterancestors("a")))

    @property
    def empty(self) -> bool:
        return not self.text and not any(child.tag in _SHOWN for child in self.element.iter())


def leads(a: Element) -> bool:
    """Whether a link leads to another page: neither an anchor, which old pages leave open, nor a button."""
    href = a.get("href", "").strip()
    return bool(href) and not href.lower().startswith(("#", "javascript:"))


def scope_copy(elements: Sequence[Element], apart: bool = False) -> Element:
    """Copies of neighbouring elements under one <div>, loose text in boxes of its own; `apart`: none after the last."""
    box = parse.make("div")
    for element in elements:
        box.append(copy.deepcopy(element))
    if apart:
        box[-1].tail = None
    for silent in [e for e in box.iter() if e.tag in SILENT and not e.get("type", "").startswith("math/")]:
        parse.drop(silent)
    for unseen in _unseen(box):
        parse.drop(unseen)
    _wrap(box)
    return box


# What opens at a click, or when its number is pointed at, was written to be read.
_OPENED = re.compile(r"spoil|toggl|collaps|accord|tab|foot|note|fn|math|more|fold|hide|reveal", re.I)


def _unseen(box: Element) -> list[Element]:
    """What the markup itself hides for good: small beside the rest, and named by nothing that could show it."""
    found = [e for e in box.iter() if _marks.is_hidden(e)]
    if not found:
        return []
    said = " ".join(str(value) for e in box.iter() for name, value in e.items() if name not in {"id", "class", "style"})
    most = len(parse.words(box)) / 2
    opened = {e for e in found if _opens(e) or _opens(e.getparent()) or (e.get("id") or " ") in said}
    return [e for e in found if e not in opened and len(parse.words(e)) < most]


def _opens(element: Element | None) -> bool:
    return element is not None and _OPENED.search(f"{element.get('class', '')} {element.get('id', '')}") is not None


def _wrap(element: Element) -> None:
    """Put loose text and inline runs of mixed elements into <div>s, in place."""
    stack = [element]
    while stack:
        box = stack.pop()
        if any(map(holds_blocks, _children(box))) or _broken(box):
            _wrap_runs(box)
            stack += [child for child in _children(box) if not is_whole(child) and holds_blocks(child)]


def _children(element: Element) -> list[Element]:
    return [child for child in element if isinstance(child.tag, str)]


def is_whole(element: Element) -> bool:
    """Whether it is one block with all that is in it; a table that only lays out others is not."""
    return element.tag in _WHOLE and not (element.tag == "table" and _lays_out(element))


def _lays_out(table: Element) -> bool:
    """Old themes set posts in tables: of one column, or with headings, paragraphs and tables in their cells."""
    if any(e.tag in {"th", "caption", "thead"} for e in table.iter()):
        return False
    held = any(e.tag in {"h1", "h2", "h3", "p", "table", "div"} for e in table.iter() if e is not table)
    return held or all(sum(cell.tag == "td" for cell in row) < 2 for row in table.iter("tr"))


def holds_blocks(element: Element) -> bool:
    """Whether it is a block, or an inline element around one."""
    inside = element.tag in BLOCKS or any(child.tag in BLOCKS for child in element.iter() if child is not element)
    return inside or (element.tag in {"font", "span", "center"} and _broken(element))


def _broken(box: Element) -> bool:
    """Whether double breaks set paragraphs apart in it; within a <p> HTML allows no boxes for them."""
    return box.tag not in _WHOLE and any(map(_ends_paragraph, box)) and not any(True for _ in box.iterancestors("p"))


def _ends_paragraph(br: Element) -> bool:
    following = br.getnext()
    return br.tag == "br" and not (br.tail or "").strip() and following is not None and following.tag == "br"


def _wrap_runs(box: Element) -> None:
    """Each run of text and inline elements between blocks, or between double breaks, into a <div>."""
    children, text = _children(box), box.text or ""
    run: Element | None = None
    if text.strip():
        run = parse.make("div", text)
        box.text = None
        box.insert(0, run)
    for child in children:
        if holds_blocks(child) or _ends_paragraph(child) or (run is None and child.tag == "br"):
            run = _after(child)
        else:
            if run is None:
                run = parse.make("div")
                child.addprevious(run)
            run.append(child)


def _after(child: Element) -> Element | None:
    """A box for the text behind an element, where there is any."""
    tail, child.tail = child.tail or "", None
    if not tail.strip():
        return None
    box = parse.make("div", tail)
    child.addnext(box)
    return box


def blocks(box: Element) -> list[Block]:
    """The blocks of a `scope_copy`, in reading order."""
    return [Block(element) for element in _leaves(box)]


def _leaves(element: Element) -> Iterator[Element]:
    inner = [child for child in _children(element) if holds_blocks(child)]
    if is_whole(element) or not inner:
        yield element
        return
    for child in inner:
        yield from _leaves(child)


def without_line(block: Block, number: int) -> Block:
    """The block with its first (0) or last (-1) line taken out, line break and all; itself where none stands apart."""
    element = block.element
    while len(element) == 1 and not (element.text or "").strip() and not (element[0].tail or "").strip():
        element = element[0]
    breaks = [child for child in element if child.tag == "br"]
    if not breaks:
        return block
    br, children = breaks[number], list(element)
    place = children.index(br)
    if number == 0:
        element.text = br.tail
    else:
        br.tail = None
    for child in children[: place + 1] if number == 0 else children[place:]:
        child.tail = None
        element.remove(child)
    return Block(block.element)


def carve(box: Element, keep: Sequence[Block]) -> str:
    """The HTML of these blocks with what is around them, everything else taken out of `box`."""
    kept = {block.element for block in keep}
    around = {above for element in kept for above in element.iterancestors()} | kept
    inside = {below for element in kept for below in element.iter()}
    for element in [e for e in box.iter() if e is not box and e not in around and e not in inside]:
        if element.getparent() is not None:
            element.tail = None
            parse.drop(element)
    return parse.html(_unwrapped(box), inner=True) if keep else ""


def _unwrapped(box: Element) -> Element:
    """The innermost element that holds everything that `box` does."""
    while (
        len(box) == 1
        and not (box.text or "").strip()
        and box[0].tag in {"div", "section", "article", "main", "td", "tr", "tbody", "table", "font"}
    ):
        if (box[0].tail or "").strip() or not len(box[0]) or (box[0].tag == "table" and is_whole(box[0])):
            break
        box = box[0]
    return box


def squash(text: str) -> str:
    """Letters and digits only, for comparing texts that were set differently."""
    return re.sub(r"[\W_]+", "", text).casefold()
