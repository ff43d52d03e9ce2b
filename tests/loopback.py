"""A blog's server on 127.0.0.1, as well or as badly behaved as a test wants it.

    with Site({"/": "<p>Hello</p>", "/a": sequence(Answer(503), "<p>A</p>"), "/b": drop()}) as site:
        Live(Options(), events.append).get(site.url + "/a")
    assert site.hits == ["/robots.txt", "/a", "/a"]

A page is an Answer, a str (UTF-8, and said to be), bytes (charset left out), a Path (likewise), or a function
from Request to any of these; its key is a path with query, or without: then it answers for any query.
What is not there is 404. Nothing here sleeps: what stalls does so until the Site closes.
"""

import mimetypes
import re
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import unquote, urlsplit

PATIENCE = 30.0  # seconds that a stalled answer waits at most for its Site to close


@dataclass(frozen=True)
class Request:
    path: str  # with query, as it came
    headers: Mapping[str, str]  # names in lower case
    method: str = "GET"


@dataclass(frozen=True)
class Answer:
    """One answer; `wire`, where given, speaks to the socket itself instead."""

    status: int = 200
    body: bytes | str = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    wire: Callable[["_Handler"], None] | None = None


Served = Answer | bytes | str | Path
Made = Callable[[Request], Served | None]
Servable = Served | Made


def redirect(to: str, status: int = 302, **headers: str) -> Answer:
    return Answer(status, headers={"Location": to, **{k.replace("_", "-"): v for k, v in headers.items()}})


def sequence(*answers: Servable) -> Made:
    """Successive answers for one path; the last one stays."""
    left = list(answers)

    def answer(request: Request) -> Served | None:
        chosen = left.pop(0) if len(left) > 1 else left[0]
        return chosen(request) if callable(chosen) else chosen

    return answer


def ranged(body: bytes, **headers: str) -> Made:
    """`body`, or the part of it that a Range header asks for."""

    def answer(request: Request) -> Answer:
        asked = re.fullmatch(r"bytes=(\d+)-", request.headers.get("range", ""))
        if not asked:
            return Answer(200, body, headers)
        start = int(asked[1])
        if start >= len(body):
            return Answer(416, b"", {"Content-Range": f"bytes */{len(body)}"})
        return Answer(206, body[start:], {"Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}", **headers})

    return answer


def drop() -> Answer:
    """The connection is closed without an answer."""
    return Answer(wire=lambda handler: None)


def reset() -> Answer:
    """The connection is reset (RST) without an answer."""

    def wire(handler: "_Handler") -> None:
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.site.forget(handler.connection)
        handler.connection.close()

    return Answer(wire=wire)


def garbage(noise: bytes = b"\x00\xff\x16\x03 no HTTP at all\r\n\r\n") -> Answer:
    return Answer(wire=lambda handler: handler.put(noise))


def truncated(body: bytes, claimed: int, status: int = 200, **headers: str) -> Answer:
    """`body` under a Content-Length of `claimed` bytes, then the connection is closed."""
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    head = f"HTTP/1.1 {status} -\r\n{lines}Content-Length: {claimed}\r\n\r\n".encode()
    return Answer(wire=lambda handler: handler.put(head + body))


def drip(body: bytes = b"slow", between: Callable[[], None] = lambda: None) -> Answer:
    """`body` byte by byte, `between` called after each, and then nothing more, although more was promised."""

    def wire(handler: "_Handler") -> None:
        handler.put(f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body) + 1}\r\n\r\n".encode())
        for byte in body:
            handler.put(bytes([byte]))
            between()
        handler.site.closing.wait(PATIENCE)

    return Answer(wire=wire)


def stall() -> Answer:
    """No answer, and the connection stays open."""

    def wire(handler: "_Handler") -> None:
        handler.site.closing.wait(PATIENCE)

    return Answer(wire=wire)


class Site:
    """A server on 127.0.0.1 at a port of the system's choice, from its making until close()."""

    def __init__(self, pages: Mapping[str, Servable] | Made, *, tls: ssl.SSLContext | None = None) -> None:
        self.pages: dict[str, Servable] = {} if callable(pages) else dict(pages)  # may be added to at any time
        self._find = pages if callable(pages) else None
        self.requests: list[Request] = []  # in the order they came
        self.closing = threading.Event()
        self._errors: list[Exception] = []  # what a test's own functions raised
        self._server = _Server(self)
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.port: int = self._server.server_address[1]
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{self.port}"  # no slash at its end
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    @classmethod
    def folder(cls, path: Path | str) -> Self:
        """A folder's files, index.html for a folder; "a?b=1" answers from a file of that name when there is one."""
        return cls(lambda request: in_folder(Path(path), request.path))

    @property
    def hits(self) -> list[str]:
        """Paths with query, in the order they were asked for."""
        return [request.path for request in self.requests]

    def answer(self, request: Request) -> Served | None:
        bare = request.path.partition("?")[0]
        found = self.pages.get(request.path, self.pages.get(bare))
        if found is None and self._find:
            found = self._find
        return found(request) if callable(found) else found

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.hang_up()
        self._server.server_close()  # waits for the handlers
        if self._errors:
            raise self._errors[0]

    def failed(self, error: Exception) -> None:
        self._errors.append(error)

    def forget(self, connection: socket.socket) -> None:
        self._server.open.discard(connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def in_folder(folder: Path, path: str) -> Path | None:
    bare = unquote(urlsplit(path).path).lstrip("/")
    names = [unquote(path).lstrip("/"), bare, f"{bare}/index.html".lstrip("/"), f"{bare}.html"]
    found = (folder / name for name in names if name)
    return next((f for f in found if f.is_file() and f.resolve().is_relative_to(folder.resolve())), None)


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # so that server_close waits for them
    request_queue_size = 128

    def __init__(self, site: Site) -> None:
        self.site = site
        self.open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Wake the handlers that wait for another request on a kept connection."""
        for connection in list(self.open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # gone by itself meanwhile

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Silent: clients hang up in the middle of an answer, here on purpose."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one piece: else delayed acknowledgements cost 40 ms a page
    server: _Server

    @property
    def site(self) -> Site:
        return self.server.site

    def do_GET(self) -> None:
        request = Request(self.path, {k.lower(): v for k, v in self.headers.items()}, self.command)
        self.site.requests.append(request)
        try:
            served = self.site.answer(request)
        except Exception as error:
            self.site.failed(error)
            served = Answer(500, repr(error))
        answer = as_answer(served, self.path)
        if answer.wire:
            self.close_connection = True
            answer.wire(self)
        else:
            self._put_answer(answer)

    do_HEAD = do_GET  # noqa: N815

    def put(self, data: bytes) -> None:
        self.wfile.write(data)
        self.wfile.flush()

    def _put_answer(self, answer: Answer) -> None:
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        self.send_response_only(answer.status)  # without Server and Date: answers are the same every day
        for name, value in {"Content-Length": str(len(body)), **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.put(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Silent."""


def as_answer(served: Served | None, path: str) -> Answer:
    """What is served, with a Content-Type where it has none."""
    if served is None:
        return Answer(404, "<p>Not here.</p>", {"Content-Type": "text/html; charset=utf-8"})
    if isinstance(served, Path):
        return Answer(200, served.read_bytes(), {"Content-Type": kind_of(served.read_bytes(), served.name)})
    if isinstance(served, str):
        return Answer(200, served, {"Content-Type": kind_of(served.encode(), path) + "; charset=utf-8"})
    if isinstance(served, bytes):
        return Answer(200, served, {"Content-Type": kind_of(served, path)})
    if any(name.lower() == "content-type" for name in served.headers):
        return served
    body = served.body.encode() if isinstance(served.body, str) else served.body
    return Answer(served.status, body, {"Content-Type": kind_of(body, path), **served.headers}, served.wire)


def kind_of(body: bytes, name: str) -> str:
    """A media type from the name's end, else from the first bytes; no charset."""
    guessed = mimetypes.guess_type(name.partition("?")[0])[0]
    if guessed:
        return guessed
    starts = {b"<?xml": "application/xml", b"{": "application/json", b"[": "application/json", b"GIF8": "image/gif"}
    starts |= {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}
    return next((kind for start, kind in starts.items() if body.lstrip().startswith(start)), "text/html")
