"""The index of a WARC: which record answers for which address. On disk it is CDXJ, as replay tools read it.

A line is `urlkey timestamp {JSON}`; lines stand in the order of the records.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from requests import Request, RequestException

from .. import urls

_PLAIN = re.compile(r"https?://[\w.:-]+/[\w./?=&-]*", re.A)
_NO_ANSWER = frozenset({206, 304})  # a part, and a word that nothing changed


@dataclass(frozen=True, slots=True)
class Capture:
    """One record that answers for an address."""

    url: str
    at: str  # YYYYMMDDhhmmss, UTC
    status: int  # HTTP
    kind: str  # media type, '' when unknown
    digest: str  # of the payload, as the WARC spells it; '' when unknown
    offset: int  # bytes, in the WARC
    length: int  # bytes, of the record as it lies there

    @property
    def tells(self) -> bool:
        """Whether it says what the page was, or that there was none; a busy server says neither."""
        return self.status < 400 or self.status in {404, 410}


class Index:
    """The capture that answers for each address: the latest that tells. `alike` takes one for another, as readers do.

    The order of the file decides, and for WARCs of others (`alike`) the time of the captures.
    """

    def __init__(self, *, alike: bool = False) -> None:
        self.alike = alike
        self._exact: dict[str, Capture] = {}
        self._by_key: dict[str, Capture] = {}
        self.end = 0  # bytes of the WARC that are indexed

    def add(self, capture: Capture) -> None:
        self.end = max(self.end, capture.offset + capture.length)
        if capture.status in _NO_ANSWER:
            return
        self._put(self._exact, _exactly(capture.url), capture)
        if self.alike and capture.status < 300:
            self._put(self._by_key, urls.key(capture.url), capture)

    def find(self, url: str) -> Capture | None:
        found = self._exact.get(_exactly(url))
        if self.alike and (found is None or found.status >= 400):
            return self._by_key.get(urls.key(url), found)
        return found

    def __iter__(self) -> Iterator[Capture]:
        """The captures that answer, in the order in which their addresses were first captured."""
        return iter(self._exact.values())

    def __len__(self) -> int:
        return len(self._exact)

    def _put(self, index: dict[str, Capture], key: str, new: Capture) -> None:
        old = index.get(key)
        later = old is None or not self.alike or new.at >= old.at
        if old is None or (later if new.tells == old.tells else new.tells):
            index[key] = new


def _exactly(url: str) -> str:
    """The address as it goes over the wire: requests quotes what it is given."""
    url = url.partition("#")[0]
    if _PLAIN.fullmatch(url):
        return url
    try:
        return Request("GET", url).prepare().url or url
    except (ValueError, RequestException):
        return url


def line(capture: Capture, file: str) -> str:
    """The capture as a line of CDXJ; numbers are spelled as strings there."""
    said = {
        "url": capture.url,
        "mime": capture.kind,
        "status": str(capture.status),
        "digest": capture.digest,
        "length": str(capture.length),
        "offset": str(capture.offset),
        "filename": file,
    }
    return f"{_surt(capture.url)} {capture.at} {json.dumps(said, ensure_ascii=False)}"


def read(text: str) -> Capture:
    """The capture of a line; ValueError or KeyError when it is none."""
    _, at, said = text.split(" ", 2)
    found: dict[str, Any] = json.loads(said)
    status, offset, length = (int(found[name]) for name in ("status", "offset", "length"))
    return Capture(found["url"], at, status, found["mime"], found["digest"], offset, length)


def _surt(url: str) -> str:
    """com,example,blog:8080)/path?query: the address as it sorts, the host's parts from the right, no space in it."""
    parts = urls.split(url)
    host, _, port = parts.netloc.rpartition("@")[2].partition(":")
    name = ",".join(reversed(host.lower().removeprefix("www.").split("."))) + (f":{port}" if port else "")
    return re.sub(r"\s", "%20", f"{name}){parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")).lower()
