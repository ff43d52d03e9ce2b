"""Which delimiters say a line's emphasis so that a Markdown reader finds exactly that emphasis.

A line comes in with a control character for every mark (below). Whether `**` opens or closes
depends on the characters around it, and a run may pair with the wrong one: so a candidate is
read back by CommonMark's own rules, and the first that reads as meant is taken. What no
delimiters can say is written as bare tags.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from unicodedata import category

EM, EM_END, STRONG, STRONG_END, DEL, DEL_END = "\x01\x02\x03\x04\x05\x06"
BREAK, HELD = "\x0e\x0f"
OPEN, END = "\x01\x03\x05", "\x02\x04\x06"
STYLE = re.compile("[\x01-\x06]")

# Styles side by side whose outer edges touch space, or whose inner edges are letters: any reader agrees on these.
_EASY = re.compile(
    "(?:[^\x01-\x06]*+(?>{})[^\x01-\x06]++(?>{}))*+[^\x01-\x06]*+".format(
        "(?:(?<![^ \x0e])[\x01\x03\x05](?![\\s\x0e])|[\x01\x03\x05](?=[^\\W_]))",
        "(?:(?<![\\s\x0e])[\x02\x04\x06](?![^ \x0e])|(?<=[^\\W_])[\x02\x04\x06](?![\x01\x03\x05]))",
    )
)


def is_easy(line: str) -> bool:
    """Whether its styles are tidy, and stars say them."""
    return _EASY.fullmatch(line) is not None


# Begins with one set of characters, by which the search leaps over the text between marks.
_UNTIDY = re.compile(
    "[\x01-\x06\x0e](?:(?<=[\x01\x03\x05])[\\s\x0e\x02\x04\x06]|(?<=[\\s\x0e][\x02\x04\x06])"
    "|(?<=\x02)\x01|(?<=\x04)\x03|(?<=\x06)\x05|(?<=\x0e)\\s|(?<=\\s\x0e))"
)
_EDGE_IN = re.compile("([\x01\x03\x05])([\x01\x03\x05]*)([\\s\x0e]+)")
_EDGE_OUT = re.compile("([\\s\x0e][\\s\x0e]*)([\x02\x04\x06]+)")  # not "+": a search leaps only to a set
_HAS_EDGE_OUT = re.compile("[\x02\x04\x06](?<=[\\s\x0e][\x02\x04\x06])")
_NOTHING = re.compile("\x01\x02|\x03\x04|\x05\x06|\x02\x01|\x04\x03|\x06\x05")


def tidy(line: str) -> str:
    """Spaces and breaks out of the edges of styles; empty ones dropped, equal neighbours made one."""
    while _UNTIDY.search(line):
        line = _EDGE_IN.sub(r"\3\1\2", line)
        if _HAS_EDGE_OUT.search(line):
            for end in END:  # most edges are one space
                line = line.replace(" " + end, end + " ")
            if _HAS_EDGE_OUT.search(line):
                line = _EDGE_OUT.sub(r"\2\1", line)
        line = strip_breaks(_NOTHING.sub("", line).replace("  ", " "))
    return line


def strip_breaks(line: str) -> str:
    return BREAK.join(map(str.strip, line.split(BREAK))) if BREAK in line else line


_STARS = ((EM, EM_END, "*"), (STRONG, STRONG_END, "**"), (DEL, DEL_END, "~~"))
_WIDTH = {EM: 1, STRONG: 2, DEL: 2}
_TAG = {EM: "em", STRONG: "strong", DEL: "del"}
_MOST = 5  # pairs in one group whose every choice of delimiters is tried


def delimit(line: str) -> str:
    """The line with delimiters, or as a last resort tags, for its marks."""
    return "".join(_group(line, start, end) if styled else line[start:end] for start, end, styled in _groups(line))


def starred(line: str) -> str:
    """The line, if it is easy, with stars for its marks."""
    for mark, end, delimiter in _STARS:
        if mark in line:
            line = line.replace(mark, delimiter).replace(end, delimiter)
    return line


def _groups(line: str) -> Iterator[tuple[int, int, bool]]:
    """The line cut into plain text and outermost styles, those that touch taken together."""
    depth = start = done = 0
    for found in STYLE.finditer(line):
        opens, at = found[0] in OPEN, found.start()
        if not depth and opens and at > done:
            if done > start:
                yield start, done, True
            yield done, at, False
            start = at
        depth += 1 if opens else -1
        done = found.end() if not depth else done
    if done > start:
        yield start, done, True
    yield done, len(line), False


def _group(line: str, start: int, end: int) -> str:
    """One group of styles between the characters that surround it."""
    before, inner, after = line[max(start - 1, 0) : start], line[start:end], line[end : end + 1]
    if is_easy(before + inner + after):
        return starred(inner)
    for meant in (inner, _signs_out(inner)) if _UNSPACED.search(before + after) else (inner,):
        pairs = _pairs(meant)
        for choice in _choices(len(pairs)):
            written, expected = _written(meant, pairs, choice), before + _tagged(meant, pairs, choice) + after
            if _reads_as(before + written + after, expected):
                return written
    return _written(inner, pairs := _pairs(inner), _any_choice(inner, pairs, before, after))


# Letters of scripts that write on without a space, where a closing sign would keep a style from closing.
_UNSPACED = re.compile("[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff]")
_QUOTED = re.compile("^([\x01\x03\x05])([「『“‘《〈【(（\"'])([^\x01-\x06]+)([」』”’》〉】)）\"'])([\x02\x04\x06])$")
_ENDED = re.compile("^([\x01\x03\x05][^\x01-\x06]*?)([.,!?:;。、，．！？：；…~]+)([\x02\x04\x06])$")


def _signs_out(inner: str) -> str:
    """The style without the quotes or the full stop at its edge: 「**x**」는 reads, **「x」**는 does not."""
    return _ENDED.sub(r"\1\3\2", _QUOTED.sub(r"\2\1\3\5\4", inner))


def _any_choice(inner: str, pairs: list[tuple[int, int]], before: str, after: str) -> tuple[str, ...]:
    """The choice with the fewest tags that reads as meant."""
    count = len(pairs)
    if count <= _MOST:
        for choice in sorted(product("*_<", repeat=count), key=lambda choice: choice.count("<")):
            expected = before + _tagged(inner, pairs, choice) + after
            if _reads_as(before + _written(inner, pairs, choice) + after, expected):
                return choice
    return ("<",) * count


def _choices(count: int) -> Iterator[tuple[str, ...]]:
    if count <= _MOST:
        return product("*_", repeat=count)
    return iter([("*",) * count, tuple("*_"[i % 2] for i in range(count))])


def _pairs(line: str) -> list[tuple[int, int]]:
    """Where each style begins and ends, in the order of their beginnings."""
    stack: list[int] = []
    pairs = {}
    for found in STYLE.finditer(line):
        if found[0] in OPEN:
            stack.append(found.start())
            pairs[found.start()] = 0
        else:
            pairs[stack.pop()] = found.start()
    return list(pairs.items())


def _written(line: str, pairs: list[tuple[int, int]], choice: tuple[str, ...]) -> str:
    """The line with the chosen delimiters, or tags for "<", in place of its marks."""
    letters = list(line)
    for (start, end), by in zip(pairs, choice, strict=True):
        mark = line[start]
        if by == "<":
            letters[start], letters[end] = f"<{_TAG[mark]}>", f"</{_TAG[mark]}>"
        elif by:
            letters[start] = letters[end] = ("~" if mark == DEL else by) * _WIDTH[mark]
    return "".join(letters)


def _tagged(line: str, pairs: list[tuple[int, int]], choice: tuple[str, ...]) -> str:
    """What a reader should make of it: marks, but for what is tags already."""
    return _written(line, pairs, tuple("<" if by == "<" else "" for by in choice)) if "<" in choice else line


# --- reading: CommonMark 6.2 and its appendix "process emphasis", GFM strikethrough

_RUN = re.compile(r"\\.|</?\w+>|\*\**|__*|~~*", re.S)  # not "+": a search leaps only to letters


def _reads_as(text: str, expected: str) -> bool:
    """Whether readers of CommonMark 0.31 and of earlier ones, which part over Unicode symbols, agree on it."""
    return read(text, True) == expected and (text.isascii() or read(text, False) == expected)


@dataclass(slots=True)
class _Run:
    at: int
    end: int
    sign: str
    opens: bool
    closes: bool
    size: int
    left: int
    marks_before: list[str] = field(default_factory=list)
    marks_after: list[str] = field(default_factory=list)


def read(text: str, symbols: bool) -> str:
    """`text` with every delimiter that pairs turned back into its mark.

    `symbols`: whether Unicode symbols count as punctuation (CommonMark 0.31) or not (before).
    """
    runs = [_flank(text, found, symbols) for found in _RUN.finditer(text) if found[0][0] in "*_~"]
    for i, closer in enumerate(runs):
        while closer.closes and closer.left and (opener := _opener(runs, i)) is not None:
            _pair(runs[opener], closer)
            for between in runs[opener + 1 : i]:
                between.opens = between.closes = False
    out, done = [], 0
    for run in runs:
        out += [text[done : run.at], *run.marks_before, run.sign * run.left, *reversed(run.marks_after)]
        done = run.end
    return "".join([*out, text[done:]])


def _flank(text: str, found: re.Match[str], symbols: bool) -> _Run:
    before, after = text[found.start() - 1 : found.start()] or " ", text[found.end() : found.end() + 1] or " "
    space_before, space_after = before.isspace() or before == BREAK, after.isspace() or after == BREAK
    sign_before, sign_after = _is_sign(before, symbols), _is_sign(after, symbols)
    left = not space_after and (not sign_after or space_before or sign_before)
    right = not space_before and (not sign_before or space_after or sign_after)
    size, sign = len(found[0]), found[0][0]
    if sign == "_":
        left, right = left and (not right or sign_before), right and (not left or sign_after)
    if sign == "~" and size > 2:
        left = right = False
    return _Run(found.start(), found.end(), sign, left, right, size, size)


def _is_sign(letter: str, symbols: bool) -> bool:
    return (
        letter == HELD
        or (letter.isascii() and letter.isprintable() and not letter.isalnum() and letter != " ")
        or category(letter)[0] in ("PS" if symbols else "P")
    )


def _opener(runs: list[_Run], at: int) -> int | None:
    closer = runs[at]
    for i in range(at - 1, -1, -1):
        run = runs[i]
        if run.sign != closer.sign or not run.opens or not run.left:
            continue
        if run.sign == "~":
            if run.left == closer.left:
                return i
            continue
        either = run.closes or closer.opens
        if either and (run.size + closer.size) % 3 == 0 and (run.size % 3 or closer.size % 3):
            continue
        return i
    return None


def _pair(opener: _Run, closer: _Run) -> None:
    width = 2 if min(opener.left, closer.left) > 1 else 1
    mark, end = (DEL, DEL_END) if opener.sign == "~" else (STRONG, STRONG_END) if width == 2 else (EM, EM_END)
    opener.marks_after.append(mark)
    closer.marks_before.append(end)
    opener.left -= width
    closer.left -= width
