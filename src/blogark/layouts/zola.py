"""Zola: posts in content/posts with TOML, pictures in static/media, comments in data/comments.

An old address that ends with a slash is kept; one that ends with .html leads on by an alias.
"""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from ..model import Post
from . import _prose, _site

MARKS = ("+++", "+++")
COMMENTS = "sidecar"
INDEX = _site.INDEX
HTML = ""
MORE = "<!-- more -->"
REDIRECTS = ("static/_redirects", "")


def path(post: Post) -> str:
    """A section in the order of dates shows no post without one, so it lies among the pages."""
    if post.kind == "post" and post.day:
        return _site.file("content/posts", _site.stem(post))
    return _site.file("content/pages", _site.stem(post))


def front(post: Post, path: str) -> Mapping[str, Any]:
    old = _site.kept(post.url)
    return {
        "title": post.title,
        "description": post.summary,
        "date": post.published,
        "updated": post.updated,
        "path": link(path, path, post.url).strip("/"),
        "aliases": (old.strip("/"),) if old.endswith("l") else (),
        "draft": post.draft or None,
        "authors": (post.author,) if post.author else (),
        "taxonomies": {name: list(terms) for name, terms in _terms(post).items() if terms},
        "extra": _site.known(
            source=_site.source(post),
            comment_count=post.comment_count,
            lang=post.lang,
            cover=post.cover,
            partial=post.partial,
            **post.extra,
        ),
    }


def _terms(post: Post) -> Mapping[str, tuple[str, ...]]:
    return {"categories": post.categories, "tags": post.tags}


def media(name: str) -> str:
    return f"static/media/{name}"


def comments(path: str) -> str:
    """As `load_data(path=…, required=false)` finds them: data/comments/ and `page.relative_path` with .yaml."""
    return path.replace("content", "data/comments", 1).removesuffix(".md") + ".yaml"


def link(from_: str, to: str, url: str = "") -> str:
    return _site.folder(_site.address(url, to, "content/")) if url else _site.public(to, "static/")


_OPEN = re.compile(r"\\(?!\{[{%])[\s\S]|\\?\{(?=[{%])")
_BLOCK = re.compile(
    r"(?P<before>.*?)(?:`{3,}|~{3,})(?P<info>.*)\n(?P<code>(?:.*\n)*?)(?P<prefix>[ >]*)(?:`{3,}|~{3,})\n?"
)


def body(markdown: str) -> str:
    """Shortcodes as text: Zola runs them in code, too, so that such code is written as HTML."""
    return "".join(
        _text(kind, text) if "{{" in text or "{%" in text else text for kind, text in _prose.pieces(markdown)
    )


def _text(kind: _prose.Kind, text: str) -> str:
    if kind in ("prose", "cell"):
        return _OPEN.sub(lambda found: "&#123;" if found[0].endswith("{") else found[0], text)
    block = _BLOCK.fullmatch(text) if kind == "block" else None
    if block is None:
        code = text.strip("`") if len(text) - len(text.strip("`")) == 2 else text.strip("`")[1:-1]
        return f"<code>{_escaped(code)}</code>"
    name = f' class="language-{escape(block["info"])}"' if block["info"] else ""
    first = block["code"].removeprefix(block["prefix"])
    return f"{block['before']}<pre><code{name}>{_escaped(first)}{block['prefix']}</code></pre>\n"


def _escaped(code: str) -> str:
    """The prefix of quotes at a line's start is no code."""
    lines = (re.match(r"((?:> ?)*)(.*)", line, re.S) for line in code.split("\n"))
    return "\n".join(
        found[1] + re.sub(r"\{(?=[{%])", "&#123;", escape(found[2], quote=False)) for found in lines if found
    )
