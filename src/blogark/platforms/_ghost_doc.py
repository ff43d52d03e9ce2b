"""Ghost's two formats of a post, mobiledoc 0.3 and lexical, as HTML: for posts that its export has no HTML of."""

import json
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from . import _markdown

Told = Mapping[str, Any]


def html(mobiledoc: Any, lexical: Any) -> str:
    """What either says; '' for neither, or for what is none."""
    for text, read in ((lexical, _lexical), (mobiledoc, _mobiledoc)):
        try:
            if isinstance(text, str) and text.strip():
                return read(json.loads(text))
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
            continue
    return ""


# mobiledoc


def _mobiledoc(doc: Told) -> str:
    return "\n".join(_section(section, doc) for section in doc["sections"])


def _section(section: list[Any], doc: Told) -> str:
    kind = section[0]
    if kind == 1:
        return f"<{section[1]}>{_runs(section[2], doc)}</{section[1]}>"
    if kind == 2:
        return f'<p><img src="{escape(str(section[1]))}"></p>'
    if kind == 3:
        items = "".join(f"<li>{_runs(item, doc)}</li>" for item in section[2])
        return f"<{section[1]}>{items}</{section[1]}>"
    name, values = doc["cards"][section[1]][:2]
    return card(name, values)


def _runs(runs: Iterable[Any], doc: Told) -> str:
    made: list[str] = []
    opened: list[str] = []
    for kind, begins, ends, value in runs:
        for number in begins:
            name, *more = doc["markups"][number]
            flat = more[0] if more else []
            attributes = "".join(f' {k}="{escape(str(v))}"' for k, v in zip(flat[::2], flat[1::2], strict=False))
            made.append(f"<{name}{attributes}>")
            opened.append(name)
        made.append(escape(value, quote=False) if kind == 0 else _atom(doc["atoms"][value]))
        made += [f"</{opened.pop()}>" for _ in range(ends) if opened]
    return "".join(made)


def _atom(atom: list[Any]) -> str:
    return "<br>" if atom[0] == "soft-return" else escape(str(atom[1]), quote=False)


# lexical


def _lexical(doc: Told) -> str:
    return _nodes(doc["root"]["children"])


def _nodes(nodes: Iterable[Told]) -> str:
    return "".join(_node(node) for node in nodes)


_STYLES = ((1, "strong"), (2, "em"), (4, "s"), (16, "code"), (32, "sub"), (64, "sup"), (128, "mark"))
_BLOCKS = {"paragraph": "p", "quote": "blockquote", "aside": "blockquote", "listitem": "li", "tk": "span"}


def _node(node: Told) -> str:
    kind = str(node.get("type", "")).removeprefix("extended-")
    inner = _nodes(node.get("children") or ())
    if kind == "text":
        return _styled(escape(str(node.get("text", "")), quote=False), int(node.get("format") or 0))
    if kind == "linebreak":
        return "<br>"
    if kind == "link":
        return f'<a href="{escape(str(node.get("url", "")))}">{inner}</a>'
    if kind in ("heading", "list"):
        tag = node.get("tag") or ("ol" if node.get("listType") == "number" else "ul")
        return f"<{tag}>{inner}</{tag}>"
    if tag := _BLOCKS.get(kind):
        return f"<{tag}>{inner}</{tag}>"
    return card(kind, node) or inner


def _styled(text: str, style: int) -> str:
    for bit, tag in _STYLES:
        if style & bit:
            text = f"<{tag}>{text}</{tag}>"
    return text


# cards, which both have


def card(name: str, told: Told) -> str:
    """A card as HTML; '' for one that shows nothing of the author's, or is not known."""
    made = _CARDS.get(name)
    return made(told) if made else str(told.get("html") or "")


def _said(told: Told, *names: str) -> str:
    return next((str(told[name]) for name in names if told.get(name)), "")


def _image(told: Told) -> str:
    img, href = f'<img src="{_attribute(told, "src")}" alt="{_attribute(told, "alt")}">', _attribute(told, "href")
    caption = f"<figcaption>{told['caption']}</figcaption>" if told.get("caption") else ""
    return "<figure>" + (f'<a href="{href}">{img}</a>' if href else img) + f"{caption}</figure>"


def _attribute(told: Told, *names: str) -> str:
    return escape(_said(told, *names))


def _gallery(told: Told) -> str:
    return "".join(_image({"src": each.get("src"), "alt": each.get("alt")}) for each in told.get("images") or ())


def _code(told: Told) -> str:
    language = _attribute(told, "language")
    return f'<pre><code class="language-{language}">{escape(_said(told, "code"), quote=False)}</code></pre>'


def _bookmark(told: Told) -> str:
    about = told.get("metadata") or {}
    title = escape(str(about.get("title") or told.get("url") or ""), quote=False)
    words = escape(str(about.get("description") or ""), quote=False)
    link = f'<p><a href="{_attribute(told, "url")}">{title}</a></p>'
    return f"<blockquote>{link}{f'<p>{words}</p>' if words else ''}</blockquote>{told.get('caption') or ''}"


def _link(told: Told) -> str:
    url = _attribute(told, "buttonUrl", "url", "src")
    words = escape(_said(told, "buttonText", "title", "fileTitle", "fileName", "url", "src"), quote=False)
    return f'<p><a href="{url}">{words}</a></p>' if url else ""


_CARDS: dict[str, Callable[[Told], str]] = {
    "image": _image,
    "gallery": _gallery,
    "code": _code,
    "codeblock": _code,
    "markdown": lambda told: _markdown.html(_said(told, "markdown")),
    "card-markdown": lambda told: _markdown.html(_said(told, "markdown")),
    "html": lambda told: _said(told, "html"),
    "hr": lambda told: "<hr>",
    "horizontalrule": lambda told: "<hr>",
    "embed": lambda told: _said(told, "html") or _link(told),
    "bookmark": _bookmark,
    "button": _link,
    "file": _link,
    "video": _link,
    "audio": _link,
    "callout": lambda told: f"<blockquote>{_said(told, 'calloutText')}</blockquote>",
    "toggle": lambda told: f"<h4>{_said(told, 'heading')}</h4>{_said(told, 'content')}",
    "header": lambda told: f"<h2>{_said(told, 'header')}</h2><p>{_said(told, 'subheader')}</p>",
    "paywall": lambda told: "",
    "email-cta": lambda told: "",
    "signup": lambda told: "",
}
