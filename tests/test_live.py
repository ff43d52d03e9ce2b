"""webs/live against servers as they are: slow, broken, lying, hostile. No test sleeps or leaves 127.0.0.1."""

import gzip
import io
import pickle
import shutil
import socket
import ssl
import subprocess
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from conftest import Serve
from loopback import Answer, Request, Site, drip, drop, garbage, ranged, redirect, reset, sequence, stall, truncated

from blogark.errors import FetchError, Missing, Refused, SourceError, StoreError
from blogark.events import Event, Fetched
from blogark.model import Options
from blogark.webs import _robots, _turns, _wire
from blogark.webs._secrets import Secrets
from blogark.webs.live import Limits, Live

BLOG = "http://some.blog.example"
PUBLIC = "93.184.215.14"


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now, self.slept = 1000.0, list[float]()

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


class Web:
    """A Live before loopback sites: what it told, how long it slept, and where it connected."""

    def __init__(
        self,
        *sites: Site,
        home: str = BLOG,
        names: Mapping[str, list[list[str]] | str] | None = None,
        limits: Limits | None = None,
        **options: Any,
    ) -> None:
        """Each host is at a public address of its own, behind which is a site: the first host's is the first site.

        `names` says otherwise: host -> address, or successive lists of addresses, or a site's number.
        """
        self.time, self.told, self.dialled = Time(), list[Event](), list[str]()
        self._sites, self._names, self._hosts = sites, dict(names or {}), list[str]()
        self.live = Live(
            Options(**options),
            self.told.append,
            home=home,
            resolve=self._resolve,
            connect=self._connect,
            sleep=self.time.sleep,
            clock=self.time,
            limits=limits,
        )
        self.get, self.save = self.live.get, self.live.save

    def _resolve(self, host: str, port: int) -> list[tuple[str, int]]:
        known = self._names.get(host)
        if isinstance(known, str):
            return [(known, port)]
        if known:
            return [(ip, port) for ip in (known.pop(0) if len(known) > 1 else known[0])]
        if not host.endswith(".example"):
            return [(str(f[4][0]), port) for f in socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)]
        if host not in self._hosts:
            self._hosts.append(host)
        return [(f"93.184.215.{14 + self._hosts.index(host)}", port)]

    def _connect(self, address: tuple[str, int], seconds: float) -> socket.socket:
        self.dialled.append(address[0])
        number = int(address[0].rpartition(".")[2]) - 14 if address[0].startswith("93.184.215.") else 0
        site = self._sites[min(number, len(self._sites) - 1)]
        return socket.create_connection(("127.0.0.1", site.port), seconds)

    @property
    def fetched(self) -> list[tuple[str, int, int]]:
        return [(e.url, e.status, e.size) for e in self.told if isinstance(e, Fetched)]

    def fails(self, url: str, **named: Any) -> FetchError:
        with pytest.raises(FetchError) as caught:
            self.get(url, **named)
        return caught.value


# -- one request


def test_a_page_is_what_the_server_said(serve: Serve) -> None:
    site = serve({"/a": Answer(200, "<p>글</p>", {"Content-Type": "Text/HTML; charset=utf-8", "Set-Cookie": "id=1"})})
    page = Web(site).get(BLOG + "/a?b=1#c")
    assert (page.url, page.at, page.status, page.kind) == (BLOG + "/a?b=1",) * 2 + (200, "text/html")
    assert page.body == "<p>글</p>".encode()
    assert page.headers["content-type"] == "Text/HTML; charset=utf-8"
    assert "set-cookie" not in page.headers
    assert page.fetched is not None and page.fetched.tzinfo is UTC


def test_every_request_says_who_asks_and_is_told(serve: Serve) -> None:
    site = serve({"/": "<p>1</p>", "/moved": redirect("/")})
    web = Web(site)
    web.get(BLOG + "/moved", referer=BLOG + "/글 목록")
    assert [r.path for r in site.requests] == ["/robots.txt", "/moved", "/"]
    for request in site.requests:
        assert request.headers["user-agent"].startswith("blogark/")
        assert request.headers["user-agent"].endswith(" (+https://github.com/blogark/blogark)")
        assert "gzip" in request.headers["accept-encoding"]
        assert "accept-language" in request.headers
    assert site.requests[1].headers["referer"] == BLOG + "/%EA%B8%80%20%EB%AA%A9%EB%A1%9D"
    assert web.fetched == [(BLOG + "/robots.txt", 404, 16), (BLOG + "/moved", 302, 0), (BLOG + "/", 200, 8)]


def test_one_connection_serves_many_pages(serve: Serve) -> None:
    web = Web(serve({"/": "front", "/moved": redirect("/")}))
    for path in ("/", "/moved", "/none", "/a"):
        try:
            web.get(BLOG + path)
        except Missing:
            continue
    assert len(web.dialled) == 1


def test_a_packed_page_is_unpacked(serve: Serve) -> None:
    site = serve({"/": Answer(200, gzip.compress(b"<p>1</p>"), {"Content-Encoding": "gzip"})})
    assert Web(site).get(BLOG).body == b"<p>1</p>"


def test_nobody_is_asked_offline(serve: Serve, tmp_path: Path) -> None:
    site = serve({})
    web = Web(site, offline=True)
    assert isinstance(web.fails(BLOG), Missing)
    with pytest.raises(Missing, match="offline"):
        web.save(BLOG + "/a.png", tmp_path / "a")
    assert (site.hits, web.dialled, list(web.live.urls())) == ([], [], [])


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://a.example/", "mailto:a@b.example", "http://", "http://[::1", "http://a:99999/", ""],
)
def test_what_is_no_web_address_is_not_asked(url: str) -> None:
    assert "no address on the web" in Web().fails(url).why


# -- statuses


@pytest.mark.parametrize(
    ("status", "kind", "why"),
    [
        (404, Missing, "not found (404)"),
        (410, Missing, "gone (410)"),
        (401, Refused, "it asks for a login (401)"),
        (403, Refused, "forbidden (403)"),
        (451, Refused, "withheld for legal reasons (451)"),
        (400, FetchError, "the server answers with an error (400)"),
        (501, FetchError, "the server answers with an error (501)"),
        (304, FetchError, "a redirect that does not say where"),
    ],
)
def test_a_bad_status_is_an_error_in_words(serve: Serve, status: int, kind: type, why: str) -> None:
    web = Web(serve({"/": Answer(status)}), robots=False)
    error = web.fails(BLOG + "/")
    assert (type(error), error.url, error.why, error.status) == (kind, BLOG + "/", why, status)
    assert web.time.slept == []
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), copy.args) == (kind, error.args)


# -- trying again


FLAWS = {
    "429": Answer(429),
    "500": Answer(500),
    "502": Answer(502),
    "503": Answer(503),
    "504": Answer(504),
    "drop": drop(),
    "reset": reset(),
    "garbage": garbage(),
    "truncated": truncated(b"<p>", 10),
}
STALLS = {"head": stall(), "body": drip()}


@pytest.mark.parametrize("flaw", FLAWS.values(), ids=FLAWS.keys())
def test_what_may_pass_is_tried_again(serve: Serve, flaw: Answer) -> None:
    web = Web(serve({"/": sequence(flaw, flaw, "<p>1</p>")}), robots=False)
    assert web.get(BLOG).body == b"<p>1</p>"
    assert web.time.slept == [1.0, 2.0]


@pytest.mark.parametrize(
    ("flaw", "kind", "why"),
    [
        ("429", Refused, "too many requests (429), 4 times"),
        ("503", FetchError, "the server is busy or down (503), 4 times"),
        ("drop", FetchError, "the connection failed: Remote end closed connection without response, 4 times"),
        ("reset", FetchError, "the connection failed: Connection reset by peer, 4 times"),
        ("truncated", FetchError, "the body broke off after 3 bytes, 4 times"),
    ],
)
def test_what_does_not_pass_is_given_up(serve: Serve, flaw: str, kind: type, why: str) -> None:
    site = serve({"/": FLAWS[flaw]})
    web = Web(site, robots=False)
    error = web.fails(BLOG)
    assert (type(error), error.why) == (kind, why)
    assert (site.hits, web.time.slept) == (["/"] * 4, [1.0, 2.0, 4.0])


@pytest.mark.parametrize("flaw", STALLS.values(), ids=STALLS.keys())
def test_a_server_that_stalls_is_not_waited_for(serve: Serve, flaw: Answer) -> None:
    web = Web(serve({"/": flaw}), robots=False, limits=Limits(read=0.05))
    assert web.fails(BLOG).why == "no answer in time, 4 times"
    assert web.time.slept == [1.0, 2.0, 4.0]


@pytest.mark.parametrize(
    ("asked", "wait"),
    [
        ("7", 7.0),
        ("120", 120.0),
        ("0", 1.0),
        ("-5", 1.0),
        ("soon", 1.0),
        ("Mon, 16 May 2011 12:00:40 GMT", 40.0),
        ("Mon, 16 May 2011 11:00:00 GMT", 1.0),
    ],
)
def test_retry_after_is_obeyed(serve: Serve, asked: str, wait: float) -> None:
    busy = Answer(503, b"", {"Retry-After": asked, "Date": "Mon, 16 May 2011 12:00:00 GMT"})
    web = Web(serve({"/": sequence(busy, "<p>1</p>")}), robots=False)
    assert web.get(BLOG).body == b"<p>1</p>"
    assert web.time.slept == [wait]


@pytest.mark.parametrize(("status", "kind"), [(429, Refused), (503, FetchError)])
def test_a_long_retry_after_is_not_sat_out(serve: Serve, status: int, kind: type) -> None:
    site = serve({"/": Answer(status, b"", {"Retry-After": "3600"})})
    web = Web(site, robots=False)
    error = web.fails(BLOG)
    assert type(error) is kind and error.why.endswith("; the server asks to wait 3,600 s")
    assert (site.hits, web.time.slept) == (["/"], [])


def test_in_a_storm_nothing_is_tried_twice_until_it_clears(serve: Serve) -> None:
    site = serve({"/a": Answer(503), "/b": "<p>1</p>"})
    web = Web(site, robots=False, delay=0, limits=Limits(storm=2))
    tries = []
    for path in ("/a", "/a", "/a", "/a", "/b", "/a"):
        before = len(site.hits)
        if path == "/b":
            web.get(BLOG + path)
        else:
            web.fails(BLOG + path, fresh=True)
        tries.append(len(site.hits) - before)
    assert tries == [4, 4, 1, 1, 1, 4]


def test_a_host_that_is_none_is_missing_at_once() -> None:
    def resolve(host: str, port: int) -> list[tuple[str, int]]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    time = Time()
    live = Live(Options(robots=False), lambda event: None, resolve=resolve, sleep=time.sleep, clock=time)
    with pytest.raises(Missing, match=r"no such host: gone\.example"):
        live.get("http://gone.example/")
    assert time.slept == []


def test_a_name_that_cannot_be_one_is_missing() -> None:
    live = Live(Options(robots=False), lambda event: None, home=BLOG)
    with pytest.raises(FetchError):
        live.get(f"http://{'a' * 80}.example/")


def test_a_closed_port_is_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    time = Time()
    live = Live(Options(robots=False), lambda event: None, sleep=time.sleep, clock=time)
    with pytest.raises(FetchError, match="the connection failed: Connection refused, 4 times"):
        live.get(f"http://127.0.0.1:{port}/")


def test_an_interrupt_goes_through(serve: Serve) -> None:
    def connect(address: tuple[str, int], seconds: float) -> socket.socket:
        raise KeyboardInterrupt

    live = Live(Options(), lambda event: None, resolve=lambda h, p: [(PUBLIC, p)], connect=connect)
    with pytest.raises(KeyboardInterrupt):
        live.get(BLOG)


# -- turns


def test_pages_of_one_domain_take_turns(serve: Serve, tmp_path: Path) -> None:
    site = serve(lambda request: "<p>1</p>")
    web = Web(site, robots=False)
    for url in ("http://a.blogspot.com.example/", "http://b.blogspot.com.example/", "http://other.example/1"):
        web.get(url)
    assert web.time.slept == [0.5]
    web.save("http://other.example/2.png", tmp_path / "2.part")
    web.save("http://other.example/3.png", tmp_path / "3.part")
    assert web.time.slept == [0.5]
    web.get("http://other.example/4")
    assert web.time.slept == [0.5, 0.5]


@pytest.mark.parametrize(
    ("delay", "url", "wanted", "pause"),
    [
        (None, "http://a.blogspot.com/", 0.0, 0.5),
        (None, "http://a.blogspot.com/", 3.0, 3.0),
        (None, "http://127.0.0.1:8000/", 0.0, 0.0),
        (None, "http://localhost/", 0.0, 0.0),
        (None, "http://localhost/", 2.0, 2.0),
        (5.0, "http://127.0.0.1:8000/", 0.0, 5.0),
        (5.0, "http://a.example/", 3.0, 5.0),
        (0.0, "http://a.example/", 0.0, 0.0),
    ],
)
def test_the_pause_between_two_starts(delay: float | None, url: str, wanted: float, pause: float) -> None:
    time = Time()
    turns = _turns.Turns(delay, time.sleep, time)
    turns.take(url, wanted)
    time.now += 0.25  # what the answer took is part of the pause
    turns.take(url, wanted)
    assert time.slept == ([pause - 0.25] if pause else [])


def test_all_blogs_of_a_shared_platform_are_one_queue() -> None:
    time = Time()
    turns = _turns.Turns(None, time.sleep, time)
    for url in ("https://a.blogspot.com/", "https://b.blogspot.com/", "https://c.tistory.com/", "http://c.egloos.com/"):
        turns.take(url)
    assert time.slept == [0.5]


# -- how much is borne


def test_a_slow_drip_is_cut(serve: Serve) -> None:
    web = Web(site := serve({}), robots=False)

    def later() -> None:
        web.time.now += 121

    site.pages["/"] = drip(b"ab", later)
    assert web.fails(BLOG + "/").why == "the answer took longer than 120 s"
    assert site.hits == ["/"]


def test_a_head_that_drips_is_cut(serve: Serve) -> None:
    web = Web(site := serve({}), robots=False)

    def wire(handler: Any) -> None:
        handler.put(b"HTTP/1.1 200 OK\r\n")
        web.time.now += 121
        for number in range(5):
            handler.put(f"X-{number}: y\r\n".encode())
        site.closing.wait(30)

    site.pages["/"] = Answer(wire=wire)
    assert web.fails(BLOG + "/").why == "the answer took longer than 120 s"


def packed(coding: str, size: int) -> bytes:
    """That many zeros."""
    if coding == "gzip":
        out = io.BytesIO()
        with gzip.GzipFile(fileobj=out, mode="wb") as file:
            for _ in range(size >> 20):
                file.write(bytes(1 << 20))
        return out.getvalue()
    return zlib.compress(bytes(size))


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_bomb_is_not_unpacked(serve: Serve, coding: str) -> None:
    bomb = packed(coding, 100 << 20)
    assert len(bomb) < 1 << 20
    site = serve({"/": Answer(200, bomb, {"Content-Encoding": coding})})
    web = Web(site, robots=False)
    assert web.fails(BLOG).why == "larger than 67,108,864 bytes"
    assert len(site.hits) == 1


def test_a_bomb_in_a_bomb_is_not_unpacked(serve: Serve) -> None:
    bomb = gzip.compress(gzip.compress(packed("gzip", 100 << 20)))
    site = serve({"/": Answer(200, bomb, {"Content-Encoding": "gzip, gzip, gzip"})})
    assert "larger than" in Web(site, robots=False, limits=Limits(page_bytes=1000)).fails(BLOG).why


@pytest.mark.parametrize("size", [10, 11])
def test_a_long_body_is_cut(serve: Serve, size: int) -> None:
    def wire(handler: Any) -> None:
        handler.put(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        handler.put(b"%x\r\n%s\r\n0\r\n\r\n" % (size, b"a" * size))

    for answer in (Answer(200, "a" * size), Answer(wire=wire)):
        web = Web(serve({"/": answer}), robots=False, limits=Limits(page_bytes=10))
        if size == 10:
            assert len(web.get(BLOG).body) == 10
        else:
            assert web.fails(BLOG).why == "larger than 10 bytes"


def test_a_body_that_says_it_is_too_long_is_not_begun(serve: Serve) -> None:
    web = Web(site := serve({"/": truncated(b"<p>", 1 << 40)}), robots=False)
    assert "larger than" in web.fails(BLOG).why
    assert len(site.hits) == 1


def test_an_error_whose_body_breaks_off_is_that_error(serve: Serve) -> None:
    web = Web(site := serve({"/": truncated(b"<p>", 10, 404)}), robots=False)
    assert web.fails(BLOG).why == "not found (404)"
    assert len(site.hits) == 1


def test_a_body_that_is_not_packed_as_said_is_an_error(serve: Serve) -> None:
    site = serve({"/": Answer(200, b"<p>1</p>", {"Content-Encoding": "gzip"})})
    web = Web(site, robots=False)
    assert web.fails(BLOG).why == "the body is not compressed as the server says"
    assert len(site.hits) == 1


@pytest.mark.parametrize("length", ["abc", "-1", "9" * 5000, "8, 9"])
def test_a_length_that_is_none_harms_nothing(serve: Serve, length: str) -> None:
    web = Web(serve({"/": truncated(b"<p>1</p>", 8, Content_Length=length)}), limits=Limits(retries=0), robots=False)
    with suppress(FetchError):
        assert web.get(BLOG).body == b"<p>1</p>"


# -- redirects


def test_a_page_says_where_it_was_found(serve: Serve) -> None:
    site = serve({"/": redirect("b", 301), "/b": redirect("//www.some.blog.example/c", 308), "/c": "<p>1</p>"})
    page = Web(site).get(BLOG + "/")
    assert (page.url, page.at, page.status) == (BLOG + "/", "http://www.some.blog.example/c", 200)


def test_ten_redirects_are_followed_and_no_more(serve: Serve) -> None:
    def count(request: Request) -> Answer | str:
        number = int(request.path[1:])
        return redirect(f"/{number - 1}") if number else "<p>1</p>"

    web = Web(serve(count), robots=False)
    assert web.get(BLOG + "/10").at == BLOG + "/0"
    error = web.fails(BLOG + "/11")
    assert error.url == BLOG + "/11" and error.why.startswith("more than 10 redirects")


def test_a_loop_is_named(serve: Serve) -> None:
    site = serve({"/a": redirect("/b"), "/b": redirect("/a")})
    web = Web(site, robots=False)
    error = web.fails(BLOG + "/a")
    assert (error.url, error.why) == (BLOG + "/a", f"redirects in a loop: {BLOG}/b -> {BLOG}/a -> {BLOG}/b -> {BLOG}/a")
    assert len(site.hits) == 4


def test_a_redirect_to_itself_may_be_for_a_cookie(serve: Serve) -> None:
    def cookie(request: Request) -> Answer | str:
        return "<p>1</p>" if "seen=1" in request.headers.get("cookie", "") else redirect("/", Set_Cookie="seen=1")

    assert Web(serve({"/": cookie})).get(BLOG + "/").body == b"<p>1</p>"


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("file:///etc/passwd", "no address on the web: sent on to file:///etc/passwd"),
        ("javascript:alert(1)", "no address on the web"),
        ("http://[::1/", "does not say where"),
        ("", "does not say where"),
        ("https://www.google.com/sorry/index?continue=x", "asks for a captcha"),
        ("https://ipv4.google.co.kr/sorry/?x", "asks for a captcha"),
        ("https://consent.youtube.com/m?x", "asks for consent"),
        ("https://www.tumblr.com/privacy/consent?redirect=x", "asks for consent"),
    ],
)
def test_a_redirect_to_nowhere_good_is_an_error(serve: Serve, to: str, why: str) -> None:
    web = Web(serve({"/": redirect(to)}))
    error = web.fails(BLOG + "/")
    assert error.url == BLOG + "/" and why in error.why
    assert web.dialled == [PUBLIC]


def test_a_location_in_any_charset_is_asked_as_it_came(serve: Serve) -> None:
    raw = "/글".encode("euc-kr")

    def wire(handler: Any) -> None:
        handler.put(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + raw + b"\r\n\r\n")

    site = serve({"/": Answer(wire=wire), "/%B1%DB": "<p>1</p>"})
    assert Web(site).get(BLOG + "/").at == BLOG + "/%B1%DB"


def test_of_a_redirects_body_little_is_read(serve: Serve) -> None:
    bomb = Answer(302, packed("gzip", 100 << 20), {"Location": "/b", "Content-Encoding": "gzip"})
    web = Web(serve({"/": bomb, "/b": "<p>1</p>"}), robots=False)
    assert web.get(BLOG + "/").body == b"<p>1</p>"
    assert web.fetched[0] == (BLOG + "/", 302, 1 << 16)


def test_an_error_after_a_redirect_is_about_the_address_asked(serve: Serve) -> None:
    error = Web(serve({"/a": redirect("/b")})).fails(BLOG + "/a")
    assert (type(error), error.status, error.url) == (Missing, 404, BLOG + "/a")
    assert error.why == f"not found (404): sent on to {BLOG}/b"


# -- private addresses

PRIVATE = [
    "127.0.0.1",
    "169.254.169.254",
    "[::1]",
    "0.0.0.0",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "127.1",
    "[::ffff:127.0.0.1]",
    "[::ffff:a9fe:a9fe]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "10.0.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "[fe80::1]",
    "[fc00::1]",
    "[fec0::1]",
    "[ff02::1]",
    "[::]",
]


@pytest.mark.parametrize("host", PRIVATE)
def test_a_public_blog_does_not_lead_to_a_private_address(serve: Serve, tmp_path: Path, host: str) -> None:
    site = serve({"/": redirect(f"http://{host}/secret"), "/secret": "<p>secret</p>"})
    web = Web(site)
    error = web.fails(BLOG + "/")
    assert type(error) is Refused and "private address" in error.why and "--allow-private" in error.why
    assert type(web.fails(f"http://{host}/secret")) is Refused
    with pytest.raises(Refused):
        web.save(f"http://{host}/secret", tmp_path / "a.part")
    assert "/secret" not in site.hits and web.dialled == [PUBLIC]


@pytest.mark.parametrize("ip", [PUBLIC, "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"])
def test_these_are_public(ip: str) -> None:
    assert _wire.is_public(ip)


def test_a_name_that_resolves_to_a_private_address_is_refused(serve: Serve) -> None:
    web = Web(serve({"/": redirect("http://intra.example/")}), names={"intra.example": "10.1.2.3"})
    assert "private address 10.1.2.3" in web.fails(BLOG + "/").why


def test_a_name_is_looked_up_for_each_connection_and_only_then(serve: Serve) -> None:
    """Between check and use no name can change: what was checked is what is connected to."""
    site = serve({"/": drop()})  # so that each try connects anew
    web = Web(site, robots=False, names={"some.blog.example": [[PUBLIC], [PUBLIC], ["127.0.0.1"]]})
    assert type(web.fails(BLOG + "/")) is Refused
    assert web.dialled == [PUBLIC]


def test_of_mixed_addresses_the_public_ones_are_used(serve: Serve) -> None:
    names = {"some.blog.example": [["127.0.0.1", PUBLIC]]}
    web = Web(serve({"/": "<p>1</p>"}), names=names)
    assert web.get(BLOG).status == 200
    assert web.dialled == [PUBLIC]


def test_another_address_is_tried_when_one_does_not_answer(serve: Serve) -> None:
    site, dialled = serve({"/": "<p>1</p>"}), []

    def connect(address: tuple[str, int], seconds: float) -> socket.socket:
        dialled.append(address[0])
        if address[0] != PUBLIC:
            raise OSError("unreachable")
        return socket.create_connection(("127.0.0.1", site.port), seconds)

    addresses = [("2606:2800::1", 80), (PUBLIC, 80)]
    live = Live(Options(robots=False), lambda e: None, home=BLOG, resolve=lambda h, p: addresses, connect=connect)
    assert live.get(BLOG).status == 200
    assert dialled == ["2606:2800::1", PUBLIC]


@pytest.mark.parametrize(
    ("home", "options"),
    [(BLOG, {"private": True}), ("http://127.0.0.1/", {}), ("http://nas.example/", {}), ("", {})],
)
def test_private_addresses_are_asked_when_the_start_was_private_or_a_person_says_so(
    serve: Serve, home: str, options: dict[str, Any]
) -> None:
    web = Web(serve({"/": "<p>1</p>"}), home=home, names={"nas.example": "192.168.1.9"}, **options)
    assert web.get("http://192.168.1.2/").status == 200


def test_without_a_home_the_first_address_is_the_start(serve: Serve) -> None:
    web = Web(serve({"/": "<p>1</p>"}), home="")
    web.get(BLOG)
    assert type(web.fails("http://192.168.1.2/")) is Refused


def test_behind_a_proxy_what_can_be_looked_up_is_checked(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = serve(lambda request: "<p>through the proxy</p>")
    monkeypatch.setenv("http_proxy", proxy.url)
    web = Web(home=BLOG)
    assert web.get(BLOG + "/").body == b"<p>through the proxy</p>"
    assert proxy.hits == [BLOG + "/robots.txt", BLOG + "/"]
    assert type(web.fails("http://169.254.169.254/latest/meta-data")) is Refused
    assert web.dialled == []


# -- robots.txt


def robots(text: str | Answer, **pages: str) -> dict[str, Any]:
    return {"/robots.txt": text, "/": "<p>1</p>", "/a": "<p>2</p>", "/search": "<p>3</p>"}


def test_what_robots_txt_forbids_is_not_asked(serve: Serve, tmp_path: Path) -> None:
    site = serve(robots("User-agent: *\nDisallow: /search\nAllow: /\n") | {"/search/a.png": b"\x89PNG"})
    web = Web(site)
    web.get(BLOG + "/")
    error = web.fails(BLOG + "/search?q=1")
    assert type(error) is Refused
    assert error.why == "robots.txt of some.blog.example forbids it (--mine if it is your own blog)"
    web.save(BLOG + "/search/a.png", tmp_path / "a.part")  # a post's picture is not crawling
    assert site.hits == ["/robots.txt", "/", "/search/a.png"]


def test_robots_txt_holds_for_redirects_and_other_hosts(serve: Serve) -> None:
    here, there = serve({"/": redirect("http://b.example/a")}), serve(robots("User-agent: *\nDisallow: /"))
    error = Web(here, there).fails(BLOG + "/")
    assert type(error) is Refused and "robots.txt of b.example" in error.why
    assert there.hits == ["/robots.txt"]


@pytest.mark.parametrize("name", ["blogark", "BlogArk", "blogark/0.1", "blogark*"])
def test_robots_txt_may_name_us(name: str) -> None:
    rules = _robots.parse(f"User-agent: *\nAllow: /\n\nUser-agent: {name}\nDisallow: /\nCrawl-delay: 4".encode())
    assert not rules.can_fetch(BLOG + "/", "blogark")
    assert rules.crawl_delay("blogark") == 4


@pytest.mark.parametrize("name", ["blog", "b", "Googlebot", "blogarkive", "notblogark"])
def test_robots_txt_for_others_is_not_for_us(name: str) -> None:
    assert _robots.parse(f"\ufeffUser-agent: {name}\nDisallow: /".encode()).can_fetch(BLOG + "/", "blogark")


def test_a_hostile_robots_txt_takes_no_time() -> None:
    """Thousands of agents with thousands of rules took protego seven minutes; the test's own time-out is the check."""
    agents = "\x0c".join(f"User-agent: blogark{i}\nUser agent a{i}" for i in range(9000))
    rules = _robots.parse((agents + "\nDisallow: /" + "*a" * 5000 + "\n" + "Disallow: /b\n" * 9000).encode())
    assert rules.can_fetch(BLOG + "/" + "a" * 4000, "blogark")


@pytest.mark.parametrize(
    "answer", [Answer(404), Answer(403), Answer(410), redirect("/robots.txt"), Answer(200, b"\xff\xfe\x00")]
)
def test_no_robots_txt_allows_everything(serve: Serve, answer: Answer) -> None:
    assert Web(serve(robots(answer))).get(BLOG + "/").status == 200


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(500), "robots.txt of some.blog.example answers 500, which counts as forbidding (--mine"),
        (Answer(503), "answers 503"),
        (Answer(429), "answers 429"),
        (drop(), "cannot be had (the connection failed"),
    ],
)
def test_a_robots_txt_that_cannot_be_had_forbids_everything(serve: Serve, answer: Answer, why: str) -> None:
    site = serve(robots(answer))
    web = Web(site)
    for path in ("/", "/a"):
        error = web.fails(BLOG + path)
        assert type(error) is Refused and why in error.why
    assert site.hits == ["/robots.txt"] * 2  # tried again once, and remembered


def test_a_robots_txt_that_can_be_had_the_second_time_is_obeyed(serve: Serve) -> None:
    site = serve(robots(sequence(Answer(503), "User-agent: *\nDisallow: /search")))  # type: ignore[arg-type]
    web = Web(site)
    assert web.get(BLOG + "/").status == 200
    assert "forbids it" in web.fails(BLOG + "/search").why


def test_ones_own_blog_is_not_asked_for_its_robots_txt(serve: Serve) -> None:
    site = serve(robots("User-agent: *\nDisallow: /\nCrawl-delay: 9"))
    web = Web(site, robots=False)
    web.get(BLOG + "/search")
    web.get(BLOG + "/a")
    assert (site.hits, web.time.slept) == (["/search", "/a"], [0.5])


@pytest.mark.parametrize(("said", "slept"), [("3", 3.0), ("0.1", 0.5), ("86400", 30.0), ("nan", 0.5), ("-1", 0.5)])
def test_crawl_delay_is_respected(serve: Serve, said: str, slept: float) -> None:
    web = Web(serve(robots(f"User-agent: *\nCrawl-delay: {said}")))
    web.get(BLOG + "/")
    web.get(BLOG + "/a")
    assert web.time.slept == [0.5, slept]  # after robots.txt, which said it, and after the first page


def test_of_an_endless_robots_txt_the_first_part_counts(serve: Serve) -> None:
    body = "User-agent: *\nDisallow: /search\n" + "#" * (600 << 10)
    web = Web(serve(robots(body)))
    assert web.get(BLOG + "/").status == 200
    assert "forbids it" in web.fails(BLOG + "/search").why
    assert web.fetched[0] == (BLOG + "/robots.txt", 200, 512 << 10)


def test_captures_are_not_crawled(serve: Serve) -> None:
    site = serve(robots("User-agent: *\nDisallow: /"))
    web = Web(site, names={"web.archive.org": PUBLIC})
    assert web.get("http://web.archive.org/a").status == 200
    assert site.hits == ["/a"]


# -- secrets

HEADERS = (("Authorization", "Bearer s3cret"), ("Cookie", "login=s3cret; b=2"), ("X-Name", "글"))


def seen(site: Site, word: str = "s3cret") -> list[str]:
    """The requests that carried it."""
    return [r.path for r in site.requests if word in str(r.headers)]


def test_secrets_are_for_the_blogs_own_host(serve: Serve, tmp_path: Path) -> None:
    home = serve({"/": redirect("http://other.example/1"), "/own": redirect("/own2"), "/own2": "<p>1</p>", "/p": b"p"})
    other = serve({"/1": redirect(BLOG + "/own2"), "/2": "<p>2</p>", "/p": b"p"})
    web = Web(home, other, robots=False, headers=HEADERS)
    assert web.get(BLOG + "/").at == BLOG + "/own2"
    web.get(BLOG + "/own")
    web.get("http://other.example/2", referer=BLOG + "/")
    web.save("http://other.example/p", tmp_path / "a")
    web.save(BLOG + "/p", tmp_path / "b")
    assert seen(home) == home.hits == ["/", "/own2", "/own", "/own2", "/p"]
    assert (seen(other), other.hits) == ([], ["/1", "/2", "/p"])
    headers = home.requests[0].headers
    assert headers["authorization"] == "Bearer s3cret" and headers["x-name"].encode("latin-1").decode() == "글"
    assert headers["cookie"] == "login=s3cret; b=2"
    assert "s3cret" not in str(web.told) + repr(web.live)


@pytest.mark.parametrize(
    ("home", "url", "trusted"),
    [
        (BLOG, BLOG + "/a", True),
        (BLOG, "https://some.blog.example/a", True),
        (BLOG, "http://SOME.blog.example:80/", True),
        (BLOG, "http://www.some.blog.example/", False),
        (BLOG, "http://blog.example/", False),
        (BLOG, "http://some.blog.example:8080/", False),
        (BLOG, "http://some.blog.example@evil.example/", False),
        ("https://some.blog.example/", BLOG, False),
        ("https://some.blog.example/", "https://some.blog.example/a", True),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8001/", False),
        ("", BLOG, False),
        ("http://a:99999/", "http://b:99999/", False),
        ("file:///a", "file:///a", False),
    ],
)
def test_which_host_is_the_blogs_own(home: str, url: str, trusted: bool) -> None:
    secrets = Secrets(Options(headers=HEADERS), home)
    assert (url in secrets) is trusted
    assert bool(secrets.headers(url)) is trusted


def test_what_a_host_sets_while_it_knows_us_stays_with_it(serve: Serve) -> None:
    home = serve({"/": Answer(200, "1", {"Set-Cookie": "renewed=s3cret; Domain=.blog.example"}), "/2": "2"})
    other = serve({"/": "3"})
    web = Web(home, other, robots=False, headers=HEADERS)
    web.get(BLOG + "/")
    web.get("http://other.blog.example/")
    web.get(BLOG + "/2")
    assert "renewed=s3cret" in home.requests[-1].headers["cookie"]
    assert "login=s3cret" in home.requests[-1].headers["cookie"]
    assert seen(other) == []


def test_cookies_of_a_session_are_kept_for_their_host(serve: Serve) -> None:
    one = serve({"/": Answer(200, "1", {"Set-Cookie": "id=7"}), "/2": "2"})
    two = serve({"/": "3"})
    web = Web(one, two, robots=False)
    web.get(BLOG + "/")
    web.get("http://other.example/")
    web.get(BLOG + "/2")
    assert one.requests[-1].headers["cookie"] == "id=7"
    assert seen(two, "id=7") == []


def test_without_secrets_a_cookie_is_for_whom_its_host_says(serve: Serve) -> None:
    """As in every browser: a blog at example.org may set one on its way to www.example.org."""
    one = serve({"/": redirect("http://www.blog.example/", Set_Cookie="id=7; Domain=blog.example")})
    two = serve({"/": "1"})
    Web(one, two, home="http://blog.example/", robots=False).get("http://blog.example/")
    assert two.requests[0].headers["cookie"] == "id=7"


def test_a_cookies_file_is_for_the_blogs_own_host(serve: Serve, tmp_path: Path) -> None:
    file = tmp_path / "cookies.txt"
    rows = [("some.blog.example", "FALSE", "a"), (".blog.example", "TRUE", "b"), ("other.example", "FALSE", "c")]
    lines = [f"{host}\t{sub}\t/\tFALSE\t0\t{name}\ts3cret" for host, sub, name in rows]
    file.write_text("# Netscape HTTP Cookie File\n" + "\n".join(lines) + "\n")
    home, other = serve({"/": "1"}), serve({"/": "2"})
    web = Web(home, other, robots=False, cookies=str(file))
    web.get(BLOG + "/")
    web.get("http://other.example/")
    assert sorted(home.requests[0].headers["cookie"].split("; ")) == ["a=s3cret", "b=s3cret"]
    assert seen(other) == []


@pytest.mark.parametrize("cookies", ["firefox", "chrome", "no-such-file.txt", __file__])
def test_cookies_that_cannot_be_read_are_a_source_error(cookies: str) -> None:
    with pytest.raises(SourceError) as caught:
        Web(cookies=cookies)
    assert cookies in str(caught.value)


def test_a_header_that_cannot_be_sent_is_not_shown(serve: Serve) -> None:
    web = Web(serve({"/": "1"}), robots=False, headers=(("Authorization", "s3cret\r\nX: y"),))
    assert "s3cret" not in str(web.fails(BLOG + "/"))


def test_a_netrc_is_not_read(serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine some.blog.example login me password s3cret\n")
    monkeypatch.setenv("NETRC", str(file))
    site = serve({"/": "1"})
    Web(site).get(BLOG + "/")
    assert all("authorization" not in r.headers for r in site.requests)


# -- memory


def test_a_page_is_asked_for_once_unless_fresh(serve: Serve) -> None:
    site = serve({"/": sequence("1", "2", "3")})
    web = Web(site, robots=False)
    assert [web.get(BLOG + "/", fresh=f).body for f in (False, False, True, False)] == [b"1", b"1", b"2", b"2"]
    assert web.get(BLOG + "/") is web.get(BLOG + "/#top")  # one Page, one parse
    assert len(site.hits) == 2


def test_a_page_is_remembered_where_it_was_found(serve: Serve) -> None:
    site = serve({"/": redirect("/blog"), "/blog": "1"})
    web = Web(site, robots=False)
    for url in (BLOG, BLOG + "/", BLOG + "/blog"):
        page = web.get(url)
        assert (page.url, page.at) == (url, BLOG + "/blog")
    assert site.hits == ["/", "/blog"]


def test_memory_is_short(serve: Serve) -> None:
    site = serve(lambda request: "1234")
    web = Web(site, robots=False, delay=0, limits=Limits(memory_pages=3, memory_bytes=8))
    for path in ("/a", "/b", "/a", "/b", "/c", "/b", "/a"):
        web.get(BLOG + path)
    assert site.hits == ["/a", "/b", "/c", "/a"]


def test_errors_are_not_remembered(serve: Serve) -> None:
    web = Web(serve({"/": sequence(Answer(404), "1")}), robots=False)
    web.fails(BLOG)
    assert web.get(BLOG).body == b"1"


# -- pictures

PICTURE = b"\x89PNG" + bytes(range(256)) * 400


def test_a_picture_goes_to_a_file(serve: Serve, tmp_path: Path) -> None:
    site = serve({"/a.png": redirect("/b.png"), "/b.png": PICTURE})
    web, to = Web(site), tmp_path / "a.part"
    page = web.save(BLOG + "/a.png", to, referer=BLOG + "/post")
    assert to.read_bytes() == PICTURE
    assert (page.url, page.at, page.body, page.kind) == (BLOG + "/a.png", BLOG + "/b.png", b"", "image/png")
    assert page.headers["content-length"] == str(len(PICTURE))
    for request in site.requests:
        assert request.headers["accept"] == "image/*,*/*;q=0.8"
        assert request.headers["referer"] == BLOG + "/post"
        assert "range" not in request.headers
    assert web.fetched[-1] == (BLOG + "/b.png", 200, len(PICTURE))


def test_a_picture_that_was_begun_goes_on(serve: Serve, tmp_path: Path) -> None:
    site, to = serve({"/a.png": ranged(PICTURE)}), tmp_path / "a.part"
    to.write_bytes(PICTURE[:1000])
    web = Web(site)
    web.save(BLOG + "/a.png", to)
    assert to.read_bytes() == PICTURE
    assert site.requests[0].headers["range"] == "bytes=936-", "a little of it again"
    assert web.fetched == [(BLOG + "/a.png", 206, len(PICTURE) - 936)]


def test_a_picture_that_broke_off_goes_on_where_it_stopped(serve: Serve, tmp_path: Path) -> None:
    site = serve({"/a.png": sequence(truncated(PICTURE[:90_000], len(PICTURE)), ranged(PICTURE))})
    web, to = Web(site), tmp_path / "a.part"
    web.save(BLOG + "/a.png", to)
    assert to.read_bytes() == PICTURE
    assert "range" in site.requests[1].headers
    assert web.time.slept == []


def test_pictures_of_a_host_that_fails_them_are_not_tried_twice_until_one_comes(serve: Serve, tmp_path: Path) -> None:
    site = serve({"/bad": drop(), "/good": PICTURE})
    web = Web(site)
    for path in ("/bad", "/bad", "/bad", "/good", "/bad"):
        with suppress(FetchError):
            web.save(BLOG + path, tmp_path / "a")
    assert [len(list(run)) for _, run in groupby(site.hits)] == [7, 1, 3]


def unfit(range_: str, **headers: str) -> Answer:
    return Answer(206, b"nonsense", {"Content-Range": range_, **{k.replace("_", "-"): v for k, v in headers.items()}})


@pytest.mark.parametrize(
    "answer",
    [
        PICTURE,  # the server knows no ranges
        unfit("bytes 0-7/8"),
        unfit("bytes 935-942/943"),
        unfit("bytes */1007"),
        unfit(""),
        unfit("bytes 936-943/944", Content_Encoding="x"),
        unfit("bytes 936-943/944", Last_Modified="Fri, 01 Jan 2100 00:00:00 GMT"),  # another file by now
        unfit("bytes 936-943/944"),  # likewise, and its server says nothing of when
        ranged(PICTURE, ETag='"2"'),
        ranged(PICTURE[:999]),
        truncated(PICTURE[936:990], 5000, 206, Content_Range="bytes 936-5935/5936"),
        Answer(416, b"", {"Content-Range": "bytes */8"}),
    ],
)
def test_a_picture_that_cannot_go_on_starts_over(serve: Serve, tmp_path: Path, answer: Any) -> None:
    site, to = serve({"/a.png": sequence(answer, PICTURE)}), tmp_path / "a.part"
    to.write_bytes(b"x" * 1000)
    Web(site).save(BLOG + "/a.png", to)
    assert to.read_bytes() == PICTURE
    assert site.requests[0].headers["range"] == "bytes=936-"


def test_a_part_that_ends_early_goes_on(serve: Serve, tmp_path: Path) -> None:
    part = Answer(206, PICTURE[936:2000], {"Content-Range": f"bytes 936-1999/{len(PICTURE)}"})
    site, to = serve({"/a.png": sequence(part, ranged(PICTURE))}), tmp_path / "a.part"
    to.write_bytes(PICTURE[:1000])
    Web(site).save(BLOG + "/a.png", to)
    assert to.read_bytes() == PICTURE
    assert site.requests[1].headers["range"] == "bytes=1936-"


def test_a_picture_that_was_whole_already_is_not_asked_for_again(serve: Serve, tmp_path: Path) -> None:
    site, to = serve({"/a.png": ranged(PICTURE)}), tmp_path / "a.part"
    to.write_bytes(PICTURE)
    web = Web(site)
    web.save(BLOG + "/a.png", to)
    assert to.read_bytes() == PICTURE and web.fetched == [(BLOG + "/a.png", 206, 64)]


def test_an_error_leaves_what_was_begun(serve: Serve, tmp_path: Path) -> None:
    to = tmp_path / "a.part"
    to.write_bytes(b"begun")
    with pytest.raises(Missing):
        Web(serve({})).save(BLOG + "/a.png", to)
    assert to.read_bytes() == b"begun"


@pytest.mark.parametrize("begun", [0, 60])
def test_a_picture_has_a_cap(serve: Serve, tmp_path: Path, begun: int) -> None:
    to = tmp_path / "a.part"
    to.write_bytes(b"x" * begun)
    web = Web(serve({"/a.png": ranged(bytes(101))}), limits=Limits(save_bytes=100))
    with pytest.raises(FetchError, match="larger than 100 bytes"):
        web.save(BLOG + "/a.png", to)


def test_a_folder_that_is_none_is_a_store_error(serve: Serve, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"a\.part cannot be written: "):
        Web(serve({"/a.png": PICTURE})).save(BLOG + "/a.png", tmp_path / "none" / "a.part")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_a_store_error(serve: Serve) -> None:
    with pytest.raises(StoreError, match="No space left"):
        Web(serve({"/a.png": PICTURE})).save(BLOG + "/a.png", Path("/dev/full"))


# -- TLS


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[tuple[Site, Path, list[str | None]]]:
    """A site with a certificate of its own for some.blog.example; the certificate; the names it was called by."""
    if not shutil.which("openssl"):
        pytest.skip("needs openssl to make a certificate")
    cert, key, names = tmp_path / "cert.pem", tmp_path / "key.pem", list[str | None]()
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=x -addext subjectAltName=DNS:some.blog.example"
    )
    subprocess.run([*command.split(), "-keyout", key, "-out", cert], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    context.sni_callback = lambda sock, name, _: names.append(name)
    with Site({"/": "<p>1</p>"}, tls=context) as site:
        yield site, cert, names


def test_tls_is_with_the_name_at_the_address_checked(
    secure: tuple[Site, Path, list[str | None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    site, cert, names = secure
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(cert))
    web = Web(site, home="https://some.blog.example/")
    assert web.get("https://some.blog.example/").body == b"<p>1</p>"
    assert (names, web.dialled) == (["some.blog.example"], [PUBLIC])
    assert "certificate is not valid" in web.fails("https://other.example/").why


def test_a_certificate_nobody_signed_is_an_error_at_once(secure: tuple[Site, Path, list[str | None]]) -> None:
    web = Web(secure[0], robots=False)
    error = web.fails("https://some.blog.example/")
    assert error.why.startswith("its certificate is not valid: self") and web.time.slept == []


def test_a_server_without_tls_is_an_error(serve: Serve) -> None:
    assert "the connection failed" in Web(serve({"/": "1"}), robots=False).fails("https://some.blog.example/").why
