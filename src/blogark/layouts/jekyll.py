"""Jekyll: posts in _posts, each at its old address; pictures in media, comments in _data/comments."""

import hashlib
import re
from collections.abc import Mapping
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


def path(post: Post) -> str:
    """A post without a date is none for Jekyll, so it lies among the pages."""
    if post.draft:
        return _site.file("_drafts", _site.slug(post))
    return _site.file("_posts", _site.stem(post)) if _is_post(post) else _site.file("pages", _site.slug(post))


def _is_post(post: Post) -> bool:
    return post.kind == "post" and post.day is not None


def front(post: Post, path: str) -> Mapping[str, Any]:
    return {
        "layout": "post" if post.kind == "post" else "page",
        "title": post.title,
        "author": post.author,
        "date": post.published,
        "last_modified_at": post.updated,
        "permalink": _site.address(post.url, path),
        "excerpt": post.summary,
        "categories": post.categories,
        "tags": post.tags,
        "source": _site.source(post),
        "comment_count": post.comment_count,
        "comments_key": _key(path) if post.comments else "",
        "lang": post.lang,
        "image": post.cover,
        "partial": post.partial,
        **post.extra,
    }


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
    return _site.address(url, to) if url else _site.public(to)


_LIQUID = re.compile(r"\{[{%]")


def body(markdown: str) -> str:
    """As kramdown takes it, with all that Liquid would run as text: it runs in code, too."""
    text = _dialect.kramdown(markdown)
    return _LIQUID.sub(r'{{ "\g<0>" }}', text) if "{" in text else text
