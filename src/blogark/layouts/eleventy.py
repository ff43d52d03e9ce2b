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


_OBJECT = frozenset(
    "all constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf __proto__ "
    "__defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__".split()
)
_OWN = tuple("layout pagination collections comments page pkg content eleventy eleventyComputed".split())


def path(post: Post) -> str:
    return _site.path(post, "posts", "pages", "drafts", undated=True)


def front(post: Post, path: str) -> Mapping[str, Any]:
    """With `templateEngineOverride` no braces in a post are run as Liquid.

    A tag names a collection, which what any object of JavaScript has cannot be, nor the one of all posts.
    """
    post, others = _site.apart(post, lambda term: term not in _OBJECT)
    front = {
        "title": post.title,
        "author": post.author,
        "date": post.published,
        "updated": post.updated,
        "permalink": not _site.hidden(post) and _site.address(post.url, path),
        "description": post.summary,
        "categories": post.categories,
        "tags": post.tags,
        "other_terms": others,
        "draft": _site.hidden(post) or None,
        "eleventyExcludeFromCollections": _site.hidden(post) or None,
        "templateEngineOverride": "md",
    }
    return _site.told(front, post, *_OWN)


def media(name: str) -> str:
    return f"media/{name}"


def comments(path: str) -> str:
    """As `comments.posts[key]` finds them, where key is the name in `page.inputPath`: other names have no date."""
    return f"_data/comments/{path.removesuffix('.md')}.json"


def link(from_: str, to: str, url: str = "") -> str:
    return _site.link(_site.address(url, to), to, url) if url else _site.public(to)


def body(markdown: str) -> str:
    return markdown
