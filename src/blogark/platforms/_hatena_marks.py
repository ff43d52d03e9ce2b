"""Hatena's own notation, in which its diaries were written and kept, as HTML (help.hatenablog.com, "はてな記法")."""

import re
from collections.abc import Sequence
from html import escape
from itertools import groupby

_VERBATIM = re.compile(r">\|(?:(\S*)\|)?")
_ITEM = re.compile(r"([-+]{1,3})(?![-+])\s*(.*)")
_HEADING = re.compile(r"(\*{2,3})\s*(.+)")
_TERM = re.compile(r":([^:]+):(.*)")
_QUOTED = re.compile(r">(https?://[^>\s]+?)?>")
_OWN = re.compile(
    r"</?(?:p|div|table|t\w|ul|ol|li|dl|h\d|blockquote|pre|iframe|object|script|hr|center|form)\b|<!--", re.I
)
_MARK = re.compile(
    r"(?P<html><a\b[^<>]*>(?:[^<]|<(?!/?a\b))*</a>|<[^<>]*>)"
    r"|\[?f:id:(?P<who>[\w-]+):(?P<day>\d{8})(?P<time>\d{6})(?P<kind>[jpg]?):(?:image|plain)[^\]\s]*\]?"
    r"|\[(?P<url>https?://[^\[\]\s]+?)(?::(?P<how>title|embed|image|movie|detail|bookmark)\b[:=]?(?P<title>[^\]]{0,500}))?\]"
    r"|\(\((?P<note>[^()]*(?:\([^()]*\)[^()]*)*)\)\)"
    r"|(?P<bare>https?://[\w/?%&=#.~:@!$*+,;-]+)",
    re.I,
)
_KINDS = {"p": "png", "g": "gif"}
_PHOTO = "https://cdn-ak.f.st-hatena.com/images/fotolife/"


def html(text: str) -> str:
    """An entry as it was shown: a paragraph for each of its lines."""
    lines, made, plain, at = text.split("\n"), list[str](), list[str](), 0
    last = {sign: _last(sign, lines) for sign in ("||<", "|<")}
    while at < len(lines):
        found = _VERBATIM.fullmatch(lines[at].rstrip())
        sign = "||<" if found and found[1] is not None else "|<"
        if found and last[sign] > at:
            end = next(n for n in range(at + 1, len(lines)) if lines[n].rstrip().endswith(sign))
            inner = [*lines[at + 1 : end], lines[end].rstrip().removesuffix(sign)]
            made += [*_lines(plain), _code("\n".join(inner), found[1])]
            plain, at = [], end + 1
        else:
            plain.append(lines[at])
            at += 1
    return "\n".join(filter(None, [*made, *_lines(plain)]))


def _last(sign: str, lines: Sequence[str]) -> int:
    return max((n for n, line in enumerate(lines) if line.rstrip().endswith(sign)), default=-1)


def _code(text: str, language: str | None) -> str:
    """`language`: None for the plain kind, which may hold HTML."""
    named = f' class="language-{escape(language)}"' if language else ""
    return f"<pre><code{named}>{(text if language is None else escape(text, quote=False)).rstrip()}</code></pre>"


def _lines(lines: Sequence[str]) -> list[str]:
    made: list[str] = []
    for kind, some in groupby(lines, _kind):
        if kind == "list":
            made.append(_list([(len(m[1]), m[1][0], m[2]) for m in map(_ITEM.match, some) if m]))
        elif kind == "table":
            made.append(f"<table>{''.join(map(_row, some))}</table>")
        else:
            made += map(_line, some)
    return made


def _kind(line: str) -> str:
    return "list" if _ITEM.match(line) else "table" if re.fullmatch(r"\|.*\|\s*", line) else ""


def _line(line: str) -> str:
    text = line.strip()
    if not text or re.fullmatch(r"={4,5}", text):
        return ""
    if found := _HEADING.fullmatch(text):
        return f"<h{len(found[1]) + 1}>{_inline(found[2])}</h{len(found[1]) + 1}>"
    if found := _QUOTED.fullmatch(text):
        return f"<blockquote>{f'<p>{_inline(found[1])}</p>' if found[1] else ''}"
    if text == "<<":
        return "</blockquote>"
    if text.startswith("><") or (_OWN.match(text) and text.endswith("><")):  # HTML that is no paragraph
        return text.removeprefix(">").removesuffix("<") if text.endswith("><") else text[1:]
    if found := _TERM.fullmatch(text):
        return f"<p><strong>{_inline(found[1])}</strong> {_inline(found[2])}</p>"
    return text if _OWN.match(text) else f"<p>{_inline(text)}</p>"


def _list(items: Sequence[tuple[int, str, str]]) -> str:
    depth, sign, _ = items[0]
    made: list[tuple[str, list[tuple[int, str, str]]]] = []
    for item in items:
        if item[0] > depth and made:
            made[-1][1].append(item)
        else:
            made.append((item[2], []))
    tag = "ol" if sign == "+" else "ul"
    inner = "".join(f"<li>{_inline(text)}{_list(below) if below else ''}</li>" for text, below in made)
    return f"<{tag}>{inner}</{tag}>"


def _row(line: str) -> str:
    cells = line.strip().strip("|").split("|")
    told = ((("th", cell[1:]) if cell.startswith("*") else ("td", cell)) for cell in cells)
    return f"<tr>{''.join(f'<{tag}>{_inline(cell.strip())}</{tag}>' for tag, cell in told)}</tr>"


def _inline(text: str) -> str:
    return _MARK.sub(_marked, text)


def _marked(m: re.Match[str]) -> str:
    if m["html"]:
        return m["html"]
    if m["who"]:
        place = f"{m['who'][0]}/{m['who']}/{m['day']}/{m['day']}{m['time']}.{_KINDS.get(m['kind'], 'jpg')}"
        return f'<img src="{_PHOTO}{place}">'
    if m["note"]:
        return f" ({_inline(m['note'])})"
    url = escape(m["url"] or m["bare"])
    if m["how"] == "image":
        return f'<img src="{url}">'
    return f'<a href="{url}">{m["title"] if m["how"] == "title" and m["title"] else url}</a>'
