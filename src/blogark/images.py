"""Which address is the picture."""

import re
from collections.abc import Iterator

from .parse import Element

# Where pages and their lazy loaders keep the address of the picture itself, the largest first.
_ATTRIBUTES = (
    "data-orig-file data-original-src data-full-url data-large-file data-lazy-src data-lazyload data-original "
    "data-actualsrc data-src-large data-src data-lazy data-echo data-url data-image data-hi-res-src data-canonical-src"
).split()
_SETS = ("data-lazy-srcset", "data-srcset", "srcset")
_PLACEHOLDER = re.compile(
    r"(?:blank|spacer|transparent|placeholder|loading|lazy|pixel|grey|1x1|clear|trans)\w*[-.\w]*\.(?:gif|png|svg|jpe?g)$",
    re.I,
)
_CANDIDATE = re.compile(r"\s*(\S*[^,\s])(?:\s+([\d.]+)([wx]))?\s*(?:,|$)")


def source(e: Element) -> str:
    """The address of the picture that an <img> shows once its page has loaded; '' for none."""
    shown = (e.get("src") or "").strip()
    if not _is_placeholder(shown):
        return shown
    for address in _promised(e):
        if not _is_placeholder(address):
            return address
    return shown if shown.startswith("data:image/") and not _is_placeholder_data(shown) else ""


def _is_placeholder(address: str) -> bool:
    if not address or address.startswith(("data:", "about:")):
        return True
    return bool(_PLACEHOLDER.match(address.partition("?")[0].rpartition("/")[2]))


def _promised(e: Element) -> Iterator[str]:
    for name in _ATTRIBUTES:
        yield (e.get(name) or "").strip()
    for name in _SETS:
        yield largest(e.get(name) or "")
    for picture in e.iterancestors("picture"):
        for of in picture.iter("source"):
            for name in _SETS:
                yield largest(of.get(name) or "")


def _is_placeholder_data(address: str) -> bool:
    # A picture of some hundred bytes is a dot or a grey box; icons and real pictures are larger.
    return len(address) < 400 or "svg" in address[:20]


def largest(srcset: str) -> str:
    """The address in a srcset with the greatest width or density."""
    found = [(float(size or 1), address) for address, size, _ in _CANDIDATE.findall(srcset)]
    return max(found, key=lambda pair: pair[0])[1] if found else ""


EXTENSIONS = {
    "image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp", "image/avif": ".avif",
    "image/heic": ".heic", "image/bmp": ".bmp", "image/tiff": ".tif", "image/x-icon": ".ico", "image/svg+xml": ".svg",
}  # fmt: skip
_SIGNS = (
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"RIFF....WEBP", re.S), "image/webp"),
    (re.compile(rb"....ftyp(?:avif|avis)", re.S), "image/avif"),
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
