"""Servers that mean harm, beyond what webs/live meets in test_live: each costs what it holds, and little else."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import Serve
from homemade import PNG, Told, blog
from hosts import Hosts
from loopback import Answer, Request, Servable, Site, drop, redirect, reset, truncated
from test_live import BLOG, PUBLIC, Web

from blogark import Missing, Options, Refused, archive
from blogark.errors import FetchError
from blogark.model import Report
from blogark.webs.live import Limits

HOME = "http://some.blog.example"
WORDS = "<p>The quick brown fox looked at the lazy dog and went on sleeping in the sun.</p>"
POSTS = [Told(f"/2011/05/post-{name}.html", f"Post {name}", body=WORDS + f"<p>{name * 9}</p>") for name in "abc"]


def save(site: Site, into: Path, **options: Any) -> Report:
    """The blog behind `site`, saved under a public name; waiting takes no time."""
    with Hosts({"some.blog.example": site}) as hosts:
        chosen = Options(**{"wayback": "never", "delay": 0, **options})
        return archive(HOME, into, chosen, lambda event: None, net=hosts.net)


def titles(into: Path) -> set[str]:
    return {
        m[1] for path in into.glob("posts/**/*.md") if (m := re.search(r"^title: (.*)$", path.read_text("utf-8"), re.M))
    }


# -- one post's server goes mad, the others are saved


def chunked(size: bytes) -> Answer:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    return Answer(wire=lambda handler: handler.put(head + size + b"\r\n<p>\r\n0\r\n\r\n"))


def packed(coding: str, body: bytes = b"<p>1</p>") -> Answer:
    return Answer(200, body, {"Content-Encoding": coding, "Content-Type": "text/html"})


MAD: dict[str, Servable] = {
    "500": Answer(500),
    "503 for a week": Answer(503, headers={"Retry-After": "604800"}),
    "503 until a day": Answer(503, headers={"Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT"}),
    "503 for ever": Answer(503, headers={"Retry-After": "9" * 400}),
    "429 and nonsense": Answer(429, headers={"Retry-After": "-1, soon; \x7f"}),
    "429": Answer(429),
    "reset": reset(),
    "drop": drop(),
    "short": truncated(b"<p>", 1000),
    "bomb": packed("gzip", gzip.compress(bytes(80 << 20), 1)),
    "no br": packed("br", b"\x00\x01\x02"),
    "chunks of no size": chunked(b"zz"),
    "chunks below nothing": chunked(b"-5"),
    "a chunk too large": chunked(b"f" * 17),
    "home": redirect("http://127.0.0.1/"),
    "file": redirect("file:///etc/passwd"),
    "round": redirect("/2011/05/post-b.html"),
    "ever on": lambda request: redirect(f"/2011/05/post-b.html?{len(request.path)}{'x' * len(request.path)}"),
    "a status that is none": Answer(wire=lambda h: h.put(b"HTTP/1.1 999999 -\r\nContent-Length: 0\r\n\r\n")),
    "heads without end": Answer(wire=lambda h: h.put(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5000)),
    "a head of a megabyte": Answer(200, "<p>1</p>", {"X": "y" * (1 << 20)}),
}


@pytest.mark.parametrize("mad", MAD)
def test_a_post_that_cannot_be_had_is_named_and_the_others_are_saved(serve: Serve, tmp_path: Path, mad: str) -> None:
    site = serve({**blog(*POSTS), POSTS[1].path: MAD[mad]})
    report = save(site, tmp_path)
    assert (report.code, titles(tmp_path)) == (1, {"Post a", "Post c"})
    assert len(report.failures) == 1 and "/2011/05/post-b.html" in report.failures[0]
    assert len([hit for hit in site.hits if "post-b" in hit]) <= 24 and len(site.hits) < 60


def test_in_a_storm_a_blog_of_hundreds_is_given_up_soon(serve: Serve, tmp_path: Path) -> None:
    told = [Told(f"/2011/05/{n}.html", f"Post {n}") for n in range(100)]
    down = {post.path: Answer(503, headers={"Retry-After": "60"}) for post in told}
    site = serve({**blog(*told), **down})
    with Hosts({"some.blog.example": site}) as hosts:
        report = archive(HOME, tmp_path, Options(wayback="never"), lambda event: None, net=hosts.net)
    assert report.code == 1 and len(report.failures) == 100
    assert len(site.hits) < 100 + 5 * 4 + 20 and sum(hosts.slept) < 3600


# -- how much is read


def test_lines_about_chunks_end(serve: Serve) -> None:
    def wire(handler: Any) -> None:
        handler.put(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;" + b"x" * (4 << 20))
        handler.site.closing.wait(30)

    assert "exceeded maximum" in web_fails(serve({"/": Answer(wire=wire)}))


def test_answers_before_the_answer_end(serve: Serve) -> None:
    web = Web(site := serve({}), robots=False)

    def wire(handler: Any) -> None:
        for _ in range(200):
            handler.put(b"HTTP/1.1 100 Continue\r\n\r\n" * 40)
            web.time.now += 1
        site.closing.wait(30)

    site.pages["/"] = Answer(wire=wire)
    assert web.fails(BLOG + "/").why == "the answer took longer than 120 s"


def test_what_comes_after_a_body_is_not_the_next_page(serve: Serve) -> None:
    evil = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"
    first = b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n<p>1</p>" + evil

    def wire(handler: Any) -> None:
        handler.put(first)
        handler.close_connection = False

    web = Web(serve({"/": Answer(wire=wire), "/2": "<p>2</p>"}), robots=False)
    assert web.get(BLOG + "/").body == b"<p>1</p>"
    assert web.get(BLOG + "/2").body == b"<p>2</p>"


def brotli_zeros(size: int) -> bytes:
    return bytes(pytest.importorskip("brotli").compress(bytes(size), quality=5))


@pytest.mark.parametrize("coding", ["br", "gzip, br"])
def test_a_bomb_of_brotli_is_not_unpacked(serve: Serve, coding: str) -> None:
    bomb = brotli_zeros(80 << 20) if coding == "br" else brotli_zeros(8 << 20)
    site = serve({"/": packed(coding, bomb)})
    assert web_fails(site) in {"larger than 67,108,864 bytes", "the body is not compressed as the server says"}


def web_fails(site: Site) -> str:
    return Web(site, robots=False).fails(BLOG).why


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, BR"])
def test_a_coding_that_takes_a_package_is_named(serve: Serve, monkeypatch: pytest.MonkeyPatch, coding: str) -> None:
    monkeypatch.setattr("blogark.webs._lane.can_unpack", lambda coding: False)
    assert web_fails(serve({"/": packed(coding)})) == f"packed as {coding}, for which a package is missing here"


@pytest.mark.parametrize("coding", ["utf-8", "none", "identity", "binary", ",", "x" * 5000])
def test_a_coding_that_is_none_is_none(serve: Serve, coding: str) -> None:
    assert Web(serve({"/": packed(coding)}), robots=False).get(BLOG).body == b"<p>1</p>"


def test_twenty_codings_are_too_many(serve: Serve) -> None:
    body = b"<p>1</p>"
    for _ in range(20):
        body = gzip.compress(body)
    assert (
        web_fails(serve({"/": packed(", ".join(["gzip"] * 20), body)}))
        == "the body is not compressed as the server says"
    )


def test_a_picture_that_is_a_bomb_leaves_nothing(serve: Serve, tmp_path: Path) -> None:
    bomb = Answer(200, gzip.compress(bytes(80 << 20), 1), {"Content-Encoding": "gzip", "Content-Type": "image/png"})
    web, to = Web(site := serve({"/a.png": bomb})), tmp_path / "a.part"
    for _ in range(2):
        with pytest.raises(FetchError, match="larger than"):
            web.save(BLOG + "/a.png", to)
        assert to.stat().st_size == 0
    assert [request.headers.get("range") for request in site.requests] == [None, None]


def test_cookies_are_not_gathered_without_end(serve: Serve) -> None:
    def bake(request: Request) -> Answer:
        number = len(site.requests)
        lines = "".join(f"Set-Cookie: c{number}-{n}={'x' * (5000 if n % 2 else 10)}\r\n" for n in range(90))
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1\r\n{lines}\r\n1"
        return Answer(wire=lambda handler: handler.put(head.encode()))

    site = serve(bake)
    web = Web(site, robots=False, delay=0)
    for n in range(40):
        web.get(f"http://h{n % 4}.example/{n}")
    jar = list(web.live._lane.jar)
    assert len(jar) <= 3000 and max(len(cookie.value or "") for cookie in jar) <= 4096


# -- private addresses, however they are written

SPELLINGS = [
    *("0", "0x7f.1", "017700000001", "0x7f000001", "127.0.0.1.", "0177.0x0.0.1", "127.0.1", "1", "0xa9fea9fe"),
    *("2852039166", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:169.254.169.254]", "[::127.0.0.1]", "[::ffff:0:7f00:1]"),
    *("[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::7f00:1]", "[2002:a9fe:a9fe::1]", "[fe80::1%25lo]", "[::ffff:10.0.0.1]"),
    *("[2001:0:7f00:1::]", "[2001:db8::1]", "192.0.0.1", "198.18.0.1", "203.0.113.1", "255.255.255.255", "172.16.0.1"),
]


@pytest.mark.parametrize("host", SPELLINGS)
def test_no_spelling_of_a_private_address_is_asked(serve: Serve, tmp_path: Path, host: str) -> None:
    site = serve({"/": redirect(f"http://{host}/secret"), "/secret": "secret"})
    web = Web(site)
    for ask in (lambda: web.get(BLOG + "/"), lambda: web.get(f"http://{host}/secret")):
        with pytest.raises(FetchError) as caught:
            ask()
        assert isinstance(caught.value, Refused | Missing) or "no address" in caught.value.why
    with pytest.raises(FetchError):
        web.save(f"http://{host}/secret", tmp_path / "a.part")
    assert "/secret" not in site.hits and set(web.dialled) == {PUBLIC}


NAMES = ["localhost", "localhost.", "a.localhost", "127.0.0.1.nip.example", "metadata.internal"]


@pytest.mark.parametrize("ip", ["127.0.0.1", "::1", "169.254.169.254", "0.0.0.0", "fe80::1%eth0", "::ffff:10.0.0.1"])
@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_a_private_address_is_asked(serve: Serve, name: str, ip: str) -> None:
    site = serve({"/": redirect(f"http://{name}/secret"), "/secret": "secret"})
    web = Web(site, names=dict.fromkeys((name, "127.0.0.1"), ip))
    assert isinstance(web.fails(BLOG + "/"), Refused | Missing)
    assert "/secret" not in site.hits and web.dialled == [PUBLIC]


def test_a_name_may_not_change_between_two_pages(serve: Serve) -> None:
    """Each new connection is checked anew, and is made to the very address that was."""
    calls: list[str] = []

    def resolve(host: str, port: int) -> list[tuple[str, int]]:
        calls.append(host)
        return [(PUBLIC if len(calls) <= 2 else "169.254.169.254", port)]

    from blogark.webs.live import Live

    site = serve({"/": Answer(200, "<p>1</p>", {"Connection": "close"}), "/2": "<p>2</p>"})
    dialled: list[str] = []

    def connect(address: tuple[str, int], seconds: float) -> Any:
        import socket

        dialled.append(address[0])
        return socket.create_connection(("127.0.0.1", site.port), seconds)

    live = Live(Options(robots=False), lambda event: None, home=BLOG, resolve=resolve, connect=connect)
    assert live.get(BLOG + "/").status == 200
    with pytest.raises(Refused, match="private address"):
        live.get(BLOG + "/2")
    assert dialled == [PUBLIC]


def test_of_a_thousand_addresses_few_are_tried() -> None:
    from blogark.webs.live import Live

    dialled: list[str] = []

    def connect(address: tuple[str, int], seconds: float) -> Any:
        dialled.append(address[0])
        raise OSError(113, "No route to host")

    many = [(f"8.8.{n >> 8}.{n & 255}", 80) for n in range(1000)]
    live = Live(Options(robots=False), lambda e: None, home=BLOG, resolve=lambda h, p: many, connect=connect,
                sleep=lambda seconds: None)  # fmt: skip
    with pytest.raises(FetchError, match="No route to host"):
        live.get(BLOG)
    assert len(dialled) == 4 * 4


@pytest.mark.parametrize("name", ["http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"])
@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1", "gopher://[::1", "http://", "javascript:1"])
def test_a_proxy_that_is_none_is_an_error_in_words(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, name: str, proxy: str
) -> None:
    monkeypatch.setenv(name, proxy)
    web = Web(serve({"/": "<p>1</p>"}), robots=False, limits=Limits(retries=0))
    for url in (BLOG, BLOG.replace("http:", "https:")):
        try:
            web.get(url)
        except FetchError as error:
            assert error.url == url and "Traceback" not in error.why


# -- addresses and headers that carry more than they should


@pytest.mark.parametrize(
    "to",
    ["/a%0d%0aHost:%20evil.example", "/a\\@evil.example", "/a b", "/%00", "/../../x", "/?a=%0d%0a%0d%0aGET%20/evil"],
)
def test_an_address_is_one_request_line(serve: Serve, to: str) -> None:
    site = serve(lambda request: redirect(to) if request.path == "/" else "<p>1</p>")
    Web(site, robots=False).get(BLOG + "/")
    assert len(site.requests) == 2 and all(r.headers["host"] == "some.blog.example" for r in site.requests)
    assert not re.search(r"[\s\x00]", site.requests[1].path)


def test_no_header_comes_out_of_a_page(serve: Serve, tmp_path: Path) -> None:
    body = WORDS + '<img src="/a.png?x\r\nX-Evil: 1"><img src="/b.png\x0d\x0aX-Evil: 1">'
    site = serve({**blog(Told(POSTS[0].path, "Post a", body=body)), "/a.png": PNG, "/b.pngX-Evil:%201": PNG})
    save(site, tmp_path)
    assert all("x-evil" not in request.headers for request in site.requests)


def test_the_name_of_a_file_is_not_what_its_server_says(serve: Serve, tmp_path: Path) -> None:
    names = ["../../../../evil.sh", "CON.png", "a\x00.png", "x.html", "..", "é" * 300]
    body = WORDS + "".join(f'<img src="/p{n}.png">' for n in range(len(names)))
    pictures = {
        f"/p{n}.png": Answer(
            200, PNG + b"%d" % n, {"Content-Disposition": f'attachment; filename="{name}"', "Content-Type": "x"}
        )
        for n, name in enumerate(name.encode().decode("latin-1").replace("\x00", "") for name in names)
    }
    report = save(serve({**blog(Told(POSTS[0].path, "Post a", body=body)), **pictures}), tmp_path / "in")
    assert report.code == 0 and [path.name for path in tmp_path.iterdir()] == ["in"]
    saved = {path.name for path in (tmp_path / "in/media").iterdir()}
    assert len(saved) == len(names) and all(re.fullmatch(r"p\d-[0-9a-f]{8}\.png", name) for name in saved)


# -- blogs that never end


def calendar(request: Request) -> str | None:
    """A day of a calendar for every address; each links to the ones before and after, without end."""
    found = re.fullmatch(r"/cal/(\d+)/(\d+)/?", request.path.partition("?")[0])
    if not found:
        return None
    year, month = int(found[1]), int(found[2])
    links = "".join(
        f"<a href='/cal/{(12 * year + month + n) // 12}/{(12 * year + month + n) % 12}/'>{words}</a>"
        for n, words in ((-1, "Previous month"), (1, "Next month"), (12, "Next year"), (-12, "Older posts"))
    )
    head = f"<head><title>{year}-{month}</title></head>"
    return f"<html>{head}<body><h1>{year}-{month}</h1><p>No posts.</p>{links}</body></html>"


def front(*more: str) -> str:
    listing = "".join(post.listed() for post in POSTS)
    head = "<head><title>A blog</title></head>"
    return f"<html>{head}<body><h1><a href='/'>A blog</a></h1>{listing}{''.join(more)}</body></html>"


def test_a_calendar_without_end_ends(serve: Serve, tmp_path: Path) -> None:
    pages = blog(*POSTS) | {
        "/": front("<a href='/cal/2011/5/'>Previous month</a> <a href='/cal/2011/4/'>Older posts</a>")
    }
    site = serve(lambda request: calendar(request) or pages.get(request.path))  # type: ignore[arg-type,return-value]
    assert save(site, tmp_path).written == 3 and titles(tmp_path) >= {"Post a", "Post b", "Post c"}
    assert len(site.hits) < 80


def test_a_session_in_every_address_is_no_new_page(serve: Serve, tmp_path: Path) -> None:
    pages = blog(*POSTS)

    def answer(request: Request) -> Any:
        path = request.path.partition("?")[0]
        session = f"?PHPSESSID={len(site.requests):032x}"
        found = front(f"<a href='/{session}'>Older posts</a>") if path == "/" else pages.get(path)
        return re.sub(r"href=\"(/2011[^\"]*)\"", rf'href="\1{session}"', found) if isinstance(found, str) else found

    site = serve(answer)
    report = save(site, tmp_path)
    assert titles(tmp_path) == {"Post a", "Post b", "Post c"} and len(site.hits) < 80
    assert report.written == 3


def test_a_pager_that_counts_for_ever_ends(serve: Serve, tmp_path: Path) -> None:
    def answer(request: Request) -> Any:
        number = re.search(r"page=(\d+)", request.path)
        page = int(number[1]) if number else 1
        return (
            front(f"<a href='/?page={page + 1}'>Older posts</a>")
            if request.path[:2] in {"/", "/?"}
            else blog(*POSTS).get(request.path)
        )

    site = serve(answer)
    assert save(site, tmp_path).written == 3 and len(site.hits) < 60


# -- pages that say they are others


@pytest.mark.parametrize(
    "claim", ["/2011/05/post-a.html", "/", "http://other.example/", "http://some.blog.example/x#y"]
)
def test_posts_that_claim_one_address_are_several(serve: Serve, tmp_path: Path, claim: str) -> None:
    head = f'<head><link rel="canonical" href="{claim}"><meta property="og:url" content="{claim}">'
    pages = {
        path: page.replace("<head>", head) if isinstance(page, str) else page for path, page in blog(*POSTS).items()
    }
    site = serve(pages)
    report = save(site, tmp_path)
    assert (report.written, report.code) == (3, 0) and titles(tmp_path) == {"Post a", "Post b", "Post c"}


def test_entries_of_one_id_are_several_posts(serve: Serve, tmp_path: Path) -> None:
    items = "".join(
        f"<item><title>{post.title}</title><link>{HOME}{post.path}</link><guid isPermaLink='false'>1</guid>"
        f"<pubDate>Mon, 16 May 2011 12:00:00 GMT</pubDate>"
        f"<description>{post.title} &lt;p&gt;words&lt;/p&gt;</description></item>"
        for post in POSTS
    )
    feed = f"<?xml version='1.0'?><rss version='2.0'><channel><title>A blog</title>{items}</channel></rss>"
    pages = {
        **blog(*POSTS),
        "/feed/": feed,
        "/": front().replace("<head>", "<head><link rel=alternate type='application/rss+xml' href='/feed/'>"),
    }
    assert save(serve(pages), tmp_path).written == 3 and titles(tmp_path) == {"Post a", "Post b", "Post c"}


# -- secrets

SECRET = "s3cr3t-0f-m1ne"


def everything(folder: Path) -> bytes:
    """All bytes of an archive, packed ones unpacked too, and its names."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    unpacked = [gzip.decompress(path.read_bytes()) for path in found if path.suffix == ".gz"]
    return b"".join([*(path.read_bytes() for path in found), *unpacked, *(str(path).encode() for path in found)])


@pytest.mark.parametrize("raw", ["pages", "all"])
def test_no_file_holds_a_secret(serve: Serve, tmp_path: Path, raw: str) -> None:
    def answer(request: Request) -> Any:
        found = pages.get(request.path)
        kind = "image/png" if isinstance(found, bytes) else "text/html; charset=utf-8"
        said = {
            "Set-Cookie": f"session={SECRET}",
            "X-Echo": f"you said {request.headers.get('x-key')}",
            "Content-Type": kind,
        }
        said |= {"Vary": "Cookie, X-Key", "Link": f"</>; rel=x; token={request.headers.get('cookie')}"}
        return Answer(200, found, said) if isinstance(found, bytes | str) else found

    shown = Told(POSTS[0].path, "Post a", body=WORDS + '<img src="/a.png"><img src="http://other.example/b.png">')
    pages: dict[str, Any] = {**blog(shown, *POSTS[1:]), "/a.png": PNG}
    pages |= {POSTS[2].path: redirect(f"http://other.example{POSTS[2].path}")}
    cookies = tmp_path / "cookies.txt"
    cookies.write_text(f"# Netscape HTTP Cookie File\nsome.blog.example\tFALSE\t/\tFALSE\t0\tlogin\t{SECRET}\n")
    home, other = serve(answer), serve({"/b.png": PNG + b"2", POSTS[2].path: POSTS[2].page()})
    told: list[str] = []
    with Hosts({"some.blog.example": home, "other.example": other}) as hosts:
        headers = (("X-Key", SECRET), ("Authorization", f"Bearer {SECRET}"), ("Cookie", f"sid={SECRET}"))
        options = Options(wayback="never", headers=headers, cookies=str(cookies), raw=raw)  # type: ignore[arg-type]
        report = archive(
            f"http://me:{SECRET}@some.blog.example",
            tmp_path / "out",
            options,
            lambda e: told.append(str(e) + json.dumps(e.to_dict())),
            net=hosts.net,
        )
    assert report.written == 3
    assert any(SECRET in str(request.headers) for request in home.requests), "it was used"
    assert not any(SECRET in str(request.headers) + request.path for request in other.requests)
    assert SECRET.encode() not in everything(tmp_path / "out") and SECRET not in "".join(told) + repr(report)
