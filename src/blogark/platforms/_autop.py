"""Paragraphs as WordPress makes them of text with line breaks, when it shows a post (its function wpautop)."""

import re
from collections.abc import Iterator

_BLOCKS = (
    "table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote|address"
    "|style|p|h[1-6]|hr|fieldset|legend|section|article|aside|hgroup|header|footer|nav|figure|figcaption|details|menu"
    "|summary|script|center|iframe"
)
_BLOCK = re.compile(rf"(<(pre|script|style|textarea)\b.*?</\2\s*>|</?(?:{_BLOCKS})\b[^>]*>)", re.I | re.S)
_TAG = re.compile(r"<[a-zA-Z/][^<>]*\n[^<>]*>")
_WHOLE = ("<!-- wp:", ' class="sqs-', '="image-block-')  # of editors that write all their paragraphs
_LAID_OUT = re.compile(rf"\s*(?:<(?:{_BLOCKS})\b.*</?(?:{_BLOCKS})>\s*)?\Z", re.I)
_INSIDE = re.compile(r"<(/?)(p|h[1-6]|li|td|th|dd|dt|figcaption|caption|summary|legend|tr|table|ul|ol|dl)\b", re.I)
_BARE = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})  # hold no paragraph, whatever stands in them
_PLAIN = frozenset({"tr", "table", "ul", "ol", "dl"})


def autop(html: str) -> str:
    """`html` with its blank lines as paragraphs and its other line breaks as <br>; as it is where it has no need."""
    if "\n" not in html.strip() and "<p" in html:
        return html
    if any(sign in html for sign in _WHOLE) or not html.strip() or all(map(_LAID_OUT.match, html.split("\n"))):
        return html
    lines = html.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_pieces(_TAG.sub(lambda tag: tag[0].replace("\n", " "), lines)))


def _pieces(html: str) -> Iterator[str]:
    open_: list[str] = []
    for number, piece in enumerate(_BLOCK.split(html)):
        if number % 3 == 2:  # the name of a verbatim element
            continue
        if number % 3 == 1:
            _nest(piece, open_)
            yield piece
        else:
            yield _text(piece, open_[-1] if open_ else "")


def _nest(tag: str, open_: list[str]) -> None:
    if found := _INSIDE.match(tag):
        name = found[2].lower()
        if not found[1]:
            open_.append(name)
        elif name in open_:
            del open_[len(open_) - 1 - open_[::-1].index(name) :]


def _text(piece: str, inside: str) -> str:
    if not piece.strip() or inside in _PLAIN:
        return piece
    blocks = [block.strip() for block in re.split(r"\n[ \t]*\n", piece) if block.strip()]
    lines = [re.sub(r"(?<!>)[ \t]*\n(?!<br)|(?<=[^r\s/-]>)\n", "<br />\n", block) for block in blocks]
    if inside in _BARE or (inside and len(lines) == 1):
        return "<br />\n".join(lines)
    return "".join(line if re.fullmatch(r"(?:<!--.*?-->\s*)+", line, re.S) else f"<p>{line}</p>\n" for line in lines)
