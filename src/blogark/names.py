"""Slugs and file names: readable in any script, safe on any file system."""

import re
from contextlib import suppress
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from slugify import slugify

from . import urls

LONGEST = 120  # UTF-8 bytes of a file name
_STEM = 60  # UTF-8 bytes of a picture's own name
# What blog software makes up when a title gives it no letters: blog-post_12, post-77, 123456, p, f81d4fae-7dec-…
_MADE_UP = re.compile(
    r"(?:(?:blog-?post|post|entry|article|archives?|item|index|view|page|node|note|untitled|permalink|read|id|no|p|q)"
    r"[-_]?)?[\d_-]*(?:[0-9a-f]{4,}(?=[0-9a-f-]*\d)[0-9a-f-]{8,})?",
    re.I,
)
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)$")  # Windows keeps these for itself
_EXTENSION = re.compile(r"\.(?:html?|php|aspx?|jsp|md)$", re.I)

# Hosts whose blogs differ by the first part of the path.
_SHARED = frozenset(
    "blog.naver.com m.blog.naver.com medium.com brunch.co.kr velog.io dev.to note.com blog.daum.net m.blog.daum.net "
    "tumblr.com write.as users.livejournal.com".split()
)
_NO_BLOG = re.compile(r"\d+|.*[.-].*|p|feeds?|rss|atom|archives?|search|posts?|page|tags?|category|about", re.I)


def own_slug(url: str) -> str:
    """The last word of a permalink, decoded, without extension; '' when it has none."""
    return _EXTENSION.sub("", unquote(urls.split(url).path.rstrip("/").rpartition("/")[2]))


def telling(slug: str) -> bool:
    """Whether a person would read it as words: not `blog-post_12`, not `123456`."""
    return _MADE_UP.fullmatch(slug) is None and re.search(r"[^\W\d_]{2}", slug) is not None


def slug(own: str, title: str, fallback: str = "") -> str:
    """The permalink's own slug when it tells something, else the title's, else what there is; never ''."""
    for words in (own if telling(own) else "", title, own, fallback):
        if made := _safe(words):
            return f"{made}-" if _DEVICES.match(made) else made
    return "post"


_SAFE = re.compile(r"[a-z]+(?:-[a-z\d]+)*")  # as slugify would leave it


def _safe(words: str) -> str:
    return words if _SAFE.fullmatch(words) else str(slugify(words, allow_unicode=True)).strip("-")


def fit(stem: str, tail: str = "", limit: int = LONGEST) -> str:
    """stem + tail in at most `limit` UTF-8 bytes: the stem is cut, at a hyphen where one is near."""
    room = limit - len(tail.encode())
    if len(stem.encode()) <= room:
        return stem + tail
    cut = stem.encode()[:room].decode("utf-8", "ignore")
    at_word = cut.rpartition("-")[0]
    return (at_word if len(at_word) > len(cut) * 2 // 3 else cut).rstrip("-") + tail


def _decoded(name: str) -> str:
    """Of a percent-encoded name what a person reads; of old Korean, Japanese and Chinese servers, not in UTF-8."""
    raw = unquote_to_bytes(name.encode("utf-8", "replace"))
    for encoding in ("utf-8", "cp949", "cp932", "gb18030"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return unquote(name)


def media(url: str, sha256: str, extension: str, digits: int = 8) -> str:
    """`{stem}-{8 hex}{extension}`: the name of a saved picture, from the address that first named it."""
    own = _decoded(urls.split(url).path.rstrip("/").rpartition("/")[2]) if not url.startswith("data:") else ""
    stem = _safe(re.sub(r"\.\w{2,5}$", "", own)) or "picture"
    return fit(fit(stem, limit=_STEM), f"-{sha256[:digits]}{extension}")


def default_name(url: str) -> str:
    """The blog's host, then its first path part where several blogs share the host."""
    parts = urlsplit(url)
    first = unquote(parts.path).strip("/").partition("/")[0]
    alone = first and "/" not in parts.path.strip("/")
    shares = urls.host(url) in _SHARED or (alone and not _NO_BLOG.fullmatch(first))
    host = parts.netloc.lower().rpartition("@")[2]
    name = f"{host}-{first}" if first and shares else host
    return re.sub(r'[\x00-\x1f<>:"/\\|?*]', "_", name) or "blog"
