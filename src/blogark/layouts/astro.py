"""Astro: posts in src/content/blog by the schema of its blog, pictures in public/media, comments in src/data/comments.

A post's address is /blog/ and its name, as that blog has it; the old ones are for `--redirects`.
"""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from ..model import Post
from . import _prose, _site

MARKS = ("---", "---")
COMMENTS = "sidecar"
INDEX = _site.INDEX
HTML = ""
MORE = ""
REDIRECTS = ("public/_redirects", "")
_ROOT = "src/content/"


def path(post: Post) -> str:
    """A post without a date is none by the schema, so it lies among the pages; a draft is in no collection."""
    return _site.path(post, f"{_ROOT}blog", f"{_ROOT}pages", f"{_ROOT}_drafts")


def front(post: Post, path: str) -> Mapping[str, Any]:
    """Title and description are what the schema cannot do without; its heroImage is no address but a file in src."""
    title = post.title or "Untitled"
    front = {
        "title": title,
        "description": post.summary or title,
        "pubDate": post.published,
        "updatedDate": post.updated,
        "slug": PurePosixPath(path).stem,
        "author": post.author,
        "categories": post.categories,
        "tags": post.tags,
        "draft": _site.hidden(post) or None,
    }
    return _site.told(front, post, "heroImage", "image", "id")


def media(name: str) -> str:
    return f"public/media/{name}"


def comments(path: str) -> str:
    """As `import.meta.glob("/src/data/comments/blog/*.json", { eager: true })` finds them."""
    return f"src/data/comments/{path.removeprefix(_ROOT).removesuffix('.md')}.json"


def link(from_: str, to: str, url: str = "") -> str:
    return _site.link(_site.filed(url, to, _ROOT), to, url) if url else _site.public(to, "public/")


def body(markdown: str) -> str:
    return _prose.in_prose(markdown, _prose.unlinked)
