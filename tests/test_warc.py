"""What the net answered is kept as it came, and answers again; WARCs of others answer too."""

import base64
import gzip
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Serve
from homemade import GIF, Told, blog
from loopback import Answer, Site, redirect, sequence
from warcio.archiveiterator import ArchiveIterator

from blogark import archive
from blogark.errors import FetchError, Missing, SourceError, StoreError
from blogark.model import Options
from blogark.webs.live import Live
from blogark.webs.raw import Raw
from blogark.webs.tape import Tape
from blogark.webs.warc import Warc

PAGE = "<html><body><p>" + "Words of a page. " * 400 + "</p></body></html>"

KOREAN = "/%EB%B0%9C%EB%A1%9C%20%EB%9B%B0"  # as requests quotes "/발로 뛰"


def chunked(body: bytes, **headers: str) -> Answer:
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    pieces = b"".join(b"%x\r\n%b\r\n" % (len(body[i : i + 100]), body[i : i + 100]) for i in range(0, len(body), 100))
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n{lines}\r\n".encode()
    return Answer(wire=lambda handler: handler.put(head + pieces + b"0\r\n\r\n"))


PAGES = {
    "/": PAGE,
    "/packed": Answer(200, gzip.compress(PAGE.encode()), {"Content-Encoding": "gzip", "Content-Type": "text/html"}),
    "/pieces": chunked(PAGE.encode(), Set_Cookie="a=secret"),
    "/both": chunked(gzip.compress(PAGE.encode()), Content_Encoding="gzip"),
    "/moved": redirect("/packed"),
    "/feed.json": '{"version": 1}',
    KOREAN: "<p>Korean</p>",
}


def taped(site: Site, path: Path, *names: str, **options: Any) -> dict[str, Any]:
    """The pages of these names as the net gave them, after they went into raw.warc.gz of the archive at `path`."""
    chosen = Options(robots=False, **options)
    raw = Raw(chosen)
    raw.open(path)
    raw.begin()
    live = Live(chosen, lambda event: None, home=site.url, raw=raw)
    pages = {name: live.get(site.url + name, fresh=True) for name in names}
    raw.finish()
    return pages


def records(path: Path) -> Iterator[Any]:
    with path.open("rb") as file:
        yield from ArchiveIterator(file, check_digests="raise")


def test_what_was_answered_is_kept_as_it_came(serve: Serve, tmp_path: Path) -> None:
    site, path = serve(PAGES), tmp_path / ".blogark/raw.warc.gz"
    taped(site, tmp_path, *PAGES, "/발로 뛰")
    found = [
        (r.rec_type, r.rec_headers.get_header("WARC-Target-URI", "").removeprefix(site.url)) for r in records(path)
    ]
    fetched = ["/", "/packed", "/pieces", "/both", "/moved", "/feed.json", KOREAN]  # each answer once
    assert found == [("warcinfo", ""), *((kind, name) for name in fetched for kind in ("request", "response"))]
    assert all(r.rec_headers.protocol == "WARC/1.1" for r in records(path))
    payloads = {
        r.rec_headers.get_header("WARC-Target-URI"): r.raw_stream.read()
        for r in records(path)
        if r.rec_type == "response"
    }
    assert gzip.decompress(payloads[site.url + "/packed"]).decode() == PAGE
    assert gzip.decompress(payloads[site.url + "/both"]).decode() == PAGE
    assert payloads[site.url + "/pieces"].decode() == PAGE


def test_requests_name_their_answers_and_digests_are_of_payloads(serve: Serve, tmp_path: Path) -> None:
    site, path = serve(PAGES), tmp_path / ".blogark/raw.warc.gz"
    taped(site, tmp_path, "/packed", "/moved")
    said = [(r.rec_type, r.rec_headers.get_header, r.raw_stream.read(), r.http_headers) for r in records(path)]
    answers = {
        get("WARC-Record-ID"): (get("WARC-Target-URI"), get("WARC-Date"))
        for kind, get, _, _ in said
        if kind == "response"
    }
    for kind, get, body, http in said:
        if kind == "request":
            assert answers[get("WARC-Concurrent-To")] == (get("WARC-Target-URI"), get("WARC-Date"))
            assert http.get_header("host") and "blogark" in http.get_header("user-agent")
        if kind == "response":
            sha1 = base64.b32encode(hashlib.sha1(body).digest()).decode()
            assert get("WARC-Payload-Digest") == f"sha1:{sha1}"
            assert http.get_header("transfer-encoding") is None and http.get_header("content-length") == str(len(body))


def test_one_gzip_member_a_record(serve: Serve, tmp_path: Path) -> None:
    site, path = serve(PAGES), tmp_path / ".blogark/raw.warc.gz"
    taped(site, tmp_path, "/", "/packed")
    lines = (tmp_path / ".blogark/raw.cdxj").read_text("utf-8").splitlines()
    for line in lines:
        offset, length = (int(line.split(f'"{name}": "')[1].split('"')[0]) for name in ("offset", "length"))
        record = gzip.decompress(path.read_bytes()[offset : offset + length])
        assert record.startswith(b"WARC/1.1\r\n") and record.count(b"WARC/1.1") == 1
    assert len(lines) == 2


def test_no_secret_is_kept(serve: Serve, tmp_path: Path) -> None:
    pages = {"/": sequence(Answer(200, "a", {"Set-Cookie": "sid=s3cret"}), "b")}
    site, path = serve(pages), tmp_path / ".blogark/raw.warc.gz"
    headers = (("Authorization", "Basic s3cret"), ("X-Key", "s3cret"), ("Cookie", "k=s3cret"), ("User-Agent", "s3cret"))
    taped(site, tmp_path, "/", headers=headers)
    taped(site, tmp_path, "/", headers=headers)
    assert "s3cret" in str(site.requests[-1].headers)
    assert b"s3cret" not in gzip.decompress(path.read_bytes())


def test_a_tape_answers_as_the_net_did(serve: Serve, tmp_path: Path) -> None:
    site, path = serve(PAGES), tmp_path / ".blogark/raw.warc.gz"
    live = taped(site, tmp_path, *PAGES, "/발로 뛰")
    for web in (Tape(path).web, Warc(path)):
        for name, page in live.items():
            again = web.get(site.url + name)
            assert (again.body, again.status, again.url, again.kind) == (page.body, 200, page.url, page.kind)
            assert again.at in {page.at, site.url + KOREAN}
        web.save(site.url + "/both", tmp_path / "file")
        assert (tmp_path / "file").read_text() == PAGE
        with pytest.raises(Missing, match=r"not in raw\.warc\.gz"):
            web.get(site.url + "/other")
    assert live["/"].fetched and again.fetched and abs((again.fetched - live["/"].fetched).total_seconds()) < 60


def test_what_was_gone_is_gone(serve: Serve, tmp_path: Path) -> None:
    site, path = serve({}), tmp_path / ".blogark/raw.warc.gz"
    with pytest.raises(Missing):
        taped(site, tmp_path, "/gone")
    with pytest.raises(Missing, match="404"):
        Warc(path).get(site.url + "/gone")


def test_the_latest_answer_counts_and_the_same_is_not_kept_twice(serve: Serve, tmp_path: Path) -> None:
    site, path = serve({"/": sequence("one", "one", "two")}), tmp_path / ".blogark/raw.warc.gz"
    taped(site, tmp_path, "/")
    size = path.stat().st_size
    taped(site, tmp_path, "/")
    assert path.stat().st_size == size
    taped(site, tmp_path, "/")
    assert Tape(path).web.get(site.url).body == Warc(path).get(site.url).body == b"two"


def test_a_redirect_that_changes_is_kept(serve: Serve, tmp_path: Path) -> None:
    site = serve({"/": sequence(redirect("/a"), redirect("/a"), redirect("/b")), "/a": "a", "/b": "b"})
    path = tmp_path / ".blogark/raw.warc.gz"
    for wanted in (b"a", b"a", b"b"):
        taped(site, tmp_path, "/")
        assert Tape(path).web.get(site.url + "/").body == wanted
    assert sum(r.rec_type == "response" for r in records(path)) == 4


def test_a_torn_end_is_cut_and_the_tape_goes_on(serve: Serve, tmp_path: Path) -> None:
    site, path = serve({"/a": "first", "/b": "second", "/c": "third"}), tmp_path / ".blogark/raw.warc.gz"
    taped(site, tmp_path, "/a")
    first = path.stat().st_size
    taped(site, tmp_path, "/b")
    whole, lines = path.read_bytes(), (tmp_path / ".blogark/raw.cdxj").read_bytes()
    for size in range(len(whole) - 1, first - 1, -41):
        path.write_bytes(whole[:size])
        (tmp_path / ".blogark/raw.cdxj").write_bytes(lines)
        assert {page.url for page in Tape(path).index} == {site.url + "/a"}
        taped(site, tmp_path, "/c")
        assert [Tape(path).web.get(site.url + name).body for name in ("/a", "/c")] == [b"first", b"third"]
        list(records(path))


@pytest.mark.parametrize(
    "harm",
    [
        lambda lines: None,
        lambda lines: lines[:-20],
        lambda lines: b"junk\n",
        lambda lines: lines.replace(b'"offset": "', b'"offset": "1'),
    ],
)
def test_the_index_is_made_again(serve: Serve, tmp_path: Path, harm: Callable[[bytes], bytes | None]) -> None:
    site, path, index = serve(PAGES), tmp_path / ".blogark/raw.warc.gz", tmp_path / ".blogark/raw.cdxj"
    taped(site, tmp_path, *PAGES)
    lines = index.read_bytes()
    harmed = harm(lines)
    index.unlink() if harmed is None else index.write_bytes(harmed)
    assert Tape(path).web.get(site.url + "/packed").body.decode() == PAGE
    assert index.read_bytes() == lines


def test_damage_in_the_middle_costs_what_lies_there(serve: Serve, tmp_path: Path) -> None:
    site, path = serve({"/a": "first", "/b": "second", "/c": "third"}), tmp_path / ".blogark/raw.warc.gz"
    for name in ("/a", "/b", "/c"):
        taped(site, tmp_path, name)
    offset = next(each.offset for each in Tape(path).index if each.url.endswith("/b"))
    held = bytearray(path.read_bytes())
    held[offset + 20 : offset + 60] = bytes(40)
    path.write_bytes(held)
    with pytest.raises(FetchError):
        Tape(path).web.get(site.url + "/b")
    (tmp_path / ".blogark/raw.cdxj").unlink()
    web = Tape(path).web
    assert [web.get(site.url + name).body for name in ("/a", "/c")] == [b"first", b"third"]
    assert path.stat().st_size == len(held)


def test_what_is_not_ours_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "raw.warc.gz"
    path.write_bytes(b"somebody's own")
    with pytest.raises(StoreError, match="not written by blogark"):
        Tape(path)
    assert path.read_bytes() == b"somebody's own"


# WARCs of others


def warc(*made: tuple[str, dict[str, str], bytes], version: str = "WARC/1.0") -> list[bytes]:
    """Records as other programs write them: (type, headers, block)."""
    found = []
    for number, (kind, headers, block) in enumerate(made):
        all_headers = {
            "WARC-Type": kind,
            "WARC-Record-ID": f"<urn:uuid:{number:032}>",
            "WARC-Date": f"2011-05-16T00:00:{number:02}Z",
            "Content-Length": str(len(block)),
            "Content-Type": f"application/http; msgtype={kind}",
            **headers,
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in all_headers.items())
        found.append(f"{version}\r\n{lines}\r\n".encode() + block + b"\r\n\r\n")
    return found


def answer(url: str, body: bytes, head: str = "HTTP/1.1 200 OK\r\nContent-Type: text/html", **more: str) -> Any:
    headers = {"WARC-Target-URI": url, **{name.replace("_", "-"): value for name, value in more.items()}}
    return "response", headers, head.encode() + b"\r\n\r\n" + body


OTHERS = [
    ("warcinfo", {"Content-Type": "application/warc-fields"}, b"software: Wget/1.21\r\n"),
    (
        "resource",
        {"WARC-Target-URI": "dns:a.example", "Content-Type": "text/dns"},
        b"20110516\na.example. 1 IN A 1.2.3.4",
    ),
    answer("http://a.example/robots.txt", b"", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html"),
    ("request", {"WARC-Target-URI": "http://a.example/"}, b"GET / HTTP/1.0\r\n\r\n"),
    answer("http://a.example/", b"<p>front</p>", "HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=utf-8"),
    answer("<http://a.example/angles>", b"<p>angles</p>"),
    answer(
        "http://a.example/chunked",
        b"5\r\n<p>ch\r\n6\r\nunked\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\nContent-Type: text/html",
    ),
    answer(
        "http://a.example/gz",
        gzip.compress(b"<p>gz</p>"),
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: text/html",
    ),
    answer(
        "http://a.example/ungz", b"<p>ungz</p>", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: text/html"
    ),
    answer("http://a.example/h2", b"<p>h2</p>", "HTTP/2 200\r\ncontent-type: text/html"),
    answer("http://a.example/old", b"", "HTTP/1.1 301 Moved\r\nLocation: /new"),
    answer("http://a.example/new", b"<p>new</p>", WARC_Payload_Digest="sha1:AAAA"),
    answer("http://a.example/again", b"<p>first time</p>"),
    (
        "revisit",
        {
            "WARC-Target-URI": "http://a.example/same",
            "WARC-Payload-Digest": "sha1:AAAA",
            "WARC-Profile": "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest",
        },
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
    ),
    answer("http://a.example/again", b"<p>second time</p>"),
    answer("http://a.example/busy", b"<p>not busy</p>"),
    answer("http://a.example/busy", b"<p>busy</p>", "HTTP/1.1 503 Busy\r\nContent-Type: text/html"),
    ("resource", {"WARC-Target-URI": "http://a.example/resource", "Content-Type": "text/html"}, b"<p>resource</p>"),
    (
        "metadata",
        {"WARC-Target-URI": "metadata://gnu.org/software/wget/warc/wget.log", "Content-Type": "text/plain"},
        b"log",
    ),
    answer("http://a.example/round", b"", "HTTP/1.1 302 Found\r\nLocation: /round"),
]
SAID = {
    "/": "front", "/angles": "angles", "/chunked": "<p>chunked\n", "/gz": "gz", "/ungz": "ungz", "/h2": "h2",
    "/old": "new", "/new": "new", "/again": "second time", "/same": "new", "/busy": "not busy", "/resource": "resource",
}  # fmt: skip


@pytest.mark.parametrize("version", ["WARC/1.0", "WARC/1.1"])
@pytest.mark.parametrize(
    "pack",
    [
        pytest.param(b"".join, id="plain"),
        pytest.param(lambda made: b"".join(map(gzip.compress, made)), id="members"),
        pytest.param(lambda made: gzip.compress(b"".join(made)), id="one piece"),
        pytest.param(lambda made: b"".join(map(gzip.compress, made)) + gzip.compress(made[4])[:70], id="torn members"),
        pytest.param(lambda made: b"".join(made) + made[4][:-20], id="torn"),
    ],
)
def test_warcs_of_others_answer(tmp_path: Path, version: str, pack: Callable[[list[bytes]], bytes]) -> None:
    path = tmp_path / "theirs.warc"
    path.write_bytes(pack(warc(*OTHERS, version=version)))
    web = Warc(path)
    for name, text in SAID.items():
        body = web.get(f"http://a.example{name}").body.decode()
        assert body == (text if "<" in text else f"<p>{text}</p>"), name
    assert web.get("http://a.example/old").at == "http://a.example/new"
    assert web.get("https://www.a.example/gz/?utm_source=x#top").body == b"<p>gz</p>"
    for name in ("/robots.txt", "/none", "/round"):
        with pytest.raises(FetchError):
            web.get(f"http://a.example{name}")
    assert next(web.urls()) == "http://a.example/"
    assert [file.name for file in tmp_path.iterdir()] == ["theirs.warc"]


@pytest.mark.parametrize(
    "content", [b"", b"<html>no WARC</html>", gzip.compress(b"nor this", mtime=0), b"\x1f\x8b\x08junk", bytes(5000)]
)
def test_what_is_no_warc_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "theirs.warc.gz"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=r"theirs\.warc\.gz"):
        Warc(path)


def test_a_bomb_is_borne(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(80 << 20))
    path = tmp_path / "theirs.warc.gz"
    head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: text/html"
    path.write_bytes(b"".join(map(gzip.compress, warc(answer("http://a.example/", bomb, head)))))
    with pytest.raises(FetchError, match="larger than"):
        Warc(path).get("http://a.example/")


POSTS = [
    Told(
        f"/2011/{name}.html",
        name.title(),
        f"2011-05-{day}",
        body=f"<p>{name} and words enough. <img src='/{name}.gif'></p>",
    )
    for day, name in enumerate(("one", "two", "three"), 14)
]


def packed(site: Site, *names: str) -> bytes:
    """What a crawler that left picture and transfer-coding as they are would write of a site."""

    def said(name: str) -> bytes:
        found = site.pages[name]
        return found if isinstance(found, bytes) else str(found).encode()

    kind = {name: "image/gif" if name.endswith("gif") else "text/html; charset=utf-8" for name in names}
    made = [answer(site.url + name, said(name), f"HTTP/1.1 200 OK\r\nContent-Type: {kind[name]}") for name in names]
    return b"".join(map(gzip.compress, warc(*made)))


@pytest.mark.parametrize("front", ["first", "last"])
def test_a_warc_is_a_source(serve: Serve, tmp_path: Path, front: str) -> None:
    pictures = {f"{post.title.lower()}.gif": GIF + post.title.encode() for post in POSTS}
    site = serve(blog(*POSTS, **pictures))
    live = archive(site.url, tmp_path / "live")
    posts = [post.path for post in POSTS]
    names = ["/", *posts] if front == "first" else [*posts, "/"]
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(packed(site, *names, *(f"/{name}" for name in pictures)))
    site.requests.clear()
    taken = archive(str(path), tmp_path / "taken")
    assert (taken.found, taken.media, taken.code) == (live.found, live.media, 0) == (3, 3, 0)
    assert files(tmp_path / "taken") == files(tmp_path / "live")
    assert site.hits == []
    again = archive(str(tmp_path / "taken"))
    assert (again.unchanged, again.written) == (3, 0)


def files(folder: Path) -> dict[str, bytes]:
    """The tree that people see."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and ".blogark" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.skipif(not shutil.which("wget"), reason="needs wget")
def test_what_wget_writes_is_a_source(serve: Serve, tmp_path: Path) -> None:
    site = serve(blog(*POSTS))
    command = ["wget", "-q", "-r", "-l3", "--warc-file=crawl", "--no-warc-keep-log", "-e", "robots=off", site.url]
    subprocess.run(command, cwd=tmp_path, check=False, env={"PATH": os.environ["PATH"]}, timeout=60)
    report = archive(str(tmp_path / "crawl.warc.gz"), tmp_path / "taken", Options(media=False))
    assert (report.found, report.failures) == (3, ())


@pytest.mark.parametrize("pack", [lambda record: record, gzip.compress], ids=["plain", "members"])
def test_damage_in_the_files_of_others_costs_what_lies_there(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    urls = [f"http://a.example/{number}" for number in range(4)]
    made = warc(*(answer(url, f"<p>{url}</p>".encode()) for url in urls))
    made[1] = re.sub(rb"WARC-Target-URI.*\r\n", b"", made[1])
    packed = [pack(record) for record in made]
    packed[2] = packed[2][:30] + bytes(60) + packed[2][90:]
    path = tmp_path / "theirs.warc"
    path.write_bytes(b"".join(packed))
    web = Warc(path)
    assert [web.get(url).body for url in (urls[0], urls[3])] == [f"<p>{url}</p>".encode() for url in (urls[0], urls[3])]
    for url in urls[1:3]:
        with pytest.raises(FetchError):
            web.get(url)
