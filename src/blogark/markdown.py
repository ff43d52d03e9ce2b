"""Canonical HTML to CommonMark and GFM; the only place that escapes.

The inline content of a block is first gathered into one line: its text as it stands, a control
character (canonical text has none) for every mark of style and break, and one for every finished
piece (code, link, picture), which is held aside. On that line every character's neighbours are
known: there white space is folded, text escaped as little as may be, and delimiters chosen.
"""

import re
from collections.abc import Callable
from functools import partial
from html import escape as escape_html
from itertools import chain

from .delimiters import BREAK, DEL, DEL_END, EM, EM_END, HELD, STRONG, STRONG_END, STYLE, delimit, tidy
from .parse import Element


def write(root: Element) -> str:
    """The tree as Markdown: one newline at the end, or '' when there is nothing to say."""
    text = "\n\n".join(block for _, block in _blocks(root))
    return text + "\n" if text else ""


# --- lines


class _Line:
    """Inline content on its way."""

    __slots__ = ("held", "marked", "parts", "within")

    def __init__(self, within: str = "") -> None:
        self.parts: list[str] = []
        self.held: list[str] = []
        self.marked = False  # whether there is a mark other than HELD
        self.within = within  # "link": brackets must balance there; "flat": one line of Markdown holds all

    def hold(self, piece: str) -> None:
        self.parts.append(HELD)
        self.held.append(piece)

    def mark(self, mark: str) -> None:
        self.parts.append(mark)
        self.marked = True

    def move_out(self, edge: str) -> None:
        """The space, or break, that was at the edge of a piece."""
        if BREAK in edge:
            self.mark(BREAK)
        elif edge.isspace():
            self.parts.append(" ")


def _gather(e: Element, line: _Line) -> None:
    if text := e.text:
        line.parts.append(text)
    for child in e:
        _INLINE.get(child.tag, _gather)(child, line)
        if tail := child.tail:
            line.parts.append(tail)


_CJK = "\u2e80-\u30ff\u31c0-\u9fff\uff00-\uffef"  # scripts without spaces between words; Hangul has them
_CJK_BREAK = re.compile(f"(?<=[{_CJK}])[ \t]*[\r\n]\\s*(?=[{_CJK}])")
_SPACES = re.compile(r"[\t\n\r\f\v][ \t\n\r\f\v]*| [ \t\n\r\f\v]+")
_INDENT = re.compile("(^|\x0e) *(?:\xa0 *){2,}")  # an indent of no-break spaces has no Markdown


def _finish(line: _Line) -> str:
    """The line as Markdown; its breaks are still marks."""
    text = "".join(line.parts)
    if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
        text = _SPACES.sub(" ", text if text.isascii() else _CJK_BREAK.sub("", text))
    if line.marked:
        text = tidy(text)
    text = text.strip(" ")
    if "\xa0" in text:
        text = _INDENT.sub(r"\1", text).rstrip(" \xa0")
    if _SPECIAL.search(text):
        text = _escape(text, line.within)
    if line.marked:
        text = delimit(text)
    if _FIRST.match(text) or BREAK in text:
        text = _starts(text, line.within)
    if line.held:
        text = "".join(chain.from_iterable(zip(text.split(HELD), [*line.held, ""], strict=True)))
    return text


def _inline(e: Element, within: str = "") -> str:
    line = _Line(within)
    _gather(e, line)
    return _finish(line)


# --- escaping

_SPECIAL = re.compile(r"[\\`*<&$!@\[\]_~](?:(?<=_)_+|(?<=~)~+|(?<=\[)\[+)?")
_SIGN = re.compile(r"[!-/:-@\[-`{-~\x01-\x0f]|$")
_STRIKE = re.compile(r"~(?=[^\s~])[^\x0e]*?(?<=[^\s~])~")
_MATH = re.compile(r"\$(?=\S)(?:[^$]*[^\s$])?\$(?!\d)")
_NEEDS = {
    "\\": re.compile(r"\\(?=[!-/:-@\[-`{-~\x01-\x0f]|$)"),
    "`": re.compile("`"),
    "*": re.compile(r"(?<! )\*|\*(?! )"),
    "_": re.compile(r"(?<![^\W_])_++|_++(?![^\W_])"),
    "<": re.compile(r"<(?=[A-Za-z/!?])"),
    "&": re.compile(r"&(?=#?\w+;)"),
    "[": re.compile(r"\[\[|\[(?=\^)"),
    "]": re.compile(r"\](?=\()"),
    "!": re.compile("!(?=\x0f)"),
    "@": re.compile(r"(?<=[\w.+-])@(?=[\w-]+\.\w)"),
}


def _escape(text: str, within: str) -> str:
    """Backslashes where a reader would take text for markup, and only there."""
    styled = bool(STYLE.search(text))
    stars = styled or text.count("*") > 1
    tildes = DEL in text or bool(_STRIKE.search(text))
    math = bool(_MATH.search(text)) if "$" in text else False

    def one(found: re.Match[str]) -> str:
        sign = found[0][0]
        if sign == "*":
            needed = stars and _NEEDS["*"].match(text, found.start())
        elif sign == "~":
            needed = tildes
        elif sign == "$":
            needed = math
        elif sign in "[]" and within == "link":
            needed = True
        else:
            needed = _NEEDS[sign].match(text, found.start())
        if not needed:
            return found[0]
        return "\\" + "\\".join(found[0]) if sign != "&" else "&amp;"

    return _SPECIAL.sub(one, text)


_START = re.compile(
    r"""(?:\#{1,6}|[-+*])(?=[ ]|$) | > | =+[ ]*$ | -[- ]*$ | ~~~
      | (?P<number>\d{1,9})(?=[.)](?:[ ]|$))
      | \[(?=[^]]*\]:) | \[(?=[ xX]\][ ])
      | [|:][|: -]*-[|: -]*$ | -[- |:]*[|:][- |:]*$
    """,
    re.X,
)


_FIRST = re.compile("[-#+*>=~0-9\\[|:\xa0]")


def _starts(text: str, within: str) -> str:
    """The same line with nothing at its start, or after a break, that reads as another block's start."""
    if within == "flat":
        return _start(text) if text[0] == "\xa0" else text
    first, *rest = text.split(BREAK)
    return BREAK.join([first if within else _start(first), *map(_start, rest)])


def _start(line: str) -> str:
    if line.startswith("\xa0"):  # readers strip it as they strip a space
        return "&nbsp;" + line[1:]
    found = _START.match(line)
    if not found:
        return line
    at = found.end("number") if found["number"] else 0
    return line[:at] + "\\" + line[at:]


def _paragraph(line: _Line) -> str:
    return _finish(line).replace(BREAK, "\\\n")


# --- inline elements


def _style(open_: str, end: str, e: Element, line: _Line) -> None:
    line.mark(open_)
    _gather(e, line)
    line.mark(end)


def _break(e: Element, line: _Line) -> None:
    line.mark(BREAK)


_BACKTICKS = re.compile("`+")


def _code(e: Element, line: _Line) -> None:
    text = _SPACES_BUT_BLANK.sub(" ", "".join(e.itertext()))
    if not text:
        return
    runs = {len(run) for run in _BACKTICKS.findall(text)}
    fence = "`" * next(n for n in range(1, len(runs) + 2) if n not in runs)
    # One space is stripped from either side when both are there, so that code may begin with a backtick.
    pad = " " if "`" in (text[0], text[-1]) or (text[0] == text[-1] == " " and text.strip(" ")) else ""
    line.hold(f"{fence}{pad}{text}{pad}{fence}")


_SPACES_BUT_BLANK = re.compile(r"[ \t]*[\r\n\f\v]+[ \t]*")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9.+-]{1,31}:[^\s<>&]*$")


def _link(e: Element, line: _Line) -> None:
    address, title = e.get("href", ""), e.get("title")
    inner = _Line("link")
    _gather(e, inner)
    raw = "".join(inner.parts)
    if raw == address and not title and _SCHEME.match(address):
        line.hold(f"<{address}>")
        return
    text = _finish(inner)
    before, after = _EDGES.fullmatch(raw).groups() if inner.marked else (raw[:1], raw[-1:])  # type: ignore[union-attr]
    line.move_out(before)
    line.hold(f"[{text}]({_destination(address, title)})")
    if text:
        line.move_out(after)


def _picture(e: Element, line: _Line) -> None:
    alt = _SPACES.sub(" ", e.get("alt", ""))
    line.hold(f"![{_escape(alt, 'link')}]({_destination(e.get('src', ''), e.get('title'))})")


_EDGES = re.compile(r"([\s\x0e]*).*?([\s\x0e]*)", re.S)
_ODD = re.compile(r"[\s<>\\`]")
_NO_LINE = re.compile(r"[\r\n\t]+")
_BLANK_LINES = re.compile(r"\s*\n\s*")
_REFERENCE = re.compile(r"&(?=#?\w+;)")


def _destination(address: str, title: str | None) -> str:
    address = address.strip()
    if "&" in address:
        address = _REFERENCE.sub("&amp;", address)
    if _ODD.search(address) or ("(" in address or ")" in address) and not _balanced(address):
        address = _NO_LINE.sub("", address).replace("\\", "\\\\").replace("<", "\\<").replace(">", "\\>")
        address = f"<{address}>"
    if not title:
        return address
    # A blank line would end the paragraph.
    title = _BLANK_LINES.sub("\n", title).replace("\\", "\\\\").replace('"', '\\"')
    return f'{address or "<>"} "{_REFERENCE.sub("&amp;", title)}"'


def _balanced(address: str) -> bool:
    depth = 0
    for letter in address:
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            return False
    return depth == 0


def _checkbox(e: Element, line: _Line) -> None:
    line.hold("[x]" if e.get("checked") is not None else "[ ]")


def _bare(e: Element, line: _Line) -> None:
    """What Markdown has no words for, as a tag without attributes around Markdown."""
    if number := e.get("data-footnote"):
        line.hold(f"[^{number}]")
        return
    title = f' title="{escape_html(e.get("title", ""))}"' if e.get("title") else ""
    line.hold(f"<{e.tag}{title}>")
    _gather(e, line)
    line.hold(f"</{e.tag}>")


def _math(e: Element, line: _Line) -> None:
    sign = "$$" if e.get("display") == "block" else "$"
    line.hold(sign + " ".join((e.text or "").split()) + sign)


def _tags(e: Element, line: _Line) -> None:
    line.hold(_html(e))


_INLINE: dict[str, Callable[[Element, _Line], None]] = {
    "em": partial(_style, EM, EM_END),
    "strong": partial(_style, STRONG, STRONG_END),
    "del": partial(_style, DEL, DEL_END),
    "br": _break,
    "code": _code,
    "a": _link,
    "img": _picture,
    "input": _checkbox,
    "math": _math,
    **dict.fromkeys(["sub", "sup", "kbd", "mark", "ins", "ruby", "rt", "rp", "abbr"], _bare),
    **dict.fromkeys(["ul", "ol"], _tags),  # in a table's cell
}


# --- blocks

Block = tuple[str, str]  # tag, Markdown


def _blocks(e: Element) -> list[Block]:
    """The children of `e`, each run of inline content among them a paragraph."""
    found: list[Block] = []
    line = _Line()
    if (text := e.text) and not text.isspace():
        line.parts.append(text)
    marker = ""
    for child in e:
        tag = child.tag
        writer = _BLOCK.get(tag)
        if writer is None:
            _INLINE.get(tag, _gather)(child, line)
        else:
            line = _flush(line, found)
            # Two lists side by side would be one: the second takes the other marker.
            same = marker and found and found[-1][0] == tag
            marker = _MARKERS[tag][same == _MARKERS[tag][0] or marker == _MARKERS[tag][0] and bool(same)] if tag in _MARKERS else ""
            text = _list(child, marker) if marker else writer(child)
            if text:
                found.append((tag, text))
        if (tail := child.tail) and (line.parts or not tail.isspace()):
            line.parts.append(tail)
    _flush(line, found)
    return found


_MARKERS = {"ul": ("-", "*"), "ol": (".", ")")}


def _flush(line: _Line, found: list[Block]) -> _Line:
    if not line.parts:
        return line
    if text := _paragraph(line):
        found.append(("p", text))
    return _Line()


def _p(e: Element) -> str:
    line = _Line()
    _gather(e, line)
    return _paragraph(line)


_CLOSING_HASHES = re.compile(r"(?:(?<= )|^)(?=#+$)")


def _heading(e: Element) -> str:
    text = _inline(e, "flat").replace(BREAK, "<br>")
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
    text = "".join(e.itertext())
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


_PADDED = re.compile(r"^ +$", re.M)


def _item(e: Element, marker: str, loose: bool) -> str:
    blocks = _blocks(e)
    if not blocks:
        return marker
    text = blocks[0][1]
    for (before, _), (tag, block) in zip(blocks, blocks[1:], strict=False):
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
        return _html(e)
    width = max(map(len, rows), default=0)
    if not width:
        return ""
    head = rows.pop(0) if rows[0] and all(cell.tag == "th" for cell in rows[0]) else []
    lines = [_row(head, width), [_DASHES.get(c.get("align", ""), "---") for c in head] + ["---"] * (width - len(head))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [*lines, *(_row(row, width) for row in rows)])


def _row(cells: list[Element], width: int) -> list[str]:
    written = [_inline(cell, "flat").replace(BREAK, "<br>").replace("|", "\\|") for cell in cells]
    return written + [""] * (width - len(written))


def _details(e: Element) -> str:
    summary = next((child for child in e if child.tag == "summary"), None)
    title = f"<summary>{_html_within(summary)}</summary>\n\n" if summary is not None else ""
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
    "section": _note,
}


# --- bare tags

_KEPT = ("href", "src", "alt", "title", "colspan", "rowspan", "align", "start")
_VOID = ("br", "img", "hr", "input")


def _html(e: Element) -> str:
    """An element as clean HTML: where a table has spans, Markdown cannot help even within."""
    kept = "".join(f' {name}="{escape_html(value)}"' for name in _KEPT if (value := e.get(name)) is not None)
    return f"<{e.tag}{kept}>" + ("" if e.tag in _VOID else f"{_html_within(e)}</{e.tag}>")


def _html_within(e: Element) -> str:
    inner = escape_html(e.text or "", quote=False)
    inner += "".join(_html(child) + escape_html(child.tail or "", quote=False) for child in e)
    return _SPACES.sub(" ", inner) if e.tag != "pre" else inner.replace("\n", "&#10;")
