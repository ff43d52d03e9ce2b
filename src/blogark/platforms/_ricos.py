"""Ricos, the format of Wix's editor (dev.wix.com/docs/ricos), as HTML."""

import json
import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

Told = Mapping[str, Any]
_MEDIA = "https://static.wixstatic.com/media/"
_STYLES = {"BOLD": "strong", "ITALIC": "em", "STRIKETHROUGH": "s", "SUPERSCRIPT": "sup", "SUBSCRIPT": "sub"}
_BLOCKS = {
    "PARAGRAPH": "p", "BULLETED_LIST": "ul", "ORDERED_LIST": "ol", "LIST_ITEM": "li", "BLOCKQUOTE": "blockquote",
    "TABLE": "table", "TABLE_ROW": "tr", "TABLE_CELL": "td",
}  # fmt: skip


def html(text: str) -> str:
    """The document; '' for what is none."""
    try:
        return "\n".join(_node(node) for node in json.loads(text)["nodes"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ""


def picture(address: str) -> str:
    """`wix:image://v1/ID/name#…`, or a bare name, as an address that can be asked for."""
    if found := re.match(r"wix:\w+://\w+/([^/#]+)", address):
        return _MEDIA + found[1]
    return address if not address or "://" in address else _MEDIA + address


def _nodes(nodes: Iterable[Told]) -> str:
    return "".join(_node(node) for node in nodes)


def _node(node: Told) -> str:
    kind, inner = str(node.get("type")), _nodes(node.get("nodes") or ())
    if kind == "TEXT":
        return _text(node.get("textData") or {})
    if kind == "HEADING":
        level = int((node.get("headingData") or {}).get("level") or 2)
        return f"<h{level}>{inner}</h{level}>"
    if tag := _BLOCKS.get(kind):
        return f"<{tag}>{inner}</{tag}>"
    if kind == "CODE_BLOCK":
        return f"<pre><code>{inner}</code></pre>"
    if kind == "DIVIDER":
        return "<hr>"
    return _shown(kind, node) or inner


def _text(told: Told) -> str:
    made = escape(str(told.get("text") or ""), quote=False).replace("\n", "<br>")
    for each in told.get("decorations") or ():
        kind = each.get("type")
        if kind == "LINK":
            url = ((each.get("linkData") or {}).get("link") or {}).get("url") or ""
            made = f'<a href="{escape(url)}">{made}</a>' if url else made
        elif tag := _STYLES.get(kind):
            made = f"<{tag}>{made}</{tag}>"
    return made


def _source(told: Any) -> str:
    src = (told or {}).get("src") or told or {}
    return picture(str(src.get("url") or src.get("id") or ""))


def _shown(kind: str, node: Told) -> str:
    if kind == "IMAGE":
        data = node.get("imageData") or {}
        caption = f"<figcaption>{escape(data['caption'])}</figcaption>" if data.get("caption") else ""
        alt = escape(str(data.get("altText") or ""))
        return f'<figure><img src="{escape(_source(data.get("image")))}" alt="{alt}">{caption}</figure>'
    if kind == "GALLERY":
        items = (node.get("galleryData") or {}).get("items") or ()
        shown = (_source(((each.get("image") or {}).get("media")) or {}) for each in items)
        return "".join(f'<p><img src="{escape(src)}"></p>' for src in shown if src)
    data = next((value for name, value in node.items() if name.endswith("Data") and isinstance(value, dict)), {})
    if kind in {"HTML", "EMBED"} and data.get("html"):
        return str(data["html"])
    url = data.get("src") or data.get("url") or (data.get("link") or {}).get("url") or _source(data.get("video"))
    url = url.get("url", "") if isinstance(url, dict) else str(url or "")
    return (
        f'<p><a href="{escape(url)}">{escape(str(data.get("title") or data.get("text") or url))}</a></p>' if url else ""
    )
