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
    return _site.path(post, "content/posts", "content", "content/drafts", undated=True)


def front(post: Post, path: str) -> Mapping[str, Any]:
    """The summary is Markdown. A term's list lies in a folder of its name, where the list of all terms has no room."""
    post, others = _site.apart(post, lambda term: term.lower() not in ("index.html", "index.xml"))
    front = {
        "title": post.title,
        "date": post.published,
        "lastmod": post.updated,
        "slug": _site.slug(post),
        "url": _site.address(post.url, path, "content/"),
        "summary": body(_prose.text(post.summary)),
        "categories": post.categories,
        "tags": post.tags,
        "draft": _site.hidden(post) or None,
    }
    return {**front, "params": _site.told({"author": post.author, "other_terms": others}, post, *front)}


def media(name: str) -> str:
    return f"static/media/{name}"


def comments(path: str) -> str:
    """As `index site.Data.comments "posts" .File.ContentBaseName` finds them in a template."""
    return path.replace("content", "data/comments", 1).removesuffix(".md") + ".yaml"


def link(from_: str, to: str, url: str = "") -> str:
    if not url:
        return _site.public(to, "static/")
    return _site.link(_site.address(url, to, "content/"), to, url)


_PROSE = re.compile(
    r"""(?P<plain>\\(?!\{\{[<%]|<!--)[\s\S]) | \\?\{\{(?=[<%]) | \\?<(?=!--\s*more\s*-->) | ^[ >]*:(?=[ ])
      | \{(?=[\#.\w][^{}\n]*\}$)
    """,
    re.M | re.X,
)
_BLOCK = re.compile(r"(?<=\n\n)(?=[^ >|*-])(?!\d+[.)] |\[\^)")
_OPEN = re.compile(r"\{\{([<%])")


def body(markdown: str) -> str:
    """Shortcodes as text: Hugo runs them in code, too, where it knows no sign for a brace but a comment.

    Neither is a line that begins with a colon a definition.
    """
    if not any(sign in markdown for sign in ("{", "<!--", ":")):
        return markdown
    return _commented(_cut("".join(_text(kind, text) for kind, text in _prose.pieces(markdown))))


def _text(kind: _prose.Kind, text: str) -> str:
    """A brace behind the name of a block's language begins attributes."""
    if kind == "block":
        return _prose.unbraced(text)
    return _PROSE.sub(_named, _prose.unlinked(text)) if kind in ("prose", "cell") else text


def _cut(text: str) -> str:
    """Hugo cuts a post at its first such sign, in code, too, where it then is missing: a cut before that saves it."""
    before, sign, _ = text.partition(MORE)
    if not sign or _prose.CUT in before:
        return text
    at = found.start() if (found := _BLOCK.search(before)) else 0
    return f"{text[:at]}{MORE}\n\n{text[at:]}"


def _named(sign: re.Match[str]) -> str:
    if sign["plain"]:
        return sign[0]
    if sign[0][-1] == ":":
        return f"{sign[0][:-1]}\\:"
    return {"{{": "&#123;{", "{": "&#123;", "<": "&lt;"}[sign[0].removeprefix("\\")]


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
