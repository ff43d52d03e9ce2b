"""Lists, quotes and code as the first Markdown nests them: within an item at four spaces, code there without fences."""

import re

_MARKER = re.compile(r"(?:[-*]|(\d{1,9})[.)])(?: |$)|(\[\^[^\]]*\]: )")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_EMPTY = "&nbsp;"  # the text of an item that begins with a block

_Holder = int  # width of an item's indent, 0 for a quote


def nested(markdown: str) -> str:
    """The same Markdown, all that lies in items of lists and in notes at four spaces a level."""
    return "".join(f"{line}\n" for line in _lines(markdown.removesuffix("\n").split("\n")))


def _lines(lines: list[str]) -> list[str]:
    out: list[str] = []
    holders: list[_Holder] = []
    fence, code = "", False  # code: the last that was written is a block of it, which a next one would join
    for line in lines:
        kept, prefix, rest = _within(line, holders)
        if fence:
            ended = rest.strip() == fence
            fence = "" if ended else fence
            out.append(rest if not holders else f"{prefix}    {rest}" if rest and not ended else prefix.rstrip(" "))
            continue
        if rest or not line.strip():
            del holders[kept:]
        prefix, opened, rest = _begun(out, holders, prefix, rest)
        if begun := _FENCE.match(rest):
            fence = begun[1] or begun[2]
        if fence and holders:
            if opened.strip(" >"):
                out.append(f"{prefix}{opened}{_EMPTY}")
            out += [f"{prefix}<!-- -->"] if code else []
            out.append(_quotes(prefix + opened))
        else:
            rest = rest if rest or not opened.strip(" >") else _EMPTY
            out.append((prefix + opened + rest).rstrip(" ") + ("  " if rest.endswith("  ") else ""))
        code = bool(fence and holders) or (code and not rest)
    return out


def _begun(out: list[str], holders: list[_Holder], prefix: str, rest: str) -> tuple[str, str, str]:
    """The quotes and items that begin in a line: their prefix, their marks, and what follows."""
    opened = ""
    while found := _opening(rest):
        mark, width, rest = found
        if opened.strip(" >"):
            out.append(f"{prefix}{opened}{_EMPTY}")
            prefix, opened = prefix + re.sub("[^> ]", " ", opened), ""
        if not width and any(holders) and out and out[-1].strip(" >"):
            out.append(_quotes(prefix))
        opened += mark
        holders.append(width)
    return prefix, opened, rest


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
    return (
        f"{mark} ".ljust(4) if not found[2] else mark,
        4 if found[2] else len(found[0].rstrip()) + 1,
        text[found.end() :],
    )
