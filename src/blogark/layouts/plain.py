"""Plain: for reading and keeping. One folder a year, front matter that any tool reads."""

import posixpath
from collections.abc import Mapping
from typing import Any

from ..model import Post
from . import _site

MARKS = ("---", "---")
COMMENTS = "inline"  # where this layout puts comments unless told otherwise
INDEX = "INDEX.md"
HTML = ""
MORE = ""
REDIRECTS = None


def path(post: Post) -> str:
    """Where the post lies, posix, relative to the archive folder."""
    if post.draft:
        return _site.file("drafts", _site.stem(post))
    if post.kind == "page":
        return _site.file("pages", _site.slug(post))
    return _site.file(f"posts/{post.day.year if post.day else 'undated'}", _site.stem(post))


def front(post: Post, path: str = "") -> Mapping[str, Any]:
    """What the front matter says, in its order; unknown values are left out when written."""
    return {
        "title": post.title,
        "author": post.author,
        "date": post.published,
        "updated": post.updated,
        "source": _site.source(post.url),
        "comment_count": post.comment_count,
        "categories": post.categories,
        "tags": post.tags,
        "lang": post.lang,
        "cover": post.cover,
        "type": "page" if post.kind == "page" else "",
        "draft": post.draft or None,
        "partial": post.partial,
        **post.extra,
    }


def media(name: str) -> str:
    """Where a picture lies, posix, relative to the archive folder."""
    return f"media/{name}"


def comments(path: str) -> str:
    """Where the comments of the post at `path` lie, when they have a file of their own."""
    return path.replace(".md", ".comments.yaml")


def link(from_: str, to: str, url: str = "") -> str:
    """The address of file `to` as the file `from_` writes it."""
    return posixpath.relpath(f"/{to}", f"/{posixpath.dirname(from_)}")  # else the system is asked where we are


def body(markdown: str) -> str:
    return markdown
