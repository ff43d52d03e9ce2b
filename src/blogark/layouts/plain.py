"""Plain: for reading and keeping. One folder a year, front matter that any tool reads."""

import posixpath
from collections.abc import Mapping
from typing import Any

from .. import names
from ..model import Post

MARKS = ("---", "---")
COMMENTS = "inline"  # where this layout puts comments unless told otherwise


def path(post: Post) -> str:
    """Where the post lies, posix, relative to the archive folder."""
    day = post.day
    stem = names.slug(post.slug or names.own_slug(post.url), post.title, post.id)
    name = names.fit(f"{day}-{stem}" if day else stem, ".md")
    if post.draft:
        return f"drafts/{name}"
    if post.kind == "page":
        return f"pages/{names.fit(stem, '.md')}"
    return f"posts/{day.year if day else 'undated'}/{name}"


def front(post: Post) -> Mapping[str, Any]:
    """What the front matter says, in its order; unknown values are left out when written."""
    return {
        "title": post.title,
        "author": post.author,
        "date": post.published,
        "updated": post.updated,
        "source": post.url if post.url.startswith(("http://", "https://")) else "",
        "comment_count": post.comment_count,
        "categories": post.categories,
        "tags": post.tags,
        "lang": post.lang,
        "cover": post.cover,
        "type": "page" if post.kind == "page" else "",
        "draft": post.draft,
        "partial": post.partial,
        **post.extra,
    }


def media(name: str) -> str:
    """Where a picture lies, posix, relative to the archive folder."""
    return f"media/{name}"


def link(from_: str, to: str) -> str:
    """The address of file `to` as the file `from_` writes it."""
    return posixpath.relpath(to, posixpath.dirname(from_))


def body(markdown: str) -> str:
    return markdown
