"""Lists, quotes and code as the first Markdown nests them: within an item at four spaces, code there without fences."""

import re
from collections.abc import Iterator

_MARKER = re.compile(r"(?:[-*]|(\d{1,9})[.)])(?: |$)|(\[\^[^\]]*\]: )")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_EMPTY = "&nbsp;"  # the text of an item that begins with a block

_Holder = int  # width of an item's indent, 0 for a quote


def nested(markdown: str) -> str:
    """The same Markdown, all that lies in items of lists and in notes at four spaces a level."""
    return "".join(f"{line}\n" for line in _lines(markdown.removesuffix("\n").split("\n")))


def _lines(lines: list[str]) -> Iterator[str]:
    holders: list[_Holder] = []
    fence = ""
    for line in lines:
        kept, prefix, rest = _within(line, holders)
        if fence:
            if rest.strip() == fence:
                fence = ""
                yield rest if not holders else prefix.rstrip(" ")
            else:
                yield f"{prefix}    {rest}" if holders and rest else rest if not holders else prefix.rstrip(" ")
            continue
        if rest or not line.strip():
            del holders[kept:]
        opened = ""
        while found := _opening(rest):
            mark, width, rest = found
            if opened.strip(" >") and _MARKER.match(mark):
                yield f"{prefix}{opened}{_EMPTY}"
                prefix, opened = prefix + " " * len(opened), ""
            opened += mark
            holders.append(width)
        if holders and (begun := _FENCE.match(rest)):
            fence = begun[1] or begun[2]
            if opened.strip(" >"):
                yield f"{prefix}{opened}{_EMPTY}"
            yield _quotes(prefix + opened)
            continue
        if begun := _FENCE.match(rest):
            fence = begun[1] or begun[2]
        yield (prefix + opened + rest).rstrip(" ") + ("  " if rest.endswith("  ") else "")


def _quotes(prefix: str) -> str:
    """An empty line there."""
    return prefix[: len(prefix) - len(prefix.lstrip("> "))].rstrip(" ")


def _within(line: str, holders: list[_Holder]) -> tuple[int, str, str]:
    """How many of the holders the line is in, their prefix as it is written, and the rest of the line."""
    prefix = ""
    for number, width in enumerate(holders):
        if width == 0 and line.startswith(">"):
            prefix, line = f"{prefix}> ", line[1:].removeprefix(" ")
        elif width and (line.startswith(" " * width) or not line.strip()):
            prefix, line = f"{prefix}    ", line[width:]
        else:
            return number, prefix, line
    return len(holders), prefix, line


def _opening(text: str) -> tuple[str, _Holder, str] | None:
    """A quote or an item that begins here: its mark as it is written, its width, what follows."""
    if text.startswith(">"):
        return "> ", 0, text[1:].removeprefix(" ")
    found = _MARKER.match(text)
    if not found or re.fullmatch(r"[-*](?: ?[-*]){2,}", text):
        return None
    mark = found[2] or f"{found[1]}." if found[1] else found[2] or text[0]
    return mark.ljust(4) if not found[2] else mark, 4 if found[2] else len(found[0].rstrip()) + 1, text[found.end() :]
