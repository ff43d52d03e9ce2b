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
    return _site.path(post, "content/posts", "content/pages", "content/drafts")


def front(post: Post, path: str) -> Mapping[str, Any]:
    old = _site.kept(post.url)
    return {
        "title": post.title,
        "description": post.summary,
        "date": post.published,
        "updated": post.updated,
        "path": _at(post.url, path).strip("/"),
        "aliases": (old.strip("/"),) if old.endswith("l") else (),
        "draft": _site.hidden(post) or None,
        "authors": (post.author,) if post.author else (),
        "taxonomies": {name: list(terms) for name, terms in _terms(post).items() if terms},
        "extra": _site.told({}, post),
    }


def _terms(post: Post) -> Mapping[str, tuple[str, ...]]:
    return {"categories": post.categories, "tags": post.tags}


def media(name: str) -> str:
    return f"static/media/{name}"


def comments(path: str) -> str:
    """As `load_data(path=…, required=false)` finds them: data/comments/ and `page.relative_path` with .yaml."""
    return path.replace("content", "data/comments", 1).removesuffix(".md") + ".yaml"


def link(from_: str, to: str, url: str = "") -> str:
    return _site.link(_at(url, to), to, url) if url else _site.public(to, "static/")


def _at(url: str, path: str) -> str:
    return _site.folder(_site.address(url, path, "content/"))


_OPEN = re.compile(r"\\(?!\{[{%])[\s\S]|\\?\{(?=[{%])|\{(?=[^{}\n]*\}$)", re.M)
_WITHIN = re.compile(r"(?<!\\)\]\((?:<>)?(?=[ )#])")


def body(markdown: str) -> str:
    """Shortcodes as text: Zola runs them in code, too, so that such code is written as HTML."""
    return "".join(_text(kind, text) for kind, text in _prose.pieces(markdown))


def _text(kind: _prose.Kind, text: str) -> str:
    """A link without an address, or to a place in the post that is no heading to Zola, it refuses as it stands."""
    if kind in ("prose", "cell"):
        text = _WITHIN.sub("](./", text)
        return _OPEN.sub(lambda found: "&#123;" if found[0].endswith("{") else found[0], text)
    if "{{" not in text and "{%" not in text:
        return text
    if kind == "block":
        return _prose.as_html(text, _escaped)
    code = text.strip("`") if len(text) - len(text.strip("`")) == 2 else text.strip("`")[1:-1]
    return f"<code>{_escaped(code)}</code>"


def _escaped(code: str) -> str:
    return re.sub(r"\{(?=[{%])", "&#123;", escape(code, quote=False))
