"""Pelican: posts in content/posts, each at its old address, with comments below; pictures in content/images."""

import re
from collections.abc import Mapping
from html import escape
from pathlib import PurePosixPath
from typing import Any

from ..model import Post
from . import _dialect, _prose, _site

MARKS = ("", "")
COMMENTS = "inline"  # it reads no data
INDEX = _site.INDEX
HTML = ""
MORE = ""
REDIRECTS = ("content/images/_redirects", "")


_OWN = ("authors", "template", "translation", "status")


def path(post: Post) -> str:
    """A post without a date is none for Pelican, so it lies among the pages; drafts it would put on the net."""
    return _site.path(post, "content/posts", "content/pages", "drafts")


def front(post: Post, path: str) -> Mapping[str, Any]:
    """Pelican takes words for HTML, the summary for Markdown. A name of ours is one of its own in capitals, too."""
    post, others = _site.apart(post, _has_page)
    address = _site.address(post.url, path, "content/").lstrip("/")
    front = {
        "Title": escape(post.title or "Untitled", quote=False),
        "Slug": PurePosixPath(path).stem,
        "Date": post.published,
        "Modified": post.updated,
        "Url": address,
        "Save_as": f"{address}index.html" if address.endswith("/") else address,
        "Status": "draft" if _site.hidden(post) else "",
        "Category": escape("".join(post.categories[:1]), quote=False),
        "Tags": _several(post.tags + post.categories[1:]),
        "Author": escape(post.author, quote=False) if _has_page(post.author) else "",
        "Summary": _dialect.python_markdown(_prose.text(post.summary)).strip(),
        "Other_terms": _several(others),
        "Byline": "" if _has_page(post.author) else post.author,
    }
    told = _site.told(front, post, *_OWN)
    return {name.capitalize(): value for name, value in told.items() if re.fullmatch(r"[\w-]+", name, re.A)}


def _has_page(term: str) -> bool:
    """Whether Pelican can name a page after it, by a letter or number that it does not take for a tag's."""
    return any(map(str.isalnum, re.sub(r"<[^>]*>", "", term)))


def _several(terms: tuple[str, ...]) -> str:
    """Terms in one line, which Pelican splits at semicolons, else at commas; a semicolon in one becomes a comma."""
    told = [term.replace(";", ",") for term in terms]
    return "".join(f"{term}; " for term in told).rstrip() if any("," in term for term in told) else ", ".join(told)


def media(name: str) -> str:
    return f"content/images/{name}"


def comments(path: str) -> str:
    return path.replace(".md", ".comments.yaml")


def link(from_: str, to: str, url: str = "") -> str:
    if not url:
        return _site.public(to, "content/")
    return _site.link(_site.address(url, to, "content/"), to, url)


def body(markdown: str) -> str:
    """As Python-Markdown takes it; a picture without words has a space for them, as Pelican warns of nothing."""
    return _prose.in_prose(_dialect.python_markdown(markdown), lambda text: text.replace("![](", "![ ]("))
