"""Hugo: posts in content/posts, each at its old address; pictures in static/media, comments in data/comments."""

import re
from collections.abc import Mapping
from typing import Any

from ..model import Post
from . import _prose, _site

MARKS = ("---", "---")
COMMENTS = "sidecar"
INDEX = _site.INDEX
HTML = "markup.goldmark.renderer.unsafe = true in hugo.toml"
MORE = "<!--more-->"
REDIRECTS = ("static/_redirects", "")


def path(post: Post) -> str:
    if post.kind == "page":
        return _site.file("content", _site.slug(post))
    return _site.file("content/posts", _site.stem(post))


def front(post: Post, path: str) -> Mapping[str, Any]:
    return {
        "title": post.title,
        "date": post.published,
        "lastmod": post.updated,
        "url": _site.address(post.url, path, "content/"),
        "summary": post.summary,
        "categories": post.categories,
        "tags": post.tags,
        "draft": post.draft or None,
        "params": _site.known(
            author=post.author,
            source=_site.source(post),
            comment_count=post.comment_count,
            lang=post.lang,
            cover=post.cover,
            partial=post.partial,
            **post.extra,
        ),
    }


def media(name: str) -> str:
    return f"static/media/{name}"


def comments(path: str) -> str:
    """As `index site.Data.comments "posts" .File.ContentBaseName` finds them in a template."""
    return path.replace("content", "data/comments", 1).removesuffix(".md") + ".yaml"


def link(from_: str, to: str, url: str = "") -> str:
    return _site.address(url, to, "content/") if url else _site.public(to, "static/")


_PROSE = re.compile(r"\\(?!\{\{[<%]|<!--)[\s\S]|\\?\{\{(?=[<%])|\\?<(?=!--\s*more\s*-->)|^[ >]*:(?= )", re.M)
_OPEN = re.compile(r"\{\{([<%])")


def body(markdown: str) -> str:
    """Shortcodes as text: Hugo runs them in code, too, where it knows no sign for a brace but a comment.

    Neither is a line that begins with a colon a definition.
    """
    if "{{" not in markdown and "<!--" not in markdown and ": " not in markdown:
        return markdown
    return _commented(_prose.in_prose(markdown, lambda text: _PROSE.sub(_named, text)))


def _named(sign: re.Match[str]) -> str:
    if sign[0][-1] == ":" and sign[0][0] != "\\":
        return f"{sign[0][:-1]}\\:"
    return {"{{": "&#123;{", "<": "&lt;"}.get(sign[0].removeprefix("\\"), sign[0])


def _commented(text: str) -> str:
    """Each shortcode that is left, from its opening to its end, as Hugo writes one that it shall not run."""
    parts: list[str] = []
    done = 0
    while opened := _OPEN.search(text, done):
        end = {"<": ">}}", "%": "%}}"}[opened[1]]
        close = text.find(end, opened.end())
        if close < 0:  # a link's definition, which shows nothing, holds the end
            return "".join([*parts, text[done : opened.end()], "/*", text[opened.end() :], f"\n[//]: # (*/{end})\n"])
        parts += [text[done : opened.end()], "/*", text[opened.end() : close], "*/", end]
        done = close + len(end)
    return "".join([*parts, text[done:]])
