"""Bodies as they travel: coded pieces, unpacked for who reads them and kept as they came for who records them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any, cast

from requests import Response
from urllib3 import HTTPResponse

PIECE = 1 << 14  # bytes


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, as they went over the wire, without secrets."""

    url: str
    asked: tuple[tuple[str, str], ...]  # headers of the request
    status: int  # HTTP
    reason: str
    headers: tuple[tuple[str, str], ...]  # of the answer, in their order
    body: IO[bytes]  # content-coding kept, transfer-coding removed
    whole: bool  # whether `body` is all that was to be sent


# What we say of ourselves; anything else that a request carries may be a secret.
_HARMLESS = frozenset("user-agent accept accept-encoding accept-language connection range referer".split())
_HARMLESS |= {"if-none-match", "if-modified-since"}


def exchange(
    response: Response, body: IO[bytes], whole: bool, hidden: frozenset[str], secrets: frozenset[str]
) -> Exchange:
    """What was asked and answered, but for cookies, for headers of the names `hidden` (lower case), and for what tells
    any of these secrets."""
    shown = _HARMLESS - hidden
    asked = tuple((name, str(value)) for name, value in response.request.headers.items() if name.lower() in shown)
    said = ((k, v) for k, v in response.raw.headers.items() if k.lower() != "set-cookie")
    headers = tuple((k, v) for k, v in said if not any(secret in v for secret in secrets))
    url = str(response.request.url)
    return Exchange(url, asked, response.status_code, response.reason or "", headers, body, whole)


def unpacked(pieces: Iterable[bytes], coding: str, copy: IO[bytes] | None = None) -> Iterator[bytes]:
    """`pieces` with this Content-Encoding undone, a little at a time whatever they grow to; as they were into `copy`.

    Raises urllib3's DecodeError for what is not coded as it says.
    """
    body = cast(Any, _Pieces(iter(pieces), copy))
    return HTTPResponse(body, {"content-encoding": coding}, preload_content=False).stream(PIECE)


def can_unpack(coding: str) -> bool:
    """Whether every coding of a Content-Encoding is known here: br and zstd need packages of their own."""
    known = {"", "identity", *HTTPResponse.CONTENT_DECODERS}
    return all(name.strip().lower() in known for name in coding.split(","))


class _Pieces:
    """As much of a file as urllib3 wants of one."""

    def __init__(self, pieces: Iterator[bytes], copy: IO[bytes] | None) -> None:
        self._pieces, self._copy = pieces, copy
        self.closed = False

    def read(self, size: int) -> bytes:
        piece = next(self._pieces, b"")
        if self._copy:
            self._copy.write(piece)
        return piece

    def close(self) -> None:
        self.closed = True
