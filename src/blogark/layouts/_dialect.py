"""CommonMark as readers of an older Markdown take it: what they have no sign for as an entity or as HTML."""

import re
from collections.abc import Iterator
from html import escape

from . import _kramdown, _nesting, _prose

_COMMON = re.compile(
    r"""\\(?P<escaped>[!-/:-@\[-`{-~]) | \\\n(?P<broken>)
      | ^(?P<in>[ >]*)(?:(?P<definition>:)(?=[ ]) | (?P<abbreviation>\*)(?=\[[^]\n]*\]:) | (?P<alone>\^)$)
      | (?P<angle><)(?=[^\x00-\x7f]) | (?P<brace>\{) | (?P<details><details>) | (?P<bar>\|)
      | ~~(?=[^\s~])(?P<struck>[^~\n]+)(?<=\S)~~(?!~)
      | (?<=\d)(?P<low>_)(?=[^\W_]) | (?P<math>\$\$)
    """,
    re.M | re.X,
)


_IN_ADDRESS = re.compile(r"(?:\]\([^\s)]*|(?<!\\)<[^<>]*)\Z")
_LONGEST = 2000  # letters of an address


def entity(sign: str) -> str:
    return f"&#{ord(sign)};"


def kramdown(markdown: str) -> str:
    """For kramdown with GFM's fences (https://kramdown.gettalong.org/syntax.html)."""
    return "".join(_dialect(_kramdown.blocks(markdown), frozenset("\\.*_+`<>()[]{}#!:|\"'$=-~"), struck=True))


def python_markdown(markdown: str) -> str:
    """For Python-Markdown with its extra (https://python-markdown.github.io/): all within an item at four spaces."""
    text = "".join(_block(text) if fenced else text for fenced, text in _prose.fences(markdown))
    return _nesting.nested("".join(_dialect(text, frozenset("\\`*_{}[]()>#+-.!|"), struck=False)))


def _block(text: str) -> str:
    """A block with tabs, which the reader makes spaces, as HTML."""
    if "\t" in text and text[0] in "`~":
        return f"\n{_prose.as_html(text, lambda code: escape(code, quote=False).replace(chr(9), '&#9;'))}\n"
    return _prose.unbraced(text)


def _span(text: str) -> str:
    """Code between more ticks than are in it: kramdown ends it at the first that are as many."""
    marks = len(text) - len(text.lstrip("`"))
    most = max(map(len, re.findall("`+", text[marks:-marks])), default=0)
    return text if most < marks else f"{'`' * (most + 1 - marks)}{text}{'`' * (most + 1 - marks)}"


def _dialect(markdown: str, escapes: frozenset[str], *, struck: bool) -> Iterator[str]:
    """`escapes`: the signs that the reader takes a backslash before; `struck`: it knows ~~."""

    def one(found: re.Match[str]) -> str:
        name = found.lastgroup or ""
        sign = found[name]
        if name == "escaped" and sign == "`" and kind == "cell":
            return entity(sign)
        if name == "escaped":
            return found[0] if sign in escapes else entity(sign)
        if name == "low":  # kramdown begins emphasis there
            return "\\_" if struck and not _IN_ADDRESS.search(found.string[: found.start()][-_LONGEST:]) else sign
        if name == "math":
            return "\\$\\$" if struck else sign
        if name == "struck":
            return found[0] if struck else f"<del>{sign}</del>"
        if name == "brace" and struck and found.string[found.end() : found.end() + 1] not in set(":#{%"):
            return sign
        if name == "bar":
            return sign if kind == "cell" else entity(sign)
        return {"broken": "  \n", "details": '<details markdown="1">'}.get(name) or f"{found['in'] or ''}{entity(sign)}"

    for kind, text in _prose.pieces(markdown):
        if kind == "cell span":
            text = text.replace("\\|", "|")
            yield _span(text) if struck else text
        elif kind == "span" and struck:
            yield _span(text)
        else:
            yield _COMMON.sub(one, text) if kind in ("prose", "cell") else text
