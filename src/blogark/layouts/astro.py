"""Astro: posts in src/content/blog by the schema of its blog, pictures in public/media, comments in src/data/comments.

A post's address is /blog/ and its name, as that blog has it; the old ones are for `--redirects`.
"""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from ..model import Post
from . import _site

MARKS = ("---", "---")
COMMENTS = "sidecar"
INDEX = _site.INDEX
HTML = ""
MORE = ""
REDIRECTS = ("public/_redirects", "")
_ROOT = "src/content/"


def path(post: Post) -> str:
    """A post without a date is none by the schema, so it lies among the pages."""
    if post.kind == "post" and post.day:
        return _site.file(f"{_ROOT}blog", _site.stem(post))
    return _site.file(f"{_ROOT}pages", _site.stem(post))


def front(post: Post, path: str) -> Mapping[str, Any]:
    """Title and description are what the schema cannot do without."""
    title = post.title or "Untitled"
    return {
        "title": title,
        "description": post.summary or title,
        "pubDate": post.published,
        "updatedDate": post.updated,
        "slug": PurePosixPath(path).stem,
        "author": post.author,
        "categories": post.categories,
        "tags": post.tags,
        "source": _site.source(post),
        "comment_count": post.comment_count,
        "lang": post.lang,
        "cover": post.cover,
        "draft": post.draft or None,
        "partial": post.partial,
        **post.extra,
    }


def media(name: str) -> str:
    return f"public/media/{name}"


def comments(path: str) -> str:
    """As `import.meta.glob("/src/data/comments/blog/*.json", { eager: true })` finds them."""
    return f"src/data/comments/{path.removeprefix(_ROOT).removesuffix('.md')}.json"


def link(from_: str, to: str, url: str = "") -> str:
    return _site.filed(url, to, _ROOT) if url else _site.public(to, "public/")


def body(markdown: str) -> str:
    return markdown
