"""What the layouts of site generators share: names of files, and the addresses that their sites answer at."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from posixpath import dirname
from typing import Any
from urllib.parse import urlsplit

from .. import names, urls
from ..model import Post

INDEX = ".blogark/INDEX.md"  # where no generator takes it for a page
_LONGEST = 200  # UTF-8 bytes of a part of a path: as a file system's names may be, with room for an ending
_DETAILS = ("comment_count", "lang", "cover", "partial")  # for which generators have no words
_LISTS = frozenset("index posts pages tags categories blog".split())
_SHUT = frozenset(
    "private password protected pending future scheduled friends members paid tiers only_paid founding draft".split()
)
_LETTER = r"(?!\s)[A-Za-z0-9_~@+,\xa1-\ufffc\U00010000-\U0010ffff-]"
# What generators make themselves: lists of posts and their pages, lists of terms and each term's, their page of errors.
_TAKEN = re.compile(
    r"/(?:_redirects(?:\.html?|/)?|(?:tags?|categor(?:y|ies)|authors?|page|drafts)(?:/.*)?|posts/?|blog/?|pages/[^/.]+/?"
    r"|(?:404|archives?|tags|categories|authors)\.html)"
)
_KEPT = re.compile(rf"(?:/(?:{_LETTER}|(?<!/)\.)+)*/(?:(?:{_LETTER})+(?:\.html?)?|(?:(?:{_LETTER}|(?<!/)\.)+/))")


def slug(post: Post) -> str:
    return names.slug(post.slug or names.own_slug(post.url), post.title, post.id)


def page(post: Post) -> str:
    """The slug as a page's name: none that a generator has for a folder itself or for a list."""
    name = slug(post)
    return f"{name}-page" if name in _LISTS else name


def stem(post: Post) -> str:
    """`{date}-{slug}`, or the slug alone where no date is known."""
    return f"{post.day}-{slug(post)}" if post.day else slug(post)


def path(post: Post, posts: str, pages: str, drafts: str, *, undated: bool = False) -> str:
    """Where a post lies of these folders; among the posts one without a date only when `undated`.

    `drafts` ends with that word: by it `link` knows what the site does not show.
    """
    if hidden(post):
        return file(drafts, stem(post) if post.day else page(post))
    folder = posts if post.kind == "post" and (post.day or undated) else pages
    return file(folder, stem(post) if folder == posts and post.day else page(post))


def link(address: str, to: str, url: str) -> str:
    """`address`, where the file `to` is shown; for a draft, which is not, the permalink `url` that it had."""
    return (source(url) or "#") if dirname(to).endswith("drafts") else address


def hidden(post: Post) -> bool:
    """Whether it is not for everyone: a draft, or what its blog showed to some readers or to none."""
    said = {str(post.extra.get(name, "")).lower() for name in ("status", "visibility")}
    return post.draft or not _SHUT.isdisjoint(said)


def file(folder: str, stem: str, ending: str = ".md") -> str:
    """`{folder}/{stem}{ending}`, the name no longer than a file's may be."""
    return f"{folder}/{names.fit(stem, ending)}"


def kept(url: str) -> str:
    """The path of a permalink, decoded, where a site of files can answer at it; else ''.

    It ends with .html, .htm or a slash. One with a query or another ending, or with letters that some file system
    refuses, cannot be kept, nor one that a generator has for its own lists.
    """
    path = urls.path(url)
    long = any(len(part.encode("utf-8", "replace")) > _LONGEST for part in path.split("/"))
    if long or not _KEPT.fullmatch(path) or _TAKEN.fullmatch(path) or urlsplit(url).query:
        return ""
    if re.search(r"(?:^|/)index\.html?$", path):
        return ""
    return path if path.endswith((".html", ".htm", "/")) else f"{path}/"


def address(url: str, path: str, root: str = "") -> str:
    """Where the site shows the post of this permalink that lies at `path`: at its old path, else by the file's.

    `root` is the folder whose files are the site's pages. The permalink's fragment is kept.
    """
    own = "/" + path.removeprefix(root).removeprefix("_").removesuffix(".md") + "/"
    _, sign, fragment = url.partition("#")
    return (kept(url) or own) + sign + fragment


def public(path: str, root: str = "") -> str:
    """The address of a file that the generator copies as it is from the folder `root`."""
    return "/" + path.removeprefix(root)


def source(url: str) -> str:
    """The permalink, where it is one of the web."""
    return url if url.startswith(("http://", "https://")) else ""


def apart(post: Post, listed: Callable[[str], bool]) -> tuple[Post, tuple[str, ...]]:
    """The post with those terms that are `listed`, which the generator can make a list for, and the others."""
    categories, tags = (tuple(filter(listed, terms)) for terms in (post.categories, post.tags))
    others = (term for term in post.categories + post.tags if not listed(term))
    return replace(post, categories=categories, tags=tags), tuple(dict.fromkeys(others))


def told(front: Mapping[str, Any], post: Post, *taken: str) -> dict[str, Any]:
    """`front`, and what else the post says, as plain files name it; under `old_…` where the generator has the name.

    `taken`: names that mean something to the generator, beside those in `front`. What is not known is left out.
    """
    details = {"source": source(post.url), **{name: getattr(post, name) for name in _DETAILS}}
    own = {name: value for name, value in details.items() if value not in ("", None)}
    names = {name.casefold() for name in (*front, *taken, *own)}
    more = {f"old_{name}" if name.casefold() in names else name: value for name, value in post.extra.items()}
    return {name: value for name, value in {**front, **own, **more}.items() if value not in ("", (), None)}


def filed(url: str, path: str, root: str) -> str:
    """Where the site shows the post at `path`, when its addresses are those of its files."""
    return address(f"#{url.partition('#')[2]}".rstrip("#"), path, root)


def folder(address: str) -> str:
    """The same address without .html, for a site whose pages are folders."""
    path, sign, fragment = address.partition("#")
    return re.sub(r"\.html?$", "/", path) + sign + fragment
