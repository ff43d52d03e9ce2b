"""Saved pages in one file each, `.mht` and `.mhtml`: MIME messages with everything that a page shows (RFC 2557)."""

import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, unquote

from .. import urls
from ..errors import Missing, SourceError
from ..model import Page

_SIGN = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?Content-Type:\s*multipart/related", re.I)
_CID = re.compile(rb"""\bcid:([^\s"'<>)&]+)""", re.I)
_LONGEST = 256 << 20  # bytes of one file


def is_mhtml(path: Path) -> bool:
    with path.open("rb") as file:
        return bool(_SIGN.match(file.read(8192)))


class Mhtml:
    """The Web of these files: their pages and what these show, by the addresses they were saved from."""

    def __init__(self, *paths: Path) -> None:
        self._places: dict[str, tuple[Path, int]] = {}  # by urls.key: file, number of the part in it
        self._pages: list[str] = []
        for path in paths:
            for number, part in enumerate(_parts(path)):
                where = _address(part)
                if where and urls.key(where) not in self._places:
                    self._places[urls.key(where)] = path, number
                    if part.get_content_type() == "text/html" and number == 0:
                        self._pages.append(where)

    def urls(self) -> Iterator[str]:
        return iter(self._pages)

    def get(self, url: str, *, fresh: bool = False, referer: str = "") -> Page:
        place = self._places.get(urls.key(url))
        if place is None:
            raise Missing(url, "not in the saved pages", 404)
        part = _parts(place[0])[place[1]]
        body = part.get_payload(decode=True)
        kind = str(part.get("content-type", part.get_content_type()))
        data = body if isinstance(body, bytes) else b""
        shown = data if place[1] else _led(data, _named(place[0]))
        return Page(url, shown, {"content-type": kind}, at=_address(part))

    def save(self, url: str, to: Path, *, referer: str = "") -> Page:
        page = self.get(url)
        to.write_bytes(page.body)
        return Page(url, b"", page.headers, at=page.at)


@lru_cache(4)
def _parts(path: Path) -> tuple[Message, ...]:
    """The page itself first, then what it shows."""
    try:
        with path.open("rb") as file:
            whole = BytesParser().parsebytes(file.read(_LONGEST))
        parts = [part for part in whole.walk() if not part.is_multipart()]
    except RecursionError as error:
        raise SourceError(f"{path}: its parts lie too deep in each other") from error
    own = str(whole.get("snapshot-content-location", "")).strip()
    page = next((part for part in parts if part.get_content_type() == "text/html"), None)
    if page is None:
        return ()
    named = (each for each in (_address(page), own) if urls.host(each) and any(urls.split(each)))
    del page["content-location"]
    page["content-location"] = next(named, f"file:///{quote(path.name, errors='surrogateescape')}")
    return (page, *(part for part in parts if part is not page))


@lru_cache(4)
def _named(path: Path) -> dict[str, str]:
    """The addresses of a file's parts by their own names (RFC 2392)."""
    return {name: _address(part) for part in _parts(path) if (name := _name(part))}


def _led(body: bytes, named: dict[str, str]) -> bytes:
    """A page whose `cid:` addresses lead to where the parts are found."""
    return _CID.sub(lambda m: named.get(unquote(m[1].decode("latin-1")), "").encode() or m[0], body)


def _name(part: Message) -> str:
    return re.sub(r"[\s<>]+", "", str(part.get("content-id", "")))


def _address(part: Message) -> str:
    """Where a part was saved from; of one that does not say, a place in its message."""
    said, name = re.sub(r"\s+", "", str(part.get("content-location", ""))), _name(part)
    return f"file:///cid/{quote(name)}" if name and (not said or said.startswith("cid:")) else said
