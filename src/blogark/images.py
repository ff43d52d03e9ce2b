"""Which address is the picture, and which bytes are one."""

import hashlib
import mimetypes
import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote_to_bytes

from . import originals, parse, urls
from .model import Page
from .parse import Element


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture or attachment of a post."""

    url: str  # as the post names it, absolute
    larger: tuple[str, ...] = ()  # where its page says that larger ones are, the best first
    picture: bool = True  # else a file of any kind, but no page


# Where pages and their lazy loaders keep the address of the picture itself, the largest first.
_ATTRIBUTES = (
    "data-orig-file data-original-src data-full-url data-large-file data-lazy-src data-lazyload data-original "
    "data-actualsrc data-src-large data-src data-lazy data-echo data-url data-image data-hi-res-src data-canonical-src"
).split()
_LARGER = "data-orig-file data-original-src data-full-url data-large-file data-hi-res-src data-canonical-src".split()
_SETS = ("data-lazy-srcset", "data-srcset", "srcset")
_MORE = frozenset((*_LARGER, *_SETS))
_MAYBE = re.compile(  # a name of what stands there until a script puts the picture
    r"(?:blank|spacer|transparent|placeholder|loading|lazy|pixel|grey|1x1|clear|trans)\w*[-.\w]*\.(?:gif|png|svg|jpe?g)$",
    re.I,
)
_SURELY = re.compile(
    r"(?:blank|spacer|transparent|placeholder|pixel|1x1|clear|trans)(?:[-_.]?(?:\d+(?:x\d+)?|px|dot|image|img|gif))*"
    r"\.(?:gif|png|svg)$",
    re.I,
)
_SIZES = re.compile(r"[\d.]+[wx](?:, [\d.]+[wx])*+,?")  # of a set that writes all of them, as most do
_CANDIDATE = re.compile(r"\s*(\S*[^,\s])(?:\s+([\d.]+)([wx]))?\s*(?:,|$)")


def source(e: Element) -> str:
    """The address of the picture that an <img> shows once its page has loaded; '' for none."""
    shown = (e.get("src") or "").strip()
    if _leads(shown) and not _MAYBE.match(_name(shown)):
        return shown
    for address in _promised(e):
        if _leads(address):
            return address
    if _leads(shown):
        return "" if _SURELY.match(_name(shown)) else shown
    return shown if shown.startswith("data:image/") and not _only_holds_a_place(e, shown) else ""


def _leads(address: str) -> bool:
    return bool(address) and not address.startswith(("data:", "about:"))


def _name(address: str) -> str:
    return address.partition("?")[0].rpartition("/")[2]


def _promised(e: Element) -> Iterator[str]:
    for name in _ATTRIBUTES:
        yield (e.get(name) or "").strip()
    for name in _SETS:
        yield largest(e.get(name) or "")
    for of in _sources(e):
        for name in _SETS:
            yield largest(of.get(name) or "")


def _only_holds_a_place(e: Element, address: str) -> bool:
    """Whether a picture within its page is a dot, an empty box or a blur where a script puts the real one."""
    if e.get("aria-hidden") == "true":
        return True
    if address.startswith("data:image/svg"):
        return not _DRAWS.search(data(address))
    start = data(address[:_START])
    order: Literal["big", "little"] = "big" if start.startswith(b"\x89PNG") else "little"
    at, width = (16, 4) if order == "big" else (6, 2)  # in GIF
    sizes = [int.from_bytes(start[n : n + width], order) for n in (at, at + width)]
    return bool(sniff(start) in {"image/png", "image/gif", None} and min(sizes) <= _DOT)


_START = 512  # characters of a data: address
_DOT = 2  # pixels
_DRAWS = re.compile(rb"<(?:path|text|circle|ellipse|image|line|polygon|polyline|use)\b")  # a lone <rect> is a grey box


def largest(srcset: str) -> str:
    """The address in a srcset with the greatest width or density."""
    if not srcset:
        return ""
    said = srcset.split()
    addresses, sizes = said[::2], said[1::2]
    usual = (
        len(addresses) == len(sizes) and _SIZES.fullmatch(" ".join(sizes)) and ", " not in " ".join([*addresses, ""])
    )
    if usual:
        numbers = [float(size.rstrip("wx,")) for size in sizes]
    else:
        found = _CANDIDATE.findall(srcset)
        addresses, numbers = [address for address, _, _ in found], [float(size or 1) for _, size, _ in found]
    return addresses[numbers.index(max(numbers))] if numbers else ""


def sets(e: Element) -> str:
    """What an <img> says of larger copies of its picture, as `larger` reads it; '' for most."""
    sources, names = _sources(e), e.keys()
    if not sources and _MORE.isdisjoint(names):
        return ""
    found = [e.get(name, "").strip() for name in _LARGER if name in names]
    for of in (e, *sources):
        found += [f" {said}" for name in _SETS if (said := of.get(name))]
    return "\n".join([" ".join(each.split("\n")) for each in found])


def larger(said: str) -> tuple[str, ...]:
    """The addresses of larger pictures in what `sets` gives, the best first."""
    found = (largest(line) if line[:1] == " " and _SIZED.search(line) else line for line in said.split("\n"))
    return tuple(dict.fromkeys(each.replace(" ", "%20") for each in found if _leads(each) and each[0] != " "))


def _sources(e: Element) -> list[Element]:
    return [source for picture in e.iterancestors("picture") for source in picture.iter("source")]


_SIZED = re.compile(r"\s[\d.]+[wx]\s*(?:,|$)")
_PICTURE = re.compile(r"(?:^|/)[^/:]*\.(?:jpe?g|jpe|png|gif|webp|avif|heic|bmp|tiff?|svg)$", re.I)
_FILE = re.compile(
    r"\.(?:pdf|zip|rar|7z|gz|tgz|bz2|xz|mp3|m4a|ogg|oga|opus|wav|flac|wma|mp4|m4v|mov|webm|avi|wmv|3gp|docx?|xlsx?|pptx?"
    r"|od[tsp]|hwpx?|rtf|epub|mobi|csv|srt|txt|ttf|psd|ai|swf|torrent|ics|gpx|kmz|apk|jar)$",
    re.I,
)


def linked(href: str, post: str, around: bool) -> Wanted | None:
    """What a link of a post leads to that is part of the post: a picture, `around` which it may stand, or a file."""
    path = urls.path(href)
    if not urls.is_web(href) or originals.is_ignored(href):
        return None
    own = urls.domain(href) == urls.domain(post) or originals.is_media_host(href)
    shows = _PICTURE.search(path) and (around or own)
    if shows or originals.lookups(href) or (around and len(originals.candidates(href)) > 1):
        return Wanted(href)
    return Wanted(href, picture=False) if own and _FILE.search(path) else None


EXTENSIONS = {
    "image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp", "image/avif": ".avif",
    "image/heic": ".heic", "image/bmp": ".bmp", "image/tiff": ".tif", "image/x-icon": ".ico", "image/svg+xml": ".svg",
}  # fmt: skip
_SIGNS = (
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"RIFF....WEBP", re.S), "image/webp"),
    (re.compile(rb"....ftyp(?:avif|avis|(?:mif1|msf1).{0,32}?avif)", re.S), "image/avif"),
    (re.compile(rb"....ftyp(?:heic|heix|mif1|msf1|hevc)", re.S), "image/heic"),
    (re.compile(rb"BM.{4}\0\0\0\0", re.S), "image/bmp"),
    (re.compile(rb"II\*\0|MM\0\*"), "image/tiff"),
    (re.compile(rb"\x00\x00\x01\x00[^\x00]"), "image/x-icon"),
    (
        re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE svg[^>]*>\s*)*<svg\b", re.S),
        "image/svg+xml",
    ),
)


def sniff(head: bytes) -> str | None:
    """The media type of a picture by its first bytes (512 are enough); None when it is no picture."""
    return next((kind for sign, kind in _SIGNS if sign.match(head)), None)


_FILES = (
    (re.compile(rb"%PDF-"), "application/pdf"),
    (re.compile(rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]"), "audio/mpeg"),
    (re.compile(rb"OggS"), "application/ogg"),
    (re.compile(rb"RIFF....WAVE", re.S), "audio/x-wav"),
    (re.compile(rb"fLaC"), "audio/flac"),
    (re.compile(rb"....ftyp", re.S), "video/mp4"),
    (re.compile(rb"\x1aE\xdf\xa3"), "video/webm"),
)
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype html|html|head|body|title|meta)\b",
    re.I | re.S,
)
_ANY = "application/octet-stream"


def kind(head: bytes, wanted: Wanted) -> str | None:
    """The media type of what was sent for `wanted`, by its first bytes (512 are enough); None for what it is not."""
    if (found := sniff(head)) or wanted.picture:
        return found
    if not head or _PAGE.match(head):
        return None
    signed = (kind for sign, kind in _FILES if sign.match(head))
    return next(signed, None) or mimetypes.guess_type(urls.path(wanted.url))[0] or _ANY


def extension(kind: str, url: str) -> str:
    """The end of a saved file's name: of a picture by its type, of another file as its address has it."""
    named = _FILE.search(urls.path(url))
    return EXTENSIONS.get(kind) or (named[0].lower() if named else ".bin")


def short(url: str) -> str:
    """The address as it is remembered and told: of a picture within its page, a digest."""
    return f"data:{hashlib.sha256(url.encode()).hexdigest()[:16]}" if url.startswith("data:") else url


def data(url: str) -> bytes:
    """What a data: address holds (RFC 2397); b'' when that cannot be read."""
    head, _, body = url.partition(",")
    raw = unquote_to_bytes(body)
    try:
        return b64decode(b"".join(raw.split()) + b"==") if head.lower().endswith(";base64") else raw
    except (Error, ValueError):
        return b""


_ACTIVE = re.compile(
    rb"<\s*/?\s*(?:[\w-]+:)?(?:script|foreignobject|iframe|embed|object|handler)\b|[\s\"'/]on\w+\s*=|javascript:|data:text|<!(?:entity|doctype[^>]*\[)|<\?xml-|&#",
    re.I,
)
_RUNS = frozenset("script foreignobject iframe embed object handler".split())


def inert(svg: bytes) -> bytes:
    """A drawing without what would run when it is opened by itself; the same bytes where nothing would.

    Raises ReadError for what is no XML.
    """
    if not _ACTIVE.search(svg):
        return svg
    root = parse.xml(Page("", svg))
    for e in list(root.iter()):
        name = e.tag.rpartition("}")[2].lower() if isinstance(e.tag, str) else "script"
        if name in _RUNS and e.getparent() is not None:
            parse.drop(e)
            continue
        for key, value in e.attrib.items():
            address = re.sub(r"[\x00-\x20]", "", value).lower()
            if key.rpartition("}")[2].lower().startswith("on") or address.startswith(("javascript:", "data:text")):
                del e.attrib[key]
    return parse.as_xml(root)
