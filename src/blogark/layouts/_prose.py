"""Markdown as we write it, taken apart into what is prose and what is code."""

import html
import re
from collections.abc import Callable, Iterator
from typing import Literal

from .. import escape

Kind = Literal["prose", "span", "block", "cell", "cell span"]  # cell: in a table; span: code with its marks
Piece = tuple[Kind, str]
CUT = "\ue0c7"  # where a list of posts cuts one, until it is written as the generator has it

_PREFIX = r"(?:[ >]|[-*] |\d{1,9}[.)] |\[\^[^\]]*\]: )*"
_FENCE = re.compile(rf"{_PREFIX}(`{{3,}}(?=[^`]*$)|~{{3,}})")
TABLE = re.compile(rf"^{_PREFIX}\|.*\|\n[ >]*\|(?: :?-+:? \|)+(?:\n[ >]*\|.*\|$)*", re.M)
_SPAN = re.compile(r"\\[\s\S]|(?P<code>(?P<marks>`+)(?!`)[^\n]*?(?<!`)(?P=marks)(?!`))")
_TAG = re.compile(r"\\.|(?P<tag></?[a-z][a-z0-9]*(?:\s[^<>]*)?>)")


def pieces(markdown: str) -> Iterator[Piece]:
    """All of the text, in order."""
    for fenced, text in fences(markdown):
        if fenced:
            yield "block", text
            continue
        done = 0
        for table in TABLE.finditer(text) if "| ---" in text or "| :--" in text or "| --:" in text else ():
            yield from _spans(text[done : table.start()], "prose", "span")
            yield from _spans(table[0], "cell", "cell span")
            done = table.end()
        yield from _spans(text[done:], "prose", "span")


def fences(markdown: str) -> Iterator[tuple[bool, str]]:
    """All of the text, in order: (True, the lines of one fenced block), (False, the lines between)."""
    held: list[str] = []
    fence = ""
    for line in re.findall(r"[^\n]*\n|[^\n]+", markdown) if "```" in markdown or "~~~" in markdown else [markdown]:
        opened = _FENCE.match(line.rstrip("\n")) if not fence else None
        if opened:
            if held:
                yield False, "".join(held)
            held, fence = [], opened[1]
        held.append(line)
        if not opened and fence and line.strip(" >\n") == fence:
            yield True, "".join(held)
            held, fence = [], ""
    if held:
        yield bool(fence), "".join(held)


def _spans(text: str, outside: Kind, inside: Kind) -> Iterator[Piece]:
    done = 0
    for found in _SPAN.finditer(text) if "`" in text else ():
        if found["code"]:
            if text[done : found.start()]:
                yield outside, text[done : found.start()]
            yield inside, found[0]
            done = found.end()
    if text[done:]:
        yield outside, text[done:]


def in_prose(markdown: str, write: Callable[[str], str]) -> str:
    """The same with `write` done to all prose; code stays as it is."""
    return "".join(write(text) if kind in ("prose", "cell") else text for kind, text in pieces(markdown))


_ADDRESS = re.compile(r"(?<![(<\w])(https?(?=://)|www(?=\.))(.)(?=[^\s<]*?(?:\\|!?\[))", re.I)


def unlinked(prose: str) -> str:
    """An address in the text that a backslash, link or picture touches is no link: readers would take them into it."""
    return _ADDRESS.sub(lambda found: f"{found[1]}&#{ord(found[2])};", prose)


def unbraced(block: str) -> str:
    """A block of code, the name of its language without what begins attributes to some."""
    first, line, code = block.partition("\n")
    return first.partition("{")[0].rstrip() + line + code


_BLOCK = re.compile(
    r"(?P<before>.*?)(?:`{3,}|~{3,})(?P<info>.*)\n(?P<code>(?:.*\n)*?)(?P<prefix>[ >]*)(?:`{3,}|~{3,})\n?"
)


def as_html(block: str, write: Callable[[str], str]) -> str:
    """A fenced block as HTML, its lines by `write`; '' where it is none."""
    found = _BLOCK.fullmatch(block)
    if not found:
        return ""
    name = f' class="language-{html.escape(found["info"])}"' if found["info"] else ""
    prefix, lines = found["prefix"], found["code"].split("\n")
    own = (f"{prefix}{write(line[len(prefix) :])}" if line.startswith(prefix) else line for line in lines)
    written = "\n".join(own).removeprefix(prefix)
    return f"{found['before']}<pre><code{name}>{written}{prefix}</code></pre>\n"


def text(words: str) -> str:
    """Words as Markdown that shows them, in one line."""
    line = " ".join(words.split())
    return escape.starts(escape.escape(line, ""), "")


def has_html(markdown: str) -> bool:
    """Whether there is a tag in it that is no text."""
    return "<" in markdown and any(
        found["tag"] for kind, text in pieces(markdown) if kind in ("prose", "cell") for found in _TAG.finditer(text)
    )
