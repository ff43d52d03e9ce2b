"""Tables of data, and tables that only place things."""

import re

from ..build import BLOCK, bare, dissolve, has_blocks, is_blank, is_empty, wrap, wrap_runs
from ..canon import classed, element
from ..parse import Element, make

# What a cell of a GFM row can hold, if need be as a bare tag.
_IN_CELL = {"p", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6"}
_ALIGN = re.compile(r"text-align\s*:\s*(left|right|center)")
_TINY = 1  # rows or columns of a table that has nothing to relate


def _has_no_table(e: Element) -> bool:
    above = e.getparent()
    if above is not None and above.tag in ("tr", "table"):  # a row without a table is a box by now
        return False
    return next(e.iterancestors("table"), None) is None


@element("td", "th", "tr", where=_has_no_table)
def orphans(e: Element) -> Element:
    """A cell without a table is a box around what it holds."""
    return bare(e, "div")


@element("table", where=classed("tr-caption-container"))
def captioned(e: Element) -> Element:
    """Blogger's picture with a caption."""
    for inner in e.iter("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"):
        bare(inner, "div")
    return e


@element("thead", "tbody", "tfoot", "tr", "caption")
def part(e: Element) -> Element:
    return bare(e)


@element("td", "th")
def cell(e: Element) -> Element:
    align = (e.get("align") or (m[1] if (m := _ALIGN.search(e.get("style", "").lower())) else "")).lower()
    bare(e, "", "colspan", "rowspan")
    for name in ("colspan", "rowspan"):
        if e.get(name, "").strip() in ("", "0", "1") and name in e.attrib:
            del e.attrib[name]
    if align in ("left", "right", "center"):
        e.set("align", align)
    return e


@element("table")
def table(e: Element) -> Element | None:
    bare(e)
    _put_in_order(e)
    rows = _rows(e)
    cells = [c for row in rows for c in row if c.tag in ("td", "th")]
    if not _relates(rows, cells):
        _flatten(e, rows, cells)
        return None
    for child in [c for c in e if c.tag == "caption"]:
        e.addprevious(bare(child, "p"))
    for row in e.iterfind("thead/tr"):
        for c in row:
            c.tag = "th"
    for c in cells:
        _to_inline(c)
    _promote(rows)
    return e


def _put_in_order(e: Element) -> None:
    """Cells without a row get one; what stands between rows and cells, where browsers allow nothing, stands before."""
    parts = [e, *e.iterchildren("thead", "tbody", "tfoot")]
    for part in parts:
        row: Element | None = None
        for child in list(part):
            if child.tag not in ("td", "th"):
                row = None
                continue
            if row is None:
                row = make("tr")
                child.addprevious(row)
            row.append(child)
    for box in [*parts, *_rows(e)]:
        _move_out(box, e)


def _move_out(box: Element, before: Element) -> None:
    if not is_blank(box.text):
        before.addprevious(make("p", box.text or ""))
        box.text = None
    for child in list(box):
        if not is_blank(child.tail):
            before.addprevious(make("p", child.tail or ""))
            child.tail = None
        if child.tag not in _PARTS:
            before.addprevious(child)


_PARTS = frozenset("thead tbody tfoot tr td th caption".split())


def _rows(e: Element) -> list[Element]:
    """Its own rows, not those of tables within."""
    return [row for part in e for row in ([part] if part.tag == "tr" else part) if row.tag == "tr"]


def _relates(rows: list[Element], cells: list[Element]) -> bool:
    """Whether this is a table of data: rows and columns of short things."""
    width = max((len(row) for row in rows), default=0)
    if any(inner.tag not in _IN_CELL for c in cells for inner in c.iter() if inner.tag in BLOCK and inner is not c):
        return False
    if any(c.tag == "th" for c in cells):
        return width > 0
    if len(rows) <= _TINY or width <= _TINY:
        return False
    return not any(inner.tag in ("h1", "h2", "h3") for c in cells for inner in c)


def _flatten(e: Element, rows: list[Element], cells: list[Element]) -> None:
    parts = [part for part in e if part.tag in ("thead", "tbody", "tfoot", "caption")]
    for box in [*cells, *parts, *rows, e]:
        if has_blocks(box) or box.tag in ("tr", "table"):
            wrap_runs(box, lambda: make("p"))
            dissolve(box)
        else:
            bare(box, "p")


def _to_inline(c: Element) -> None:
    """Paragraphs in a cell are lines of it, headings strong ones."""
    for child in list(c):
        if child.tag in ("ul", "ol") or child.tag not in BLOCK:
            continue
        if is_empty(child):
            child.tag = "br"
            continue
        if child.tag != "p":
            wrap(child, make("strong"))
        if child.getprevious() is not None or not is_blank(c.text):
            child.addprevious(make("br"))
        after = child.getnext()
        if not is_blank(child.tail) or (after is not None and after.tag not in BLOCK):
            line_end = make("br")
            line_end.tail, child.tail = child.tail, None
            child.addnext(line_end)
        dissolve(child)


def _promote(rows: list[Element]) -> None:
    """A first row all strong is a head in all but name; a head's corner may be an empty cell."""
    first = rows[0]
    if any(c.tag == "th" for c in first) and all(c.tag == "th" or is_empty(c) for c in first):
        for c in first:
            c.tag = "th"
    if any(c.tag == "th" for row in rows for c in row) or not len(first):
        return
    if all(len(c) == 1 and c[0].tag == "strong" and is_blank(c.text) and is_blank(c[0].tail) for c in first):
        for c in first:
            dissolve(c[0])
            c.tag = "th"
