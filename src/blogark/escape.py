"""Backslashes: where text on its line would read as markup, and only there."""

import re

from .delimiters import BREAK, DEL, STYLE

# Not the underscore within a word, of which there are many and none is markup, nor the star, which comes last.
_SPECIAL = re.compile(r"[\\`<&$!@\[\]_~](?!(?<=[^\W_]_)[^\W_])(?:(?<=_)_+|(?<=~)~+|(?<=\[)\[+)?")
_STRIKE = re.compile(r"~(?=[^\s~])[^\x0e]*?(?<=[^\s~])~")
_MATH = re.compile(r"\$(?=\S)(?:[^$]*[^\s$])?\$(?!\d)")
_NEEDS = {
    "\\": re.compile(r"\\(?=[!-/:-@\[-`{-~\x01-\x0f]|$)"),
    "`": re.compile("`"),
    "_": re.compile(r"(?<![^\W_])_++|_++(?![^\W_])"),
    "<": re.compile(r"<(?=[A-Za-z/!?])"),
    "&": re.compile(r"&(?=#?\w+;)"),
    "[": re.compile(r"\[\[|\[(?=\^)"),
    "]": re.compile(r"\](?=\()"),
    "!": re.compile("!(?=\x0f)"),
    "@": re.compile(r"(?<=[\w.+-])@(?=[\w-]+\.\w)"),
}


def escape(s: str, within: str) -> str:
    """Backslashes where a reader would take text for markup, and only there."""
    # Most lines have no such sign, and this sees it three times as fast as a pattern does.
    if (
        "*" in s or "_" in s or "[" in s or "]" in s or "<" in s or "&" in s or "`" in s or "\\" in s
        or ("!" in s and "!\x0f" in s) or "$" in s or "@" in s or "~" in s
    ):  # fmt: skip
        return _escape(s, within)
    return s


def _escape(line: str, within: str) -> str:
    # These are markup only in pairs; all brackets within a link count towards its end.
    settled = {"~": DEL in line or bool(_STRIKE.search(line)), "$": "$" in line and bool(_MATH.search(line))}
    stars = "*" in line and (line.count("*") > 1 or bool(STYLE.search(line)))
    last = line.rfind("]") if "^[" in line else 0  # ^[a note in the text], to Pandoc and others
    if within == "link":
        settled |= {"[": True, "]": True}

    def one(found: re.Match[str]) -> str:
        sign = found[0][0]
        at = found.start()
        needed = settled[sign] if sign in settled else _NEEDS[sign].match(line, at)
        if not needed and not (sign == "[" and at < last and line[at - 1 : at] == "^"):
            return found[0]
        return "&amp;" if sign == "&" else "\\" + "\\".join(found[0])

    line = _SPECIAL.sub(one, line)
    return line.replace("*", "\\*").replace(" \\* ", " * ").replace(" \\* ", " * ") if stars else line


_START = re.compile(
    r"""(?:\#{1,6}|[-+*])(?=[ ]|$) | > | =+[ ]*$ | -[- ]*$ | ~~~
      | (?P<number>\d{1,9})(?=[.)](?:[ ]|$))
      | \[(?=[^]]*\]:) | \[(?=[ xX]\][ ])
      | [|:][|: -]*-[|: -]*$ | -[- |:]*[|:][- |:]*$
    """,
    re.X,
)


FIRST = frozenset("-#+*>=~0123456789[|:\xa0")


def starts(text: str, within: str) -> str:
    """The same line with nothing at its start, or after a break, that reads as another block's start."""
    if within == "flat":
        return _start(text) if text.startswith("\xa0") else text
    if BREAK not in text:
        return text if within else _start(text)
    first, *rest = text.split(BREAK)
    return BREAK.join([first if within else _start(first), *map(_start, rest)])


def _start(line: str) -> str:
    if line.startswith("\xa0"):  # readers strip it as they strip a space
        return "&nbsp;" + line[1:]
    found = _START.match(line) if line[:1] in FIRST else None
    if not found:
        return line
    at = found.end("number") if found["number"] else 0
    return line[:at] + "\\" + line[at:]


_NO_LINE = re.compile(r"[\r\n\t]+")
_BLANK_LINES = re.compile(r"\s*\n\s*")
_REFERENCE = re.compile(r"&(?=#?\w+;)")


def destination(address: str, title: str | None) -> str:
    """A link's address, and its title where it has one, as they stand between its brackets."""
    address = address.strip()
    if "&" in address:
        address = _REFERENCE.sub("&amp;", address)
    odd = "<" in address or ">" in address or "\\" in address or "`" in address or len(address.split()) > 1
    if odd or (("(" in address or ")" in address) and not _balanced(address)):
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
