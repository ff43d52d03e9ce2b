"""Jekyll: posts in _posts, each at its old address; pictures in media, comments in _data/comments."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from ..model import Post
from . import _dialect, _site

MARKS = ("---", "---")
COMMENTS = "sidecar"
INDEX = _site.INDEX
HTML = ""
MORE = "<!--more-->"  # where its settings say so: excerpt_separator
REDIRECTS = ("redirects", "---\npermalink: /_redirects\n---\n")  # of files that begin with _ Jekyll copies none


_OWN = tuple("cover published url id path name content collection output next previous dir".split())


def path(post: Post) -> str:
    """A post without a date is none for Jekyll, so it lies among the pages."""
    return _site.path(post, "_posts", "pages", "_drafts")


def front(post: Post, path: str) -> Mapping[str, Any]:
    front = {
        "layout": "post" if post.kind == "post" else "page",
        "title": post.title,
        "author": post.author,
        "date": post.published,
        "last_modified_at": post.updated,
        "permalink": _site.address(post.url, path),
        "excerpt": post.summary,
        "categories": post.categories,
        "tags": post.tags,
        "image": post.cover,
        "comments_key": _key(path) if post.comments else "",
    }
    return _site.told(front, replace(post, cover=""), *_OWN)


def media(name: str) -> str:
    return f"media/{name}"


def comments(path: str) -> str:
    """As `site.data.comments.posts[page.comments_key]` finds them in a template."""
    return f"_data/comments/{path.removeprefix('_').rpartition('/')[0]}/{_key(path)}.yml"


def _key(path: str) -> str:
    """The post's name; a digest where it is not ASCII, as Jekyll leaves other letters out of its data's names."""
    name = PurePosixPath(path).stem
    return name if name.isascii() else hashlib.sha256(name.encode()).hexdigest()[:16]


def link(from_: str, to: str, url: str = "") -> str:
    return _site.link(_site.address(url, to), to, url) if url else _site.public(to)


_LIQUID = re.compile(r"\{[{%]")


def body(markdown: str) -> str:
    """As kramdown takes it, with all that Liquid would run as text: it runs in code, too."""
    text = _dialect.kramdown(markdown)
    return _LIQUID.sub(r'{{ "\g<0>" }}', text) if "{" in text else text
