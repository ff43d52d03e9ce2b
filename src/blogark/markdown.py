"""Canonical HTML to CommonMark and GFM; with inline.py the only place that escapes.

Each block writes itself as a string of whole lines; its container prefixes or indents them.
"""

import re
from collections.abc import Callable
from functools import partial
from itertools import pairwise, zip_longest

from .build import children
from .build import text as text_of
from .inline import Line, flat, gather, html, html_within, paragraph, plain, write_inline
from .parse import Element


def write(root: Element) -> str:
    """The tree as Markdown: one newline at the end, or '' when there is nothing to say."""
    text = "\n\n".join(block for _, block in _blocks(root))
    return text + "\n" if text else ""


Block = tuple[str, str]  # tag, Markdown


def _blocks(e: Element) -> list[Block]:
    """The children of `e`, each run of inline content among them a paragraph."""
    found: list[Block] = []
    line = Line()
    if (text := e.text) and not text.isspace():
        line.parts.append(text)
    marker = ""
    for child in children(e):
        tag = child.tag
        writer = _BLOCK.get(tag)
        if writer is None:
            write_inline(child, line)
        else:
            if line.parts:
                line = _flush(line, found)
            if tag in _MARKERS:
                marker = _marker(tag, marker if found and found[-1][0] == tag else "")
                text = _list(child, marker)
            else:
                text = writer(child)
            if text:
                found.append((tag, text))
        if (tail := child.tail) and (line.parts or not tail.isspace()):
            line.parts.append(tail)
    if line.parts:
        _flush(line, found)
    return found


_MARKERS = {"ul": ("-", "*"), "ol": (".", ")")}


def _marker(tag: str, before: str) -> str:
    """A list's marker: two lists side by side with the same one would be one list."""
    first, second = _MARKERS[tag]
    return second if before == first else first


def _flush(line: Line, found: list[Block]) -> Line:
    if text := paragraph(line):
        found.append(("p", text))
    return Line()


def _p(e: Element) -> str:
    if not len(e):
        return plain(e.text or "")
    line = Line()
    gather(e, line)
    return paragraph(line)


_CLOSING_HASHES = re.compile(r"(?:(?<= )|^)(?=#+$)")


def _heading(e: Element) -> str:
    text = flat(e)
    if text.endswith("#"):
        text = _CLOSING_HASHES.sub(r"\\", text)
    return f"{'#' * int(e.tag[1])} {text}".rstrip(" ")


def _quote(e: Element) -> str:
    text = "\n\n".join(block for _, block in _blocks(e))
    return "\n".join(f"> {part}" if part else ">" for part in text.split("\n"))


def _rule(e: Element) -> str:
    parent = e.getparent()
    # "- ---" is itself a rule, and "text" above "---" a heading.
    return "___" if parent is not None and parent.tag == "li" else "---"


_FENCES = re.compile("^ {0,3}(`{3,})", re.M)
_TILDES = re.compile("^ {0,3}(~{3,})", re.M)


def _pre(e: Element) -> str:
    code = e.find("code")
    language = (code.get("class") or "" if code is not None else "").removeprefix("language-")
    text = text_of(e)
    sign, runs = ("~", _TILDES) if "`" in language else ("`", _FENCES)
    fence = sign * max([3, *(len(run) + 1 for run in runs.findall(text))])
    body = text if text.endswith("\n") or not text else text + "\n"
    return f"{fence}{language}\n{body}{fence}"


def _list(e: Element, marker: str) -> str:
    items = [child for child in e if child.tag == "li"]
    loose = any(child.tag == "p" for item in items for child in item)
    number = int(e.get("start", "1"))
    written = [_item(item, marker if e.tag == "ul" else f"{number + i}{marker}", loose) for i, item in enumerate(items)]
    return ("\n\n" if loose else "\n").join(written)


def _item(e: Element, marker: str, loose: bool) -> str:
    blocks = _blocks(e)
    if not blocks:
        return marker
    text = blocks[0][1]
    for (before, _), (tag, block) in pairwise(blocks):
        text += ("\n\n" if loose or _apart(before, tag, block) else "\n") + block
    pad = " " * (len(marker) + 1)
    lines = text.split("\n")
    return f"{marker} {lines[0]}" + "".join(f"\n{pad}{part}" if part else "\n" for part in lines[1:])


_CANNOT_INTERRUPT = re.compile(r"(?!1[.)])\d|[-*]$|\d+[.)]$", re.M)


def _apart(before: str, tag: str, block: str) -> bool:
    """Whether `block` needs a blank line so as not to be drawn into the block before it."""
    if before in ("p", "blockquote", "ul", "ol", "table", "details") and tag in ("p", "table"):
        return True
    if before == "p" and tag in ("ul", "ol"):
        return bool(_CANNOT_INTERRUPT.match(block.partition("\n")[0]))
    return before == tag == "blockquote" or before in ("table", "details")


_DASHES = {"left": ":--", "right": "--:", "center": ":-:"}


def _table(e: Element) -> str:
    rows = [[cell for cell in row if cell.tag in ("th", "td")] for row in e.iter("tr")]
    if any(cell.get("colspan") or cell.get("rowspan") for row in rows for cell in row):
        return html(e)
    width = max(map(len, rows), default=0)
    if not width:
        return ""
    head = rows.pop(0) if rows[0] and all(cell.tag == "th" for cell in rows[0]) else []
    dashes = [_DASHES.get(c.get("align", ""), "---") for c in head] if head else list(map(_agreed, zip_longest(*rows)))
    lines = [_row(head, width), dashes + ["---"] * (width - len(dashes))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [*lines, *(_row(row, width) for row in rows)])


def _agreed(column: tuple[Element | None, ...]) -> str:
    """How all cells of a column are aligned that no head speaks for."""
    said = {c.get("align", "") for c in column if c is not None}
    return _DASHES.get(said.pop(), "---") if len(said) == 1 else "---"


def _row(cells: list[Element], width: int) -> list[str]:
    written = [flat(cell).replace("|", "\\|") for cell in cells]
    return written + [""] * (width - len(written))


def _details(e: Element) -> str:
    summary = next((child for child in e if child.tag == "summary"), None)
    title = f"<summary>{html_within(summary)}</summary>\n\n" if summary is not None else ""
    body = "\n\n".join(block for _, block in _blocks(e))
    return f"<details>\n{title}{body}\n\n</details>"


def _note(e: Element) -> str:
    text = "\n\n".join(block for _, block in _blocks(e))
    return f"[^{e.get('data-footnote')}]: " + text.replace("\n", "\n    ").replace("\n    \n", "\n\n")


_BLOCK: dict[str, Callable[[Element], str]] = {
    "p": _p,
    **dict.fromkeys(["h1", "h2", "h3", "h4", "h5", "h6"], _heading),
    "blockquote": _quote,
    "pre": _pre,
    "hr": _rule,
    "ul": partial(_list, marker="-"),
    "ol": partial(_list, marker="."),
    "table": _table,
    "details": _details,
    "summary": lambda e: "",
    "footnote": _note,
}
