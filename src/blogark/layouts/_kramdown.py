"""Blocks and emphasis as kramdown takes them, where it does not read them as CommonMark does."""

import re

from .. import delimiters
from . import _prose

_HEAD_ONLY = re.compile(r"^.*\|\n(?P<in>[ >]*)\|(?: :?-+:? \|)+$(?!\n[ >]*\|)", re.M)  # which is no table to it
_DASHES = re.compile(r"^[ >]*\|(?: :?-+:? \|)+$", re.M)  # which in a table's body is no row
_NO_HEADING = re.compile(r"^([ >]*)#{1,6} *\n", re.M)
_NO_ITEM = re.compile(r"^([ >]*\d+\.)$", re.M)
_NUMBERED = re.compile(r"^(?P<in>[ >]*)(?P<number>\d{1,9})(?P<mark>[.)])(?= |$)", re.M)
_ANGLES = re.compile(r"(?<=\]\()<(?:\\.|[^<>\n\\])*>")
_RAW = re.compile(r"<(kbd|mark)>(?=[^<]*[\\*_`\[&])")  # in which it reads no Markdown unless told to


def blocks(markdown: str) -> str:
    """Every block so that it begins and ends for kramdown where it does for others."""
    parts: list[str] = []
    for fenced, text in _prose.fences(markdown):
        if fenced and text.startswith((" ", ">")) and parts and parts[-1].strip(" >\n"):
            parts.append(_apart(parts[-1], text))
        parts.append(text if fenced else _emphasis(_lines(text)))
    return "".join(parts)


def _apart(before: str, block: str) -> str:
    """An empty line where a block of code within an item follows its text at once: it would run on into the code."""
    indent = block[: len(block) - len(block.lstrip(" >"))]
    last = before.removesuffix("\n").rpartition("\n")[2]
    return f"{indent.rstrip(' ')}\n" if last.strip(" >") else ""


def _lines(text: str) -> str:
    text = _HEAD_ONLY.sub(r"\g<0>\n\g<in>|  |", text) if "|" in text else text
    text = _prose.TABLE.sub(_rows, text) if "|" in text else text
    text = _NO_ITEM.sub(r"\1 &nbsp;", _lists(_NO_HEADING.sub(r"\1\n", text)))
    text = _RAW.sub(r'<\1 markdown="span">', text) if "<" in text else text
    return _ANGLES.sub(lambda found: found[0].replace("\\<", "%3C").replace("\\>", "%3E"), text)


def _rows(table: re.Match[str]) -> str:
    head, line, body = (table[0] + "\n").split("\n", 2)
    body = _DASHES.sub(lambda row: row[0].replace("-", "&#45;"), body)
    return f"{head}\n{line}\n{body}".removesuffix("\n")


def _lists(text: str) -> str:
    """Numbers with a point alone, and a list beside a list kept from it by what is no text."""
    marks: dict[str, str] = {}

    def one(found: re.Match[str]) -> str:
        before = marks.get(found["in"], ".")
        marks[found["in"]] = found["mark"]
        end = f"{found['in']}<!-- -->\n\n" if before != found["mark"] else ""
        return f"{end}{found['in']}{found['number']}."

    return _NUMBERED.sub(one, text) if ")" in text else text


_HELD = re.compile(
    r"\\.|(?P<held>(?P<marks>`+)(?!`)[^\n]*?(?<!`)(?P=marks)(?!`)|(?<=\]\()(?:<[^<>\n]*>|[^\s)]+)|<[a-z]+:[^<>\s]*>)",
    re.I,
)
# A style in its like, or both begun together and ended apart; and any that underscores say.
_UNREAD = re.compile("\x01[^\x02]*\x01|\x03[^\x04]*\x03|\x01\x03[^\x04]*\x04[^\x02]")
_TAGS = {"\x01": "<em>", "\x02": "</em>", "\x03": "<strong>", "\x04": "</strong>", "\x05": "<del>", "\x06": "</del>"}


# Between what no style reaches over: blocks, and cells of a row.
_APART = re.compile(r"(\n[ >]*\n|\n(?=[ >]*(?:[-*] |\d{1,9}[.)] |#{1,6} |\|))| \| )")


def _emphasis(text: str) -> str:
    """Tags for the stars that kramdown pairs otherwise than CommonMark."""
    held: list[str] = []

    def hold(found: re.Match[str]) -> str:
        if not found["held"]:
            return found[0]
        held.append(found[0])
        return delimiters.HELD

    if text.count("*") + text.count("_") < 4:
        return text
    tagged = "".join(map(_tagged, _APART.split(_HELD.sub(hold, text))))
    rest = iter(held)
    return re.sub(delimiters.HELD, lambda _: next(rest), tagged)


def _tagged(part: str) -> str:
    marked = delimiters.read(part, True) if part.count("*") + part.count("_") > 3 else part
    if _UNREAD.search(marked) or marked.count("_") < part.count("_"):
        return delimiters.STYLE.sub(lambda mark: _TAGS[mark[0]], marked)
    return part
