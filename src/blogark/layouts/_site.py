"""What the layouts of site generators share: names of files, and the addresses that their sites answer at."""

import re
from typing import Any
from urllib.parse import urlsplit

from .. import names, urls
from ..model import Post

INDEX = ".blogark/INDEX.md"  # where no generator takes it for a page
_LONGEST = 200  # UTF-8 bytes of a part of a path: as a file system's names may be, with room for an ending
_LETTER = r"(?!\s)[A-Za-z0-9_~@+,\xa1-\ufffc\U00010000-\U0010ffff-]"
_KEPT = re.compile(rf"(?:/(?:{_LETTER}|(?<!/)\.)+)*/(?:(?:{_LETTER})+(?:\.html?)?|(?:(?:{_LETTER}|(?<!/)\.)+/))")


def slug(post: Post) -> str:
    return names.slug(post.slug or names.own_slug(post.url), post.title, post.id)


def stem(post: Post) -> str:
    """`{date}-{slug}`, or the slug alone where no date is known."""
    return f"{post.day}-{slug(post)}" if post.day else slug(post)


def file(folder: str, stem: str, ending: str = ".md") -> str:
    """`{folder}/{stem}{ending}`, the name no longer than a file's may be."""
    return f"{folder}/{names.fit(stem, ending)}"


def kept(url: str) -> str:
    """The path of a permalink, decoded, where a site of files can answer at it; else ''.

    It ends with .html, .htm or a slash. One with a query or another ending, or with letters that some file system
    refuses, cannot be kept.
    """
    path = urls.path(url)
    long = any(len(part.encode("utf-8", "replace")) > _LONGEST for part in path.split("/"))
    if long or not _KEPT.fullmatch(path) or urlsplit(url).query or re.search(r"(?:^|/)index\.html?$", path):
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


def source(post: Post) -> str:
    """The permalink, where it is one of the web."""
    return post.url if post.url.startswith(("http://", "https://")) else ""


def known(**values: Any) -> dict[str, Any]:
    """These without what is not known."""
    return {name: value for name, value in values.items() if value not in ("", (), None)}


def filed(url: str, path: str, root: str) -> str:
    """Where the site shows the post at `path`, when its addresses are those of its files."""
    return address(f"#{url.partition('#')[2]}".rstrip("#"), path, root)


def folder(address: str) -> str:
    """The same address without .html, for a site whose pages are folders."""
    path, sign, fragment = address.partition("#")
    return re.sub(r"\.html?$", "/", path) + sign + fragment
