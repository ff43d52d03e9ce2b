"""The inline half of the writer: what stands within one paragraph, heading or cell.

Inline content is first gathered into one line: its text as it stands, a control character
(canonical text has none) for every mark of style and break, and one for every finished piece
(code, link, picture), which is held aside. On that line every character's neighbours are known:
there white space is folded, text escaped as little as may be, and delimiters chosen.
"""

import re
from collections.abc import Callable
from functools import partial
from html import escape as escape_html
from itertools import zip_longest

from .build import children
from .build import text as text_of
from .delimiters import (
    BREAK,
    DEL,
    DEL_END,
    EM,
    EM_END,
    END,
    HELD,
    STRONG,
    STRONG_END,
    delimit,
    is_easy,
    starred,
    strip_breaks,
    tidy,
)
from .escape import FIRST, destination, escape, starts
from .parse import Element


class Line:
    """Inline content on its way."""

    __slots__ = ("held", "marked", "parts", "styled", "uneasy", "within")

    def __init__(self, within: str = "") -> None:
        self.parts: list[str] = []
        self.held: list[str] = []
        self.marked = False  # whether there is a mark other than HELD
        self.styled = False  # whether there is one of style
        self.uneasy = False  # whether stars may not say a style as it stands
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
        elif edge.isspace() or (len(edge) > 1 and any(map(str.isspace, edge))):
            self.parts.append(" ")


def gather(e: Element, line: Line) -> None:
    if text := e.text:
        line.parts.append(text)
    for child in children(e):
        _INLINE.get(child.tag, gather)(child, line)
        if tail := child.tail:
            line.parts.append(tail)


_CJK = "[\u2e80-\u30ff\u31c0-\u9fff\uff00-\uffef]"  # scripts without spaces between words; Hangul has them
_CJK_BREAK = re.compile(f"\n(?:(?<={_CJK}\n)|(?<={_CJK}[ \r]\n))[ \t\r\n]*(?={_CJK})")
_INDENT = re.compile("(^|\x0e) *(?:\xa0 *){2,}")  # an indent of no-break spaces has no Markdown


def _fold(text: str) -> str:
    """White space as HTML has it: any run of it is one space."""
    if "\n" in text:
        if not text.isascii():
            text = _CJK_BREAK.sub("", text)
        text = text.replace("\n", " ")
    if "\t" in text or "\r" in text or "\f" in text:
        text = text.replace("\t", " ").replace("\r", " ").replace("\f", " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


_SPACE = " \n\t\r\f"


def plain(text: str, within: str = "") -> str:
    """Text, with no mark in it but HELD, as Markdown."""
    text = text.strip(_SPACE)
    if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
        text = _fold(text)
    if "\xa0" in text:
        text = _unspaced(text)
    text = escape(text, within)
    return starts(text, within) if text[:1] in FIRST else text


def _unspaced(text: str) -> str:
    text = text.rstrip(" \xa0")
    return _INDENT.sub(r"\1", text) if BREAK in text or text.startswith("\xa0") else text


def _marked(text: str, line: Line) -> str:
    """Text with any marks in it as Markdown."""
    text = strip_breaks(_fold(text.strip(_SPACE)))
    easy = not line.uneasy or is_easy(text)
    if not easy:
        text = tidy(text)
        easy = is_easy(text)
    text = text.strip(" \x0e")
    if "\xa0" in text:
        text = _unspaced(text)
    text = escape(text, line.within)
    if line.styled:
        text = starred(text) if easy else delimit(text)
    return starts(text, line.within) if text[:1] in FIRST or BREAK in text else text


def _finish(raw: str, line: Line) -> str:
    """The line's parts, joined, as Markdown; its breaks are still marks."""
    text = _marked(raw, line) if line.marked else plain(raw, line.within)
    if len(line.held) == 1:
        return text.replace(HELD, line.held[0])
    if line.held:
        parts = [""] * (2 * len(line.held) + 1)
        parts[::2], parts[1::2] = text.split(HELD), line.held
        if "^" + HELD in text:  # with the bracket of a link it would begin a note
            parts = [
                f"{part[:-1]}\\^" if part[-1:] == "^" and held[:1] == "[" else part
                for part, held in zip_longest(parts, parts[1:], fillvalue="")
            ]
        text = "".join(parts)
    return text


def flat(e: Element) -> str:
    """The content of `e` as one line of Markdown."""
    if not len(e):
        return plain(e.text or "", "flat")
    line = Line("flat")
    gather(e, line)
    return _finish("".join(line.parts), line).replace(BREAK, "<br>")


def paragraph(line: Line) -> str:
    return _finish("".join(line.parts), line).replace(BREAK, "\\\n")


# --- inline elements


def _style(open_: str, end: str, e: Element, line: Line) -> None:
    """Marks around its content; a space at its edges, the usual slip, goes out at once and needs no tidying."""
    parts, text = line.parts, e.text or ""
    line.styled = line.marked = True
    if not len(e) and text[:1].isalnum() and text[-1].isalnum() and not (parts and parts[-1] in END):
        parts += (open_, text, end)
        return
    line.uneasy = True
    spaced = text.startswith(" ")
    if spaced:
        parts.append(" ")
    line.mark(open_)
    start = len(parts)
    gather(e, line)
    if spaced:
        parts[start] = parts[start][1:]
    spaced = parts[-1].endswith(" ")
    if spaced:
        parts[-1] = parts[-1][:-1]
    line.mark(end)
    if spaced:
        parts.append(" ")


def _break(e: Element, line: Line) -> None:
    line.mark(BREAK)


_BACKTICKS = re.compile("`+")


def _code(e: Element, line: Line) -> None:
    text = _SPACES_BUT_BLANK.sub(" ", text_of(e))
    if not text:
        return
    runs = {len(run) for run in _BACKTICKS.findall(text)}
    fence = "`" * next(n for n in range(1, len(runs) + 2) if n not in runs)
    # One space is stripped from either side when both are there, so that code may begin with a backtick.
    pad = " " if "`" in (text[0], text[-1]) or (text[0] == text[-1] == " " and text.strip(" ")) else ""
    line.hold(f"{fence}{pad}{text}{pad}{fence}")


_SPACES_BUT_BLANK = re.compile(r"[ \t]*[\r\n\f\v]+[ \t]*")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9.+-]{1,31}:[^\s<>&]*$")


def _link(e: Element, line: Line) -> None:
    address, title = e.get("href", ""), e.get("title")
    if len(e):
        inner = Line("link")
        gather(e, inner)
        text = _finish(raw := "".join(inner.parts), inner)
        before, after = _EDGES.fullmatch(raw).groups() if inner.marked else (raw[:1], raw[-1:])  # type: ignore[union-attr]
    else:
        raw = e.text or ""
        text, before, after = plain(raw, "link"), raw[:1], raw[-1:]
    if raw == address and not title and _SCHEME.match(address):
        line.hold(f"<{address}>")
        return
    if not before.isalnum():
        line.move_out(before)
    line.hold(f"[{text}]({destination(address, title)})")
    if text and not after.isalnum():
        line.move_out(after)


def _picture(e: Element, line: Line) -> None:
    line.hold(f"![{escape(_fold(e.get('alt', '')), 'link')}]({destination(e.get('src', ''), e.get('title'))})")


_EDGES = re.compile("([\\s\x01\x03\x05\x0e]*).*?([\\s\x02\x04\x06\x0e]*)", re.S)


def _checkbox(e: Element, line: Line) -> None:
    line.hold("[x]" if e.get("checked") is not None else "[ ]")


def _bare(e: Element, line: Line) -> None:
    """What Markdown has no words for, as a tag without attributes around Markdown."""
    if number := e.get("data-footnote"):
        line.hold(f"[^{number}]")
        return
    title = f' title="{escape_html(e.get("title", ""))}"' if e.get("title") else ""
    line.hold(f"<{e.tag}{title}>")
    gather(e, line)
    line.hold(f"</{e.tag}>")


_TAG_START = re.compile("<(?=[A-Za-z/!?])")


def _math(e: Element, line: Line) -> None:
    sign = "$$" if e.get("display") == "block" else "$"
    # TeX cannot be escaped, but a space keeps "<" from beginning a tag.
    line.hold(sign + _TAG_START.sub("< ", " ".join((e.text or "").split())) + sign)


def _tags(e: Element, line: Line) -> None:
    line.hold(html(e))


_INLINE: dict[str, Callable[[Element, Line], None]] = {
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


def write_inline(e: Element, line: Line) -> None:
    _INLINE.get(e.tag, gather)(e, line)


# --- bare tags

_KEPT = ("href", "src", "alt", "title", "colspan", "rowspan", "align", "start")
_VOID = ("br", "img", "hr", "input")


def html(e: Element) -> str:
    """An element as clean HTML: where a table has spans, Markdown cannot help even within."""
    kept = "".join(f' {name}="{escape_html(value)}"' for name in _KEPT if (value := e.get(name)) is not None)
    return f"<{e.tag}{kept}>" + ("" if e.tag in _VOID else f"{html_within(e)}</{e.tag}>")


def html_within(e: Element) -> str:
    inner = escape_html(e.text or "", quote=False)
    inner += "".join(html(child) + escape_html(child.tail or "", quote=False) for child in e)
    return _fold(inner) if e.tag != "pre" else inner.replace("\n", "&#10;")
