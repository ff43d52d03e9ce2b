"""Eleventy: posts in posts, each at its old address; pictures in media, comments in _data/comments."""

from collections.abc import Mapping
from typing import Any

from ..model import Post
from . import _site

MARKS = ("---", "---")
COMMENTS = "sidecar"
INDEX = ".blogark/INDEX.txt"  # it makes pages of all .md there are
HTML = ""
MORE = ""
REDIRECTS = (
    "redirects.liquid",
    "---\npermalink: /_redirects\nlayout: false\neleventyExcludeFromCollections: true\n---\n",
)


def path(post: Post) -> str:
    if post.draft:
        return _site.file("drafts", _site.stem(post))
    return _site.file("posts", _site.stem(post)) if post.kind == "post" else _site.file("pages", _site.slug(post))


def front(post: Post, path: str) -> Mapping[str, Any]:
    """With `templateEngineOverride` no braces in a post are run as Liquid."""
    return {
        "title": post.title,
        "author": post.author,
        "date": post.published,
        "updated": post.updated,
        "permalink": False if post.draft else _site.address(post.url, path),
        "description": post.summary,
        "categories": post.categories,
        "tags": post.tags,
        "source": _site.source(post),
        "comment_count": post.comment_count,
        "lang": post.lang,
        "cover": post.cover,
        "draft": post.draft or None,
        "partial": post.partial,
        "templateEngineOverride": "md",
        **post.extra,
    }


def media(name: str) -> str:
    return f"media/{name}"


def comments(path: str) -> str:
    """As `comments.posts[key]` finds them, where key is the name in `page.inputPath`: other names have no date."""
    return f"_data/comments/{path.removesuffix('.md')}.json"


def link(from_: str, to: str, url: str = "") -> str:
    return _site.address(url, to) if url else _site.public(to)


def body(markdown: str) -> str:
    return markdown
